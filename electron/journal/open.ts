// The journal on disk, opened: append, read, erase, follow. What is acknowledged is on disk; what is damaged is mended and said.

import { rmSync } from 'node:fs';
import { kindVersion } from '../../shared/journal/kinds/index.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import { createVerifier } from '../../shared/journal/verify.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { BulkheadError, fail, ok } from '../../shared/result.ts';
import * as say from '../../shared/text/journal.ts';
import { networkFileSystem } from '../profile/filesystem.ts';
import { type Prepared, pooled, prepareEntry, writeEntries } from './append.ts';
import { type ConnectDeps, type Connection, connect, headPath, inodeOf, journalPath } from './connect.ts';
import { brokenPragmas } from './database.ts';
import type { JournalDeps, OpenJournal } from './deps.ts';
import { failureOf, reasonOf, troubleOf } from './failures.ts';
import { openHeadFile } from './headFile.ts';
import { type Check, newBreaks } from './inspect.ts';
import type { JournalNotice, StoredEntry } from './journal.ts';
import { type Rows, sha256 } from './rows.ts';
import { RESCUED, replaceSnapshots, snapshotNow } from './snapshots.ts';

export type { Ids } from './append.ts';
export type { JournalDeps, OpenJournal } from './deps.ts';

const SLICE = 200;
const PAGE = 500;

