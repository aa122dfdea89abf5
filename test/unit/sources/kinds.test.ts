// Each kind on a small payload of its own shape: places, states, times, events, and what it must not say.
import { describe, expect, test } from 'vitest';
import {
  detectKind,
  FEED_KIND_NAMES,
  FEED_KINDS,
  type FeedKindName,
  feedKind,
  parsePayload,
} from '../../../electron/health/sources/index.ts';
import type { ParseResult } from '../../../shared/health/types.ts';
import { samples } from '../../fixtures/feeds/samples.ts';
import { bytes, NOW, parse } from './parse.ts';

/** `service/region state`, sorted: a whole payload at a glance. */
const said = (result: ParseResult): string[] =>
  result.observations.map((one) => `${one.service}/${one.region} ${one.state}`).sort();
const replaced = (kind: FeedKindName, from: string, to: string): string => {
  expect(samples[kind]).toContain(from);
  return samples[kind].replaceAll(from, to);
};

describe('the registry', () => {
  test('every kind carries its own name, and every sample is recognised as its own kind', () => {
    for (const name of FEED_KIND_NAMES) {
      expect(FEED_KINDS[name].kind).toBe(name);
      expect(FEED_KINDS[name].name).not.toBe('');
      expect(detectKind('https://feeds.example.com/x', bytes(samples[name])), name).toBe(name);
      expect(parse(name).usable, name).toBe(true);
      expect(parse(name).kind).toBe(name);
    }
  });

  test('only kinds without a recording are marked as documented', () => {
    const documented = FEED_KIND_NAMES.filter((name) => FEED_KINDS[name].evidence === 'documented');
    expect(documented).toEqual(['heroku', 'instatus', 'betterstack']);
  });

  test('addresses are recognised before anything is fetched', () => {
    const cases: readonly (readonly [string, FeedKindName | null])[] = [
      ['https://www.githubstatus.com/api/v2/summary.json', 'statuspage'],
      ['https://ocistatus.oraclecloud.com/api/v2/summary.json', 'oci'],
      ['https://health.aws.amazon.com/public/currentevents', 'aws-currentevents'],
      ['https://status.aws.amazon.com/data.json', 'aws-data-json'],
      ['https://status.aws.amazon.com/rss/all.rss', 'aws-rss'],
      ['https://status.cloud.google.com/incidents.json', 'gcp-incidents'],
      ['https://status.cloud.google.com/en/feed.atom', 'gcp-atom'],
      ['https://rssfeed.azure.status.microsoft/en-us/status/feed/', 'azure-rss'],
      ['https://www.githubstatus.com/history.atom', 'statuspage-atom'],
      ['https://slack-status.com/api/v2.0.0/current', 'slack'],
      ['https://api.status.io/1.0/status/5b36dc65', 'statusio'],
      ['https://status.heroku.com/api/v4/current-status', 'heroku'],
      ['http://127.0.0.1:9093/api/v2/alerts/groups', 'alertmanager'],
      ['https://blog.example.com/news.rss', 'rss'],
      ['https://status.aws.amazon.com.evil.example/data.json', null],
      ['not an address', null],
    ];
    for (const [url, kind] of cases) expect(detectKind(url, null), url).toBe(kind);
    // An empty list looks like nothing.
    expect(detectKind('https://health.aws.amazon.com/public/currentevents', bytes('[]'))).toBe(
      'aws-currentevents',
    );
    // What is served decides over the address.
    expect(detectKind('https://status.example.org/api/v2/summary.json', bytes(samples['incident-io']))).toBe(
      'incident-io',
    );
  });

  test('an unknown name is no kind', () => {
    expect(feedKind('statuspage')?.name).toBe('Atlassian Statuspage v2');
    expect(feedKind('constructor')).toBeNull();
  });
});

