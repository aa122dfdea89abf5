// The plan's parser: what it reads, where it says an error is, and that hostile text never throws.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatOffset, parseDuration, parseOffset } from '../../../shared/rollback/duration.ts';
import { planJsonSchema } from '../../../shared/rollback/front.ts';
import { parseNight } from '../../../shared/rollback/night.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import { planFindings } from '../../../shared/rollback/preflight.ts';
import { readMarks } from '../../../shared/rollback/sections.ts';
import { SEED } from '../../seed.ts';
import { planOf, planText } from './nights.ts';

/** Problems of the fixture plan with one change, as `line:column text`. */
const problems = (from: string | RegExp, to: string): string[] => {
  const parsed = parsePlan(planText().replace(from, to));
  return parsed.problems.map((one) => `${one.line}:${one.column} ${one.text}`);
};

describe('a plan', () => {
  test('is read from front matter and sections', () => {
    const plan = planOf(planText());
    expect(plan.title).toBe('Roll back checkout-api');
    expect(plan.change).toMatchObject({
      system: 'checkout-api',
      from: '4.18.0',
      to: '4.17.3',
      schema: 'reversible',
    });
    expect(plan.waves.map((wave) => [wave.name, wave.bake, wave.gate])).toEqual([
      ['canary', 600_000, 'health'],
      ['wave 1', 900_000, 'health'],
      ['the rest', 900_000, 'manual'],
    ]);
    expect(plan.breaker).toMatchObject({ stale: 300_000, retry: 300_000, cool: 600_000 });
    expect(plan.breaker.trip.map((rule) => rule.type)).toEqual([
      'health',
      'errors',
      'failed',
      'p95',
      'alert',
    ]);
    expect(plan.pace).toEqual({ atOnce: 2, apart: 120_000 });
    expect(plan.data).toMatchObject({ probe: 'checkout', tries: { op: '>=', value: 100 } });
  });

  test('steps are numbered or task items of a section at any level, with marks, Expect lines and commands', () => {
    const { steps } = planOf(planText());
    expect(steps.each.map((step) => step.title)).toEqual(['Shift traffic away', 'Roll back', 'Verify']);
    expect(steps.each[0]).toMatchObject({
      danger: true,
      confirm: 'us-east-1',
      lasts: 300_000,
      expected: 'traffic at 0',
      commands: ['shift {{target}}'],
    });
    expect(steps.each[2]).toMatchObject({ danger: false, expected: 'errors < 1%' });
    expect(steps.before).toHaveLength(1);
    expect(steps.prepare[0]).toMatchObject({ title: 'Freeze deploys', lasts: 60_000 });
    expect(steps.revert).toHaveLength(2);
  });

  test('marks stand in braces; a variable is none', () => {
    expect(readMarks('Drain {danger, two-person, confirm: eu}')).toMatchObject({
      title: 'Drain',
      danger: true,
      twoPerson: true,
      confirm: 'eu',
      strange: [],
    });
    expect(readMarks('Restart {{region}}')).toMatchObject({ title: 'Restart {{region}}', danger: false });
    expect(readMarks('Drain {dagner}').strange).toEqual(['dagner']);
  });

  test('versions may be numbers, the title may be missing, targets come from the waves', () => {
    const plan = planOf(
      '---\nchange: { system: x, from: 2, to: 1 }\nwaves: [ { name: all, targets: [a/b], bake: 5m } ]\n---\n',
    );
    expect(plan).toMatchObject({ title: 'x 2 to 1', targets: ['a/b'], watch: null, success: null });
    expect(plan.breaker.trip).toMatchObject([{ type: 'health' }]);
  });

  test('errors say line and column', () => {
    expect(problems('bake: 10m', 'bake: ten')).toEqual([
      '7:72 waves.0.bake: is not a duration; write for example 10m, 90s or 1h30m',
    ]);
    expect(problems('[aws/us-west-2], ', '[aws/us-west-9], ')[0]).toMatch(
      /^7:33 "aws\/us-west-9" of wave "canary"/,
    );
    expect(problems('"> 5%"', '"much"')[0]).toMatch(
      /^16:34 breaker\.trip\.1\.errors: is not a limit in percent/,
    );
    expect(problems('name: wave 1', 'name: canary')[0]).toMatch(/^8:13 There are two waves called "canary"/);
    expect(problems('system: checkout-api, ', '')[0]).toMatch(/^2:11 change\.system is missing/);
    expect(problems('gate: manual', 'gate: maybe')[0]).toMatch(/^9:/);
    expect(problems('targets:  [', 'targets:  [[')[0]).toMatch(/^\d+:\d+ The front matter is not YAML/);
    expect(problems('1. Freeze deploys {expect: 1m}', '1. Freeze deploys {danger}')[0]).toMatch(
      /^30:1 "Freeze deploys" is marked danger/,
    );
    expect(problems(/^---\n/, '')[0]).toMatch(/^1:1 There is no front matter/);
  });

  test('hostile text never throws, and every problem has a place; 100 runs', { timeout: 60_000 }, () => {
    const yaml = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom(...'{}[]:-,&*!|>\'"%@`#\n ab01~?<'.split('')), maxLength: 200 }),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc
        .record({ change: fc.jsonValue(), waves: fc.jsonValue(), breaker: fc.jsonValue() })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(yaml, fc.string({ unit: 'binary', maxLength: 400 }), (front, body) => {
        for (const text of [
          front,
          `---\n${front}\n---\n${body}`,
          planText().replace('## Each target', body),
        ]) {
          const parsed = parsePlan(text);
          if (parsed.ok) continue;
          expect(parsed.problems.length).toBeGreaterThan(0);
          for (const one of parsed.problems)
            expect(one.line >= 1 && one.column >= 1 && one.text.length > 0).toBe(true);
        }
      }),
      { numRuns: 100, seed: SEED },
    );
  });

  test('aliases that explode, deep nests and giants are refused', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`)
      .join('\n')}`;
    for (const text of [
      `---\n${bomb}\n---\n`,
      `---\nchange: ${'['.repeat(5000)}\n---\n`,
      'x'.repeat(1_100_000),
    ])
      expect(parsePlan(text).ok).toBe(false);
  });
});

