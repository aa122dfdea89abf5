// The one place in main that reads real clocks; everything else is handed a Clock (journal.md, three clocks).
import { uptime } from 'node:os';
import type { Clock } from '../../shared/time/clock.ts';

/** Wall from the system, uptime from the kernel (goes on through sleep, is not moved by setting the clock; resolution 10 ms). */
export const systemClock: Clock = {
  now: () => Date.now(),
  uptime: () => uptime() * 1000,
};

/** Milliseconds of a monotonic timer for measurements (benchmarks, logs of durations); no relation to any wall. */
export const stopwatch = (): number => performance.now();
