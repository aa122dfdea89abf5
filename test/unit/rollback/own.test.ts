// The plan's own steps: Before, After each wave, Finally. They hold nothing, and what is not done is said.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { act } from '../../../shared/rollback/act.ts';
import type { Action } from '../../../shared/rollback/action.ts';
import type { FoldEntry } from '../../../shared/rollback/entry.ts';
import { foldEntries } from '../../../shared/rollback/fold.ts';
import { ownAsks, ownList } from '../../../shared/rollback/own.ts';
import { createBook } from '../../../shared/rollback/readings.ts';
import type { PlanState } from '../../../shared/rollback/state.ts';
import { events, holdCodes, night, planOf, planText, refused, run } from './nights.ts';

const OWN = `${planText()}
## After each wave

1. Say what it showed
2. Look at the budget {two-person}

## Finally

1. Undo the freezes {danger}
`;

const BASE = Date.UTC(2026, 0, 1);

/** A journal of one plan, written on two machines; `at` in seconds orders it. */
function entry(n: number, kind: string, body: object, device = 'a'): FoldEntry {
  const at = new Date(BASE + n * 1000).toISOString();
  return {
    id: `${device}-${n}`,
    incident: 'i',
    kind,
    v: 1,
    key: null,
    body: { plan: 'p', by: device === 'a' ? 'Marta' : 'Tom', ...body },
    actor: device,
    device,
    seq: n,
    hlc: `${(BASE + n * 1000).toString(16).padStart(12, '0')}0000`,
    occurredAt: at,
    recordedAt: at,
  };
}
const created = entry(0, 'plan-created', { definition: planOf(OWN) as never });
const started = entry(1, 'plan-started', {});
const waveStarted = entry(2, 'wave-started', { wave: 'canary' });

/** The canary is through: its target skipped, its gate passed. */
const passed = [
  entry(3, 'target-skipped', { target: 'aws/us-west-2', reason: 'drained' }),
  entry(4, 'gate-passed', { wave: 'canary', n: 1 }),
];

const state = (...entries: FoldEntry[]): PlanState => {
  const folded = foldEntries([created, ...entries]);
  if (!folded) throw new Error('no plan');
  return folded;
};
const answer = (now: PlanState, action: Omit<Extract<Action, { do: 'plan-step' }>, 'do' | 'by'>) =>
  act(
    {
      state: now,
      book: createBook(),
      here: { now: BASE + 100_000, device: 'a', peers: [] },
      facts: {},
    },
    { by: 'Marta', do: 'plan-step', ...action },
  );
const codes = (got: ReturnType<typeof answer>): string[] => got.why.map((one) => one.code);

