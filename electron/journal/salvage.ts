// What verifies, from whatever is left: the database as SQLite still reads it, its bare pages, the snapshots. Every entry proves
// itself by its hashes; where two claim one place in a chain, the one that links wins.
import { existsSync } from 'node:fs';
import { bodyHashOf, envelopeHash } from '../../shared/journal/chain.ts';
import { type Db, openReadable } from './database.ts';
import { troubleOf } from './failures.ts';
import { scanPages } from './pages.ts';
import { type Insertable, prepareRows, sha256 } from './rows.ts';

export interface Source {
  /** `database`: through SQLite. `pages`: the file and its WAL page by page. */
  readonly by: 'database' | 'pages';
  readonly path: string;
}

export interface Salvaged {
  /** In the order of arrival; `row` as it was, null where that number is taken. */
  readonly entries: readonly Insertable[];
  /** How many entries each source was the first to give, in the order of the sources. */
  readonly given: readonly number[];
  /** Entries whose envelope verifies and whose text is lost. */
  readonly textsLost: readonly Insertable[];
}

interface Candidate {
  entry: Insertable;
  readonly source: number;
}

/** Collects from the sources in turn; earlier ones win where both verify. `lastRow` is the last row known to have existed. */
export function salvage(sources: readonly Source[], lastRow: number): Salvaged {
  const chains = new Map<string, Map<number, Candidate[]>>();
  sources.forEach((source, index) => {
    const rows =
      source.by === 'pages' ? scanPages(source.path, `${source.path}-wal`) : readAll(source.path, lastRow);
    for (const row of rows) take(chains, row, index);
  });
  const chosen = [...chains.values()].flatMap((chain) => linked(chain));
  chosen.sort((a, b) => a.entry.row! - b.entry.row! || (a.entry.hlc < b.entry.hlc ? -1 : 1));
  const taken = new Set<number>();
  const ids = new Set<string>();
  const given = sources.map(() => 0);
  const entries: Insertable[] = [];
  for (const { entry, source } of chosen) {
    if (ids.has(entry.id)) continue;
    ids.add(entry.id);
    given[source]!++;
    const free = entry.row !== null && entry.row > 0 && !taken.has(entry.row);
    if (free) taken.add(entry.row!);
    entries.push(free ? entry : { ...entry, row: null });
  }
  // Those without a number of their own go behind all that have one.
  entries.sort((a, b) => Number(a.row === null) - Number(b.row === null));
  return { entries, given, textsLost: textsLost(entries) };
}

/** Keeps a row whose envelope gives its hash. A text that does not give its hash is dropped, and may come from a later source. */
function take(chains: Map<string, Map<number, Candidate[]>>, row: Insertable, source: number): void {
  try {
    if (!Number.isSafeInteger(row.seq) || row.seq < 1 || envelopeHash(row, sha256) !== row.hash) return;
  } catch {
    return; // Fields of a type that no entry has: a damaged page.
  }
  const hasText = row.body !== '' && bodyHashOf(row.salt, row.body, sha256) === row.bodyHash;
  const entry = hasText ? row : { ...row, body: '', salt: '' };
  const name = `${row.incident} ${row.device}`;
  const chain = chains.get(name) ?? new Map<number, Candidate[]>();
  chains.set(name, chain);
  const candidates = chain.get(row.seq) ?? [];
  chain.set(row.seq, candidates);
  const same = candidates.find((candidate) => candidate.entry.hash === row.hash);
  if (same === undefined) candidates.push({ entry, source });
  else if (same.entry.body === '' && hasText) same.entry = { ...entry, row: same.entry.row };
}

/** One candidate per place: the one that follows the entry before it, else the one the next follows, else the first found. */
function linked(chain: Map<number, Candidate[]>): Candidate[] {
  const out: Candidate[] = [];
  let before: Insertable | null = null;
  for (const seq of [...chain.keys()].sort((a, b) => a - b)) {
    const candidates = chain.get(seq)!;
    const prev: string | null = seq === 1 ? '' : before?.seq === seq - 1 ? before.hash : null;
    const next = chain.get(seq + 1) ?? [];
    const chosen: Candidate =
      candidates.find(({ entry }) => prev !== null && entry.prev === prev) ??
      candidates.find(({ entry }) => next.some((after) => after.entry.prev === entry.hash)) ??
      candidates[0]!;
    out.push(chosen);
    before = chosen.entry;
  }
  return out;
}

function textsLost(entries: readonly Insertable[]): Insertable[] {
  const erased = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'erased' && entry.body !== '') {
      erased.add(String((JSON.parse(entry.body) as { entry?: unknown }).entry));
    }
  }
  return entries.filter((entry) => entry.body === '' && !erased.has(entry.id));
}

/** All rows SQLite can still give, one by one, so that a broken page costs only the rows on it. */
function* readAll(path: string, lastRow: number): IterableIterator<Insertable> {
  if (!existsSync(path)) return;
  let db: Db | null = null;
  try {
    db = openReadable(path);
    const rows = prepareRows(db);
    const last = Math.max(lastRow, attempt(() => rows.lastRow()) ?? 0);
    for (let row = 1; row <= last; row++) {
      const entry = attempt(() => rows.byRow(row));
      if (entry !== null) yield entry;
    }
  } catch (error) {
    // Not a database any more, or one without our tables: this source gives nothing, the next ones may.
    if (troubleOf(error) === 'other' && (error as { code?: string }).code !== 'SQLITE_ERROR') throw error;
  } finally {
    db?.close();
  }
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (troubleOf(error) === 'damaged') return null;
    throw error;
  }
}
