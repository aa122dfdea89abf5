// AWS public current events, health.aws.amazon.com/public/currentevents: UTF-16BE JSON, an array that is `[]` when clear.
// One event names up to hundreds of services, each with its own current code. Nothing left out is stated to be healthy.
import type { Observation, ProviderEvent } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { isResolvedTitle, plainTitle, regionOfArn, severityOf, splitKey } from './aws-words.ts';
import { hostIs, jsonKind, pathOf } from './define.ts';
import { distinct, worstItWas } from './gathering.ts';
import type { FeedKind } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { array, type Fields, isFields, object, objects, own, text } from './reading/json.ts';
import { line } from './reading/lines.ts';
import type { Problems } from './reading/problems.ts';

/** Service key -> when it last changed, from `impacted_service_status_changes` (epoch milliseconds). */
function changeTimes(event: Fields, problems: Problems): ReadonlyMap<string, Instant> {
  const times = new Map<string, Instant>();
  // Hundreds of services change at a few times.
  const read = new Map<unknown, Instant | null>();
  const dateOf = (value: unknown): Instant | null => {
    const known = read.get(value);
    if (known !== undefined) return known;
    const at = readDate(value, 'timestamp of a service change', problems);
    read.set(value, at);
    return at;
  };
  for (const change of objects(event, 'impacted_service_status_changes')) {
    const key = text(change, 'service');
    const at = dateOf(own(change, 'timestamp'));
    const newest = key === null ? null : latest(times.get(key), at);
    if (key !== null && newest !== null) times.set(key, newest);
  }
  return times;
}

function readEvent(event: Fields, provider: string, problems: Problems) {
  const arn = line(event, 'arn', 280) ?? '';
  const id = arn === '' ? `${text(event, 'service') ?? ''}_${text(event, 'date') ?? ''}` : arn;
  const log = objects(event, 'event_log');
  const last = log.at(-1);
  const startedAt = readDate(own(event, 'date'), 'date', problems);
  const updatedAt = latest(
    startedAt,
    ...log.map((entry) => readDate(own(entry, 'timestamp'), 'timestamp of an update', problems)),
  );
  const overall = severityOf(own(event, 'status'), 'status', problems);
  const summary = text(event, 'summary') ?? '';
  const resolved = overall.state === 'operational' || isResolvedTitle(summary);
  const message = last === undefined ? '' : plainText(text(last, 'message') ?? '');
  const home = splitKey(text(event, 'service') ?? 'unnamed', arn === '' ? 'global' : regionOfArn(arn));
  const changed = changeTimes(event, problems);
  const observations: Observation[] = [];
  const add = (key: string, code: unknown): void => {
    const { service, region } = key === '' ? home : splitKey(key, home.region);
    const severity = severityOf(code, 'current', problems);
    const at = changed.get(key) ?? updatedAt;
    observations.push({
      provider,
      region,
      service,
      state: severity.state,
      at,
      text: message,
      event: id,
      ...(severity.informational ? { informational: true } : {}),
    });
  };
  const impacted = object(event, 'impacted_services');
  for (const [key, entry] of Object.entries(impacted ?? {})) {
    // An entry that is no object is the code itself, or a code that nobody knows.
    add(key, isFields(entry) ? own(entry, 'current') : entry);
  }
  // It names no service but its own: then the word of its end is the word for that.
  if (observations.length === 0) add('', resolved ? 0 : own(event, 'status'));
  const entry: ProviderEvent = {
    id,
    title: plainTitle(summary),
    status: resolved ? 'resolved' : 'open',
    state: resolved
      ? worstItWas(log.map((one) => severityOf(own(one, 'status'), 'status of an update', problems).state))
      : overall.state,
    regions: distinct([home.region, ...observations.map((one) => one.region)]),
    services: distinct(observations.map((one) => one.service)),
    startedAt,
    endedAt: resolved ? updatedAt : null,
    updatedAt,
    text: message,
  };
  return { entry, observations };
}

export const awsCurrentEvents: FeedKind = jsonKind({
  kind: 'aws-currentevents',
  name: 'AWS public current events',
  reports: 'trouble-only',
  evidence: 'recorded',
  recognise: (url, payload) =>
    payload === null
      ? hostIs(url, 'health.aws.amazon.com') && pathOf(url).endsWith('/currentevents')
      : payload.includes('"arn:aws:health:') && payload.includes('"event_log"'),
  read(payload, context, problems) {
    if (!Array.isArray(payload)) return { expected: 'a list of events' };
    const events: ProviderEvent[] = [];
    const observations: Observation[] = [];
    for (const event of payload) {
      if (!isFields(event) || (line(event, 'arn', 280) === null && array(event, 'event_log').length === 0)) {
        problems.once('missing-field', 'arn', feedText.missingField('The arn of an event'));
        continue;
      }
      const read = readEvent(event, context.provider ?? 'aws', problems);
      events.push(read.entry);
      for (const observation of read.observations) observations.push(observation);
    }
    if (payload.length > 0 && events.length === 0) return { expected: 'an event with an arn' };
    // No time of its own: events leave the list, so the newest update in it may go back without the copy being old.
    return { observations, events, asOf: null };
  },
});
