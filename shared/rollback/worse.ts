// What "worse" means (rules 2, 2a, 2b, 2c): worse than the baseline, never worse than green. Raw readings with their `for`;
// a provider's state must hold for two polls, a probe or alert completes on its own poll.
import type { State } from '../health/types.ts';
import type { Breach, Question } from './breach.ts';
import { follow, ofKind, type Trails } from './history.ts';
import { holds } from './limit.ts';
import type { TripRule } from './plan.ts';
import { probeBreach } from './probes.ts';
import {
  type Baseline,
  counts,
  type FeedReading,
  labelsKey,
  leansOn,
  matches,
  type ProbeReading,
  type Reading,
  serviceKey,
} from './readings.ts';
import type { PlanState } from './state.ts';

export type { Breach, Question } from './breach.ts';
export { runOf, tailReadings } from './probes.ts';

/** The breaker's scale; null: maintenance and unknown are not on it (rule 2b). */
export const severity = (health: State): number | null =>
  ({ operational: 0, degraded: 1, 'partial-outage': 2, 'major-outage': 3, maintenance: null, unknown: null })[
    health
  ];

/** A service of a target at its baseline, and how bad it was. */
function serviceAt(
  baseline: Baseline,
  { service, target }: Pick<FeedReading, 'service' | 'target'>,
): { severity: number; late: boolean } {
  let worst = 0;
  let late = false;
  for (const reading of baseline.readings) {
    if (reading.type !== 'feed' || serviceKey(reading.service, target) !== serviceKey(service, target))
      continue;
    const value = severity(reading.health) ?? 0;
    if (value > worst) {
      worst = value;
      late = reading.late === true;
    }
  }
  return { severity: worst, late };
}

/** How bad the target as a whole was, over what people, leaned-on services and the plan's probes said. */
export function overallSeverity(state: PlanState, target: string, readings: readonly Reading[]): number {
  let worst = 0;
  for (const reading of readings) {
    if (reading.type === 'person') worst = Math.max(worst, severity(reading.health) ?? 0);
    else if (reading.type === 'feed' && leansOn(state.plan, state.watch, target, reading.service))
      worst = Math.max(worst, severity(reading.health) ?? 0);
    else if (reading.type === 'probe') {
      if (reading.tries > 0 && reading.errors > 90) worst = Math.max(worst, 3);
      else if (overLimit(state, reading)) worst = Math.max(worst, 1);
    }
  }
  return worst;
}

/** Does the probe stand above a limit of the plan's rules now, whatever its baseline was? */
export const overLimit = (state: PlanState, reading: ProbeReading): boolean =>
  reading.tries > 0 &&
  state.plan.breaker.trip.some(
    (rule) =>
      (rule.type === 'errors' && rule.probe === reading.name && holds(rule.limit, reading.errors)) ||
      (rule.type === 'p95' &&
        rule.probe === reading.name &&
        reading.p95 !== undefined &&
        holds(rule.limit, reading.p95)) ||
      (rule.type === 'failed' &&
        rule.probe === reading.name &&
        reading.errors > (100 * rule.limit.value) / rule.limit.of),
  );

/** From this share of failures on, in percent, a probe for which the plan names no limit of errors reads degraded, as on the board. */
const FAILING = 20;

/**
 * Does the probe say that its target is not well? By the plan's own limits; where they name none of errors for it, from the share
 * on that the board calls degraded: a target that fails half its tries is not operational because nobody wrote a limit.
 */
export function readsFailing(state: PlanState, reading: ProbeReading): boolean {
  if (reading.tries <= 0) return false;
  if (overLimit(state, reading) || reading.errors > 90) return true;
  const { breaker, success } = state.plan;
  const limited =
    breaker.trip.some(
      (rule) => (rule.type === 'errors' || rule.type === 'failed') && rule.probe === reading.name,
    ) || (success ?? []).some((rule) => rule.type === 'errors' && rule.probe === reading.name);
  return !limited && reading.errors >= FAILING;
}

/** Breaker blind: a target that cannot get worse (major outage, or over 90 % errors). */
export const cannotGetWorse = (state: PlanState, target: string, baseline: Baseline): boolean =>
  overallSeverity(state, target, baseline.readings) >= 3;

/** What a provider's word about a leaned-on service means against the baseline. */
export type Word = 'fine' | 'worse' | 'late' | 'asks';

export function judgeWord(baseline: Baseline, reading: FeedReading): Word {
  const now = severity(reading.health);
  if (now === null) return 'fine';
  const before = serviceAt(baseline, reading);
  if (now <= before.severity) return 'fine';
  // It failed at the baseline and we saw it: whatever it says of its beginning, it has got more severe since.
  if (before.severity > 0 && !before.late) return 'worse';
  if (reading.began === null) return 'asks';
  return reading.began > baseline.at ? 'worse' : 'late';
}

/** A feed's last reading of a service, the one before it, and since when all of them speak of trouble. */
interface Spoken {
  readonly last: FeedReading;
  readonly before: FeedReading | null;
  readonly troubled: number | null;
}

