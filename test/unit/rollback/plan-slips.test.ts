// Slips of the pen in a plan: each is said before the night, with its place, and none changes the plan without a word.
import { describe, expect, test } from 'vitest';
import { inUtc } from '../../../shared/rollback/front.ts';
import { parseNight } from '../../../shared/rollback/night.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import { planFindings } from '../../../shared/rollback/preflight.ts';
import { findSteps } from '../../../shared/rollback/sections.ts';
import { planOf, planText } from './nights.ts';

const changed = (from: string | RegExp, to: string): string => {
  const text = planText().replace(from, to);
  expect(text).not.toBe(planText());
  return text;
};
const problems = (from: string | RegExp, to: string): string[] =>
  parsePlan(changed(from, to)).problems.map((one) => `${one.line}:${one.column} ${one.text}`);
const findings = (from: string | RegExp, to: string, code: string): string[] =>
  planFindings(planOf(changed(from, to)))
    .filter((one) => one.code === code)
    .map((one) => one.about);

describe('front matter', () => {
  test.each([
    ['from: 4.18.0', 'from: 1.10', '1.10'],
    ['from: 4.18.0', 'from: 007', '007'],
    ['from: 4.18.0', 'from: 1e3', '1e3'],
    ['from: 4.18.0', 'from: "1.10"', '1.10'],
  ])('%s as %s: a version is what is written, not a number', (from, to, version) => {
    expect(planOf(changed(from, to)).change.from).toBe(version);
  });

  test('keys of a rule that mean nothing are found, and keys at the top that look like a slip', () => {
    expect(findings('margin: 5, ', 'margni: 5, ', 'unknown-key')).toEqual(['breaker.trip.1.margni']);
    expect(findings('errors: "< 1%", for: 5m', 'errors: "< 1%", fro: 5m', 'unknown-key')).toEqual([
      'success.1.fro',
    ]);
    for (const slip of ['braeker', 'breakr', 'breakerr', 'braker', 'Breaker'])
      expect(findings('breaker:', `${slip}:`, 'unknown-key')).toEqual([slip]);
    expect(findings('breaker:', 'owner: payments\ndate: 2025-10-20\nbreaker:', 'unknown-key')).toEqual([]);
  });

  test.each([
    ['"> 5%"', '"< 5%"', /^16:34 breaker\.trip\.1\.errors: would never trip/],
    ['"> 5%"', '"> 100%"', /^16:34 breaker\.trip\.1\.errors: would never trip/],
    ['"> 1200 ms"', '"< 1200 ms"', /^18:\d+ breaker\.trip\.3\.p95: would never trip/],
    ['"< 1%"', '"> 1%"', /^\d+:\d+ success\.1\.errors: is met by what fails/],
  ])('%s as %s is refused with its place', (from, to, text) => {
    const found = problems(from, to);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(text);
  });

  test.each([
    ['to: 4.17.3,', '', '2:11 change.to is missing.'],
    ['to: 4.17.3,', 'to: [4],', '2:53 change.to is not a text or a number.'],
    ['schema: reversible', 'schema: maybe', /change\.schema must be one of "reversible", "expand-only"/],
    ['{ atOnce: 2, apart: 2m }', 'fast', /pace holds no keys; write them in braces/],
    ['atOnce: 2', 'atOnce: 0', /pace\.atOnce is too small; the least is 1\.$/],
    [
      'targets:  [',
      `targets:  [ ${Array.from({ length: 500 }, (_, i) => `x/${i}`).join(', ')}, `,
      /targets is too large; the most is 500\.$/,
    ],
    ['atOnce: 2', 'atOnce: 1.5', /pace\.atOnce is not a whole number\.$/],
    ['atOnce: 2', 'atOnce: "2"', /pace\.atOnce is not a number; write it without quotes/],
    ['[ aws/dynamodb, aws/sqs ]', 'aws/sqs', /watch is not a list; write it in square brackets/],
    ['">= 100"', '"< 100"', /data\.tries: is met by no evidence at all; write for example ">= 100"$/],
  ])('%s as %s says what is wrong and how it is written', (from, to, text) => {
    const found = problems(from, to);
    expect(found).toHaveLength(1);
    if (typeof text === 'string') expect(found[0]).toBe(text);
    else expect(found[0]).toMatch(text);
  });

  test('a time without a zone is UTC, and what is no time is refused', () => {
    expect(inUtc('2025-10-20T06:44:00')).toBe('2025-10-20T06:44:00Z');
    expect(inUtc('2025-10-20 06:44')).toBe('2025-10-20T06:44Z');
    expect(inUtc('2025-10-20T06:44:00+02:00')).toBe('2025-10-20T06:44:00+02:00');
    expect(inUtc('2025-10-20')).toBe('2025-10-20');
    for (const text of ['5', 'yesterday', '2025-13-45', '2025-10-20T25:00:00Z', 'Oct 20 2025'])
      expect(inUtc(text)).toBe(null);
    expect(problems('2025-10-20T06:44:00Z', '5')[0]).toMatch(/^2:\d+ change\.deployedAt/);
  });

  test('anchors used without end are refused where the first is used', () => {
    const letters = 'abcdefg'.split('');
    const bomb = letters.map((key, i) =>
      i === 0
        ? 'a: &a [x,x,x,x,x,x,x,x,x]'
        : `${key}: &${key} [${Array(9)
            .fill(`*${letters[i - 1]}`)
            .join(',')}]`,
    );
    expect(parsePlan(`---\n${bomb.join('\n')}\n---\n`).problems).toEqual([
      { line: 3, column: 8, text: expect.stringContaining('more than 100 times') },
    ]);
  });

  test('very deep text is refused in our words, not in those of a stack', () => {
    for (const deep of [
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      '- '.repeat(20_000),
      '{a: '.repeat(20_000),
    ]) {
      const parsed = parsePlan(`---\na: ${deep}\n---\n`);
      expect(parsed.ok).toBe(false);
      for (const one of parsed.problems) expect(one.text).not.toMatch(/stack/i);
    }
  });
});

