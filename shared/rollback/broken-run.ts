// The unbroken run of a probe's readings, up to the last one, that all break a limit (words: `for`). It is asked for at every
// reading of a night in which a target may be broken for hours, so it goes on from where it was read before.

import type { Question } from './breach.ts';
import { indexAfter, ofProbe } from './history.ts';
import type { TripRule } from './plan.ts';
import { type Baseline, counts, type ProbeReading } from './readings.ts';

export interface BrokenRun {
  readonly first: ProbeReading;
  readonly last: ProbeReading;
  /** Tries of all its readings. */
  readonly tries: number;
}

interface Followed {
  readonly list: readonly ProbeReading[];
  readonly since: number;
  readonly stale: number;
  /** Readings before this index are in it. */
  readonly next: number;
  readonly read: ProbeReading | undefined;
  readonly run: BrokenRun | null;
}

const followed = new WeakMap<Baseline, WeakMap<TripRule, Followed>>();

/**
 * null: the last reading does not break the limit, or nothing was heard. A silence longer than `stale` begins the run anew:
 * nobody can say that "every reading in that time" was so.
 */
export function brokenRun(
  rule: Extract<TripRule, { probe: string }>,
  q: Question,
  breaks: (reading: ProbeReading) => boolean,
): BrokenRun | null {
  const list = ofProbe(q.readings, rule.probe);
  const { stale } = q.state.plan.breaker;
  const old = followed.get(q.baseline)?.get(rule);
  const goesOn =
    old !== undefined &&
    old.list === list &&
    old.since === q.since &&
    old.stale === stale &&
    list[old.next - 1] === old.read &&
    (old.read?.at ?? 0) <= q.now;
  let run = goesOn ? old.run : null;
  let next = goesOn ? old.next : indexAfter(list, q.since);
  for (; next < list.length; next++) {
    const reading = list[next]!;
    if (reading.at > q.now) break;
    if (reading.tries <= 0 || !counts(q, reading)) continue;
    if (!breaks(reading)) run = null;
    else if (run && reading.at - run.last.at <= stale)
      run = { first: run.first, last: reading, tries: run.tries + reading.tries };
    else run = { first: reading, last: reading, tries: reading.tries };
  }
  const rules = followed.get(q.baseline) ?? new WeakMap<TripRule, Followed>();
  rules.set(rule, { list, since: q.since, stale, next, read: list[next - 1], run });
  followed.set(q.baseline, rules);
  return run;
}
