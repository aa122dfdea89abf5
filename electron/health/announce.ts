// Tells that the board changed: the first change of a burst at once, the others together, at most twice a second.

const EMIT_MS = 500;

export interface Announcer {
  /** Raised by each change. */
  readonly rev: number;
  changed(): void;
  /** From now on changes are told. */
  start(): void;
  stop(): void;
}

export function createAnnouncer(tell: (rev: number) => void): Announcer {
  let rev = 0;
  let dirty = false;
  let started = false;
  let timer: NodeJS.Timeout | null = null;
  const now = (): void => {
    dirty = false;
    tell(rev);
  };
  return {
    get rev() {
      return rev;
    },
    changed() {
      rev += 1;
      dirty = true;
      if (!started || timer !== null) return;
      now();
      timer = setTimeout(() => {
        timer = null;
        if (dirty) now();
      }, EMIT_MS);
      timer.unref();
    },
    start() {
      started = true;
    },
    stop() {
      started = false;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