describe('statuspage', () => {
  test('components state things, groups do not, and the incident carries its id to them', () => {
    const result = parse('statuspage');
    expect(said(result)).toEqual([
      'api-requests/global major-outage',
      'example/global major-outage',
      'pages/global degraded',
      'webhooks/global operational',
    ]);
    expect(result.statesAll).toBe(true);
    expect(result.asOf).toBe('2026-10-20T08:05:00.000Z');
    expect(result.observations.find((one) => one.service === 'api-requests')).toMatchObject({
      provider: 'example',
      event: 'i1',
      at: '2026-10-20T08:01:00.000Z',
    });
    expect(result.events).toEqual([
      {
        id: 'i1',
        title: 'API is down',
        status: 'open',
        state: 'major-outage',
        regions: ['global'],
        services: ['api-requests'],
        startedAt: '2026-10-20T07:59:00.000Z',
        endedAt: null,
        updatedAt: '2026-10-20T08:04:00.000Z',
        text: 'We are looking.',
        url: 'https://stspg.io/x',
      },
    ]);
  });

  test('an open critical incident counts when the indicator is "none" and every component says operational', () => {
    const quiet = replaced('statuspage', 'major_outage', 'operational').replaceAll(
      'degraded_performance',
      'operational',
    );
    const result = parse('statuspage', quiet);
    const api = result.observations.filter((one) => one.service === 'api-requests').map((one) => one.state);
    expect(api).toEqual(['operational', 'major-outage']);
    expect(said(result)).toContain('example/global major-outage');
    // In monitoring the named component keeps its own word, and the incident still stands on the page.
    const watching = parse('statuspage', quiet.replaceAll('"investigating"', '"monitoring"'));
    expect(said(watching)).toEqual([
      'api-requests/global operational',
      'example/global major-outage',
      'pages/global operational',
      'webhooks/global operational',
    ]);
  });

  test('a maintenance counts only while it runs', () => {
    expect(said(parse('statuspage')).join()).not.toContain('maintenance');
    const running = parse(
      'statuspage',
      replaced('statuspage', '"scheduled"', '"in_progress"').replace('degraded_performance', 'operational'),
    );
    expect(said(running)).toContain('pages/global maintenance');
    expect(running.events.map((one) => one.id)).toEqual(['i1', 'm1']);
  });

  test("sites of Cloudflare become regions, re-routed ones are the provider's information", () => {
    const page = {
      page: { id: 'x', name: 'Cloudflare', updated_at: '2026-10-20T08:00:00Z' },
      components: [
        { id: 'g', name: 'North America', status: 'partial_outage', group: true, components: ['a'] },
        {
          id: 'h',
          name: 'Cloudflare Sites and Services',
          status: 'operational',
          group: true,
          components: ['b'],
        },
        {
          id: 'a',
          name: 'Ashburn, VA, United States - (IAD)',
          status: 'partial_outage',
          group: false,
          group_id: 'g',
        },
        { id: 'b', name: 'CDN/Cache', status: 'operational', group: false, group_id: 'h' },
      ],
      incidents: [],
      status: { indicator: 'minor' },
    };
    const result = parse('statuspage', JSON.stringify(page));
    expect(said(result)).toEqual(['cdn-cache/global operational', 'edge/IAD partial-outage']);
    expect(result.observations[0]).toMatchObject({
      informational: true,
      text: 'Ashburn, VA, United States - (IAD): re-routed',
    });
  });

  test('a group per product with sites as children, and equal names in two groups', () => {
    const component = (id: string, name: string, group_id: string | null) => ({
      id,
      name,
      group_id,
      status: 'operational',
      group: false,
    });
    const page = {
      page: { id: 'x', name: 'Ocean' },
      components: [
        { id: 'g1', name: 'Droplets', status: 'operational', group: true },
        { id: 'g2', name: 'Volumes', status: 'operational', group: true },
        component('a', 'NYC1', 'g1'),
        component('b', 'Global', 'g1'),
        component('c', 'API', 'g1'),
        component('d', 'API', 'g2'),
        component('e', 'us-east-1', null),
      ],
    };
    expect(said(parse('statuspage', JSON.stringify(page)))).toEqual([
      'droplets/api/global operational',
      'droplets/global operational',
      'droplets/nyc1 operational',
      'ocean/us-east-1 operational',
      'volumes/api/global operational',
    ]);
  });

  test('status.json: "none" states nothing, trouble counts', () => {
    const page = (indicator: string) =>
      JSON.stringify({ page: { id: 'x', name: 'X' }, status: { indicator, description: 'd' } });
    const none = parse('statuspage', page('none'));
    expect([none.observations.length, none.statesAll, none.problems.map((one) => one.code)]).toEqual([
      0,
      false,
      ['not-summary'],
    ]);
    expect(said(parse('statuspage', page('critical')))).toEqual(['x/global major-outage']);
    expect(said(parse('statuspage', page('fine')))).toEqual(['x/global unknown']);
  });

  test('an unknown status is unknown, and said once', () => {
    const result = parse(
      'statuspage',
      replaced('statuspage', 'major_outage', 'on_fire').replaceAll('degraded_performance', 'on_fire'),
    );
    expect(said(result).filter((one) => one.endsWith('unknown'))).toEqual([
      'api-requests/global unknown',
      'pages/global unknown',
    ]);
    expect(result.problems.filter((one) => one.code === 'unknown-code')).toHaveLength(1);
  });
});

