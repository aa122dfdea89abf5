// Pictures of what stands beside the cells: cascade, our services, overrides, probes, changes, the past, packs, notifications. All contract-valid.
import type { Board } from '../../../shared/contract/health.ts';
import type { Output } from '../../../shared/contract/index.ts';
import type { OurServiceView } from '../../../shared/contract/ours.ts';
import type { CascadeView, Override, ProbeView } from '../../../shared/contract/watch.ts';
import type { State } from '../../../shared/health/types.ts';
import { NOW } from './app-data.ts';
import { COLUMNS, outage } from './board-data.ts';

const at = (time: string): string => `2026-10-20T${time}.000Z`;
const FIRST = at('07:48:20');

const lane = (
  region: string,
  ours: boolean,
  nodes: readonly (readonly [service: string, time: string, state: State, now?: State])[],
): CascadeView['lanes'][number] => ({
  provider: 'aws',
  region,
  ours,
  nodes: nodes.map(([service, time, worst, state]) => ({
    service,
    worst,
    state: state ?? worst,
    at: at(time),
    lagMs: Date.parse(at(time)) - Date.parse(FIRST),
    signal: `c-${region}-${service}`,
    ours: service === 'dynamodb' ? ['session-store', 'identity'] : [],
  })),
  more: 0,
});

export const cascade = (change: Partial<CascadeView> = {}): CascadeView => {
  const lanes = [
    lane('us-east-1', true, [
      ['dynamodb', '07:48:20', 'major-outage'],
      ['lambda', '07:54:05', 'major-outage'],
      ['ec2', '07:57:11', 'major-outage'],
      ['sqs', '07:59:02', 'major-outage'],
      ['iam', '08:01:15', 'degraded'],
    ]),
    lane('us-west-2', true, [
      ['lambda', '08:03:30', 'degraded'],
      ['sqs', '08:07:20', 'degraded'],
    ]),
    lane('eu-west-1', true, [
      ['dynamodb', '08:05:10', 'degraded'],
      ['lambda', '08:08:50', 'degraded'],
    ]),
  ];
  const edge = (from: string, to: string): CascadeView['edges'][number] => ({
    from: { provider: 'aws', region: 'us-east-1', service: from },
    to: { provider: 'aws', region: 'us-east-1', service: to },
    basis: 'provider',
    text: `${to} uses ${from}`,
  });
  return {
    state: 'spreading',
    windowMs: 3_600_000,
    first: { provider: 'aws', region: 'us-east-1', node: lanes[0]!.nodes[0]! },
    lastAt: at('08:08:50'),
    lanes,
    counts: { providers: 1, regions: 3, services: 9, open: 9 },
    edges: [edge('dynamodb', 'lambda'), edge('lambda', 'ec2'), edge('ec2', 'sqs'), edge('dynamodb', 'iam')],
    ...change,
  };
};

/** Forty regions with sixty services each, all within a minute: nothing of it may cross anything else. */
export const longCascade = (): CascadeView => {
  const lanes = Array.from({ length: 40 }, (_, r) => ({
    ...lane(
      `region-${r}`,
      r < 3,
      Array.from({ length: 60 }, (_x, i) => [
        `service-with-a-long-name-${i}`,
        `07:${String(48 + Math.floor(i / 12)).padStart(2, '0')}:${String((i * 5) % 60).padStart(2, '0')}`,
        'major-outage' as const,
      ]),
    ),
    more: 7,
  }));
  return cascade({
    lanes,
    first: { provider: 'aws', region: 'region-0', node: lanes[0]!.nodes[0]! },
    counts: { providers: 1, regions: 40, services: 2680, open: 2680 },
    edges: [],
  });
};

export const override = (change: Partial<Override> = {}): Override => ({
  id: 'ovr-1',
  provider: 'aws',
  region: 'sa-east-1',
  service: null,
  state: 'operational',
  mode: 'locked',
  reason: 'Probe runs from a link under repair; customers see nothing.',
  by: 'Priya Raman',
  at: at('07:59:36'),
  until: at('09:59:36'),
  sources: 'degraded',
  ...change,
});

type Row = [string, string, number, State, string, boolean, boolean];
const ROWS: readonly Row[] = [
  ['session-store', 'aws/us-east-1', 14, 'major-outage', 'dynamodb', true, false],
  ['identity', 'aws/us-east-1 aws/global', 12, 'major-outage', 'dynamodb, iam', true, false],
  ['checkout-api', 'aws/us-east-1 aws/eu-west-1', 9, 'partial-outage', 'session-store, lambda', false, false],
  ['payments-core', 'aws/us-east-1', 5, 'degraded', 'sqs', false, false],
  ['webhooks-out', 'aws/us-east-1 aws/us-west-2', 2, 'degraded', 'sqs', false, false],
  ['partner-gateway', 'aws/eu-west-1', 3, 'degraded', 'identity', false, false],
  ['img-edge', 'fastly/global', 1, 'unknown', 'fastly is not heard', false, false],
  ['booking-web', 'aws/sa-east-1', 4, 'operational', '', false, true],
  ['feature-flags', 'aws/us-west-2', 22, 'operational', '', true, false],
];

