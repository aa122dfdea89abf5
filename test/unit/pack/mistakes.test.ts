// The mistakes that people make in the files of a pack: each is told where it stands, in words that lead to the fix.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Document, parse } from 'yaml';
import { feedKind } from '../../../electron/health/sources/index.ts';
import { parseFeeds } from '../../../shared/pack/feeds.ts';
import { parseProbes } from '../../../shared/probes/spec.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import { parseTopology } from '../../../shared/topology/parse.ts';

const kindOf = (kind: string | null): string | null =>
  kind === null ? null : (feedKind(kind)?.kind ?? null);
const told = (problems: readonly { line: number; column: number; text: string }[]): string[] =>
  problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
const feeds = (...lines: string[]): string[] => told(parseFeeds(lines.join('\n'), kindOf).problems);
const feed = (...lines: string[]): string[] =>
  feeds('feeds:', '  mine:', '    provider: own', '    url: http://a.example/', '    kind: rss', ...lines);
const probe = (...lines: string[]): string[] =>
  told(parseProbes(['probes:', '  a:', '    region: aws/us-east-1', ...lines].join('\n')).problems);
const service = (...lines: string[]): string[] =>
  told(parseTopology(['services:', '  a:', ...lines].join('\n')).problems);

describe('how YAML is written', () => {
  it('tabs', () => {
    const words = 'the line is indented with a tab; indent with spaces';
    expect(feeds('feeds:', '\tmine:')).toEqual([`2:1 ${words}`]);
    expect(feeds('feeds:', '  a:', '\tprovider: own', '    url: http://a.example/')).toEqual([
      `3:1 ${words}`,
    ]);
    const plan = '---\nchange:\n\tsystem: a\n  from: 2\n  to: 1\n---\n';
    expect(told(parsePlan(plan).problems)).toEqual([`3:1 The front matter is not YAML: ${words}.`]);
  });
  it('indentation', () => {
    expect(feeds('feeds:', '  a:', '    provider: own', '   url: http://a.example/')).toEqual([
      '4:1 the line is not indented like the others of its map or list',
    ]);
    expect(feeds('feeds:', 'mine:', '  provider: own')).toEqual([
      '1:1 feeds is empty; write names with a colon after each, indented below it',
      '2:1 there is no key "mine" here; there are version, paths, feeds and changes',
    ]);
  });
  it('a colon in a text', () => {
    expect(feed('    name: Shop: alerts')).toEqual([
      '6:11 a colon where none belongs: put a text that has one in quotes, or indent the next line like this one',
    ]);
  });
  it('a limit without quotes in a plan', () => {
    const plan = '---\nchange: { system: a, to: 1 }\ndata: { probe: a, tries: >= 100 }\n---\n';
    expect(told(parsePlan(plan).problems)).toEqual([
      '3:26 The front matter is not YAML: a text that begins with > stands in quotes, for example "> 5%".',
    ]);
  });
});

describe('values', () => {
  it('durations say their bounds, once', () => {
    const words = '6:5 feeds.mine.every: a duration from 15s to 1h, written with its unit: 30s, 5m';
    for (const every of ['300', '"300"', '5s', '5M']) expect(feed(`    every: ${every}`)).toEqual([words]);
    expect(feed('    every: 5 min')).toEqual([]);
    expect(probe('    http: http://a.example/', '    timeout: 500ms')).toEqual([
      '5:5 probes.a.timeout: a duration from 0.1s to 1m, written with its unit: 30s, 5m',
    ]);
  });
  it('a default that is shorter than what was written is said where it was written', () => {
    expect(feed('    every: 10m')).toEqual([
      '6:5 staleAfter (5m unless said) is shorter than every (10m): it would always be stale',
    ]);
  });
  it('each unknown key has its place', () => {
    expect(feed('    interval: 5m', '    stale: 3m')).toEqual([
      expect.stringMatching(/^6:5 there is no key "interval" here; there are name, kind, .*, every, /),
      expect.stringMatching(/^7:5 there is no key "stale" here; there are .*, staleAfter, .* and mapping$/),
    ]);
  });
  it('what is missing, of another type, or too much', () => {
    expect(feeds('feeds:', '  a: { url: "http://a/", kind: rss }')).toEqual([
      '2:3 feeds.a.provider is missing',
    ]);
    expect(feeds('feeds:', '  - name: a')).toEqual([
      '1:1 feeds is a list; write names with a colon after each, indented below it',
    ]);
    expect(service('    tier: 0', '    costPerMinute: 1,800', '    runsIn: aws/us-east-1')).toEqual([
      '3:5 services.a.tier is too small; the least is 1',
      '4:5 services.a.costPerMinute is a text; write a number, without quotes, unit or thousands comma',
      '5:5 services.a.runsIn is a text; write a list: [a, b], or a line with a dash for each',
    ]);
    expect(feeds('feeds:', '  my feed: { provider: own }')).toEqual([
      '2:3 feeds.my feed: a key has letters, digits, dots, dashes and underscores, 60 at most',
    ]);
  });
});