describe('aws', () => {
  test('current events: one event, each service with its own code, split at the region in the end', () => {
    const result = parse('aws-currentevents');
    expect(said(result)).toEqual([
      'dynamodb/us-east-1 major-outage',
      'management-console/global degraded',
      'neptune-db/us-east-1 operational',
      'workspaces/us-east-1 degraded',
    ]);
    expect(result.observations.find((one) => one.service === 'workspaces')?.informational).toBe(true);
    expect(result.observations.find((one) => one.service === 'dynamodb')?.at).toBe(
      new Date(1792483000000).toISOString(),
    );
    expect(result.events).toHaveLength(1);
    expect(result.events[0]).toMatchObject({
      status: 'open',
      state: 'major-outage',
      text: 'DNS of DynamoDB',
    });
    expect([result.statesAll, result.asOf]).toEqual([false, null]);
    const resolved = parse(
      'aws-currentevents',
      replaced('aws-currentevents', '"status": "3"', '"status": "0"'),
    );
    expect(resolved.events[0]).toMatchObject({ status: 'resolved', state: 'major-outage' });
    const unknown = parse(
      'aws-currentevents',
      replaced('aws-currentevents', '"current": "3"', '"current": "7"'),
    );
    expect(said(unknown)).toContain('dynamodb/us-east-1 unknown');
  });

  test('current events: an empty list is clear, and UTF-16BE with BOM is read', () => {
    const text = samples['aws-currentevents'];
    const wide = new Uint8Array(2 + text.length * 2);
    wide.set([0xfe, 0xff]);
    for (let i = 0; i < text.length; i += 1)
      wide.set([text.charCodeAt(i) >> 8, text.charCodeAt(i) & 255], 2 + i * 2);
    const context = { now: NOW };
    expect(parsePayload('aws-currentevents', wide, context)).toEqual(parse('aws-currentevents'));
    expect(
      parsePayload('aws-currentevents', new Uint8Array([0xfe, 0xff, 0, 0x5b, 0, 0x5d]), context),
    ).toMatchObject({
      usable: true,
      events: [],
      problems: [],
    });
  });

  test('data.json: dateless times run forwards over midnight, code 0 is a word of recovery', () => {
    const result = parse('aws-data-json');
    expect(said(result)).toEqual(['iam/global operational', 'kinesis/us-east-1 major-outage']);
    const kinesis = result.events.find((one) => one.services[0] === 'kinesis')!;
    expect(kinesis).toMatchObject({
      status: 'open',
      startedAt: '2020-11-25T15:36:00.000Z',
      updatedAt: '2020-11-26T08:03:00.000Z',
      text: 'Severely impaired.',
    });
    expect(result.asOf).toBe('2020-11-26T08:03:00.000Z');
    const s3 = result.events.find((one) => one.services[0] === 's3')!;
    expect(s3).toMatchObject({
      status: 'resolved',
      title: 'Increased errors',
      regions: ['us-east-1'],
      endedAt: '2020-11-21T23:50:00.000Z',
    });
    expect(result.events.find((one) => one.services[0] === 'iam')).toMatchObject({
      status: 'resolved',
      title: 'Sign-in errors',
    });
  });

  test('data.json: the id of an event outlives a corrected date, a corrected title and its way to the archive', () => {
    const open = parse('aws-data-json').events.find((one) => one.services[0] === 'kinesis')!.id;
    const corrected = parse(
      'aws-data-json',
      replaced('aws-data-json', '1606318560', '1606336447').replace('Increased API', 'Many API'),
    );
    expect(corrected.events.find((one) => one.services[0] === 'kinesis')!.id).toBe(open);
    const moved = JSON.parse(samples['aws-data-json']) as { archive: unknown[]; current: unknown[] };
    moved.archive.push(...moved.current.splice(0, 1));
    const archived = parse('aws-data-json', JSON.stringify(moved)).events.find(
      (one) => one.services[0] === 'kinesis',
    )!;
    expect([archived.id, archived.status]).toEqual([open, 'resolved']);
  });

  test('data.json: an update dated after now does not make the next copy look old', () => {
    const result = parse('aws-data-json', samples['aws-data-json'], { now: '2020-11-25T20:00:00.000Z' });
    expect(result.asOf! <= '2020-11-25T20:00:00.000Z').toBe(true);
  });

  test('rss: the newest update of a service decides', () => {
    const result = parse('aws-rss');
    expect(said(result)).toEqual(['dynamodb/us-east-1 major-outage', 'ec2/eu-west-1 operational']);
    expect(result.events.map((one) => [one.id, one.status, one.title])).toEqual([
      ['dynamodb-us-east-1', 'open', 'Increased Error Rates'],
      ['ec2-eu-west-1', 'resolved', 'Latency'],
    ]);
    expect(result.events[0]).toMatchObject({
      startedAt: '2026-10-20T07:20:00.000Z',
      updatedAt: '2026-10-20T08:20:00.000Z',
      text: 'Worse.',
    });
    expect(result.asOf).toBe('2026-10-20T12:20:30.000Z');
    expect(said(parse('aws-rss', replaced('aws-rss', 'Service disruption:', 'Service vanished:')))).toContain(
      'dynamodb/us-east-1 unknown',
    );
  });

  test('health event: region of the event and not of its delivery, wrong weekday, an end in words', () => {
    const result = parse('aws-health-event');
    expect(said(result)).toEqual(['ec2/us-east-1 major-outage']);
    expect(result.events[0]).toMatchObject({
      title: 'EC2 operational issue',
      startedAt: '2026-10-07T06:02:51.000Z',
    });
    expect(result.problems.map((one) => one.code)).toEqual(['several-pages']);
    const over = parse('aws-health-event', replaced('aws-health-event', 'Disrupted', 'Operating normally'));
    expect([over.events[0]!.status, said(over)]).toEqual(['resolved', ['ec2/us-east-1 operational']]);
    const notice = parse(
      'aws-health-event',
      replaced('aws-health-event', '"issue"', '"accountNotification"'),
    );
    expect([notice.observations.length, notice.problems.map((one) => one.code)]).toEqual([
      0,
      ['several-pages', 'no-health'],
    ]);
  });
});

