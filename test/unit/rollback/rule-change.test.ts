// A breaker's rule changed in a running plan: read with the plan's own parsers, what is wrong has a column, what loosens says so.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holds, parseMillis, parseOf, parsePercent } from '../../../shared/rollback/limit.ts';
import { changeRule, type LimitRule } from '../../../shared/rollback/rule-change.ts';

const errors: LimitRule = {
  id: '2',
  text: 'checkout errors > 5% for 3m',
  type: 'errors',
  probe: 'checkout',
  limit: parsePercent('> 5%')!,
  margin: 5,
  min: 10,
  for: 180_000,
};
const p95: LimitRule = { ...errors, type: 'p95', limit: parseMillis('> 1200 ms')!, margin: null };
const failed: LimitRule = { ...errors, type: 'failed', limit: parseOf('> 3 of 10')!, margin: null };

const read = (rule: LimitRule, change: Parameters<typeof changeRule>[1]) => {
  const got = changeRule(rule, change);
  return got.ok ? { text: got.rule.text, loosens: got.loosens } : [got.problem.field, got.problem.column];
};

describe('a limit', () => {
  test('reads as the front matter would, and the rule is named anew', () => {
    expect(read(errors, { limit: '> 8%' })).toEqual({ text: 'checkout errors > 8% for 3m', loosens: true });
    expect(read(errors, { limit: '> 3 %', for: '' })).toEqual({
      text: 'checkout errors > 3 %',
      loosens: false,
    });
    expect(read(errors, { for: '10m' })).toEqual({ text: 'checkout errors > 5% for 10m', loosens: true });
    expect(read(errors, { margin: '2' })).toMatchObject({ loosens: false });
    expect(read(errors, { margin: '' })).toMatchObject({ loosens: false });
    expect(read(errors, { margin: '9.5' })).toMatchObject({ loosens: true });
    expect(read(errors, { limit: '>= 5%' })).toMatchObject({ loosens: false });
    expect(read(p95, { limit: '> 2 s' })).toMatchObject({ text: 'checkout p95 > 2 s for 3m', loosens: true });
    expect(read(failed, { limit: '> 2 of 10' })).toMatchObject({ loosens: false });
    expect(read(failed, { limit: '> 3 of 20' })).toMatchObject({ loosens: true });
  });

  test.each([
    [errors, { limit: '' }, 'limit', 1],
    [errors, { limit: 'five' }, 'limit', 1],
    [errors, { limit: '> five %' }, 'limit', 3],
    [errors, { limit: '> 5 ms' }, 'limit', 5],
    [p95, { limit: '> 1200 %' }, 'limit', 8],
    [failed, { limit: '> 3 or 10' }, 'limit', 5],
    [failed, { limit: '> 30 of 10' }, 'limit', 9],
    [failed, { limit: '< 3 of 10' }, 'limit', 1],
    [errors, { limit: ' < 5%' }, 'limit', 2],
    [errors, { limit: '> 100%' }, 'limit', 3],
    [failed, { limit: '> 10 of 10' }, 'limit', 3],
    [errors, { margin: '5 points' }, 'margin', 3],
    [errors, { for: '3 fortnights' }, 'for', 1],
    [errors, { for: '3m or so' }, 'for', 4],
  ] as const)('that cannot be read says its column: %#', (rule, change, field, column) => {
    expect(read(rule, change)).toEqual([field, column]);
  });

  test('what does not loosen trips whatever tripped before; 500 runs', () => {
    const limit = fc
      .tuple(fc.constantFrom('>', '>='), fc.integer({ min: 0, max: 60 }))
      .map(([op, n]) => `${op} ${n}%`);
    const margin = fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined });
    fc.assert(
      fc.property(limit, limit, margin, margin, fc.nat(100), fc.nat(100), (a, b, m1, m2, value, base) => {
        const old = { ...errors, limit: parsePercent(a)!, margin: m1 ?? null } as LimitRule;
        const got = changeRule(old, { limit: b, margin: m2 === undefined ? '' : String(m2) });
        if (!got.ok) throw new Error(JSON.stringify(got.problem));
        const trips = (rule: LimitRule): boolean =>
          holds(rule.limit, value) && value - base >= (rule.margin ?? 5);
        if (!got.loosens && trips(old)) expect(trips(got.rule)).toBe(true);
        // Changed back it is the rule that it was, and one of the two ways loosens unless nothing is different.
        const back = changeRule(got.rule, { limit: a, margin: m1 === undefined ? '' : String(m1) });
        expect(back.ok && { ...back.rule, text: '' }).toEqual({ ...old, text: '' });
      }),
      { numRuns: 500 },
    );
  });

  test('any text is read or has a column inside it; 1000 runs', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.constantFrom(errors, p95, failed), (text, rule) => {
        for (const change of [{ limit: text }, { margin: text }, { for: text }]) {
          const got = changeRule(rule, change);
          if (got.ok) continue;
          expect(got.problem.column).toBeGreaterThanOrEqual(1);
          expect(got.problem.column).toBeLessThanOrEqual(text.length + 1);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
