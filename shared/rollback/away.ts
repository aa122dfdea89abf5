// Did a settled trip go away (rule 4)? It opens the breaker again only if it did and came back. Read in one pass over the
// readings since the settlement: this is asked at every poll for as long as the plan runs.
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
  const spoken = book
    .of(trip.target)
    .filter((reading) => reading.at > settled.at && reading.at <= now && speaksOf(rule, reading));
  const broken = brokenBy(state, trip.target, against, settled.at, rule);
  if (rule.type === 'errors' || rule.type === 'p95')
    // The last reading alone says whether the limit is broken; how long and by how many tries is another question.
    return spoken.find((reading) => !broken([reading], reading.at))?.at ?? null;
  if (rule.type === 'failed') return firstCalmWindow(spoken, rule.limit.of, broken);
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

/** For "N of M failed": only the readings that hold the last M tries matter. */
function firstCalmWindow(spoken: readonly Reading[], of: number, broken: Broken): number | null {
  for (const [i, reading] of spoken.entries()) {
    let from = i + 1;
    for (let tries = 0; from > 0 && tries < of; from--) tries += triesOf(spoken[from - 1]);
    if (!broken(spoken.slice(from, i + 1), reading.at)) return reading.at;
  }
  return null;
}

const triesOf = (reading: Reading | undefined): number => (reading?.type === 'probe' ? reading.tries : 0);

/** Says this reading anything about the rule? One without tries, or without the latency asked for, does not. */
export function speaksOf(rule: TripRule, reading: Reading): boolean {
  if (rule.type === 'health') return reading.type === 'feed' || reading.type === 'person';
  if (rule.type === 'alert') return reading.type === 'alert';
  if (reading.type !== 'probe' || reading.name !== rule.probe || reading.tries <= 0) return false;
  return rule.type !== 'p95' || reading.p95 !== undefined;
}
