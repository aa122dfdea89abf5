import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listMove } from '../../../renderer/components/VirtualList.tsx';
import { cascadeLayout } from '../../../renderer/views/board/cascade-layout.ts';
import { placeLabels, worldMap } from '../../../renderer/views/board/map-geo.ts';
import { mapPlaces, mapRow } from '../../../renderer/views/board/map-places.ts';
import {
  costLine,
  inOrder,
  money,
  shortNeed,
  summary,
  whereLine,
} from '../../../renderer/views/board/ours-list.ts';
import { gapsOf } from '../../../renderer/views/board/PastBar.tsx';
import { takenSignals } from '../../../renderer/views/board/signal-list.ts';
import { percent } from '../../../renderer/views/board/UptimeDialog.tsx';
import { probeChart } from '../../../renderer/views/probes/chart.ts';
import { filterProbes } from '../../../renderer/views/probes/probe-list.ts';
import { LIMIT, modifiedZ } from '../../../shared/probes/anomaly.ts';
import { NOW } from '../../e2e/harness-ui/app-data.ts';
import {
  cascade,
  full,
  longCascade,
  manyProbes,
  ourServices,
  probes,
  tries,
} from '../../e2e/harness-ui/board-ours.ts';

const now = Date.parse(NOW);

describe('cascade strip', () => {
  it('draws a known cause solid, whatever only followed dashed, and the first with its time', () => {
    const layout = cascadeLayout(cascade(), now, 850, 3, true);
    expect(layout.marks).toHaveLength(9);
    expect(layout.marks.filter((m) => m.first).map((m) => m.label)).toEqual(['dynamodb']);
    // ec2 is caused by lambda and iam by dynamodb; what is in other regions followed.
    expect(layout.lines.filter((l) => l.known)).toHaveLength(4);
    expect(layout.lines.filter((l) => !l.known && l.from.lane !== l.to.lane)).toHaveLength(2);
    expect(layout.nowX).toBeGreaterThan(Math.max(...layout.marks.map((m) => m.x)));
  });

  it('begins with a near change, keeps far ones off the axis, and counts ticks on both sides of zero', () => {
    const first = Date.parse(cascade().first!.node.at);
    const change = (id: string, minutes: number, rank: number | null) => ({
      id,
      at: new Date(first - minutes * 60_000).toISOString(),
      service: id,
      version: '1.0',
      places: [],
      beforeFirstMs: minutes * 60_000,
      rank,
      line: `${id} 1.0, ${minutes} min before`,
    });
    const near = [change('b', 4, 1), change('a', 38, 2), change('c', -14, null)];
    const layout = cascadeLayout(cascade(), now, 850, 3, true, near);
    expect(layout.changes.map((t) => [t.label, t.nearest])).toEqual([
      ['b 1.0', true],
      ['c 1.0', false],
    ]);
    expect(layout.earlier).toBe(1);
    // The change stands left of the first failure, which stands at zero minutes.
    const zero = layout.ticks.find((t) => t.minutes === 0)!;
    expect(layout.changes[0]!.x).toBeLessThan(zero.x);
    expect(layout.marks.find((m) => m.first)!.x).toBeCloseTo(zero.x, 5);
    const plain = cascadeLayout(cascade(), now, 850, 3, true);
    expect(plain.ticks[0]!.minutes).toBe(0);
    expect(plain.changes).toEqual([]);
  });

  it('draws every change that is on the axis exactly once, within it, and no name over the next tick', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 250, max: 1600 }),
        fc.array(fc.integer({ min: -30, max: 1500 }), { maxLength: 40 }),
        (width, minutes) => {
          const first = Date.parse(cascade().first!.node.at);
          const changes = minutes.map((m, i) => ({
            id: `c${i}`,
            at: new Date(first - m * 60_000).toISOString(),
            service: `service-${i}`,
            version: '4.18.0',
            places: [],
            beforeFirstMs: m * 60_000,
            rank: m >= 0 && m <= 1440 ? i + 1 : null,
            line: '',
          }));
          const layout = cascadeLayout(cascade(), now, width, 3, true, changes);
          const drawn = layout.changes.flatMap((t) => t.changes.map((c) => c.id));
          expect(new Set(drawn).size).toBe(drawn.length);
          layout.changes.forEach((tick, i) => {
            expect(tick.x).toBeGreaterThanOrEqual(0);
            expect(tick.x).toBeLessThanOrEqual(width);
            const next = layout.changes[i + 1];
            if (next && tick.label) expect(tick.x + 16 + tick.label.length * 6).toBeLessThan(next.x);
          });
          // What came before the axis is counted, what is on it is not.
          expect(drawn.length + layout.earlier).toBeLessThanOrEqual(changes.length);
        },
      ),
    );
  });

  it('counts together what failed within a few pixels, and never draws a label over the next mark', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 1600 }),
        fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 1, maxLength: 60 }),
        (width, lags) => {
          const base = cascade().lanes[0]!;
          const first = Date.parse(base.nodes[0]!.at);
          const nodes = lags.map((lagMs, i) => ({
            ...base.nodes[0]!,
            service: `service-${i}`,
            lagMs,
            at: new Date(first + lagMs).toISOString(),
          }));
          const layout = cascadeLayout(
            { ...cascade(), lanes: [{ ...base, nodes }], edges: [] },
            first + 3_700_000,
            width,
            3,
            true,
          );
          expect(layout.marks.reduce((n, m) => n + m.nodes.length, 0)).toBe(nodes.length);
          const marks = [...layout.marks].sort((a, b) => a.x - b.x);
          marks.forEach((mark, i) => {
            const next = marks[i + 1];
            if (!next) return;
            expect(next.x - mark.x).toBeGreaterThanOrEqual(14);
            if (mark.label) expect(mark.x + 16 + mark.label.length * 6).toBeLessThan(next.x);
          });
        },
      ),
    );
  });

  it('takes forty regions of sixty services', () => {
    const layout = cascadeLayout(longCascade(), now, 500, 3, false);
    expect(layout.marks.every((m) => m.lane < 3)).toBe(true);
    expect(layout.ticks.length).toBeLessThanOrEqual(8);
  });
});

