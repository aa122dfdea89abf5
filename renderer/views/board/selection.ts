// Where one stands in the matrix and where a key leads. A place is named by provider and column, so that it stays when the board changes.
import type { Board, BoardRow, Cell, Column } from '../../../shared/contract/health.ts';
import { STATES, type State } from '../../../shared/health/types.ts';
import { isNews } from './marks.ts';

/** The last column counts all regions that have none of their own. */
export const ELSEWHERE = '*';

export interface Place {
  readonly provider: string;
  /** A column's key, or ELSEWHERE. */
  readonly column: string;
}

export type Found =
  | { readonly kind: 'cell'; readonly row: BoardRow; readonly column: Column; readonly cell: Cell }
  | { readonly kind: 'absent'; readonly row: BoardRow; readonly column: Column }
  | { readonly kind: 'span'; readonly row: BoardRow; readonly span: NonNullable<BoardRow['span']> }
  | { readonly kind: 'elsewhere'; readonly row: BoardRow };

/** Providers' words first, then what we see: the order on screen. */
export const rowsInOrder = (board: Board): BoardRow[] => [
  ...board.rows.filter((r) => r.group === 'say'),
  ...board.rows.filter((r) => r.group === 'see'),
];

export function find(board: Board, place: Place | null): Found | null {
  const row = place && board.rows.find((r) => r.provider === place.provider);
  if (!row) return null;
  if (row.span) return { kind: 'span', row, span: row.span };
  if (place.column === ELSEWHERE) return { kind: 'elsewhere', row };
  const at = board.columns.findIndex((c) => c.key === place.column);
  const column = board.columns[at];
  if (!column) return { kind: 'elsewhere', row };
  const cell = row.cells[at];
  return cell ? { kind: 'cell', row, column, cell } : { kind: 'absent', row, column };
}

const rank = (state: State): number => STATES.indexOf(state);

/** The worst cell that somebody stated, first in the order of the page; where all is quiet the first one of ours, then the first. */
export function worstPlace(board: Board): Place | null {
  const rows = rowsInOrder(board);
  let best: { place: Place; score: number } | null = null;
  for (const row of rows) {
    if (row.span) continue;
    row.cells.forEach((cell, i) => {
      const column = board.columns[i];
      if (!cell || !column) return;
      const quiet = !isNews(cell);
      const score = (quiet ? 10 : rank(cell.state)) + (column.ours ? 0 : 0.5);
      if (!best || score < best.score)
        best = { place: { provider: row.provider, column: column.key }, score };
    });
  }
  const found = best as { place: Place; score: number } | null;
  if (found) return found.place;
  const first = rows[0];
  return first ? { provider: first.provider, column: board.columns[0]?.key ?? ELSEWHERE } : null;
}

export type MoveKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';
export const isMoveKey = (key: string): key is MoveKey =>
  ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key);

/** The place a key leads to. At an edge it stays; a row that is one sentence keeps the column for the rows beyond it. */
export function movePlace(board: Board, place: Place, key: MoveKey): Place {
  const rows = rowsInOrder(board);
  const columns = [...board.columns.map((c) => c.key), ELSEWHERE];
  const r = Math.max(
    0,
    rows.findIndex((row) => row.provider === place.provider),
  );
  const c = columns.includes(place.column) ? columns.indexOf(place.column) : columns.length - 1;
  const row =
    rows[key === 'ArrowUp' ? Math.max(0, r - 1) : key === 'ArrowDown' ? Math.min(rows.length - 1, r + 1) : r];
  if (!row) return place;
  const last = columns.length - 1;
  const to =
    key === 'ArrowLeft'
      ? Math.max(0, c - 1)
      : key === 'ArrowRight'
        ? Math.min(last, c + 1)
        : key === 'Home'
          ? 0
          : key === 'End'
            ? last
            : c;
  return { provider: row.provider, column: columns[to] ?? ELSEWHERE };
}

/** Continents over the columns they span. */
export function continents(columns: readonly Column[]): { name: string; span: number; from: number }[] {
  const groups: { name: string; span: number; from: number }[] = [];
  columns.forEach((column, i) => {
    const last = groups.at(-1);
    if (last && last.name === column.continent) last.span += 1;
    else groups.push({ name: column.continent, span: 1, from: i });
  });
  return groups;
}

/** The code a head shows: the selected provider's, else that of one that is there. */
export const headCode = (column: Column, provider: string | null): string =>
  (provider && column.codes[provider]) || Object.values(column.codes)[0] || column.key;
