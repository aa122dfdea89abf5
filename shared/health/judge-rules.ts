// How patient the judge is, and the changes that it makes known.
import type { Instant } from '../time/clock.ts';
import type { Place, ProviderEvent, State } from './types.ts';

export interface JudgeRules {
  /** Good polls that a state must hold before it becomes a signal. */
  readonly holdPolls: number;
  /** Or this long, in milliseconds; null: only the polls count. */
  readonly holdMs: number | null;
  /** A bad word that left the payload without a resolution stays for so many more good polls ... */
  readonly missingPolls: number;
  /** ... and at least this long, in milliseconds. */
  readonly missingMs: number;
  /** After this long of nothing but older copies whose own time moves on (the page lives, and was set back), they are its word ... */
  readonly olderAcceptedMs: number;
  /** ... and after this long when it is one and the same copy: until then it may come from a cache, in milliseconds. */
  readonly olderFrozenMs: number;
  /** A resolution counts as "healthy, stated" this long at most, in milliseconds; after that nothing is reported. */
  readonly resolvedMs: number;
  /** "No longer listed" is read this long, in milliseconds. */
  readonly unlistedMs: number;
}

export const JUDGE_RULES: JudgeRules = {
  holdPolls: 2,
  holdMs: null,
  missingPolls: 2,
  missingMs: 5 * 60_000,
  olderAcceptedMs: 60 * 60_000,
  olderFrozenMs: 24 * 3_600_000,
  resolvedMs: 24 * 3_600_000,
  unlistedMs: 24 * 3_600_000,
};

/** A change of one place that has held. `at`: when it was first heard, not when it had held. */
export interface PlaceChange {
  readonly place: Place;
  readonly from: State | null;
  readonly to: State | null;
  readonly at: Instant;
  /** Event of the provider behind it, '' for a component's own status. */
  readonly event: string;
  readonly how: 'word' | 'no-longer-listed';
  readonly began: Instant | null;
  readonly text: string;
  readonly informational: boolean;
  /** It comes from, or goes back from, a component's information that no event names. */
  readonly quiet: boolean;
  readonly flaps: number;
}

/** Something that happened to an event as a whole. */
export interface EventChange {
  readonly event: ProviderEvent;
  readonly how: 'opened' | 'resolved' | 'no-longer-listed';
  readonly at: Instant;
}
