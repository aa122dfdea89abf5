// The clock is handed in everywhere; only the `time/` folders read a real one (journal.md, three clocks).

export interface Clock {
  /** Wall clock, milliseconds since the epoch, UTC. */
  now(): number;
  /** Milliseconds since the machine started; goes on through sleep, is not moved by setting the clock. */
  uptime(): number;
}

/** An instant as it stands in entries, exports and the contract: ISO 8601, UTC, milliseconds: `2026-10-20T07:48:20.000Z`. */
export type Instant = string;

export const toInstant = (ms: number): Instant => new Date(ms).toISOString();

/** Milliseconds of an instant; NaN when it is not one. */
export const fromInstant = (instant: Instant): number => Date.parse(instant);
