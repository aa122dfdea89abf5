// The hybrid clock never goes back and never refuses, whatever the wall and the others say.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aheadOf,
  formatHlc,
  HLC_ZERO,
  isHlc,
  mergeHlc,
  parseHlc,
  tickHlc,
} from '../../../shared/journal/hlc.ts';

const ms = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const parts = fc.record({ ms, counter: fc.integer({ min: 0, max: 0xffff }) });

describe('hybrid logical clock', () => {
  test('texts of fixed width that sort as times do', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(parseHlc(formatHlc(a))).toEqual(a);
        expect(formatHlc(a)).toHaveLength(16);
        const byParts = a.ms - b.ms || a.counter - b.counter;
        const byText = formatHlc(a) < formatHlc(b) ? -1 : formatHlc(a) > formatHlc(b) ? 1 : 0;
        expect(byText).toBe(Math.sign(byParts));
      }),
    );
  });

  test('a tick is always later, and never behind the wall', () => {
    fc.assert(
      fc.property(
        parts.filter((p) => p.ms < 2 ** 48 - 1),
        ms,
        (last, wall) => {
          const next = tickHlc(formatHlc(last), wall);
          expect(next > formatHlc(last)).toBe(true);
          expect(parseHlc(next).ms).toBeGreaterThanOrEqual(wall);
        },
      ),
    );
  });

  test('the counter carries into the milliseconds', () => {
    expect(tickHlc('000000000001ffff', 0)).toBe('0000000000020000');
    expect(tickHlc('0000000000ffffff', 0)).toBe('0000000001000000');
  });

  test('a clock three days back only counts', () => {
    const now = Date.parse('2026-10-20T07:48:20.000Z');
    const last = tickHlc(HLC_ZERO, now);
    const back = tickHlc(last, now - 3 * 86_400_000);
    expect(parseHlc(back)).toEqual({ ms: now, counter: 1 });
  });

  test('what no clock can say neither throws nor goes back', () => {
    for (const wall of [Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 60]) {
      expect(isHlc(tickHlc('0000000000010000', wall))).toBe(true);
      expect(tickHlc('0000000000010000', wall) > '0000000000010000').toBe(true);
    }
    expect(tickHlc('ffffffffffffffff', 5)).toBe('ffffffffffffffff');
    expect(tickHlc('garbage', 16)).toBe('0000000000100000');
  });

  test('merging is the larger one, in any order, and takes garbage for nothing', () => {
    fc.assert(
      fc.property(parts, parts, parts, (a, b, c) => {
        const [x, y, z] = [formatHlc(a), formatHlc(b), formatHlc(c)];
        expect(mergeHlc(x, y)).toBe(mergeHlc(y, x));
        expect(mergeHlc(mergeHlc(x, y), z)).toBe(mergeHlc(x, mergeHlc(y, z)));
        expect(mergeHlc(x, y) >= x && mergeHlc(x, y) >= y).toBe(true);
      }),
    );
    expect(mergeHlc('0000000000010000', 'zzzz')).toBe('0000000000010000');
  });

  test('how far a reading lies ahead of the wall, and behind it', () => {
    const now = Date.parse('2026-10-20T07:48:20.000Z');
    expect(aheadOf(tickHlc(HLC_ZERO, now + 5 * 60_000), now)).toBe(5 * 60_000);
    expect(aheadOf(tickHlc(HLC_ZERO, now - 1000), now)).toBe(-1000);
  });
});