describe('map', () => {
  it('places regions of the row that is looked at, the worst of a place first, and those without a column too', () => {
    const board = full();
    const row = mapRow(board, 'aws');
    const away = [{ ...row!.cells[0]!, region: 'me-south-1', state: 'major-outage' as const }];
    const { places } = mapPlaces(board, row, away);
    expect(places.slice(0, 2).map((p) => p.cell.region)).toEqual(['us-east-1', 'me-south-1']);
    expect(places.find((p) => p.cell.region === 'me-south-1')?.elsewhere).toBe(true);
    expect(mapRow(board, 'github')).toBeNull();
    // Of a row that is one sentence the map shows the worst of all rows.
    expect(mapPlaces(board, null, []).places[0]?.cell.state).toBe('major-outage');
  });

  it('labels cross no other label and no mark, and stay inside', () => {
    const size = { width: 320, height: 204 };
    const point = fc.record({ x: fc.integer({ min: 0, max: 320 }), y: fc.integer({ min: 0, max: 204 }) });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 40 }), (points) => {
        const marks = points.map((p) => ({ ...p, size: 10 }));
        const labels = placeLabels(
          points.map((p, i) => ({ ...p, key: String(i), text: 'ap-southeast-2' })),
          marks,
          size,
          9.5,
        );
        const apart = (a: { x: number; y: number; width: number; height: number }, b: typeof a): boolean =>
          a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
        labels.forEach((a, i) => {
          expect(a.box.x >= 0 && a.box.x + a.box.width <= size.width).toBe(true);
          for (const b of labels.slice(i + 1)) expect(apart(a.box, b.box)).toBe(true);
          for (const m of marks)
            expect(apart(a.box, { x: m.x - 5, y: m.y - 5, width: 10, height: 10 })).toBe(true);
        });
      }),
    );
  });

  it('names a lone mark of any size', () => {
    for (const size of [8, 12, 17, 30])
      expect(
        placeLabels(
          [{ key: 'a', text: 'us-east-1', x: 300, y: 200 }],
          [{ x: 300, y: 200, size }],
          { width: 960, height: 470 },
          13,
        ),
      ).toHaveLength(1);
  });

  it('knows the world: land is drawn, Virginia lies west of Ireland', () => {
    const world = worldMap({ width: 960, height: 470 });
    expect(world.land.length).toBeGreaterThan(10_000);
    expect(world.project(-77.45, 38.95)![0]).toBeLessThan(world.project(-6.26, 53.35)![0]);
    expect(world.arc([-77, 39], [-6, 53])).toMatch(/^M[\d.]+ [\d.]+L/);
  });
});

describe('our services', () => {
  it('stand worst first, then what a person overrides, then by how much hangs on them', () => {
    const { services } = ourServices();
    expect(
      inOrder(services)
        .slice(0, 9)
        .map((s) => s.name),
    ).toEqual([
      'session-store',
      'identity',
      'checkout-api',
      'payments-core',
      'partner-gateway',
      'webhooks-out',
      'img-edge',
      'booking-web',
      'feature-flags',
    ]);
    expect(summary(services)).toBe('3 out, 3 degraded, 1 unknown, 24 healthy');
    const quiet = services.map((one) => ({ ...one, basis: 'nothing-reported' as const }));
    expect(summary(quiet)).toBe('3 out, 3 degraded, 1 unknown, 24 nothing reported');
    const here = { where: [{ provider: 'aws', region: 'us-east-1', state: 'operational' as const }] };
    expect(shortNeed('aws/us-east-1/dynamodb', here)).toBe('dynamodb');
    expect(shortNeed('aws/us-west-2/sqs', here)).toBe('sqs us-west-2');
    expect(shortNeed('session-store', here)).toBe('session-store');
    expect(money(1234567.5)).toBe('1\u00a0234\u00a0567.5');
    expect(costLine({ costPerMinute: 0, currency: 'EUR' })).toBeNull();
  });
});

