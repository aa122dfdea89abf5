// A recording on the board: the same driver, paced by a clock that runs so many times faster.
import type { Clock } from '../../../shared/time/clock.ts';
import type { ReplayDriver } from './driver.ts';
import type { Recording } from './recording.ts';

/** A clock that stands at `fromMs` until `start`, then runs `speed` times as fast as the one below it. */
export interface RunningClock extends Clock {
  start(): void;
}

export function createRunningClock(base: Clock, fromMs: number, speed: number): RunningClock {
  let started: number | null = null;
  const gone = (): number => (started === null ? 0 : (base.uptime() - started) * speed);
  return {
    now: () => Math.floor(fromMs + gone()),
    uptime: () => fromMs + gone(),
    start: () => {
      started ??= base.uptime();
    },
  };
}

/** How often a running replay looks whether a poll is due: milliseconds. */
const LOOK_MS = 100;

/** Paces the driver by the clock. `stop` ends it and waits for the poll under way. */
export function runReplay(
  driver: ReplayDriver,
  recording: Recording,
  clock: RunningClock,
): { readonly ended: () => boolean; readonly stop: () => Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let under: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    for (let at = driver.nextAt(); at !== null && at <= clock.now() && !stopped; at = driver.nextAt())
      await driver.step();
    if (stopped || driver.nextAt() === null) return;
    timer = setTimeout(() => {
      under = look();
    }, LOOK_MS);
  };
  clock.start();
  under = look();
  return {
    // On a busy machine the clock is ahead of the polls: what was not read yet has not ended.
    ended: () => clock.now() > (recording.polls.at(-1)?.at ?? 0) && driver.polls() >= recording.polls.length,
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await under;
      await driver.stop();
    },
  };
}
