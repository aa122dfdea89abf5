// From a folder to a connection that may be used: inspected, repaired where it must be, migrated, with its device settled.
// Opening and reopening (after another process replaced the file) go the same way.
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Head } from '../../shared/journal/head.ts';
import { aheadOf, DRIFT_LIMIT_MS } from '../../shared/journal/hlc.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import * as say from '../../shared/text/journal.ts';
import { fromInstant } from '../../shared/time/clock.ts';
import { withLock } from '../profile/lock.ts';
import type { Maker } from './append.ts';
import { type Db, openReadable, openWritable } from './database.ts';
import { readDevice } from './device.ts';
import { reasonOf, troubleOf } from './failures.ts';
import { readHead } from './headFile.ts';
import { type Check, inspect } from './inspect.ts';
import type { JournalNotice } from './journal.ts';
import { migrate, SCHEMA_VERSION, versionOf } from './migrations.ts';
import { interruptedRepair, repair } from './repair.ts';
import { prepareRows, type Rows } from './rows.ts';
import { snapshotNow } from './snapshots.ts';
import { settleDevice } from './succession.ts';

export interface ConnectDeps extends Maker {
  readonly folder: string;
  readonly machineId?: string | undefined;
  readonly readOnly: boolean;
  readonly mayRepair: boolean;
  /** There was a journal here a moment ago: none at all is damage, not a beginning. */
  readonly again?: boolean;
  readonly networkOf: (folder: string) => string | null;
}

export interface Connection {
  readonly db: Db;
  readonly rows: Rows;
  /** Empty when nobody ever wrote here and this connection cannot. */
  readonly device: string;
  /** Why it cannot write, in words; null when it can. */
  readonly reason: string | null;
  readonly notices: readonly JournalNotice[];
  /** The file this connection has open; another one at the same path means it was replaced. */
  readonly inode: bigint;
  close(): void;
}

export const journalPath = (folder: string): string => join(folder, 'journal.db');
export const headPath = (folder: string): string => join(folder, 'journal.head');

export const inodeOf = (path: string): bigint => {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat?.ino ?? 0n;
};

/** Errors: `newer-file`, `journal-read-only` (there is nothing to read either), `journal-damaged` (and may not be repaired here). */
export function connect(deps: ConnectDeps, check: Check): Result<Connection> {
  const path = journalPath(deps.folder);
  let head: Head | null;
  try {
    if (!deps.readOnly && !deps.again) mkdirSync(deps.folder, { recursive: true, mode: 0o700 });
    head = readHead(headPath(deps.folder));
  } catch (error) {
    if (troubleOf(error) === 'other') throw error;
    if (!existsSync(path)) return fail('journal-read-only', reasonOf(error, path));
    head = null;
  }
  const seen = inspect(path, head, check);
  if (interruptedRepair(deps.folder) !== null && seen.state !== 'newer' && seen.state !== 'refused') {
    return mend(deps, path, [say.damageReasons.interrupted]);
  }
  switch (seen.state) {
    case 'newer':
      removeReadersFiles(path);
      return fail('newer-file', say.newerFile(path, seen.version, SCHEMA_VERSION), { version: seen.version });
    case 'refused':
      return reading(deps, path, reasonOf(seen.error, path), []);
    case 'damaged':
      return mend(deps, path, seen.reasons);
    case 'fresh':
      if (deps.again) return mend(deps, path, [say.damageReasons.gone]);
      return deps.readOnly && !existsSync(path)
        ? fail('journal-read-only', say.nothingToRead(path))
        : writing(deps, path, []);
    case 'whole':
      return writing(deps, path, []);
  }
}

/** Repairs under a lock, so that two processes started together do it once. */
function mend(deps: ConnectDeps, path: string, reasons: readonly string[]): Result<Connection> {
  if (deps.readOnly || !deps.mayRepair) {
    return reading(deps, path, say.journalDamagedNow(path), [
      {
        code: 'journal-damaged',
        level: 'alarm',
        text: `${say.journalDamagedNow(path)} (${reasons.join('; ')})`,
      },
    ]);
  }
  try {
    const notices = withLock(join(deps.folder, 'repair.db'), (): readonly JournalNotice[] => {
      const head = readHead(headPath(deps.folder));
      const again = inspect(path, head, 'full');
      if (again.state === 'whole' && interruptedRepair(deps.folder) === null) return [];
      const found = again.state === 'damaged' ? again.reasons : reasons;
      return repair(deps.folder, path, head, found, deps.clock).notices;
    });
    return writing(deps, path, notices);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble !== 'full' && trouble !== 'refused') throw error;
    return reading(deps, path, reasonOf(error, path), [
      {
        code: 'journal-damaged',
        level: 'alarm',
        text: `${say.journalDamagedNow(path)} (${reasons.join('; ')})`,
      },
    ]);
  }
}

