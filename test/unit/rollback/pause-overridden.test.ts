// Any hold can be overridden by name (rule 7), also a pause: for a target, a wave, or all, and only that pause. And what a
// stranger may write in a plan or a night that says what it means.
import { expect, test } from 'vitest';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import {
  bare,
  begun,
  canary,
  end,
  events,
  healthyBut,
  holdCodes,
  marta,
  night,
  refused,
  run,
  times,
} from './nights.ts';

const W = 'aws/us-west-2';
const over = (at: string, rest: Record<string, unknown> = {}) =>
  marta(at, 'override', { hold: 'plan-not-running', reason: 'I take it', ...rest });
const start = (at: string) => marta(at, 'start-target', { target: W });

test.each([{}, { wave: 'canary' }, { target: W }])('a pause overridden for %j lets that start', (of) => {
  const answer = run(
    night(
      healthyBut(),
      begun,
      marta('+00:02:00', 'pause'),
      over('+00:03:00', of),
      start('+00:04:00'),
      end('+00:05:00'),
    ),
  );
  expect(refused(answer)).toEqual([]);
  expect(answer.end).toMatchObject({ plan: 'paused', targets: { [W]: { state: 'running' } } });
  // Only where it is overridden for all is nothing held any more.
  expect(holdCodes(answer)).toEqual(Object.keys(of).length === 0 ? [] : ['plan-not-running']);
});

test('overridden for another wave it holds; a plan that runs, or is not begun, has no pause to override', () => {
  const other = night(
    healthyBut(),
    begun,
    over('+00:01:30'),
    marta('+00:02:00', 'pause'),
    over('+00:03:00', { wave: 'wave 1' }),
    start('+00:04:00'),
    end('+00:05:00'),
  );
  expect(refused(run(other))).toEqual([['not-pending'], ['plan-not-running']]);
  expect(refused(run(night(over('+00:01:00'), end('+00:02:00'))))).toEqual([['not-pending']]);
});

test('a gate passes in a pause that was overridden; the next pause holds again', () => {
  const lines = [healthyBut(), canary, marta('+00:05:00', 'pause')];
  const held = run(night(...lines, end('+00:20:00')), bare);
  expect(times(held, 'gate-passed')).toEqual([]);
  const passed = run(night(...lines, over('+00:16:00', { wave: 'canary' }), end('+00:20:00')), bare);
  expect(times(passed, 'gate-passed')).toEqual(['+00:16:00']);
  const early = marta('+00:08:00', 'pass-gate', { wave: 'canary', reason: 'now' });
  const named = (...more: Parameters<typeof night>) =>
    run(night(...lines, ...more, early, end('+00:09:00')), bare);
  expect(refused(named())).toEqual([['plan-not-running']]);
  expect(times(named(over('+00:06:00')), 'gate-passed')).toEqual(['+00:08:00']);
  const again = night(
    ...lines,
    over('+00:06:00'),
    marta('+00:07:00', 'resume'),
    marta('+00:08:00', 'pause'),
    end('+00:20:00'),
  );
  expect(times(run(again, bare), 'gate-passed')).toEqual([]);
});

test('findings overridden before the start hold nothing any more', () => {
  const override = marta('+00:01:00', 'override', { hold: 'preflight', reason: 'known' });
  expect(holdCodes(run(night(end('+00:02:00'))))).toEqual(['preflight']);
  expect(holdCodes(run(night(override, end('+00:02:00'))))).toEqual([]);
  // Data that cannot be taken back holds the start though every finding was accepted.
  const plan = bare.replace('schema: reversible', 'schema: irreversible');
  const accepted = run(night(begun, end('+00:02:00')), plan);
  expect(refused(accepted)).toEqual([['preflight']]);
  expect(holdCodes(accepted)).toEqual(['preflight']);
  const owner = { ...override, at: '+00:01:30', reason: 'Ana owns the data' };
  const started = run(night(begun, owner, { ...begun[1]!, at: '+00:01:40' }, end('+00:02:00')), plan);
  expect(started.end).toMatchObject({ plan: 'running', holds: [] });
});

test('a page that is stale holds a gate and never trips (rule 2b)', () => {
  const stale = {
    at: '+00:05:00',
    every: '1m',
    until: '+00:30:00',
    reading: { source: 'feed:aws', target: W, service: 'dynamodb', health: 'stale', began: '+00:04:30' },
  };
  const answer = run(night(healthyBut(), canary, stale, end('+00:20:00')), bare);
  expect(times(answer, 'breaker-opened')).toEqual([]);
  expect(times(answer, 'gate-passed')).toEqual([]);
  expect(times(answer, 'gate-waiting')).toEqual(['+00:14:00']);
});

test('a plan may say that nothing trips', () => {
  const plan = bare.replace(/ {2}trip:\n(?: {4}- .*\n)+/, '  trip: []\n');
  expect(parsePlan(plan).problems).toEqual([]);
  const answer = run(night(healthyBut(), canary, end('+00:20:00')), plan);
  expect(times(answer, 'gate-passed')).toEqual(['+00:14:00']);
});

test('the evidence of a trip says how untouched targets fare (rule 2d)', () => {
  const alert = {
    at: '+00:06:00',
    reading: {
      source: 'alert',
      labels: { severity: 'critical', region: 'us-west-2', service: 'checkout-api' },
      firing: true,
    },
  };
  const answer = run(night(healthyBut(), canary, alert, end('+00:07:00')));
  expect(events(answer, 'breaker-opened')[0]?.reading).toMatchObject({
    untouched: 'also worse in 0 of 3 targets that we have not touched',
  });
});

test('what cannot be done now is refused by the rule that asks for it', () => {
  const text = night(
    begun,
    marta('+00:01:00', 'start-plan'),
    marta('+00:02:00', 'resume'),
    marta('+00:03:00', 'start-wave', { wave: 'canary' }),
    marta('+00:04:00', 'start-wave', { wave: 'canary' }),
    marta('+00:05:00', 'pass-gate', { wave: 'wave 1', reason: 'now' }),
    marta('+00:06:00', 'breaker', { choose: 'accept', target: W, reason: 'not ours' }),
    marta('+00:07:00', 'override', { hold: 'cool', reason: 'long enough' }),
    end('+00:08:00'),
  );
  const why = run(text).lines.flatMap((line) => line.why.map((one) => `${one.rule} ${one.code}`));
  expect(why).toEqual(['1', '11', '1', '6', '4', '7'].map((rule) => `${rule} not-pending`));
});
