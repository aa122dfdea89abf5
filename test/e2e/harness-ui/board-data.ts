// Pictures of the board: an outage as in the design, the first minutes, offline, and names longer than any real one. All contract-valid.
import type {
  Board,
  BoardRow,
  Cell,
  CellDetail,
  Column,
  Feed,
  FeedStateWord,
  SignalLine,
} from '../../../shared/contract/health.ts';
import type { State } from '../../../shared/health/types.ts';
import { NOW } from './app-data.ts';

const at = (time: string): string => `2026-10-20T${time}.000Z`;
const ago = (seconds: number): string => new Date(Date.parse(NOW) - seconds * 1000).toISOString();

const column = (continent: string, aws: string | null, gcp: string | null, azure: string | null): Column => ({
  key: aws ?? gcp ?? azure ?? '?',
  continent,
  codes: {
    ...(aws ? { aws, probe: aws } : gcp ? { probe: gcp } : {}),
    ...(gcp ? { gcp } : {}),
    ...(azure ? { azure } : {}),
    cloudflare: aws ?? gcp ?? '',
  },
  ours: true,
});
export const COLUMNS: readonly Column[] = [
  column('Americas', 'ca-central-1', 'northamerica-northeast1', 'canadaeast'),
  column('Americas', 'us-east-1', 'us-east4', 'eastus'),
  column('Americas', null, 'us-central1', 'centralus'),
  column('Americas', 'us-west-2', 'us-west1', 'westus2'),
  column('Americas', 'sa-east-1', 'southamerica-east1', 'brazilsouth'),
  column('Europe', 'eu-west-1', null, 'northeurope'),
  column('Europe', null, 'europe-west1', null),
  column('Europe', 'eu-central-1', 'europe-west3', 'germanywestcentral'),
  column('Asia Pacific', 'ap-southeast-1', 'asia-southeast1', 'southeastasia'),
  column('Asia Pacific', 'ap-northeast-1', 'asia-northeast1', 'japaneast'),
  column('Asia Pacific', 'ap-southeast-2', 'australia-southeast1', 'australiaeast'),
];

type Bad = { state: State; troubled?: number; services?: string[]; since?: string; disagreement?: string };
interface RowPlan {
  readonly provider: string;
  readonly name: string;
  readonly group?: 'say' | 'see';
  readonly freshness?: FeedStateWord;
  readonly age?: number | null;
  readonly rest: 'stated' | 'nothing-reported';
  readonly bad?: Record<string, Bad>;
  readonly elsewhere?: BoardRow['elsewhere'];
  readonly span?: BoardRow['span'];
}

const HEARD: ReadonlySet<FeedStateWord> = new Set<FeedStateWord>(['fresh', 'late']);

function row(plan: RowPlan): BoardRow {
  const freshness = plan.freshness ?? 'fresh';
  const heard = HEARD.has(freshness);
  const fetchedAt = plan.age === null ? null : ago(plan.age ?? 14);
  const cells = COLUMNS.map((c): Cell | null => {
    const region = c.codes[plan.provider];
    if (!region) return null;
    const bad = plan.bad?.[c.key];
    const state: State = bad?.state ?? (heard ? 'operational' : 'unknown');
    return {
      provider: plan.provider,
      region,
      state,
      basis: bad ? 'stated' : plan.rest,
      stale: !heard,
      staleSince: heard ? null : fetchedAt,
      since: bad ? (bad.since ?? at('07:48:20')) : null,
      troubled: bad ? (bad.troubled ?? 1) : 0,
      services: (bad?.services ?? []).slice(0, 9),
      noLongerListed: false,
      disagreement: bad?.disagreement ?? null,
    };
  });
  return {
    provider: plan.provider,
    name: plan.name,
    group: plan.group ?? 'say',
    feed: plan.provider,
    freshness,
    fetchedAt,
    span: plan.span ?? null,
    cells: plan.span ? [] : cells,
    elsewhere: plan.span ? null : (plan.elsewhere ?? null),
  };
}

