// What is asked of all kinds with payloads other than the recorded ones: which kind it is, where it is, when, and whether it is over.
import { describe, expect, test } from 'vitest';
import { detectKind, FEED_KIND_NAMES } from '../../../electron/health/sources/index.ts';
import { readDate } from '../../../electron/health/sources/reading/dates.ts';
import { saysOver } from '../../../electron/health/sources/reading/over.ts';
import { createProblems } from '../../../electron/health/sources/reading/problems.ts';
import type { ParseResult } from '../../../shared/health/types.ts';
import { samples } from '../../fixtures/feeds/samples.ts';
import { bytes, parse } from './parse.ts';

describe('recognition', () => {
  test('a page that only speaks of Oracle is not Oracle', () => {
    const text = samples.statuspage.replace('We are', 'See https://ocistatus.oraclecloud.com: we are');
    expect(detectKind('https://status.example.com/api/v2/summary.json', bytes(text))).toBe('statuspage');
    const pretty = samples.oci.replace(
      '"https://ocistatus.oraclecloud.com"',
      '"https:\\/\\/ocistatus.oraclecloud.com\\/"',
    );
    expect(detectKind('https://mirror.example.com/x', bytes(pretty))).toBe('oci');
  });

  test('incident.io without any component or incident', () => {
    const text = JSON.stringify({
      page: { id: '01JMDK9XYNY6RXSED6SDWW50WY', name: 'Chatter', url: 'https://status.example.org' },
      components: [],
      status: { indicator: 'none', description: 'All systems operational' },
    });
    expect(detectKind('https://status.example.org/api/v2/summary.json', bytes(text))).toBe('incident-io');
  });

  test('a channel that links to AWS is not the channel of AWS', () => {
    const news =
      '<rss version="2.0"><channel><title>News</title><item><guid>1</guid><title>Outage</title><description>https://status.aws.amazon.com/#x</description></item></channel></rss>';
    expect(detectKind('https://blog.example.com/news.rss', bytes(news))).toBe('rss');
  });

  test('alerts that link to Slack are alerts', () => {
    const text = samples.alertmanager.replace('Error rate 12 %', 'See https://slack-status.com/x');
    expect(text).not.toBe(samples.alertmanager);
    expect(detectKind('http://127.0.0.1:9093/api/v2/alerts', bytes(text))).toBe('alertmanager');
  });

  test('an empty channel is of the provider whose address it has', () => {
    const empty = '<?xml version="1.0"?><rss version="2.0"><channel><title>Status</title></channel></rss>';
    expect(detectKind('https://azure.status.microsoft/en-us/status/feed/', bytes(empty))).toBe('azure-rss');
    expect(detectKind('https://status.aws.amazon.com/rss/ec2-us-east-1.rss', bytes(empty))).toBe('aws-rss');
    expect(detectKind('https://blog.example.com/x', bytes(empty))).toBe('rss');
    const cdata = '<rss version="2.0"><channel><title><![CDATA[Azure Status]]></title></channel></rss>';
    expect(detectKind('https://mirror.example.com/x', bytes(cdata))).toBe('azure-rss');
  });

  test('maintenances of a page have addresses of their own', () => {
    for (const list of ['scheduled-maintenances/active', 'scheduled-maintenances/upcoming'])
      expect(detectKind(`https://status.example.com/api/v2/${list}.json`, null)).toBe('statuspage');
  });
});

describe('where a component is', () => {
  const placed = (name: string, group: string | null): string => {
    const result = parse('statuspage', {
      page: { id: 'p', name: 'Shop' },
      components: [
        { id: 'g', name: group ?? 'Other', group: true },
        { id: 'c', name, status: 'partial_outage', group_id: group === null ? null : 'g' },
      ],
    });
    return result.observations
      .map((one) => `${one.region} ${one.service} ${one.informational ?? false}`)
      .join();
  };
  test.each([
    ['Ashburn, VA, United States - (IAD)', null, 'IAD edge true'],
    ['Taipei - (TPE)', 'Asia', 'TPE edge true'],
    ['Payments - (UAT)', null, 'global payments-uat false'],
    ['Public API - (API)', 'Products', 'global public-api-api false'],
    ['NYC1', 'Droplets', 'nyc1 droplets false'],
    ['Web1', 'Frontends', 'global web1 false'],
    ['api-gateway-2', null, 'global api-gateway-2 false'],
    ['europe-west4', 'Compute', 'europe-west4 compute false'],
    ['us-gov-west-1', null, 'us-gov-west-1 shop false'],
  ])('%s in %s', (name, group, place) => expect(placed(name, group)).toBe(place));
});