function writing(deps: ConnectDeps, path: string, notices: readonly JournalNotice[]): Result<Connection> {
  if (deps.readOnly) return reading(deps, path, say.openedReadOnly(path), notices);
  let db: Db | null = null;
  try {
    const isNew = !existsSync(path);
    db = openWritable(path);
    if (isNew) chmodSync(path, 0o600);
    const open = db;
    migrate(open, (from) => void snapshotNow(open, deps.folder, `before-${from + 1}`));
    // A disk may let a file be opened and refuse the first write: ask now, not at the first entry of an incident.
    open.exec('BEGIN IMMEDIATE; ROLLBACK');
    const rows = prepareRows(open);
    const { device, notices: settled } = settleDevice(open, rows, deps);
    const said = [...notices, ...settled, ...placeNotices(deps), ...clockNotices(rows, device, deps)];
    return ok(made(open, rows, device, null, said, path));
  } catch (error) {
    db?.close();
    const trouble = troubleOf(error);
    if (trouble !== 'full' && trouble !== 'refused') throw error;
    return reading(deps, path, reasonOf(error, path), notices);
  }
}

function reading(
  deps: ConnectDeps,
  path: string,
  reason: string,
  notices: readonly JournalNotice[],
): Result<Connection> {
  const warn: JournalNotice[] = deps.readOnly ? [] : [{ code: 'read-only', level: 'alarm', text: reason }];
  const opened = openReadableOrCopy(path);
  if (opened === null) return fail('journal-read-only', `${reason} ${say.nothingToRead(path)}`);
  const { db, dispose } = opened;
  try {
    const version = versionOf(db);
    if (version > SCHEMA_VERSION) {
      db.close();
      dispose();
      return fail('newer-file', say.newerFile(path, version, SCHEMA_VERSION), { version });
    }
    const rows = prepareRows(db);
    const device = rows.meta('device') ?? readDevice(deps.folder)?.id ?? '';
    const said = [...warn, ...notices, ...clockNotices(rows, device, deps)];
    return ok(made(db, rows, device, reason, said, path, dispose));
  } catch (error) {
    db.close();
    dispose();
    if (troubleOf(error) === 'damaged' || (error as { code?: string }).code === 'SQLITE_ERROR') {
      return fail('journal-damaged', say.journalDamagedNow(path));
    }
    throw error;
  }
}

/** A WAL database on a disk that refuses writes cannot always be read in place (it needs its -shm): then a copy is read. */
function openReadableOrCopy(path: string): { db: Db; dispose: () => void } | null {
  try {
    const db = openReadable(path);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return { db, dispose: () => {} };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === 'other') throw error;
    if (trouble === 'damaged' || !existsSync(path)) return null;
  }
  const dir = mkdtempSync(join(tmpdir(), 'bulkhead-read-'));
  const dispose = (): void => rmSync(dir, { recursive: true, force: true });
  try {
    for (const suffix of ['', '-wal']) {
      if (existsSync(`${path}${suffix}`)) copyFileSync(`${path}${suffix}`, join(dir, `journal.db${suffix}`));
    }
    chmodSync(join(dir, 'journal.db'), 0o600);
    return { db: openReadable(join(dir, 'journal.db')), dispose };
  } catch (error) {
    dispose();
    if (troubleOf(error) === 'other') throw error;
    return null;
  }
}

function made(
  db: Db,
  rows: Rows,
  device: string,
  reason: string | null,
  notices: readonly JournalNotice[],
  path: string,
  dispose: () => void = () => {},
): Connection {
  return {
    db,
    rows,
    device,
    reason,
    notices,
    inode: inodeOf(path),
    close() {
      db.close();
      dispose();
    },
  };
}

/** For what works in a profile without its journal (`newer-file`): a newer Bulkhead's profile is left alone by everybody. */
export function refuseNewer(folder: string): Result<null> {
  const path = journalPath(folder);
  const seen = inspect(path, null, 'quick');
  if (seen.state !== 'newer') return ok(null);
  removeReadersFiles(path);
  return fail('newer-file', say.newerFile(path, seen.version, SCHEMA_VERSION), { version: seen.version });
}

/** A reader leaves an empty WAL behind; whoever opens last for writing takes it away, and changes nothing where nothing is new. */
function removeReadersFiles(path: string): void {
  try {
    const db = new Database(path, { fileMustExist: true });
    db.pragma('user_version');
    db.close();
  } catch {
    // Where it may not be written, it may not be tidied either; the message that follows is what matters.
  }
}

function placeNotices({ folder, networkOf }: ConnectDeps): JournalNotice[] {
  const kind = networkOf(folder);
  return kind === null
    ? []
    : [{ code: 'network-folder', level: 'alarm', text: say.networkNotice(folder, kind) }];
}

/** The wall clock against the last entries: our own in the future means that our clock went back, another's that one is wrong. */
function clockNotices(rows: Rows, device: string, deps: ConnectDeps): JournalNotice[] {
  const last = rows.last();
  if (last === undefined) return [];
  const wall = deps.clock.now();
  const back = fromInstant(last.recordedAt) - wall;
  if (last.device === device && back > BACK_TOLERANCE_MS) {
    return [{ code: 'clock-back', level: 'alarm', text: say.clockBackNotice(back, last.recordedAt) }];
  }
  const ahead = aheadOf(last.hlc, wall);
  if (ahead <= DRIFT_LIMIT_MS) return [];
  return [{ code: 'device-ahead', level: 'warning', text: say.deviceAheadNotice(last.device, ahead) }];
}

/** What a time server may correct without anybody having to know. */
const BACK_TOLERANCE_MS = 2000;
