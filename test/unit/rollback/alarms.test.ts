// Who has an alarm: the first that took it in the order of state, or that acted after it began.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACKNOWLEDGED, type Alarm, hadBy, type PersonAct } from '../../../shared/rollback/alarms.ts';

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