describe('declaring', () => {
  it('takes every place of the cascade that is still in trouble, beside the newest signals', () => {
    const board = full();
    const taken = takenSignals(board, [], now);
    const regions = new Set(taken.filter((s) => s.id.startsWith('c-')).map((s) => s.region));
    expect(regions).toEqual(new Set(['us-east-1', 'us-west-2', 'eu-west-1']));
    const healed = {
      ...board,
      cascade: cascade({
        lanes: cascade().lanes.map((l) => ({
          ...l,
          nodes: l.nodes.map((n) => ({ ...n, state: 'operational' as const })),
        })),
      }),
    };
    expect(takenSignals(healed, [], now).some((s) => s.id.startsWith('c-'))).toBe(false);
    // What a person marked is all that is taken.
    expect(takenSignals(board, ['sig-0001'], now).every((s) => s.id === 'sig-0001')).toBe(true);
  });
});

describe('probe chart and uptime', () => {
  it('breaks the line where tries failed and draws the limit of the modified z-score', () => {
    const chart = probeChart(tries().tries, probes()[0]!.anomaly, 600, 90);
    expect(chart.failed).toHaveLength(30);
    expect(chart.line.match(/M/g)).toHaveLength(1);
    // median 84, MAD 17, limit 3.5: 84 + 3.5 * 17 / 0.6745 = 172.2 ms
    expect(90 - chart.limit! / 1).toBeCloseTo((172.21 / chart.top) * 90, 1);
    expect(probeChart([], null, 600, 90)).toMatchObject({ line: '', limit: null, median: null });
  });

  it('draws the limit where the score is over its own limit, also where the spread is its least', () => {
    const anomaly = { ...probes()[0]!.anomaly!, median: 100, mad: 0 };
    const at = probeChart(tries().tries, anomaly, 600, 90).limitMs!;
    // A fiftieth of the median is the least spread: 100 + 3.5 * 2 / 0.6745.
    expect(at).toBeCloseTo(110.38, 1);
    const baseline = Array.from({ length: 60 }, () => 100);
    expect(modifiedZ(at + 0.1, baseline)!.score).toBeGreaterThan(LIMIT);
    expect(modifiedZ(at - 0.1, baseline)!.score).toBeLessThan(LIMIT);
  });

  it('finds probes by every word, in name, target, place or service', () => {
    const all = manyProbes(500);
    expect(filterProbes(all, 'all', '')).toHaveLength(500);
    expect(filterProbes(all, 'bad', '')).toHaveLength(84);
    expect(filterProbes(all, 'odd', '').every((p) => p.anomaly?.anomalous)).toBe(true);
    expect(filterProbes(all, 'all', '  AWS/us-east-1 probe-331 ').map((p) => p.name)).toEqual(['probe-331']);
    expect(filterProbes(all, 'bad', 'probe-331')).toEqual([]);
  });

  it('moves in a long list by rows, pages and to its ends, and never out of it', () => {
    expect(listMove('j', 0, 500)).toBe(1);
    expect(listMove('PageDown', 495, 500)).toBe(499);
    expect(listMove('End', 3, 500)).toBe(499);
    expect(listMove('k', 0, 500)).toBe(0);
    expect(listMove('x', 0, 500)).toBeNull();
    expect(listMove('j', 0, 0)).toBeNull();
  });

  it('hatches the slider where nobody watched, and only there', () => {
    const at = (h: number) => new Date(h * 3_600_000).toISOString();
    const spans = [
      { from: at(0), until: at(4) },
      { from: at(6), until: at(9) },
    ];
    expect(gapsOf(spans, 0, 10 * 3_600_000)).toEqual([
      { left: 40, width: 20 },
      { left: 90, width: 10 },
    ]);
    expect(gapsOf([], 0, 100)).toEqual([{ left: 0, width: 100 }]);
  });

  it('never rounds up to a hundred', () => {
    expect(percent(1)).toBe('100\u00a0%');
    expect(percent(0.99999)).toBe('99.99\u00a0%');
  });
});

describe('where a service of ours runs', () => {
  const at = (...places: readonly string[]) => ({
    where: places.map((place) => {
      const [provider = '', region = ''] = place.split('/');
      return { provider, region, state: 'operational' as const };
    }),
  });
  it('names the provider of what has no region only where none of its regions stands beside it', () => {
    expect(whereLine(at('aws/us-east-1', 'aws/global'))).toBe('us-east-1, global');
    expect(whereLine(at('fastly/global'))).toBe('fastly global');
    expect(whereLine(at('aws/us-east-1', 'fastly/global'))).toBe('us-east-1, fastly global');
    expect(whereLine(at('aws/us-east-1', 'gcp/us-central1', 'aws/global'))).toBe(
      'us-east-1, us-central1, aws global',
    );
  });
});
