// What the plan pane draws out of main's view: cells, bars, the one panel at the bottom, and what may be overridden.
import { expect, test } from 'vitest';
import { handOf } from '../../../renderer/views/room/plan/hand.ts';
import {
  type Bake,
  bakeSegments,
  cellWord,
  chart,
  numberIn,
  offeredHolds,
  openFindings,
  panelOf,
  progress,
  shortHeads,
  shortName,
  stepOf,
  targetShows,
  watchedAt,
} from '../../../renderer/views/room/plan/model.ts';
import { firstCell, rows } from '../../../renderer/views/room/plan/rows.ts';
import { planView as planViewSchema } from '../../../shared/contract/plan.ts';
import { planView } from '../../e2e/harness-ui/plan.ts';

const MINUTE = 60_000;
const start = Date.parse('2026-10-20T09:00:00.000Z');
const iso = (minutes: number): string => new Date(start + minutes * MINUTE).toISOString();
const bake = (change: Partial<Bake> = {}): Bake => ({
  neededMs: 10 * MINUTE,
  watchedMs: 0,
  gaps: [],
  startedAt: iso(0),
  endsAt: iso(10),
  endedAt: null,
  endedBy: null,
  ...change,
});

test('every picture of the stand-in is valid by the contract', () => {
  for (const picture of [
    'open',
    'half',
    'silent',
    'gate',
    'revert',
    'draft',
    'running',
    'no-revert',
  ] as const)
    expect(planViewSchema.safeParse(planView(picture)).error).toBeUndefined();
});

test('a gap is hatched where it was and the bar is longer by it', () => {
  const gaps = [{ from: iso(2), to: iso(4), cause: 'asleep' as const }];
  const half = bakeSegments(bake({ gaps }), start + 7 * MINUTE);
  expect(half.map((one) => [one.kind, Math.round(one.from), Math.round(one.width)])).toEqual([
    ['run', 0, 17],
    ['gap', 17, 17],
    ['run', 33, 25],
  ]);
  const full = bakeSegments(bake({ gaps, endedAt: iso(12), endedBy: 'full', endsAt: null }), start);
  expect(full.reduce((sum, one) => sum + one.width, 0)).toBeCloseTo(100);
});

test('a bake that a trip ended is drawn as what was watched, with a mark', () => {
  const ended = bake({ watchedMs: 4 * MINUTE, endedAt: iso(4), endedBy: 'trip', endsAt: null });
  expect(bakeSegments(ended, start + 20 * MINUTE)).toEqual([
    { kind: 'was', from: 0, width: 40 },
    { kind: 'trip', from: 40, width: 0 },
  ]);
  expect(watchedAt(ended, start, start + 20 * MINUTE)).toBe(4 * MINUTE);
});

test('a running bake counts on between two answers and never past its need', () => {
  const one = bake({ watchedMs: 9 * MINUTE });
  expect(watchedAt(one, start, start + 30_000)).toBe(9.5 * MINUTE);
  expect(watchedAt(one, start, start + 60 * MINUTE)).toBe(10 * MINUTE);
  // One that stands still (silent) does not count on.
  expect(watchedAt({ ...one, endsAt: null }, start, start + 60 * MINUTE)).toBe(9 * MINUTE);
});

test('steps keep their marks when the breaker opens; gated ones of a waiting wave are locked, prepare steps are not', () => {
  const view = planView('open');
  const tripped = view.targets.find((one) => one.id === 'aws/eu-west-1')!;
  expect(cellWord(tripped, stepOf(tripped, 'each', 3))).toBe('done');
  expect(targetShows(tripped).what).toBe('worse');
  const waiting = view.targets.find((one) => one.id === 'aws/us-east-1')!;
  expect(cellWord(waiting, stepOf(waiting, 'each', 1))).toBe('locked');
  expect(cellWord(waiting, stepOf(waiting, 'prepare', 2))).toBe('doing');
  expect(progress(view)).toEqual({ done: 25, all: 35 });
});

