// The keys of what machines write: the same fact told by two of them has one key, two facts never do. Under a key that is known an
// entry counts as a confirmation, and neither the timeline nor a report shows it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action } from '../../../shared/rollback/action.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import { createStage } from '../../../shared/rollback/stage.ts';

const TEXT = `---
change: { system: c, from: 2, to: 1, schema: reversible }
waves:
  - { name: a, targets: [x/1, x/3], bake: 10m }
  - { name: b, targets: [x/2], bake: 10m }
breaker: { trip: [ { probe: web, errors: "> 5%" } ], stale: 3m, cool: 2m }
---
## Each target
1. Deploy
2. Check
## Revert a target
1. Back
`;
const MINUTE = 60_000;
const TARGETS = ['x/1', 'x/2', 'x/3'];
type Deed = Readonly<Record<string, unknown>>;

function night(deeds: readonly { deed: Deed; minutes: number; bad: string | null }[]) {
  const stage = createStage(parsePlan(TEXT).plan!, ['a'], 0, {});
  let now = 0;
  let bad: string | null = null;
  const perform = (deed: Deed): void => {
    stage.perform('a', { by: 'Marta', reason: 'r', ...deed } as Action);
    stage.settle();
  };
  const pass = (minutes: number): void => {
    for (let i = 0; i < minutes; i++) {
      now += MINUTE;
      stage.passTo(now);
      for (const target of TARGETS)
        stage.hear({
          type: 'probe',
          name: 'web',
          target,
          errors: target === bad ? 30 : 0,
          tries: 20,
        } as never);
      stage.settle();
    }
  };
  pass(1);
  perform({ do: 'accept-findings' });
  perform({ do: 'start-plan' });
  for (const one of deeds) {
    perform(one.deed);
    bad = one.bad;
    pass(one.minutes);
  }
  return stage.machines[0]!.entries;
}

const twice = (deeds: Parameters<typeof night>[0]): string[] => {
  const keys = night(deeds).flatMap((entry) => entry.key ?? []);
  return keys.filter((key, i) => keys.indexOf(key) !== i);
};
const then = (minutes: number, deed: Deed) => ({ deed, minutes, bad: null });

test('done, passed or reverted once more is another fact', () => {
  const finish = { do: 'finish-target', target: 'x/1', sure: true };
  const undo = { do: 'step', target: 'x/1', section: 'each', step: 2, to: 'undone' };
  const revert = [
    then(0, { do: 'revert', target: 'x/1' }),
    then(0, { do: 'finish-revert', target: 'x/1' }),
    then(1, { do: 'skip-target', target: 'x/1' }),
  ];
  const deeds = [
    then(0, finish),
    then(12, { do: 'finish-target', target: 'x/3', sure: true }),
    then(1, undo),
    then(12, finish),
    ...revert,
    ...revert,
  ];
  const kinds = night(deeds).map((entry) => entry.kind);
  const count = (kind: string): number => kinds.filter((one) => one === kind).length;
  expect([count('target-done'), count('gate-passed'), count('target-reverted')]).toEqual([3, 2, 2]);
  expect(twice(deeds)).toEqual([]);
});

test('no machine writes two facts under one key, whatever people do; 300 nights', () => {
  const target = fc.constantFrom(...TARGETS);
  const wave = fc.constantFrom('a', 'b');
  const deed = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('finish-target'), target, sure: fc.constant(true) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('step'),
        target,
        section: fc.constant('each'),
        step: fc.constantFrom(1, 2),
        to: fc.constantFrom('done', 'undone', 'failed', 'skipped'),
      }),
    },
    fc.record({
      do: fc.constantFrom('skip-target', 'revert', 'finish-revert', 'retry', 'pull-forward'),
      target,
    }),
    fc.record({ do: fc.constantFrom('start-wave', 'pass-gate'), wave }),
    fc.record({
      do: fc.constant('breaker'),
      choose: fc.constantFrom('try-one', 'look-again', 'accept'),
      target,
    }),
    fc.record({
      do: fc.constant('override'),
      hold: fc.constantFrom('target-failed', 'target-reverted', 'cool', 'breaker-open', 'bake-not-full'),
      target,
    }),
    fc.record({ do: fc.constantFrom('pause', 'resume') }),
  );
  const deeds = fc.array(
    fc.record({
      deed,
      minutes: fc.constantFrom(0, 1, 3, 12),
      bad: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, target),
    }),
    { minLength: 10, maxLength: 40, size: 'max' },
  );
  fc.assert(
    fc.property(deeds, (some) => {
      expect(twice(some)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
