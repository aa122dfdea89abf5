// Where alerts are, by their labels; and several providers of one Alertmanager on the board.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeOf } from '../../../electron/health/sources/alertmanager-places.ts';
import { parsePayload } from '../../../electron/health/sources/index.ts';
import { boardOf, elsewhereOf } from '../../../shared/health/board.ts';
import { type BoardSource, createJudge, judgeAll } from '../../../shared/health/board-cells.ts';
import { EMPTY_MEMORY } from '../../../shared/health/judge-memory.ts';
import { applyPoll } from '../../../shared/health/judge-poll.ts';
import { at, obs, payload } from '../health/helpers.ts';

const place = (labels: Record<string, string>, mapping = {}): string => {
  const found = placeOf({ alertname: 'HighErrors', ...labels }, mapping, 'shop', 'HighErrors');
  return `${found.provider}/${found.region}/${found.service}`;
};

describe('the labels that are in use', () => {
  test.each([
    [{}, 'shop/global/HighErrors'],
    [{ region: 'eu-west-1', service: 'checkout' }, 'shop/eu-west-1/checkout'],
    [{ provider: 'aws', region: 'eu-west-1', job: 'api' }, 'aws/eu-west-1/api'],
    [{ cloud: 'GCP', region: 'europe-west1', app: 'search' }, 'gcp/europe-west1/search'],
    [{ cloud_provider: 'Google Cloud', cloud_region: 'us-central1' }, 'gcp/us-central1/HighErrors'],
    [{ cloud: 'Amazon', region: 'US East (N. Virginia)' }, 'aws/us-east-1/HighErrors'],
    [{ provider: 'hetzner', dc: 'fsn1', service: 'mail' }, 'hetzner/fsn1/mail'],
    [{ azure_region: 'westeurope' }, 'azure/westeurope/HighErrors'],
    [{ aws_region: 'us-west1', provider: 'gcp' }, 'gcp/us-west1/HighErrors'],
    [{ provider: 'aws', zone: 'us-east-1a' }, 'aws/us-east-1/HighErrors'],
    [{ provider: 'gcp', zone: 'us-central1-f' }, 'gcp/us-central1/HighErrors'],
    [{ provider: 'aws', zone: 'rack-7' }, 'aws/rack-7/HighErrors'],
    [{ zone: 'a' }, 'shop/global/HighErrors'],
    [{ provider: '  ', region: 'x' }, 'shop/x/HighErrors'],
    [{ provider: '—', region: 'x' }, 'shop/x/HighErrors'],
    [{ region: '<A>', service: '<b></b>', job: 'api' }, 'shop/global/api'],
  ])('%j is %s', (labels, wanted) => {
    expect(place(labels as Record<string, string>)).toBe(wanted);
  });
  test('a mapping names the labels and how their values are written', () => {
    const mapping = {
      providerLabels: ['where'],
      providers: { 'the other one': 'gcp' },
      regionLabels: ['place'],
      serviceLabels: ['team_service'],
      region: 'everywhere',
      service: 'unnamed',
    };
    expect(place({ where: 'the other one', place: 'us-east1', team_service: 'pay' }, mapping)).toBe(
      'gcp/us-east1/pay',
    );
    expect(place({ provider: 'aws', region: 'us-east-1' }, mapping)).toBe('shop/everywhere/unnamed');
  });
  test('whatever the labels are, a place has three names', () => {
    const names = fc.constantFrom('provider', 'cloud', 'region', 'aws_region', 'zone', 'service', 'job', 'x');
    fc.assert(
      fc.property(
        fc.dictionary(names, fc.oneof(fc.string(), fc.constantFrom('aws', 'us-east-1', '__proto__'))),
        (labels) => {
          const found = placeOf(labels, {}, 'shop', 'HighErrors');
          for (const one of [found.provider, found.region, found.service]) {
            expect(one).not.toBe('');
            expect(one.length).toBeLessThanOrEqual(160);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

const source = (
  id: string,
  provider: string,
  type: BoardSource['type'],
  from: ReturnType<typeof payload>,
): BoardSource => {
  // A state holds for two polls before it is told.
  const once = applyPoll(EMPTY_MEMORY, from, at(0), provider).memory;
  return {
    id,
    name: id,
    provider,
    type,
    statesAll: from.statesAll,
    state: 'fresh',
    memory: applyPoll(once, from, at(1), provider).memory,
  };
};
const alerts = (): BoardSource =>
  source(
    'Shop alerts',
    'shop',
    'alert',
    payload(
      [
        obs('checkout', 'major-outage', { provider: 'aws', event: 'a' }),
        obs('search', 'degraded', { provider: 'gcp', region: 'us-central1', event: 'b' }),
        obs('mail', 'degraded', { provider: 'hetzner', region: 'fsn1', event: 'c' }),
        obs('alertmanager', 'operational', { provider: 'shop', region: 'global' }),
      ],
      [],
      { statesAll: true },
    ),
  );
const input = (sources: readonly BoardSource[]) => ({
  now: at(1),
  sources,
  feeds: [],
  ours: ['aws/us-east-1', 'gcp/us-central1'],
  signals: { total: 0, since: at(0), latest: [] },
  offline: null,
});

describe('several providers of one Alertmanager on the board', () => {
  const aws = source('AWS', 'aws', 'feed', payload([]));
  const sources = [aws, alerts()];
  test('its row has a cell in the column of each place, and the rest under Elsewhere', () => {
    const board = boardOf(input(sources));
    const row = board.rows.find((one) => one.provider === 'shop')!;
    expect(row).toMatchObject({ name: 'Shop alerts', group: 'see', span: null });
    const cells = row.cells.flatMap((cell) =>
      cell === null ? [] : [`${cell.provider}/${cell.region} ${cell.state}`],
    );
    expect(cells.sort()).toEqual(['aws/us-east-1 major-outage', 'gcp/us-central1 degraded']);
    expect(row.elsewhere).toMatchObject({ worst: 'degraded', troubled: 1, regions: 2 });
    expect(elsewhereOf('shop', input(sources)).map((cell) => `${cell.provider}/${cell.region}`)).toEqual([
      'hetzner/fsn1',
      'shop/global',
    ]);
    // AWS itself has said nothing, and its row says so.
    const own = board.rows.find((one) => one.provider === 'aws')!;
    expect(own.cells.flatMap((cell) => cell?.state ?? []).includes('major-outage')).toBe(false);
    // What we run on is broken all the same, whoever says it.
    expect(JSON.stringify(board.glance)).toContain('us-east-1');
  });
  test('the judge that keeps what has not changed says the same as the one that does not', () => {
    const judge = createJudge();
    expect(judge(sources, at(1))).toEqual(judgeAll(sources, at(1)));
    // Only the alerts change: the providers that they speak of follow.
    const quiet = source(
      'Shop alerts',
      'shop',
      'alert',
      payload([obs('alertmanager', 'operational', { provider: 'shop', region: 'global' })], [], {
        statesAll: true,
      }),
    );
    expect(judge([aws, quiet], at(1))).toEqual(judgeAll([aws, quiet], at(1)));
    expect(judge(sources, at(1))).toEqual(judgeAll(sources, at(1)));
  });
});

test('a silenced alert says nothing about any place, with the watchdog or without', () => {
  const bytes = new TextEncoder().encode(
    JSON.stringify([
      {
        labels: { alertname: 'HighErrors', provider: 'gcp', region: 'us-central1', service: 'search' },
        annotations: {},
        startsAt: '2026-10-20T06:00:00Z',
        status: { state: 'suppressed' },
        fingerprint: 'f1',
      },
    ]),
  );
  const read = parsePayload('alertmanager', bytes, { provider: 'shop', now: at(0) });
  expect(read.statesAll).toBe(false);
  const { memory } = applyPoll(EMPTY_MEMORY, read, at(0), 'shop');
  expect([...memory.places.values()].map(({ place }) => `${place.provider}/${place.region}`).sort()).toEqual([
    'shop/global',
  ]);
  expect(read.events).toMatchObject([{ id: 'f1', provider: 'gcp', silenced: true }]);
});
