// What the profile's owner does for the journal while it is open: the day's snapshot, and once the verification that the opening
// of a long journal leaves out. Neither is in a hurry; both work in small slices.
import type { Clock } from '../../shared/time/clock.ts';
import { journalPath } from './connect.ts';
import type { OpenJournal } from './open.ts';
import { snapshotDaily } from './snapshots.ts';

const FIRST_MS = 20_000;
const EVERY_MS = 30 * 60_000;

export interface CareDeps {
  readonly folder: string;
  readonly journal: Pick<OpenJournal, 'verifyAll'>;
  readonly clock: Clock;
  /** What could not be done, in words: the disk refused a snapshot, the journal could not be read. */
  readonly onTrouble: (what: string) => void;
  /** Called after each round: the journal may have something new to say (`notices`). */
  readonly onTended?: () => void;
}

export interface Care {
  start(): void;
  stop(): void;
  /** Does now what is due now. */
  tend(): Promise<void>;
}

/** Begins 20 seconds after `start`, so that nothing competes with the window's opening; then looks every half hour. */
export function createJournalCare({ folder, journal, clock, onTrouble, onTended }: CareDeps): Care {
  let timer: NodeJS.Timeout | null = null;
  let verified = false;

  const tend = async (): Promise<void> => {
    try {
      await snapshotDaily(folder, journalPath(folder), clock);
      if (!verified) {
        verified = true;
        await journal.verifyAll();
      }
    } catch (error) {
      onTrouble((error as Error).message);
    }
    onTended?.();
  };

  const next = (ms: number): void => {
    timer = setTimeout(() => {
      next(EVERY_MS);
      void tend();
    }, ms);
    timer.unref();
  };

  return {
    tend,
    start() {
      if (timer === null) next(FIRST_MS);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
