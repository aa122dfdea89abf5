// The recorded payloads, with the counts that they really hold. They lie beside the project; without them this says so and skips.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { detectKind, type FeedKindName, parsePayload } from '../../../electron/health/sources/index.ts';
import type { ParseResult } from '../../../shared/health/types.ts';
import { corpus } from '../../corpus.ts';

// Megabytes per poll, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const NOW = '2026-11-24T12:00:00.000Z';

interface Expected {
  readonly observations: Readonly<Record<string, number>>;
  readonly events: Readonly<Record<string, number>>;
  readonly problems?: readonly string[];
  readonly asOf?: string | null;
}

const RECORDINGS: readonly (readonly [kind: FeedKindName, file: string, expected: Expected])[] = [
  [
    'statuspage',
    'statuspage/cloudflare-summary-latest.json',
    {
      observations: { operational: 424, 'partial-outage': 26, maintenance: 19 },
      events: { open: 1 },
      asOf: '2026-08-22T21:22:41.611Z',
    },
  ],
  [
    'statuspage',
    'statuspage/github-summary-latest.json',
    { observations: { operational: 12 }, events: {}, asOf: '2026-08-22T22:15:57.599Z' },
  ],
  [
    'statuspage',
    'statuspage/github-status-latest.json',
    { observations: {}, events: {}, problems: ['not-summary'] },
  ],
  [
    'statuspage',
    'statuspage/github-incidents-2026-08-18-first5.json',
    { observations: {}, events: { resolved: 5 }, problems: ['not-summary'] },
  ],
  [
    'aws-currentevents',
    'aws-currentevents/aws-currentevents.utf16be.bin',
    { observations: { 'major-outage': 279, operational: 10 }, events: { open: 2 }, asOf: null },
  ],
  ['aws-data-json', 'aws-data-json/data-2022-07-03.json', { observations: {}, events: { resolved: 86 } }],
  [
    'aws-rss',
    'aws-rss/aws_all-2026-08-18.rss',
    {
      observations: { operational: 1, 'major-outage': 2 },
      events: { resolved: 1, open: 2 },
      asOf: '2026-08-18T12:20:30.000Z',
    },
  ],
  [
    'gcp-incidents',
    'gcp-incidents/incidents-2022-07-03.json',
    { observations: {}, events: { resolved: 157 }, asOf: '2022-07-01T19:25:45.000Z' },
  ],
  [
    'gcp-incidents',
    'gcp-incidents/incidents-2026-08-18-first2.json',
    { observations: {}, events: { resolved: 2 } },
  ],
  ['azure-rss', 'azure-rss/azure-feed-20240721.xml', { observations: { degraded: 1 }, events: { open: 1 } }],
  ['azure-rss', 'azure-rss/azure-feed-20251029.xml', { observations: { degraded: 41 }, events: { open: 1 } }],
  [
    'azure-rss',
    'azure-rss/azure-feed-empty-20260925.xml',
    { observations: {}, events: {}, asOf: '2026-09-25T04:28:00.000Z' },
  ],
  [
    'aws-health-event',
    'aws-health-event/aws-health-tools-AWS_EBS_VOLUME_LOST-mock_payload.json',
    { observations: { degraded: 1 }, events: { open: 1 } },
  ],
  [
    'aws-health-event',
    'aws-health-event/docs-cli-describe-event-details.json',
    { observations: { operational: 1 }, events: { resolved: 1 } },
  ],
  [
    'aws-health-event',
    'aws-health-event/docs-eventbridge-instance-retirement.json',
    { observations: {}, events: { open: 1 }, problems: ['no-health'] },
  ],
  [
    'aws-health-event',
    'aws-health-event/docs-eventbridge-public-ec2.json',
    { observations: { operational: 1 }, events: { resolved: 1 } },
  ],
  ['gcp-atom', 'gcp-atom/feed-2022-04-01-one-entry.atom', { observations: {}, events: { resolved: 1 } }],
  [
    'statuspage-atom',
    'statuspage-atom/github-history-2025-10-21-3entries.atom',
    { observations: {}, events: { resolved: 3 } },
  ],
  [
    'incident-io',
    'incident-io/openai-summary-2026-09-29-open-incidents.json',
    { observations: { operational: 3, degraded: 24 }, events: { open: 2 } },
  ],
  [
    'slack',
    'slack/current-2026-07-02.json',
    { observations: {}, events: {}, asOf: '2026-06-26T10:09:39.000Z' },
  ],
  [
    'slack',
    'slack/history-2026-08-18-first5.json',
    { observations: { degraded: 2 }, events: { open: 1, resolved: 4 } },
  ],
  ['statusio', 'statusio/gitlab-2026-07-02.json', { observations: { operational: 24 }, events: {} }],
  ['firehydrant', 'firehydrant/redis-2026-07-02.json', { observations: {}, events: { resolved: 4 } }],
  ['oci', 'oci/oci-summary-2022-03-15.json', { observations: { operational: 990 }, events: {} }],
  ['oci', 'oci/oci-status-2022-03-15.json', { observations: {}, events: {}, problems: ['not-summary'] }],
  [
    'alertmanager',
    'alertmanager/groups-v2-0.31.0.json',
    { observations: { degraded: 8, unknown: 1 }, events: { open: 12 }, problems: ['watchdog-missing'] },
  ],
  [
    'alertmanager-webhook',
    'alertmanager-webhook/zulip-alert.json',
    { observations: { 'major-outage': 2 }, events: { open: 2 } },
  ],
];

