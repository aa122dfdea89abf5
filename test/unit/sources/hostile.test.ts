// Hostile, broken and foreign payloads through every kind (robustness.md, E): refused or read with problems, never thrown, in bounded time.
import { describe, expect, test, vi } from 'vitest';
import { FEED_KIND_NAMES, FEED_KINDS, type FeedKindName } from '../../../electron/health/sources/index.ts';
import { MAX_BYTES } from '../../../electron/health/sources/reading/limits.ts';
import type { ParseResult } from '../../../shared/health/types.ts';
import { samples } from '../../fixtures/feeds/samples.ts';
import { bytes, codes, isXml, parse } from './parse.ts';

// Not a limit of the parsers (those are measured in processor time below), only of a very busy machine.
vi.setConfig({ testTimeout: 120_000 });

const XML_KINDS = FEED_KIND_NAMES.filter(isXml);
const JSON_KINDS = FEED_KIND_NAMES.filter((kind) => !isXml(kind));

/** Work within so many milliseconds of processor time, however busy the machine is; unbounded work would take minutes. */
function within(ms: number, work: () => void): void {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  expect((used.user + used.system) / 1000).toBeLessThan(ms);
}

const nothing = (result: ParseResult): void => {
  expect(result).toMatchObject({ usable: false, observations: [], events: [], asOf: null });
  expect(result.problems.length).toBeGreaterThan(0);
};

const rss = (inside: string, head = ''): string =>
  `<?xml version="1.0"?>${head}<rss version="2.0"><channel><title>Azure Status</title>${inside}</channel></rss>`;

