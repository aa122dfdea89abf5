// The line of a probe's tries: where the points stand, and the median and limit that judge them. Pure.
import type { ProbeView } from '../../../shared/contract/watch.ts';
import { limitOf, VALUE_MIN } from '../../../shared/probes/anomaly.ts';
import { fromInstant } from '../../../shared/time/clock.ts';

export interface Try {
  readonly at: string;
  readonly ok: boolean;
  readonly ms: number | null;
}
export interface Chart {
  /** The answers as a path with gaps where a try failed. */
  readonly line: string;
  readonly failed: readonly { readonly x: number; readonly at: string }[];
  readonly median: number | null;
  /** Latency at which the newest try would be called unusual, as a height. */
  readonly limit: number | null;
  /** The same limit in milliseconds. */
  readonly limitMs: number | null;
  /** From where on the last minutes lie that are judged against the baseline before them. */
  readonly judgedFrom: number;
  /** Milliseconds at the top. */
  readonly top: number;
}

/** `width` and `height` in the drawing's units; the base line is zero milliseconds. */
export function probeChart(
  tries: readonly Try[],
  anomaly: ProbeView['anomaly'],
  width: number,
  height: number,
): Chart {
  const limitMs = anomaly ? limitOf(anomaly.median, anomaly.mad, anomaly.limit) : null;
  const top = Math.max(1, ...tries.map((t) => t.ms ?? 0), limitMs ?? 0, anomaly?.median ?? 0) * 1.1;
  const first = tries[0] ? fromInstant(tries[0].at) : 0;
  const last = Math.max(first + 1, tries.length ? fromInstant(tries.at(-1)?.at ?? '') : 1);
  const x = (at: string): number => ((fromInstant(at) - first) / (last - first)) * width;
  const y = (ms: number): number => height - (ms / top) * height;
  let pen = false;
  const line = tries
    .map((t) => {
      if (!t.ok || t.ms === null) {
        pen = false;
        return '';
      }
      const step = `${pen ? 'L' : 'M'}${x(t.at).toFixed(1)} ${y(t.ms).toFixed(1)}`;
      // A single answer between two failures is still a visible dot.
      const dot = pen ? '' : 'h.1';
      pen = true;
      return step + dot;
    })
    .join('');
  return {
    line,
    failed: tries.filter((t) => !t.ok).map((t) => ({ x: x(t.at), at: t.at })),
    median: anomaly ? y(anomaly.median) : null,
    limit: limitMs === null ? null : y(limitMs),
    limitMs,
    judgedFrom: Math.max(0, ((last - VALUE_MIN * 60_000 - first) / (last - first)) * width),
    top,
  };
}
