// The readers that all kinds share: dates in every recorded form, HTML to text, nesting, encodings, RSS and Atom as one shape.
import { describe, expect, test } from 'vitest';
import { datedUpdates } from '../../../electron/health/sources/pacific-times.ts';
import { pacificToUtc } from '../../../electron/health/sources/pacific-zone.ts';
import { earliest, latest, readDate, zoneMinutes } from '../../../electron/health/sources/reading/dates.ts';
import { clip, plainLine, plainText } from '../../../electron/health/sources/reading/html.ts';
import { nestingDepth, parseJson } from '../../../electron/health/sources/reading/json.ts';
import { createProblems } from '../../../electron/health/sources/reading/problems.ts';
import { readSyndication } from '../../../electron/health/sources/reading/syndication.ts';
import { decodeText } from '../../../electron/health/sources/reading/text.ts';

describe('dates', () => {
  test.each([
    ['2026-08-22T22:15:57.599Z', '2026-08-22T22:15:57.599Z'],
    ['2022-07-01T19:25:45+00:00', '2022-07-01T19:25:45.000Z'],
    ['2026-06-26T02:12:20-07:00', '2026-06-26T09:12:20.000Z'],
    ['2020-02-06T00:17:58.432911368Z', '2020-02-06T00:17:58.432Z'],
    ['2026-03-23T23:08:09.436021Z', '2026-03-23T23:08:09.436Z'],
    ['2021-04-28 21:50:00 +0200', '2021-04-28T19:50:00.000Z'],
    ['2021-04-28 21:50:00 UTC', '2021-04-28T21:50:00.000Z'],
    ['2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['2024-02-29T23:59:60Z', '2024-02-29T23:59:59.000Z'],
    ['Mon, 17 Aug 2026 21:01:19 PDT', '2026-08-18T04:01:19.000Z'],
    ['Tue, 03 Mar 2026 08:40:00 PST', '2026-03-03T16:40:00.000Z'],
    ['Wed, 29 Oct 2025 16:00:00 Z', '2025-10-29T16:00:00.000Z'],
    ['Tue, 7 Feb 2017 00:55:52 GMT', '2017-02-07T00:55:52.000Z'],
    // A Tuesday that says Thursday.
    ['Thu, 27 Jan 2026 13:44:13 GMT', '2026-01-27T13:44:13.000Z'],
    ['7 Feb 17 00:55 +0100', '2017-02-06T23:55:00.000Z'],
    ['1772369485', '2026-03-01T12:51:25.000Z'],
    [1772369485, '2026-03-01T12:51:25.000Z'],
    [1772369485000, '2026-03-01T12:51:25.000Z'],
    [1587462325.096, '2020-04-21T09:45:25.096Z'],
  ])('%s', (written, instant) => {
    const problems = createProblems();
    expect(readDate(written, 'date', problems)).toBe(instant);
    expect(problems.list()).toEqual([]);
  });

  test.each([null, undefined, '', '0001-01-01T00:00:00Z'])('%s is no time yet, and no problem', (written) => {
    const problems = createProblems();
    expect(readDate(written, 'date', problems)).toBeNull();
    expect(problems.list()).toEqual([]);
  });

  test.each([
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '1626-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    'Mon, 17 Aug 2026 21:01:19 XYZ',
    'Mon, 17 Foo 2026 21:01:19 GMT',
    '2026-01-01T00:00:00+99:00',
    '99999999999999',
    '12345',
    -5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    true,
    {},
    [],
    `2026-01-01T00:00:00${'0'.repeat(100_000)}Z`,
  ])('%s is refused', (written) => {
    const problems = createProblems();
    expect(readDate(written, 'date', problems)).toBeNull();
    expect(problems.list().map((one) => one.code)).toEqual(['bad-date']);
  });

  test('a time without a zone is read as UTC, and said once', () => {
    const problems = createProblems();
    expect(readDate('2026-08-22T22:15:57', 'date', problems)).toBe('2026-08-22T22:15:57.000Z');
    readDate('2026-08-23T22:15:57', 'date', problems);
    expect(problems.list().map((one) => one.code)).toEqual(['zoneless-date']);
  });

  test('zones, latest and earliest', () => {
    expect([zoneMinutes('PDT'), zoneMinutes('+05:30'), zoneMinutes('-0330'), zoneMinutes('IST')]).toEqual([
      -420,
      330,
      -210,
      null,
    ]);
    expect(latest(null, '2026-01-01T00:00:00.000Z', undefined, '2025-01-01T00:00:00.000Z')).toBe(
      '2026-01-01T00:00:00.000Z',
    );
    expect([
      earliest(null, '2026-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'),
      latest(),
      earliest(null),
    ]).toEqual(['2025-01-01T00:00:00.000Z', null, null]);
  });

  test('Pacific civil times on both sides of both changes', () => {
    const utc = (civil: string): string =>
      new Date(pacificToUtc(Date.parse(`${civil}Z`))).toISOString().slice(0, 16);
    expect(utc('2026-03-08T01:59')).toBe('2026-03-08T09:59');
    expect(utc('2026-03-08T03:00')).toBe('2026-03-08T10:00');
    expect(utc('2026-11-01T01:30')).toBe('2026-11-01T08:30');
    expect(utc('2026-11-01T02:30')).toBe('2026-11-01T10:30');
  });

  test('dateless updates: the day from the event, the next day after midnight, a typing error stays on its day', () => {
    const span = (time: string): string => `<div><span class="yellowfg">${time}</span>&nbsp;x</div>`;
    const near = Date.parse('2020-11-26T04:34:07Z');
    const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
    const read = (...times: string[]) => {
      const { first, last } = datedUpdates(times.map(span).join(''), near);
      return { first: iso(first), last: iso(last) };
    };
    expect(read(' 8:36 PM PST', '11:50 PM PST', '12:03 AM PST')).toMatchObject({
      first: '2020-11-26T04:36:00.000Z',
      last: '2020-11-26T08:03:00.000Z',
    });
    expect(read('10:22 AM PST', ' 9:22 AM PST').last).toBe('2020-11-25T18:22:00.000Z');
    expect(read('Dec 31, 11:00 PM PST').first).toBe('2021-01-01T07:00:00.000Z');
    expect(datedUpdates(span('soon') + span('13:99 XM PST'), near)).toEqual({
      first: null,
      last: null,
      lastFrom: 0,
    });
    expect(datedUpdates(span(' 8:36 PM PST'), null)).toMatchObject({ first: null, last: null });
  });
});

describe('plain text', () => {
  test.each([
    ['<p>One</p><p>Two&nbsp;&amp; <b>three</b></p>', 'One\n\nTwo & three'],
    ['a &lt; b and 5 < 7', 'a < b and 5 < 7'],
    ['&lt;p&gt;escaped&lt;/p&gt;', 'escaped'],
    ['&amp;lt;script&amp;gt;x&amp;lt;/script&amp;gt;ok', 'ok'],
    ['<script>alert(1)</script>kept<style>p{}</style>', 'kept'],
    ['<!-- hidden --> seen', 'seen'],
    ['open <b', 'open b'],
    ['&#x41;&#66;&#0;&#xD800;&unknown;', 'AB\ufffd&unknown;'],
    ['line\r\nbreak<br>and  blanks', 'line\nbreak\nand blanks'],
    ['\u0007bell\u009b', 'bell'],
    ['<\u0007script>x', 'script>x'],
    ['<<b', 'b'],
  ])('%s', (source, text) => {
    expect(plainText(source)).toBe(text);
  });

  test('one line, and limits that never cut a character', () => {
    expect(plainLine(' a\n\n<b>b</b> ')).toBe('a b');
    expect(plainLine('plain name')).toBe('plain name');
    expect(plainText('x'.repeat(10_000), 100)).toBe(`${'x'.repeat(99)}…`);
    expect(clip('ab\ud83d\ude00cd', 4)).toBe('ab…');
  });
});

describe('json', () => {
  test('depth is counted outside strings, whatever the strings hold', () => {
    expect(nestingDepth('{"a":[1,[2]],"b":"[[[[{{{{"}', 64)).toBe(3);
    expect(nestingDepth('["\\"[[[","\\\\",[["\\\\\\""]]]', 64)).toBe(3);
    expect(nestingDepth('["unterminated [[[', 64)).toBe(1);
    expect(nestingDepth('['.repeat(1000), 64)).toBe(65);
  });

  test('64 levels are read, 65 are not', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(() => parseJson(nested(64), 'x')).not.toThrow();
    expect(() => parseJson(nested(65), 'x')).toThrow('64');
  });
});

