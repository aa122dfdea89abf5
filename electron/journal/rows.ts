// The SQL over entries: statements prepared once per connection, and rows as the rest of main sees them.
import { hash } from 'node:crypto';
import type { Sha256 } from '../../shared/journal/chain.ts';
import type { Entry } from '../../shared/journal/types.ts';
import type { Db } from './database.ts';
import type { StoredEntry } from './journal.ts';

/** SHA-256 by the run-time: some ten times as fast as the portable one. */
export const sha256: Sha256 = (text) => hash('sha256', text, 'hex');

const COLUMNS =
  'row, id, incident, kind, v, key, body, actor, device, seq, hlc, occurredAt, recordedAt, prev, salt, bodyHash, hash';

export interface ChainEnd {
  readonly device: string;
  readonly seq: number;
  readonly hash: string;
}

export interface Last {
  readonly row: number;
  readonly hlc: string;
  readonly recordedAt: string;
  readonly device: string;
  readonly hash: string;
  readonly incident: string;
  readonly seq: number;
}

export interface Loss {
  readonly incident: string;
  readonly device: string;
  readonly first: number;
  readonly last: number;
  readonly foundAt: string;
  readonly kept: string;
}

/** A row number of null lets SQLite give the next one. */
export type Insertable = Entry & { readonly row: number | null };

/** All statements of one connection. */
export function prepareRows(db: Db) {
  const insert = db.prepare<Insertable>(
    `INSERT INTO entries (${COLUMNS}) VALUES (@row, @id, @incident, @kind, @v, @key, @body, @actor, @device, @seq, @hlc,
     @occurredAt, @recordedAt, @prev, @salt, @bodyHash, @hash)`,
  );
  const chainEnd = db.prepare<[string, string], ChainEnd>(
    'SELECT device, seq, hash FROM entries WHERE incident = ? AND device = ? ORDER BY seq DESC LIMIT 1',
  );
  const last = db.prepare<[], Last>(
    'SELECT row, hlc, recordedAt, device, hash, incident, seq FROM entries ORDER BY row DESC LIMIT 1',
  );
  const lastRow = db.prepare<[], number | null>('SELECT max(row) FROM entries').pluck();
  const byRow = db.prepare<[number], StoredEntry>(`SELECT ${COLUMNS} FROM entries WHERE row = ?`);
  const byId = db.prepare<[string], StoredEntry>(`SELECT ${COLUMNS} FROM entries WHERE id = ?`);
  const ofIncident = db.prepare<[string, number, number], StoredEntry>(
    `SELECT ${COLUMNS} FROM entries WHERE incident = ? AND row > ? ORDER BY row LIMIT ?`,
  );
  const all = db.prepare<[number, number], StoredEntry>(
    `SELECT ${COLUMNS} FROM entries WHERE row > ? ORDER BY row LIMIT ?`,
  );
  // Steps from incident to incident over the index instead of reading every row.
  const incidents = db
    .prepare<[], string>(
      `WITH RECURSIVE i(x) AS (
         SELECT min(incident) FROM entries
         UNION ALL SELECT (SELECT min(incident) FROM entries WHERE incident > x) FROM i WHERE x IS NOT NULL)
       SELECT x FROM i WHERE x IS NOT NULL`,
    )
    .pluck();
  const countOf = db.prepare<[string], number>('SELECT count(*) FROM entries WHERE incident = ?').pluck();
  const countAll = db.prepare<[], number>('SELECT count(*) FROM entries').pluck();
  const metaGet = db.prepare<[string], string>('SELECT value FROM meta WHERE name = ?').pluck();
  const metaSet = db.prepare<[string, string]>(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const losses = db.prepare<[], Loss>('SELECT incident, device, first, last, foundAt, kept FROM losses');
  const addLoss = db.prepare<Loss>(
    'INSERT INTO losses (incident, device, first, last, foundAt, kept) VALUES (@incident, @device, @first, @last, @foundAt, @kept)',
  );
  return {
    insert: (entry: Insertable): number => Number(insert.run(entry).lastInsertRowid),
    chainEnd: (incident: string, device: string) => chainEnd.get(incident, device),
    last: () => last.get(),
    lastRow: () => lastRow.get() ?? 0,
    byRow: (row: number) => stored(byRow.get(row)),
    byId: (id: string) => stored(byId.get(id)),
    ofIncident: (incident: string, afterRow: number, limit: number) =>
      ofIncident.all(incident, afterRow, limit).map(mark),
    all: (afterRow: number, limit: number) => all.all(afterRow, limit).map(mark),
    /** For verification: one row object at a time, nothing kept. */
    eachRow: (afterRow: number, limit: number) => all.iterate(afterRow, limit),
    incidents: () => incidents.all(),
    countOf: (incident: string) => countOf.get(incident) ?? 0,
    countAll: () => countAll.get() ?? 0,
    meta: (name: string) => metaGet.get(name),
    setMeta: (name: string, value: string) => void metaSet.run(name, value),
    losses: () => losses.all(),
    addLoss: (loss: Loss) => void addLoss.run(loss),
  };
}

export type Rows = ReturnType<typeof prepareRows>;

function mark(row: StoredEntry): StoredEntry {
  (row as { erased: boolean }).erased = row.body === '';
  return row;
}

const stored = (row: StoredEntry | undefined): StoredEntry | null => (row === undefined ? null : mark(row));