describe('steps', () => {
  const steps = (text: string) => findSteps(`## Each target\n\n${text}\n`, 0).steps;
  const titles = (text: string): string[] => steps(text).each.map((step) => step.title);

  test('what is commented out is no step and no section', () => {
    expect(titles('1. one\n\n<!--\n2. old\n\n## Revert a target\n1. back\n-->\n\n3. three')).toEqual([
      'one',
      'three',
    ]);
    expect(steps('1. one\n<!--\n## Revert a target\n1. back\n-->').revert).toEqual([]);
    expect(titles('1. Go <!-- by phone --> on {danger}')).toEqual(['Go on']);
    expect(steps('1. Go <!-- by phone --> on {danger}').each[0]?.danger).toBe(true);
  });

  test('a comment in code is code, and one that nobody closed hides nothing', () => {
    expect(titles('1. `<!--`\n2. two\n3. three <!-- x -->')).toEqual(['<!--', 'two', 'three']);
    expect(titles('1. one <!-- open\n2. two')).toEqual(['one <!-- open', 'two']);
    const [step] = steps('1. one\n\n   ```html\n   <!-- kept -->\n   ```').each;
    expect(step?.commands).toEqual(['<!-- kept -->']);
  });

  test.each([
    'Shift {danger, confirm: x',
    'Shift {danger}.',
    'Shift {danger} away',
    'Shift {danger} {expect: 5m}',
    'Shift\n   {two-person}',
  ])('a mark that is not where marks stand is found: %s', (text) => {
    const [step] = steps(`1. ${text}`).each;
    expect(step?.strange).toHaveLength(1);
  });

  test('variables and braces of code are no marks', () => {
    for (const text of ['Restart {{danger}}', 'Write `{"a": 1}` there', 'Go {expect: 5m}'])
      expect(steps(`1. ${text}`).each[0]?.strange).toEqual([]);
  });
});

test('a reason may be long, and what is too long is said to be', () => {
  const line = (length: number) =>
    parseNight(
      JSON.stringify({ at: '+00:01:00', by: 'Marta', do: 'abort', reason: 'x'.repeat(length) }),
      planOf(planText()),
    );
  expect(line(2000).ok).toBe(true);
  expect(line(2001)).toMatchObject({
    ok: false,
    problems: [{ line: 1, column: 45, text: '"reason" is longer than 2000 characters.' }],
  });
});