describe('google cloud and azure', () => {
  test('gcp: products at current locations, a location that recovered has the word of the provider', () => {
    const result = parse('gcp-incidents');
    expect(said(result)).toEqual([
      'Cloud Run/europe-west1 operational',
      'Cloud Run/us-central1 major-outage',
      'Vertex AI/europe-west1 operational',
      'Vertex AI/us-central1 major-outage',
    ]);
    expect(result.events.map((one) => [one.id, one.status, one.state])).toEqual([
      ['open1', 'open', 'major-outage'],
      ['old1', 'resolved', 'partial-outage'],
    ]);
    expect(result.asOf).toBe('2026-10-20T09:00:00.000Z');
    expect(result.events[0]!.url).toBe('https://status.cloud.google.com/incidents/open1');
  });

  test('gcp: AVAILABLE without an end is still open; unknown impact is unknown; no location is global', () => {
    const available = parse(
      'gcp-incidents',
      replaced('gcp-incidents', '"status": "SERVICE_OUTAGE"', '"status": "AVAILABLE"'),
    );
    expect(available.events[0]).toMatchObject({ status: 'open', state: 'major-outage' });
    const odd = parse(
      'gcp-incidents',
      replaced('gcp-incidents', 'SERVICE_OUTAGE', 'SERVICE_MELTED').replace('"high"', '"absurd"'),
    );
    expect(said(odd)).toContain('Cloud Run/us-central1 unknown');
    const placeless = parse(
      'gcp-incidents',
      samples['gcp-incidents'].replace(
        /"(currently|previously)_affected_locations": \[[^\]]*\]/g,
        '"$1_affected_locations": []',
      ),
    );
    expect(said(placeless)).toEqual(['Cloud Run/global major-outage', 'Vertex AI/global major-outage']);
  });

  test('gcp: the shape of 2020', () => {
    const old = [
      {
        number: '20001',
        begin: '2020-11-01T10:00:00Z',
        created: '2020-11-01T10:05:00Z',
        modified: '2020-11-01T10:06:00Z',
        external_desc: 'Old shape',
        'most-recent-update': { when: '2020-11-01T10:06:00Z', text: 'x' },
        severity: 'medium',
        service_name: 'Google Compute Engine',
        updates: [],
      },
    ];
    const result = parse('gcp-incidents', JSON.stringify(old));
    expect([result.events[0]!.id, said(result)]).toEqual([
      '20001',
      ['Google Compute Engine/global partial-outage'],
    ]);
    expect(detectKind('https://x.example', bytes(JSON.stringify(old)))).toBe('gcp-incidents');
  });

  test('gcp atom: the newest entry of an incident, places from its text, Pacific times', () => {
    const result = parse('gcp-atom');
    expect(result.events).toHaveLength(1);
    expect(result.events[0]).toMatchObject({
      id: 'AAAA1111',
      title: 'Iowa: Cloud Run is failing',
      startedAt: '2026-10-20T07:51:00.000Z',
      regions: ['us-central1', 'global'],
      services: ['Cloud Run', 'Vertex AI'],
    });
    expect(result.observations).toHaveLength(4);
    expect(parse('gcp-atom', replaced('gcp-atom', 'UPDATE:', 'RESOLVED:')).observations).toEqual([]);
  });

  test('azure: categories are regions and services, the key is guid and pubDate, an empty channel is fine', () => {
    const result = parse('azure-rss');
    expect(said(result)).toEqual(['Azure Front Door/eastus2 degraded', 'Azure Front Door/global degraded']);
    expect(result.events[0]).toMatchObject({
      id: 'front-door-issues@2026-10-20T08:00:00.000Z',
      title: 'Azure Front Door - Connectivity issues',
      text: 'Starting at 08:00 UTC, customers may see errors.',
    });
    const again = parse(
      'azure-rss',
      replaced('azure-rss', 'Tue, 20 Oct 2026 08:00:00 Z', 'Wed, 21 Oct 2026 08:00:00 Z'),
    );
    expect(again.events[0]!.id).not.toBe(result.events[0]!.id);
    const empty = parse('azure-rss', samples['azure-rss'].replace(/<item>[\s\S]*<\/item>/, ''));
    expect(empty).toMatchObject({
      usable: true,
      statesAll: false,
      observations: [],
      events: [],
      problems: [],
    });
  });
});

