// Google Cloud, status.cloud.google.com/incidents.json: years of incidents, newest first. `end` is absent while one is open, and
// that alone is the sign. One incident is stated for its products at its locations; a location that moves to
// `previously_affected_locations` has the provider's word of recovery. Payloads of 2020 have no `id` and hyphens in a name.
import { findRegion } from '../../../shared/health/regions.ts';
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { fromInstant, type Instant } from '../../../shared/time/clock.ts';
import { hostIs, jsonKind, pathOf } from './define.ts';
import { distinct } from './gathering.ts';
import type { FeedKind, ParseContext } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { type Fields, isFields, object, objects, own, text } from './reading/json.ts';
import { line, lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

const IMPACTS: ReadonlyMap<string, State> = new Map([
  ['SERVICE_OUTAGE', 'major-outage'],
  ['SERVICE_DISRUPTION', 'partial-outage'],
  ['SERVICE_INFORMATION', 'degraded'],
]);

const SEVERITIES: ReadonlyMap<string, State> = new Map([
  ['high', 'major-outage'],
  ['medium', 'partial-outage'],
  ['low', 'degraded'],
]);

/** State of an open incident: what its newest update says, else the incident's impact, else its severity. */
function stateOf(incident: Fields, newest: Fields | null, problems: Problems): State {
  const codes = [newest === null ? null : text(newest, 'status'), text(incident, 'status_impact')];
  for (const code of codes) {
    // AVAILABLE in an update of an incident without an end: it is still open, the incident's own impact stands.
    if (code === null || code === 'AVAILABLE') continue;
    const state = IMPACTS.get(code);
    if (state !== undefined) return state;
    problems.unknownCode('status_impact', code);
  }
  const severity = text(incident, 'severity');
  const state = severity === null ? undefined : SEVERITIES.get(severity.toLowerCase());
  if (severity !== null && state === undefined) problems.unknownCode('severity', severity);
  return state ?? 'unknown';
}

/** Region code of a location, as written in `id`; payloads without one name it in the title. */
function regionOf(location: Fields): string | null {
  const id = line(location, 'id', 80);
  if (id !== null) return id.toLowerCase();
  const title = line(location, 'title', 80);
  return title === null ? null : (findRegion('gcp', title)?.code ?? title);
}

const regionsIn = (incident: Fields, name: string): readonly string[] =>
  distinct(
    objects(incident, name)
      .map(regionOf)
      .filter((code) => code !== null),
  );

function productsOf(incident: Fields): readonly string[] {
  const names = objects(incident, 'affected_products').map(
    (product) => line(product, 'current_title', 160) ?? line(product, 'title', 160),
  );
  const found = distinct(names.filter((name) => name !== null));
  if (found.length > 0) return found;
  return [line(incident, 'service_name', 160) ?? 'Google Cloud'];
}

interface Read {
  readonly event: ProviderEvent;
  readonly modified: Instant | null;
  readonly now: readonly string[];
  readonly before: readonly string[];
}

/** The words of what was over longer ago are read when somebody asks for them: years of them stand in every payload. */
const TOLD_MS = 3 * 86_400_000;

/** Some begin with a heading of their own: `**Title:**`. */
const titleOf = (incident: Fields): string =>
  lineOf((text(incident, 'external_desc') ?? '').replace(/^\s*\*\*\s*title\s*:?\s*\*\*\s*:?\s*/i, '')) ??
  'Incident without a title';

/** Where the relative addresses of a payload lead: Google Workspace has the same shape on a page of its own. */
const pageOf = (context: ParseContext): string =>
  hostIs(context.url ?? '', 'www.google.com')
    ? new URL('.', context.url).href
    : 'https://status.cloud.google.com/';

function readIncident(incident: Fields, id: string, at: Instant, page: string, problems: Problems): Read {
  const newest =
    object(incident, 'most_recent_update') ??
    object(incident, 'most-recent-update') ??
    objects(incident, 'updates')[0] ??
    null;
  const endedAt = readDate(own(incident, 'end'), 'end', problems);
  const resolved = text(incident, 'end') !== null;
  const modified = readDate(own(incident, 'modified'), 'modified', problems);
  const created = readDate(own(incident, 'created'), 'created', problems);
  const now = regionsIn(incident, 'currently_affected_locations');
  const before = regionsIn(incident, 'previously_affected_locations');
  const named = resolved ? distinct([...now, ...before]) : now.length > 0 ? now : before;
  const uri = text(incident, 'uri');
  const told = endedAt === null || fromInstant(at) - fromInstant(endedAt) < TOLD_MS;
  const wordsOf = (): string => (newest === null ? '' : plainText(text(newest, 'text') ?? ''));
  const read: Read = {
    event: {
      id,
      title: titleOf(incident),
      status: resolved ? 'resolved' : 'open',
      state: stateOf(incident, resolved ? null : newest, problems),
      regions: named.length > 0 ? named : ['global'],
      services: productsOf(incident),
      startedAt: readDate(own(incident, 'begin'), 'begin', problems) ?? created,
      endedAt,
      updatedAt: latest(
        newest === null ? null : readDate(own(newest, 'when'), 'when', problems),
        modified ?? created,
      ),
      ...(told ? { text: wordsOf() } : {}),
      ...(uri === null ? {} : { url: `${page}${uri.replace(/^\/+/, '').slice(0, 300)}` }),
    },
    modified: latest(modified, created),
    now,
    before,
  };
  if (!told)
    Object.defineProperty(read.event, 'text', { get: wordsOf, enumerable: true, configurable: true });
  return read;
}

function* observationsOf(read: Read, provider: string): Generator<Observation> {
  const { event } = read;
  const at = event.updatedAt ?? event.startedAt;
  // An incident that names no place is everywhere the provider is: `global`.
  const affected = read.now.length === 0 && read.before.length === 0 ? ['global'] : read.now;
  const over = read.before.filter((region) => !read.now.includes(region));
  for (const service of event.services) {
    for (const region of affected) {
      yield {
        provider,
        region,
        service,
        state: event.state,
        at,
        ...(event.text === undefined ? {} : { text: event.text }),
        event: event.id,
      };
    }
    for (const region of over) {
      yield { provider, region, service, state: 'operational', at, event: event.id };
    }
  }
}

export const gcpIncidents: FeedKind = jsonKind({
  kind: 'gcp-incidents',
  name: 'Google Cloud incidents.json',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'status.cloud.google.com') && pathOf(url).endsWith('/incidents.json')
      : payload.trimStart().startsWith('[') &&
        payload.includes('"external_desc"') &&
        /"most[-_]recent[-_]update"/.test(payload),
  read(payload, context, problems) {
    if (!Array.isArray(payload)) return { expected: 'a list of incidents' };
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    let asOf: Instant | null = null;
    const page = pageOf(context);
    for (const incident of payload) {
      const id = isFields(incident) ? (line(incident, 'id', 120) ?? line(incident, 'number', 120)) : null;
      if (
        !isFields(incident) ||
        id === null ||
        (text(incident, 'begin') ?? text(incident, 'created')) === null
      ) {
        problems.once('missing-field', 'incident', feedText.missingField('The id or begin of an incident'));
        continue;
      }
      const read = readIncident(incident, id, context.now, page, problems);
      events.push(read.event);
      asOf = latest(asOf, read.modified);
      if (read.event.status === 'resolved') continue;
      for (const observation of observationsOf(read, context.provider ?? 'gcp'))
        observations.push(observation);
    }
    if (payload.length > 0 && events.length === 0) return { expected: 'an incident with id and begin' };
    return { observations, events, asOf };
  },
});