const AWS_OUT = ['dynamodb', 'lambda', 'ec2', 'sqs', 'iam', 'ecs', 'kinesis', 'sts', 'cloudwatch'];
const rows = (off = false): BoardRow[] => [
  row({
    provider: 'aws',
    name: 'AWS',
    ...(off ? { freshness: 'offline', age: 194 } : { age: 14 }),
    rest: 'nothing-reported',
    bad: {
      'us-east-1': { state: 'major-outage', troubled: 9, services: AWS_OUT },
      'us-west-2': { state: 'degraded', troubled: 2, services: ['lambda', 'sqs'], since: at('08:03:30') },
      'eu-west-1': {
        state: 'partial-outage',
        troubled: 3,
        services: ['dynamodb', 'lambda', 'kinesis'],
        since: at('08:05:10'),
      },
    },
    elsewhere: { worst: 'major-outage', troubled: 1, regions: 27 },
  }),
  row({
    provider: 'gcp',
    name: 'Google Cloud',
    ...(off ? { freshness: 'offline', age: 220 } : { age: 41 }),
    rest: 'nothing-reported',
    bad: { 'ap-southeast-2': { state: 'maintenance' } },
    elsewhere: { worst: off ? 'unknown' : 'operational', troubled: 0, regions: 30 },
  }),
  row({
    provider: 'azure',
    name: 'Azure',
    freshness: off ? 'offline' : 'stale',
    age: 380,
    rest: 'nothing-reported',
    bad: { 'eu-west-1': { state: 'degraded', services: ['storage'] } },
    elsewhere: { worst: 'unknown', troubled: 0, regions: 33 },
  }),
  row({
    provider: 'cloudflare',
    name: 'Cloudflare',
    ...(off ? { freshness: 'offline', age: 197 } : { age: 18 }),
    rest: 'stated',
    elsewhere: { worst: 'maintenance', troubled: 2, regions: 119 },
  }),
  row({
    provider: 'fastly',
    name: 'Fastly',
    freshness: off ? 'offline' : 'unreachable',
    age: null,
    rest: 'stated',
    span: {
      state: 'unknown',
      stale: true,
      text: 'Feed unreachable since 07:59:40Z, the name is not found. Not counted as healthy.',
      since: at('07:59:40'),
    },
  }),
  row({
    provider: 'github',
    name: 'GitHub',
    ...(off ? { freshness: 'offline', age: 209 } : { age: 33 }),
    rest: 'stated',
    span: off
      ? {
          state: 'unknown',
          stale: true,
          text: 'Last word Healthy, 08:08:07Z. Good news that is old is not news',
          since: at('08:08:07'),
        }
      : {
          state: 'degraded',
          stale: false,
          text: 'Actions: delays starting jobs, since 08:09:55Z',
          since: at('08:09:55'),
        },
  }),
  row({
    provider: 'probe',
    name: 'Own probes',
    group: 'see',
    ...(off ? { freshness: 'offline', age: 189 } : { age: 9 }),
    rest: 'stated',
    bad: {
      'us-east-1': { state: 'major-outage', troubled: 41 },
      'us-west-2': { state: 'degraded', troubled: 2 },
      'eu-west-1': {
        state: 'degraded',
        troubled: 3,
        disagreement: 'AWS says Partial outage, our probes only degraded',
      },
    },
  }),
];

const feed = (
  id: string,
  name: string,
  kind: string,
  state: FeedStateWord,
  age: number | null,
  change: Partial<Feed> = {},
): Feed => ({
  id,
  name,
  kind,
  provider: id,
  url: `https://status.example.net/${id}`,
  intervalMs: 60_000,
  enabled: state !== 'paused',
  builtIn: true,
  state,
  reason: null,
  fetchedAt: age === null ? null : ago(age),
  triedAt: ago(Math.min(age ?? 20, 20)),
  expectedAt: new Date(Date.parse(NOW) + 20_000).toISOString(),
  staleAfterMs: 180_000,
  durationMs: 204,
  problems: [],
  events: 0,
  ...change,
});

