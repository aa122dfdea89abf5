// When a probe breaks a rule: above its limit and above its baseline, in every reading of a run that is long enough and has
// enough tries (rule 2; words: `for`).

import type { Breach, Question } from './breach.ts';
import { brokenRun } from './broken-run.ts';
import { DISORDER_MS, ofProbe } from './history.ts';
import { holds } from './limit.ts';
import type { TripRule } from './plan.ts';
import { counts, type ProbeReading } from './readings.ts';

/**
 * One probe's readings after `since`, oldest first, without those that have tried nothing. Read from the end, back to and with
 * the one that settles the question: a long history is not read whole.
 */
export function tailReadings(
  q: Pick<Question, 'readings' | 'since' | 'now'> & Partial<Question>,
  name: string,
  settles: (reading: ProbeReading) => boolean,
): ProbeReading[] {
  const tail: ProbeReading[] = [];
  const readings = ofProbe(q.readings, name);
  for (let i = readings.length - 1; i >= 0; i--) {
    const reading = readings[i]!;
    if (reading.at <= q.since - DISORDER_MS) break;
    if (reading.tries <= 0) continue;
    if (!counts(q, reading)) continue;
    tail.push(reading);
    if (settles(reading)) break;
  }
  return tail.reverse();
}

/**
 * The unbroken run of readings at the end that satisfy a test. A silence longer than `stale` breaks the run: nobody can
 * say that "every reading in that time" was so. Empty when the last reading does not satisfy it.
 */
export function runOf(
  readings: readonly ProbeReading[],
  stale: number,
  test: (reading: ProbeReading) => boolean,
): ProbeReading[] {
  let from = readings.length;
  while (from > 0) {
    const reading = readings[from - 1]!;
    const next = readings[from];
    if (!test(reading) || (next && next.at - reading.at > stale)) break;
    from -= 1;
  }
  return readings.slice(from);
}

const percent = (value: number): string => `${Math.round(value * 10) / 10} %`;
const DEFAULT_MARGIN = 5;

export function probeBreach(rule: Extract<TripRule, { probe: string }>, q: Question): Breach | null {
  const base = q.baseline.readings.findLast(
    (reading): reading is ProbeReading =>
      reading.type === 'probe' && reading.name === rule.probe && reading.tries > 0,
  );
  if (rule.type === 'failed') return failedBreach(rule, q, base?.errors ?? null);
  const value = (reading: ProbeReading): number | undefined =>
    rule.type === 'errors' ? reading.errors : reading.p95;
  const from = base ? (value(base) ?? 0) : 0;
  // Points are of percent; a latency without a margin of its own must exceed its baseline by 5 % of it.
  const margin = rule.margin ?? (rule.type === 'errors' ? DEFAULT_MARGIN : (from * DEFAULT_MARGIN) / 100);
  const breaks = (reading: ProbeReading): boolean => {
    const one = value(reading);
    // Also with a margin of 0 what stays as it was is not worse.
    return one !== undefined && holds(rule.limit, one) && one > from && one - from >= margin - 1e-9;
  };
  const run = brokenRun(rule, q, breaks);
  if (!run) return null;
  const { first, last, tries } = run;
  const show = (one: number): string => (rule.type === 'errors' ? percent(one) : `${Math.round(one)} ms`);
  return {
    complete: tries >= rule.min && last.at - first.at >= rule.for,
    reading: last,
    value: `${rule.type} ${show(value(last) ?? 0)}`,
    limit: rule.limit.text,
    baseline: base ? show(from) : 'none',
    tries,
    first: first.at,
  };
}

function failedBreach(
  rule: Extract<TripRule, { type: 'failed' }>,
  q: Question,
  baseline: number | null,
): Breach | null {
  const { of } = rule.limit;
  let enough = Math.max(of, rule.min);
  const readings = tailReadings(q, rule.probe, (reading) => {
    enough -= reading.tries;
    return rule.for === 0 && enough <= 0;
  });
  const last = readings.at(-1);
  if (!last) return null;
  const margin = rule.margin ?? DEFAULT_MARGIN;
  const at = (end: number) => {
    const window = lastTries(readings.slice(0, end), of);
    const share = window.tries === 0 ? 0 : (100 * window.failed) / window.tries;
    const count = Math.round(share * of * 10) / 1000;
    const above = share - (baseline ?? 0);
    return { ...window, count, breaks: holds(rule.limit, count) && above > 1e-9 && above >= margin - 1e-9 };
  };
  const now = at(readings.length);
  if (!now.breaks) return null;
  let first = last.at;
  for (let end = readings.length - 1; end > 0 && last.at - first < rule.for && at(end).breaks; end--)
    first = readings[end - 1]!.at;
  const heard = readings.reduce((sum, reading) => sum + reading.tries, 0);
  return {
    complete: now.tries >= of && heard >= rule.min && last.at - first >= rule.for,
    reading: last,
    value: `${Math.round(now.count * 10) / 10} of ${of} failed`,
    limit: rule.limit.text,
    baseline: baseline === null ? 'none' : percent(baseline),
    tries: now.tries,
    first,
  };
}

/** Failed tries among the last `wanted` ones; a reading that is only partly among them counts in proportion. */
function lastTries(
  readings: readonly ProbeReading[],
  wanted: number,
): { tries: number; failed: number; first: number } {
  let tries = 0;
  let failed = 0;
  let first = readings.at(-1)?.at ?? 0;
  for (let i = readings.length - 1; i >= 0 && tries < wanted; i--) {
    const reading = readings[i]!;
    const take = Math.min(reading.tries, wanted - tries);
    tries += take;
    failed += (take * reading.errors) / 100;
    first = reading.at;
  }
  return { tries, failed, first };
}
