// The breaker's way back (rule 4): one target tried alone, or the tripped one looked at again. Both end well only with fresh
// readings throughout and no trip; a silent target keeps the breaker half-open; it never closes before the cool time.
import { speaksOf } from './away.ts';
import { watched } from './bake.ts';
import type { Here, PlanEntry } from './entry.ts';
import { indexAfter } from './history.ts';
import { coolLeft } from './holds.ts';
import type { TripRule } from './plan.ts';
import { type Book, isFresh, ours, snapshot, toStored } from './readings.ts';
import {
  isOverridden,
  type PlanState,
  standingTrips,
  type Trip,
  trialWave,
  unsettledTrips,
  watchedIn,
  waveOf,
} from './state.ts';
import { evidenceOf, stillBroken } from './trips.ts';
import type { Breach } from './worse.ts';

export function decideHalfOpen(state: PlanState, book: Book, here: Here): PlanEntry[] {
  const { breaker } = state;
  if (breaker.state !== 'half-open' || !breaker.half) return [];
  return breaker.half.choose === 'try-one' ? tryOne(state, book, here) : lookAgain(state, book, here);
}

/** Closes, naming every standing trip that the watch had seen, with the readings at that moment. */
export function closing(state: PlanState, book: Book, now: number, by?: string, reason?: string): PlanEntry {
  const standing = lookedAt(state);
  const levels = Object.fromEntries(
    standing.map((trip) => [trip.target, snapshot(book, trip.target, now).readings.map(toStored)]),
  );
  return {
    kind: 'breaker-closed',
    key: `breaker:${state.id}:${state.breaker.openings}:closed`,
    body: {
      plan: state.id,
      trips: standing.map((trip) => trip.key),
      levels,
      ...(by === undefined ? {} : { by }),
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

function back(state: PlanState, target: string, evidence: Record<string, unknown>): PlanEntry {
  const { breaker } = state;
  return {
    kind: 'breaker-opened',
    key: `breaker:${state.id}:${breaker.openings}:back:${breaker.half?.at ?? 0}`,
    body: {
      plan: state.id,
      target,
      wave: waveOf(state, target)?.name,
      rule: 'half-open',
      n: breaker.openings,
      back: true,
      passed: state.waves.filter((wave) => wave.passedAt !== null).map((wave) => wave.name),
      evidence,
    },
  };
}

/**
 * When the watched time of a look began: at its start, or at the first reading after a silence of one of them. null: one is
 * silent now.
 */
export function lookingSince(state: PlanState, book: Book, now: number): number | null {
  let since: number | null = state.breaker.half?.at ?? null;
  for (const target of watchedIn(state)) {
    const heard = heardSince(state, book, target, now);
    if (heard === null || since === null) return null;
    since = Math.max(since, heard);
  }
  return since;
}

function heardSince(state: PlanState, book: Book, target: string, now: number): number | null {
  const { half } = state.breaker;
  if (!half) return null;
  const { stale } = state.plan.breaker;
  if (isOverridden(state, 'stale', waveOf(state, target)?.name ?? null, target)) return half.at;
  const readings = book.of(target);
  let since: number | null = isFresh(readings, half.at, stale) ? half.at : null;
  let last = half.at;
  let heard = false;
  for (let i = indexAfter(readings, half.at); i < readings.length; i++) {
    const reading = readings[i]!;
    if (!ours(reading) || reading.at <= half.at || reading.at > now) continue;
    if (since === null || reading.at - last > stale) since = reading.at;
    last = reading.at;
    heard = true;
  }
  return heard && now - last <= stale ? since : null;
}

/** The standing trips, and those of the target that is looked at, though it was skipped or reverted meanwhile. */
function lookedAt(state: PlanState): Trip[] {
  const half = state.breaker.half;
  const own = half?.choose === 'look-again' ? unsettledTrips(state, half.target) : [];
  return [...new Set([...standingTrips(state), ...own])];
}

/** Neither the cool time nor a look is measured by a clock that nobody trusts (rule 14): a person says go on, or accepts. */
const waits = (state: PlanState, now: number): boolean =>
  state.untrusted !== null || coolLeft(state, now) > 0;

function lookAgain(state: PlanState, book: Book, { now }: Here): PlanEntry[] {
  const { half } = state.breaker;
  if (!half) return [];
  const trips = lookedAt(state);
  for (const trip of trips) {
    const found = stillBroken(state, book, trip, half.at, now);
    if (found?.complete) return [back(state, trip.target, proof(state, book, trip, found, now))];
  }
  const since = lookingSince(state, book, now);
  if (since === null || now - since < state.plan.breaker.retry) return [];
  for (const trip of trips) {
    const found = lastSaid(state, book, trip, half.at, now);
    if (found?.complete) return [back(state, trip.target, proof(state, book, trip, found, now))];
    // Broken again, not yet for long enough: neither well nor a trip.
    if (found) return [];
  }
  return waits(state, now) ? [] : [closing(state, book, now)];
}

/**
 * The breach by what the trip's sources said last. An alert fires and a provider's word stands until they say otherwise,
 * however long ago they spoke; so does a probe that was not heard in the look while others of the target were, unless a
 * named person has overridden its silence.
 */
function lastSaid(state: PlanState, book: Book, trip: Trip, since: number, now: number): Breach | null {
  const rule = ruleOf(state, trip);
  if (!rule) return null;
  const heard =
    rule.type !== 'alert' &&
    rule.type !== 'health' &&
    (isOverridden(state, 'stale', waveOf(state, trip.target)?.name ?? null, trip.target) ||
      book
        .of(trip.target)
        .some((reading) => reading.at > since && reading.at <= now && speaksOf(rule, reading)));
  return stillBroken(state, book, trip, heard ? since : Number.NEGATIVE_INFINITY, now);
}

const ruleOf = (state: PlanState, trip: Trip): TripRule | undefined =>
  state.plan.breaker.trip.find((one) => one.id === trip.rule);

function proof(
  state: PlanState,
  book: Book,
  trip: Trip,
  found: Breach,
  now: number,
): Record<string, unknown> {
  const rule = ruleOf(state, trip);
  return rule ? evidenceOf(state, book, rule, found, now) : {};
}

function tryOne(state: PlanState, book: Book, here: Here): PlanEntry[] {
  const { half, trial, trials } = state.breaker;
  const target = half ? state.targets[half.target] : undefined;
  const wave = half ? waveOf(state, half.target) : undefined;
  if (!half || !target || !wave) return [];
  if (['failed', 'skipped', 'reverting', 'reverted'].includes(target.state))
    return [back(state, target.id, { rule: 'try one', value: `${target.id} is ${target.state}` })];
  if (target.state !== 'done') return [];
  if (!trial || trial.ended) {
    const tried = trial?.ended?.cause === 'full';
    if (tried) {
      // A silent target keeps the breaker half-open, also while it only waits for the cool time.
      const heard = isFresh(book.of(target.id), here.now, state.plan.breaker.stale);
      return waits(state, here.now) || !heard ? [] : [closing(state, book, here.now)];
    }
    const n = trials + 1;
    return [
      {
        kind: 'bake-started',
        key: `trial:${state.id}:${n}`,
        body: {
          plan: state.id,
          wave: wave.name,
          target: target.id,
          n,
          trial: true,
          needed: (wave.bakeNeeded ?? 0) / 1000,
          targets: [target.id],
          peers: [...here.peers],
        },
      },
    ];
  }
  const seen = watched(state, book, trial, here.now);
  if (seen < trial.needed) return [];
  return [
    {
      kind: 'bake-ended',
      key: `trial:${state.id}:${trial.n}:ended`,
      body: {
        plan: state.id,
        wave: trialWave(state, trial),
        target: target.id,
        n: trial.n,
        trial: true,
        cause: 'full',
        watched: Math.round(seen / 1000),
      },
    },
  ];
}
