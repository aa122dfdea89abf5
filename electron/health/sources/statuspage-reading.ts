// Reads Statuspage v2 and what is shaped like it (incident.io, Oracle): components state how things are, open incidents add what
// the components do not show. The page's indicator decides nothing: it was "none" in a quarter of the recorded open incidents.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { isWorse, worseOf } from '../../../shared/health/worst.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { fromInstant, type Instant } from '../../../shared/time/clock.ts';
import { type Reading, slug, type WrongKind } from './define.ts';
import { distinct } from './gathering.ts';
import type { ParseContext } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { asText, type Entry, type Fields, isFields, object, objects, own, text } from './reading/json.ts';
import { line, lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';
import { type Component, type ComponentPlace, createPlacer, placesOf } from './statuspage-places.ts';

const COMPONENT: ReadonlyMap<string, State> = new Map([
  ['operational', 'operational'],
  ['degraded_performance', 'degraded'],
  ['partial_outage', 'partial-outage'],
  ['major_outage', 'major-outage'],
  ['under_maintenance', 'maintenance'],
  // incident.io's word for a component that is wholly down.
  ['full_outage', 'major-outage'],
]);

const IMPACT: ReadonlyMap<string, State> = new Map([
  // An open incident without impact is still one: shown as the provider's information.
  ['none', 'degraded'],
  ['minor', 'degraded'],
  ['major', 'partial-outage'],
  ['critical', 'major-outage'],
  ['maintenance', 'maintenance'],
]);

const OPEN: ReadonlySet<string> = new Set([
  'investigating',
  'identified',
  'monitoring',
  'in_progress',
  'verifying',
  // incident.io's own words begin with what they are of.
  'maintenance_in_progress',
]);
const OVER: ReadonlySet<string> = new Set(['resolved', 'postmortem', 'completed', 'maintenance_complete']);
const PLANNED: ReadonlySet<string> = new Set(['scheduled', 'maintenance_scheduled']);
/** Resolved incidents keep their last words this long: milliseconds. */
const TOLD_MS = 3 * 86_400_000;

type Heard = Component & { readonly state: State; readonly at: Instant | null };

type ComponentEntry = Entry<'id' | 'name' | 'group' | 'group_id' | 'status' | 'updated_at'>;

function readComponents(page: Fields, problems: Problems): readonly Heard[] {
  const entries = objects(page, 'components') as readonly ComponentEntry[];
  const groups = new Map<unknown, string>();
  for (const { group, id, name } of entries) {
    if (group !== true) continue;
    const key = asText(id);
    if (key !== null) groups.set(key, lineOf(name, 160) ?? key);
  }
  // Pages that set all their components at once write one time a thousand times.
  let lastDate: unknown;
  let lastAt: Instant | null = null;
  const dateOf = (value: unknown): Instant | null => {
    if (value !== lastDate) {
      lastDate = value;
      lastAt = readDate(value, 'updated_at of a component', problems);
    }
    return lastAt;
  };
  const heard: Heard[] = [];
  const worstIn = new Map<string, State>();
  for (const entry of entries) {
    if (entry.group === true) continue;
    // One of the two is enough to say whose status it is.
    const id = asText(entry.id) ?? lineOf(entry.name, 160);
    const name = lineOf(entry.name, 160) ?? id;
    if (id === null || name === null) {
      problems.once('missing-field', 'component', feedText.missingField('The id or name of a component'));
      continue;
    }
    const code = entry.status;
    const state = typeof code === 'string' ? COMPONENT.get(code) : undefined;
    if (state === undefined) problems.unknownCode('The status of a component', code, id);
    const around = groups.size === 0 ? null : asText(entry.group_id);
    const group = around === null ? null : (groups.get(around) ?? null);
    if (group !== null && around !== null)
      worstIn.set(around, worseOf(worstIn.get(around) ?? null, state ?? 'unknown')!);
    heard.push({ id, name, group, state: state ?? 'unknown', at: dateOf(entry.updated_at) });
  }
  // A group repeats the worst of its children. One that says worse counts itself: something in it is not listed.
  for (const { group, id, status, updated_at } of entries) {
    const state = group === true && typeof status === 'string' ? COMPONENT.get(status) : undefined;
    const key = state === undefined || state === 'operational' ? null : asText(id);
    if (key === null || !isWorse(state!, worstIn.get(key) ?? 'operational')) continue;
    heard.push({ id: key, name: groups.get(key)!, group: null, state: state!, at: dateOf(updated_at) });
  }
  return heard;
}

/** Components that an incident names: its own list, else those of its newest update that names any. */
function namedIn(incident: Fields): readonly { id: string; name: string }[] {
  const listed = objects(incident, 'components').map((one) => ({
    id: text(one, 'id'),
    name: text(one, 'name'),
  }));
  const named =
    listed.length > 0
      ? listed
      : (objects(incident, 'incident_updates')
          .map((update) =>
            objects(update, 'affected_components').map((one) => ({
              id: text(one, 'code'),
              name: text(one, 'name'),
            })),
          )
          .find((list) => list.length > 0) ?? []);
  return named.flatMap(({ id, name }) => {
    const key = id ?? name;
    return key === null ? [] : [{ id: key, name: lineOf(name, 160) ?? key }];
  });
}

interface Incident {
  readonly event: ProviderEvent;
  readonly status: string;
  readonly informational: boolean;
  readonly named: readonly { readonly id: string; readonly place: ComponentPlace }[];
}

function readIncident(
  incident: Fields,
  id: string,
  placeOf: (component: Component) => ComponentPlace,
  page: string,
  planned: boolean,
  now: Instant,
  problems: Problems,
): Incident {
  const status = text(incident, 'status') ?? '';
  if (!OPEN.has(status) && !OVER.has(status))
    problems.unknownCode('The status of an incident', own(incident, 'status'), id);
  const impact = text(incident, 'impact') ?? '';
  // A planned work may be given any impact; it is maintenance all the same.
  const state = planned ? 'maintenance' : IMPACT.get(impact);
  if (state === undefined) problems.unknownCode('The impact of an incident', own(incident, 'impact'), id);
  const named = namedIn(incident).map((one) => ({
    id: one.id,
    place: placeOf({ ...one, group: null }),
  }));
  const resolved = OVER.has(status);
  const updates = objects(incident, 'incident_updates');
  const endedAt = readDate(own(incident, 'resolved_at'), 'resolved_at', problems);
  const updatedAt = readDate(own(incident, 'updated_at'), 'updated_at of an incident', problems);
  const link = text(incident, 'shortlink');
  // Nobody reads the words of what was over days ago.
  const told = !resolved || updatedAt === null || fromInstant(now) - fromInstant(updatedAt) < TOLD_MS;
  return {
    event: {
      id,
      title: line(incident, 'name') ?? 'Incident without a title',
      status: resolved ? 'resolved' : 'open',
      state: state ?? 'unknown',
      regions: named.length === 0 ? ['global'] : distinct(named.map((one) => one.place.region)),
      services: named.length === 0 ? [page] : distinct(named.map((one) => one.place.service)),
      startedAt:
        // Of planned work the other two say when it was announced.
        (planned ? readDate(own(incident, 'scheduled_for'), 'scheduled_for', problems) : null) ??
        readDate(own(incident, 'started_at'), 'started_at', problems) ??
        readDate(own(incident, 'created_at'), 'created_at', problems),
      endedAt: resolved ? (endedAt ?? updatedAt) : null,
      updatedAt,
      text: updates[0] === undefined || !told ? '' : plainText(text(updates[0], 'body') ?? ''),
      ...(link === null ? {} : { url: link.slice(0, 2000) }),
    },
    status,
    informational: !planned && impact === 'none',
    named,
  };
}

/** What an open incident states beyond its components. */
function* statedBy(
  incident: Incident,
  stateOf: ReadonlyMap<string, State>,
  provider: string,
  page: string,
): Generator<Observation> {
  const { event } = incident;
  const shared = {
    provider,
    state: event.state,
    at: event.updatedAt ?? event.startedAt,
    event: event.id,
    ...(event.text === undefined ? {} : { text: event.text }),
    ...(incident.informational ? { informational: true } : {}),
  };
  if (event.state === 'maintenance') {
    // A component that already says so, or says worse, needs no second word.
    for (const { id, place } of incident.named) {
      if ((stateOf.get(id) ?? 'operational') === 'operational') yield { ...shared, ...place };
    }
    return;
  }
  // The incident as a whole stands on the page itself while it is open, whatever its components say meanwhile: a critical
  // incident whose components already went green still counts, and does not flap with them.
  for (const region of event.regions) yield { ...shared, region, service: page };
  // Named, not yet fixed, and every named component still says operational: the incident knows more than they do.
  const quiet = incident.named.every(({ id }) => (stateOf.get(id) ?? 'operational') === 'operational');
  if (!quiet || incident.status === 'monitoring') return;
  for (const { place } of incident.named) yield { ...shared, ...place };
}

const INDICATOR: ReadonlyMap<string, State | null> = new Map([
  ['none', null],
  ['minor', 'degraded'],
  ['major', 'partial-outage'],
  ['critical', 'major-outage'],
  ['maintenance', 'maintenance'],
]);

/** status.json has nothing but the indicator: trouble counts, "none" states nothing. */
function statedByIndicator(
  status: Fields,
  provider: string,
  page: string,
  at: Instant | null,
  problems: Problems,
): Observation[] {
  const code = own(status, 'indicator');
  const state = typeof code === 'string' ? INDICATOR.get(code) : undefined;
  if (state === undefined) problems.unknownCode('The indicator', code);
  if (state === null) return [];
  const words = line(status, 'description');
  return [
    {
      provider,
      region: 'global',
      service: page,
      state: state ?? 'unknown',
      at,
      ...(words === null ? {} : { text: words }),
    },
  ];
}

/** Summary, status, incidents, components or maintenances of a page, whichever lists the payload has. */
export function readStatuspage(
  payload: unknown,
  context: ParseContext,
  problems: Problems,
): Reading | WrongKind {
  const page = isFields(payload) ? object(payload, 'page') : null;
  if (!isFields(payload) || page === null) return { expected: 'a page' };
  const status = object(payload, 'status');
  const has = (name: string): boolean => Array.isArray(own(payload, name));
  const lists = ['components', 'incidents', 'scheduled_maintenances'].filter(has);
  if (lists.length === 0 && status === null) return { expected: 'components, incidents or status' };
  const pageName = line(page, 'name', 120) ?? line(page, 'id', 120) ?? context.provider ?? 'page';
  const service = slug(pageName);
  const provider = context.provider ?? service;
  const updatedAt = readDate(own(page, 'updated_at'), 'updated_at of the page', problems);

  const components = readComponents(payload, problems);
  const placeOf = createPlacer(service);
  const places = placesOf(components, placeOf);
  const incidents: Incident[] = [];
  const maintenances = new Set(objects(payload, 'scheduled_maintenances'));
  for (const entry of [...objects(payload, 'incidents'), ...maintenances]) {
    const id = line(entry, 'id', 280);
    if (id === null) {
      problems.once('missing-field', 'incident', feedText.missingField('The id of an incident'));
      continue;
    }
    // What is only planned is neither trouble nor over.
    if (PLANNED.has(text(entry, 'status') ?? '')) continue;
    incidents.push(
      readIncident(
        entry,
        id,
        (one) => places.get(one.id) ?? placeOf(one),
        service,
        maintenances.has(entry),
        context.now,
        problems,
      ),
    );
  }

  const open = incidents.filter((one) => one.event.status === 'open');
  const stateOf = new Map<string, State>();
  // Only open incidents ask how their components are.
  if (open.length > 0) for (const one of components) stateOf.set(one.id, one.state);
  const eventOf = new Map<string, string>();
  for (const one of open) {
    for (const { id } of one.named) if (!eventOf.has(id)) eventOf.set(id, one.event.id);
  }

  const observations: Observation[] = [];
  for (const one of components) {
    const place = places.get(one.id)!;
    const { region, service } = place;
    if (one.state === 'operational') {
      // Nearly all of them, nearly always.
      observations.push({ provider, region, service, state: one.state, at: one.at });
      continue;
    }
    const event = eventOf.get(one.id);
    // Cloudflare calls a site in "partial outage" re-routed: dozens always are, and traffic goes elsewhere.
    const rerouted = service === 'edge' && one.state === 'partial-outage';
    observations.push({
      provider,
      region,
      service,
      state: one.state,
      at: one.at,
      ...(rerouted ? { text: `${one.name}: re-routed`, informational: true } : { text: one.name }),
      ...(event === undefined ? {} : { event }),
    });
  }
  for (const one of open)
    for (const stated of statedBy(one, stateOf, provider, service)) observations.push(stated);
  if (lists.length === 0 && status !== null) {
    observations.push(...statedByIndicator(status, provider, service, updatedAt, problems));
  }
  if (!has('components')) problems.add('not-summary', feedText.notSummary());
  const newest = (): Instant | null =>
    components.reduce<Instant | null>((found, one) => latest(found, one.at), null);
  return {
    observations,
    events: incidents.map((one) => one.event),
    asOf: updatedAt ?? latest(newest(), ...incidents.map((one) => one.event.updatedAt)),
    statesAll: has('components'),
  };
}

/** Is this payload of the shape that `readStatuspage` reads? */
export const looksLikeStatuspage = (payload: string): boolean =>
  payload.trimStart().startsWith('{') &&
  /"page"\s*:\s*\{/.test(payload) &&
  (payload.includes('"indicator"') ||
    payload.includes('"incident_updates"') ||
    (payload.includes('"components"') && payload.includes('"page_id"')));

/** Is the page that this payload is of at that host? */
export const isPageOf = (payload: string, host: string): boolean =>
  new RegExp(`"url"\\s*:\\s*"https?:(?:\\\\?/){2}${host.replaceAll('.', '\\.')}[/"\\\\]`).test(payload);