const FEEDS: readonly Feed[] = [
  feed('aws', 'AWS', 'aws-currentevents', 'fresh', 14, { intervalMs: 30_000, events: 3 }),
  feed('gcp', 'Google Cloud', 'gcp-incidents', 'late', 141),
  feed('azure', 'Azure', 'azure-rss', 'stale', 380, {
    reason:
      'Only older copies were served for 6 minutes. Open the page in a browser, or wait: it is asked every minute.',
  }),
  feed('github', 'GitHub', 'statuspage', 'fresh', 33, { events: 1 }),
  feed('cloudflare', 'Cloudflare', 'statuspage', 'fresh', 18),
  feed('fastly', 'Fastly', 'statuspage', 'unreachable', null, {
    builtIn: false,
    reason:
      'The name status.fastly.example is not found. Check the address, or leave it off; the other feeds still work.',
  }),
  feed('slack', 'Slack', 'slack', 'unparseable', 900, {
    reason: 'It answered with a web page, not with JSON. Sign-in pages of a guest network do that.',
    problems: [{ code: 'not-json', text: 'The answer begins with <!doctype html>.' }],
  }),
  feed('alerts', 'Alertmanager', 'alertmanager', 'not-heard', null, { builtIn: false }),
  feed('old', 'Old status page', 'azure-rss', 'paused', 7200, { builtIn: false }),
];

let n = 0;
const signal = (
  time: string,
  kind: SignalLine['kind'],
  to: State,
  source: string,
  text: string,
  change: Partial<SignalLine> = {},
): SignalLine => {
  n += 1;
  return {
    id: `sig-${String(n).padStart(4, '0')}`,
    at: at(time),
    began: null,
    provider: source.toLowerCase(),
    region: /[a-z]+-[a-z]+-\d/.exec(text)?.[0] ?? 'global',
    service: (text.split(' ')[0] ?? '').replace(':', ''),
    from: kind === 'worse' ? 'operational' : null,
    to,
    feed: source.toLowerCase(),
    source,
    event: null,
    text,
    regions: [],
    services: [],
    newRegion: false,
    kind,
    count: 1,
    ...change,
  };
};

export const SIGNALS: readonly SignalLine[] = [
  signal('08:11:30', 'worse', 'major-outage', 'Probe', 'checkout eu-west-1: timeout, 3 of 10'),
  signal('08:10:48', 'worse', 'major-outage', 'Probe', 'sign-in us-east-1: 503', { count: 41 }),
  signal('08:09:55', 'worse', 'degraded', 'GitHub', 'Actions: Degraded'),
  signal('08:08:50', 'worse', 'degraded', 'AWS', 'lambda eu-west-1: Degraded'),
  signal(
    '08:07:31',
    'info',
    'major-outage',
    'AWS',
    'us-east-1: “We can confirm increased error rates and latencies for multiple services.”',
  ),
  signal('08:07:20', 'worse', 'degraded', 'AWS', 'sqs us-west-2: Degraded'),
  signal('08:06:10', 'feed', 'unknown', 'Feed', 'Azure stale. northeurope stays degraded'),
  signal('08:05:10', 'worse', 'partial-outage', 'AWS', 'dynamodb eu-west-1: Partial outage', {
    newRegion: true,
    regions: ['eu-west-1'],
    services: ['dynamodb', 'dax'],
    began: at('08:02:00'),
    event: 'arn:aws:health:eu-west-1::event/DYNAMODB/0a1b',
  }),
  signal('08:03:30', 'worse', 'degraded', 'AWS', 'lambda us-west-2: Degraded', { newRegion: true }),
  signal('08:01:15', 'worse', 'degraded', 'AWS', 'iam global: Degraded'),
  signal('07:59:40', 'feed', 'unknown', 'Feed', 'Fastly unreachable, the name is not found'),
  signal('07:59:02', 'worse', 'major-outage', 'AWS', 'sqs us-east-1: Outage'),
  signal('07:57:11', 'worse', 'major-outage', 'AWS', 'ec2 us-east-1: Outage'),
  signal('07:55:10', 'info', 'major-outage', 'AWS', 'us-east-1: “We are investigating.”'),
  signal('07:54:05', 'worse', 'major-outage', 'AWS', 'lambda us-east-1: Outage'),
  signal(
    '07:52:00',
    'no-longer-listed',
    'maintenance',
    'Google Cloud',
    'us-west1 maintenance: no longer listed',
  ),
  signal('07:50:00', 'better', 'operational', 'Cloudflare', 'Zürich: Healthy'),
  signal('07:48:20', 'worse', 'major-outage', 'AWS', 'dynamodb us-east-1: Outage', {
    newRegion: true,
    began: at('07:47:30'),
  }),
];