export const ourServices = (): Output<'ours.services'> => {
  const names = [
    ...ROWS.map((r) => r[0]),
    ...Array.from({ length: 22 }, (_, i) => `internal-${String(i + 1).padStart(2, '0')}`),
  ];
  const one = ([name, where, blast, state, by, spof, over]: Row): OurServiceView => ({
    name,
    title: name,
    tier: 1,
    owner: 'Payments team',
    state,
    basis: 'stated',
    since: state === 'operational' ? null : FIRST,
    by: by ? by.split(', ') : [],
    thinner: false,
    where: where
      .split(' ')
      .map((w) => ({ provider: w.split('/')[0] ?? '', region: w.split('/')[1] ?? '', state })),
    blast: names.filter((n) => n !== name).slice(0, blast),
    hangsOn: spof ? ['aws/us-east-1/dynamodb'] : [],
    costPerMinute: 310,
    override: over ? override({ provider: 'ours', region: 'global', service: name }) : null,
  });
  return {
    rev: 1,
    configured: true,
    currency: 'EUR',
    services: [
      ...ROWS.map(one),
      ...names
        .slice(ROWS.length)
        .map((n): OurServiceView => one([n, 'aws/us-west-2', 0, 'operational', '', false, false])),
    ],
    costPerMinute: 930,
    hit: ['session-store', 'identity', 'checkout-api'],
  };
};

export const noServices = (): Output<'ours.services'> => ({
  rev: 1,
  configured: false,
  currency: '',
  services: [],
  costPerMinute: 0,
  hit: [],
});

const lossOf = (loss: Output<'ours.whatIf'>['loss'], lost: string[]): Output<'ours.whatIf'> => ({
  loss,
  text: `${lost.length} of 31 services stop`,
  lost,
  thinner: ['checkout-api'],
  survive: ['feature-flags', 'booking-web'],
  costPerMinute: 930,
  currency: 'EUR',
});

export const points = (): Output<'ours.points'> => ({
  currency: 'EUR',
  single: [
    {
      ...lossOf({ kind: 'place', provider: 'aws', region: 'us-east-1', service: 'dynamodb' }, [
        'session-store',
        'identity',
      ]),
      others: ['identity'],
    },
  ],
  controlPlanes: [
    { service: 'identity', needs: 'aws/global/iam', region: 'aws/us-east-1', what: 'IAM control plane' },
  ],
  providers: [lossOf({ kind: 'provider', provider: 'aws' }, ['session-store', 'identity', 'payments-core'])],
  regions: [lossOf({ kind: 'region', provider: 'aws', region: 'us-east-1' }, ['session-store'])],
});

export const probes = (): ProbeView[] => [
  {
    id: 'probe-1',
    name: 'checkout',
    kind: 'http',
    target: 'https://checkout.example.net/health',
    provider: 'probe',
    region: 'us-east-1',
    service: 'checkout',
    path: 'internet',
    state: 'major-outage',
    text: '503 Service Unavailable, 41 in a row',
    checkedAt: at('08:11:27'),
    intervalMs: 15_000,
    windows: [
      { minutes: 1, tries: 4, errors: 4, errorRate: 100, p50: null, p95: null },
      { minutes: 5, tries: 20, errors: 20, errorRate: 100, p50: null, p95: null },
      { minutes: 15, tries: 60, errors: 41, errorRate: 68.3, p50: 84, p95: 310 },
    ],
    certificateDays: 41,
    anomaly: {
      anomalous: true,
      score: 9.1,
      limit: 3.5,
      value: 310,
      median: 84,
      mad: 17,
      tries: 120,
      method: 'modified z-score (Iglewicz and Hoaglin 1993)',
      text: '310 ms against a median of 84 ms: modified z-score 9.1, limit 3.5',
    },
  },
];

/** So many probes, the first 84 of them not well. */
export const manyProbes = (count: number): ProbeView[] =>
  Array.from({ length: count }, (_, i) => {
    const base = probes()[0]!;
    const bad = i < 84;
    return {
      ...base,
      id: `probe-${i}`,
      name: `probe-${String(i).padStart(3, '0')}`,
      target: `https://service-${i}.example.net/health`,
      provider: i % 2 ? 'aws' : 'gcp',
      region: i % 2 ? 'us-east-1' : 'us-central1',
      state: bad ? 'major-outage' : 'operational',
      text: bad ? 'The answer does not hold "ok". 4 in a row.' : 'Answers in 84 ms',
      windows: base.windows.map((w) => (bad ? w : { ...w, errors: 0, errorRate: 0, p50: 84, p95: 120 })),
      anomaly: base.anomaly && { ...base.anomaly, anomalous: i % 7 === 0 },
    };
  });

