// Reading timelines out of the index: windows at any offset, filters, find, the overview's marks. Every read but find is a walk
// along one index; find goes through the texts in slices that give the loop back, and remembers what it found.
import type { Statement } from 'better-sqlite3';
import type { TimelineFilter, TimelineRow, TimelineWindow } from '../../shared/contract/room.ts';
import { FILTERS } from '../../shared/incident/words.ts';
import { type FilterName, findWords, type Lane } from '../../shared/journal/timeline.ts';
import type { MinuteCount } from '../../shared/journal/timeline-overview.ts';
import { pause } from './folding.ts';
import { type Indexed, toTimelineRow } from './indexer.ts';
import { type Db, maskTerm } from './view-schema.ts';

export interface WindowRequest {
  readonly filter: TimelineFilter;
  readonly offset: number | null;
  readonly limit: number;
  readonly around: string | null;
}

type Window = Omit<TimelineWindow, 'rev'>;

interface ListPlace {
  readonly at: number;
  readonly hlc: string;
  readonly tie: string;
}

interface Found {
  readonly stamp: string;
  readonly rows: readonly number[];
}

const SCAN = 2000;

export interface TimelineReads {
  window(state: Indexed, request: WindowRequest): Promise<Window>;
  minutes(n: number): MinuteCount[];
  /** All rows, oldest first, read in pages. */
  all(n: number): Iterable<TimelineRow>;
  /** The row that shows an entry: itself, or the one it is folded into; null when it has none. */
  shownAs(n: number, entry: string): string | null;
  /** A row as it is shown, also one that is folded into another; null when the entry has none. */
  row(n: number, entry: string): TimelineRow | null;
  /** Has this device already written this key in this incident? */
  hasKey(n: number, key: string, device: string): boolean;
  close(): void;
}

