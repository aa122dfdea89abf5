// A plan being made: moving, splitting and taking out targets never loses or doubles one; what is saved is what the contract takes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addTargets,
  emptyDraft,
  missing,
  moveTarget,
  removeTarget,
  splitWave,
  targetsOf,
  toMade,
} from '../../../renderer/views/plan/draft.ts';
import { madePlan } from '../../../shared/contract/plan.ts';

const filled = () => ({
  ...addTargets(emptyDraft(), ['aws/us-east-1', 'aws/us-west-2', 'gcp/europe-west1']),
  system: 'edge-config',
  from: 'r418',
  to: 'r417',
});

test('a target that is there already is not added twice', () => {
  const once = addTargets(emptyDraft(), ['aws/us-east-1', 'aws/us-east-1', ' ']);
  expect(targetsOf(addTargets(once, ['aws/us-east-1', 'aws/us-west-2']))).toEqual([
    'aws/us-east-1',
    'aws/us-west-2',
  ]);
});

test('moving over the edge of a wave goes into the neighbouring one, and no further than the last', () => {
  const two = splitWave(filled(), 0);
  expect(two.waves.map((wave) => wave.targets)).toEqual([
    ['aws/us-east-1', 'aws/us-west-2'],
    ['gcp/europe-west1'],
  ]);
  const over = moveTarget(two, 'aws/us-west-2', 1);
  expect(over.waves.map((wave) => wave.targets)).toEqual([
    ['aws/us-east-1'],
    ['aws/us-west-2', 'gcp/europe-west1'],
  ]);
  expect(moveTarget(over, 'gcp/europe-west1', 1)).toEqual(over);
  expect(moveTarget(over, 'aws/us-east-1', -1)).toEqual(over);
});

test('whatever is moved and split, the same targets stand there once each', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.tuple(fc.constant('move'), fc.nat(5), fc.constantFrom(-1 as const, 1 as const)),
          fc.tuple(fc.constant('split'), fc.nat(5), fc.constant(1 as const)),
        ),
        { maxLength: 40 },
      ),
      (acts) => {
        const names = ['a/1', 'a/2', 'b/1', 'b/2', 'c/1', 'c/2'];
        let draft = addTargets(emptyDraft(), names);
        for (const [what, n, by] of acts)
          draft = what === 'split' ? splitWave(draft, n) : moveTarget(draft, names[n] ?? '', by);
        expect([...targetsOf(draft)].sort()).toEqual(names);
        expect(new Set(draft.waves.map((wave) => wave.name)).size).toBe(draft.waves.length);
      },
    ),
    { numRuns: 300 },
  );
});

test('what is missing is said as sentences, and nothing when it is whole', () => {
  expect(missing(emptyDraft())).toEqual([
    'System is empty.',
    'Version to go to is empty.',
    'No target is chosen.',
  ]);
  expect(missing(filled())).toEqual([]);
  expect(missing({ ...filled(), deployedAt: 'yesterday' })[0]).toMatch('Deployed at');
  const bad = filled();
  expect(missing({ ...bad, waves: bad.waves.map((wave) => ({ ...wave, bake: 'ten' })) })).toEqual([
    'Bake of canary is not a time like 10m or 1h30m.',
  ]);
});

test('what is saved is valid by the contract, with rules only where their fields are filled', () => {
  const bare = madePlan.parse(toMade(filled()));
  expect(bare.breaker?.trip).toEqual([{ health: 'worse-than-baseline' }]);
  expect(bare.success).toBeUndefined();
  expect(bare.title).toBe('Roll edge-config back to r417');
  const whole = madePlan.parse(
    toMade({ ...filled(), probe: 'checkout', tries: '100', deployedAt: '2026-10-19T22:44Z' }),
  );
  expect(whole.breaker?.trip).toContainEqual({ probe: 'checkout', errors: '> 5%', for: '3m' });
  expect(whole.data).toEqual({ probe: 'checkout', tries: '>= 100' });
  expect(whole.change.deployedAt).toBe('2026-10-19T22:44:00.000Z');
});

test('taking one out leaves the others in their places', () => {
  expect(targetsOf(removeTarget(filled(), 'aws/us-west-2'))).toEqual(['aws/us-east-1', 'gcp/europe-west1']);
});
