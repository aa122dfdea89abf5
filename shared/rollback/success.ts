// Did the remedy work (rule 6)? Success and "better than its baseline" by our own readings, and the evidence a gate needs.
import { follow, indexAfter, ofKind, ofProbe, probesHeard, type Trails, triesUpTo } from './history.ts';
import { holds, type Limit } from './limit.ts';
import type { SuccessRule } from './plan.ts';
import {
  type Baseline,
  type Book,
  isFresh,
  leansOn,
  matches,
  type ProbeReading,
  probesOf,
  type Reading,
} from './readings.ts';
import type { Bake, PlanState } from './state.ts';
import {
  judgeWord,
  overallSeverity,
  overLimit,
  readsFailing,
  runOf,
  severity,
  tailReadings,
} from './worse.ts';

export type Verdict = 'success' | 'better' | 'no-better' | 'unknown';

/** Why a target does not meet success; empty when it does. */
export function notMet(state: PlanState, book: Book, target: string, now: number): string[] {
  const readings = upTo(book.of(target), now);
  const why: string[] = [];
  if (!isFresh(readings, now, state.plan.breaker.stale)) why.push('no fresh reading of ours');
  for (const reading of lastWords(state, target, readings)) {
    // Maintenance and unknown are not on the breaker's scale, but they hold a gate (rule 2b).
    if ('health' in reading && severity(reading.health) === null)
      why.push(`${nameOf(reading)} is ${reading.health}`);
  }
  const rules = state.plan.success;
  if (rules) {
    for (const rule of rules) why.push(...ruleNotMet(state, target, readings, rule, now));
    return [...new Set(why)];
  }
  const trouble = unhealthy(state, target, readings, now, 0);
  if (trouble.length === 0) return why;
  const baseline = state.targets[target]?.baseline;
  const probesFine = !probesOver(state, readings, now);
  if (baseline && probesFine && isBetter(state, target, baseline, readings)) return why;
  return [...new Set([...why, ...trouble])];
}

/** What was heard up to `now`; the book's own list where nothing is later. */
function upTo(readings: readonly Reading[], now: number): readonly Reading[] {
  const rest = readings.slice(indexAfter(readings, now));
  return rest.every((reading) => reading.at <= now) ? readings : readings.filter(({ at }) => at <= now);
}

const FOREVER = Number.POSITIVE_INFINITY;
const words: Trails<Map<string, Spoken>> = new WeakMap();
const alerts: Trails<Map<string, Extract<Reading, { type: 'alert' }>>> = new WeakMap();

type Spoken = Extract<Reading, { type: 'feed' | 'person' }>;

/** The last word of each leaned-on service and of people: bad news stays until the same source says otherwise. */
function lastWords(state: PlanState, target: string, readings: readonly Reading[]): Spoken[] {
  const { plan, watch } = state;
  const list = ofKind(readings, 'feed');
  const last = follow(
    words,
    list,
    [target, plan, watch],
    list,
    FOREVER,
    () => new Map(),
    (map, reading) => {
      if (leansOn(plan, watch, target, reading.service))
        map.set(`${reading.source}|${reading.service}`, reading);
    },
  );
  const typed = ofKind(readings, 'person').at(-1);
  return [...last.values(), ...(typed ? [typed] : [])];
}

const nameOf = (reading: Spoken): string =>
  reading.type === 'person' ? `the word of ${reading.by}` : (reading.service ?? 'the region');

const lastProbes = (readings: readonly Reading[]): ProbeReading[] =>
  probesHeard(readings).flatMap((name) => ofProbe(readings, name).findLast(({ tries }) => tries > 0) ?? []);

/** The last reading of each probe of the plan; of a plan that names none, of each that is heard. */
function asked(state: PlanState, readings: readonly Reading[]): ProbeReading[] {
  const names = probesOf(state.plan);
  return lastProbes(readings).filter((reading) => names.length === 0 || names.includes(reading.name));
}

/** A probe of the plan over its limit, or silent though it was heard before: silence is not health. */
function probesOver(state: PlanState, readings: readonly Reading[], now: number): boolean {
  return asked(state, readings).some(
    (reading) => readsFailing(state, reading) || now - reading.at > state.plan.breaker.stale,
  );
}

/** What speaks against "operational" (limit 0) or "degraded at most" (limit 1). */
function unhealthy(
  state: PlanState,
  target: string,
  readings: readonly Reading[],
  now: number,
  worst: number,
): string[] {
  const why: string[] = [];
  for (const reading of lastWords(state, target, readings)) {
    const value = severity(reading.health);
    if (value === null || value > worst) why.push(`${nameOf(reading)} is ${reading.health}`);
  }
  for (const reading of asked(state, readings)) {
    if (now - reading.at > state.plan.breaker.stale) why.push(`probe ${reading.name} is silent`);
    else if (overLimit(state, reading)) why.push(`probe ${reading.name} is over its limit`);
    else if (readsFailing(state, reading))
      why.push(`probe ${reading.name} fails ${Math.round(reading.errors)} % of its tries`);
  }
  const list = ofKind(readings, 'alert');
  const firing = follow(
    alerts,
    list,
    [],
    list,
    FOREVER,
    () => new Map(),
    (map, reading) => {
      map.set(JSON.stringify(reading.labels), reading);
    },
  );
  for (const reading of firing.values())
    if (
      reading.firing &&
      state.plan.breaker.trip.some((rule) => rule.type === 'alert' && matches(rule.match, reading.labels))
    )
      why.push(`alert ${reading.labels['alertname'] ?? 'of the target'} fires`);
  return why;
}

