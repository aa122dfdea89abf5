// A look does not end well over what was said last and never taken back (rule 4): an alert that still fires, a provider's
// word that stands, a probe that went silent beside others.
import { expect, test } from 'vitest';
import { bare, canary, end, healthyBut, marta, night, refused, run, times } from './nights.ts';

const W = 'aws/us-west-2';
const look = (time: string) => marta(time, 'breaker', { choose: 'look-again', target: W, reason: 'a blip?' });
const alert = (at: string, firing: boolean) => ({
  at,
  reading: {
    source: 'alert',
    labels: { severity: 'critical', region: 'us-west-2', service: 'checkout-api' },
    firing,
  },
});
const word = (at: string, health: string) => ({
  at,
  reading: { source: 'feed:aws', target: W, service: 'dynamodb', health, began: '+00:05:30' },
});

const breaker = (...lines: Parameters<typeof night>) => {
  const answer = run(night(healthyBut(), canary, look('+00:07:00'), ...lines, end('+00:40:00')));
  expect(refused(answer)).toEqual([]);
  return [times(answer, 'breaker-opened'), times(answer, 'breaker-closed')];
};

test('an alert that fires from before the look to its end opens the breaker again, once the look is over', () => {
  expect(breaker(alert('+00:06:00', true))).toEqual([['+00:06:00', '+00:12:00'], []]);
});

test('an alert that ends before the look or in it lets it end well, after the cool time', () => {
  for (const at of ['+00:06:30', '+00:09:00'])
    expect(breaker(alert('+00:06:00', true), alert(at, false))).toEqual([['+00:06:00'], ['+00:16:00']]);
});

test("a provider's word stands until the provider takes it back", () => {
  const bad = [word('+00:06:00', 'degraded'), word('+00:06:30', 'degraded')];
  expect(breaker(bad)).toEqual([['+00:06:30', '+00:12:00'], []]);
  expect(breaker(bad, word('+00:09:00', 'operational'))).toEqual([['+00:06:30'], ['+00:16:30']]);
});

test('a probe that is not heard in the look while another of the target is', () => {
  const signIn = (errors: number, at: string, until: string) => ({
    at,
    every: '30s',
    until,
    reading: { source: 'probe:sign-in', target: W, errors, tries: 20 },
  });
  const plan = bare.replace('probe: checkout, errors: "> 5%"', 'probe: sign-in, errors: "> 5%"');
  const lines = [
    signIn(0.2, '+00:00:00', '+00:04:00'),
    signIn(30, '+00:04:30', '+00:07:30'),
    ...healthyBut(),
    ...canary,
    look('+00:08:00'),
  ];
  const silent = run(night(lines, end('+00:40:00')), plan);
  expect(times(silent, 'breaker-opened')).toEqual(['+00:07:30', '+00:13:00']);
  const heard = run(night(lines, signIn(0.2, '+00:09:00', '+01:00:00'), end('+00:40:00')), plan);
  expect(times(heard, 'breaker-closed')).toEqual(['+00:17:30']);
});