export const tries = (): Output<'health.probe'> => ({
  probe: probes()[0]!,
  tries: Array.from({ length: 60 }, (_, i) => ({
    at: new Date(Date.parse(NOW) - (60 - i) * 15_000).toISOString(),
    ok: i < 30,
    ms: i < 30 ? 80 + ((i * 37) % 50) : null,
  })),
});

export const changes = (): Output<'changes.list'> => ({
  rev: 1,
  firstSignal: FIRST,
  changes: [
    change('c2', '07:44:10', 'checkout-api', '4.18.0', 'aws/eu-west-1', 250_000, 1),
    change('c1', '07:10:00', 'feature-flags', '2.4.1', 'aws/us-west-2', 2_300_000, 2),
    change('c3', '08:02:00', 'identity', '9.1.0', 'aws/us-east-1', -820_000, null),
  ],
  total: 3,
  problems: [
    { file: 'changes.jsonl', line: 7, text: 'Not JSON: unexpected end of input. Write one object a line.' },
  ],
});
const change = (
  id: string,
  time: string,
  service: string,
  version: string,
  place: string,
  before: number,
  rank: number | null,
): Output<'changes.list'>['changes'][number] => ({
  id,
  at: at(time),
  service,
  version,
  places: [place],
  by: 'deploy bot',
  text: '',
  url: '',
  source: 'changes.jsonl',
  beforeFirstMs: before,
  rank,
  line: `${service} ${version} to ${place.split('/')[1]}, ${Math.abs(Math.trunc(before / 60_000))} min ${before > 0 ? 'before' : 'after'} the first signal`,
});

export const uptime = (): Output<'health.uptime'> => ({
  from: '2026-10-19T08:11:36.000Z',
  until: NOW,
  regions: [
    {
      provider: 'aws',
      region: 'us-east-1',
      ours: true,
      uptime: 0.98322,
      watchedMs: 82_000_000,
      notWatchedMs: 4_400_000,
      brokenMs: 1_396_000,
      worst: 'major-outage',
      incidents: 1,
    },
    {
      provider: 'azure',
      region: 'eastus',
      ours: false,
      uptime: null,
      watchedMs: 0,
      notWatchedMs: 86_400_000,
      brokenMs: 0,
      worst: null,
      incidents: 0,
    },
  ],
});

/** An event of four months over 279 services, known; and two of now. */
export const events = (): Output<'health.events'> => ({
  events: [
    {
      event: 'arn:aws:health:me-south-1::event/EC2/1',
      title: 'Increased Error Rates and Latencies',
      state: 'major-outage',
      startedAt: '2026-06-12T04:00:00.000Z',
      heardAt: at('06:00:00'),
      regions: 1,
      services: 279,
      names: ['ec2', 's3', 'lambda', 'rds', 'dynamodb'],
      places: ['me-south-1'],
      known: true,
      knownBy: 'Priya Raman',
      knownAt: '2026-10-02T09:12:00.000Z',
    },
    {
      event: 'arn:aws:health:us-east-1::event/DYNAMODB/2',
      title: 'Increased error rates for DynamoDB in the US-EAST-1 Region',
      state: 'major-outage',
      startedAt: at('07:48:20'),
      heardAt: at('07:51:00'),
      regions: 1,
      services: 9,
      names: ['dynamodb', 'lambda', 'ec2', 'sqs', 'iam'],
      places: ['us-east-1'],
      known: false,
      knownBy: null,
      knownAt: null,
    },
    {
      event: 'arn:aws:health:multiple::event/LAMBDA/3',
      title: 'Lambda',
      state: 'degraded',
      startedAt: null,
      heardAt: at('08:03:30'),
      regions: 12,
      services: 1,
      names: ['lambda'],
      places: ['us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-1', 'ap-northeast-1'],
      known: false,
      knownBy: null,
      knownAt: null,
    },
  ],
  total: 3,
});

/** A hundred open items, as after a night that nobody was at the desk. */
export const manyOpen = (): Output<'notify.get'> =>
  notify({
    total: 143,
    had: [{ text: 'Azure is stale', by: 'Priya Raman', at: at('06:12:00') }],
    open: Array.from({ length: 100 }, (_, i) => ({
      id: `n${i}`,
      what: (['ours-worse', 'any-worse', 'feed-stale'] as const)[i % 3]!,
      at: new Date(Date.parse(FIRST) + i * 7000).toISOString(),
      lastAt: new Date(Date.parse(FIRST) + i * 7000 + 480_000).toISOString(),
      text: `Provider ${i}: a-service-with-a-long-name-${i} in ${i + 1} regions: Degraded. Increased error rates and latencies for some requests in all zones`,
      count: i + 1,
      toldAt: FIRST,
      told: i % 4,
    })),
  });

