// The fold's part for the breaker: trips, half-open, accepted, closed, late news. Open wins: an entry that closes names
// the trips that it had seen, and any other trip keeps the breaker open (rules 3, 4, 9).
import type { Applied } from './applied.ts';
import { endBake } from './fold-wave.ts';
import type { PlanBody } from './kinds.ts';
import { type Baseline, fromStored, seriesKey } from './readings.ts';
import { type PlanState, standingTrips, type TargetState, tripKey } from './state.ts';
import { cannotGetWorse } from './worse.ts';

export function foldBreaker(state: PlanState, { kind, body, at }: Applied): void {
  const named = (body as { target?: unknown }).target;
  if (typeof named === 'string' && !Object.hasOwn(state.targets, named)) return;
  if (kind === 'breaker-opened') open(state, body as PlanBody<'breaker-opened'>, at);
  else if (kind === 'trip-noted') {
    const noted = body as PlanBody<'trip-noted'>;
    const { target, rule, n, evidence } = noted;
    if (state.breaker.state === 'open') addTrip(state, target, rule, n, at, false, evidence);
    // Noted where the breaker was still open, and closed elsewhere by somebody who had not heard of it: open wins (rule 9).
    else open(state, { ...noted, back: false, trips: [], passed: noted.passed ?? namesOf(state) }, at);
  } else if (kind === 'breaker-half-opened') {
    const { target, choose, by, trips } = body as PlanBody<'breaker-half-opened'>;
    if (state.breaker.state === 'closed') return;
    if (!standingTrips(state).every((trip) => trips.includes(trip.key))) return;
    state.breaker.state = 'half-open';
    state.breaker.half = { choose, target, at, by };
    state.breaker.trial = null;
  } else if (kind === 'breaker-closed') close(state, body as PlanBody<'breaker-closed'>, at);
  else if (kind === 'trip-accepted') accept(state, body as PlanBody<'trip-accepted'>, at);
  else if (kind === 'late-news') lateNews(state, body as PlanBody<'late-news'>);
}

const namesOf = (state: PlanState): string[] => state.waves.map((wave) => wave.name);

function addTrip(
  state: PlanState,
  id: string,
  rule: string,
  n: number,
  at: number,
  opened: boolean,
  evidence: Record<string, unknown>,
): boolean {
  const target = state.targets[id];
  const slot = tripKey(id, rule);
  const before = state.trips[slot];
  if (!target || (before && before.n >= n)) return false;
  state.trips[slot] = {
    key: `trip:${state.id}:${id}:${rule}:${n}`,
    target: id,
    rule,
    n,
    at,
    opened,
    status: 'standing',
    settled: null,
    against: target.baseline,
    evidence,
  };
  return true;
}

function open(state: PlanState, body: PlanBody<'breaker-opened'>, at: number): void {
  const { breaker } = state;
  // A look that ended badly speaks of trips known already: if they were accepted or cleared apart from it, that stands.
  const news = body.back
    ? breaker.state === 'half-open'
    : addTrip(state, body.target, body.rule, body.n, at, true, body.evidence);
  if (!news) return;
  if (breaker.state !== 'open') {
    breaker.openedAt = at;
    breaker.openings += 1;
  }
  breaker.state = 'open';
  breaker.half = null;
  if (breaker.trial && !breaker.trial.ended) breaker.trial.ended = { at, cause: 'trip', written: false };
  for (const wave of state.waves) {
    // Passed by a machine that had not heard of this trip, and the trip's machine had not heard of the pass.
    if (wave.passedAt !== null && !body.back && !body.passed.includes(wave.name)) {
      wave.passedAt = null;
      wave.passedBy = null;
      if (wave.bake) wave.bake.ended = { at, cause: 'trip', written: false };
    }
    if (wave.passedAt === null) endBake(wave, at, 'trip');
  }
}

function settle(
  state: PlanState,
  keys: readonly string[],
  status: 'cleared' | 'accepted',
  at: number,
  levels: (id: string) => Baseline,
): void {
  for (const trip of Object.values(state.trips))
    if (trip.status === 'standing' && keys.includes(trip.key)) {
      trip.status = status;
      trip.settled = { ...levels(trip.target), at };
    }
}

function close(state: PlanState, body: PlanBody<'breaker-closed'>, at: number): void {
  if (state.breaker.state === 'closed') return;
  settle(state, body.trips, 'cleared', at, (id) => ({ at, readings: fromStored(body.levels[id]) }));
  if (standingTrips(state).length > 0) return;
  // Those of targets that were skipped or reverted hold nothing any more.
  for (const trip of Object.values(state.trips)) if (trip.status === 'standing') trip.status = 'cleared';
  state.breaker.state = 'closed';
  state.breaker.half = null;
  state.breaker.openedAt = null;
  if (state.breaker.trial?.ended?.written !== false) state.breaker.trial = null;
  state.overrides = state.overrides.filter((one) => !['cool', 'breaker-open'].includes(one.code));
}

function accept(state: PlanState, body: PlanBody<'trip-accepted'>, at: number): void {
  const target = state.targets[body.target];
  if (!target?.baseline) return;
  const readings = fromStored(body.readings);
  settle(state, body.trips, 'accepted', at, () => ({ at, readings }));
  target.baseline = { at, readings };
  target.acceptedWorse = { by: body.by, reason: body.reason, at };
  target.blind = cannotGetWorse(state, target.id, target.baseline);
  // "Not ours": it does not hold the other gates either.
  state.planBaseline[target.id] = target.baseline;
}

function lateNews(state: PlanState, body: PlanBody<'late-news'>): void {
  const readings = fromStored(body.readings).map((reading) => ({ ...reading, late: true }));
  const target: TargetState | undefined = state.targets[body.target];
  if (!target || readings.length === 0) return;
  const add = (baseline: Baseline): Baseline => ({
    at: baseline.at,
    readings: [
      ...baseline.readings.filter((old) => !readings.some((one) => seriesKey(one) === seriesKey(old))),
      ...readings,
    ],
  });
  if (target.baseline) target.baseline = add(target.baseline);
  const plan = state.planBaseline[target.id];
  if (plan && (body.alsoPlan || !target.baseline)) state.planBaseline[target.id] = add(plan);
}
