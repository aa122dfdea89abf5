// Changes before the first signal, the nearest first: closeness in time is no proof, and it is where people look first.
import { fromInstant, type Instant } from '../time/clock.ts';
import type { Change } from './types.ts';

export interface Ranked {
  readonly change: Change;
  /** Milliseconds before the first signal; negative after it; null without one. */
  readonly beforeMs: number | null;
  /** 1: the nearest before it; null: after it, too long before, or no signal. */
  readonly rank: number | null;
}

/** Longer before it than this is no suspect any more: milliseconds. */
export const SUSPECT_MS = 24 * 3_600_000;

/** In the order in which they were given. Equal times share their order by service and id, so that every machine ranks alike. */
export function ranked(changes: readonly Change[], firstSignal: Instant | null): readonly Ranked[] {
  if (firstSignal === null) return changes.map((change) => ({ change, beforeMs: null, rank: null }));
  const first = fromInstant(firstSignal);
  const beforeOf = (change: Change): number => first - fromInstant(change.at);
  const order = [...changes]
    .filter((change) => beforeOf(change) >= 0 && beforeOf(change) <= SUSPECT_MS)
    .sort(
      (a, b) =>
        beforeOf(a) - beforeOf(b) ||
        (a.service < b.service ? -1 : a.service > b.service ? 1 : a.id < b.id ? -1 : 1),
    );
  const rankOf = new Map(order.map((change, index) => [change.id, index + 1]));
  return changes.map((change) => ({
    change,
    beforeMs: beforeOf(change),
    rank: rankOf.get(change.id) ?? null,
  }));
}
