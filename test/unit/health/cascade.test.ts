import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalLine } from '../../../shared/contract/health.ts';
import { cascade as cascadeSchema } from '../../../shared/contract/watch.ts';
import { cascadeView } from '../../../shared/health/cascade-view.ts';
import { toInstant } from '../../../shared/time/clock.ts';

const START = Date.parse('2026-10-20T07:48:20.000Z');
const nobody = { ours: () => false, needs: () => [] };
const signal = (id: string, minutes: number, more: Partial<SignalLine> = {}): SignalLine => ({
  id,
  at: toInstant(START + minutes * 60_000),
  began: null,
  provider: 'aws',
  region: 'us-east-1',
  service: 'dynamodb',
  from: 'operational',
  to: 'major-outage',
  feed: 'aws',
  source: 'AWS',
  event: null,
  text: '',
  regions: [],
  services: [],
  newRegion: false,
  kind: 'worse',
  count: 1,
  ...more,
});
const at = (minutes: number): string => toInstant(START + minutes * 60_000);

describe('cascade', () => {
  const night = [
    signal('a', 0),
    signal('b', 4, { service: 'lambda', event: 'Elevated errors caused by dynamodb' }),
    signal('c', 9, { region: 'eu-west-1', services: ['sqs', 'lambda'], service: 'sqs' }),
    signal('d', 11, { provider: 'shop', region: 'us-east-1', service: 'checkout' }),
  ];
  it('has a lane per region in the order of failing, lags from the first, and who of ours needs what', () => {
    const view = cascadeView(night, at(12), {
      ours: (provider, region) => `${provider}/${region}` === 'aws/eu-west-1',
      needs: (_provider, region, service) =>
        region === 'us-east-1' && service === 'lambda' ? ['checkout'] : [],
    });
    expect(cascadeSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      state: 'spreading',
      counts: { providers: 2, regions: 3, services: 4, open: 5 },
    });
    expect(view.first).toMatchObject({
      provider: 'aws',
      region: 'us-east-1',
      node: { service: 'dynamodb', lagMs: 0 },
    });
    expect(
      view.lanes.map(({ region, ours, nodes }) => [
        region,
        ours,
        nodes.map((one) => [one.service, one.lagMs / 60_000]),
      ]),
    ).toEqual([
      [
        'us-east-1',
        false,
        [
          ['dynamodb', 0],
          ['lambda', 4],
        ],
      ],
      [
        'eu-west-1',
        true,
        [
          ['sqs', 9],
          ['lambda', 9],
        ],
      ],
      ['us-east-1', false, [['checkout', 11]]],
    ]);
    // The topology and the provider's own words make edges; what only came after has none.
    expect(view.edges.map(({ from, to, basis }) => [from.service, to.service, basis])).toEqual([
      ['lambda', 'checkout', 'topology'],
      ['dynamodb', 'lambda', 'provider'],
    ]);
  });
  it('a word within a word is no name', () => {
    const view = cascadeView(
      [signal('a', 0, { service: 'ec2' }), signal('b', 1, { service: 'x1', event: 'ec2metadata' })],
      at(2),
      nobody,
    );
    expect(view.edges).toEqual([]);
  });
  it('is over when all came back, recovering when something did, contained when nothing new failed', () => {
    const better = (id: string, minutes: number, more: Partial<SignalLine> = {}) =>
      signal(id, minutes, { kind: 'better', from: 'major-outage', to: 'operational', ...more });
    expect(cascadeView([signal('a', 0), better('z', 5)], at(6), nobody)).toMatchObject({
      state: 'none',
      lanes: [],
    });
    expect(cascadeView([...night, better('z', 13)], at(14), nobody).state).toBe('recovering');
    expect(cascadeView(night, at(40), nobody).state).toBe('contained');
    expect(cascadeView(night, at(20 * 60), nobody).state).toBe('none');
  });
  it('whatever the order in which signals are given, it is the same, and every count is of the lanes', () => {
    const some = fc.array(
      fc.record({
        minutes: fc.integer({ min: 0, max: 50 }),
        region: fc.constantFrom('us-east-1', 'eu-west-1', 'global'),
        service: fc.constantFrom('a1x', 'b2y', 'c3z'),
        kind: fc.constantFrom('worse' as const, 'better' as const, 'feed' as const),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (list, numbers) => {
        const signals = list.map((one, i) =>
          signal(`s${String(i).padStart(2, '0')}`, one.minutes, {
            ...one,
            to: one.kind === 'better' ? 'operational' : 'degraded',
          }),
        );
        const mixed = signals
          .map((one) => ({ one, n: numbers.next().value as number }))
          .sort((a, b) => a.n - b.n)
          .map(({ one }) => one);
        const view = cascadeView(signals, at(50), nobody);
        expect(cascadeView(mixed, at(50), nobody)).toEqual(view);
        const nodes = view.lanes.flatMap((lane) => lane.nodes);
        expect(view.counts.open).toBe(nodes.filter((one) => one.state !== 'operational').length);
        expect(nodes.every((one) => one.lagMs >= 0)).toBe(true);
        expect(view.lanes.length).toBe(view.counts.regions);
      }),
    );
  });
});
