// Who has an alarm: the first that took it in the order of state, or that acted after it began.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACKNOWLEDGED,
  type Alarm,
  alarmsOf,
  hadBy,
  type PersonAct,
} from '../../../shared/rollback/alarms.ts';
import type { FoldEntry } from '../../../shared/rollback/entry.ts';
import { foldEntries } from '../../../shared/rollback/fold.ts';
import { type PlanState, trippedBy } from '../../../shared/rollback/state.ts';
import { planOf, planText } from './nights.ts';

const alarm: Alarm = { key: 'breaker:p:1', kind: 'breaker', about: 'aws/eu-west-1', since: 1000 };
const act = (change: Partial<PersonAct>): PersonAct => ({
  kind: ACKNOWLEDGED,
  by: 'Marta',
  at: 2000,
  alarms: [alarm.key],
  ...change,
});

describe('who has an alarm', () => {
  it('is nobody until a named person takes this very one', () => {
    expect(hadBy(alarm, [])).toBeNull();
    expect(hadBy(alarm, [act({ alarms: ['breaker:p:2', 'gate:p:wave 1:1'] })])).toBeNull();
    expect(hadBy(alarm, [act({}), act({ by: 'Priya', at: 2001 })])).toEqual({ by: 'Marta', at: 2000 });
  });

  it('is whoever acted on it after it began, never before, and never by an act on something else', () => {
    const reverting = act({ kind: 'target-reverting', alarms: [] });
    expect(hadBy(alarm, [reverting])).toEqual({ by: 'Marta', at: 2000 });
    expect(hadBy(alarm, [{ ...reverting, at: 999 }])).toBeNull();
    // Ticking a step is no answer to an open breaker.
    expect(hadBy(alarm, [act({ kind: 'step-done', alarms: [] })])).toBeNull();
    expect(hadBy({ ...alarm, kind: 'bake' }, [act({ kind: 'step-done', alarms: [] })])).not.toBeNull();
  });

  it('does not change hands by what comes later', () => {
    const some = fc.record({
      kind: fc.constantFrom(ACKNOWLEDGED, 'target-reverting', 'plan-paused', 'step-done'),
      by: fc.constantFrom('Marta', 'Priya'),
      at: fc.integer({ min: 0, max: 5000 }),
      alarms: fc.constantFrom([], [alarm.key], ['gate:p:x:1']),
    });
    fc.assert(
      fc.property(fc.array(some), fc.array(some), (before, after) => {
        const had = hadBy(alarm, before);
        if (had !== null) expect(hadBy(alarm, [...before, ...after])).toEqual(had);
      }),
    );
  });
});

describe('an open breaker is told of the target that every screen names', () => {
  const W = 'aws/us-west-2';
  const E = 'aws/eu-west-1';
  const BASE = Date.UTC(2026, 0, 1);
  const fold = (...said: readonly (readonly [kind: string, body: object])[]): PlanState => {
    const entries = said.map(([kind, body], n): FoldEntry => {
      const at = new Date(BASE + n * 1000).toISOString();
      return {
        id: `a-${n}`,
        incident: 'i',
        kind,
        v: 1,
        key: null,
        body: { plan: 'p', by: 'Marta', ...body },
        actor: 'a',
        device: 'a',
        seq: n,
        hlc: `${(BASE + n * 1000).toString(16).padStart(12, '0')}0000`,
        occurredAt: at,
        recordedAt: at,
      };
    });
    const state = foldEntries(entries);
    if (!state) throw new Error('no plan');
    return state;
  };
  const begun = [
    ['plan-created', { definition: planOf(planText()) }],
    ['plan-started', {}],
    ['wave-started', { wave: 'canary' }],
    ['target-started', { target: W, attempt: 1, wave: 'x', readings: [] }],
    ['wave-started', { wave: 'wave 1' }],
    ['target-started', { target: E, attempt: 1, wave: 'x', readings: [] }],
  ] as const;
  const trip = (target: string, n = 1, rule = 'r') => ({ target, rule, n, passed: [] });
  const told = (state: PlanState) => alarmsOf(state).find((one) => one.kind === 'breaker')?.about;

  it('also when it was tried again, and nothing of it stands', () => {
    const state = fold(
      ...begun,
      ['breaker-opened', trip(W)],
      ['target-failed', { target: W, reason: 'red' }],
      ['target-retried', { target: W, attempt: 2, fresh: true, wave: 'x', readings: [] }],
    );
    expect([state.breaker.state, trippedBy(state)]).toEqual(['open', [W]]);
    expect(told(state)).toBe(W);
  });

  it('when it was given up and another one is worse, too', () => {
    const state = fold(
      ...begun,
      ['breaker-opened', trip(W)],
      ['trip-noted', trip(E)],
      ['target-failed', { target: W, reason: 'red' }],
      ['target-skipped', { target: W, reason: 'later' }],
    );
    expect(trippedBy(state)).toEqual([E]);
    expect(told(state)).toBe(E);
  });

  it('the one that opened it first, whichever tripped first in an earlier opening', () => {
    const state = fold(
      ...begun,
      ['breaker-opened', trip(W)],
      [
        'breaker-half-opened',
        { target: W, choose: 'look-again', reason: 'a blip?', trips: [`trip:p:${W}:r:1`] },
      ],
      ['breaker-closed', { trips: [`trip:p:${W}:r:1`], levels: {} }],
      ['breaker-opened', trip(E)],
      [
        'breaker-half-opened',
        { target: E, choose: 'look-again', reason: 'a blip?', trips: [`trip:p:${E}:r:1`] },
      ],
      ['breaker-opened', trip(W, 2)],
    );
    expect(state.breaker.state).toBe('open');
    expect(trippedBy(state)).toEqual([E, W]);
    expect(told(state)).toBe(E);
  });
});