const count = <T>(values: readonly T[], key: (value: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[key(value)] = (counts[key(value)] ?? 0) + 1;
  return counts;
};

describe.skipIf(corpus('feeds') === null)('recorded payloads', () => {
  test.each(RECORDINGS)('%s: %s', (kind, file, expected) => {
    const bytes = readFileSync(corpus(`feeds/${file}`)!);
    const result = parsePayload(kind, bytes, { now: NOW });
    expect(result.usable).toBe(true);
    expect(count(result.observations, (one) => one.state)).toEqual(expected.observations);
    expect(count(result.events, (one) => one.status)).toEqual(expected.events);
    expect(result.problems.map((one) => one.code)).toEqual(expected.problems ?? []);
    if (expected.asOf !== undefined) expect(result.asOf).toBe(expected.asOf);
    expect(detectKind('https://feeds.example.com/', bytes)).toBe(kind);
    // What people read is plain, and ids are those of one event each.
    for (const event of result.events)
      expect(`${event.title}\n${event.text}`).not.toMatch(/<[a-z/!?]|&(?:lt|amp|nbsp);/i);
    expect(new Set(result.events.map((one) => one.id)).size).toBe(result.events.length);
  });

  test('the list of silences is not taken for a list without alerts', () => {
    const bytes = readFileSync(corpus('feeds/alertmanager/silences-v2-0.31.0.json')!);
    expect(parsePayload('alertmanager', bytes, { now: NOW }).usable).toBe(false);
  });

  test('places in the largest recordings', () => {
    const read = (kind: FeedKindName, file: string): ParseResult =>
      parsePayload(kind, readFileSync(corpus(`feeds/${file}`)!), { now: NOW });
    const regions = (result: ParseResult): number =>
      new Set(result.observations.map((one) => one.region)).size;
    expect(regions(read('statuspage', 'statuspage/cloudflare-summary-latest.json'))).toBe(341);
    expect(regions(read('oci', 'oci/oci-summary-2022-03-15.json'))).toBe(22);
    expect(regions(read('azure-rss', 'azure-rss/azure-feed-20251029.xml'))).toBe(41);
    const aws = read('aws-currentevents', 'aws-currentevents/aws-currentevents.utf16be.bin');
    expect(new Set(aws.observations.map((one) => one.region))).toEqual(
      new Set(['me-central-1', 'me-south-1', 'global']),
    );
    const atom = read('gcp-atom', 'gcp-atom/feed-2022-04-01-one-entry.atom').events[0]!;
    expect([atom.startedAt, atom.endedAt]).toEqual(['2022-03-31T15:30:00.000Z', '2022-03-31T22:54:00.000Z']);
  });
});

const instantOf = (file: string): string =>
  file.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6.000Z');

/** Every poll of a recorded outage, in order. */
function replay(kind: FeedKindName, name: string): { at: string; result: ParseResult }[] {
  const folder = corpus(`replay/${name}`)!;
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const at = instantOf(file);
      return { at, result: parsePayload(kind, readFileSync(join(folder, file)), { now: at }) };
    });
}

