// Keeps the index of timelines in view.db: every new entry becomes a row, a mark on another row, a repeat or a confirmation.
// Incremental and independent of the order of arrival; each slice is one transaction, so a kill leaves it whole.
import type { TimelineRow } from '../../shared/contract/room.ts';
import { FILTERS } from '../../shared/incident/words.ts';
import {
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
    /** Touches no index, unlike `update`. */
    stand: db.prepare('UPDATE rows SET count = ?, seen = ? WHERE n = ?'),
    plain: db.prepare('INSERT INTO plain VALUES (?, ?) ON CONFLICT (n) DO UPDATE SET t = excluded.t'),
    mark: db.prepare('INSERT OR IGNORE INTO marks VALUES (?, ?, ?, ?)'),
    marks: db.prepare('SELECT json FROM marks WHERE inc = ? AND target = ?').pluck(),
    markTarget: db.prepare('SELECT target FROM marks WHERE id = ?').pluck(),
    dropMark: db.prepare('DELETE FROM marks WHERE inc = ? AND target = ? AND id = ?'),
    head: db.prepare('SELECT n FROM heads WHERE inc = ? AND name = ?').pluck(),
    setHead: db.prepare(
      'INSERT INTO heads VALUES (?, ?, ?) ON CONFLICT (inc, name) DO UPDATE SET n = excluded.n',
    ),
    dropHead: db.prepare('DELETE FROM heads WHERE inc = ? AND name = ?'),
    group: db.prepare('SELECT * FROM rows WHERE inc = ? AND name_group = ?'),
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

  const insert = (inc: number, counts: Counts, row: StoredRow, text: string): StoredRow => {
    const stored = store(inc, counts, null, row);
    q.plain.run(stored.n, text);
    return stored;
  };

  const headOf = (inc: number, name: string): StoredRow | null => {
    const n = q.head.get(inc, name) as number | undefined;
    return n === undefined ? null : get(n);
  };

  const earlierInList = (a: StoredRow, b: StoredRow): boolean =>
    a.at < b.at || (a.at === b.at && before(a, b));

  /** The first of a key, or of no key: a row of its own, or one more of the repeats of its event. */
  const addFirst = (inc: number, counts: Counts, row: StoredRow, text: string): StoredRow => {
    if (row.name_group === null) return insert(inc, counts, row, text);
    const name = `g${row.name_group}`;
    const head = headOf(inc, name);
    if (head && earlierInList(head, row)) {
      q.stand.run(head.count + 1, head.seen, head.n);
      return insert(inc, counts, { ...row, under: head.n }, text);
    }
    const stored = insert(inc, counts, { ...row, count: (head?.count ?? 0) + 1 }, text);
    q.setHead.run(inc, name, stored.n);
    // The earliest in the order of lists stands for all.
    if (head) under(inc, counts, head, stored.n);
    return stored;
  };

  /** A later arrival of a key that is known: the first in the order of state counts, the others confirm it. */
  const addConfirmation = (
    inc: number,
    counts: Counts,
    row: StoredRow,
    text: string,
    head: StoredRow,
  ): void => {
    const seen = q.seen.get(inc, row.name_key) as number;
    if (before(head, row)) {
      q.stand.run(head.count, seen, head.n);
      insert(inc, counts, { ...row, under: head.n }, text);
      return;
    }
    // This one came first after all. It takes the place of what stood for the key until now, among repeats as well.
    const stored = insert(inc, counts, { ...row, seen, under: head.under, count: head.count }, text);
    q.setHead.run(inc, `k${row.name_key}`, stored.n);
    under(inc, counts, head, stored.n);
    if (head.name_group === null) return;
    const name = `g${head.name_group}`;
    const wasHead = q.head.get(inc, name) === head.n;
    if (wasHead) q.setHead.run(inc, name, stored.n);
    settleGroup(inc, counts, head.name_group);
    if (row.name_group !== head.name_group && row.name_group !== null)
      settleGroup(inc, counts, row.name_group);
  };

  /** Makes a group anew from the rows that stand for a key of their own: rare, where a late arrival changed who is first. */
  const settleGroup = (inc: number, counts: Counts, group: string): void => {
    const members = (q.group.all(inc, group) as StoredRow[]).filter(
      (row) => row.name_key === null || q.head.get(inc, `k${row.name_key}`) === row.n,
    );
    const first = members.reduce<StoredRow | null>((a, b) => (a && earlierInList(a, b) ? a : b), null);
    if (!first) {
      q.dropHead.run(inc, `g${group}`);
      return;
    }
    q.setHead.run(inc, `g${group}`, first.n);
    for (const row of members) {
      const next =
        row.n === first.n ? { ...row, under: null, count: members.length } : { ...row, under: first.n };
      store(inc, counts, row, next);
    }
  };

  const addRow = (inc: number, counts: Counts, entry: FoldEntry, place: Place): void => {
    const row = rowOf(entry, marksOf(inc, entry.id));
    if (row === null) return;
    const fresh: StoredRow = {
      n: 0,
      id: entry.id,
      ...place,
      ...columns(row),
      under: null,
      count: 1,
      seen: 1,
      name_key: entry.key,
      name_group: groupOf(entry),
    };
    const text = findable(row);
    if (entry.key === null) {
      addFirst(inc, counts, fresh, text);
      return;
    }
    q.see.run(inc, entry.key, entry.device);
    const head = headOf(inc, `k${entry.key}`);
    if (head) addConfirmation(inc, counts, fresh, text, head);
    else q.setHead.run(inc, `k${entry.key}`, addFirst(inc, counts, fresh, text).n);
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