describe('words of an end in anybody’s channel', () => {
  test.each([
    ['Resolved: slow disks', ''],
    ['[Resolved] slow disks', ''],
    ['Slow disks (RESOLVED)', ''],
    ['Maintenance completed', ''],
    ['Incident closed', ''],
    ['Slow disks', 'Resolved - This incident has been resolved.'],
    ['Slow disks', 'Aug 3, 10:00 UTC\nResolved - All is well.'],
    ['Slow disks', 'Status: Resolved\nWe are sorry.'],
    ['Slow disks', 'The issue has been fixed.'],
    ['Slow disks', 'The service is operating normally.'],
    ['Slow disks', 'We believe this is now fully resolved.'],
  ])('over: %s | %s', (title, text) => expect(saysOver(title, text)).toBe(true));

  test.each([
    ['Unresolved: slow disks', ''],
    ['Partially mitigated: slow disks', ''],
    ['Fixed IP addresses unreachable', ''],
    ['Closed beta unavailable', ''],
    ['Undisclosed problem', ''],
    ['Slow disks', 'This is not yet resolved.'],
    ['Slow disks', 'We will write again until the issue is resolved.'],
    ['Slow disks', 'The service is not operating normally.'],
    ['Slow disks', 'Customers have not recovered.'],
    ['Slow disks', 'It is being mitigated.'],
    ['Slow disks', 'Update - Most customers have recovered.'],
    ['Slow disks', 'Oct 20, 08:00 UTC\nInvestigating - Earlier another incident was resolved.'],
    ['Slow disks', 'Status: Monitoring\nThe fix has been completed.'],
  ])('not over: %s | %s', (title, text) => expect(saysOver(title, text)).toBe(false));
});

test('dates as people write them', () => {
  const problems = createProblems();
  const read = (value: unknown) => readDate(value, 'x', problems);
  expect(read('Aug 7, 2026 12:27 AM PDT')).toBe('2026-08-07T07:27:00.000Z');
  expect(read('October 29th, 2025 at 4:00 PM PDT')).toBe('2025-10-29T23:00:00.000Z');
  expect(read('Wed, Oct 29, 2025, 16:00:05 UTC')).toBe('2025-10-29T16:00:05.000Z');
  const printed = 'Sat Jun 11 2022 18:55:50 GMT+0200 (Central European Summer Time)';
  expect(read(printed)).toBe('2022-06-11T16:55:50.000Z');
  expect(read('2025-06-12T10:51:00-07')).toBe('2025-06-12T17:51:00.000Z');
  expect(problems.list()).toEqual([]);
  for (const wrong of ['Aug 7, 2026 13:27 PM PDT', 'Feb 30, 2026 10:00 UTC', 'Foo 7, 2026 10:00 UTC'])
    expect(read(wrong)).toBeNull();
});

describe('entries that are nothing', () => {
  const key = (one: ParseResult['observations'][number]) =>
    [one.region, one.service, one.state, one.event].join();
  const lists = (value: unknown): unknown[][] => {
    if (typeof value !== 'object' || value === null) return [];
    const within = Object.values(value).flatMap(lists);
    return Array.isArray(value) ? [value as unknown[], ...within] : within;
  };
  test.each(FEED_KIND_NAMES.filter((kind) => !samples[kind].startsWith('<')))(
    '%s: the rest of each list is read all the same',
    (kind) => {
      const base = parse(kind, samples[kind]).observations.map(key);
      const count = lists(JSON.parse(samples[kind])).length;
      for (const nothing of [null, 5, 'x', [], {}, { id: null, name: null, status: null }])
        for (let target = 0; target < count; target += 1)
          for (const side of ['push', 'unshift'] as const) {
            const value: unknown = JSON.parse(samples[kind]);
            lists(value)[target]![side](nothing);
            const found = parse(kind, value).observations.map(key);
            expect([target, side, nothing, base.filter((one) => !found.includes(one))]).toEqual([
              target,
              side,
              nothing,
              [],
            ]);
          }
    },
  );
});

test('planned work in a channel of anybody is neither trouble nor over, and dates nothing', () => {
  const result = parse(
    'rss',
    `<rss version="2.0"><channel><title>Shop</title>
<item><guid>soon</guid><title>Move</title><description>Oct 19, 08:30 UTC Scheduled</description></item>
<item><guid>later</guid><title>Move</title><pubDate>Mon, 26 Oct 2026 08:30:00 GMT</pubDate>
<description>&lt;p&gt;Oct 19, 08:30 UTC&lt;br&gt;&lt;strong&gt;Scheduled&lt;/strong&gt; - We will move.&lt;/p&gt;</description></item>
<item><guid>now</guid><title>Slow</title><pubDate>Tue, 20 Oct 2026 08:30:00 GMT</pubDate></item></channel></rss>`,
  );
  expect(result.events.map((one) => one.id)).toEqual(['soon', 'now']);
  expect(result.asOf).toBe('2026-10-20T08:30:00.000Z');
});

test('an open incident of FireHydrant counts when all that it names is well again', () => {
  const incident = {
    id: 'a',
    title: 'Slow',
    severitySlug: 'SEV2',
    timestamps: { started: '2026-10-20T08:00:00Z' },
    componentConditions: { API: 'Operational' },
  };
  const payload = (more: object) => ({
    config: { companyName: 'Shop' },
    conditions: { Operational: 'OPERATIONAL' },
    incidents: [{ ...incident, ...more }],
  });
  const said = (more: object) =>
    parse('firehydrant', payload(more)).observations.map((one) => `${one.service} ${one.state}`);
  expect(said({})).toEqual(['api operational', 'shop partial-outage']);
  expect(said({ componentConditions: null })).toEqual(['shop partial-outage']);
  expect(said({ timestamps: { ...incident.timestamps, resolved: '2026-10-20T09:00:00Z' } })).toEqual([]);
});