describe('findings that need no live data', () => {
  test('a time is asked about as people say it, not as it stands in the file', () => {
    const plan = planOf(planText());
    const asked = planFindings(plan).find((one) => one.code === 'other-changes');
    expect(asked?.text).toMatch(/ change after Mon 20 Oct 06:44Z\?$/);
    const known = {
      changes: [{ system: 'sessions', what: 'r7', at: '2025-10-20T07:00:00Z', dependant: true }],
    };
    expect(planFindings(plan, known).find((one) => one.code === 'dependant-changed')?.text).toBe(
      'sessions changed after Mon 20 Oct 06:44Z: r7. Roll that back first.',
    );
  });

  const codes = (from: string | RegExp, to: string): string[] =>
    planFindings(planOf(planText().replace(from, to))).map((one) => one.code);

  test('the fixture plan asks only what cannot be known', () => {
    const found = planFindings(planOf(planText()));
    expect(found.filter((one) => !one.question)).toEqual([]);
    expect(found.map((one) => one.code)).toEqual([
      'other-changes',
      'version-unknown',
      'not-frozen',
      'not-fetchable',
      'capacity',
    ]);
  });

  test.each([
    ['schema: reversible', 'schema: unknown', 'schema-unknown'],
    ['schema: reversible', 'schema: irreversible', 'schema-irreversible'],
    [
      '[aws/eu-west-1, gcp/europe-west1]',
      '[aws/eu-west-1, gcp/europe-west1, aws/us-east-1]',
      'wave-too-large',
    ],
    ['[aws/eu-west-1, gcp/europe-west1]', '[aws/eu-west-1, gcp/europe-west1, aws/us-east-1]', 'target-twice'],
    ['[aws/eu-west-1, gcp/europe-west1]', '[aws/eu-west-1]', 'target-in-no-wave'],
    ['bake: 10m, ', '', 'bake-missing'],
    ['shift {{target}}', 'shift $CLUSTER {{who}}', 'unresolved-variable'],
    ['*Expect: traffic at 0*', '', 'danger-no-expect'],
    ['## Each target', '## Something else', 'no-steps'],
    ['## Revert a target', '## Something else', 'no-revert-steps'],
    ['apart: 2m', 'aprat: 2m', 'unknown-key'],
    ['{danger, confirm', '{dagner, confirm', 'unknown-mark'],
  ])('%s as %s is found: %s', (from, to, code) => {
    expect(codes(from, to)).toContain(code);
  });

  test('a canary that shares its failure domain with the next wave, and a wave with all of a provider', () => {
    const plan = planText()
      .replace(
        '[ aws/us-east-1, aws/us-west-2, aws/eu-west-1, gcp/europe-west1 ]',
        '[ aws/r/a, aws/r/b, gcp/x, gcp/y ]',
      )
      .replace('[aws/us-west-2]', '[aws/r/a]')
      .replace('[aws/eu-west-1, gcp/europe-west1]', '[aws/r/b]')
      .replace('[aws/us-east-1]', '[gcp/x, gcp/y]');
    const found = planFindings(planOf(plan));
    expect(found.map((one) => one.code)).toEqual(
      expect.arrayContaining(['shared-failure-domain', 'whole-provider']),
    );
  });
});

