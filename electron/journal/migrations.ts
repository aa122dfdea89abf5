// The numbered steps of journal.db's schema, keyed by user_version. A step that was shipped never changes and uses no live code:
// add the next one instead.
import type { Db } from './database.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** `BLKJ`, so that other tools and other files of ours are told apart from a journal. */
export const APPLICATION_ID = 0x424c4b4a;

export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
PRAGMA application_id = ${APPLICATION_ID};

CREATE TABLE entries (
  row        INTEGER PRIMARY KEY,
  id         TEXT    NOT NULL,
  incident   TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  v          INTEGER NOT NULL,
  key        TEXT,
  body       TEXT    NOT NULL,
  actor      TEXT    NOT NULL,
  device     TEXT    NOT NULL,
  seq        INTEGER NOT NULL,
  hlc        TEXT    NOT NULL,
  occurredAt TEXT    NOT NULL,
  recordedAt TEXT    NOT NULL,
  prev       TEXT    NOT NULL,
  salt       TEXT    NOT NULL,
  bodyHash   TEXT    NOT NULL,
  hash       TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX entries_id ON entries (id);
CREATE UNIQUE INDEX entries_chain ON entries (incident, device, seq);
CREATE INDEX entries_incident ON entries (incident);
CREATE INDEX entries_erased ON entries (json_extract(body, '$.entry')) WHERE kind = 'erased' AND body <> '';

-- Which device writes here now, and the latest clock taken in from others.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Entries known to be lost to damage: said once, and no alarm at the next start.
CREATE TABLE losses (
  incident TEXT    NOT NULL,
  device   TEXT    NOT NULL,
  first    INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  foundAt  TEXT    NOT NULL,
  kept     TEXT    NOT NULL
) STRICT;

CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

-- REPLACE fires the trigger above only with recursive_triggers; this one holds without it.
CREATE TRIGGER entries_no_replace BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE row = NEW.row)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM entries WHERE incident = NEW.incident AND device = NEW.device AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'entries are never replaced'); END;

-- The one change allowed: body and salt become empty, once an 'erased' entry of the same incident names this one.
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
WHEN NOT (
  NEW.body = '' AND NEW.salt = '' AND OLD.kind <> 'erased'
  AND NEW.row IS OLD.row AND NEW.id IS OLD.id AND NEW.incident IS OLD.incident AND NEW.kind IS OLD.kind
  AND NEW.v IS OLD.v AND NEW.key IS OLD.key AND NEW.actor IS OLD.actor AND NEW.device IS OLD.device
  AND NEW.seq IS OLD.seq AND NEW.hlc IS OLD.hlc AND NEW.occurredAt IS OLD.occurredAt
  AND NEW.recordedAt IS OLD.recordedAt AND NEW.prev IS OLD.prev AND NEW.bodyHash IS OLD.bodyHash
  AND NEW.hash IS OLD.hash
  AND EXISTS (SELECT 1 FROM entries WHERE kind = 'erased' AND body <> ''
                AND json_extract(body, '$.entry') = OLD.id AND incident = OLD.incident)
)
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;

-- Erasing happens in the transaction that appends 'erased', whoever appends it, and whichever of the two arrives first.
CREATE TRIGGER entries_erase AFTER INSERT ON entries
WHEN NEW.kind = 'erased' AND NEW.body <> ''
BEGIN
  UPDATE entries SET body = '', salt = ''
  WHERE id = json_extract(NEW.body, '$.entry') AND incident = NEW.incident AND kind <> 'erased';
END;
CREATE TRIGGER entries_erased_before AFTER INSERT ON entries
WHEN NEW.kind <> 'erased' AND NEW.body <> ''
  AND EXISTS (SELECT 1 FROM entries WHERE kind = 'erased' AND body <> ''
                AND json_extract(body, '$.entry') = NEW.id AND incident = NEW.incident)
BEGIN
  UPDATE entries SET body = '', salt = '' WHERE row = NEW.row;
END;
`,
  },
];

/** The schema this Bulkhead writes. */
export const SCHEMA_VERSION = migrations.at(-1)!.version;

export const versionOf = (db: Db): number => db.pragma('user_version', { simple: true }) as number;

/**
 * Brings the file up to date, each step in a transaction of its own. `before` is called once, before the first step on a file
 * that already has entries (the snapshot). Safe against another process doing the same at the same time.
 */
export function migrate(db: Db, before: (from: number) => void, steps = migrations): void {
  const from = versionOf(db);
  if (from > 0 && steps.some((step) => step.version > from)) before(from);
  for (const step of steps) {
    if (versionOf(db) >= step.version) continue;
    db.transaction(() => {
      if (versionOf(db) >= step.version) return; // Another process was quicker.
      db.exec(step.sql);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
}
