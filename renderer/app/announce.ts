// What is said aloud: `status` waits its turn, `alert` interrupts. Signals go through `later`, at most one announcement in 20 s.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../shared/time/clock.ts';

const BATCH_MS = 20_000;

export interface Announcer {
  readonly store: StoreApi<{ readonly status: string; readonly alert: string }>;
  status(text: string): void;
  alert(text: string): void;
  /** The newest text wins when several come within 20 s. */
  later(text: string): void;
}

export function createAnnouncer(clock: Clock): Announcer {
  const store = createStore(() => ({ status: '', alert: '' }));
  let lastAt = Number.NEGATIVE_INFINITY;
  let pending: string | null = null;
  const flush = (): void => {
    if (pending === null) return;
    lastAt = clock.uptime();
    store.setState({ status: pending });
    pending = null;
  };
  return {
    store,
    status: (text) => store.setState({ status: text }),
    alert: (text) => store.setState({ alert: text }),
    later(text) {
      const waiting = pending !== null;
      pending = text;
      const rest = lastAt + BATCH_MS - clock.uptime();
      if (rest <= 0) flush();
      else if (!waiting) setTimeout(flush, rest);
    },
  };
}
