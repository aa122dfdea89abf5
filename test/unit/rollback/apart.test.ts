// Rule 9 on two machines that were apart: what one of them did not know of holds all the same when they meet again.
import { describe, expect, test } from 'vitest';
import type { NightAnswer } from '../../../shared/rollback/answer.ts';
import {
  at,
  bare,
  begun,
  canary,
  end,
  healthyBut,
  holdCodes,
  marta,
  night,
  probe,
  refused,
  run,
  times,
} from './nights.ts';

const W = 'aws/us-west-2';
const jo = (time: string, what: string, more: object = {}) => at(time, 'Jo', what, { device: 'b', ...more });
const cut = (at: string) => ({ at, cut: 'b' });
const join = (at: string) => ({ at, join: 'b' });
const other = marta('+00:11:00', 'start-wave', { wave: 'wave 1' });
const pass = (at: string) => marta(at, 'pass-gate', { wave: 'canary', reason: 'go on' });

function meet(...lines: Parameters<typeof night>): NightAnswer {
  const answer = run(night(healthyBut(), ...lines), bare);
  expect(answer.same).toBe(true);
  return answer;
}

describe('a gate passed by somebody who did not know', () => {
  test.each([
    ['failed', jo('+00:06:00', 'step', { target: W, step: 3, to: 'failed', reason: 'red' }), 'target-failed'],
    ['reverting', jo('+00:06:00', 'revert', { target: W, reason: 'worse' }), null],
  ])('the target was %s on the other machine: the wave has not passed', (state, line, hold) => {
    const answer = meet(
      canary,
      cut('+00:05:00'),
      line,
      pass('+00:08:00'),
      join('+00:10:00'),
      other,
      end('+00:12:00'),
    );
    expect(refused(answer)).toEqual([['wave-before-not-passed']]);
    expect(answer.end.targets[W]?.state).toBe(state);
    expect(answer.end.waves['canary']?.state).not.toBe('passed');
    if (hold) expect(holdCodes(answer)).toContain(hold);
  });

  test('the target was reverted on the other machine', () => {
    const answer = meet(
      canary,
      cut('+00:05:00'),
      jo('+00:06:00', 'revert', { target: W, reason: 'worse' }),
      jo('+00:07:00', 'finish-revert', { target: W }),
      pass('+00:08:00'),
      join('+00:10:00'),
      other,
      end('+00:12:00'),
    );
    expect(refused(answer)).toEqual([['wave-before-not-passed']]);
    expect(answer.end.waves['canary']?.state).toBe('held');
    expect(holdCodes(answer)).toEqual(['target-reverted']);
  });

  test.each([
    ['before', '+00:05:00'],
    ['after', '+00:08:30'],
  ])(
    'a dangerous step was done on the other machine too, %s the pass; an override and a new bake settle it',
    (_, when) => {
      const answer = meet(
        canary.slice(0, 4),
        cut('+00:03:00'),
        marta('+00:04:00', 'finish-target', { target: W }),
        jo(when, 'step', { target: W, step: 1, to: 'done' }),
        pass('+00:08:00'),
        join('+00:10:00'),
        other,
        marta('+00:12:00', 'override', { hold: 'danger-twice', target: W, reason: 'looked at it' }),
        end('+00:30:00'),
      );
      expect(refused(answer)).toEqual([['wave-before-not-passed']]);
      expect(answer.lines.at(-1)?.ok).toBe(true);
      expect(times(answer, 'gate-passed')).toHaveLength(2);
      expect(answer.end.waves['canary']?.state).toBe('passed');
    },
  );
});

describe('work on a target that was skipped elsewhere', () => {
  const given = marta('+00:04:00', 'skip-target', { target: W, reason: 'later' });

  test('what was finished is on the record, and the wave bakes it', () => {
    const answer = meet(
      canary.slice(0, 4),
      cut('+00:03:00'),
      given,
      jo('+00:05:00', 'finish-target', { target: W }),
      join('+00:06:00'),
      end('+00:30:00'),
    );
    expect(answer.end.targets[W]?.state).toBe('done');
    expect(times(answer, 'gate-passed')).toEqual(['+00:16:00']);
  });

  test('a start counts as a start', () => {
    const answer = meet(
      begun,
      marta('+00:02:00', 'start-wave', { wave: 'canary' }),
      cut('+00:03:00'),
      given,
      jo('+00:05:00', 'start-target', { target: W }),
      join('+00:06:00'),
      end('+00:20:00'),
    );
    expect(answer.end.targets[W]?.state).toBe('running');
    expect(answer.end.waves['canary']?.state).toBe('running');
    expect(times(answer, 'gate-passed')).toEqual([]);
  });
});

