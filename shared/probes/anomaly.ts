// Is a probe slower than it usually is? The modified z-score over median and MAD of its own recent baseline
// (B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers, ASQC 1993, section 3.3: M = 0.6745 (x - median) / MAD,
// labelled an outlier where |M| > 3.5). Robust: a few slow tries in the baseline do not hide the next ones.
import { median, type Try, within } from './windows.ts';

export const METHOD = 'Modified z-score over median and MAD (Iglewicz and Hoaglin 1993), limit 3.5';
export const LIMIT = 3.5;
/** The value that is looked at: the median of the last minutes. */
export const VALUE_MIN = 5;
/** The baseline: what answered in the hour before that. */
const BASELINE_MIN = 60;
const MIN_BASELINE = 30;
const MIN_VALUE = 3;

export interface Anomaly {
  readonly anomalous: boolean;
  readonly score: number;
  /** Milliseconds, all three. */
  readonly value: number;
  readonly median: number;
  readonly mad: number;
  /** Tries of the baseline. */
  readonly tries: number;
}

/** What scales a median absolute deviation to a standard deviation of a normal distribution. */
const SCALE = 0.6745;

/** The spread that the score divides by: never under a millisecond and a fiftieth of the median. */
const spreadOf = (mad: number, middle: number): number => Math.max(mad, 1, middle / 50);

/** The value from which on the score is over the limit: milliseconds. */
export const limitOf = (middle: number, mad: number, limit = LIMIT): number =>
  middle + (limit * spreadOf(mad, middle)) / SCALE;

const answered = (tries: readonly Try[]): number[] =>
  tries.flatMap((one) => (one.ok && one.ms !== null ? [one.ms] : []));

/**
 * The modified z-score of `value` against a baseline. Where half of the baseline is the same number the MAD is zero and would
 * call every millisecond an outlier: the spread is then at least one millisecond and a fiftieth of the median.
 */
export function modifiedZ(
  value: number,
  baseline: readonly number[],
): { readonly score: number; readonly median: number; readonly mad: number } | null {
  const middle = median(baseline);
  if (middle === null) return null;
  const mad = median(baseline.map((one) => Math.abs(one - middle))) ?? 0;
  return { score: (SCALE * (value - middle)) / spreadOf(mad, middle), median: middle, mad };
}

/** Slower than usual now? Null while there are too few tries to say. Faster than usual is no anomaly. */
export function anomalyOf(tries: readonly Try[], now: number): Anomaly | null {
  const recent = answered(within(tries, now, VALUE_MIN));
  const until = now - VALUE_MIN * 60_000;
  const baseline = answered(tries.filter((one) => one.at <= until && until - one.at < BASELINE_MIN * 60_000));
  const value = median(recent);
  if (value === null || recent.length < MIN_VALUE || baseline.length < MIN_BASELINE) return null;
  const found = modifiedZ(value, baseline)!;
  return { ...found, value, tries: baseline.length, anomalous: found.score > LIMIT };
}
