// The timeline as this window holds it: a sparse, bounded cache of rows by position, read in windows of at most 200.
// It draws nothing and decides nothing about incidents; it only knows which rows are here and which must be asked for.
import type { TimelineFilter, TimelineRow, TimelineWindow } from '../../../../shared/contract/room.ts';
import type { Failure, Result } from '../../../../shared/result.ts';

export const PAGE = 100;
/** Rows kept around the place that is read; further ones are let go. */
export const KEEP = 3000;
/** Requests under way at once: the journal answers in order, more would only queue. */
const PARALLEL = 2;

export interface WindowRequest {
  readonly filter: TimelineFilter;
  readonly offset: number | null;
  readonly limit: number;
  readonly around: string | null;
}

export interface RowsState {
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly hidden: number;
  /** False until the first answer. */
  readonly read: boolean;
  /** What the last request failed with; rows that were here stay. */
  readonly error: Failure | null;
  /** Grows with every change, for `useSyncExternalStore`. */
  readonly version: number;
}

export interface Rows {
  state(): RowsState;
  subscribe(listener: () => void): () => void;
  /** The row at a position, or null when it is not here (yet). */
  row(index: number): TimelineRow | null;
  /** Says which positions are looked at; asks for what is missing or old there. */
  look(first: number, last: number): void;
  /** Reads the newest rows (`null`) or those around an entry; answers the position of that entry, or the last one. */
  open(around: string | null): Promise<number | null>;
  /** Something was written: what is here stays drawn and is asked for again. `keep`: an entry whose new position is wanted. */
  changed(keep: string | null): Promise<number | null>;
  setFilter(filter: TimelineFilter): void;
  filter(): TimelineFilter;
  /** One row at a position without keeping it: how a time is found by halving. */
  peek(index: number): Promise<TimelineRow | null>;
  retry(): void;
  dispose(): void;
}

export function createRows(
  ask: (request: WindowRequest) => Promise<Result<TimelineWindow>>,
  initial: TimelineFilter,
): Rows {
  let filter = initial;
  /** Answers of an older filter are dropped. */
  let epoch = 0;
  /** Rows of an older stamp are drawn and asked for again. */
  let stamp = 0;
  let rows = new Map<number, { row: TimelineRow; stamp: number }>();
  let seen: readonly [number, number] = [0, 0];
  const underWay = new Set<number>();
  const listeners = new Set<() => void>();
  let state: RowsState = { total: 0, counts: {}, hidden: 0, read: false, error: null, version: 0 };

  const set = (change: Partial<RowsState>): void => {
    state = { ...state, ...change, version: state.version + 1 };
    for (const listener of listeners) listener();
  };

  const evict = (): void => {
    if (rows.size <= KEEP) return;
    const middle = (seen[0] + seen[1]) / 2;
    const near = [...rows.keys()].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    for (const index of near.slice(KEEP)) rows.delete(index);
  };

  const take = (window: TimelineWindow, at: number): void => {
    window.rows.forEach((row, i) => {
      rows.set(window.offset + i, { row, stamp: at });
    });
    for (const index of rows.keys()) if (index >= window.total) rows.delete(index);
    evict();
    set({ total: window.total, counts: window.counts, hidden: window.hidden, read: true, error: null });
  };

  const missing = (): number[] => {
    const pages: number[] = [];
    const last = Math.min(seen[1], state.total - 1);
    for (let page = Math.floor(Math.max(0, seen[0]) / PAGE); page * PAGE <= last; page++) {
      const to = Math.min((page + 1) * PAGE, state.total);
      for (let i = page * PAGE; i < to; i++) {
        if (rows.get(i)?.stamp !== stamp) {
          pages.push(page);
          break;
        }
      }
    }
    return pages;
  };

  const pump = async (): Promise<void> => {
    if (state.error) return;
    for (const page of missing()) {
      if (underWay.size >= PARALLEL) return;
      if (underWay.has(page)) continue;
      underWay.add(page);
      const mine = epoch;
      const at = stamp;
      const answer = await ask({ filter, offset: page * PAGE, limit: PAGE, around: null });
      if (mine !== epoch) return;
      underWay.delete(page);
      if (!answer.ok) return set({ error: answer.error });
      take(answer.value, at);
    }
    if (missing().some((page) => !underWay.has(page))) await pump();
  };

  const open = async (around: string | null): Promise<number | null> => {
    const mine = epoch;
    const at = stamp;
    const answer = await ask({ filter, offset: null, limit: PAGE, around });
    if (mine !== epoch) return null;
    if (!answer.ok) {
      set({ error: answer.error });
      return null;
    }
    take(answer.value, at);
    if (around === null) return answer.value.total - 1;
    const found = answer.value.rows.findIndex((row) => row.id === around);
    return found < 0 ? null : answer.value.offset + found;
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    row: (index) => rows.get(index)?.row ?? null,
    look(first, last) {
      seen = [first, last];
      void pump();
    },
    open,
    async changed(keep) {
      stamp += 1;
      const position = await open(keep);
      void pump();
      return position;
    },
    setFilter(next) {
      filter = next;
      epoch += 1;
      stamp += 1;
      rows = new Map();
      underWay.clear();
      set({ total: 0, read: false, error: null });
    },
    filter: () => filter,
    async peek(index) {
      const here = rows.get(index);
      if (here && here.stamp === stamp) return here.row;
      const answer = await ask({ filter, offset: index, limit: 1, around: null });
      return answer.ok ? (answer.value.rows[0] ?? null) : null;
    },
    retry() {
      set({ error: null });
      if (state.read) void pump();
      else void open(null);
    },
    dispose() {
      epoch += 1;
      listeners.clear();
    },
  };
}

/**
 * The position of the first row that occurred at or after an instant, by halving (rows are listed by `occurredAt`).
 * At most 24 requests of one row each, so 16 million rows.
 */
export async function positionOf(
  instant: string,
  rows: Pick<Rows, 'state' | 'peek'>,
): Promise<number | null> {
  let low = 0;
  let high = rows.state().total;
  if (high === 0) return null;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = await rows.peek(middle);
    if (row === null) return null;
    if (row.occurredAt < instant) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, rows.state().total - 1);
}
