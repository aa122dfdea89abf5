// Keeps the index of timelines in view.db: every new entry becomes a row, a mark on another row, a repeat or a confirmation.
// Incremental and independent of the order of arrival; each slice is one transaction, so a kill leaves it whole.
import type { TimelineRow } from '../../shared/contract/room.ts';
import {
  FILTERS,
  type FilterName,
  filtersOf,
  findable,
  groupOf,
  laneOf,
  type Mark,
  markOf,
  type Row,
  rowOf,
} from '../../shared/journal/timeline.ts';
import type { FoldEntry } from '../../shared/journal/types.ts';
import type { Journal } from '../journal/journal.ts';
import { before, foldEntry, type Place, placeOf } from './fold-entry.ts';
import { type Db, filterBit } from './view-schema.ts';

/** Rows per filter: shown ones, and retracted ones beside them. */
export type Counts = Record<FilterName, { live: number; retracted: number }>;

export interface Indexed {
  readonly n: number;
  /** Arrival row of the last entry that the index has. */
  readonly row: number;
  /** Id of that entry. */
  readonly last: string;
  readonly counts: Counts;
}

interface StoredRow {
  n: number;
  id: string;
  at: number;
  hlc: string;
  tie: string;
  mask: number;
  retracted: number;
  under: number | null;
  lane: string | null;
  count: number;
  seen: number;
  name_key: string | null;
  name_group: string | null;
  json: string;
}

const noCounts = (): Counts =>
  Object.fromEntries(FILTERS.map((name) => [name, { live: 0, retracted: 0 }])) as Counts;

const MINUTE = 60_000;

export interface Indexer {
  state(incident: string): Indexed;
  /** Takes in at most `limit` entries that arrived since; answers how many. */
  slice(incident: string, limit: number): number;
  /** Forgets an incident whose journal is no longer the one that was indexed (a repair, a restored file). */
  checkIdentity(incident: string): void;
  forget(incident: string): void;
  marksOf(n: number, target: string): Mark[];
}

