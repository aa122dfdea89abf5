// What came once more after somebody had decided on it: an override is of the state it overrode (rule 7), a pass that was
// taken back holds the next wave too, and a revert that fails is said.
import { describe, expect, test } from 'vitest';
import { parseNight } from '../../../shared/rollback/night.ts';
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
  planOf,
  planText,
  probe,
  refused,
  run,
  times,
} from './nights.ts';

const W = 'aws/us-west-2';
const E = 'aws/eu-west-1';
const G = 'gcp/europe-west1';
const begunOnWest = [
  ...begun,
  marta('+00:02:00', 'start-wave', { wave: 'canary' }),
  marta('+00:02:00', 'start-target', { target: W }),
];
const step = (time: string, number: number | string, to: string, by = 'Marta', more: object = {}) =>
  at(time, by, 'step', { target: W, step: number, to, reason: 'r', ...more });
const onB = { device: 'b' };
const override = (time: string, hold: string, more: object = {}) =>
  marta(time, 'override', { hold, wave: 'canary', reason: 'looked at', ...more });
const retry = (time: string) => marta(time, 'retry', { target: W });
const revert = (time: string) => [
  marta(time, 'revert', { target: W, reason: 'r' }),
  marta(time, 'finish-revert', { target: W }),
];
const cut = (time: string) => ({ at: time, cut: 'b' });
const join = (time: string) => ({ at: time, join: 'b' });

describe('an override is of the state that it overrode', () => {
  test.each([
    ['of the target', { target: W }],
    ['of its wave', {}],
  ])('a target fails again after its retry: an override %s is past', (_, named) => {
    const answer = run(
      night(
        healthyBut(),
        begunOnWest,
        step('+00:03:00', 1, 'failed'),
        override('+00:04:00', 'target-failed', named),
        retry('+00:05:00'),
        step('+00:06:00', 1, 'failed'),
        end('+00:30:00'),
      ),
      bare,
    );
    expect(refused(answer)).toEqual([]);
    expect(holdCodes(answer)).toEqual(['target-failed']);
    expect(answer.end.waves['canary']?.state).toBe('held');
  });

  test('an override of a wave is of the targets that had failed, not of the next one', () => {
    const answer = run(
      night(
        healthyBut(),
        canary,
        marta('+00:15:00', 'start-wave', { wave: 'wave 1' }),
        marta('+00:15:00', 'start-target', { target: E }),
        marta('+00:17:00', 'start-target', { target: G }),
        marta('+00:18:00', 'step', { target: E, step: 1, to: 'failed', reason: 'r' }),
        override('+00:19:00', 'target-failed', { wave: 'wave 1' }),
        marta('+00:20:00', 'step', { target: G, step: 1, to: 'failed', reason: 'r' }),
        end('+00:50:00'),
      ),
      bare,
    );
    expect(refused(answer)).toEqual([]);
    expect(answer.end.holds.map(({ code, target }) => [code, target])).toEqual([['target-failed', G]]);
    expect(times(answer, 'gate-passed')).toHaveLength(1);
  });

  test('a target is reverted again', () => {
    const answer = run(
      night(
        healthyBut(),
        begunOnWest,
        revert('+00:03:00'),
        override('+00:04:00', 'target-reverted', { target: W }),
        retry('+00:05:00'),
        revert('+00:06:00'),
        end('+00:30:00'),
      ),
      bare,
    );
    expect(refused(answer)).toEqual([]);
    expect(holdCodes(answer)).toEqual(['target-reverted']);
  });

  test('a dangerous step is done twice again', () => {
    const answer = run(
      night(
        healthyBut(),
        begunOnWest,
        cut('+00:03:00'),
        step('+00:03:30', 1, 'done', 'Priya'),
        step('+00:03:40', 1, 'done', 'Jonas', onB),
        join('+00:05:00'),
        override('+00:06:00', 'danger-twice', { target: W }),
        step('+00:07:00', 1, 'undone'),
        cut('+00:08:00'),
        step('+00:08:30', 1, 'done', 'Priya'),
        step('+00:08:40', 1, 'done', 'Jonas', onB),
        join('+00:09:00'),
        marta('+00:10:00', 'finish-target', { target: W }),
        end('+00:40:00'),
      ),
      bare,
    );
    expect(answer.same).toBe(true);
    expect(holdCodes(answer)).toEqual(['danger-twice']);
    expect(times(answer, 'gate-passed')).toEqual([]);
  });

  test('another step of the target is disputed', () => {
    const answer = run(
      night(
        healthyBut(),
        begunOnWest,
        cut('+00:03:00'),
        step('+00:03:30', 2, 'done', 'Priya'),
        step('+00:03:40', 2, 'skipped', 'Jonas', onB),
        join('+00:05:00'),
        override('+00:06:00', 'disputed', { target: W }),
        cut('+00:08:00'),
        step('+00:08:30', 3, 'done', 'Priya'),
        step('+00:08:40', 3, 'skipped', 'Jonas', onB),
        join('+00:09:00'),
        marta('+00:10:00', 'finish-target', { target: W }),
        end('+00:40:00'),
      ),
      bare,
    );
    expect(answer.same).toBe(true);
    expect(holdCodes(answer)).toEqual(['disputed']);
    expect(times(answer, 'gate-passed')).toEqual([]);
  });
});

