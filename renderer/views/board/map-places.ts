// Which places the map shows: the regions of the row that is looked at, or of all rows where that one has none. Pure.
import type { Board, BoardRow, Cell, Column } from '../../../shared/contract/health.ts';
import { findRegion, METROS, type Metro } from '../../../shared/health/regions.ts';
import { STATES } from '../../../shared/health/types.ts';
import { isKnown, isNews } from './marks.ts';
import { ELSEWHERE, type Place } from './selection.ts';

export interface MapPlace {
  readonly key: string;
  readonly cell: Cell;
  readonly lon: number;
  readonly lat: number;
  readonly ours: boolean;
  readonly elsewhere: boolean;
  /** Where it is in the matrix. */
  readonly place: Place;
}

/** What is known stands just before what is well. */
const weight = (cell: Cell): number => (isKnown(cell) ? STATES.length - 1.5 : STATES.indexOf(cell.state));

/** Where a region lies; null for global, multi-regions and codes that no list knows. */
export function pointOf(
  provider: string,
  region: string,
  column: Column | null,
): { readonly lat: number; readonly lon: number } | null {
  const known = findRegion(provider, region);
  if (known?.lat != null && known.lon != null) return { lat: known.lat, lon: known.lon };
  if (column === null) return null;
  if (Object.hasOwn(METROS, column.key)) return (METROS as Record<string, Metro>)[column.key] ?? null;
  for (const [other, code] of Object.entries(column.codes)) {
    const there = findRegion(other, code);
    if (there?.lat != null && there.lon != null) return { lat: there.lat, lon: there.lon };
  }
  return null;
}

/** The row whose regions are drawn; null: the worst of all rows. */
export const mapRow = (board: Board, provider: string | null): BoardRow | null => {
  const row = board.rows.find((r) => r.provider === provider);
  return row && !row.span && row.cells.some((c) => c !== null) ? row : null;
};

/** Worst first; where several share a place the worst of them stands there. `away`: regions without a column. */
export function mapPlaces(
  board: Board,
  row: BoardRow | null,
  away: readonly Cell[],
): { readonly places: readonly MapPlace[]; readonly nowhere: number } {
  const best = new Map<string, MapPlace>();
  let nowhere = 0;
  const put = (cell: Cell, column: Column | null, provider: string): void => {
    const at = pointOf(cell.provider, cell.region, column);
    if (!at) {
      nowhere += 1;
      return;
    }
    const key = `${at.lat} ${at.lon}`;
    const had = best.get(key);
    if (had && weight(had.cell) <= weight(cell)) return;
    best.set(key, {
      key,
      cell,
      lon: at.lon,
      lat: at.lat,
      ours: column?.ours ?? false,
      elsewhere: column === null,
      place: { provider, column: column?.key ?? ELSEWHERE },
    });
  };
  for (const one of row ? [row] : board.rows) {
    if (one.span) continue;
    one.cells.forEach((cell, i) => {
      if (cell) put(cell, board.columns[i] ?? null, one.provider);
    });
  }
  if (row) for (const cell of away) if (cell.region !== 'global') put(cell, null, row.provider);
  const places = [...best.values()].sort(
    (a, b) =>
      weight(a.cell) - weight(b.cell) ||
      Number(b.ours) - Number(a.ours) ||
      a.cell.region.localeCompare(b.cell.region),
  );
  return { places, nowhere };
}

/** The ones that are named on the map: trouble, and where we run. */
export const isNamed = (place: MapPlace): boolean => isNews(place.cell) || place.ours;