describe.each(FEED_KIND_NAMES)('%s', (kind) => {
  const whole = samples[kind];

  test('every cut payload is unusable, wherever it is cut', () => {
    const all = bytes(whole.trim());
    const step = Math.max(1, Math.floor(all.length / 120));
    for (let length = 0; length < all.length; length += step) nothing(parse(kind, all.subarray(0, length)));
    nothing(parse(kind, all.subarray(0, all.length - 1)));
  });

  test('empty, blank and not text', () => {
    expect(codes(parse(kind, ''))).toEqual(['empty']);
    expect(codes(parse(kind, ' \n\t '))).toEqual(['empty']);
    nothing(parse(kind, new Uint8Array(1000)));
    nothing(
      parse(
        kind,
        Uint8Array.from({ length: 1000 }, (_, i) => (i * 37) % 256),
      ),
    );
    nothing(parse(kind, '<!doctype html><html><body><h1>503</h1></body></html>'));
    nothing(parse(kind, 'null'));
    nothing(parse(kind, '"text"'));
    nothing(parse(kind, '42'));
    nothing(parse(kind, '{}'));
  });

  test('the payloads of other kinds are wrong-kind, unless they share the shape', () => {
    // The shape of one is the shape of the other: the name is told apart by address and payload, not by parsing.
    const family: readonly (readonly FeedKindName[])[] = [
      ['statuspage', 'oci', 'incident-io'],
      ['rss', 'aws-rss', 'azure-rss'],
      ['atom', 'gcp-atom', 'statuspage-atom'],
      ['alertmanager', 'alertmanager-webhook'],
    ];
    for (const other of FEED_KIND_NAMES) {
      if (other === kind) continue;
      const result = parse(kind, samples[other]);
      if (family.some((one) => one.includes(kind) && one.includes(other))) continue;
      expect([other, result.usable, result.observations.length, result.events.length]).toEqual([
        other,
        false,
        0,
        0,
      ]);
    }
  });

  test('other encodings are read or refused, and said', () => {
    const wide = (little: boolean, mark: boolean): Uint8Array => {
      const units = mark ? `\ufeff${whole}` : whole;
      const out = new Uint8Array(units.length * 2);
      const view = new DataView(out.buffer);
      for (let i = 0; i < units.length; i += 1) view.setUint16(i * 2, units.charCodeAt(i), little);
      return out;
    };
    const plain = parse(kind, whole);
    for (const little of [false, true]) {
      expect(parse(kind, wide(little, true))).toEqual(plain);
      const unmarked = parse(kind, wide(little, false));
      expect([unmarked.usable, codes(unmarked)[0]]).toEqual([true, 'wrong-encoding']);
    }
    expect(parse(kind, `\ufeff${whole}`)).toEqual(plain);
    const odd = bytes(whole.replace('Example', 'Ex\u00e4mple').replace('Trouble', 'Tro\u00fcble'));
    const broken = odd.map((byte) => (byte === 0xc3 ? 0x20 : byte));
    expect(() => parse(kind, broken)).not.toThrow();
  });

  test('HTML in every text leaves no markup', () => {
    const evil =
      '<img src=x onerror=alert(1)>&lt;script&gt;alert(2)&lt;/script&gt;&amp;lt;svg onload=x&amp;gt;Y';
    const text = isXml(kind)
      ? whole.replace(
          />([^<>]*[a-z]{3}[^<>]*)</g,
          (_all, inside: string) => `>${inside}${evil.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}<`,
        )
      : JSON.stringify(JSON.parse(whole), (key, value: unknown) =>
          typeof value === 'string' &&
          /^(?:name|title|summary|message|body|text|external_desc|details|contents|note|latestDescription|public_name|description|company_name|companyName|system|uri|shortlink|url|id|service|region)$/.test(
            key,
          )
            ? `${value}${evil}`
            : value,
        );
    const result = parse(kind, text);
    const shown = [
      ...result.events.flatMap((one) => [one.title, one.text ?? '', ...one.regions, ...one.services]),
      ...result.observations.flatMap((one) => [one.text ?? '', one.region, one.service]),
    ].join('\n');
    expect(shown).not.toMatch(/<[a-z/!?]/i);
    expect(shown).not.toContain('alert(2)');
  });

  test('dates out of range are problems and no times', () => {
    const odd = whole
      .replace(/2026-10-20T/g, '1626-10-20T')
      .replace(/2026-09-01T/g, '9926-09-01T')
      .replace(/20 Oct 2026/g, '20 Oct 1026')
      .replace(/1792\d{6}(000)?/g, '99999999999999');
    const result = parse(kind, odd);
    for (const time of [
      result.asOf,
      ...result.events.flatMap((one) => [one.startedAt, one.endedAt, one.updatedAt ?? null]),
      ...result.observations.map((one) => one.at),
    ]) {
      if (time !== null) expect(time).toMatch(/^20\d\d-/);
    }
  });

  test('E53: __proto__, constructor and odd types for every value', () => {
    if (isXml(kind)) {
      const root = whole.replace(
        /<(item|entry)>/g,
        '<__proto__><constructor>x</constructor></__proto__><$1><__proto__ __proto__="1" constructor="2">p</__proto__><toString>y</toString>',
      );
      const result = parse(kind, root);
      expect(result.events.length).toBe(parse(kind, whole).events.length);
      return;
    }
    const value = JSON.parse(whole) as unknown;
    const odd: readonly unknown[] = [
      null,
      true,
      -1,
      1e308,
      '',
      '__proto__',
      'constructor',
      'toString',
      [],
      [[]],
      {},
      { length: 9 },
    ];
    for (const instead of odd) {
      for (let target = 0; target < 40; target += 1) {
        let at = 0;
        const mutated = JSON.stringify(value, (_key, inner: unknown) => {
          if (typeof inner === 'object' && inner !== null) return at++ === target ? instead : inner;
          return at++ === target ? instead : inner;
        });
        const result = parse(kind, mutated ?? 'null');
        expect(codes(result)).not.toContain('parser-failed');
      }
    }
    const keys = whole.replace(
      /"(status|name|impacted_services|components|labels)":/g,
      '"__proto__": {"polluted": true}, "constructor": 1, "$1":',
    );
    const result = parse(kind, keys);
    expect(codes(result)).not.toContain('parser-failed');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('more than 32 MB is refused with the limit in the sentence', () => {
    const result = parse(kind, new Uint8Array(MAX_BYTES + 1).fill(0x20));
    expect(codes(result)).toEqual(['too-large']);
    expect(result.problems[0]!.text).toContain('32 MB');
  });
});

describe('JSON', () => {
  test.each(JSON_KINDS)('E53: 100,000 levels of nesting are refused before they are parsed: %s', (kind) => {
    within(2000, () => {
      expect(codes(parse(kind, '['.repeat(100_000) + ']'.repeat(100_000)))).toEqual(['too-deep']);
      expect(codes(parse(kind, `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`))).toEqual(['too-deep']);
      expect(codes(parse(kind, '['.repeat(100_000)))).toEqual(['too-deep']);
    });
  });

  test('E53: 50,000 unknown keys and codes end in a bounded list of problems', () => {
    const impacted = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, i) => [`svc${i}-us-east-1`, { current: `code${i}`, max: '3' }]),
    );
    const event = {
      arn: 'arn:aws:health:us-east-1::event/X/Y/Z',
      date: '1792482485',
      status: '3',
      service: 'x',
      summary: 's',
      event_log: [],
      impacted_services: impacted,
    };
    within(4000, () => {
      const result = parse('aws-currentevents', JSON.stringify([event]));
      expect(result.observations).toHaveLength(50_000);
      expect(result.observations.every((one) => one.state === 'unknown')).toBe(true);
      expect(result.problems.length).toBeLessThan(100);
      expect(codes(result).at(-1)).toBe('more-problems');
    });
  });

  test('a huge honest payload is read in bounded time', () => {
    const page = JSON.parse(samples.statuspage) as { components: Record<string, unknown>[] };
    const components = Array.from({ length: 60_000 }, (_, i) => ({
      ...page.components[1],
      id: `c${i}`,
      name: `Part ${i}`,
    }));
    within(8000, () => {
      const result = parse('statuspage', JSON.stringify({ ...page, components }));
      expect(result.observations.length).toBeGreaterThanOrEqual(60_000);
    });
  });

  test('text that is expensive to strip stays linear', () => {
    const evils = [
      '<'.repeat(900_000),
      '<script>'.repeat(200_000),
      '<!--'.repeat(300_000),
      '&amp;'.repeat(300_000),
      '&#60;'.repeat(300_000),
      '</'.repeat(500_000),
      `${'<span class="yellowfg">'.repeat(60_000)}`,
      ' \n'.repeat(500_000),
    ];
    for (const evil of evils) {
      within(3000, () => {
        const item = {
          service: 'x-us-east-1',
          summary: evil,
          status: '1',
          date: '1606318560',
          description: evil,
        };
        const result = parse('aws-data-json', JSON.stringify({ archive: [], current: [item] }));
        expect(result.usable).toBe(true);
        expect(result.events[0]!.title.length).toBeLessThanOrEqual(300);
        expect(result.events[0]!.text!.length).toBeLessThanOrEqual(4000);
      });
    }
  });
});