function ruleNotMet(
  state: PlanState,
  target: string,
  readings: readonly Reading[],
  rule: SuccessRule,
  now: number,
): string[] {
  if (rule.type === 'health')
    return unhealthy(state, target, readings, now, rule.health === 'operational' ? 0 : 1);
  const { stale } = state.plan.breaker;
  const meets = (reading: ProbeReading): boolean => {
    const one = rule.type === 'errors' ? reading.errors : reading.p95;
    return one !== undefined && holds(rule.limit, one);
  };
  const own = tailReadings(
    { readings, since: Number.NEGATIVE_INFINITY, now },
    rule.probe,
    (reading) => !meets(reading) || now - reading.at >= rule.for,
  );
  const run = runOf(own, stale, meets);
  const first = run[0];
  const last = run.at(-1);
  const name = `${rule.probe} ${rule.type} ${rule.limit.text}`;
  if (!first || !last) return [own.length === 0 ? `no reading of probe ${rule.probe}` : `${name} is not met`];
  if (now - last.at > stale) return [`probe ${rule.probe} is silent`];
  return now - first.at >= rule.for ? [] : [`${name} is not met for long enough`];
}

/** Better than its baseline: something of ours or the provider's word clearly improved, and nothing got worse. */
export function isBetter(
  state: PlanState,
  target: string,
  baseline: Baseline,
  readings: readonly Reading[],
): boolean {
  return compare(state, target, baseline, readings) === 'better';
}

/**
 * `no-better`: what was wrong at the baseline is still wrong, or something of ours is wrong now. What a provider added late
 * or without a start says nothing about the remedy; a target that was and is fine is neither better nor worse.
 */
function compare(
  state: PlanState,
  target: string,
  baseline: Baseline,
  readings: readonly Reading[],
): 'better' | 'no-better' | 'unknown' {
  const late = new Set(
    baseline.readings.flatMap((one) => (one.late && one.type === 'feed' ? [one.service] : [])),
  );
  const counted = (one: Reading): boolean =>
    one.type !== 'probe' &&
    !(one.type === 'feed' && (late.has(one.service) || judgeWord(baseline, one) === 'asks'));
  const healthBefore = overallSeverity(state, target, baseline.readings.filter(counted));
  const healthNow = overallSeverity(state, target, lastWords(state, target, readings).filter(counted));
  let better = healthNow < healthBefore;
  let worse = healthNow > healthBefore;
  let stuck = healthNow > 0;
  for (const reading of lastProbes(readings)) {
    const before = baseline.readings.findLast(
      (one): one is ProbeReading => one.type === 'probe' && one.name === reading.name && one.tries > 0,
    );
    if (!before) continue;
    const wrong = failing(state, reading);
    if (wrong) stuck = true;
    if (failing(state, before) && (!wrong || clearlyLess(reading, before))) better = true;
    if (wrong && reading.errors >= before.errors + 5) worse = true;
  }
  if (better && !worse) return 'better';
  return stuck ? 'no-better' : 'unknown';
}

/** A probe that misses a success limit or breaks a limit of the breaker. */
const failing = (state: PlanState, reading: ProbeReading): boolean =>
  readsFailing(state, reading) ||
  (state.plan.success ?? []).some((rule) => {
    if (!('probe' in rule) || rule.probe !== reading.name) return false;
    const value = rule.type === 'errors' ? reading.errors : reading.p95;
    return value !== undefined && !holds(rule.limit, value);
  });

/** Clearly less: by five points of errors, by half, or a fifth of the latency. */
const clearlyLess = (now: ProbeReading, before: ProbeReading): boolean =>
  now.errors <= before.errors - 5 ||
  (before.errors > 0 && now.errors <= before.errors / 2) ||
  (now.p95 !== undefined &&
    before.p95 !== undefined &&
    now.errors <= before.errors &&
    now.p95 <= before.p95 * 0.8);

/** The verdict on a rolled-back target at the end of its bake. `unknown`: nothing of the baseline can be compared. */
export function verdict(state: PlanState, book: Book, target: string, now: number): Verdict {
  if (notMet(state, book, target, now).length === 0) return 'success';
  const baseline = state.targets[target]?.baseline;
  if (!baseline) return 'unknown';
  // "Not ours", said by name: what it still shows says nothing about the remedy, and its gate is manual in any case (rule 4).
  if (state.targets[target]?.acceptedWorse) return 'unknown';
  return compare(state, target, baseline, upTo(book.of(target), now));
}

/** Tries of the plan's data probe in the watched part of a bake; readings that only end a gap speak of unwatched time. */
export function triesIn(state: PlanState, book: Book, bake: Bake, target: string, now: number): number {
  const { data } = state.plan;
  if (!data) return 0;
  const readings = ofProbe(book.of(target), data.probe);
  const upTo = (at: number): number => triesUpTo(readings, Math.max(bake.startedAt, Math.min(at, now)));
  let tries = upTo(now) - upTo(bake.startedAt);
  let counted = bake.startedAt;
  for (const gap of [...bake.gaps].sort((one, other) => one.from - other.from)) {
    // Gaps of two machines may overlap.
    if (gap.to > counted) tries -= upTo(gap.to) - upTo(Math.max(gap.from, counted));
    counted = Math.max(counted, gap.to);
  }
  return tries;
}

export const dataMet = (limit: Limit, tries: number): boolean => holds(limit, tries);
