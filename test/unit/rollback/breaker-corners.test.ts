// The breaker in its corners: who is named while it is open, who must be heard in a look, what a margin of 0 means.
import { describe, expect, test } from 'vitest';
import { bare, canary, end, events, healthyBut, marta, night, probe, refused, run, times } from './nights.ts';

const W = 'aws/us-west-2';
const E1 = 'aws/us-east-1';

describe('the target that tripped is named as long as the breaker is not closed', () => {
  const bad = (target: string, from: string) => [
    probe(target, 0.2, '+00:00:00', '+00:05:30'),
    probe(target, 30, from),
  ];
  const errors = bare.replace('    - { probe: checkout, failed: "> 3 of 10" }\n', '');
  const revert = [
    marta('+00:10:00', 'revert', { target: W, reason: 'back' }),
    marta('+00:11:00', 'finish-revert', { target: W }),
  ];
  const look = marta('+00:13:00', 'breaker', { choose: 'look-again', target: W, reason: 'and now?' });

  test('reverted or skipped, it keeps its mark', () => {
    const skip = [
      marta('+00:10:00', 'step', { target: W, step: 3, to: 'failed', reason: 'red' }),
      marta('+00:11:00', 'skip-target', { target: W, reason: 'later' }),
    ];
    for (const [lines, state] of [
      [revert, 'reverted'],
      [skip, 'skipped'],
    ] as const) {
      const answer = run(night(healthyBut(W), bad(W, '+00:06:00'), canary, lines, end('+00:12:00')), errors);
      expect(answer.end.targets[W]).toEqual({ state, marks: ['worse'] });
      expect(answer.end.holds[0]).toMatchObject({ code: 'breaker-open', target: W });
    }
  });

  test('a look at the reverted target does not end well while it is as bad as before; it can be accepted', () => {
    const lines = [healthyBut(W), bad(W, '+00:06:00'), canary, revert, look];
    const looked = run(night(...lines, end('+00:40:00')), errors);
    expect(times(looked, 'breaker-closed')).toEqual([]);
    expect(looked.end.breaker).toBe('open');
    const accept = marta('+00:20:00', 'breaker', { choose: 'accept', target: W, reason: 'not ours' });
    const accepted = run(night(...lines, accept, end('+00:21:00')), errors);
    expect(refused(accepted)).toEqual([]);
    expect(accepted.end.breaker).toBe('closed');
  });

  test('tried again, it is measured against its new baseline', () => {
    const answer = run(
      night(
        healthyBut(W),
        bad(W, '+00:06:00'),
        canary,
        revert,
        marta('+00:12:00', 'override', { hold: 'breaker-open', target: W, reason: 'the second try' }),
        marta('+00:13:00', 'retry', { target: W }),
        end('+00:14:00'),
      ),
      errors,
    );
    expect(answer.end.targets[W]).toEqual({ state: 'running', marks: ['worse'] });
    expect(answer.end.breaker).toBe('open');
    expect(events(answer, 'breaker-opened')).toHaveLength(1);
  });

  test('two that tripped are both named', () => {
    const G1 = 'gcp/europe-west1';
    const E = 'aws/eu-west-1';
    const late = (target: string, from: string) => [
      probe(target, 0.2, '+00:00:00', '+00:19:30'),
      probe(target, 30, from),
    ];
    const answer = run(
      night(
        healthyBut(E, G1),
        late(E, '+00:20:00'),
        late(G1, '+00:21:00'),
        canary,
        marta('+00:16:00', 'start-wave', { wave: 'wave 1' }),
        marta('+00:16:00', 'finish-target', { target: E }),
        marta('+00:18:00', 'finish-target', { target: G1 }),
        end('+00:26:00'),
      ),
      errors,
    );
    expect(answer.end.holds[0]).toMatchObject({ code: 'breaker-open', target: E });
    expect(answer.end.holds[0]?.text).toContain(`tripped by ${E}, ${G1}`);
  });
});

test('an override for one target starts its wave for that target alone while the breaker is open', () => {
  const answer = run(
    night(
      healthyBut(W),
      probe(W, 0.2, '+00:00:00', '+00:05:30'),
      probe(W, 30, '+00:06:00'),
      canary,
      marta('+00:12:00', 'override', { hold: 'breaker-open', target: 'aws/eu-west-1', reason: 'that one' }),
      marta('+00:12:00', 'override', { hold: 'wave-before-not-passed', wave: 'wave 1', reason: 'that one' }),
      marta('+00:13:00', 'start-target', { target: 'aws/eu-west-1' }),
      marta('+00:16:00', 'start-target', { target: 'gcp/europe-west1' }),
      end('+00:17:00'),
    ),
    bare,
  );
  expect(refused(answer)).toEqual([['breaker-open']]);
  expect(answer.end.targets['aws/eu-west-1']?.state).toBe('running');
});

