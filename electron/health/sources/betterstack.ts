// Better Stack status pages, <page>/index.json (JSON:API). From the published description of the API; never seen against a recording.
// `ends_at` is null on resolved reports: `aggregate_state` decides.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { hostIs, jsonKind, pathOf, slug } from './define.ts';
import { distinct } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { type Fields, isFields, object, objects, own, text } from './reading/json.ts';
import { line } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

const CODES: ReadonlyMap<string, State> = new Map([
  ['operational', 'operational'],
  ['resolved', 'operational'],
  ['degraded', 'degraded'],
  ['downtime', 'major-outage'],
  ['maintenance', 'maintenance'],
  ['not_monitored', 'unknown'],
]);

function stateOf(code: unknown, what: string, problems: Problems): State {
  const state = typeof code === 'string' ? CODES.get(code) : undefined;
  if (state === undefined) problems.unknownCode(what, code);
  return state ?? 'unknown';
}

const attributesOf = (entry: Fields): Fields => object(entry, 'attributes') ?? {};

interface Report {
  readonly event: ProviderEvent;
  readonly affected: readonly { readonly service: string; readonly state: State }[];
}

function readReport(
  entry: Fields,
  id: string,
  page: string,
  names: ReadonlyMap<string, string>,
  updates: readonly Fields[],
  now: string,
  problems: Problems,
): Report | null {
  const attributes = attributesOf(entry);
  const startedAt = readDate(own(attributes, 'starts_at'), 'starts_at', problems);
  const planned = text(attributes, 'report_type') === 'maintenance';
  if (planned && startedAt !== null && startedAt > now) return null;
  const state = stateOf(own(attributes, 'aggregate_state'), 'aggregate_state', problems);
  const endedAt = readDate(own(attributes, 'ends_at'), 'ends_at', problems);
  const resolved = state === 'operational' || (endedAt !== null && endedAt <= now);
  const linked = object(object(entry, 'relationships') ?? {}, 'status_updates') ?? {};
  const ids = new Set(objects(linked, 'data').map((one) => text(one, 'id')));
  const written = updates
    .filter((one) => text(attributesOf(one), 'status_report_id') === id || ids.has(text(one, 'id') ?? ''))
    .map((one) => ({
      at: readDate(own(attributesOf(one), 'published_at'), 'published_at', problems),
      message: text(attributesOf(one), 'message') ?? '',
    }));
  const newest = written.reduce((best, one) => ((one.at ?? '') > (best?.at ?? '') ? one : best), written[0]);
  const affected = objects(attributes, 'affected_resources').map((one) => ({
    service: names.get(text(one, 'status_page_resource_id') ?? '') ?? page,
    state: stateOf(own(one, 'status'), 'The status of an affected resource', problems),
  }));
  const updatedAt = latest(startedAt, ...written.map((one) => one.at));
  return {
    event: {
      id,
      title: line(attributes, 'title') ?? 'Report without a title',
      status: resolved ? 'resolved' : 'open',
      state: planned ? 'maintenance' : resolved ? 'unknown' : state,
      regions: ['global'],
      services: affected.length === 0 ? [page] : distinct(affected.map((one) => one.service)),
      startedAt,
      endedAt: resolved ? (endedAt ?? updatedAt) : null,
      updatedAt,
      text: newest === undefined ? '' : plainText(newest.message),
    },
    affected: affected.filter((one) => one.state !== 'operational'),
  };
}

export const betterstack: FeedKind = jsonKind({
  kind: 'betterstack',
  name: 'Better Stack status page',
  reports: 'everything',
  evidence: 'documented',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'betteruptime.com', 'betterstack.com') && pathOf(url).endsWith('/index.json')
      : payload.includes('"status_page"') && payload.includes('"aggregate_state"'),
  read(payload, context, problems) {
    const data = isFields(payload) ? object(payload, 'data') : null;
    if (!isFields(payload) || data === null || text(data, 'type') !== 'status_page')
      return { expected: 'a status_page' };
    const attributes = attributesOf(data);
    const page = slug(line(attributes, 'company_name', 120) ?? context.provider ?? 'page');
    const provider = context.provider ?? page;
    const included = objects(payload, 'included');
    const ofType = (type: string): readonly Fields[] => included.filter((one) => text(one, 'type') === type);
    const names = new Map<string, string>();
    const observations: Observation[] = [];
    for (const resource of ofType('status_page_resource')) {
      const id = text(resource, 'id');
      const name = line(attributesOf(resource), 'public_name', 160);
      if (id === null || name === null) {
        problems.once(
          'missing-field',
          'resource',
          feedText.missingField('The id or public_name of a resource'),
        );
        continue;
      }
      const service = slug(name);
      names.set(id, service);
      const state = stateOf(own(attributesOf(resource), 'status'), 'The status of a resource', problems);
      observations.push({ provider, region: 'global', service, state, at: null });
    }
    const events: ProviderEvent[] = [];
    const updates = ofType('status_update');
    for (const entry of ofType('status_report')) {
      const id = text(entry, 'id');
      if (id === null) {
        problems.once('missing-field', 'report', feedText.missingField('The id of a report'));
        continue;
      }
      const report = readReport(entry, id, page, names, updates, context.now, problems);
      if (report === null) continue;
      events.push(report.event);
      if (report.event.status === 'resolved') continue;
      const stated =
        report.affected.length > 0 ? report.affected : [{ service: page, state: report.event.state }];
      for (const { service, state } of stated) {
        const at = report.event.updatedAt ?? report.event.startedAt;
        observations.push({
          provider,
          region: 'global',
          service,
          state,
          at,
          text: report.event.text ?? '',
          event: id,
        });
      }
    }
    const updatedAt = readDate(own(attributes, 'updated_at'), 'updated_at of the page', problems);
    return { observations, events, asOf: updatedAt, statesAll: names.size > 0 };
  },
});
