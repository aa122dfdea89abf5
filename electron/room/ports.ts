// What the rooms need of others, handed in by whoever composes the application.
import type { Person } from '../../shared/contract/app.ts';
import type { ChangeLine } from '../../shared/contract/changes.ts';
import type { SignalLine } from '../../shared/contract/health.ts';
import type { Emit } from '../../shared/contract/index.ts';
import type { RunbookDocument } from '../../shared/contract/library.ts';
import type { Override } from '../../shared/contract/watch.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock, Instant } from '../../shared/time/clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';

/** A signal of the board with what its source said; both are copied into the journal, the excerpt cut to 4 kB. */
export type SignalEvidence = SignalLine & {
  readonly fetchedAt?: Instant | null;
  readonly excerpt?: string;
};

export type RunbookRevision = Pick<RunbookDocument, 'title' | 'path' | 'revision' | 'steps' | 'variables'> & {
  /** The exact text that was read. */
  readonly text: string;
};

export interface LibraryPort {
  read(folder: string, path: string): Promise<Result<RunbookRevision>>;
}

export interface BlobPort {
  put(bytes: Uint8Array): Result<string>;
}

/** Locks over what the board shows: a handoff ends those of its incident, unless they are kept. */
export interface LocksPort {
  locksOf(incident: string): readonly Override[];
  handedOver(incident: string, ends: ReadonlySet<string>, by: string): void;
}

export interface RoomDeps {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  readonly person: () => Person;
  readonly emit: Emit;
  readonly signals: (ids: readonly string[]) => readonly SignalEvidence[];
  /** Changes by id, as they are read and typed; default: none is known. */
  readonly changes?: (ids: readonly string[]) => readonly ChangeLine[];
  readonly library: LibraryPort;
  readonly blobs: BlobPort;
  /** Folder of view.db and of the sign of life. */
  readonly viewFolder: string;
  readonly log: Log;
  /** Regions the team runs on, as `provider/region`. Default: none. */
  readonly ours?: () => readonly string[];
  /** Default: there are no locks. */
  readonly locks?: LocksPort;
}