describe('worse, and the look', () => {
  const good = probe(W, 0.2, '+00:10:00');
  const tripped = [probe(W, 0.2, '+00:00:00', '+00:05:30'), probe(W, 30, '+00:06:00', '+00:09:30')];
  const look = (time: string, target = W) =>
    marta(time, 'breaker', { choose: 'look-again', target, reason: 'a blip?' });
  /** The canary holds two targets. */
  const pair = bare
    .replace('targets: [aws/us-west-2],   ', 'targets: [aws/us-west-2, aws/us-east-1],')
    .replace('targets: [aws/us-east-1],   ', 'targets: [aws/eu-west-1],')
    .replace('[aws/eu-west-1, gcp/europe-west1]', '[gcp/europe-west1]')
    .replace('    - { probe: checkout, failed: "> 3 of 10" }\n', '')
    .replace(', apart: 2m', '');
  const both = [...canary, marta('+00:04:30', 'finish-target', { target: E1 })];

  test.each([
    ['errors: "> 5%", margin: 0', 6, 6.5],
    ['failed: "> 3 of 10", margin: 0', 40, 41],
  ])('with a margin of 0 a target that stays as it was is not worse: %s', (rule, red, worse) => {
    const plan = bare.replace('errors: "> 5%", margin: 5', rule);
    const stays = run(night(healthyBut(W), probe(W, red), canary, end('+00:13:00')), plan);
    expect(refused(stays)).toEqual([]);
    expect(times(stays, 'breaker-opened')).toEqual([]);
    const lines = [healthyBut(W), probe(W, red, '+00:00:00', '+00:05:30'), probe(W, worse, '+00:06:00')];
    const rises = run(night(...lines, canary, end('+00:13:00')), plan);
    expect(times(rises, 'breaker-opened')).toHaveLength(1);
  });

  test('only a target that tripped is looked at again', () => {
    const lines = [healthyBut(W), tripped, good, both, look('+00:11:00', E1), end('+00:12:00')];
    expect(refused(run(night(...lines), pair))).toEqual([['not-pending']]);
  });

  test('two that tripped must both be heard, and the silent one is named', () => {
    const silent = [probe(E1, 0.2, '+00:00:00', '+00:07:30'), probe(E1, 30, '+00:08:00', '+00:12:30')];
    const lines = [healthyBut(W, E1), tripped, good, silent, both, look('+00:14:00')];
    const answer = run(night(...lines, end('+00:50:00')), pair);
    expect(answer.end.breaker).toBe('half-open');
    expect(answer.end.holds).toContainEqual(expect.objectContaining({ code: 'stale', target: E1 }));
    const back = run(night(...lines, probe(E1, 0.2, '+00:30:00'), end('+00:50:00')), pair);
    expect(times(back, 'breaker-closed')).toEqual(['+00:35:00']);
  });

  test('the silence that keeps the breaker half-open is a hold like any other', () => {
    const lines = [healthyBut(W), tripped, canary, look('+00:11:00')];
    const override = marta('+00:21:00', 'override', { hold: 'stale', target: W, reason: 'seen by hand' });
    const answer = run(night(...lines, override, end('+00:22:00')), bare);
    expect(refused(answer)).toEqual([]);
    expect(times(answer, 'breaker-closed')).toEqual(['+00:21:00']);
  });
});

test('the gap in the bake of a tried target says whose it is', () => {
  const E = 'aws/eu-west-1';
  const answer = run(
    night(
      healthyBut(W),
      probe(W, 0.2, '+00:00:00', '+00:05:30'),
      probe(W, 30, '+00:06:00', '+00:09:30'),
      probe(W, 0.2, '+00:10:00'),
      canary,
      marta('+00:10:00', 'breaker', { choose: 'try-one', target: E, reason: 'is it ours?' }),
      marta('+00:11:00', 'finish-target', { target: E }),
      { at: '+00:13:10', kill: '10m' },
      end('+00:24:00'),
    ),
    bare,
  );
  expect(events(answer, 'bake-gap')).toMatchObject([{ at: '+00:23:30', wave: 'wave 1', target: E }]);
});

test('no target may be worse than the plan baseline: a gate waits also for one that was skipped or reverted', () => {
  const rest = [
    marta('+00:03:00', 'skip-target', { target: E1, reason: 'its region is out' }),
    marta('+00:15:00', 'pass-gate', { wave: 'canary', reason: 'we know of it' }),
    end('+00:16:00'),
  ];
  const lines = [healthyBut(E1), probe(E1, 0.2, '+00:00:00', '+00:02:30'), probe(E1, 30, '+00:03:00')];
  const answer = run(night(...lines, canary, rest), bare);
  expect(events(answer, 'gate-waiting')).toMatchObject([
    { at: '+00:14:00', code: 'worse-than-plan-baseline' },
  ]);
  expect(events(answer, 'hold-overridden')).toMatchObject([
    { code: 'worse-than-plan-baseline', target: E1, by: 'Marta' },
  ]);
  expect(answer.end.waves['canary']?.state).toBe('passed');
});
