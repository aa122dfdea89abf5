// Opening journal.db: every connection gets the same care (journal.md, files of a profile). better-sqlite3 is compiled with
// WAL synchronous NORMAL, so FULL is set on every open and asserted after a write.
import Database from 'better-sqlite3';
import { BulkheadError } from '../../shared/result.ts';

export type Db = Database.Database;

const BUSY_TIMEOUT_MS = 5000;

/** Opens for writing (creates the file when it is not there) and sets every pragma. Throws SqliteError. */
export function openWritable(path: string, platform: string = process.platform): Db {
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    care(db);
    if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') {
      throw new BulkheadError(
        'journal-read-only',
        `${path} could not be put into write-ahead mode: its file system does not offer what SQLite needs.`,
      );
    }
    db.pragma('synchronous = FULL');
    if (platform === 'darwin') {
      // On macOS fsync leaves data in the drive's cache.
      db.pragma('fullfsync = ON');
      db.pragma('checkpoint_fullfsync = ON');
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens for reading only; the file must be there. A reader never checkpoints, so it destroys no evidence. Throws SqliteError. */
export function openReadable(path: string): Db {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    care(db);
    // Reads the header, and thereby fails here and not at somebody's first statement.
    db.pragma('user_version');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function care(db: Db): void {
  db.pragma('recursive_triggers = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('secure_delete = ON'); // An erased text is overwritten, not only unlinked.
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
}

/** Every pragma that keeps the journal's promise, read back from the connection; empty when all hold. Ask after a write. */
export function brokenPragmas(db: Db, platform: string = process.platform): readonly string[] {
  const wanted: Record<string, unknown> = {
    journal_mode: 'wal',
    synchronous: 2,
    recursive_triggers: 1,
    trusted_schema: 0,
    cell_size_check: 1,
    busy_timeout: BUSY_TIMEOUT_MS,
    ...(platform === 'darwin' ? { fullfsync: 1, checkpoint_fullfsync: 1 } : {}),
  };
  return Object.entries(wanted).flatMap(([name, value]) => {
    const actual = db.pragma(name, { simple: true });
    return actual === value ? [] : [`${name} is ${String(actual)}, not ${String(value)}`];
  });
}