describe('encodings', () => {
  const decode = (bytes: readonly number[], contentType?: string) => {
    const problems = createProblems();
    return {
      text: decodeText(Uint8Array.from(bytes), contentType, problems),
      codes: problems.list().map((one) => one.code),
    };
  };

  test('marks decide, then zeros, then UTF-8, then what was declared', () => {
    expect(decode([0xfe, 0xff, 0, 0x5b, 0, 0x5d])).toEqual({ text: '[]', codes: [] });
    expect(decode([0xff, 0xfe, 0x5b, 0, 0x5d, 0])).toEqual({ text: '[]', codes: [] });
    expect(decode([0xef, 0xbb, 0xbf, 0x5b, 0x5d])).toEqual({ text: '[]', codes: [] });
    expect(decode([0, 0x5b, 0, 0x5d])).toEqual({ text: '[]', codes: ['wrong-encoding'] });
    expect(decode([0xe9], 'text/xml; charset=ISO-8859-1')).toEqual({ text: 'é', codes: [] });
    expect(decode([0xc3, 0xa9], 'text/xml; charset=ISO-8859-1')).toEqual({ text: 'é', codes: [] });
    expect(decode([0x61, 0xe9])).toEqual({ text: 'a\ufffd', codes: ['wrong-encoding'] });
    expect(decode([0xfe, 0xff, 0, 0x5b, 0])).toEqual({ text: '[', codes: ['cut-off'] });
  });

  test('a view into a larger buffer is read from its own beginning', () => {
    const large = new TextEncoder().encode('xx[1]yy');
    expect(decodeText(large.subarray(2, 5), undefined, createProblems())).toBe('[1]');
  });
});

