// Jumps in the matrix: along a row, to either end, from wave to wave; never out of the grid.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GridRow, type Jump, jumped, type RowKey } from '../../../renderer/views/room/plan/rows.ts';

const row = (kind: 'wave' | 'target' | 'head', key: RowKey): GridRow => ({ kind, key }) as unknown as GridRow;
const GRID: readonly GridRow[] = [
  row('head', 'h:before'),
  row('wave', 'w:canary'),
  row('wave', 'w:one'),
  row('target', 't:a'),
  row('target', 't:b'),
  row('wave', 'w:two'),
  row('target', 't:c'),
];
const from = (key: RowKey, to: Jump, col = 2) => jumped(GRID, { row: key, col }, 4, to);

describe('a jump', () => {
  test('goes along the row, to the ends and from wave to wave', () => {
    expect(from('t:a', 'home')).toEqual({ row: 't:a', col: 0 });
    expect(from('t:a', 'end')).toEqual({ row: 't:a', col: 4 });
    expect(from('t:a', 'first')).toEqual({ row: 'h:before', col: 2 });
    expect(from('t:a', 'last')).toEqual({ row: 't:c', col: 2 });
    expect(from('t:a', 'waveDown')).toEqual({ row: 'w:two', col: 2 });
    expect(from('t:b', 'waveUp')).toEqual({ row: 'w:one', col: 2 });
    expect(from('w:one', 'waveUp')).toEqual({ row: 'w:canary', col: 2 });
    expect(from('w:canary', 'waveUp')).toEqual({ row: 'h:before', col: 2 });
    expect(from('w:two', 'waveDown')).toEqual({ row: 't:c', col: 2 });
  });

  test('from anywhere, by any key, ends on a row that is there', () => {
    const keys = GRID.map((one) => one.key);
    const jumps: Jump[] = ['home', 'end', 'first', 'last', 'waveUp', 'waveDown'];
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.array(fc.constantFrom(...jumps), { maxLength: 20 }),
        (start, pressed) => {
          let at: { row: RowKey; col: number } = { row: start, col: 0 };
          for (const to of pressed) at = jumped(GRID, at, 4, to) ?? at;
          expect(keys).toContain(at.row);
          expect(at.col).toBeGreaterThanOrEqual(0);
          expect(at.col).toBeLessThanOrEqual(4);
        },
      ),
    );
  });

  test('in an empty grid leads nowhere', () => {
    expect(jumped([], { row: 't:a', col: 0 }, 4, 'first')).toBeNull();
  });
});
