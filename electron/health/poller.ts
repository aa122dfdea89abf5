// When each feed is asked: its interval with jitter, back-off after failures, Retry-After within bounds, at most so many at once.
import type { Clock } from '../../shared/time/clock.ts';

/** What a poll says about the next one. */
export interface PollHint {
  readonly ok: boolean;
  /** A first failure after a good answer: asked again soon, before anything is said. */
  readonly again: boolean;
  readonly failures: number;
  /** Milliseconds that the server asked us to wait; null: it did not. */
  readonly retryAfterMs: number | null;
}

export interface PollerDeps {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly maxAtOnce: number;
  /** Asks one feed; must not reject. */
  readonly poll: (feed: string, byPerson: boolean) => Promise<PollHint>;
}

export interface Poller {
  /** Adds a feed, due now and spread over `spreadMs`. */
  add(feed: string, intervalMs: number, spreadMs?: number): void;
  remove(feed: string): void;
  /** Asks now whatever the schedule says; a poll under way is waited for. */
  pollNow(feed: string): Promise<void>;
  /** Every feed once, now. */
  pollAll(): Promise<void>;
  /** Uptime at which a feed is asked next; null when it is being asked or is not known. */
  dueAt(feed: string): number | null;
  start(): void;
  /** Ends the timer and waits for what is under way. */
  stop(): Promise<void>;
}

const AGAIN_MS = 10_000;
const MAX_BACKOFF = 10;
const MAX_WAIT_MS = 3_600_000;

/** Milliseconds until the next poll after one with this outcome. */
export function nextDelay(intervalMs: number, hint: PollHint, random: number): number {
  const jittered = (ms: number): number => ms * (0.9 + 0.2 * random);
  if (hint.ok) return jittered(intervalMs);
  // What the server asks for is honoured, but it cannot make us deaf for hours nor ask us to hurry.
  if (hint.retryAfterMs !== null)
    return Math.min(Math.max(hint.retryAfterMs, intervalMs), Math.max(MAX_WAIT_MS, intervalMs * MAX_BACKOFF));
  if (hint.again) return jittered(Math.min(AGAIN_MS, intervalMs / 4));
  const times = Math.min(2 ** Math.max(0, hint.failures - 1), MAX_BACKOFF);
  return jittered(Math.min(intervalMs * times, Math.max(MAX_WAIT_MS, intervalMs)));
}

interface Entry {
  readonly intervalMs: number;
  due: number;
  under: Promise<void> | null;
}

export function createPoller(deps: PollerDeps): Poller {
  const entries = new Map<string, Entry>();
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  let under = 0;

  function ask(feed: string, entry: Entry, byPerson: boolean): Promise<void> {
    if (entry.under !== null) return entry.under;
    under += 1;
    entry.under = deps
      .poll(feed, byPerson)
      .then((hint) => {
        entry.due = deps.clock.uptime() + nextDelay(entry.intervalMs, hint, deps.random());
      })
      .finally(() => {
        under -= 1;
        entry.under = null;
        arm();
      });
    return entry.under;
  }

  function arm(): void {
    if (!running) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const now = deps.clock.uptime();
    const waiting = [...entries].filter(([, entry]) => entry.under === null);
    waiting.sort(([, a], [, b]) => a.due - b.due);
    for (const [feed, entry] of waiting) {
      if (under >= deps.maxAtOnce) return; // the one that ends arms again
      if (entry.due > now) {
        timer = setTimeout(arm, Math.min(entry.due - now, 2 ** 30));
        timer.unref();
        return;
      }
      void ask(feed, entry, false);
    }
  }

  return {
    add(feed, intervalMs, spreadMs = 0) {
      entries.set(feed, { intervalMs, due: deps.clock.uptime() + spreadMs * deps.random(), under: null });
      arm();
    },
    remove: (feed) => void entries.delete(feed),
    async pollNow(feed) {
      const entry = entries.get(feed);
      if (entry !== undefined) await ask(feed, entry, true);
    },
    async pollAll() {
      const queue = [...entries];
      const worker = async (): Promise<void> => {
        for (let one = queue.shift(); one !== undefined; one = queue.shift()) await ask(one[0], one[1], true);
      };
      await Promise.all(Array.from({ length: deps.maxAtOnce }, worker));
    },
    dueAt(feed) {
      const entry = entries.get(feed);
      return entry === undefined || entry.under !== null ? null : entry.due;
    },
    start() {
      running = true;
      arm();
    },
    async stop() {
      running = false;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await Promise.all([...entries.values()].map((entry) => entry.under));
    },
  };
}
