// How much the bridge takes. A window that asks too much gets a typed `busy`, never a stalled main process.
import type { Clock } from '../../shared/time/clock.ts';

export interface Limits {
  /** UTF-16 units of one input's JSON text. */
  readonly inputLength: number;
  /** UTF-16 units of one answer's JSON text. */
  readonly outputLength: number;
  /** Calls under way at once. */
  readonly inFlight: number;
  /** Calls a second, sustained, and how many may come at once after a quiet time. */
  readonly perSecond: number;
  readonly burst: number;
  /** Levels of nesting in an input. */
  readonly depth: number;
}

export const LIMITS: Limits = {
  inputLength: 1_048_576,
  outputLength: 8_388_608,
  inFlight: 64,
  perSecond: 250,
  burst: 500,
  depth: 64,
};

/** A token bucket on the machine's uptime, so that setting the clock opens and closes nothing. */
export function createBucket(clock: Clock, perSecond: number, burst: number): { take(): boolean } {
  let tokens = burst;
  let at = clock.uptime();
  return {
    take() {
      const now = clock.uptime();
      tokens = Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond);
      at = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
