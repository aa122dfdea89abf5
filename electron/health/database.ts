// The file health.db: its tables, and how a damaged or newer file is met. Migrations only add.
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { storeText } from '../../shared/text/health.ts';
import type { Instant } from '../../shared/time/clock.ts';

const FIRST = `
CREATE TABLE feed (
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, provider TEXT NOT NULL,
  url TEXT NOT NULL, interval_ms INTEGER NOT NULL, stale_after_ms INTEGER NOT NULL, enabled INTEGER NOT NULL,
  built_in INTEGER NOT NULL, private_host TEXT, removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE fetched (feed TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT;
CREATE TABLE remembered (feed TEXT PRIMARY KEY, memory TEXT NOT NULL) STRICT;
CREATE TABLE payload (feed TEXT PRIMARY KEY, at TEXT NOT NULL, content_type TEXT NOT NULL, packed BLOB NOT NULL) STRICT;
CREATE TABLE signal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, fold TEXT, line TEXT NOT NULL
) STRICT;
CREATE INDEX signal_fold ON signal (fold, at) WHERE fold IS NOT NULL;
CREATE INDEX signal_at ON signal (at);
CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

/** Overrides; how each region was judged from when on; when somebody watched. */
const SECOND = `
CREATE TABLE override (id TEXT PRIMARY KEY, at TEXT NOT NULL, line TEXT NOT NULL, ended TEXT, why TEXT) STRICT;
CREATE TABLE said (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, provider TEXT NOT NULL, region TEXT NOT NULL,
  state TEXT NOT NULL, broken INTEGER NOT NULL, cell TEXT NOT NULL
) STRICT;
CREATE INDEX said_place ON said (provider, region, at);
CREATE TABLE watched (seq INTEGER PRIMARY KEY AUTOINCREMENT, from_at TEXT NOT NULL, until_at TEXT NOT NULL) STRICT;
CREATE INDEX watched_until ON watched (until_at);
`;

const STEPS = [FIRST, SECOND];

class NewerFile extends Error {}

/** Throws what SQLite says, or `NewerFile`. */
export function openDatabase(path: string): Database.Database {
  const db = new Database(path, { timeout: 5000 });
  try {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > STEPS.length) throw new NewerFile();
    db.pragma('journal_mode = WAL');
    // Health can be fetched again: NORMAL is enough here, the journal has its own file and FULL.
    db.pragma('synchronous = NORMAL');
    db.pragma('trusted_schema = 0');
    if (version < STEPS.length) {
      db.transaction(() => {
        for (const step of STEPS.slice(version)) db.exec(step);
        db.pragma(`user_version = ${STEPS.length}`);
      })();
    }
    // Reads every page that a start needs: a damaged file is found here, not in the middle of the night.
    const check = db.pragma('quick_check(1)', { simple: true });
    if (check !== 'ok') throw new Error(String(check));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Opens `health.db` in a folder. A file that cannot be read is set aside (never deleted) and a new one begun; one of a newer
 * Bulkhead is left untouched and this run keeps its health in memory. Both are said in `notices`.
 */
export function openHealthFile(
  folder: string,
  now: Instant,
): { readonly db: Database.Database; readonly notices: readonly string[] } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'health.db');
  try {
    return { db: openDatabase(path), notices: [] };
  } catch (error) {
    if (error instanceof NewerFile) return { db: openDatabase(':memory:'), notices: [storeText.newer(path)] };
    const aside = `${path}.damaged-${now.replace(/[:.]/g, '-')}`;
    for (const end of ['', '-wal', '-shm']) if (existsSync(path + end)) renameSync(path + end, aside + end);
    const why = error instanceof Error ? error.message : String(error);
    return { db: openDatabase(path), notices: [storeText.damaged(path, aside, why)] };
  }
}
