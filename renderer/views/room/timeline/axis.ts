// The overview's time axis: instants to percent and back, round ticks, and marks thinned to what the eye can tell apart. Pure.
import { dayShort, hms } from '../../../../shared/time/format.ts';

export type Lane = 'signals' | 'steps' | 'decisions' | 'updates' | 'notes';

export interface Axis {
  readonly from: number;
  readonly to: number;
  /** Milliseconds to percent of the width. */
  x(ms: number): number;
  /** Percent back to milliseconds, kept inside. */
  time(percent: number): number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200].map(
  (m) => m * MINUTE,
);
/** No more ticks than this, so that their labels never touch in the narrow column. */
const TICKS = 7;

/** From the first signal to a little after now, so that "now" does not stand on the edge. */
export function axis(first: number, last: number): Axis {
  const length = Math.max(last - first, 10 * MINUTE);
  const from = first - length * 0.03;
  const to = first + length * 1.06;
  const step = STEPS.find((one) => (to - from) / one <= TICKS) ?? (to - from) / TICKS;
  const ticks: { at: number; label: string }[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step)
    ticks.push({ at, label: step >= 1440 * MINUTE ? dayShort(at) : hms(at, 'minute') });
  return {
    from,
    to,
    x: (ms) => Math.min(100, Math.max(0, ((ms - from) / (to - from)) * 100)),
    time: (percent) => from + (Math.min(100, Math.max(0, percent)) / 100) * (to - from),
    ticks,
  };
}

/** Marks that fall on the same quarter percent are one mark with the sum. */
export function thinned<M extends { readonly at: string; readonly n: number }>(
  marks: readonly M[],
  scale: Axis,
): { readonly at: string; readonly n: number }[] {
  const bins = new Map<number, { at: string; n: number }>();
  for (const mark of marks) {
    const bin = Math.round(scale.x(Date.parse(mark.at)) * 4);
    const held = bins.get(bin);
    if (held) held.n += mark.n;
    else bins.set(bin, { at: mark.at, n: mark.n });
  }
  return [...bins.values()];
}