export function createTimelineReads(db: Db): TimelineReads {
  const statements = new Map<string, Statement<unknown[]>>();
  const prepared = (sql: string): Statement<unknown[]> => {
    let found = statements.get(sql);
    if (!found) {
      found = db.prepare(sql);
      statements.set(sql, found);
    }
    return found;
  };

  /** Terms that the partial index of the filter carries, word for word. */
  const where = (only: FilterName, retracted: boolean): string =>
    `inc = ? AND under IS NULL${maskTerm(only)}${retracted ? '' : ' AND retracted = 0'}`;

  const page = (
    n: number,
    filter: TimelineFilter,
    offset: number,
    limit: number,
    total: number,
  ): TimelineRow[] => {
    const from = `SELECT json, count, seen FROM rows INDEXED BY rows_${filter.only} WHERE ${where(filter.only, filter.retracted)}`;
    // The nearer end is the shorter walk.
    const back = offset > total / 2;
    const wanted = Math.min(limit, total - offset);
    const rows = (
      back
        ? prepared(`${from} ORDER BY at DESC, hlc DESC, tie DESC LIMIT ? OFFSET ?`).all(
            n,
            wanted,
            total - offset - wanted,
          )
        : prepared(`${from} ORDER BY at, hlc, tie LIMIT ? OFFSET ?`).all(n, wanted, offset)
    ) as { json: string; count: number; seen: number }[];
    return (back ? rows.reverse() : rows).map(toTimelineRow);
  };

  const shown = (n: number, entry: string): (ListPlace & { n: number; id: string }) | null => {
    type Row = ListPlace & { n: number; id: string; under: number | null };
    let row = prepared('SELECT n, id, at, hlc, tie, under FROM rows WHERE id = ? AND inc = ?').get(
      entry,
      n,
    ) as Row | undefined;
    while (row && row.under !== null) {
      row = prepared('SELECT n, id, at, hlc, tie, under FROM rows WHERE n = ?').get(row.under) as
        | Row
        | undefined;
    }
    return row ?? null;
  };

  const rank = (n: number, filter: TimelineFilter, place: ListPlace): number =>
    (
      prepared(
        `SELECT count(*) AS c FROM rows INDEXED BY rows_${filter.only} WHERE ${where(filter.only, filter.retracted)} AND (at, hlc, tie) < (?, ?, ?)`,
      ).get(n, place.at, place.hlc, place.tie) as { c: number }
    ).c;

  /** What the last few searches found, as row numbers in the order of the list. */
  const remembered = new Map<string, Found>();

  async function find(
    state: Indexed,
    filter: TimelineFilter,
    words: readonly string[],
  ): Promise<readonly number[]> {
    const name = `${state.n}\n${filter.only}\n${filter.retracted}\n${words.join(' ')}`;
    const stamp = String(state.row);
    const known = remembered.get(name);
    if (known?.stamp === stamp) return known.rows;
    const slice = `SELECT n, at, hlc, tie FROM rows INDEXED BY rows_${filter.only}
      WHERE ${where(filter.only, filter.retracted)} AND (at, hlc, tie) > (?, ?, ?) ORDER BY at, hlc, tie LIMIT ${SCAN}`;
    const tests = words.map(() => 'instr(p.t, ?) > 0').join(' AND ');
    const matching = prepared(
      `SELECT s.n FROM (${slice}) s JOIN plain p ON p.n = s.n WHERE ${tests} ORDER BY s.at, s.hlc, s.tie`,
    ).pluck();
    const end = prepared(`SELECT at, hlc, tie FROM (${slice}) ORDER BY at DESC, hlc DESC, tie DESC LIMIT 1`);
    const rows: number[] = [];
    let from: ListPlace = { at: Number.MIN_SAFE_INTEGER, hlc: '', tie: '' };
    while (true) {
      const last = end.get(state.n, from.at, from.hlc, from.tie) as ListPlace | undefined;
      if (!last) break;
      for (const n of matching.all(state.n, from.at, from.hlc, from.tie, ...words) as number[]) rows.push(n);
      from = last;
      await pause();
    }
    remembered.delete(name);
    remembered.set(name, { stamp, rows });
    if (remembered.size > 8) remembered.delete(remembered.keys().next().value!);
    return rows;
  }

  const byNumber = (rows: readonly number[]): TimelineRow[] =>
    rows.map((n) =>
      toTimelineRow(
        prepared('SELECT json, count, seen FROM rows WHERE n = ?').get(n) as {
          json: string;
          count: number;
          seen: number;
        },
      ),
    );

  /** Newest when no offset is given; around an entry when one is named and its place is known. */
  const startOf = (request: WindowRequest, total: number, place: number | null): number => {
    const last = Math.max(0, total - request.limit);
    if (place !== null) return Math.min(last, Math.max(0, place - Math.floor(request.limit / 2)));
    return request.offset === null ? last : Math.min(request.offset, total);
  };

  return {
    async window(state, request) {
      const { filter } = request;
      const words = findWords(filter.find);
      const counts = Object.fromEntries(
        FILTERS.map((name) => [
          name,
          state.counts[name].live + (filter.retracted ? state.counts[name].retracted : 0),
        ]),
      ) as TimelineWindow['counts'];
      const everything = state.counts.all.live + state.counts.all.retracted;
      const around = request.around === null ? null : shown(state.n, request.around);
      if (words.length === 0) {
        const total = counts[filter.only];
        const offset = startOf(request, total, around && rank(state.n, filter, around));
        const rows = offset >= total ? [] : page(state.n, filter, offset, request.limit, total);
        return { total, offset, rows, counts, hidden: everything - total };
      }
      const found = await find(state, filter, words);
      const at = around === null ? -1 : found.indexOf(around.n);
      const offset = startOf(request, found.length, at < 0 ? null : at);
      return {
        total: found.length,
        offset,
        rows: byNumber(found.slice(offset, offset + request.limit)),
        counts,
        hidden: everything - found.length,
      };
    },

    minutes: (n) =>
      prepared('SELECT lane, minute, n FROM minutes WHERE inc = ? AND n > 0 ORDER BY minute, lane').all(
        n,
      ) as {
        lane: Lane;
        minute: number;
        n: number;
      }[],

    *all(n) {
      const next = prepared(
        `SELECT json, count, seen, at, hlc, tie FROM rows INDEXED BY rows_all
         WHERE inc = ? AND under IS NULL AND (at, hlc, tie) > (?, ?, ?) ORDER BY at, hlc, tie LIMIT 500`,
      );
      let from: ListPlace = { at: Number.MIN_SAFE_INTEGER, hlc: '', tie: '' };
      while (true) {
        const rows = next.all(n, from.at, from.hlc, from.tie) as (ListPlace & {
          json: string;
          count: number;
          seen: number;
        })[];
        for (const row of rows) yield toTimelineRow(row);
        if (rows.length < 500) return;
        from = rows.at(-1)!;
      }
    },

    shownAs: (n, entry) => shown(n, entry)?.id ?? null,
    row(n, entry) {
      const found = prepared('SELECT json, count, seen FROM rows WHERE id = ? AND inc = ?').get(entry, n);
      return found ? toTimelineRow(found as { json: string; count: number; seen: number }) : null;
    },
    hasKey: (n, key, device) =>
      prepared('SELECT 1 FROM seen WHERE inc = ? AND key = ? AND device = ?').get(n, key, device) !==
      undefined,
    close() {
      statements.clear();
      remembered.clear();
    },
  };
}
