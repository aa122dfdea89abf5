// Looking at journal.db before anything is written to it: is it ours, is it whole, does it end where the head says.
// Only through a reading connection, which never checkpoints: a foreign or broken WAL stays what it is, as evidence.
import { existsSync, statSync } from 'node:fs';
import type { Head } from '../../shared/journal/head.ts';
import type { Break } from '../../shared/journal/proof.ts';
import { createVerifier } from '../../shared/journal/verify.ts';
import { damageReasons } from '../../shared/text/journal.ts';
import { type Db, openReadable } from './database.ts';
import { troubleOf } from './failures.ts';
import { APPLICATION_ID, SCHEMA_VERSION, versionOf } from './migrations.ts';
import { type Loss, prepareRows, type Rows, sha256 } from './rows.ts';

export type Check = 'auto' | 'full' | 'quick';

export type Inspection =
  | { readonly state: 'fresh' }
  | { readonly state: 'whole' }
  | { readonly state: 'newer'; readonly version: number }
  | { readonly state: 'damaged'; readonly reasons: readonly string[] }
  | { readonly state: 'refused'; readonly error: unknown };

/** Up to this many entries every opening verifies all of them; of longer journals it verifies the end, and the rest later. */
const FULL_CHECK_ENTRIES = 2000;
const TAIL = 300;

/** Says what stands at `path`. `head` was read before, so a commit in between only makes the database longer. */
export function inspect(path: string, head: Head | null, check: Check): Inspection {
  if (!existsSync(path) || statSync(path).size === 0) {
    // A WAL beside an empty file is normal for a journal whose very first pages were never checkpointed.
    if (!existsSync(path) || !existsSync(`${path}-wal`) || statSync(`${path}-wal`).size === 0) {
      if (head === null) return { state: 'fresh' };
      return { state: 'damaged', reasons: [existsSync(path) ? damageReasons.empty : damageReasons.gone] };
    }
  }
  let db: Db | null = null;
  try {
    db = openReadable(path);
    return look(db, head, check);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === 'damaged') return { state: 'damaged', reasons: [damageReasons.unreadable] };
    if (trouble === 'refused' || trouble === 'full' || trouble === 'busy') return { state: 'refused', error };
    throw error;
  } finally {
    db?.close();
  }
}

function look(db: Db, head: Head | null, check: Check): Inspection {
  const version = versionOf(db);
  const ours = db.pragma('application_id', { simple: true }) === APPLICATION_ID;
  if (version > SCHEMA_VERSION && ours) return { state: 'newer', version };
  const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
  if (tables === 0 && version === 0) {
    return head === null ? { state: 'fresh' } : { state: 'damaged', reasons: [damageReasons.empty] };
  }
  if (!ours || version === 0) return { state: 'damaged', reasons: [damageReasons.unreadable] };
  const reasons: string[] = [];
  let rows: Rows;
  try {
    rows = prepareRows(db);
  } catch {
    // The schema names no such table or column: page one is not the one that was written.
    return { state: 'damaged', reasons: [damageReasons.unreadable] };
  }
  try {
    reasons.push(...headReasons(rows, head));
    const last = rows.lastRow();
    if (check === 'full' || (check === 'auto' && last <= FULL_CHECK_ENTRIES)) {
      reasons.push(...integrityReasons(db));
      reasons.push(...chainReasons(rows));
    } else {
      reasons.push(...tailReasons(rows, last));
    }
  } catch (error) {
    if (troubleOf(error) !== 'damaged') throw error;
    reasons.push(damageReasons.integrity((error as Error).message));
  }
  return reasons.length === 0 ? { state: 'whole' } : { state: 'damaged', reasons: reasons.slice(0, 10) };
}

/** Head ahead of the database: entries were lost, or an older or other file was put here. Behind: normal. */
function headReasons(rows: Rows, head: Head | null): string[] {
  if (head === null) return [];
  const last = rows.lastRow();
  if (last < head.row) return [damageReasons.tail(head.row - last)];
  return rows.byRow(head.row)?.hash === head.hash ? [] : [damageReasons.other];
}

function integrityReasons(db: Db): string[] {
  const found = db.pragma('quick_check(5)') as { quick_check: string }[];
  return found
    .map((line) => line.quick_check)
    .filter((line) => line !== 'ok')
    .slice(0, 1)
    .map((line) => damageReasons.integrity(line.replaceAll(/\s+/g, ' ')));
}

function chainReasons(rows: Rows): string[] {
  const verifier = createVerifier(sha256);
  for (const entry of rows.eachRow(0, -1)) verifier.add(entry);
  return newBreaks(verifier.finish().breaks, rows.losses()).map((broken) => damageReasons.chain(broken.text));
}

function tailReasons(rows: Rows, last: number): string[] {
  const verifier = createVerifier(sha256);
  const reasons: string[] = [];
  for (const entry of rows.eachRow(Math.max(0, last - TAIL), -1)) {
    if (!verifier.add(entry)) reasons.push(damageReasons.chain(`entry ${entry.id} does not verify`));
  }
  return reasons;
}

/** Breaks that no earlier repair has recorded as known. */
export const newBreaks = <B extends Pick<Break, 'incident' | 'device' | 'seq' | 'to'>>(
  breaks: readonly B[],
  losses: readonly Loss[],
): readonly B[] =>
  breaks.filter(
    (found) =>
      !losses.some(
        (loss) =>
          loss.incident === found.incident &&
          loss.device === found.device &&
          loss.first <= found.seq &&
          loss.last >= found.to,
      ),
  );
