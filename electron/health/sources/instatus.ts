// Instatus, <page>/summary.json and <page>/v2/components.json. From the published description of the API; never seen against a
// recording. `page.status` can be UP while an incident is open: the incidents decide.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { hostIs, jsonKind, pathOf, slug } from './define.ts';
import type { FeedKind } from './kind.ts';
import { readDate } from './reading/dates.ts';
import { clip, plainText } from './reading/html.ts';
import { type Fields, isFields, object, objects, own, text } from './reading/json.ts';
import { line, lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

const CODES: ReadonlyMap<string, State> = new Map([
  ['OPERATIONAL', 'operational'],
  ['UNDERMAINTENANCE', 'maintenance'],
  ['DEGRADEDPERFORMANCE', 'degraded'],
  ['MINOROUTAGE', 'degraded'],
  ['PARTIALOUTAGE', 'partial-outage'],
  ['MAJOROUTAGE', 'major-outage'],
]);
const PAGE: ReadonlyMap<string, State | null> = new Map([
  // UP states nothing: it was seen to be UP with an incident open.
  ['UP', null],
  ['HASISSUES', 'degraded'],
  ['UNDERMAINTENANCE', 'maintenance'],
]);

const STATUSES: ReadonlySet<string> = new Set([
  'INVESTIGATING',
  'IDENTIFIED',
  'MONITORING',
  'RESOLVED',
  'INPROGRESS',
  'VERIFYING',
  'COMPLETED',
]);

function stateOf(code: unknown, what: string, problems: Problems): State {
  const state = typeof code === 'string' ? CODES.get(code.replace(/[\s_-]/g, '').toUpperCase()) : undefined;
  if (state === undefined) problems.unknownCode(what, code);
  return state ?? 'unknown';
}

function readEvent(entry: Fields, planned: boolean, problems: Problems): ProviderEvent {
  const name = line(entry, 'name') ?? 'Incident without a title';
  const start = readDate(own(entry, planned ? 'start' : 'started'), 'started', problems);
  const status = (text(entry, 'status') ?? '').replace(/[\s_-]/g, '').toUpperCase();
  if (!STATUSES.has(status)) problems.unknownCode('The status of an incident', own(entry, 'status'));
  const resolved = status === 'RESOLVED' || status === 'COMPLETED';
  const url = text(entry, 'url');
  return {
    id: line(entry, 'id', 280) ?? lineOf(url, 280) ?? clip(`${name}@${start ?? 'undated'}`, 280),
    title: name,
    status: resolved ? 'resolved' : 'open',
    state: planned ? 'maintenance' : stateOf(own(entry, 'impact'), 'The impact of an incident', problems),
    regions: ['global'],
    services: [],
    startedAt: start,
    endedAt: null,
    updatedAt: readDate(own(entry, 'updatedAt'), 'updatedAt', problems) ?? start,
    text: plainText(text(entry, 'message') ?? name),
    ...(url === null ? {} : { url: url.slice(0, 2000) }),
  };
}

/** A maintenance counts while it runs; one that is planned is neither trouble nor over. */
const isPlanned = (entry: Fields): boolean =>
  /^(?:notstartedyet|scheduled)$/i.test((text(entry, 'status') ?? '').replace(/[\s_-]/g, ''));

export const instatus: FeedKind = jsonKind({
  kind: 'instatus',
  name: 'Instatus page',
  reports: 'everything',
  evidence: 'documented',
  recognise: (url, payload) =>
    payload === null
      ? (hostIs(url, 'instatus.com') && /\/(?:summary|components)\.json$/.test(pathOf(url))) ||
        // Pages mostly have a domain of their own, but always this path.
        /\/v[23]\/(?:summary|components)\.json$/.test(pathOf(url))
      : (/"status"\s*:\s*"(?:UP|HASISSUES|UNDERMAINTENANCE)"/.test(payload) && payload.includes('"page"')) ||
        (/"status"\s*:\s*"(?:OPERATIONAL|DEGRADEDPERFORMANCE|(?:MINOR|PARTIAL|MAJOR)OUTAGE)"/.test(payload) &&
          /"(?:components|isParent|group)"/.test(payload)),
  read(served, context, problems) {
    // Documented as a bare list, served as an object.
    const payload = Array.isArray(served) ? { components: served } : served;
    const page = isFields(payload) ? object(payload, 'page') : null;
    // Other pages list components as well; only Instatus writes their status in capitals.
    const lists =
      isFields(payload) &&
      objects(payload, 'components').some((one) => /^[A-Z]+$/.test(text(one, 'status') ?? ''));
    if (!isFields(payload) || (page === null && !lists)) return { expected: 'a page or components' };
    const pageStatus = page === null ? undefined : own(page, 'status');
    if (page !== null && typeof pageStatus !== 'string') return { expected: 'page.status' };
    const service = slug((page === null ? null : line(page, 'name', 120)) ?? context.provider ?? 'page');
    const provider = context.provider ?? service;
    const observations: Observation[] = [];
    // A group is stated by its children.
    const entries = objects(payload, 'components').flatMap((one) => {
      const children = objects(one, 'children');
      return children.length > 0 ? children : own(one, 'isParent') === true ? [] : [one];
    });
    const groups = new Set(entries.flatMap((one) => text(object(one, 'group') ?? {}, 'id') ?? []));
    for (const entry of entries) {
      const name = line(entry, 'name', 160);
      const id = text(entry, 'id');
      if (name === null) {
        problems.once('missing-field', 'component', feedText.missingField('The name of a component'));
        continue;
      }
      if (id !== null && groups.has(id)) continue;
      observations.push({
        provider,
        region: 'global',
        service: slug(name),
        state: stateOf(own(entry, 'status'), 'The status of a component', problems),
        at: null,
      });
    }
    const events: ProviderEvent[] = [];
    for (const entry of objects(payload, 'activeIncidents')) events.push(readEvent(entry, false, problems));
    for (const entry of objects(payload, 'activeMaintenances')) {
      if (!isPlanned(entry)) events.push(readEvent(entry, true, problems));
    }
    for (const event of events) {
      if (event.status === 'resolved') continue;
      const at = event.updatedAt ?? event.startedAt;
      observations.push({
        provider,
        region: 'global',
        service,
        state: event.state,
        at,
        text: event.title,
        event: event.id,
      });
    }
    if (page !== null && pageStatus !== undefined && events.length === 0) {
      const state = typeof pageStatus === 'string' ? PAGE.get(pageStatus) : undefined;
      if (state === undefined) problems.unknownCode('page.status', pageStatus);
      if (state !== null)
        observations.push({ provider, region: 'global', service, state: state ?? 'unknown', at: null });
    }
    return {
      observations,
      events: events.map((one) => ({ ...one, services: [service] })),
      asOf: null,
      statesAll: lists,
    };
  },
});
