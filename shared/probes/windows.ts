// Tries of a probe over the last 1, 5 and 15 minutes: error rate, median and 95th percentile of what answered. Pure.

/** One try. `ms`: how long the answer took; null: it failed. `at`: milliseconds of the clock that the caller uses throughout. */
export interface Try {
  readonly at: number;
  readonly ok: boolean;
  readonly ms: number | null;
}

export const WINDOWS_MIN = [1, 5, 15] as const;
/** Tries older than this are forgotten: the baseline of the anomaly is an hour. */
export const KEEP_MS = 75 * 60_000;
/** And never more than so many, however often a probe tries. */
const KEEP_TRIES = 2000;

export interface Window {
  readonly minutes: number;
  readonly tries: number;
  readonly errors: number;
  /** Percent; null without a try. */
  readonly errorRate: number | null;
  /** Milliseconds; null when nothing answered. */
  readonly p50: number | null;
  readonly p95: number | null;
}

/** The value at a share (0 to 1) of sorted numbers, nearest rank (the smallest with at least that share at or below it). */
export function percentile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[Math.min(rank, sorted.length) - 1]!;
}

const ascending = (a: number, b: number): number => a - b;

/** The middle of numbers in any order, the mean of the two middle ones of an even count; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort(ascending);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Tries that are younger than `minutes` at `now`. */
export const within = (tries: readonly Try[], now: number, minutes: number): readonly Try[] =>
  tries.filter((one) => now - one.at < minutes * 60_000 && one.at <= now);

export function windowOf(tries: readonly Try[], now: number, minutes: number): Window {
  const recent = within(tries, now, minutes);
  const errors = recent.filter((one) => !one.ok).length;
  const answered = recent.flatMap((one) => (one.ok && one.ms !== null ? [one.ms] : [])).sort(ascending);
  return {
    minutes,
    tries: recent.length,
    errors,
    errorRate: recent.length === 0 ? null : (errors / recent.length) * 100,
    p50: percentile(answered, 0.5),
    p95: percentile(answered, 0.95),
  };
}

/** Adds a try and forgets what is too old; the list stays oldest first. */
export function remember(tries: readonly Try[], one: Try): readonly Try[] {
  const kept = tries.filter((old) => one.at - old.at < KEEP_MS && old.at <= one.at);
  return [...kept.slice(-(KEEP_TRIES - 1)), one];
}