describe('a report on a step of the plan itself', () => {
  test('Before from the draft on, After once its wave has begun, Finally once the plan runs', () => {
    expect(codes(answer(state(), { section: 'before', step: 1, to: 'done' }))).toEqual([]);
    expect(codes(answer(state(), { section: 'finally', step: 1, to: 'done' }))).toEqual(['plan-not-running']);
    expect(codes(answer(state(started), { section: 'finally', step: 1, to: 'done' }))).toEqual([]);
    const after = { section: 'after', wave: 'canary', step: 1, to: 'done' } as const;
    expect(codes(answer(state(started), after))).toEqual(['not-pending']);
    expect(codes(answer(state(started, waveStarted), after))).toEqual([]);
    expect(codes(answer(state(started), { ...after, wave: 'none' }))).toEqual(['not-pending']);
    expect(codes(answer(state(started), { section: 'before', step: 7, to: 'done' }))).toEqual([
      'not-pending',
    ]);
    expect(codes(answer(state(started), { section: 'before', step: 1, to: 'undone' }))).toEqual([
      'not-pending',
    ]);
  });

  test('after the end what was done late can still be said, but nothing before the start any more', () => {
    const ended = state(started, entry(3, 'plan-aborted', { reason: 'x' }));
    expect(codes(answer(ended, { section: 'finally', step: 1, to: 'done' }))).toEqual([]);
    expect(codes(answer(ended, { section: 'before', step: 1, to: 'done' }))).toEqual(['plan-not-running']);
  });

  test('is one entry without a target, names what its writer had seen, and is folded where it belongs', () => {
    const now = state(started, waveStarted);
    const made = answer(now, { section: 'after', wave: 'canary', step: 1, to: 'doing' });
    expect(made.entries).toEqual([
      {
        kind: 'step-started',
        body: { plan: 'p', by: 'Marta', section: 'after', wave: 'canary', step: 1, saw: [] },
      },
    ]);
    const doing = state(started, waveStarted, entry(3, 'step-started', made.entries[0]!.body));
    const done = answer(doing, { section: 'after', wave: 'canary', step: 1, to: 'done' });
    expect(done.entries[0]!.body['saw']).toEqual(['a-3']);
    const folded = state(
      started,
      waveStarted,
      entry(3, 'step-started', made.entries[0]!.body),
      entry(4, 'step-done', done.entries[0]!.body),
    );
    expect(folded.waves[0]!.after['1']).toMatchObject({ state: 'done', disputed: false });
    expect(folded.waves[1]!.after).toEqual({});
    expect(Object.values(folded.targets).every((one) => Object.keys(one.steps.each).length === 0)).toBe(true);
  });

  test('two machines apart: the worse counts, and it is disputed until one has seen both', () => {
    const body = { section: 'before', step: 1, saw: [] };
    const two = [entry(5, 'step-done', body), entry(6, 'step-failed', body, 'b')];
    expect(state(started, ...two).own.before['1']).toMatchObject({ state: 'failed', disputed: true });
    const settled = entry(7, 'step-done', { section: 'before', step: 1, saw: ['a-5', 'b-6'] });
    expect(state(started, ...two, settled).own.before['1']).toMatchObject({ state: 'done', disputed: false });
  });

  test('in any order of arrival, and with bodies that fit nothing, the same state; 200 runs', () => {
    const section = fc.constantFrom('before', 'after', 'finally', 'each', 'prepare', 'revert', 'nonsense');
    const one = fc.record({
      kind: fc.constantFrom('step-started', 'step-done', 'step-failed', 'step-skipped', 'step-undone'),
      device: fc.constantFrom('a', 'b'),
      body: fc.record(
        {
          section,
          step: fc.integer({ min: 0, max: 3 }),
          wave: fc.constantFrom('canary', 'wave 1', 'none', '__proto__'),
          target: fc.constantFrom('aws/us-west-2', 'none', '__proto__'),
          saw: fc.array(fc.constantFrom('a-11', 'b-12', 'a-13'), { maxLength: 3 }),
        },
        { requiredKeys: ['section', 'step'] },
      ),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.integer(), (list, seed) => {
        const entries = [
          created,
          started,
          waveStarted,
          ...list.map((each, i) => entry(10 + i, each.kind, each.body, each.device)),
        ];
        const wanted = JSON.stringify(foldEntries(entries));
        const mixed = entries
          .map((each, i) => ({ each, at: (i * 2_654_435_761 + seed) % 1009 }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        expect(JSON.stringify(foldEntries(mixed))).toBe(wanted);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is left is said', () => {
  test('now as something to do, at the end with its words', () => {
    expect(ownAsks(state())).toEqual([]);
    const now = state(started, waveStarted, ...passed);
    expect(ownAsks(now)).toEqual(['1 step of Before is not done.', '2 steps after canary are not done.']);
    expect(ownList(now)).toEqual([
      '1 step of Before is not done: Tell people',
      '2 steps after canary are not done: Say what it showed; Look at the budget',
      '1 step of Finally is not done: Undo the freezes',
    ]);
    const skipped = { section: 'after', wave: 'canary', saw: [], reason: 'nobody there' };
    expect(
      ownAsks(
        state(
          started,
          waveStarted,
          ...passed,
          entry(7, 'step-done', { section: 'before', step: 1 }),
          entry(5, 'step-skipped', { ...skipped, step: 1 }),
          entry(6, 'step-skipped', { ...skipped, step: 2 }),
        ),
      ),
    ).toEqual([]);
  });

  test('abort and completion carry it; a plan without such steps carries nothing new', () => {
    const room = (now: PlanState) => ({
      state: now,
      book: createBook(),
      here: { now: BASE + 100_000, device: 'a', peers: [] },
      facts: {},
    });
    const aborted = act(room(state(started)), { by: 'Marta', do: 'abort', reason: 'x' });
    expect(aborted.entries[0]!.body['left']).toEqual([
      '1 step of Before is not done: Tell people',
      '1 step of Finally is not done: Undo the freezes',
    ]);
    const none = planOf(planText().replace('- [ ] Tell people', ''));
    const plain = foldEntries([entry(0, 'plan-created', { definition: none as never }), started])!;
    const ended = act(room(plain), { by: 'Marta', do: 'abort', reason: 'x' });
    expect(Object.keys(ended.entries[0]!.body)).not.toContain('left');
  });
});

describe('in a rehearsal', () => {
  const marta = (at: string, more: object) => ({ at, by: 'Marta', do: 'step', ...more });
  test('they are lines like others, hold nothing, and a wrong one is said', () => {
    const answered = run(
      night(
        marta('+00:00:10', { step: 'before:1', to: 'done' }),
        marta('+00:00:20', { step: 'after:1', wave: 'canary', to: 'done' }),
        marta('+00:00:30', { step: 'finally:1', to: 'done' }),
        { at: '+00:01:00' },
      ),
      OWN,
    );
    expect(refused(answered)).toEqual(
      [[], ['plan-not-running'], ['plan-not-running']].filter((x) => x.length),
    );
    expect(events(answered, 'step-done')).toMatchObject([{ by: 'Marta', step: 'before:1' }]);
    expect(holdCodes(answered)).toEqual(['preflight']);
    expect(answered.same).toBe(true);
  });
});

test('what is to be done finally is asked for as soon as the plan can be completed, also where the rest was skipped', () => {
  const rest = ['aws/eu-west-1', 'gcp/europe-west1', 'aws/us-east-1'].map((target, i) =>
    entry(10 + i, 'target-skipped', { target, reason: 'not ours' }),
  );
  const asks = (now: PlanState) => ownAsks(now).filter((one) => one.includes('Finally'));
  expect(asks(state(started, waveStarted, ...passed))).toEqual([]);
  expect(asks(state(started, waveStarted, ...passed, ...rest.slice(1)))).toEqual([]);
  expect(asks(state(started, waveStarted, ...passed, ...rest))).toEqual(['1 step of Finally is not done.']);
});