describe('a night', () => {
  const plan = planOf(planText());
  const wrong = (line: string): string => {
    const read = parseNight(`{"at":"+00:00:00"}\n${line}\n{"at":"+09:00:00"}`, plan);
    return read.ok ? 'fine' : read.problems.map((one) => `${one.line}:${one.column} ${one.text}`).join('; ');
  };

  test.each([
    ['{"at":"+00:01:00","by":"M","do":"dance"}', /^2:28 "do" says "dance"/],
    [
      '{"at":"+00:01:00","by":"M","do":"start-target","target":"aws/nowhere"}',
      /^2:48 "aws\/nowhere" is no target/,
    ],
    ['{"at":"soon"}', /^2:2 "at" must be/],
    ['{"at":"+00:01:00","do":"pause"}', /^2:1 "by" is missing/],
    [
      '{"at":"+00:01:00","by":"M","do":"step","target":"aws/us-west-2","step":9,"to":"done"}',
      /^2:\d+ The plan has no step 9/,
    ],
    [
      '{"at":"+00:01:00","reading":{"source":"probe:x","target":"aws/us-west-2","errors":200,"tries":1}}',
      /^2:\d+ "errors" must be a number/,
    ],
    [
      '{"at":"+00:01:00","reading":{"source":"feed:x","target":"aws/us-west-2","health":"so-so"}}',
      /^2:\d+ "health" must be one of/,
    ],
    ['{"at":"+00:01:00",', /^2:\d+ This line is not JSON/],
    ['[1]', /^2:1 A line is one JSON object/],
    ['{"at":"+00:01:00","sleep":"5m","kill":"5m"}', /^2:\d+ A line says one thing/],
  ])('%s is wrong, and says where', (line, expected) => {
    expect(wrong(line)).toMatch(expected);
  });

  test('lines stand in order of time', () => {
    const read = parseNight('{"at":"+01:00:00"}\n{"at":"+00:30:00"}', plan);
    expect(read.ok ? [] : read.problems.map((one) => one.line)).toEqual([2]);
  });

  test('hostile text never throws; 300 runs', { timeout: 60_000 }, () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc
        .record(
          {
            at: fc.constantFrom('+00:00:00', '+9999:00:00', '-1h', ''),
            do: fc.jsonValue(),
            by: fc.jsonValue(),
            reading: fc.jsonValue(),
            every: fc.jsonValue(),
          },
          { requiredKeys: ['at'] },
        )
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const read = parseNight(lines.join('\n'), plan);
        if (!read.ok) for (const one of read.problems) expect(one.line >= 1 && one.column >= 1).toBe(true);
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});

describe('durations', () => {
  test('are read as people write them', () => {
    expect(['10m', '1h30m', '90 s', '5 min', '0', '1h 5m'].map(parseDuration)).toEqual([
      600_000, 5_400_000, 90_000, 300_000, 0, 3_900_000,
    ]);
    expect(['', '10', 'm', '-5m', '10 parsecs', '9999999d'].map(parseDuration)).toEqual(Array(6).fill(null));
    expect(['+00:10:00', '-00:10:00', '+2h', '-30m', '26:00:00'].map(parseOffset)).toEqual([
      600_000, -600_000, 7_200_000, -1_800_000, 93_600_000,
    ]);
  });

  test('an offset is written as it is read; 200 runs', () => {
    fc.assert(
      fc.property(fc.integer({ min: -86_400, max: 86_400 * 5 }), (seconds) => {
        expect(parseOffset(formatOffset(seconds * 1000))).toBe(seconds * 1000);
      }),
      { numRuns: 200, seed: SEED },
    );
  });
});

test('the published schema is the one that the parser uses', () => {
  const path = join(import.meta.dirname, '..', '..', '..', 'schemas', 'rollback-plan.schema.json');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(planJsonSchema());
});