test('one panel at the bottom: a revert before the breaker, the breaker before a gate, none before the start', () => {
  expect(panelOf(planView('revert'))).toMatchObject({ kind: 'revert', target: { id: 'aws/eu-west-1' } });
  expect(panelOf(planView('silent'))?.kind).toBe('breaker');
  expect(panelOf(planView('gate'))).toMatchObject({ kind: 'gate', wave: { name: 'wave 1' } });
  expect(panelOf(planView('running'))).toBeNull();
  expect(panelOf(planView('draft'))).toBeNull();
});

test('what may be overridden names holds, never refusals that are none', () => {
  const view = planView('open');
  const offered = offeredHolds(view, { wave: null, target: null });
  expect(offered.map((one) => one.code)).toEqual(['breaker-open', 'cool']);
  const target = view.targets.find((one) => one.id === 'aws/us-east-1')!;
  expect(offeredHolds(view, { wave: null, target }).map((one) => one.code)).toContain(
    'wave-before-not-passed',
  );
  const odd = {
    ...target,
    startForbids: [{ rule: '11', code: 'plan-not-running', text: 'The plan is paused.' }],
  };
  expect(offeredHolds(view, { wave: null, target: odd }).map((one) => one.code)).not.toContain(
    'plan-not-running',
  );
});

test('the chosen cell says which step is meant; on a reverting target, its revert step', () => {
  const view = planView('open');
  expect(firstCell(view)).toEqual({ row: 't:aws/us-east-1', col: 2 });
  expect(handOf(view, { row: 't:aws/us-east-1', col: 2 }).step).toMatchObject({
    section: 'prepare',
    number: 2,
  });
  expect(handOf(view, { row: 't:aws/us-east-1', col: 0 })).toMatchObject({
    exact: false,
    step: { section: 'each', number: 1 },
  });
  expect(handOf(view, { row: 'w:wave 2', col: 3 })).toMatchObject({ target: null, wave: { name: 'wave 2' } });
  expect(handOf(planView('revert'), { row: 't:aws/eu-west-1', col: 1 }).step).toMatchObject({
    section: 'revert',
    number: 2,
  });
});

test('rows, names, charts and counts', () => {
  const view = planView('open');
  expect(rows(view, (wave) => wave.name === 'canary').length).toBe(3 + 6);
  expect(shortName('aws/us-east-1', view.targets)).toBe('us-east-1');
  expect(shortName('aws/us-east-1', [{ id: 'aws/us-east-1' }, { id: 'other/us-east-1' }])).toBe(
    'aws/us-east-1',
  );
  expect(numberIn('> 1200 ms')).toBe(1200);
  expect(numberIn('worse')).toBeNull();
  expect(chart([{ at: iso(0), value: 1 }], 5)).toBeNull();
  const drawn = chart(
    [
      { at: iso(0), value: 0 },
      { at: iso(1), value: 10 },
    ],
    5,
  )!;
  expect(drawn.path.startsWith('M0 21')).toBe(true);
  expect(drawn.limit).toBeGreaterThan(10);
  expect(openFindings(planView('draft'))).toEqual({ findings: 2, questions: 1 });
});

test('heads of columns are a title that fits, else its first word and what tells it from another', () => {
  expect(shortHeads(['Freeze', 'Snapshot', 'Roll back', 'Verify'])).toEqual([
    'Freeze',
    'Snapshot',
    'Roll back',
    'Verify',
  ]);
  expect(
    shortHeads([
      'Freeze deployments',
      'Check that 4.17.3 is in the registry of the region',
      'Shift traffic away',
      'Roll back',
      'Shift traffic back and look at the first hundred checkouts',
    ]),
  ).toEqual(['Freeze', 'Check', 'Shift away', 'Roll back', 'Shift back']);
  expect(shortHeads(['Put 4.18.0 back', 'Verify, then say so'])).toEqual(['Put 4.18.0', 'Verify']);
  // Nothing tells them apart: they stay whole.
  expect(shortHeads(['Ask the owner', 'Ask the owner'])).toEqual(['Ask the owner', 'Ask the owner']);
});
