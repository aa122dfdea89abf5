// A plan that names no limit for a probe: what fails much is not operational all the same, and its gate waits (rule 6).
import { expect, test } from 'vitest';
import { bare, canary, end, events, healthyBut, night, probe, run } from './nights.ts';

const W = 'aws/us-west-2';
/** Neither success nor a rule about a probe: only what providers say trips. */
const plan = bare
  .split('\n')
  .filter((line) => !/- \{ (probe|alert):/.test(line))
  .join('\n');

const passed = (before: number, after: number, text = plan) => {
  const lines = [probe(W, before, '+00:00:00', '+00:03:30'), probe(W, after, '+00:04:00')];
  const answer = run(night(healthyBut(W), canary, lines, end('+00:30:00')), text);
  const gate = answer.end.waves['canary']?.gate.filter((one) => !one.met).map((one) => one.code);
  return { passed: events(answer, 'gate-passed').length, gate };
};

test('a probe that fails four of five tries holds the gate, whether it did so before or not', () => {
  expect(passed(0.2, 80).passed).toBe(0);
  expect(passed(0.2, 80).gate).toContain('success-not-met');
  expect(passed(80, 80).gate).toContain('no-better');
});

test('it passes where it fails little, and where it is well again', () => {
  expect(passed(0.2, 10).passed).toBe(1);
  expect(passed(80, 2).passed).toBe(1);
});

test('where the plan names a limit, that limit is the one that counts', () => {
  const limited = plan.replace(
    '    - { health: worse-than-baseline }',
    '    - { health: worse-than-baseline }\n    - { probe: checkout, errors: "> 50%", for: 3m }',
  );
  expect(passed(0.2, 30, limited).passed).toBe(1);
});
