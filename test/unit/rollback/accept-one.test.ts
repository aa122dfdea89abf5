// "Accept" of one target closes the breaker at once only if no other trip stands (rule 4): not even one whose target is well
// again, because nobody has looked at it yet.
import { expect, test } from 'vitest';
import { bare, begun, end, healthyBut, marta, night, probe, refused, run, times } from './nights.ts';

const W = 'aws/us-west-2';
const E = 'aws/us-east-1';
/** The canary holds two targets; both trip, the first at +00:09:00, the second at +00:10:00. */
const plan = bare
  .replace('targets: [aws/us-west-2],   ', 'targets: [aws/us-west-2, aws/us-east-1],')
  .replace('targets: [aws/us-east-1],   ', 'targets: [aws/eu-west-1],')
  .replace('[aws/eu-west-1, gcp/europe-west1]', '[gcp/europe-west1]')
  .replace('    - { probe: checkout, failed: "> 3 of 10" }\n', '')
  .replace(', apart: 2m', '');
const choose = (time: string, how: string, target: string) =>
  marta(time, 'breaker', { choose: how, target, reason: 'looked at' });
const lines = [
  ...healthyBut(W, E),
  probe(W, 0.2, '+00:00:00', '+00:05:30'),
  probe(W, 30, '+00:06:00'),
  probe(E, 0.2, '+00:00:00', '+00:06:30'),
  probe(E, 30, '+00:07:00', '+00:10:30'),
  probe(E, 0.2, '+00:11:00'),
  ...begun,
  marta('+00:02:00', 'finish-target', { target: W }),
  marta('+00:02:00', 'finish-target', { target: E }),
  choose('+00:12:00', 'accept', W),
];

test('the other one stands though it is well again; a look or its own accept ends it', () => {
  const open = run(night(lines, end('+00:30:00')), plan);
  expect(refused(open)).toEqual([]);
  expect([times(open, 'breaker-opened'), times(open, 'trip-noted')]).toEqual([['+00:09:00'], ['+00:10:00']]);
  expect(times(open, 'breaker-closed')).toEqual([]);
  expect(open.end.breaker).toBe('open');
  expect(open.end.holds[0]).toMatchObject({ code: 'breaker-open', target: E });
  const looked = run(night(lines, choose('+00:13:00', 'look-again', E), end('+00:30:00')), plan);
  expect(times(looked, 'breaker-closed')).toEqual(['+00:19:00']);
  const accepted = run(night(lines, choose('+00:13:00', 'accept', E), end('+00:30:00')), plan);
  expect(times(accepted, 'breaker-closed')).toEqual(['+00:13:00']);
});

test('one that was skipped meanwhile keeps nothing open', () => {
  const skipped = [
    marta('+00:11:00', 'step', { target: E, step: 1, to: 'failed', reason: 'red' }),
    marta('+00:11:30', 'skip-target', { target: E, reason: 'later' }),
  ];
  const answer = run(night(lines, skipped, end('+00:30:00')), plan);
  expect(times(answer, 'breaker-closed')).toEqual(['+00:12:00']);
});