export function createIndexer(db: Db, journal: Pick<Journal, 'read' | 'entry'>): Indexer {
  const q = {
    incident: db.prepare('SELECT n, row, last, counts FROM incidents WHERE id = ?'),
    newIncident: db.prepare(
      "INSERT OR IGNORE INTO incidents (id, row, last, counts, line_row) VALUES (?, 0, '', ?, 0)",
    ),
    progress: db.prepare('UPDATE incidents SET row = ?, last = ?, counts = ? WHERE n = ?'),
    entry: db.prepare('INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)'),
    dropCheckpoints: db.prepare('DELETE FROM checkpoints WHERE inc = ? AND (hlc, tie) >= (?, ?)'),
    row: db.prepare('SELECT * FROM rows WHERE id = ?'),
    rowByN: db.prepare('SELECT * FROM rows WHERE n = ?'),
    insert: db.prepare(
      `INSERT INTO rows (inc, id, at, hlc, tie, mask, retracted, under, lane, count, seen, name_key, name_group, json)
       VALUES (@inc, @id, @at, @hlc, @tie, @mask, @retracted, @under, @lane, @count, @seen, @name_key, @name_group, @json)`,
    ),
    update: db.prepare(
      `UPDATE rows SET at = @at, mask = @mask, retracted = @retracted, under = @under, lane = @lane, count = @count,
       seen = @seen, json = @json WHERE n = @n`,
    ),
    plain: db.prepare('INSERT INTO plain VALUES (?, ?) ON CONFLICT (n) DO UPDATE SET t = excluded.t'),
    mark: db.prepare('INSERT OR IGNORE INTO marks VALUES (?, ?, ?, ?)'),
    marks: db.prepare('SELECT json FROM marks WHERE inc = ? AND target = ?').pluck(),
    markTarget: db.prepare('SELECT target FROM marks WHERE id = ?').pluck(),
    dropMark: db.prepare('DELETE FROM marks WHERE inc = ? AND target = ? AND id = ?'),
    head: db.prepare('SELECT n FROM heads WHERE inc = ? AND name = ?').pluck(),
    setHead: db.prepare(
      'INSERT INTO heads VALUES (?, ?, ?) ON CONFLICT (inc, name) DO UPDATE SET n = excluded.n',
    ),
    see: db.prepare('INSERT OR IGNORE INTO seen VALUES (?, ?, ?)'),
    seen: db.prepare('SELECT count(*) FROM seen WHERE inc = ? AND key = ?').pluck(),
    /** A row shows another one: whatever that one showed comes along. */
    move: db.prepare('UPDATE rows SET under = ? WHERE under = ?'),
    minute: db.prepare(
      'INSERT INTO minutes VALUES (?, ?, ?, ?) ON CONFLICT (inc, minute, lane) DO UPDATE SET n = n + excluded.n',
    ),
    emptyMinute: db.prepare('DELETE FROM minutes WHERE inc = ? AND minute = ? AND lane = ? AND n <= 0'),
  };

  const stateOf = (id: string): Indexed => {
    let found = q.incident.get(id) as { n: number; row: number; last: string; counts: string } | undefined;
    if (!found) {
      q.newIncident.run(id, JSON.stringify(noCounts()));
      found = q.incident.get(id) as { n: number; row: number; last: string; counts: string };
    }
    return { n: found.n, row: found.row, last: found.last, counts: JSON.parse(found.counts) as Counts };
  };

  /** Adds or takes away what a row contributes to counts and minutes. Rows shown under another one contribute nothing. */
  const tally = (inc: number, counts: Counts, row: StoredRow, sign: 1 | -1): void => {
    if (row.under !== null) return;
    for (const name of FILTERS) {
      if (name !== 'all' && (row.mask & filterBit(name)) === 0) continue;
      counts[name][row.retracted ? 'retracted' : 'live'] += sign;
    }
    if (row.lane === null) return;
    const minute = Math.floor(row.at / MINUTE);
    q.minute.run(inc, minute, row.lane, sign);
    if (sign < 0) q.emptyMinute.run(inc, minute, row.lane);
  };

  const store = (inc: number, counts: Counts, old: StoredRow | null, next: StoredRow): StoredRow => {
    if (old) {
      tally(inc, counts, old, -1);
      q.update.run(next);
      tally(inc, counts, next, 1);
      return next;
    }
    const n = Number(q.insert.run({ ...next, inc }).lastInsertRowid);
    const stored = { ...next, n };
    tally(inc, counts, stored, 1);
    return stored;
  };

  const columns = (row: Row) => ({
    at: Date.parse(row.occurredAt),
    mask: filtersOf(row).reduce((bits, name) => bits | filterBit(name), 0),
    retracted: row.retracted ? 1 : 0,
    lane: laneOf(row),
    json: JSON.stringify(row),
  });

  const marksOf = (inc: number, target: string): Mark[] =>
    (q.marks.all(inc, target) as string[]).map((json) => JSON.parse(json) as Mark);

  /** Makes a row's words again after something was said about it. */
  const again = (inc: number, counts: Counts, target: string): void => {
    const old = q.row.get(target) as StoredRow | undefined;
    if (!old) return;
    const stored = journal.entry(target);
    const row = stored && rowOf(foldEntry(stored), marksOf(inc, target));
    if (!row) return;
    store(inc, counts, old, { ...old, ...columns(row) });
    q.plain.run(old.n, findable(row));
  };

  const get = (n: number): StoredRow => q.rowByN.get(n) as StoredRow;

  /** Puts one row under another, which then stands for it. */
  const under = (inc: number, counts: Counts, row: StoredRow, head: number): void => {
    store(inc, counts, row, { ...row, under: head });
    q.move.run(head, row.n);
  };

  /** Confirmations: the first in the order of state counts. Answers the row that stands for the key. */
  const confirm = (inc: number, counts: Counts, row: StoredRow, key: string, device: string): StoredRow => {
    q.see.run(inc, key, device);
    const seen = q.seen.get(inc, key) as number;
    const name = `k${key}`;
    const found = q.head.get(inc, name) as number | undefined;
    if (found === undefined) {
      q.setHead.run(inc, name, row.n);
      return store(inc, counts, row, { ...row, seen });
    }
    const head = get(found);
    if (before(head, row)) {
      under(inc, counts, row, head.n);
      return store(inc, counts, head, { ...head, seen });
    }
    // This one came first after all. What stood for the repeats of an event hands that over too.
    q.setHead.run(inc, name, row.n);
    const next = store(inc, counts, row, { ...row, seen, count: head.count, under: head.under });
    under(inc, counts, head, next.n);
    if (head.name_group !== null && q.head.get(inc, `g${head.name_group}`) === head.n) {
      q.setHead.run(inc, `g${head.name_group}`, next.n);
    }
    return next;
  };

  /** Repeats of one event: the earliest in the order of lists stands for all. */
  const repeat = (inc: number, counts: Counts, row: StoredRow, group: string): void => {
    const name = `g${group}`;
    const found = q.head.get(inc, name) as number | undefined;
    if (found === undefined) {
      q.setHead.run(inc, name, row.n);
      return;
    }
    if (found === row.n) return;
    const head = get(found);
    const first = head.at < row.at || (head.at === row.at && before(head, row));
    const [stays, goes] = first ? [head, row] : [row, head];
    if (!first) q.setHead.run(inc, name, row.n);
    store(inc, counts, stays, { ...stays, under: null, count: head.count + 1 });
    under(inc, counts, get(goes.n), stays.n);
  };

  const addRow = (inc: number, counts: Counts, entry: FoldEntry, place: Place): void => {
    const row = rowOf(entry, marksOf(inc, entry.id));
    if (row === null) return;
    const group = groupOf(entry);
    const fresh = store(inc, counts, null, {
      n: 0,
      id: entry.id,
      ...place,
      ...columns(row),
      under: null,
      count: 1,
      seen: 1,
      name_key: entry.key,
      name_group: group,
    });
    q.plain.run(fresh.n, findable(row));
    if (entry.key === null) {
      if (group !== null) repeat(inc, counts, fresh, group);
      return;
    }
    const known = q.head.get(inc, `k${entry.key}`) !== undefined;
    confirm(inc, counts, fresh, entry.key, entry.device);
    // Only the first of a key counts as an occurrence; a later one confirms it.
    if (!known && group !== null) repeat(inc, counts, get(fresh.n), group);
  };

  /** An erased entry may itself have been a mark: what it said about another row is gone with it. */
  const eraseMark = (inc: number, counts: Counts, id: string): void => {
    const target = q.markTarget.get(id) as string | undefined;
    if (target === undefined) return;
    q.dropMark.run(inc, target, id);
    again(inc, counts, target);
  };

  const take = (inc: number, counts: Counts, entry: FoldEntry, row: number): void => {
    const place = placeOf(entry);
    const mark = markOf(entry);
    const erased = mark?.op === 'erase' ? journal.entry(mark.target) : null;
    const back = erased ? placeOf(erased) : null;
    const added = q.entry.run(inc, place.hlc, place.tie, entry.id, row, back?.hlc ?? null, back?.tie ?? null);
    if (added.changes === 0) return;
    const from = back && before(back, place) ? back : place;
    q.dropCheckpoints.run(inc, from.hlc, from.tie);
    if (mark === null) {
      addRow(inc, counts, entry, place);
      return;
    }
    q.mark.run(inc, mark.target, entry.id, JSON.stringify(mark));
    if (mark.op === 'erase') eraseMark(inc, counts, mark.target);
    again(inc, counts, mark.target);
  };

  const slice = db.transaction((id: string, limit: number): number => {
    const state = stateOf(id);
    const page = journal.read(id, state.row, limit);
    const last = page.at(-1);
    if (!last) return 0;
    for (const stored of page) take(state.n, state.counts, foldEntry(stored), stored.row);
    q.progress.run(last.row, last.id, JSON.stringify(state.counts), state.n);
    return page.length;
  });

  const forget = db.transaction((id: string): void => {
    const { n } = stateOf(id);
    db.prepare('DELETE FROM plain WHERE n IN (SELECT n FROM rows WHERE inc = ?)').run(n);
    for (const table of ['entries', 'rows', 'marks', 'heads', 'seen', 'minutes', 'checkpoints']) {
      db.prepare(`DELETE FROM ${table} WHERE inc = ?`).run(n);
    }
    db.prepare('DELETE FROM incidents WHERE n = ?').run(n);
  });

  return {
    state: stateOf,
    slice(id, limit) {
      // Nothing new is by far the commonest answer, and takes no lock.
      if (journal.read(id, stateOf(id).row, 1).length === 0) return 0;
      return slice.immediate(id, limit);
    },
    checkIdentity(id) {
      const { row, last } = stateOf(id);
      if (row === 0) return;
      if (journal.entry(last)?.row !== row) forget.immediate(id);
    },
    forget: (id) => forget.immediate(id),
    marksOf,
  };
}

/** A stored row as the contract gives it. */
export const toTimelineRow = (stored: { json: string; count: number; seen: number }): TimelineRow => ({
  ...(JSON.parse(stored.json) as Row),
  count: stored.count,
  seenBy: stored.seen,
});