describe('the other kinds', () => {
  test('statuspage atom: years from the nearest dated time, "Update" says no status', () => {
    const result = parse('statuspage-atom');
    expect(result.events.map((one) => [one.title, one.status, one.startedAt])).toEqual([
      ['Slow API', 'open', '2025-12-31T23:40:00.000Z'],
      ['Old', 'resolved', '2025-12-01T12:00:00.000Z'],
    ]);
    expect(said(result)).toEqual(['example/global degraded']);
    expect(result.events[0]!.text).toBe('Still slow.');
  });

  test('incident.io: missing lists are empty lists', () => {
    const result = parse('incident-io');
    expect(said(result)).toEqual(['chat/global major-outage', 'files/global operational']);
    expect([result.events, result.problems]).toEqual([[], []]);
  });

  test('oci: the three spellings of a region', () => {
    expect(said(parse('oci'))).toEqual([
      'compute/eu-frankfurt-1 operational',
      'compute/us-ashburn-1 partial-outage',
    ]);
  });

  test('slack: numbers as ids, local offsets, the newest note', () => {
    const result = parse('slack');
    expect(said(result)).toEqual(['Connections/global major-outage', 'Messaging/global major-outage']);
    expect(result.events[0]).toMatchObject({
      id: '931',
      startedAt: '2026-10-20T08:14:44.000Z',
      text: 'Worse.',
    });
    expect(result.statesAll).toBe(false);
    const history = JSON.stringify(
      (JSON.parse(samples.slack) as { active_incidents: unknown }).active_incidents,
    );
    expect(said(parse('slack', history))).toEqual(said(result));
  });

  test('status.io: containers are places', () => {
    const result = parse('statusio');
    expect(said(result)).toEqual(['website/aws operational', 'website/google-compute-engine partial-outage']);
    expect(result.events[0]).toMatchObject({
      state: 'partial-outage',
      regions: ['google-compute-engine'],
      services: ['website'],
    });
  });

  test("firehydrant: conditions of open incidents, by the page's own classes", () => {
    const result = parse('firehydrant');
    expect(said(result)).toEqual(['rest-api/global major-outage']);
    expect(result.events[0]!.text).toBe('**Investigating**');
    expect(
      said(
        parse('firehydrant', replaced('firehydrant', '"REST API": "Unavailable"', '"REST API": "Wobbly"')),
      ),
    ).toEqual(['rest-api/global unknown']);
  });

  test('heroku: the state decides, not "resolved"', () => {
    const result = parse('heroku');
    expect(result.events.map((one) => one.status)).toEqual(['open', 'resolved']);
    expect(said(result)).toContain('data/global operational');
    expect(said(result)).toContain('apps/global major-outage');
  });

  test('instatus: UP with an open incident is not well', () => {
    const result = parse('instatus');
    expect(said(result)).toEqual(['example/global major-outage']);
    expect([result.events.length, result.statesAll]).toEqual([1, false]);
    const quiet = parse('instatus', samples.instatus.replace(/"activeIncidents": \[[\s\S]*?\],\n/, ''));
    expect(quiet.observations).toEqual([]);
  });

  test('better stack: the aggregate state decides, not ends_at', () => {
    const result = parse('betterstack');
    expect(result.events.map((one) => [one.id, one.status])).toEqual([
      ['p1', 'open'],
      ['p0', 'resolved'],
    ]);
    expect(said(result)).toEqual([
      'api/global major-outage',
      'api/global major-outage',
      'docs/global operational',
    ]);
  });

  test('rss and atom: without rules everything open is unknown; with rules the mapping decides', () => {
    const bare = parse('rss');
    expect(said(bare)).toEqual(['example-news/global unknown']);
    expect(bare.events.map((one) => one.status)).toEqual(['open', 'resolved']);
    expect(bare.problems.map((one) => one.code)).toEqual(['no-mapping']);
    const mapping = {
      states: [{ contains: 'down', state: 'major-outage' as const }],
      regions: [{ contains: 'frankfurt', region: 'fra' }],
      services: [{ contains: 'Hosting', service: 'hosting' }],
    };
    expect(said(parse('rss', samples.rss, { mapping }))).toEqual(['hosting/fra major-outage']);
    expect(said(parse('atom', samples.atom, { mapping, provider: 'p' }))).toEqual([
      'example-news/fra major-outage',
    ]);
    const later = parse('rss', samples.rss, { now: '2026-12-20T00:00:00.000Z' });
    expect([later.observations.length, later.problems.map((one) => one.code)]).toEqual([0, ['old-items']]);
  });
});

