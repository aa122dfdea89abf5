// A feed's own state: not heard, fresh, late, stale, unreachable, unparseable, offline, paused. They never look alike, and
// only fresh and late ones may be believed when they say that something is well.
import type { FeedStateWord } from '../contract/health.ts';

export interface FeedFacts {
  readonly enabled: boolean;
  /** The path this feed belongs to is lost. */
  readonly pathLost: boolean;
  /** Milliseconds since the last good answer that was no older copy; null: never. Negative after the clock was set back. */
  readonly heardAgeMs: number | null;
  /** Milliseconds since only older copies come; null: not so. */
  readonly olderForMs: number | null;
  /** How the last try ended; null: never tried. */
  readonly outcome: 'good' | 'unreachable' | 'unparseable' | null;
  readonly intervalMs: number;
  readonly staleAfterMs: number;
}

/** After 10 minutes of only older copies the feed is stale (domain.md). */
const OLDER_STALE_MS = 10 * 60_000;

/** An answer is late when two intervals and a little have gone by without one. */
export const lateAfterMs = (intervalMs: number): number => intervalMs * 2 + 30_000;

export function feedState(facts: FeedFacts): FeedStateWord {
  if (!facts.enabled) return 'paused';
  if (facts.pathLost) return 'offline';
  if (facts.outcome === null && facts.heardAgeMs === null) return 'not-heard';
  if (facts.outcome === 'unreachable') return 'unreachable';
  if (facts.outcome === 'unparseable') return 'unparseable';
  if (facts.heardAgeMs === null) return 'not-heard';
  // An age below zero is a clock that was set back: how old the answer is cannot be said, so it is not fresh.
  if (facts.heardAgeMs < -60_000 || facts.heardAgeMs >= facts.staleAfterMs) return 'stale';
  if (facts.olderForMs !== null && facts.olderForMs >= OLDER_STALE_MS) return 'stale';
  return facts.heardAgeMs >= lateAfterMs(facts.intervalMs) || facts.olderForMs !== null ? 'late' : 'fresh';
}

/** May this feed's good news be believed? */
export const isBelieved = (state: FeedStateWord): boolean => state === 'fresh' || state === 'late';
