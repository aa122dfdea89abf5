// Heroku, status.heroku.com/api/v4/current-status: a colour per system and the open incidents. From the published description of the
// API; never seen against a recording. `resolved` may be false on an incident whose `state` is resolved: the state decides.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { hostIs, jsonKind, pathOf, slug } from './define.ts';
import { distinct } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { array, type Fields, isFields, objects, own, text } from './reading/json.ts';
import { line, lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

const COLOURS: ReadonlyMap<string, State> = new Map([
  ['green', 'operational'],
  ['yellow', 'degraded'],
  ['orange', 'partial-outage'],
  ['red', 'major-outage'],
  ['blue', 'maintenance'],
]);

function named(value: unknown): string | null {
  if (!isFields(value)) return typeof value === 'string' ? lineOf(value, 160) : null;
  return line(value, 'name', 160) ?? line(value, 'system', 160);
}

const names = (fields: Fields, list: string): readonly string[] =>
  distinct(
    array(fields, list)
      .map(named)
      .filter((name) => name !== null),
  );

function readIncident(incident: Fields, id: string, problems: Problems): ProviderEvent {
  const state = text(incident, 'state');
  if (state !== 'open' && state !== 'resolved')
    problems.unknownCode('The state of an incident', own(incident, 'state'), id);
  const resolved = state === 'resolved';
  const updates = objects(incident, 'updates').map((one) => ({
    at: readDate(own(one, 'created_at'), 'created_at of an update', problems),
    contents: text(one, 'contents') ?? '',
  }));
  const newest = updates.reduce((best, one) => ((one.at ?? '') > (best?.at ?? '') ? one : best), updates[0]);
  const updatedAt = latest(
    readDate(own(incident, 'updated_at'), 'updated_at', problems),
    ...updates.map((one) => one.at),
  );
  const regions = names(incident, 'regions').map(slug);
  const services = names(incident, 'systems').map(slug);
  return {
    id,
    title: line(incident, 'title') ?? 'Incident without a title',
    status: resolved ? 'resolved' : 'open',
    state: state === 'open' || resolved ? 'degraded' : 'unknown',
    regions: regions.length === 0 ? ['global'] : regions,
    services: services.length === 0 ? ['heroku'] : services,
    startedAt: readDate(own(incident, 'created_at'), 'created_at', problems),
    endedAt: resolved ? updatedAt : null,
    updatedAt,
    text: newest === undefined ? '' : plainText(newest.contents),
  };
}

export const heroku: FeedKind = jsonKind({
  kind: 'heroku',
  name: 'Heroku status',
  reports: 'everything',
  evidence: 'documented',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'status.heroku.com') && pathOf(url).includes('/api/v')
      : payload.includes('"system"') && payload.includes('"incidents"') && payload.includes('"scheduled"'),
  read(payload, context, problems) {
    if (
      !isFields(payload) ||
      !Array.isArray(own(payload, 'status')) ||
      !Array.isArray(own(payload, 'incidents'))
    ) {
      return { expected: 'status and incidents' };
    }
    const provider = context.provider ?? 'heroku';
    const observations: Observation[] = [];
    for (const entry of objects(payload, 'status')) {
      const system = named(entry);
      if (system === null) {
        problems.once('missing-field', 'system', feedText.missingField('The name of a system'));
        continue;
      }
      const colour = own(entry, 'status');
      const state = typeof colour === 'string' ? COLOURS.get(colour) : undefined;
      if (state === undefined) problems.unknownCode('The status of a system', colour);
      observations.push({
        provider,
        region: 'global',
        service: slug(system),
        state: state ?? 'unknown',
        at: null,
      });
    }
    const events: ProviderEvent[] = [];
    for (const incident of objects(payload, 'incidents')) {
      const id = line(incident, 'id', 120);
      if (id === null) {
        problems.once('missing-field', 'incident', feedText.missingField('The id of an incident'));
        continue;
      }
      const event = readIncident(incident, id, problems);
      events.push(event);
      if (event.status === 'resolved') continue;
      for (const region of event.regions) {
        for (const service of event.services) {
          observations.push({
            provider,
            region,
            service,
            state: event.state,
            at: event.updatedAt ?? event.startedAt,
            text: event.text ?? '',
            event: event.id,
          });
        }
      }
    }
    return { observations, events, asOf: null };
  },
});
