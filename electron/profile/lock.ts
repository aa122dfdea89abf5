// Locks that die with their process: BEGIN EXCLUSIVE on an empty SQLite file. The system releases them, so none is ever stale.
// These files are never opened by anything but SQLite: closing any other handle would drop the lock (fcntl).
import Database from 'better-sqlite3';

export interface Owned {
  release(): void;
}

/** Holds `file` until released or until the process dies; waits up to `waitMs` for another holder. Throws SqliteError (SQLITE_BUSY). */
export function holdLock(file: string, waitMs: number): Owned {
  const db = new Database(file, { timeout: waitMs });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw error;
  }
  return { release: () => void db.close() };
}

/** Runs something while holding `file`; another process doing the same waits its turn (at most a minute). */
export function withLock<T>(file: string, work: () => T): T {
  const held = holdLock(file, 60_000);
  try {
    return work();
  } finally {
    held.release();
  }
}