describe.skipIf(corpus('replay') === null)('recorded outages', () => {
  test.each([
    ['aws-data-json', 'aws-2020-11-25-kinesis-us-east-1', 56],
    ['gcp-incidents', 'gcp-2025-06-12-service-control', 25],
    ['statuspage', 'cloudflare-2025-11-18-bot-management', 93],
    ['statuspage', 'github-2026-08-17-critical', 23],
    ['slack', 'slack-2021-01-04', 16],
  ] as const)('%s: %s never goes back in time, nothing starts in the future', (kind, name, polls) => {
    const story = replay(kind, name);
    expect(story).toHaveLength(polls);
    let before = '';
    for (const { at, result } of story) {
      expect(result.usable).toBe(true);
      expect(result.problems).toEqual([]);
      expect(result.asOf! >= before, `${at} as of ${result.asOf} after ${before}`).toBe(true);
      expect(result.asOf! <= at).toBe(true);
      before = result.asOf!;
      for (const event of result.events) {
        if (event.status === 'open') expect(event.startedAt! <= at, `${event.id} at ${at}`).toBe(true);
      }
    }
  });

  test('2020-11-25 begins with Kinesis in us-east-1, and every event keeps its id until it is resolved', () => {
    const story = replay('aws-data-json', 'aws-2020-11-25-kinesis-us-east-1');
    const order: string[] = [];
    const ids = new Set<string>();
    for (const { result } of story) {
      for (const one of result.observations) if (!order.includes(one.service)) order.push(one.service);
      for (const event of result.events) if (event.status === 'open') ids.add(event.id);
    }
    expect(order.slice(0, 5)).toEqual(['kinesis', 'cloudwatch', 'events', 'cognito', 'cloudfront']);
    // Eleven services in the cascade, and CloudWatch a second time on the next day.
    expect(ids.size).toBe(12);
    const last = story.at(-1)!.result;
    expect(last.events.filter((one) => one.status === 'open')).toEqual([]);
    for (const id of ids) expect(last.events.find((one) => one.id === id)?.status, id).toBe('resolved');
  });

  test('2025-06-12 names products in many regions, us-central1 among the last, and ends', () => {
    const story = replay('gcp-incidents', 'gcp-2025-06-12-service-control');
    const open = story.filter(({ result }) => result.observations.length > 0);
    const sizes = open.map(
      ({ result }) => result.events.find((one) => one.status === 'open')!.services.length,
    );
    expect([sizes[0], Math.max(...sizes)]).toEqual([14, 55]);
    const last = open.at(-1)!.result.observations;
    const still = new Set(last.filter((one) => one.state !== 'operational').map((one) => one.region));
    const over = new Set(last.filter((one) => one.state === 'operational').map((one) => one.region));
    expect([still.has('us-central1'), over.size]).toEqual([true, 25]);
    expect(story.at(-1)!.result.events.every((one) => one.status === 'resolved')).toBe(true);
  });

  test("2026-08-17: GitHub's critical incident counts in every poll while it is open", () => {
    const story = replay('statuspage', 'github-2026-08-17-critical');
    const counted = story.filter(({ result }) =>
      result.observations.some((one) => one.state === 'major-outage'),
    );
    const open = story.filter(({ result }) => result.events.some((one) => one.status === 'open'));
    expect(counted.map(({ at }) => at)).toEqual(open.map(({ at }) => at));
    expect(open).toHaveLength(13);
  });
});
