// Plans and nights as files: the sample pack, the fixtures, and what the command line is told when a file is wrong.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planCheck, rehearseFiles } from '../../../electron/rollback/rehearse.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const samplePlan = (): string => read('samples', 'pack', 'runbooks', 'checkout-api-rollback.md');
const sample = (name: string) => {
  const answer = rehearseFiles(samplePlan(), read('samples', 'pack', 'nights', `${name}.jsonl`));
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};

describe('the sample pack', () => {
  test('its plan has no problem, and asks only what cannot be known', () => {
    const checked = planCheck(samplePlan());
    expect(checked.ok).toBe(true);
    expect(checked.findings.map((one) => one.code)).toEqual([
      'other-changes',
      'version-unknown',
      'not-frozen',
      'not-fetchable',
      'capacity',
    ]);
  });

  test('a quiet night ends with the plan completed and every region done', () => {
    const night = sample('quiet-night');
    expect(night.lines.every((line) => line.ok)).toBe(true);
    expect(night.end).toMatchObject({ plan: 'completed', breaker: 'closed', holds: [] });
    expect(Object.values(night.end.targets).map((target) => target.state)).toEqual(Array(4).fill('done'));
  });

  test('the breaker opens in a bake, and the way out is to look again', () => {
    const night = sample('breaker-opens-in-a-bake');
    expect(
      night.events.filter((one) => one.kind.startsWith('breaker')).map((one) => `${one.at} ${one.kind}`),
    ).toEqual(['+00:33:30 breaker-opened', '+00:42:00 breaker-half-opened', '+00:47:00 breaker-closed']);
    expect(night.end.waves['wave 1']?.state).toBe('passed');
  });

  test('the laptop asleep: the sleep is a gap, and the next wave had to wait', () => {
    const night = sample('laptop-asleep');
    expect(night.lines.filter((line) => !line.ok).map((line) => line.why[0]?.code)).toEqual([
      'wave-before-not-passed',
    ]);
    expect(night.end.waves['canary']?.bake.gaps).toEqual([
      { from: '+00:08:00', to: '+00:43:00', cause: 'asleep' },
    ]);
  });
});

describe('the answer', () => {
  test('has the shape of the format in every night of the fixtures', { timeout: 90_000 }, () => {
    const plan = read('test', 'fixtures', 'rollback', 'plan.md');
    const nights = readdirSync(join(root, 'test', 'fixtures', 'rollback')).filter((name) =>
      name.endsWith('.jsonl'),
    );
    expect(nights.length).toBeGreaterThan(12);
    for (const name of nights) {
      const answer = rehearseFiles(plan, read('test', 'fixtures', 'rollback', name));
      if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
      const { lines, events, end, same } = answer.value;
      expect(same, name).toBe(true);
      for (const line of lines) {
        expect(line.at).toMatch(/^\+\d\d:\d\d:\d\d$/);
        expect(line.ok).toBe(line.why.length === 0);
        for (const why of line.why) expect(Object.keys(why)).toEqual(['rule', 'code', 'text']);
      }
      for (const event of events) expect(event.at).toMatch(/^\+\d\d:\d\d:\d\d$/);
      for (const wave of Object.values(end.waves)) {
        expect(Object.keys(wave)).toEqual(['state', 'bake', 'gate']);
        expect(wave.bake.watched).toBeLessThanOrEqual(wave.bake.needed);
      }
    }
  });
});

describe('files that are wrong', () => {
  test('a plan: problems with line and column, and no rehearsal', () => {
    const plan = samplePlan().replace('bake: 10m', 'bake: soon');
    const checked = planCheck(plan);
    expect(checked).toMatchObject({ ok: false, findings: [], problems: [{ line: 14 }] });
    const answer = rehearseFiles(plan, '{"at":"+00:00:00"}');
    expect(answer.ok ? '' : answer.error.code).toBe('plan-wrong');
    expect(answer.ok ? '' : answer.error.message).toContain('line 14');
  });

  test('a night: the line and column of what cannot be read', () => {
    const answer = rehearseFiles(samplePlan(), '{"at":"+00:00:00"}\n{"at":"+00:01:00","by":"M","do":"fly"}');
    expect(answer.ok ? '' : answer.error.code).toBe('night-wrong');
    expect(answer.ok ? null : answer.error.detail).toMatchObject({
      file: 'night',
      problems: [{ line: 2, column: 28 }],
    });
  });
});