describe('rss and atom', () => {
  const read = (xml: string) => readSyndication(xml, 'test', createProblems());

  test('RSS 2.0 with CDATA, namespaces and nested markup', () => {
    const feed =
      read(`<?xml version="1.0"?><rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom" xmlns:media="m"><channel><title>T</title><a10:link href="https://self.example/" rel="self"/><image><title>no</title></image>
      <item><guid>g</guid><title><![CDATA[A & B]]></title><media:title>no</media:title><category> x </category><category>y</category><a10:updated>2026-01-01T00:00:00Z</a10:updated><content:encoded>full</content:encoded></item></channel></rss>`);
    expect(feed).toMatchObject({
      format: 'rss',
      title: 'T',
      items: [
        { id: 'g', title: 'A & B', categories: ['x', 'y'], updated: '2026-01-01T00:00:00Z', body: 'full' },
      ],
    });
  });

  test('RSS 1.0, Atom with xhtml content and links', () => {
    expect(
      read(
        '<rdf:RDF xmlns:rdf="r" xmlns="x"><channel><title>T</title></channel><item><title>I</title><dc:date>2026-01-01</dc:date></item></rdf:RDF>',
      ),
    ).toMatchObject({ format: 'rss', title: 'T', items: [{ title: 'I', published: '2026-01-01' }] });
    const atom = read(
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>i</id><link rel="self" href="s"/><link href="a"/><category term="c"/><content type="xhtml"><div>one <b>two</b></div></content></entry></feed>',
    );
    expect(atom).toMatchObject({
      format: 'atom',
      items: [{ id: 'i', link: 'a', categories: ['c'], body: 'one two' }],
    });
  });

  test('other XML is neither, broken XML is refused', () => {
    expect(read('<svg><title>x</title></svg>')).toBeNull();
    expect(() => read('<rss><channel>')).toThrow();
    expect(() => read('<rss></wrong>')).toThrow();
  });
});