describe('XML', () => {
  test.each(XML_KINDS)('E49: external entities are refused with the document type: %s', (kind) => {
    const head =
      '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "http://127.0.0.1/">]>';
    const text = samples[kind].replace(/(<\?xml[^>]*\?>)/, `$1${head}`).replace(/<title>/, '<title>&x;&y;');
    const result = parse(kind, text);
    expect(codes(result)).toEqual(['doctype-refused']);
    nothing(result);
  });

  test.each(XML_KINDS)('E50: entity bombs, quadratic and by a million references: %s', (kind) => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join(
      '',
    );
    within(2000, () => {
      const head = `<!DOCTYPE rss [<!ENTITY l0 "lol">${laughs}]>`;
      expect(codes(parse(kind, rss('<item><title>&l9;</title></item>', head)))).toContain('doctype-refused');
      const quadratic = `<!DOCTYPE rss [<!ENTITY a "${'a'.repeat(50_000)}">]>`;
      expect(
        codes(parse(kind, rss(`<item><title>${'&a;'.repeat(50_000)}</title></item>`, quadratic))),
      ).toContain('doctype-refused');
      expect(codes(parse(kind, rss(`<item><title>${'&#60;'.repeat(1_000_000)}</title></item>`)))).toEqual([
        'too-many-references',
      ]);
    });
  });

  test('E50: undeclared entities are kept as written and said once', () => {
    const result = parse(
      'azure-rss',
      rss(
        `<item><guid>g</guid><title>A&nbsp;B&nbsp;C &constructor;</title><pubDate>Tue, 20 Oct 2026 08:00:00 Z</pubDate></item>`,
      ),
    );
    expect([result.usable, codes(result)]).toEqual([true, ['bad-entity']]);
    expect(result.events[0]!.title).toBe('A B C &constructor;');
  });

  test.each(XML_KINDS)('E53: 100,000-deep nesting and 50,000 attributes are refused: %s', (kind) => {
    within(4000, () => {
      expect(codes(parse(kind, rss('<a>'.repeat(100_000) + '</a>'.repeat(100_000))))).toEqual(['too-deep']);
      const attributes = Array.from({ length: 50_000 }, (_, i) => `a${i}="1"`).join(' ');
      expect(codes(parse(kind, rss(`<item ${attributes}/>`)))).toEqual(['too-many-attributes']);
    });
  });

  test('the limits of elements and of text', () => {
    within(15_000, () => {
      expect(codes(parse('rss', rss('<a/>'.repeat(1_000_001))))).toEqual(['too-many-elements']);
      expect(codes(parse('rss', rss(`<item><title>${'x'.repeat(9_000_000)}</title></item>`)))).toEqual([
        'text-too-long',
      ]);
    });
  });

  test('declared Latin-1 is read as such', () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Azure Status</title><item><guid>g</guid><title>S\u00e3o Paulo</title></item></channel></rss>`;
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const result = parse('azure-rss', latin);
    expect([result.events[0]!.title, codes(result)]).toEqual(['S\u00e3o Paulo', []]);
  });
});

test('the sentence of every refusal names the kind or the limit, and there is always one', () => {
  for (const kind of FEED_KIND_NAMES) {
    const result = parse(kind, '<');
    expect(result.problems[0]!.text).toContain(FEED_KINDS[kind].name);
  }
});
