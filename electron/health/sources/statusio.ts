// Status.io, api.status.io/1.0/status/<page id>: components, each in containers (its locations), with numeric codes.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { hostIs, jsonKind, slug } from './define.ts';
import { distinct, worstState } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { type Fields, isFields, object, objects, own, text } from './reading/json.ts';
import { line } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

/** Codes of the public API's documentation. */
const CODES: ReadonlyMap<string, State> = new Map([
  ['100', 'operational'],
  ['200', 'maintenance'],
  ['300', 'degraded'],
  ['400', 'partial-outage'],
  ['500', 'major-outage'],
  ['600', 'degraded'],
]);

function stateOf(code: unknown, what: string, problems: Problems): State {
  const state = typeof code === 'number' || typeof code === 'string' ? CODES.get(String(code)) : undefined;
  if (state === undefined) problems.unknownCode(what, code);
  return state ?? 'unknown';
}

const names = (fields: Fields, list: string): readonly string[] =>
  distinct(
    objects(fields, list).flatMap((one) => {
      const name = line(one, 'name', 160);
      return name === null ? [] : [slug(name)];
    }),
  );

interface Incident {
  readonly event: ProviderEvent;
  /** Its newest message says that all works again; it is not closed yet. */
  readonly calm: boolean;
  /** The services that it names; `event.services` has the page instead when there is none. */
  readonly named: readonly string[];
}

function readEvent(
  incident: Fields,
  id: string,
  page: string,
  planned: boolean,
  problems: Problems,
): Incident {
  const messages = objects(incident, 'messages')
    .map((one) => ({
      at: readDate(own(one, 'datetime'), 'datetime of a message', problems),
      details: text(one, 'details') ?? '',
      state: planned ? null : stateOf(own(one, 'status'), 'The status of a message', problems),
    }))
    .sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : (a.at ?? '') > (b.at ?? '') ? -1 : 0));
  const newest = messages[0];
  const calm = newest?.state === 'operational';
  // While it is watched after the repair, it is still what it was.
  const told = calm
    ? (messages.find((one) => one.state !== 'operational')?.state ?? 'degraded')
    : newest?.state;
  const regions = names(incident, 'containers_affected');
  const named = names(incident, 'components_affected');
  const event: ProviderEvent = {
    id,
    title: line(incident, 'name') ?? 'Incident without a title',
    status: 'open',
    state: planned ? 'maintenance' : (told ?? 'unknown'),
    regions: regions.length === 0 ? ['global'] : regions,
    services: named.length === 0 ? [page] : named,
    startedAt: readDate(
      own(incident, planned ? 'datetime_planned_start' : 'datetime_open'),
      'datetime_open',
      problems,
    ),
    endedAt: null,
    updatedAt: latest(...messages.map((one) => one.at)),
    text: newest === undefined ? '' : plainText(newest.details),
  };
  return { event, calm, named };
}

/** Does this incident name the place of that observation? */
const isNamedBy = ({ event, named }: Incident, one: Observation): boolean =>
  named.includes(one.service) &&
  (one.region === 'global' || event.regions[0] === 'global' || event.regions.includes(one.region));

/** Trouble of a component belongs to the incident that names it. */
function withEvents(listed: readonly Observation[], incidents: readonly Incident[]): readonly Observation[] {
  if (incidents.length === 0) return listed;
  return listed.map((one) => {
    const found =
      one.state === 'operational' ? undefined : incidents.find((incident) => isNamedBy(incident, one));
    return found === undefined ? one : { ...one, text: found.event.text ?? '', event: found.event.id };
  });
}

/** What an open incident states when all that it names is still, or again, said to be well: it is open, and counts. */
function statedBy(
  incident: Incident,
  listed: readonly Observation[],
  provider: string,
  page: string,
): readonly Observation[] {
  if (listed.some((one) => one.state !== 'operational' && isNamedBy(incident, one))) return [];
  const { event, calm, named } = incident;
  const { id, state, text = '' } = event;
  const shared = { provider, state, at: event.updatedAt ?? event.startedAt, text, event: id };
  if (calm || named.length === 0) return [{ ...shared, region: 'global', service: page }];
  return named.flatMap((service) => event.regions.map((region) => ({ ...shared, region, service })));
}

export const statusio: FeedKind = jsonKind({
  kind: 'statusio',
  name: 'Status.io',
  reports: 'everything',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'api.status.io')
      : payload.includes('"status_overall"') && payload.includes('"status_code"'),
  read(payload, context, problems) {
    const result = isFields(payload) ? object(payload, 'result') : null;
    if (result === null || !Array.isArray(own(result, 'status'))) return { expected: 'result.status' };
    const provider = context.provider ?? 'statusio';
    const page = slug(provider);
    const observations: Observation[] = [];
    for (const component of objects(result, 'status')) {
      const name = line(component, 'name', 160);
      if (name === null) {
        problems.once('missing-field', 'component', feedText.missingField('The name of a component'));
        continue;
      }
      const service = slug(name);
      const containers = objects(component, 'containers');
      const places = containers.length > 0 ? containers : [component];
      const states: State[] = [];
      for (const place of places) {
        const state = stateOf(own(place, 'status_code'), 'status_code', problems);
        states.push(state);
        const region = place === component ? 'global' : slug(line(place, 'name', 160) ?? 'unnamed');
        observations.push({
          provider,
          region,
          service,
          state,
          at: readDate(own(place, 'updated'), 'updated', problems),
        });
      }
      // The component says worse than all of its containers: that counts as well.
      const whole =
        places[0] === component ? null : stateOf(own(component, 'status_code'), 'status_code', problems);
      if (
        whole !== null &&
        whole !== 'operational' &&
        worstState([whole, ...states]) !== worstState(states)
      ) {
        const at = readDate(own(component, 'updated'), 'updated', problems);
        observations.push({ provider, region: 'global', service, state: whole, at });
      }
    }
    const incidents: Incident[] = [];
    const active = object(result, 'maintenance');
    const lists = [
      { entries: objects(result, 'incidents'), planned: false },
      { entries: active === null ? [] : objects(active, 'active'), planned: true },
    ];
    for (const { entries, planned } of lists) {
      for (const entry of entries) {
        const id = line(entry, '_id', 120) ?? line(entry, 'id', 120);
        if (id === null)
          problems.once('missing-field', 'incident', feedText.missingField('The _id of an incident'));
        else incidents.push(readEvent(entry, id, page, planned, problems));
      }
    }
    const overall = object(result, 'status_overall');
    const asOf =
      overall === null ? null : readDate(own(overall, 'updated'), 'status_overall.updated', problems);
    const stated = incidents.flatMap((one) => statedBy(one, observations, provider, page));
    return {
      observations: [...withEvents(observations, incidents), ...stated],
      events: incidents.map((one) => one.event),
      asOf,
    };
  },
});
