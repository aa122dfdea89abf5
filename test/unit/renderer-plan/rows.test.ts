// Rows of the matrix with the plan's own steps, the difference of two texts, and what a change works out before it is sent.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { doneAlready, moved, ruleDraft, tryRule } from '../../../renderer/views/room/plan/change-rules.ts';
import { lineDiff } from '../../../renderer/views/room/plan/diff.ts';
import { handOf } from '../../../renderer/views/room/plan/hand.ts';
import { allOwn, leftSaid, ownKey, questionsOf, rows } from '../../../renderer/views/room/plan/rows.ts';
import { planView as planViewSchema } from '../../../shared/contract/plan.ts';
import { planView, withOwnSteps } from '../../e2e/harness-ui/plan.ts';

const view = withOwnSteps(planView('open'));
const keys = (...more: Parameters<typeof rows>): string[] => rows(...more).map((row) => row.key);
const passed = (wave: { gate: { state: string } }): boolean => wave.gate.state === 'passed';

describe('rows', () => {
  test('the stand-in keeps the contract', () => {
    expect(planViewSchema.safeParse(view).error).toBeUndefined();
  });

  test('own steps stand where they belong; of a folded wave only what is left', () => {
    const list = keys(view, passed);
    expect(list.slice(0, 5)).toEqual([
      'h:before',
      ownKey('before', null, 1),
      ownKey('before', null, 2),
      'w:canary',
      ownKey('after', 'canary', 2),
    ]);
    expect(list).toContain(ownKey('after', 'wave 1', 1));
    expect(list).not.toContain(ownKey('after', 'wave 2', 1));
    expect(list.at(-1)).toBe('h:finally');
    expect(keys(view, passed, ['h:finally', 'h:before'])).toEqual([
      'h:before',
      ...list.slice(3),
      ownKey('finally', null, 1),
      ownKey('finally', null, 2),
    ]);
  });

  test('Finally opens by itself once every wave is through, and what was just ticked stays under the hand', () => {
    const through = {
      ...view,
      waves: view.waves.map((one) => ({ ...one, gate: { ...one.gate, state: 'passed' as const } })),
    };
    expect(keys(through, passed)).toContain(ownKey('finally', null, 2));
    const all = {
      ...view,
      before: { ...view.before, steps: view.before.steps.map((one) => ({ ...one, state: 'done' as const })) },
    };
    expect(keys(all, passed)).not.toContain(ownKey('before', null, 2));
    expect(keys(all, passed, [], ownKey('before', null, 2))).toContain(ownKey('before', null, 2));
  });

  test('every key is one of its own, and the hand finds every own step by it', () => {
    const list = keys(view, () => false, ['h:finally']);
    expect(new Set(list).size).toBe(list.length);
    for (const own of allOwn(view)) {
      const hand = handOf(view, { row: ownKey(own.section, own.wave, own.step.number), col: 3 });
      expect(hand.own).toEqual(own);
      expect(hand.target).toBeNull();
    }
    expect(handOf(view, { row: 'h:before', col: 0 })).toMatchObject({ own: null, target: null, wave: null });
  });

  test('what is asked and what is left are told apart', () => {
    const both = { ...view, asks: ['2 targets were reverted. Pause the plan?', ...view.asks] };
    expect(questionsOf(both)).toEqual(['2 targets were reverted. Pause the plan?']);
    expect(leftSaid(both)).toEqual(view.asks);
  });
});

describe('a difference', () => {
  test('any two texts: out and same give the old, in and same the new; 300 runs', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '', '  d'), { maxLength: 8 })
      .map((list) => list.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = lineDiff(before, after);
        const of = (kind: 'out' | 'in'): string =>
          diff
            .filter((line) => line.kind !== (kind === 'out' ? 'in' : 'out'))
            .map((line) => line.text)
            .join('\n');
        expect(of('out')).toBe(before);
        expect(of('in')).toBe(after);
        if (before === after) expect(diff.every((line) => line.kind === 'same')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
  test('a long text is shown whole', () => {
    const long = Array.from({ length: 500 }, (_, i) => String(i)).join('\n');
    expect(lineDiff(long, `${long}\nx`)).toHaveLength(1001);
  });
});

describe('a change', () => {
  test('of a rule is worked out as main will', () => {
    const rule = view.rules[1]!;
    expect(ruleDraft(rule)).toEqual({ limit: '> 5%', margin: '5', for: '3m' });
    expect(tryRule(rule, { limit: '> 8%', margin: '5', for: '3m' })).toMatchObject({
      ok: true,
      loosens: true,
    });
    expect(tryRule(rule, { limit: '8', margin: '5', for: '3m' })).toMatchObject({
      ok: false,
      problem: { field: 'limit', column: 1 },
    });
    expect(tryRule(view.rules[0]!, { limit: '> 8%', margin: '', for: '' })).toBeNull();
  });
  test('of a step names who has done it; of an order keeps every wave', () => {
    expect(doneAlready(view, 'each', 3)).toEqual([
      'aws/ca-central-1',
      'aws/us-west-2',
      'aws/eu-central-1',
      'aws/eu-west-1',
    ]);
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
  });
});
