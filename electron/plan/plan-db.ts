// plan.db: the readings that plans were decided on, and the last sign of life of whoever watches. A restart needs both, to know
// from when to when nobody watched. Readings older than two days go; what counts for good stands in the journal.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { fromStored, type Reading, toStored } from '../../shared/rollback/readings.ts';

export interface Beat {
  /** Wall clock and uptime of this machine when it was written; milliseconds. */
  readonly wall: number;
  readonly uptime: number;
}

export interface PlanDb {
  /** Why readings are not kept, for the log; null when they are. */
  readonly problem: string | null;
  /** Readings of a plan in the order of hearing, from a plan time on. */
  load(plan: string, from: number): readonly Reading[];
  keep(plan: string, readings: readonly Reading[]): void;
  beat(): Beat | null;
  setBeat(beat: Beat): void;
  /** How far the wall clock was from what servers say, milliseconds; null: never known. */
  off(): number | null;
  setOff(off: number): void;
  /** Drops readings of a plan after a plan time: they were heard by a clock that was wrong. */
  dropAfter(plan: string, at: number): void;
  /** Drops readings that were heard before a wall time. */
  prune(before: number): void;
  close(): void;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS readings (n INTEGER PRIMARY KEY, plan TEXT NOT NULL, at INTEGER NOT NULL, json TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS readings_plan ON readings (plan, at);
CREATE TABLE IF NOT EXISTS beat (n INTEGER PRIMARY KEY CHECK (n = 1), wall REAL NOT NULL, uptime REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS clock_off (n INTEGER PRIMARY KEY CHECK (n = 1), ms REAL NOT NULL) STRICT;
`;

function open(path: string): Database.Database {
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('busy_timeout = 5000');
    db.pragma('trusted_schema = OFF');
    db.exec(TABLES);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens plan.db in a profile; where the disk refuses, readings live in memory until the end of the process. */
export function openPlanDb(folder: string): PlanDb {
  let problem: string | null = null;
  let db: Database.Database;
  try {
    db = open(join(folder, 'plan.db'));
  } catch (error) {
    problem = String((error as Error).message);
    db = open(':memory:');
  }
  const q = {
    load: db.prepare('SELECT json FROM readings WHERE plan = ? AND at >= ? ORDER BY n').pluck(),
    keep: db.prepare('INSERT INTO readings (plan, at, json) VALUES (?, ?, ?)'),
    beat: db.prepare('SELECT wall, uptime FROM beat'),
    setBeat: db.prepare(
      'INSERT INTO beat VALUES (1, ?, ?) ON CONFLICT (n) DO UPDATE SET wall = excluded.wall, uptime = excluded.uptime',
    ),
    off: db.prepare('SELECT ms FROM clock_off').pluck(),
    setOff: db.prepare('INSERT INTO clock_off VALUES (1, ?) ON CONFLICT (n) DO UPDATE SET ms = excluded.ms'),
    dropAfter: db.prepare('DELETE FROM readings WHERE plan = ? AND at > ?'),
    prune: db.prepare('DELETE FROM readings WHERE at < ?'),
  };
  const keepAll = db.transaction((plan: string, readings: readonly Reading[]) => {
    for (const one of readings) q.keep.run(plan, Math.round(one.at), JSON.stringify(toStored(one)));
  });
  return {
    problem,
    load: (plan, from) =>
      (q.load.all(plan, Math.floor(from)) as string[]).flatMap((json) => fromStored([JSON.parse(json)])),
    keep: (plan, readings) => keepAll(plan, readings),
    beat: () => (q.beat.get() as Beat | undefined) ?? null,
    setBeat: ({ wall, uptime }) => void q.setBeat.run(wall, uptime),
    off: () => (q.off.get() as number | undefined) ?? null,
    setOff: (off) => void q.setOff.run(off),
    dropAfter: (plan, at) => void q.dropAfter.run(plan, Math.floor(at)),
    prune: (before) => void q.prune.run(Math.floor(before)),
    close: () => db.close(),
  };
}
