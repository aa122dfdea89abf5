// The window's clock is main's: a snapshot says main's time, and this machine's monotonic clock carries it on until the next one.
// While a recording is replayed it is the recording's clock, running at the recording's speed.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock, Instant } from '../../shared/time/clock.ts';
import { fromInstant } from '../../shared/time/clock.ts';

export interface MainClock extends Clock {
  /** Sets the clock to main's time as just heard. `speed` 1 is real time, 0 stands still. */
  sync(instant: Instant, speed?: number): void;
  /** Ticks once a second of real time, close to the full second of this clock; components draw from it. */
  readonly ticker: StoreApi<{ readonly now: number }>;
  start(): () => void;
}

/** The browser's own clocks: wall in milliseconds, monotonic in milliseconds. */
export const browserClock: Clock = { now: () => Date.now(), uptime: () => performance.now() };

/** Corrections below this, in milliseconds of real time, are jitter of the bridge and would make the seconds stutter. */
const JITTER_MS = 250;

export function createMainClock(own: Clock): MainClock {
  let base = own.now();
  let since = own.uptime();
  let speed = 1;
  const now = (): number => base + (own.uptime() - since) * speed;
  const ticker = createStore<{ readonly now: number }>(() => ({ now: now() }));
  const tick = (): void => ticker.setState({ now: now() });
  return {
    now,
    uptime: () => own.uptime(),
    sync(instant, nextSpeed = 1) {
      const heard = fromInstant(instant);
      if (Number.isNaN(heard)) return;
      if (nextSpeed === speed && Math.abs(heard - now()) < JITTER_MS * speed) return;
      base = heard;
      since = own.uptime();
      speed = nextSpeed;
      tick();
    },
    ticker,
    start() {
      let timer: ReturnType<typeof setTimeout>;
      const loop = (): void => {
        tick();
        const rest = speed === 1 ? 1000 - (now() % 1000) : 1000;
        timer = setTimeout(loop, rest + 5);
      };
      loop();
      return () => clearTimeout(timer);
    },
  };
}
