// Where the codes stand in the head of the matrix: whole, on two levels, three only where two do not do, none over another, and not over
// the line of the next continent. A search over a few positions of each keeps the cheapest. Pure.
import type { Column } from '../../../shared/contract/health.ts';
import { continents, headCode } from './selection.ts';

export interface Head {
  /** Pixels from the left edge of its column to the left edge of the code. */
  readonly left: number;
  /** 0 stands lowest. */
  readonly level: number;
}

/** The head's type at 16 px to the rem. */
const FONT_PX = 11;
/** Advance of each character of Plex Sans Condensed SemiBold in ems; digits and the rest are `OTHER`. */
const ADVANCE: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['ijl', 0.268],
    ['frt-', 0.362],
    ['csz', 0.464],
    ['aegkovxy', 0.511],
    ['bdhnpqu', 0.544],
    ['w', 0.739],
    ['m', 0.802],
  ].flatMap(([letters, em]) => [...String(letters)].map((letter) => [letter, Number(em)])),
);
const OTHER = 0.545;
/** Between a code and a line; between two codes of one level. */
const LINE_GAP = 2;
const TEXT_GAP = 5;
const LEVELS = 3;
/** How many beginnings are followed at the same time. */
const BEAM = 160;
/** How many codes back one can reach. */
const REACH = 3;
/** What each flaw costs: a code over another must not be; the rest is a matter of looks. */
const COST = { overlap: 1000, lineRight: 60, lineLeft: 8, tick: 3, moved: 0.05, third: 30, sameLevel: 0.5 };

interface Placed {
  readonly from: number;
  readonly to: number;
  readonly middle: number;
  readonly level: number;
}
interface Path {
  readonly cost: number;
  readonly placed: readonly Placed[];
}

/** How wide a code is drawn, in pixels at 16 px to the rem. */
export const codeWidth = (code: string): number =>
  [...code].reduce((sum, letter) => sum + (ADVANCE[letter] ?? OTHER), 0) * FONT_PX;

function between(a: Placed, b: Placed): number {
  if (a.level === b.level) return a.from < b.to + TEXT_GAP && b.from < a.to + TEXT_GAP ? COST.overlap : 0;
  const [low, high] = a.level < b.level ? [a, b] : [b, a];
  return high.middle > low.from && high.middle < low.to ? COST.tick : 0;
}

/** Positions that a code may have: over its column, moved within the lines of its continent, a little to either side. */
function positions(
  free: number,
  length: number,
  left: number,
  right: number,
  width: number,
  end: number,
): number[] {
  // One that is wider than its continent ends with it, or at least with the table.
  if (length > right - left) return [...new Set([Math.min(free, end - length), right - length])];
  const clamped = Math.max(left, Math.min(right - length, free));
  const step = width / 4;
  const all = [free, clamped, clamped - step, clamped + step].filter(
    (from) => from === free || (from >= left && from + length <= right),
  );
  return [...new Set(all)];
}

/** The cheapest beginnings; of those that end alike, which is all that later codes meet, only the cheapest. */
function best(paths: Path[]): readonly Path[] {
  const ends = new Set<string>();
  const kept: Path[] = [];
  for (const path of paths.sort((a, b) => a.cost - b.cost)) {
    const end = path.placed
      .slice(-REACH)
      .map((one) => `${one.level} ${one.from.toFixed(1)}`)
      .join();
    if (ends.has(end)) continue;
    ends.add(end);
    kept.push(path);
    if (kept.length === BEAM) break;
  }
  return kept;
}

/** The heads of one provider's row; `width` of a column in pixels, `rem` in pixels. */
export function headsOf(
  columns: readonly Column[],
  provider: string | null,
  width: number,
  rem: number,
): readonly Head[] {
  let paths: readonly Path[] = [{ cost: 0, placed: [] }];
  // Elsewhere is the last column.
  const end = (columns.length + 1) * width - LINE_GAP;
  for (const group of continents(columns)) {
    const left = group.from * width + LINE_GAP;
    const right = (group.from + group.span) * width - LINE_GAP;
    for (let i = group.from; i < group.from + group.span; i += 1) {
      const column = columns[i];
      if (!column) continue;
      const length = codeWidth(headCode(column, provider)) * (rem / 16);
      const middle = (i + 0.5) * width;
      const free = middle - length / 2;
      const next: Path[] = [];
      for (const path of paths) {
        for (const from of positions(free, length, left, right, width, end)) {
          for (let level = 0; level < LEVELS; level += 1) {
            const one: Placed = { from, to: from + length, middle, level };
            let cost = path.cost + Math.abs(from - free) * COST.moved;
            if (from < left) cost += COST.lineLeft;
            if (from + length > right) cost += COST.lineRight;
            if (level === 2) cost += COST.third;
            if (path.placed.at(-1)?.level === level) cost += COST.sameLevel;
            for (const other of path.placed.slice(-2 * REACH)) cost += between(other, one);
            next.push({ cost, placed: [...path.placed, one] });
          }
        }
      }
      paths = best(next);
    }
  }
  return (paths[0]?.placed ?? []).map((one, i) => ({ left: one.from - i * width, level: one.level }));
}

/** Levels that these heads need. */
export const levelsOf = (heads: readonly Head[]): number =>
  heads.reduce((most, head) => Math.max(most, head.level + 1), 1);