export const outage = (): Board => ({
  rev: 1,
  now: NOW,
  columns: [...COLUMNS],
  rows: rows(),
  feeds: [...FEEDS],
  glance: {
    broken: {
      state: 'broken',
      lead: '3 regions we run on',
      lines: [
        'us-east-1 out; eu-west-1 partly out, us-west-2 degraded. Elsewhere: 2 regions',
        'Not heard: Azure stale, Fastly unreachable, Slack not readable',
      ],
    },
    now: {
      lead: 'No incident declared',
      lines: ['First signal 07:48:20Z, 23 min 16 s ago', 'Suggested: SEV1, from 13 signals'],
    },
    next: [
      { at: ago(-24), label: 'AWS asked again', who: '' },
      { at: ago(-204), label: 'AWS promised an update', who: 'AWS' },
    ],
  },
  signals: { total: 34, since: at('07:48:20'), latest: [...SIGNALS] },
  offline: null,
});

export const quiet = (): Board => ({
  ...outage(),
  rows: rows().map((r) =>
    r.span && r.provider === 'github'
      ? { ...r, span: { ...r.span, state: 'operational', text: 'Global. All 10 components say so' } }
      : {
          ...r,
          ...(r.provider === 'azure' ? { freshness: 'not-heard' as const, fetchedAt: null } : {}),
          cells: r.cells.map(
            (c) =>
              c && {
                ...c,
                state: r.provider === 'azure' ? ('unknown' as const) : ('operational' as const),
                basis: r.provider === 'cloudflare' || r.group === 'see' ? ('stated' as const) : c.basis,
                ...(r.provider === 'aws' || r.provider === 'gcp'
                  ? { basis: 'nothing-reported' as const }
                  : {}),
                troubled: 0,
                services: [],
                since: null,
                disagreement: null,
              },
          ),
          elsewhere: r.elsewhere && { ...r.elsewhere, worst: 'operational' as const, troubled: 0 },
        },
  ),
  feeds: FEEDS.filter((f) => ['aws', 'gcp', 'github', 'cloudflare', 'azure'].includes(f.id)).map((f) => ({
    ...f,
    state: f.id === 'azure' ? ('not-heard' as const) : ('fresh' as const),
    fetchedAt: f.id === 'azure' ? null : ago(20),
    reason: null,
  })),
  glance: {
    broken: {
      state: 'unknown',
      lead: 'No trouble heard',
      lines: ['Azure not heard yet. Nothing overridden'],
    },
    now: { lead: 'Watching, no incident open', lines: ['Since 06:00:12Z. 5 sources asked, 4 heard'] },
    next: [],
  },
  signals: { total: 0, since: at('06:00:12'), latest: [] },
});

export const offline = (): Board => ({
  ...outage(),
  rows: rows(true),
  feeds: FEEDS.map((f) =>
    f.enabled ? { ...f, state: 'offline' as const, fetchedAt: f.fetchedAt ?? null, reason: null } : f,
  ),
  glance: {
    broken: {
      state: 'broken',
      lead: '3 regions, last word 08:08Z',
      lines: ['us-east-1 out; eu-west-1, us-west-2: all stale', 'Not heard: the internet, all 8 sources'],
    },
    now: {
      lead: 'No internet since 08:08Z',
      lines: ['Room, runbooks and journal work. Gates wait'],
    },
    next: [{ at: ago(-4), label: 'References asked again', who: '' }],
  },
  signals: {
    total: 29,
    since: at('07:48:20'),
    latest: [
      signal(
        '08:08:40',
        'path',
        'unknown',
        'Path',
        'internet lost: 3 of 3 references fail. 8 sources unheard, said once',
      ),
      ...SIGNALS.filter((s) => s.at < at('08:08:40')),
    ],
  },
  offline: {
    since: at('08:08:40'),
    text: 'Three references at three providers do not give their expected answer.',
  },
});

