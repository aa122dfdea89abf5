// Locks that die with their process: BEGIN EXCLUSIVE on an empty SQLite file. The system releases them, so none is ever stale.
// These files are never opened by anything but SQLite: closing any other handle would drop the lock (fcntl).
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fail, ok, type Result } from '../../shared/result.ts';
import * as say from '../../shared/text/journal.ts';

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

/**
 * Tries to become the one process that polls, synchronises and notifies for this profile (architecture.md, run-time).
 * Errors: `owner-elsewhere` with `detail.pid` when it is known; `owner-unknown` when the folder cannot be used.
 */
export function tryOwn(folder: string, pid: number): Result<Owned> {
  const note = join(folder, 'owner.pid');
  let held: Owned;
  try {
    held = holdLock(join(folder, 'owner.db'), 0);
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!code.startsWith('SQLITE_BUSY')) {
      return fail('owner-unknown', say.ownerUnknown(folder, code || String(error)));
    }
    const other = readPid(note);
    return fail('owner-elsewhere', say.ownerElsewhere(folder, other), { pid: other });
  }
  try {
    writeFileSync(note, `${pid}\n`, { mode: 0o600 });
  } catch {
    rmSync(note, { force: true }); // The lock holds without it; only the number in a message is missing.
  }
  return ok({
    release() {
      rmSync(note, { force: true });
      held.release();
    },
  });
}

function readPid(note: string): number | null {
  try {
    const pid = Number(readFileSync(note, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null; // The owner is just starting or its disk refuses: the message does without the number.
  }
}
