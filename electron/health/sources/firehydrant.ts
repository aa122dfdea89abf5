// FireHydrant status pages: components without a status of their own, and incidents that give each a condition while they are open.
// So the page lists trouble only. A timeline entry's note is Markdown, as a string or one object deeper.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { jsonKind, slug } from './define.ts';
import { distinct, worstState } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { type Fields, isFields, object, objects, own, text } from './reading/json.ts';
import { line, lineOf } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

/** What `conditions` maps a page's own words to. */
const CLASSES: ReadonlyMap<string, State> = new Map([
  ['OPERATIONAL', 'operational'],
  ['DEGRADED', 'degraded'],
  ['OFFLINE', 'major-outage'],
]);

const SEVERITIES: ReadonlyMap<string, State> = new Map([
  ['SEV1', 'major-outage'],
  ['SEV2', 'partial-outage'],
  ['SEV3', 'degraded'],
  ['SEV4', 'degraded'],
  ['SEV5', 'degraded'],
  ['UNSET', 'degraded'],
  ['MAINTENANCE', 'maintenance'],
  ['GAMEDAY', 'maintenance'],
]);

function conditionState(word: string, page: Fields, problems: Problems): State {
  if (/maintenance/i.test(word)) return 'maintenance';
  const classes = object(page, 'conditions');
  const found = classes === null ? null : text(classes, word);
  const state = found === null ? undefined : CLASSES.get(found);
  if (state === undefined) problems.unknownCode('The condition of a component', word);
  return state ?? 'unknown';
}

/** Component name -> state, from `componentConditions` or `components[].condition`. */
function conditionsOf(incident: Fields, page: Fields, problems: Problems): ReadonlyMap<string, State> {
  const found = new Map<string, State>();
  const add = (name: string, word: unknown): void => {
    const plain = lineOf(name, 160);
    if (typeof word === 'string' && plain !== null)
      found.set(slug(plain), conditionState(word, page, problems));
  };
  for (const [name, word] of Object.entries(object(incident, 'componentConditions') ?? {})) add(name, word);
  for (const component of objects(incident, 'components')) {
    const name = text(component, 'name');
    if (name !== null) add(name, own(component, 'condition'));
  }
  return found;
}

function newestNote(incident: Fields, problems: Problems): { at: string | null; note: string } {
  let best = { at: null as string | null, note: '' };
  for (const entry of objects(incident, 'timeline')) {
    const details = object(entry, 'details');
    const nested = details === null ? null : object(details, 'note');
    const note = details === null ? null : (text(nested ?? details, 'note') ?? null);
    const at = readDate(own(entry, 'occurredAt') ?? own(entry, 'time'), 'occurredAt', problems);
    if (note !== null && (best.note === '' || (at ?? '') > (best.at ?? ''))) best = { at, note };
  }
  return best;
}

export const firehydrant: FeedKind = jsonKind({
  kind: 'firehydrant',
  name: 'FireHydrant status page',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (_url, payload) =>
    payload?.includes('"conditions"') === true &&
    payload.includes('"incidents"') &&
    (payload.includes('firehydrant') || payload.includes('"operationalMessage"')),
  read(payload, context, problems) {
    const config = isFields(payload) ? object(payload, 'config') : null;
    if (!isFields(payload) || config === null || !Array.isArray(own(payload, 'incidents'))) {
      return { expected: 'config and incidents' };
    }
    const page = slug(line(config, 'companyName', 120) ?? line(config, 'title', 120) ?? 'page');
    const provider = context.provider ?? page;
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    for (const incident of objects(payload, 'incidents')) {
      const id = line(incident, 'id', 120);
      const times = object(incident, 'timestamps') ?? {};
      if (id === null) {
        problems.once('missing-field', 'incident', feedText.missingField('The id of an incident'));
        continue;
      }
      const conditions = conditionsOf(incident, payload, problems);
      const slugged = text(incident, 'severitySlug') ?? 'UNSET';
      const severity = SEVERITIES.get(slugged.toUpperCase());
      if (severity === undefined) problems.unknownCode('severitySlug', slugged);
      const endedAt = readDate(own(times, 'resolved'), 'resolved', problems);
      const resolved = text(times, 'resolved') !== null;
      const startedAt = readDate(own(times, 'started') ?? own(times, 'detected'), 'started', problems);
      const note = newestNote(incident, problems);
      const worst = worstState(conditions.values());
      // Open, and all that it names is well again: it is still what its severity says, on the page as a whole.
      const quiet = worst === 'operational' && !resolved;
      const state = conditions.size > 0 && !quiet ? worst : (severity ?? 'unknown');
      const event: ProviderEvent = {
        id,
        title: line(incident, 'title') ?? 'Incident without a title',
        status: resolved ? 'resolved' : 'open',
        state,
        regions: ['global'],
        services: conditions.size > 0 ? distinct(conditions.keys()) : [page],
        startedAt,
        endedAt,
        updatedAt: latest(startedAt, endedAt, note.at),
        text: plainText(note.note),
      };
      events.push(event);
      if (resolved) continue;
      const places = quiet ? new Map([...conditions, [page, state]]) : conditions;
      for (const [service, condition] of places) {
        observations.push({
          provider,
          region: 'global',
          service,
          state: condition,
          at: event.updatedAt ?? startedAt,
          text: event.text ?? '',
          event: event.id,
        });
      }
    }
    // Entries of a month ago are edited later, and the list forgets: the payload has no time of its own.
    return { observations, events, asOf: null };
  },
});