test('accepted on one machine, looked at on the other: a trip that was accepted by name does not open the breaker again', () => {
  const lines = (first: string, second: string) => [
    healthyBut(W),
    probe(W, 0.2, '+00:00:00', '+00:05:30'),
    probe(W, 30, '+00:06:00'),
    canary,
    cut('+00:10:00'),
    marta(first, 'breaker', { choose: 'look-again', target: W, reason: 'a blip?' }),
    jo(second, 'breaker', { choose: 'accept', target: W, reason: 'not ours' }),
    join('+00:20:00'),
    end('+00:40:00'),
  ];
  for (const [first, second] of [
    ['+00:11:00', '+00:12:00'],
    ['+00:12:00', '+00:11:00'],
  ] as const) {
    const errors = bare.replace('    - { probe: checkout, failed: "> 3 of 10" }\n', '');
    const answer = run(night(...lines(first, second)), errors);
    expect(answer.same).toBe(true);
    expect(answer.end.breaker).toBe('closed');
    expect(answer.end.targets[W]).toEqual({ state: 'done', marks: ['accepted-worse'] });
    expect(answer.end.waves['canary']?.state).toBe('at gate');
  }
});

test('noted as a further trip where the breaker was open, closed elsewhere by name: open wins', () => {
  const E1 = 'aws/eu-west-1';
  const G1 = 'gcp/europe-west1';
  const plan = bare.replace('    - { probe: checkout, failed: "> 3 of 10" }\n', '');
  const bad = (target: string, from: string, until: string) => [
    probe(target, 0.2, '+00:00:00', until),
    probe(target, 30, from),
  ];
  const answer = run(
    night(
      healthyBut(E1, G1),
      bad(E1, '+00:20:00', '+00:19:30'),
      bad(G1, '+00:24:30', '+00:24:00'),
      canary,
      marta('+00:16:00', 'start-wave', { wave: 'wave 1' }),
      marta('+00:16:00', 'finish-target', { target: E1 }),
      marta('+00:18:00', 'finish-target', { target: G1 }),
      cut('+00:24:00'),
      jo('+00:25:00', 'breaker', { choose: 'accept', target: E1, reason: 'not ours' }),
      // The other machine sleeps while the second target trips, and hears of it only from the first.
      { at: '+00:25:10', sleep: '10m', device: 'b' },
      join('+00:36:00'),
      end('+00:37:00'),
    ),
    plan,
  );
  expect(answer.same).toBe(true);
  expect(times(answer, 'trip-noted')).toEqual(['+00:27:30']);
  expect(answer.end.breaker).toBe('open');
  expect(answer.end.targets[G1]?.marks).toEqual(['worse']);
  expect(answer.end.targets[E1]?.marks).toEqual(['accepted-worse']);
  expect(answer.end.waves['wave 1']?.state).toBe('held');
});

describe('a machine beside the watch', () => {
  const jonas = (time: string, what: string, more: object = {}) => ({ ...jo(time, what, more), by: 'Jonas' });

  test('is not cut off from itself: its decision overrides only what is not met', () => {
    const answer = meet(
      canary,
      jonas('+00:08:00', 'pass-gate', { wave: 'canary', reason: 'go on' }),
      end('+00:09:00'),
    );
    const overrode = answer.events.filter((one) => one.kind === 'hold-overridden').map((one) => one.code);
    expect(overrode).toEqual(['bake-not-full']);
    const nothing = meet(
      canary,
      jonas('+00:06:00', 'override', { hold: 'cut-off', wave: 'canary', reason: 'x' }),
      end('+00:09:00'),
    );
    expect(refused(nothing)).toEqual([['not-pending']]);
  });

  test('that is cut off has lost the watch, and says so', () => {
    const answer = meet(
      canary,
      cut('+00:06:00'),
      jonas('+00:08:00', 'pass-gate', { wave: 'canary', reason: 'go on' }),
      join('+00:09:00'),
      end('+00:10:00'),
    );
    const overrode = answer.events.filter((one) => one.kind === 'hold-overridden').map((one) => one.code);
    expect(overrode).toEqual(['bake-not-full', 'cut-off']);
  });
});

describe('a dangerous step that is disputed', () => {
  const startedOnWest = [
    ...begun,
    marta('+00:02:00', 'start-wave', { wave: 'canary' }),
    marta('+00:02:00', 'start-target', { target: W }),
    cut('+00:03:00'),
  ];
  const danger = { target: W, step: 1 };
  const settled = [
    marta('+00:06:00', 'step', { ...danger, to: 'done', reason: 'looked with both' }),
    marta('+00:07:00', 'finish-target', { target: W }),
    end('+00:30:00'),
  ];

  test('is settled by a report of what is true: that is no second doing', () => {
    const answer = meet(
      startedOnWest,
      marta('+00:03:30', 'step', { ...danger, to: 'failed', reason: 'timeout' }),
      jo('+00:03:40', 'step', { ...danger, to: 'done' }),
      join('+00:05:00'),
      settled,
    );
    expect(holdCodes(answer)).toEqual([]);
    expect(times(answer, 'gate-passed')).toEqual(['+00:17:00']);
  });

  test('stays done twice when two had done it', () => {
    const kim = { by: 'Kim', device: 'c' };
    const answer = meet(
      startedOnWest,
      { at: '+00:03:00', cut: 'c' },
      marta('+00:03:30', 'step', { ...danger, to: 'failed', reason: 'timeout' }),
      jo('+00:03:40', 'step', { ...danger, to: 'done' }),
      { ...marta('+00:03:50', 'step', { ...danger, to: 'done' }), ...kim },
      join('+00:05:00'),
      { at: '+00:05:00', join: 'c' },
      settled,
    );
    expect(holdCodes(answer)).toEqual(['danger-twice']);
  });
});