/** Errors: `newer-file`, `journal-read-only` (nothing to read either), `journal-damaged` (not repaired here). */
export function openJournal(deps: JournalDeps): Result<OpenJournal> {
  const path = journalPath(deps.folder);
  const full: ConnectDeps = {
    ...deps,
    readOnly: deps.readOnly ?? false,
    mayRepair: deps.mayRepair ?? true,
    networkOf: deps.networkOf ?? networkFileSystem,
    kindVersion: deps.kindVersion ?? kindVersion,
    random: pooled(deps.random),
  };
  const first = connect(full, deps.check ?? 'auto');
  if (!first.ok) return first;

  let connection: Connection = first.value;
  let device = connection.device;
  let refusal: string | null = null;
  let asserted = false;
  let closed = false;
  let lost: Failure | null = null;
  let version = dataVersion(connection);
  let seenRow = connection.rows.lastRow();
  let counted = connection.rows.countAll();
  const notices: JournalNotice[] = [...connection.notices];
  const listeners = new Set<(rows: { readonly from: number; readonly to: number }) => void>();
  const headFile = openHeadFile(headPath(deps.folder), deps.clock);

  const note = (code: string, level: JournalNotice['level'], text: string): void => {
    if (!notices.some((known) => known.code === code && known.text === text))
      notices.push({ code, level, text });
  };

  const announce = (): void => {
    const last = connection.rows.lastRow();
    if (last <= seenRow) return;
    const rows = { from: seenRow + 1, to: last };
    counted += last - seenRow;
    seenRow = last;
    for (const listener of listeners) {
      try {
        listener(rows);
      } catch (error) {
        if (deps.onListenerError !== undefined) deps.onListenerError(error);
        else queueMicrotask(() => Promise.reject(error));
      }
    }
  };

  /** Closes what is open and goes through the whole opening again: the file was replaced, is damaged, or could not be written. */
  const reconnect = (check: Check): Failure | null => {
    connection.close();
    const next = connect({ ...full, again: true }, check);
    lost = next.ok ? null : next.error;
    if (!next.ok) return next.error;
    connection = next.value;
    device = connection.device;
    asserted = false;
    version = dataVersion(connection);
    counted = connection.rows.countAll() - Math.max(0, connection.rows.lastRow() - seenRow);
    for (const notice of connection.notices) note(notice.code, notice.level, notice.text);
    announce();
    return null;
  };

  /** What stands in the way of using the journal at all; tried again each time, because a disk may come back. */
  const obstacle = (): Failure | null => {
    if (closed) return { code: 'journal-closed', message: say.journalClosed(path) };
    return lost === null ? null : reconnect('quick');
  };

  const followFile = (): void => {
    if (connection.reason !== null || inodeOf(path) === connection.inode) return;
    // Whoever took the file away, what this connection still has of it must not go with it.
    const rescued = rescue();
    const failure = reconnect('quick');
    if (rescued !== null) rmSync(rescued, { force: true });
    if (failure !== null) throw new BulkheadError(failure.code, failure.message, failure.detail);
  };

  const rescue = (): string | null => {
    try {
      return snapshotNow(connection.db, deps.folder, RESCUED);
    } catch (error) {
      if (troubleOf(error) === 'other') throw error;
      return null; // Nothing to be had from it any more: the opening that follows says what is missing.
    }
  };

  /** Runs a reading; damage met on the way is mended once, then it is read again. */
  const reading = <T>(read: (rows: Rows) => T): T => {
    const blocked = obstacle();
    if (blocked !== null) throw new BulkheadError(blocked.code, blocked.message, blocked.detail);
    try {
      return read(connection.rows);
    } catch (error) {
      if (troubleOf(error) !== 'damaged') throw error;
      const failure = reconnect('full');
      if (failure !== null) throw new BulkheadError(failure.code, failure.message, failure.detail);
      return read(connection.rows);
    }
  };

  const commit = <T>(work: (rows: Rows) => T): T =>
    connection.db
      .transaction(() => {
        // Another process may have become a new device since (a repair, a lost key): the journal says who writes here.
        device = connection.rows.meta('device') ?? device;
        return work(connection.rows);
      })
      .immediate();

  const write = <T extends readonly StoredEntry[]>(work: (rows: Rows) => T): Result<T> => {
    const blocked = obstacle();
    if (blocked !== null) return fail(blocked.code, say.notKept(blocked.message), blocked.detail);
    try {
      followFile();
      if (connection.reason !== null && !full.readOnly) {
        // The disk refused when this was opened; it may take it now.
        const failure = reconnect('quick');
        if (failure !== null) return { ok: false, error: failure };
      }
      if (connection.reason !== null) return fail('journal-read-only', say.notKept(connection.reason));
      let written: T;
      try {
        written = commit(work);
      } catch (error) {
        if (troubleOf(error) !== 'damaged') throw error;
        const failure = reconnect('full');
        if (failure !== null) return { ok: false, error: failure };
        written = commit(work);
      }
      refusal = null;
      afterCommit(written);
      return ok(written);
    } catch (error) {
      const failure = failureOf(error, path);
      if (failure.code === 'disk-full' || failure.code === 'journal-read-only')
        refusal = reasonOf(error, path);
      return { ok: false, error: failure };
    }
  };

  const afterCommit = (written: readonly StoredEntry[]): void => {
    const last = written.at(-1);
    if (last === undefined) return;
    headFile.write(last);
    const trouble = headFile.trouble();
    if (trouble !== null) note('head-not-written', 'warning', say.headNotice(trouble));
    if (!asserted) {
      // SQLite's own default sets in with the first write; only now does the answer mean something.
      const broken = brokenPragmas(connection.db);
      if (broken.length > 0) note('unsafe', 'alarm', say.pragmaNotice(broken.join(', ')));
      asserted = true;
    }
    announce();
  };

  const poll = (): void => {
    if (closed || lost !== null) return;
    followFile();
    const now = dataVersion(connection);
    if (now === version) return;
    version = now;
    announce();
  };

  const pollMs = deps.pollMs ?? 200;
  const pollSafely = (): void => {
    try {
      poll();
    } catch (error) {
      // Nobody waits for a timer: what it met becomes a notice, and the next call meets it again and returns it.
      note('journal-trouble', 'alarm', (error as Error).message);
    }
  };
  const timer = pollMs > 0 ? setInterval(pollSafely, pollMs) : null;
  timer?.unref();

  return ok({
    append(entries) {
      let prepared: Prepared[];
      try {
        prepared = entries.map((entry: NewEntry) => prepareEntry(entry));
      } catch (error) {
        if (!(error instanceof BulkheadError)) throw error;
        return fail(error.code, error.message, error.detail);
      }
      if (prepared.length === 0) return ok([]);
      return write((rows) => writeEntries(rows, device, prepared, full));
    },
    read: (incident, afterRow, limit) => reading((rows) => rows.ofIncident(incident, afterRow, limit)),
    readAll: (afterRow, limit) => reading((rows) => rows.all(afterRow, limit)),
    *iterate(incident) {
      let after = 0;
      while (true) {
        const page = reading((rows) => rows.ofIncident(incident, after, PAGE));
        yield* page;
        if (page.length < PAGE) return;
        after = page.at(-1)!.row;
      }
    },
    entry: (id) => reading((rows) => rows.byId(id)),
    incidents: () => reading((rows) => rows.incidents()),
    count: (incident) => reading((rows) => rows.countOf(incident)),
    lastRow: () => reading((rows) => rows.lastRow()),

    erase(id, reason, actor, by) {
      const result = write((rows) => {
        const target = rows.byId(id);
        if (target === null) throw new BulkheadError('not-found', say.noSuchEntry(id));
        if (target.kind === 'erased') throw new BulkheadError('cannot-erase', say.cannotErase(id, 'record'));
        if (target.erased) throw new BulkheadError('cannot-erase', say.cannotErase(id, 'erased'));
        // The trigger empties the entry as this one arrives.
        return writeEntries(
          rows,
          device,
          [
            prepareEntry({
              incident: target.incident,
              kind: 'erased',
              actor,
              body: { entry: id, reason, by },
            }),
          ],
          full,
        );
      });
      if (!result.ok) return result;
      try {
        // The text is out of the database; now out of its WAL, and out of the snapshots.
        connection.db.pragma('wal_checkpoint(TRUNCATE)');
        replaceSnapshots(connection.db, deps.folder, deps.clock);
      } catch (error) {
        if (troubleOf(error) === 'other') throw error;
        note('erase-snapshots', 'warning', say.eraseSnapshotsNotice(deps.folder));
      }
      return ok(result.value[0]!);
    },

    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state() {
      const last = reading((rows) => rows.last());
      const reason = connection.reason ?? refusal;
      return {
        entries: counted,
        savedAt: last?.recordedAt ?? null,
        writable: reason === null,
        reason,
        device,
        path,
      };
    },
    notices: () => [...notices],
    poll,

    async verifyAll() {
      const verifier = createVerifier(sha256);
      let after = 0;
      while (!closed && lost === null) {
        const page = reading((rows) => rows.all(after, SLICE));
        for (const entry of page) verifier.add(entry);
        if (page.length < SLICE) break;
        after = page.at(-1)!.row;
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      const found = verifier.finish();
      if (
        !closed &&
        lost === null &&
        newBreaks(found.breaks, connection.rows.losses()).length > 0 &&
        full.mayRepair
      ) {
        const failure = reconnect('full');
        if (failure !== null) throw new BulkheadError(failure.code, failure.message, failure.detail);
      }
      return found;
    },

    close() {
      if (timer !== null) clearInterval(timer);
      if (closed) return;
      closed = true;
      listeners.clear();
      connection.close();
      headFile.close();
    },
  });
}

const dataVersion = (connection: Connection): number =>
  connection.db.pragma('data_version', { simple: true }) as number;
