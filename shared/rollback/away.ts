// Did a settled trip go away (rule 4)? It opens the breaker again only if it did and came back. Read in one pass over the
// readings since the settlement: this is asked at every poll for as long as the plan runs.

import { DISORDER_MS, indexAfter, ofProbe } from './history.ts';
import type { TripRule } from './plan.ts';
import { type Baseline, type Book, type Reading, seriesKey } from './readings.ts';
import type { PlanState, Trip } from './state.ts';
import { breach } from './worse.ts';

/** The time of the first reading after the settlement at which the rule was not broken; null when it always was. */
export function wentAway(
  state: PlanState,
  book: Book,
  trip: Trip,
  rule: TripRule,
  now: number,
): number | null {
  const { settled, against } = trip;
  if (!settled || !against) return settled?.at ?? null;
  const broken = brokenBy(state, trip.target, against, settled.at, rule);
  if ('probe' in rule) return firstCalm(trip, rule, ofProbe(book.of(trip.target), rule.probe), broken, now);
  const all = book.of(trip.target);
  const spoken = all
    .slice(indexAfter(all, settled.at))
    .filter((reading) => reading.at > settled.at && reading.at <= now && speaksOf(rule, reading));
  const latest = new Map<string, Reading>();
  for (const reading of spoken) {
    const key = seriesKey(reading);
    // The last word of each series, in order of hearing.
    latest.delete(key);
    latest.set(key, reading);
    if (!broken([...latest.values()], reading.at)) return reading.at;
  }
  return null;
}

type Broken = (readings: readonly Reading[], now: number) => boolean;

const brokenBy =
  (state: PlanState, target: string, baseline: Baseline, since: number, rule: TripRule): Broken =>
  (readings, now) =>
    breach(rule, { state, target, baseline, readings, since, now }) !== null;

type ProbeRule = Extract<TripRule, { probe: string }>;

/** How far a settled trip was followed, and that it had not gone away by then: the next poll goes on from there. */
interface Followed {
  readonly rule: ProbeRule;
  readonly since: number;
  readonly list: readonly Reading[];
  readonly next: number;
  readonly last: Reading | undefined;
}
const followed = new WeakMap<Trip, Followed>();

function firstCalm(
  trip: Trip,
  rule: ProbeRule,
  list: readonly Reading[],
  broken: Broken,
  now: number,
): number | null {
  const since = trip.settled?.at ?? 0;
  const old = followed.get(trip);
  const goesOn =
    old && old.rule === rule && old.since === since && old.list === list && list[old.next - 1] === old.last;
  let next = goesOn ? old.next : indexAfter(list, since);
  for (; next < list.length; next++) {
    const reading = list[next]!;
    if (reading.at > now) break;
    if (
      reading.at > since &&
      speaksOf(rule, reading) &&
      !broken(windowOf(rule, list, next, since), reading.at)
    )
      return reading.at;
  }
  followed.set(trip, { rule, since, list, next, last: list[next - 1] });
  return null;
}

/**
 * The readings that say whether the rule is broken at one of them: the last alone says whether a limit is (how long and by how
 * many tries is another question); for "N of M failed" those that hold the last M tries.
 */
function windowOf(rule: ProbeRule, list: readonly Reading[], end: number, since: number): Reading[] {
  const window: Reading[] = [];
  let tries = 0;
  for (let i = end; i >= 0; i--) {
    const reading = list[i]!;
    if (reading.at <= since - DISORDER_MS) break;
    if (reading.at <= since || !speaksOf(rule, reading)) continue;
    window.unshift(reading);
    tries += triesOf(reading);
    if (rule.type !== 'failed' || tries >= rule.limit.of) break;
  }
  return window;
}

const triesOf = (reading: Reading | undefined): number => (reading?.type === 'probe' ? reading.tries : 0);

/** Says this reading anything about the rule? One without tries, or without the latency asked for, does not. */
export function speaksOf(rule: TripRule, reading: Reading): boolean {
  if (rule.type === 'health') return reading.type === 'feed' || reading.type === 'person';
  if (rule.type === 'alert') return reading.type === 'alert';
  if (reading.type !== 'probe' || reading.name !== rule.probe || reading.tries <= 0) return false;
  return rule.type !== 'p95' || reading.p95 !== undefined;
}
