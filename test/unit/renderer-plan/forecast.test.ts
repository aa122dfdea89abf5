// If nothing holds: what the steps are expected to take, the pace, the bakes.
import { expect, test } from 'vitest';
import { type Draft, emptyDraft } from '../../../renderer/views/plan/draft.ts';
import { forecast, marks } from '../../../renderer/views/plan/forecast.ts';

const MINUTE = 60_000;
const BODY = `# Roll back

## Prepare each target

1. Freeze {expect: 30m}

## Each target

1. Drain {danger, expect: 4m}

   ### A note
2. Roll back {expect: 6m}
3. Look

## Revert a target

1. Put it back {expect: 20m}
`;
const draft = (change: Partial<Draft>): Draft => ({
  ...emptyDraft(),
  body: BODY,
  atOnce: '2',
  apart: '3m',
  waves: [
    { name: 'canary', targets: ['a'], bake: '10m', gate: 'health' },
    { name: 'wave 1', targets: ['b', 'c', 'd'], bake: '15m', gate: 'health' },
    { name: 'empty', targets: [], bake: '15m', gate: 'health' },
  ],
  ...change,
});

test('work goes by the pace, a bake follows it, and the next wave begins after the bake', () => {
  const found = forecast(draft({}))!;
  expect(found.waves).toEqual([
    { name: 'canary', from: 0, worked: 10 * MINUTE, baked: 10 * MINUTE },
    // b at 0, c at 3, d when b is done at 10: 20 minutes.
    { name: 'wave 1', from: 20 * MINUTE, worked: 20 * MINUTE, baked: 15 * MINUTE },
  ]);
  expect(found.end).toBe(55 * MINUTE);
  expect(found.untold).toBe(1);
});

test('without a pace all targets of a wave are worked at once; the steps of every rollback have times', () => {
  const found = forecast(draft({ atOnce: '', body: '' }))!;
  expect(found.waves.map((one) => one.worked)).toEqual([23 * MINUTE, 23 * MINUTE]);
  expect(found.untold).toBe(0);
});

test('nothing is drawn of nothing, or of a bake that is no time', () => {
  expect(forecast(draft({ waves: [] }))).toBeNull();
  expect(
    forecast(draft({ waves: [{ name: 'canary', targets: ['a'], bake: 'soon', gate: 'health' }] })),
  ).toBeNull();
});

test('marks of the axis stand on round distances, five at most beside the first', () => {
  expect(marks(55 * MINUTE).map((ms) => ms / MINUTE)).toEqual([0, 15, 30, 45]);
  expect(marks(400 * MINUTE).length).toBeLessThanOrEqual(6);
});