describe('a pass that was taken back', () => {
  const second = [
    ...canary,
    marta('+00:15:00', 'start-wave', { wave: 'wave 1' }),
    marta('+00:15:00', 'start-target', { target: E }),
  ];

  test('holds the targets that the next wave has not begun; those that it has go on', () => {
    const answer = run(
      night(
        healthyBut(),
        second,
        revert('+00:16:00'),
        marta('+00:18:00', 'start-target', { target: G }),
        marta('+00:19:00', 'finish-target', { target: E }),
        end('+00:20:00'),
      ),
      bare,
    );
    expect(refused(answer)).toEqual([['wave-before-not-passed']]);
    expect(answer.end.targets[E]?.state).toBe('done');
  });

  test('an override of the order is of the whole wave', () => {
    const answer = run(
      night(
        healthyBut(),
        canary,
        override('+00:06:00', 'wave-before-not-passed', { wave: 'wave 1' }),
        marta('+00:06:00', 'start-wave', { wave: 'wave 1' }),
        marta('+00:06:00', 'start-target', { target: E }),
        marta('+00:09:00', 'start-target', { target: G }),
        end('+00:10:00'),
      ),
      bare,
    );
    expect(refused(answer)).toEqual([]);
    expect(answer.end.targets[G]?.state).toBe('running');
  });
});