/** Nothing configured and nothing heard. */
export const bare = (): Board => ({
  ...quiet(),
  columns: [],
  rows: [],
  feeds: [],
  glance: {
    broken: { state: 'unknown', lead: 'Nothing is watched', lines: ['No feed is configured'] },
    now: { lead: 'No incident open', lines: [] },
    next: [],
  },
  signals: { total: 0, since: null, latest: [] },
});

const WORD = 'Regionalverbindungsüberwachungsdienst';
/** Texts at the limits of the contract, 40 columns, 60 signals. */
export const long = (): Board => {
  const base = outage();
  const columns = Array.from({ length: 40 }, (_, i) => ({
    ...COLUMNS[i % COLUMNS.length]!,
    key: `region-${i}`,
    continent: ['Americas', 'Europe', 'Middle East, Africa', 'Asia Pacific'][Math.floor(i / 10)]!,
  }));
  return {
    ...base,
    columns,
    rows: base.rows.map((r) => ({
      ...r,
      name: `${r.name} ${WORD}`,
      cells: r.span ? [] : columns.map((_, i) => r.cells[i % r.cells.length] ?? null),
      span: r.span && { ...r.span, text: `${r.span.text} `.repeat(4).slice(0, 390) },
    })),
    feeds: [...base.feeds, ...base.feeds.map((f) => ({ ...f, id: `${f.id}2`, name: `${f.name} ${WORD}` }))],
    glance: {
      broken: {
        ...base.glance.broken,
        lead: `${WORD} `.repeat(5).trim().slice(0, 200),
        lines: base.glance.broken.lines.map((l) => `${l}. `.repeat(3).trim().slice(0, 300)),
      },
      now: {
        lead: `${WORD} `.repeat(5).trim().slice(0, 200),
        lines: [`${WORD} `.repeat(7).trim().slice(0, 300)],
      },
      next: [{ at: ago(-90_000), label: `${WORD} `.repeat(4).trim().slice(0, 200), who: WORD }],
    },
    signals: {
      ...base.signals,
      latest: Array.from({ length: 60 }, (_, i) => ({
        ...SIGNALS[i % SIGNALS.length]!,
        id: `long-${i}`,
        text: `${SIGNALS[i % SIGNALS.length]!.text} ${'and so on '.repeat(i % 5 === 0 ? 40 : 1)}`.slice(
          0,
          1000,
        ),
        count: i + 1,
      })),
    },
  };
};

export const cellData = (provider: string, region: string): CellDetail => ({
  provider,
  region,
  regionName: region === 'us-east-1' ? 'N. Virginia' : region,
  services:
    region === 'us-east-1'
      ? AWS_OUT.map((service, i) => ({
          service,
          state: i < 4 ? 'major-outage' : i < 6 ? 'partial-outage' : 'degraded',
          basis: 'stated',
          stale: false,
          since: at(`07:${48 + i}:20`),
          sources: [
            {
              feed: 'aws',
              name: 'AWS',
              state: i < 4 ? 'major-outage' : i < 6 ? 'partial-outage' : 'degraded',
              stated: true,
              stale: false,
              at: at(`07:${48 + i}:20`),
              fetchedAt: ago(14),
              text: 'We can confirm increased error rates and latencies for multiple AWS Services in the US-EAST-1 Region. Engineers were immediately engaged and are actively working on both mitigating the issue, and fully understanding the root cause.',
              event: 'arn:aws:health:us-east-1::event/MULTIPLE_SERVICES/3f9c',
            },
            ...(i === 0
              ? [
                  {
                    feed: 'probe',
                    name: 'Own probes',
                    state: 'major-outage' as const,
                    stated: true,
                    stale: false,
                    at: at('07:48:20'),
                    fetchedAt: ago(9),
                    text: 'dynamodb.us-east-1.amazonaws.com: the name is not found, 41 in a row',
                    event: null,
                  },
                ]
              : []),
          ],
        }))
      : [],
});