describe('alertmanager', () => {
  test('an alert without a fingerprint and without a label has an identity and a name all the same', () => {
    const result = parsePayload(
      'alertmanager',
      Buffer.from('[{"labels": {}, "status": {"state": "active"}}]'),
      {
        now: '2026-10-20T08:00:00.000Z',
      },
    );
    expect(result.events).toMatchObject([{ id: 'Alert without a name', title: 'Alert without a name' }]);
  });

  const alerts = (): Record<string, unknown>[] =>
    JSON.parse(samples.alertmanager) as Record<string, unknown>[];

  test("labels become places; the dead man's switch makes silence a statement", () => {
    const result = parse('alertmanager');
    expect(said(result)).toEqual(['alertmanager/global operational', 'checkout/eu-west-1 major-outage']);
    expect(result.observations[0]).toMatchObject({ at: '2026-10-20T08:00:00.123Z', text: 'Error rate 12 %' });
    expect(result.statesAll).toBe(true);
    const silent = parse('alertmanager', '[]');
    expect(said(silent)).toEqual(['alertmanager/global unknown']);
    expect([silent.statesAll, silent.usable, silent.problems[0]!.code]).toEqual([
      false,
      true,
      'watchdog-missing',
    ]);
    expect(parse('alertmanager', samples.alertmanager, { mapping: { watchdog: 'DeadMan' } }).statesAll).toBe(
      false,
    );
  });

  test('the webhook: firing and resolved, no word about anything else, fingerprints may be missing', () => {
    const result = parse('alertmanager-webhook');
    expect(said(result)).toEqual(['checkout/eu-west-1 major-outage', 'db/global operational']);
    expect(result.events.map((one) => [one.status, one.endedAt])).toEqual([
      ['open', null],
      ['resolved', '2026-10-20T08:00:00.000Z'],
    ]);
    expect([result.statesAll, result.problems]).toEqual([false, []]);
  });

  test('the same alert in several groups is one; silenced says nothing; own labels and severities', () => {
    const [high, watchdog] = alerts();
    const groups = [
      { labels: {}, receiver: { name: 'a' }, alerts: [high, watchdog] },
      { labels: {}, receiver: { name: 'b' }, alerts: [high] },
    ];
    expect(parse('alertmanager', JSON.stringify(groups)).events).toHaveLength(1);
    const silenced = { ...high, status: { state: 'suppressed' } };
    const result = parse('alertmanager', JSON.stringify([silenced, watchdog]));
    expect([said(result), result.events[0]!.status]).toEqual([['alertmanager/global operational'], 'open']);
    const own = { ...high, fingerprint: undefined, labels: { alertname: 'X', cluster: 'dev', level: 'P3' } };
    const bare = parse('alertmanager', JSON.stringify([own, watchdog]));
    expect(said(bare)).toContain('X/global unknown');
    const mapping = { regionLabels: ['cluster'], severities: { P3: 'degraded' as const } };
    expect(said(parse('alertmanager', JSON.stringify([own, watchdog]), { mapping }))).toContain(
      'X/dev degraded',
    );
  });
});
