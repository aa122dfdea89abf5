// What the journal is opened with, and what an opened one offers beyond the interface that services know.
import type { Verification } from '../../shared/journal/proof.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Ids } from './append.ts';
import type { Check } from './inspect.ts';
import type { Journal } from './journal.ts';

export interface JournalDeps {
  /** The profile's folder; made (0700) when it is not there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly random: (bytes: number) => Uint8Array;
  readonly readOnly?: boolean;
  /** What tells this machine from others (electron/profile/machine.ts); without it a copy is told by path and inode alone. */
  readonly machineId?: string;
  /** Version of the body that this Bulkhead writes for a kind; that of the registry of kinds when absent. */
  readonly kindVersion?: (kind: string) => number;
  /** `auto`: everything when short, else the end (verifyAll looks at the rest). Default `auto`. */
  readonly check?: Check;
  /** A process that is not the profile's owner leaves a damaged journal alone and reads what can be read. Default true. */
  readonly mayRepair?: boolean;
  /** Whether a timer looks for other processes' entries. Default true; a command that ends at once needs none. */
  readonly watch?: boolean;
  /** How often it looks, milliseconds. Default 200. */
  readonly pollMs?: number;
  /** Names the network file system that a folder is on, or null. Default: asks the system (electron/profile/filesystem.ts). */
  readonly networkOf?: (folder: string) => string | null;
  /** What a listener of onChange threw. Default: thrown on, outside of append, which has succeeded by then. */
  readonly onListenerError?: (error: unknown) => void;
}

export interface OpenJournal extends Journal {
  /**
   * Verifies everything in slices of some milliseconds, so that nothing stalls; damage found is mended as at an opening.
   * For long journals, which the opening verifies only at their end.
   */
  verifyAll(): Promise<Verification>;
  /** Looks now for entries of other processes (the timer does it every pollMs). */
  poll(): void;
}