const words: Trails<Map<string, Spoken>> = new WeakMap();

/** The last reading of each feed and service that the system leans on, and the one before it from the same feed. */
export function leanedWords(q: Question): Spoken[] {
  const { plan, watch } = q.state;
  const list = ofKind(q.readings, 'feed');
  const keys = [q.target, q.since, plan, watch];
  const add = (series: Map<string, Spoken>, reading: FeedReading): void => {
    if (!counts(q, reading)) return;
    if (!leansOn(plan, watch, q.target, reading.service)) return;
    const key = `${reading.source}|${serviceKey(reading.service, q.target)}`;
    const old = series.get(key);
    const bad = (severity(reading.health) ?? 0) > 0;
    const troubled = bad ? (old?.troubled ?? reading.at) : null;
    series.set(key, { last: reading, before: old?.last ?? null, troubled });
  };
  return [...follow(words, q.baseline, keys, list, q.now, () => new Map(), add).values()];
}

const HEALTH = ['operational', 'degraded', 'partial outage', 'major outage'];
const healthText = (value: number): string => HEALTH[value] ?? 'operational';

function healthBreach(q: Question): Breach | null {
  let found: Breach | null = null;
  for (const { last, before } of leanedWords(q)) {
    if (judgeWord(q.baseline, last) !== 'worse') continue;
    const base = serviceAt(q.baseline, last).severity;
    const held = before !== null && (severity(before.health) ?? 0) > base;
    const breach: Breach = {
      complete: held,
      reading: last,
      value: `${last.service ?? 'region'} ${healthText(severity(last.health) ?? 0)}`,
      limit: 'worse than the baseline, two polls',
      baseline: healthText(base),
      tries: null,
      first: held && before ? before.at : last.at,
    };
    if (!found || (breach.complete && !found.complete)) found = breach;
  }
  const typed = ofKind(q.readings, 'person').findLast((reading) => counts(q, reading));
  if (typed) {
    const value = severity(typed.health);
    const base = overallSeverity(q.state, q.target, q.baseline.readings);
    if (value !== null && value > base && !found?.complete)
      found = {
        complete: true,
        reading: typed,
        value: `${healthText(value)}, typed by ${typed.by}`,
        limit: 'worse than the baseline',
        baseline: healthText(base),
        tries: null,
        first: typed.at,
      };
  }
  return found;
}

type Alert = Extract<Reading, { type: 'alert' }>;
const alerts = new WeakMap<TripRule, Trails<Map<string, Alert>>>();

function alertBreach(rule: Extract<TripRule, { type: 'alert' }>, q: Question): Breach | null {
  const trails: Trails<Map<string, Alert>> = alerts.get(rule) ?? new WeakMap();
  alerts.set(rule, trails);
  const list = ofKind(q.readings, 'alert');
  const keys = [q.since, q.state.plan.kind];
  const last = follow(
    trails,
    q.baseline,
    keys,
    list,
    q.now,
    () => new Map<string, Alert>(),
    (map, reading) => {
      if (counts(q, reading) && matches(rule.match, reading.labels))
        map.set(labelsKey(reading.labels), reading);
    },
  );
  const before = new Set<string>();
  for (const reading of q.baseline.readings)
    if (reading.type === 'alert' && reading.firing) before.add(labelsKey(reading.labels));
  for (const [key, reading] of last)
    if (reading.firing && !before.has(key))
      return {
        complete: true,
        reading,
        value: `firing: ${key}`,
        limit: rule.match,
        baseline: 'not firing',
        tries: null,
        first: reading.at,
      };
  return null;
}

/** Does the target break this rule, against this baseline, by readings after `since`? null: it does not. */
export function breach(rule: TripRule, q: Question): Breach | null {
  if (rule.type === 'health') return healthBreach(q);
  if (rule.type === 'alert') return alertBreach(rule, q);
  return probeBreach(rule, q);
}

const HEALTH_RULE: TripRule = { id: 'health', text: 'health worse than the baseline', type: 'health' };

/**
 * Is the target worse than the baseline at this moment, by any rule of the plan and by health in any case? The first
 * breach, complete or not: where a person or a gate asks, one poll is enough (rules 1 and 6).
 */
export function worseNow(q: Question): Breach | null {
  const rules = q.state.plan.breaker.trip;
  for (const rule of rules.some((one) => one.type === 'health') ? rules : [HEALTH_RULE, ...rules]) {
    const found = breach(rule, q);
    if (
      found &&
      (!('min' in rule) ||
        (found.tries ?? 0) >= Math.min(rule.min, rule.type === 'failed' ? rule.limit.of : rule.min))
    )
      return found;
  }
  return null;
}

/** Leaned-on services in trouble whose event does not say when it began: they hold the gate and ask (rule 2a). */
export const askingWords = (q: Question): Spoken[] =>
  leanedWords(q).filter((word) => judgeWord(q.baseline, word.last) === 'asks');
