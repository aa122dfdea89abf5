// view.db: what can be made again from the journal at any time (journal.md, files of a profile). The index of each timeline, the
// fold's checkpoints, and the line of each incident. Another version of the fold starts it anew.
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { FILTERS } from '../../shared/incident/words.ts';
import { FOLD_VERSION } from '../../shared/journal/fold.ts';

export type Db = Database.Database;

/** Raised with the tables; together with the fold's version it says whether the file can be used. */
const SCHEMA_VERSION = 1;
const VERSION = FOLD_VERSION * 1000 + SCHEMA_VERSION;

/** `mask & bit` of a filter; `all` takes every row. A partial index matches only the very same words. */
export const filterBit = (name: (typeof FILTERS)[number]): number => {
  const at = FILTERS.indexOf(name);
  return at === 0 ? 0 : 1 << (at - 1);
};
export const maskTerm = (name: (typeof FILTERS)[number]): string =>
  name === 'all' ? '' : ` AND (mask & ${filterBit(name)}) != 0`;

const TABLES = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID, STRICT;
CREATE TABLE incidents (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  row INTEGER NOT NULL, last TEXT NOT NULL,
  counts TEXT NOT NULL, line TEXT, line_row INTEGER NOT NULL
) STRICT;
-- Every entry by its place in the order of state; back_*: place before which the fold must start again (an erased body).
CREATE TABLE entries (
  inc INTEGER NOT NULL, hlc TEXT NOT NULL, tie TEXT NOT NULL, id TEXT NOT NULL, row INTEGER NOT NULL,
  back_hlc TEXT, back_tie TEXT,
  PRIMARY KEY (inc, hlc, tie)
) WITHOUT ROWID, STRICT;
CREATE INDEX entries_row ON entries (inc, row);
-- Rows by their place in the order of lists. under: the row that shows this one (a repeat or a confirmation), or null.
CREATE TABLE rows (
  n INTEGER PRIMARY KEY, inc INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL, hlc TEXT NOT NULL, tie TEXT NOT NULL,
  mask INTEGER NOT NULL, retracted INTEGER NOT NULL, under INTEGER,
  lane TEXT, count INTEGER NOT NULL, seen INTEGER NOT NULL,
  name_key TEXT, name_group TEXT, json TEXT NOT NULL
) STRICT;
CREATE INDEX rows_under ON rows (under) WHERE under IS NOT NULL;
CREATE INDEX rows_group ON rows (inc, name_group) WHERE name_group IS NOT NULL;
CREATE TABLE plain (n INTEGER PRIMARY KEY, t TEXT NOT NULL) STRICT;
CREATE TABLE marks (
  inc INTEGER NOT NULL, target TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL,
  PRIMARY KEY (inc, target, id)
) WITHOUT ROWID, STRICT;
CREATE INDEX marks_id ON marks (id);
CREATE TABLE heads (inc INTEGER NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (inc, name)) WITHOUT ROWID, STRICT;
CREATE TABLE seen (
  inc INTEGER NOT NULL, key TEXT NOT NULL, device TEXT NOT NULL, PRIMARY KEY (inc, key, device)
) WITHOUT ROWID, STRICT;
CREATE TABLE minutes (
  inc INTEGER NOT NULL, minute INTEGER NOT NULL, lane TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (inc, minute, lane)
) WITHOUT ROWID, STRICT;
CREATE TABLE checkpoints (
  inc INTEGER NOT NULL, hlc TEXT NOT NULL, tie TEXT NOT NULL, entries INTEGER NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (inc, hlc, tie)
) WITHOUT ROWID, STRICT;
`;

const LISTS = FILTERS.map(
  (name) =>
    `CREATE INDEX rows_${name} ON rows (inc, at, hlc, tie, retracted) WHERE under IS NULL${maskTerm(name)};`,
).join('\n');

function prepare(db: Db): void {
  db.pragma('journal_mode = WAL');
  // It can be made again: a power cut may cost the last lines, never the file.
  db.pragma('synchronous = NORMAL');
  // Each checkpoint of the log syncs and stalls the loop: rather seldom, and at the end.
  db.pragma('wal_autocheckpoint = 2000');
  db.pragma('busy_timeout = 5000');
  db.pragma('trusted_schema = OFF');
  // What was erased is overwritten, not only unlinked.
  db.pragma('secure_delete = ON');
  db.pragma('cache_size = -32000');
}

const version = (db: Db): number => db.pragma('user_version', { simple: true }) as number;

/** Makes the tables where they are missing; throws away what another version made. */
function migrate(db: Db): void {
  if (version(db) === VERSION) return;
  db.transaction(() => {
    if (version(db) === VERSION) return;
    const old = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all() as string[];
    for (const table of old) db.exec(`DROP TABLE "${table.replaceAll('"', '""')}"`);
    db.exec(TABLES);
    db.exec(LISTS);
    db.pragma(`user_version = ${VERSION}`);
  }).immediate();
}

function open(path: string): Db {
  const db = new Database(path);
  try {
    prepare(db);
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');

/** Is the file itself broken, so that making it anew helps? */
export const isBroken = (error: unknown): boolean => /^SQLITE_(?:CORRUPT|NOTADB)/.test(codeOf(error));

const FILES = ['', '-wal', '-shm'];

/** Opens view.db; a broken one is made anew, and where the disk refuses it lives in memory. `problem` says so in the log. */
export function openViewDb(path: string): { db: Db; problem: string | null } {
  try {
    return { db: open(path), problem: null };
  } catch (error) {
    if (!isBroken(error)) return { db: open(':memory:'), problem: `${path}: ${(error as Error).message}` };
  }
  try {
    for (const suffix of FILES) rmSync(path + suffix, { force: true });
    return { db: open(path), problem: `${path} was damaged and is made again` };
  } catch (error) {
    return { db: open(':memory:'), problem: `${path}: ${(error as Error).message}` };
  }
}
