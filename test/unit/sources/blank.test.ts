// A value of which no text is left - blanks, markup, control characters - names nothing. Each place of each payload is tried in turn,
// so that no seed decides: the counterexample that found it was a GCP incident whose id was a blank.
import { describe, expect, test } from 'vitest';
import { FEED_KIND_NAMES } from '../../../electron/health/sources/index.ts';
import { line, lineOf } from '../../../electron/health/sources/reading/lines.ts';
import type { ParseResult } from '../../../shared/health/types.ts';
import { samples } from '../../fixtures/feeds/samples.ts';
import { isXml, parse } from './parse.ts';

const VALUES: readonly unknown[] = [
  '',
  ' ',
  '<b></b>',
  '&nbsp;',
  '\u0000',
  null,
  0,
  -1,
  [],
  {},
  true,
  'constructor',
  [null],
  [{}],
  [''],
];

function named(result: ParseResult): readonly string[] {
  const empty: string[] = [];
  for (const one of result.problems) if (one.code === 'parser-failed') empty.push(one.text);
  for (const one of result.observations)
    for (const name of ['provider', 'region', 'service'] as const)
      if (one[name].trim() === '') empty.push(`${name} of an observation`);
  const ids = new Set(result.events.map((one) => one.id));
  for (const one of result.observations)
    if (one.event !== undefined && !ids.has(one.event)) empty.push(`no event ${one.event}`);
  for (const one of result.events) {
    if (one.id.trim() === '') empty.push('id');
    if (one.title.trim() === '') empty.push('title');
    if (one.regions.length === 0 || one.regions.some((region) => region.trim() === '')) empty.push('region');
    if (one.services.length === 0 || one.services.some((service) => service.trim() === ''))
      empty.push('service');
  }
  return empty;
}

describe.each(FEED_KIND_NAMES.filter((kind) => !isXml(kind)))('%s', (kind) => {
  test('every place with every value that says nothing', () => {
    let places = 0;
    const whole: unknown = JSON.parse(samples[kind], (_key, value: unknown) => {
      places += 1;
      return value;
    });
    for (let target = 0; target < places; target += 1)
      for (const instead of VALUES) {
        let at = 0;
        const text = JSON.stringify(whole, (_key, value: unknown) => (at++ === target ? instead : value));
        expect([target, instead, ...named(parse(kind, text))]).toEqual([target, instead]);
      }
  });
});

describe.each(FEED_KIND_NAMES.filter(isXml))('%s', (kind) => {
  test('every text with every text that says nothing', () => {
    const whole = samples[kind];
    for (const found of whole.matchAll(/>([^<]+)</g))
      for (const instead of ['', ' ', '&lt;b&gt;&lt;/b&gt;', '&amp;nbsp;', '&#160;']) {
        const from = found.index + 1;
        const text = whole.slice(0, from) + instead + whole.slice(from + found[1]!.length);
        expect([found[1], instead, ...named(parse(kind, text))]).toEqual([found[1], instead]);
      }
  });
});

test('an incident of Google Cloud whose id is blank goes by its number', () => {
  const text = samples['gcp-incidents'];
  const id = /"id": "(?<id>[^"]+)"/.exec(text)?.groups?.['id'] ?? '';
  expect(id).not.toBe('');
  const events = parse('gcp-incidents', text.replace(`"id": "${id}"`, '"id": " ", "number": "77"')).events;
  expect(events[0]?.id).toBe('1');
});

test('a line is plain, or nothing', () => {
  expect(lineOf(' <b>One</b>\ttwo ')).toBe('One two');
  expect(lineOf(42)).toBe('42');
  for (const nothing of [undefined, null, '', ' \n', '<p></p>', '&#160;&nbsp;', '\u0007', true, [], {}])
    expect(lineOf(nothing)).toBeNull();
  expect(line({ name: 'abcdef' }, 'name', 4)).toBe('abc…');
  expect(line({}, 'name')).toBeNull();
});

test('an object in the place of a code, even one that cannot be made a string, is an unknown code', () => {
  for (const [kind, from] of [
    ['aws-currentevents', '"current": "3"'],
    ['incident-io', '"status": "full_outage"'],
    ['statusio', '"status_code": 400'],
  ] as const) {
    const text = samples[kind].replaceAll(from, `${from.split(':')[0]}: {"toString": ""}`);
    expect(text).not.toBe(samples[kind]);
    const result = parse(kind, text);
    expect([kind, result.usable, result.problems.some((one) => one.code === 'unknown-code')]).toEqual([
      kind,
      true,
      true,
    ]);
    expect(result.observations.some((one) => one.state === 'unknown')).toBe(true);
  }
});
