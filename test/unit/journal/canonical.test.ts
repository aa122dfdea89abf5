// RFC 8785: one text for one value, and a refusal with its place for what JSON cannot hold.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalString, canonicalText, isCanonical, MAX_DEPTH } from '../../../shared/journal/canonical.ts';

describe('canonical text', () => {
  test('the example of RFC 8785, 3.2.2 and 3.2.3', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalText(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('keys sort by UTF-16 code units, as in RFC 8785, 3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.keys(JSON.parse(canonicalText(value)) as object)).toHaveLength(7);
    expect(canonicalText(value)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
    );
  });

  test('any JSON value: the same text whatever the order of keys, and back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.func(fc.integer()), (value, rank) => {
        const text = canonicalText(value);
        expect(canonicalText(shuffled(value, rank))).toBe(text);
        expect(canonicalText(JSON.parse(text))).toBe(text);
        expect(isCanonical(text)).toBe(true);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('one string: the quick way and the slow way agree', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(canonicalString(text)).toBe(canonicalText(text));
      }),
    );
  });

  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  let deep: unknown = 1;
  for (let i = 0; i <= MAX_DEPTH; i++) deep = [deep];
  const hole = [1, 2, 3];
  delete hole[1];
  test.each<[string, unknown, string]>([
    ['undefined', { a: { b: undefined } }, 'body.a.b is undefined'],
    ['undefined in a list', [1, undefined], 'body[1] is undefined'],
    ['NaN', { n: Number.NaN }, 'body.n is NaN'],
    ['infinity', { n: Number.NEGATIVE_INFINITY }, 'body.n is -Infinity'],
    ['bigint', { n: 1n }, 'body.n is bigint'],
    ['a function', { f: () => 1 }, 'body.f is function'],
    ['a symbol', { s: Symbol('x') }, 'body.s is symbol'],
    ['a symbol as a key', { [Symbol('x')]: 1 }, 'symbol as a key'],
    ['half a surrogate', { s: 'a\udc00' }, 'body.s holds half'],
    ['half a surrogate in a key', { '\ud800': 1 }, 'a key with half'],
    ['a date', { d: new Date(0) }, 'body.d is not a plain object'],
    ['a map', new Map(), 'body is not a plain object'],
    ['toJSON', { toJSON: () => 1 }, 'toJSON'],
    ['a hole', { l: hole }, 'body.l[1] is a hole'],
    ['a cycle', cycle, 'body.self contains itself'],
    ['depth', deep, 'nested deeper than 100'],
  ])('%s is refused', (_, value, message) => {
    expect(() => canonicalText(value, 'body')).toThrow(message);
  });

  test('the same object twice, side by side, is no cycle', () => {
    const shared = { x: 1 };
    expect(canonicalText({ a: shared, b: shared })).toBe('{"a":{"x":1},"b":{"x":1}}');
  });

  test('a key called __proto__ is a key', () => {
    const value = JSON.parse('{"__proto__":{"x":1}}') as unknown;
    expect(canonicalText(value)).toBe('{"__proto__":{"x":1}}');
  });

  test('-0 is 0, and what is not canonical is told', () => {
    expect(canonicalText({ n: -0 })).toBe('{"n":0}');
    for (const text of ['{"b":1,"a":2}', '{ "a":1}', '1.0', '"\\u0041"', '{"a":1,"a":1}', 'nothing', '']) {
      expect(isCanonical(text), text).toBe(false);
    }
  });
});

function shuffled(value: unknown, rank: (key: string) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, rank));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b));
  // fromEntries keeps a key called __proto__ a key.
  return Object.fromEntries(entries.map(([key, item]) => [key, shuffled(item, rank)]));
}
