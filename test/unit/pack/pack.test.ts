import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FEED_KIND_NAMES } from '../../../electron/health/sources/kind.ts';
import { feedsSchema, parseFeeds } from '../../../shared/pack/feeds.ts';
import { parseProbes, probesSchema } from '../../../shared/probes/spec.ts';
import { parseTopology } from '../../../shared/topology/parse.ts';

const kindOf = (kind: string | null): string | null =>
  kind !== null && (FEED_KIND_NAMES as readonly string[]).includes(kind) ? kind : null;
const sample = (name: string): string => readFileSync(join('samples/pack', name), 'utf8');
const published = (name: string): unknown => JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'));

describe('feeds.yaml', () => {
  it('of the sample pack is right', () => {
    const read = parseFeeds(sample('feeds.yaml'), kindOf);
    expect(read.problems).toEqual([]);
    expect(read.value?.feeds.map((one) => one.key)).toEqual(['alerts', 'fastly']);
    expect(read.value?.feeds[0]).toMatchObject({
      intervalMs: 30_000,
      staleAfterMs: 180_000,
      path: 'shop-vpn',
    });
    expect([...read.value!.paths.keys()]).toEqual(['shop-vpn']);
  });
  it('says line and column of what is wrong', () => {
    const text = `feeds:
  a:
    provider: own
    url: http://a.example/
    kind: nosuch
  b:
    provider: own
    url: http://b.example/
    kind: rss
    path: tunnel
  c:
    provider: own
    url: http://c.example/
    kind: rss
    every: 10m
    staleAfter: 1m
`;
    const { value, problems } = parseFeeds(text, kindOf);
    expect(value).toBeNull();
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [5, 5],
      [10, 5],
      [16, 5],
    ]);
    expect(problems[0]!.text).toContain('"nosuch"');
  });
  it('a state may have to hold for a time; without it two polls count', () => {
    const text = (hold: string): string =>
      `feeds:\n  a: { provider: own, url: "http://a.example/", kind: rss${hold} }\n`;
    const held = (hold: string) => parseFeeds(text(hold), kindOf).value?.feeds[0]?.holdMs;
    expect([held(''), held(', hold: 3m'), held(', hold: 0s')]).toEqual([null, 180_000, 0]);
    expect(parseFeeds(text(', hold: 3'), kindOf).problems[0]?.text).toContain('written with its unit');
  });
  it('a feed has an address, a folder or a profile of AWS, one of them', () => {
    const text = 'feeds:\n  a: { provider: aws, folder: events }\n  b: { provider: x, kind: rss }\n';
    expect(parseFeeds(text, kindOf).problems).toMatchObject([
      { line: 3, text: 'a feed has one of url, folder and awsHealth' },
    ]);
    const right = parseFeeds('feeds:\n  a: { provider: aws, folder: events }\n', kindOf).value;
    expect(right?.feeds).toMatchObject([{ kind: 'aws-health-event', url: null, folder: 'events' }]);
    const api = parseFeeds('feeds:\n  a: { provider: aws, awsHealth: prod }\n', kindOf).value;
    expect(api?.feeds).toMatchObject([
      { kind: 'aws-health-event', url: null, folder: null, awsHealth: 'prod' },
    ]);
    const other = parseFeeds('feeds:\n  a: { provider: aws, awsHealth: prod, kind: rss }\n', kindOf);
    expect(other.problems).toMatchObject([{ line: 2, column: 40 }]);
  });
  it('a key that is not known is named where it stands', () => {
    const { problems } = parseFeeds(
      'feeds:\n  a:\n    provider: own\n    url: http://a/\n    kind: rss\n    evry: 5m\n',
      kindOf,
    );
    expect(problems[0]).toMatchObject({ line: 6, column: 5 });
  });
  it('the published schema is the one in the code', () => {
    const made = z.toJSONSchema(feedsSchema, { io: 'input' }) as { properties: object };
    const file = published('feeds') as {
      properties: { feeds: { additionalProperties: { properties: { kind: { enum?: string[] } } } } };
    };
    expect(file.properties.feeds.additionalProperties.properties.kind.enum).toEqual([...FEED_KIND_NAMES]);
    delete file.properties.feeds.additionalProperties.properties.kind.enum;
    expect(file.properties).toEqual(made.properties);
  });
});

describe('probes.yaml', () => {
  it('of the sample pack is right', () => {
    const { value, problems } = parseProbes(sample('probes.yaml'));
    expect(problems).toEqual([]);
    expect(value?.map(({ kind }) => kind)).toEqual(['http', 'http', 'http', 'tcp', 'dns']);
    expect(value?.[0]).toMatchObject({
      provider: 'aws',
      region: 'us-east-1',
      status: [200],
      json: { path: '$.status', equals: 'ok' },
      timeoutMs: 5000,
      failAfter: 2,
    });
  });
  it('says line and column of what is wrong', () => {
    const { value, problems } = parseProbes(
      'probes:\n  a:\n    region: nowhere\n    http: http://a.example/\n    json: { path: status, equals: 1 }\n',
    );
    expect(value).toBeNull();
    expect(problems.map(({ line }) => line)).toEqual([3, 5]);
  });
  it('the published schema is the one in the code', () => {
    const { title: _, ...file } = published('probes') as { title: string };
    expect(file).toEqual(z.toJSONSchema(probesSchema, { io: 'input' }));
  });
});

it('the topology of the sample pack is right', () => {
  expect(parseTopology(sample('topology.yaml')).problems).toEqual([]);
});
