// The one place in main that reads real clocks; everything else is handed a Clock (journal.md, three clocks).
import { uptime } from 'node:os';
import type { Clock } from '../../shared/time/clock.ts';

/** The kernel is asked again after this long: milliseconds. Asking costs a system call, and a board asks thousands of times. */
const ASK_MS = 5;

/** The kernel's uptime goes in steps of 10 ms; within a step the monotonic timer says how far. Never goes back. */
function createUptime(): () => number {
  let asked = Number.NEGATIVE_INFINITY;
  let base = 0;
  let last = 0;
  return () => {
    const now = performance.now();
    if (now - asked >= ASK_MS) {
      base = Math.max(last, uptime() * 1000);
      asked = now;
    }
    last = base + (now - asked);
    return last;
  };
}

/** Wall from the system, uptime from the kernel (goes on through sleep, is not moved by setting the clock). */
export const systemClock: Clock = {
  now: () => Date.now(),
  uptime: createUptime(),
};

/** Milliseconds of a monotonic timer for measurements (benchmarks, logs of durations); no relation to any wall. */
export const stopwatch = (): number => performance.now();