describe('reverting', () => {
  test('a step of it that fails is said, until it is done or skipped', () => {
    const lines = [
      ...healthyBut(),
      ...begunOnWest,
      marta('+00:03:00', 'revert', { target: W, reason: 'r' }),
      step('+00:04:00', 'revert:1', 'failed'),
    ];
    const failed = run(night(lines, end('+00:05:00')), bare);
    expect(failed.end.holds).toMatchObject([{ code: 'target-failed', wave: 'canary', target: W }]);
    expect(failed.end.holds[0]?.text).toContain('step 1');
    expect(failed.end.waves['canary']?.state).toBe('held');
    const mended = run(
      night(
        lines,
        step('+00:05:00', 'revert:1', 'done'),
        marta('+00:06:00', 'finish-revert', { target: W }),
        end('+00:07:00'),
      ),
      bare,
    );
    expect(holdCodes(mended)).toEqual(['target-reverted']);
  });

  test('a dangerous step of it done twice holds the wave, also after the target was skipped', () => {
    const answer = run(
      night(
        healthyBut(),
        begunOnWest,
        marta('+00:03:00', 'revert', { target: W, reason: 'r' }),
        cut('+00:04:00'),
        step('+00:04:30', 'revert:1', 'done', 'Priya'),
        step('+00:04:40', 'revert:1', 'done', 'Jonas', onB),
        join('+00:05:00'),
        marta('+00:06:00', 'finish-revert', { target: W }),
        marta('+00:07:00', 'skip-target', { target: W, reason: 'r' }),
        end('+00:40:00'),
      ),
      bare.replace('1. Put it back', '1. Put it back {danger}\n   Expect: as before'),
    );
    expect(answer.end.holds).toMatchObject([{ code: 'danger-twice', wave: 'canary', target: W }]);
    expect(answer.end.holds[0]?.text).toContain('of its revert');
    expect(times(answer, 'gate-passed')).toEqual([]);
  });

  test('without its section every line of it is refused for that, and none is a slip of the pen', () => {
    const answer = run(
      night(
        healthyBut(),
        begunOnWest,
        marta('+00:03:00', 'revert', { target: W, reason: 'r' }),
        step('+00:03:00', 'revert:1', 'done'),
        marta('+00:03:00', 'finish-revert', { target: W }),
        end('+00:04:00'),
      ),
      bare.slice(0, bare.indexOf('## Revert a target')),
    );
    expect(refused(answer)).toEqual(Array(3).fill(['no-revert-steps']));
  });

  test('what is not begun has nothing to take back, by rule 13', () => {
    const answer = run(
      night(begun, marta('+00:03:00', 'revert', { target: W, reason: 'r' }), end('+00:04:00')),
      bare,
    );
    expect(answer.lines.at(-1)?.why).toMatchObject([{ rule: '13', code: 'not-pending' }]);
  });
});

test('"every" on a line that is no reading is a slip of the pen', () => {
  const line = JSON.stringify({ ...marta('+00:01:00', 'start-plan'), every: '30s', until: '+00:02:00' });
  const read = parseNight(line, planOf(planText()));
  expect(read.ok ? [] : read.problems).toMatchObject([{ line: 1, column: line.indexOf('"every"') + 1 }]);
});

test('a second question of the provider is not answered by the override of the first', () => {
  const asks = (from: string, service: string) => ({
    at: from,
    every: '30s',
    until: '+00:40:00',
    reading: { source: 'feed:aws', target: W, service, health: 'degraded' },
  });
  const lines = [
    ...healthyBut(),
    ...canary,
    asks('+00:05:00', 'aws/dynamodb'),
    override('+00:07:00', 'needs-decision', { target: W }),
  ];
  const plan = bare.replace('pace:', 'success: [ { probe: checkout, errors: "< 1%" } ]\npace:');
  expect(times(run(night(lines, end('+00:30:00')), plan), 'gate-passed')).toEqual(['+00:14:00']);
  const second = run(night(lines, asks('+00:08:00', 'aws/sqs'), end('+00:30:00')), plan);
  expect(times(second, 'gate-passed')).toEqual([]);
  expect(holdCodes(second)).toContain('needs-decision');
});

test('the breaker of a clock that nobody trusts stays half-open until a named person says go on', () => {
  const lines = [
    ...healthyBut(W),
    probe(W, 0.2, '+00:00:00', '+00:05:30'),
    probe(W, 30, '+00:06:00', '+00:10:00'),
    probe(W, 0.2, '+00:10:30'),
    ...canary,
    marta('+00:12:00', 'breaker', { choose: 'look-again', target: W, reason: 'calm' }),
    { at: '+00:13:00', kill: '2m' },
    { at: '+00:14:00', clock: '+3h' },
  ];
  const waiting = run(night(lines, end('+00:50:00')), bare);
  expect(waiting.end.breaker).toBe('half-open');
  expect(holdCodes(waiting)).toContain('clock-untrusted');
  const trusted = run(
    night(lines, override('+00:30:00', 'clock-untrusted', { wave: undefined }), end('+00:50:00')),
    bare,
  );
  expect(times(trusted, 'breaker-closed')).toEqual(['+00:30:00']);
  expect(times(trusted, 'gate-passed')).toEqual(['+00:40:00']);
});