export const history = (at: string): Output<'health.history'> => ({
  at,
  from: '2026-10-19T08:00:00.000Z',
  watched: at >= '2026-10-20T06:00:00.000Z',
  gap:
    at >= '2026-10-20T06:00:00.000Z'
      ? null
      : { from: '2026-10-19T23:10:00.000Z', until: '2026-10-20T06:00:00.000Z' },
  spans: [
    { from: '2026-10-19T08:00:00.000Z', until: '2026-10-19T23:10:00.000Z' },
    { from: '2026-10-20T06:00:00.000Z', until: NOW },
  ],
  broken: { state: 'quiet', lead: 'Nothing broken', lines: ['Elsewhere: 1 region.'] },
  signals: { total: 0, latest: [] },
  columns: [...COLUMNS],
  rows: outage().rows.map((r) => ({
    ...r,
    fetchedAt: null,
    freshness: 'fresh' as const,
    cells: r.cells.map(
      (c) =>
        c && { ...c, state: 'operational' as const, stale: false, troubled: 0, services: [], since: null },
    ),
  })),
});

export const packs = (): Output<'packs.list'> => ({
  rev: 1,
  packs: [
    {
      id: 'pack-1',
      path: '/home/marta/ops/pack',
      name: 'Payments',
      readAt: at('06:00:12'),
      feeds: 2,
      probes: 48,
      services: 31,
      runbooks: true,
      templates: 0,
      problems: [
        {
          file: 'topology.yaml',
          line: 14,
          column: 9,
          text: 'checkout-api needs session-stor, which no service is called. Did you mean session-store?',
        },
      ],
    },
  ],
});

export const notify = (change: Partial<Output<'notify.get'>> = {}): Output<'notify.get'> => ({
  rev: 1,
  settings: { oursWorse: true, anyWorse: false, feedStale: true, oursBetter: false, sound: true },
  able: false,
  snoozedUntil: null,
  open: [
    {
      id: 'n1',
      what: 'ours-worse',
      at: FIRST,
      text: 'us-east-1 out, eu-west-1 degraded',
      count: 9,
      toldAt: FIRST,
      told: 2,
    },
    {
      id: 'n2',
      what: 'feed-stale',
      at: at('08:06:10'),
      text: 'Azure is stale',
      count: 1,
      toldAt: null,
      told: 0,
    },
  ],
  sounds: 0,
  ...change,
});

/** The outage of the design with everything beside it. */
export const full = (): Board => {
  const board = outage();
  const over = override();
  return {
    ...board,
    cascade: cascade(),
    overrides: [over],
    probes: probes(),
    probesTotal: 1,
    rows: board.rows.map((r) =>
      r.provider === 'aws'
        ? {
            ...r,
            overrides: [over],
            cells: r.cells.map((c) =>
              c?.region === 'sa-east-1' ? { ...c, basis: 'stated' as const, override: over } : c,
            ),
          }
        : r,
    ),
  };
};

/** The outage with two known events: one in a region without a column, one in a region of ours. */
export const knownBoard = (): Board => {
  const board = full();
  return {
    ...board,
    rows: board.rows.map((r) =>
      r.provider === 'aws'
        ? {
            ...r,
            elsewhere: {
              worst: 'operational' as const,
              troubled: 0,
              regions: 27,
              known: { worst: 'major-outage' as const, regions: 1 },
            },
            cells: r.cells.map((c) =>
              c?.region === 'eu-west-1'
                ? { ...c, state: 'major-outage' as const, troubled: 0, known: 279, services: ['ec2', 's3'] }
                : c,
            ),
          }
        : r,
    ),
  };
};

/** Two overrides on one cell: one over a service, one over the whole region. */
export const twoOverrides = (): Board => {
  const board = full();
  const here = { region: 'us-east-1', sources: 'major-outage' as const };
  const service = override({
    ...here,
    id: 'ovr-2',
    service: 'dynamodb',
    state: 'degraded',
    by: 'Marta Lindqvist',
  });
  const whole = override({ ...here, id: 'ovr-3', state: 'partial-outage' });
  return {
    ...board,
    overrides: [service, whole, ...(board.overrides ?? [])],
    rows: board.rows.map((r) =>
      r.provider === 'aws'
        ? {
            ...r,
            overrides: [service, whole, ...(r.overrides ?? [])],
            cells: r.cells.map((c) =>
              c?.region === 'us-east-1' ? { ...c, state: 'partial-outage' as const, override: whole } : c,
            ),
          }
        : r,
    ),
  };
};
