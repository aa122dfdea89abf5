import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apart, overlap, type Said, type Span, uptimeOf } from '../../../shared/health/past.ts';
import { STATES } from '../../../shared/health/types.ts';
import { isBroken } from '../../../shared/health/worst.ts';

const H = 3_600_000;
const all: Span[] = [{ from: 0, until: 100 * H }];
const said = (at: number, state: Said['state']): Said => ({ at: at * H, state, broken: isBroken(state) });

describe('uptime', () => {
  it('is the share of the watched time that was not broken', () => {
    const list = [said(0, 'operational'), said(10, 'major-outage'), said(12, 'operational')];
    expect(uptimeOf(list, all, 0, 20 * H)).toEqual({
      watchedMs: 20 * H,
      notWatchedMs: 0,
      brokenMs: 2 * H,
      uptime: 0.9,
      worst: 'major-outage',
      incidents: 1,
    });
  });
  it('a time that was watched twice, because the clock was set back, counts once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(10)), { maxLength: 12 }), (list) => {
        const spans = list.map(([from, length]): Span => ({ from, until: from + length }));
        const hours = Array.from({ length: 60 }, (_, hour) => hour);
        const inAny = hours.filter((hour) => spans.some((one) => one.from <= hour && hour < one.until));
        const merged = apart(spans);
        expect(overlap(merged, 0, 60)).toBe(inAny.length);
        for (const [index, one] of merged.entries())
          if (index > 0) expect(one.from).toBeGreaterThan(merged[index - 1]!.until);
      }),
    );
  });
  it('time that nobody watched, and time in which nothing was heard, is neither up nor down', () => {
    const list = [said(0, 'operational'), said(5, 'unknown'), said(6, 'operational')];
    const watched = [
      { from: 0, until: 4 * H },
      { from: 5 * H, until: 10 * H },
    ];
    expect(uptimeOf(list, watched, 0, 10 * H)).toMatchObject({
      watchedMs: 8 * H,
      notWatchedMs: 2 * H,
      uptime: 1,
    });
    expect(uptimeOf(list, [], 0, 10 * H)).toMatchObject({ uptime: null, notWatchedMs: 10 * H, worst: null });
  });
  it('an outage that falls silent and goes on is one incident; one that was there before the window counts', () => {
    const list = [
      said(0, 'degraded'),
      said(3, 'unknown'),
      said(4, 'degraded'),
      said(5, 'operational'),
      said(6, 'degraded'),
    ];
    expect(uptimeOf(list, all, 0, 8 * H).incidents).toBe(2);
    expect(uptimeOf([said(0, 'degraded')], all, 5 * H, 8 * H)).toMatchObject({
      incidents: 1,
      uptime: 0,
      brokenMs: 3 * H,
    });
  });
  it('never says more than the time there is', () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        times,
        fc.array(fc.constantFrom(...STATES), { minLength: 12, maxLength: 12 }),
        times,
        (at, states, cuts) => {
          const list = [...at].sort((a, b) => a - b).map((t, i) => said(t, states[i]!));
          const edges = [...new Set(cuts)].sort((a, b) => a - b);
          const watched: Span[] = [];
          for (let i = 0; i + 1 < edges.length; i += 2)
            watched.push({ from: edges[i]! * H, until: edges[i + 1]! * H });
          const found = uptimeOf(list, watched, 10 * H, 40 * H);
          expect(found.watchedMs + found.notWatchedMs).toBe(30 * H);
          expect(found.brokenMs).toBeLessThanOrEqual(found.watchedMs);
          expect(found.watchedMs).toBeLessThanOrEqual(overlap(watched, 10 * H, 40 * H));
          if (found.uptime !== null) expect(found.uptime >= 0 && found.uptime <= 1).toBe(true);
        },
      ),
    );
  });
});
