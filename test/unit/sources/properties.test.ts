// Whatever arrives: no kind throws, unusable payloads say nothing, and no code that nobody knows becomes healthy.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { FEED_KIND_NAMES, type FeedKindName, parsePayload } from '../../../electron/health/sources/index.ts';
import { plainText } from '../../../electron/health/sources/reading/html.ts';
import { type ParseResult, STATES } from '../../../shared/health/types.ts';
import { samples } from '../../fixtures/feeds/samples.ts';
import { NOW, parse } from './parse.ts';

vi.setConfig({ testTimeout: 120_000 });

const kinds = fc.constantFrom(...FEED_KIND_NAMES);

/** What every result keeps to. */
function sane(kind: FeedKindName, result: ParseResult): void {
  expect(result.kind).toBe(kind);
  expect(result.problems.map((one) => one.code)).not.toContain('parser-failed');
  if (!result.usable) {
    expect(result.observations.length + result.events.length).toBe(0);
    expect(result.problems.length).toBeGreaterThan(0);
  }
  const time = (at: string | null | undefined): void => {
    if (at !== null && at !== undefined) expect(new Date(at).toISOString()).toBe(at);
  };
  time(result.asOf);
  for (const one of result.observations) {
    expect(STATES).toContain(one.state);
    expect([typeof one.provider, typeof one.region, typeof one.service]).toEqual([
      'string',
      'string',
      'string',
    ]);
    expect(one.region === '' || one.service === '' || one.provider === '').toBe(false);
    time(one.at);
  }
  for (const one of result.events) {
    expect(STATES).toContain(one.state);
    expect(one.id).not.toBe('');
    time(one.startedAt);
    time(one.endedAt);
    time(one.updatedAt);
  }
}

test('any bytes', () => {
  fc.assert(
    fc.property(kinds, fc.uint8Array({ maxLength: 400 }), (kind, bytes) => {
      sane(kind, parsePayload(kind, bytes, { now: NOW }));
    }),
    { numRuns: 1500 },
  );
});

test('any JSON', () => {
  fc.assert(
    fc.property(kinds, fc.jsonValue({ maxDepth: 5 }), (kind, value) => {
      sane(kind, parse(kind, JSON.stringify(value)));
    }),
    { numRuns: 1500 },
  );
});

test('real shapes with pieces of text cut, doubled and exchanged', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    by: fc.string({ maxLength: 12 }),
  });
  fc.assert(
    fc.property(kinds, fc.array(edit, { minLength: 1, maxLength: 4 }), (kind, edits) => {
      let text = samples[kind];
      for (const { at, length, by } of edits) {
        const from = Math.floor(at * text.length);
        text = text.slice(0, from) + by + text.slice(from + length);
      }
      sane(kind, parse(kind, text));
    }),
    { numRuns: 1500 },
  );
});

test('real shapes with any value in any place', () => {
  const structured = FEED_KIND_NAMES.filter((kind) => !samples[kind].startsWith('<'));
  fc.assert(
    fc.property(
      fc.constantFrom(...structured),
      fc.nat(120),
      fc.jsonValue({ maxDepth: 3 }),
      (kind, target, instead) => {
        let at = 0;
        const text = JSON.stringify(JSON.parse(samples[kind]), (_key, value: unknown) =>
          at++ === target ? instead : value,
        );
        sane(kind, parse(kind, text ?? 'null'));
      },
    ),
    { numRuns: 2000 },
  );
});

/** Fields that carry a code, per kind: each replaced alone, so that nothing else can say that it is bad. */
const CODES: readonly (readonly [kind: FeedKindName, field: string, from: string])[] = [
  ['statuspage', '"status": "', 'operational'],
  ['oci', '"status": "', 'operational'],
  ['incident-io', '"status": "', 'operational'],
  ['aws-currentevents', '"current": "', '0'],
  ['aws-data-json', '"status": "', '0'],
  ['statusio', '"status_code": ', '100'],
  ['heroku', '"status": "', 'green'],
  ['betterstack', '"status": "', 'operational'],
  ['alertmanager', '"severity": "', 'critical'],
];

test('a code that nobody knows never becomes operational', () => {
  const known =
    /^(?:operational|resolved|degraded|downtime|maintenance|not_monitored|green|yellow|orange|red|blue|[0-3]|[1-6]00|critical|page|emergency|error|high|major|warning|warn|medium|minor|low|info|informational|notice|none|partial_outage|major_outage|full_outage|degraded_performance|under_maintenance)$/i;
  const word = fc.stringMatching(/^[a-z0-9_]{1,12}$/).filter((one) => !known.test(one));
  fc.assert(
    fc.property(
      fc.constantFrom(...CODES),
      word,
      fc.integer({ min: 601, max: 9999 }),
      ([kind, field, from], text, number) => {
        const code = field.endsWith('"') ? text : String(number);
        const before = samples[kind].replaceAll('[RESOLVED] ', '');
        const changed = before.replaceAll(`${field}${from}`, `${field}${code}`);
        expect(changed).not.toBe(before);
        const result = parse(kind, changed);
        const good = (one: ParseResult): number =>
          one.observations.filter(
            (observation) => observation.state === 'operational' && observation.service !== 'alertmanager',
          ).length;
        expect(good(result)).toBe(0);
        expect(result.observations.some((one) => one.state === 'unknown')).toBe(true);
        expect(result.problems.some((one) => one.code === 'unknown-code')).toBe(true);
      },
    ),
    { numRuns: 600 },
  );
});

test('plain text never holds a tag, whatever it was made of', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '&',
    'lt;',
    'gt;',
    'amp;',
    '#60;',
    '#x3c;',
    'script',
    '/',
    '!--',
    '-->',
    'b',
    ' ',
    '"',
    '\n',
    '<p>',
    '&lt;',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(plainText(pieces.join(''))).not.toMatch(/<[a-z/!?]/i);
    }),
    { numRuns: 3000 },
  );
});