describe('one of several forms', () => {
  it('a probe that tries nothing says what it may try', () => {
    const none = '2:3 probes.a says none of http, tcp and dns; one of them is needed';
    expect(probe()).toEqual([none]);
    expect(probe('    url: http://a.example/')).toEqual([
      none,
      expect.stringContaining('4:5 there is no key "url" here; there are name, region,'),
    ]);
  });
  it('the form that was meant is the one that is told', () => {
    expect(probe('    tcp: db.example:5432')).toEqual(['2:3 probes.a.port is missing']);
    expect(probe('    tcp: db.example', '    port: "5432"')).toEqual([
      '5:5 probes.a.port is a text; write a number, without quotes, unit or thousands comma',
    ]);
    expect(probe('    dns: www.example', '    record: a')).toEqual([
      '5:5 probes.a.record must be A, AAAA, CNAME, MX, TXT or NS',
    ]);
    expect(probe('    http: http://a.example/', '    status: 2xx')).toEqual([
      '5:5 probes.a.status is a text; write a number or a list',
    ]);
  });
  it('two of them at once', () => {
    expect(feeds('changes:', '  - { file: a, folder: b }')[0]).toMatch(
      /^2:5 changes\.0 says .*; only one of them may stand here$/,
    );
    expect(service('    needs:', '      - any-of: [aws/a]', '        all-of: [aws/b]')[0]).toMatch(
      /^4:9 services\.a\.needs\.0 says .*; only one of them may stand here$/,
    );
  });
  it('a text where a map belongs, a map where a text does, deep inside', () => {
    expect(feeds('changes:', '  - changes.jsonl')).toEqual([
      '2:5 changes.0 is a text; write a map with file or folder',
    ]);
    expect(service('    needs:', '      - anyOf: [aws/a]')).toEqual([
      '4:9 services.a.needs.0 says none of all-of and any-of; one of them is needed',
      '4:9 there is no key "anyOf" here; there are all-of and any-of',
    ]);
    expect(service('    needs:', '      - any-of: [aws/a, 5]')).toEqual([
      '4:25 services.a.needs.0.any-of.1 is a number; write a text or a map with all-of or any-of',
    ]);
  });
});

describe('any value in any place of the sample pack', () => {
  const readers = {
    feeds: (text: string) => parseFeeds(text, kindOf),
    probes: (text: string) => parseProbes(text),
    topology: (text: string) => {
      const { topology, problems } = parseTopology(text);
      return { value: topology, problems };
    },
  };
  const WRONG = [null, -1, '', 'x', [], { x: 1 }, undefined];
  /** As the libraries of schemas and YAML speak. */
  const THEIRS = /Invalid|Unrecognized|expected|undefined|\[object/;
  const paths = (value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] => [
    at,
    ...(typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) =>
          paths(inner, [...at, Array.isArray(value) ? Number(key) : key]),
        )
      : []),
  ];
  it.each(Object.entries(readers))('of %s is read or told in words of ours', (name, read) => {
    const right = parse(readFileSync(`samples/pack/${name}.yaml`, 'utf8'));
    const bad: string[] = [];
    for (const path of paths(right)) {
      for (const wrong of WRONG) {
        const doc = new Document(structuredClone(right));
        if (path.length === 0) doc.contents = doc.createNode(wrong) as never;
        else if (wrong === undefined) doc.deleteIn(path);
        else doc.setIn(path, wrong);
        const { value, problems } = read(String(doc));
        const where = `${path.join('.')} = ${JSON.stringify(wrong)}`;
        if (value === null && problems.length === 0) bad.push(`${where}: nothing is told`);
        for (const { text, line } of problems)
          if (line < 1 || text.trim() !== text || THEIRS.test(text)) bad.push(`${where}: ${line} ${text}`);
      }
    }
    expect(bad).toEqual([]);
  });
});
