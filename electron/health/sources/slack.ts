// Slack, slack-status.com/api/v2.0.0/current: only what is wrong. A resolved incident vanishes; its title and type change while it is
// open. `/history` is a bare array of the same incidents, open and resolved.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { hostIs, jsonKind, pathOf } from './define.ts';
import { distinct } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { array, type Fields, isFields, objects, own, text } from './reading/json.ts';
import { line, lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

const TYPES: ReadonlyMap<string, State> = new Map([
  ['outage', 'major-outage'],
  ['incident', 'degraded'],
  ['notice', 'degraded'],
  ['maintenance', 'maintenance'],
]);
const STATUSES: ReadonlySet<string> = new Set(['active', 'resolved', 'scheduled', 'completed', 'cancelled']);

function readIncident(incident: Fields, id: string, problems: Problems): ProviderEvent | null {
  const type = own(incident, 'type');
  const state = typeof type === 'string' ? TYPES.get(type) : undefined;
  if (state === undefined) problems.unknownCode('The type of an incident', type, id);
  const status = own(incident, 'status');
  if (typeof status !== 'string' || !STATUSES.has(status))
    problems.unknownCode('The status of an incident', status, id);
  if (status === 'scheduled' || status === 'cancelled') return null;
  const resolved = status === 'resolved' || status === 'completed';
  const services = distinct(
    array(incident, 'services')
      .map((one) => lineOf(one, 160))
      .filter((one) => one !== null),
  );
  const notes = objects(incident, 'notes').map((note) => ({
    at: readDate(own(note, 'date_created'), 'date_created of a note', problems),
    body: text(note, 'body') ?? '',
  }));
  // /current lists notes newest first in some years and oldest first in others.
  const newest = notes.reduce((best, one) => ((one.at ?? '') > (best?.at ?? '') ? one : best), notes[0]);
  const updatedAt = readDate(own(incident, 'date_updated'), 'date_updated', problems);
  const url = text(incident, 'url');
  return {
    id,
    title: line(incident, 'title') ?? 'Incident without a title',
    status: resolved ? 'resolved' : 'open',
    state: state ?? 'unknown',
    regions: ['global'],
    services: services.length === 0 ? ['Slack'] : services,
    startedAt: readDate(own(incident, 'date_created'), 'date_created', problems),
    endedAt: resolved ? updatedAt : null,
    updatedAt,
    text: newest === undefined ? '' : plainText(newest.body),
    ...(url === null ? {} : { url: url.slice(0, 2000) }),
  };
}

export const slack: FeedKind = jsonKind({
  kind: 'slack',
  name: 'Slack status',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'slack-status.com', 'status.slack.com') &&
        /\/api\/v2\.0\.0\/(?:current|history)$/.test(pathOf(url))
      : payload.includes('"active_incidents"') ||
        (payload.trimStart().startsWith('[') &&
          payload.includes('"date_created"') &&
          /https:(?:\\?\/){2}(?:status\.slack|slack-status)\.com/.test(payload)),
  read(payload, context, problems) {
    const current = isFields(payload) && Array.isArray(own(payload, 'active_incidents'));
    if (!current && !Array.isArray(payload)) return { expected: 'active_incidents' };
    const entries = current ? array(payload, 'active_incidents') : (payload as readonly unknown[]);
    if (current) {
      const status = own(payload, 'status');
      if (status !== 'ok' && status !== 'active') problems.unknownCode('status', status);
    }
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    let known = 0;
    for (const entry of entries) {
      const id = isFields(entry) ? line(entry, 'id', 120) : null;
      if (!isFields(entry) || id === null || text(entry, 'date_created') === null) {
        problems.once(
          'missing-field',
          'incident',
          feedText.missingField('The id or date_created of an incident'),
        );
        continue;
      }
      known += 1;
      const event = readIncident(entry, id, problems);
      if (event === null) continue;
      events.push(event);
      if (event.status === 'resolved') continue;
      for (const service of event.services) {
        observations.push({
          provider: context.provider ?? 'slack',
          region: 'global',
          service,
          state: event.state,
          at: event.updatedAt ?? event.startedAt,
          text: event.text ?? '',
          event: event.id,
          ...(own(entry, 'type') === 'notice' ? { informational: true } : {}),
        });
      }
    }
    if (entries.length > 0 && known === 0) return { expected: 'an incident with id and date_created' };
    const asOf = current
      ? readDate(own(payload, 'date_updated'), 'date_updated of the answer', problems)
      : latest(...events.map((event) => event.updatedAt));
    return { observations, events, asOf };
  },
});
