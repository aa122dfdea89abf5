import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { STATES, type State } from '../../../shared/health/types.ts';
import {
  blastOf,
  controlPlanes,
  judgeServices,
  losses,
  lossText,
  providerLosses,
  singlePoints,
  whatIf,
} from '../../../shared/topology/impact.ts';
import { parseTopology } from '../../../shared/topology/parse.ts';
import { type Topology, topologySchema } from '../../../shared/topology/types.ts';

const read = (text: string): Topology => {
  const { topology, problems } = parseTopology(text);
  if (topology === null) throw new Error(problems.map((p) => `${p.line}:${p.column} ${p.text}`).join('\n'));
  return topology;
};
const SHOP = `
services:
  session-store:
    needs: [aws/us-east-1/dynamodb]
  identity:
    needs: [session-store, aws/global/iam]
  checkout:
    tier: 1
    costPerMinute: 1200
    needs:
      - identity
      - any-of: [aws/us-east-1/sqs, gcp/us-central1/pubsub]
  search:
    needs: [gcp/us-central1]
`;

describe('topology.yaml', () => {
  it.each([
    ['services:\n  a:\n    needs: [b]\n', 3, 13, /"b" is neither/],
    ['services:\n  a:\n    needs: [b]\n  b:\n    needs: [a]\n', 2, 3, /in a circle: a -> b -> a/],
    ['services:\n  a:\n    tier: high\n', 3, 5, /tier/],
    ['services:\n  a:\n    owners: x\n', 3, 5, /owners/],
    ['services:\n  a: {}\n  a: {}\n', 3, 3, /"a" stands here twice/],
    ['services: {}\n---\nservices: {}\n', 2, 1, /a file of a pack has one/],
    ['services:\n  a:\n    needs: []\n    tier: 1\n    tier: 2\n', 5, 5, /"tier" stands here twice/],
    ['services: {a: {needs: [{any-of: [aws/us-east-1, {all-of: [nope]}]}]}}\n', 1, 59, /"nope"/],
    ['services:\n  a:\n    runsIn: [us-east-1]\n', 3, 14, /not provider\/region/],
  ])('%j is refused at %i:%i', (text, line, column, words) => {
    const { topology, problems } = parseTopology(text);
    expect(topology).toBeNull();
    expect(problems[0]).toMatchObject({ line, column });
    expect(problems[0]!.text).toMatch(words);
  });
  it('what is nested without end is refused in words', () => {
    for (const text of [`services: ${'['.repeat(50_000)}`, `services: ${'{a: '.repeat(20_000)}`])
      expect(parseTopology(text).problems[0]?.text).toBe('nested too deeply to be read');
  }, 30_000);
  it('any text is read without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { topology, problems } = parseTopology(text);
        expect(topology === null).toBe(problems.length > 0);
      }),
      { numRuns: 300 },
    );
  });
  it('the published schema is the one in the code', () => {
    const published = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../schemas/topology.schema.json'), 'utf8'),
    );
    expect(published).toMatchObject(
      JSON.parse(JSON.stringify(z.toJSONSchema(topologySchema, { io: 'input' }))),
    );
  });
});

describe('impact', () => {
  const shop = read(SHOP);
  it('follows needs through our own services', () => {
    const now = judgeServices(shop, (leaf) =>
      leaf.kind === 'place' && leaf.service === 'dynamodb' ? 'major-outage' : 'operational',
    );
    expect(now.get('checkout')).toMatchObject({ state: 'major-outage', by: ['identity'] });
    expect(now.get('identity')).toMatchObject({ by: ['session-store'] });
    expect(now.get('search')).toMatchObject({ state: 'operational', by: [] });
  });
  it('unknown is neither broken nor healthy', () => {
    expect(judgeServices(shop, () => 'unknown').get('search')!.state).toBe('unknown');
  });
  it('any-of holds on one way, and says that it got thinner', () => {
    const w = whatIf(shop, { kind: 'place', provider: 'aws', region: 'us-east-1', service: 'sqs' });
    expect(w).toMatchObject({ lost: [], thinner: ['checkout'] });
  });
  it('tells what a region takes with it, and what that costs', () => {
    const w = whatIf(shop, { kind: 'region', provider: 'aws', region: 'us-east-1' });
    expect(w.lost).toEqual(['session-store', 'identity', 'checkout']);
    expect(w.survive).toEqual(['search']);
    expect(w.costPerMinute).toBe(1200);
  });
  it('finds the single points of failure, and blast radius counts the others', () => {
    expect(singlePoints(shop).map((p) => [lossText(p.loss), p.others.length])).toEqual([
      ['aws/us-east-1/dynamodb', 3],
      ['aws/global/iam', 2],
      ['session-store', 2],
      ['gcp/us-central1', 1],
      ['identity', 1],
    ]);
    expect(blastOf(shop, 'session-store')).toHaveLength(2);
    expect(blastOf(shop, 'search')).toEqual([]);
  });
  it('names control planes that live in one region, and what outlives each provider', () => {
    expect(controlPlanes(shop)).toMatchObject([{ service: 'identity', region: 'aws/us-east-1' }]);
    expect(providerLosses(shop).map((w) => [lossText(w.loss), w.survive])).toEqual([
      ['aws', ['search']],
      ['gcp', ['session-store', 'identity']],
    ]);
  });

  it('a chain of 5,000 services is as deep as it is long: read, judged, and its circle found', () => {
    const chain = (last: string) =>
      `services:\n${Array.from({ length: 5000 }, (_, i) => `  s${i}: { needs: [${i < 4999 ? `s${i + 1}` : last}] }\n`).join('')}`;
    const { topology, problems } = parseTopology(chain('aws/us-east-1/dynamodb'));
    expect(problems).toEqual([]);
    const judged = judgeServices(topology!, () => 'major-outage');
    expect(judged.get('s0')).toMatchObject({ state: 'major-outage', by: ['s1'] });
    const loss = { kind: 'place', provider: 'aws', region: 'us-east-1', service: 'dynamodb' } as const;
    expect(whatIf(topology!, loss).lost).toHaveLength(5000);
    const circle = parseTopology(chain('s10')).problems;
    expect(circle).toHaveLength(1);
    expect(circle[0]).toMatchObject({ line: 12, column: 3 });
    expect(circle[0]!.text).toMatch(/in a circle: s10 -> s11 -> .* and 4971 more$/);
  }, 30_000);
  it('what thousands of services hang on is found by what each loss touches', () => {
    // A few that everybody needs, and thousands that need them: each loss touches all, and none is judged again and again.
    const services = Array.from({ length: 3000 }, (_, i) =>
      i < 10
        ? `  s${i}: { needs: [aws/r${i}/dynamodb] }\n`
        : `  s${i}: { needs: [{ any-of: [s${i % 10}, s${(i + 1) % 10}] }] }\n`,
    ).join('');
    const { topology } = parseTopology(`services:\n${services}`);
    const points = singlePoints(topology!);
    expect(lossText(points[0]!.loss)).toBe('aws');
    expect(points[0]!.others).toHaveLength(3000);
    // What is lost with one region is that region's service alone.
    expect(points.slice(1).every((one) => one.others.length === 1)).toBe(true);
    expect(points[1]!.thinner.length).toBeGreaterThan(500);
    expect(points[1]!.survive.length).toBeGreaterThan(2000);
  }, 30_000);

  // Any topology without circles: services may need those before them.
  const topologies = fc
    .array(
      fc.array(fc.oneof(fc.nat(20), fc.array(fc.nat(20), { minLength: 1, maxLength: 3 })), { maxLength: 4 }),
      { minLength: 1, maxLength: 8 },
    )
    .map((list) => {
      const leaf = (n: number, i: number): string => (n < i ? `s${n}` : `p${n % 3}/r${n % 4}/x${n % 5}`);
      const services = Object.fromEntries(
        list.map((needs, i) => [
          `s${i}`,
          {
            needs: needs.map((n) => (Array.isArray(n) ? { 'any-of': n.map((m) => leaf(m, i)) } : leaf(n, i))),
          },
        ]),
      );
      return read(JSON.stringify({ services }));
    });
  it('a worse world never makes a service better (any topology)', () => {
    fc.assert(
      fc.property(
        topologies,
        fc.array(fc.constantFrom(...STATES), { minLength: 60, maxLength: 60 }),
        fc.nat(59),
        (t, world, worse) => {
          const states = (w: State[]) =>
            judgeServices(
              t,
              (l) =>
                w[
                  (Number(l.provider.slice(1)) * 20 +
                    Number(l.region.slice(1)) * 5 +
                    (l.kind === 'place' ? Number(l.service.slice(1)) : 0)) %
                    60
                ]!,
            );
          const rank = (s: State): number =>
            ['operational', 'unknown', 'degraded', 'partial-outage', 'major-outage'].indexOf(s);
          const before = states(world);
          const after = states(world.with(worse, 'major-outage'));
          for (const [name, judged] of before)
            expect(rank(after.get(name)!.state)).toBeGreaterThanOrEqual(rank(judged.state));
        },
      ),
      { numRuns: 300 },
    );
  });
  it('a loss judges again only what it touches, and comes to the same as judging everything (any topology)', () => {
    fc.assert(
      fc.property(topologies, (t) => {
        for (const loss of losses(t)) {
          if (loss.kind === 'ours') continue;
          const all = judgeServices(t, (leaf) =>
            leaf.provider === loss.provider &&
            (loss.kind === 'provider' ||
              (leaf.region === loss.region &&
                (loss.kind === 'region' || (leaf.kind === 'place' && leaf.service === loss.service))))
              ? 'major-outage'
              : 'operational',
          );
          const lost = [...all.values()].filter((one) => one.state === 'major-outage');
          const thinner = [...all.values()].filter((one) => one.state !== 'major-outage' && one.thinner);
          const found = whatIf(t, loss);
          expect([...found.lost].sort()).toEqual(lost.map((one) => one.service).sort());
          expect([...found.thinner].sort()).toEqual(thinner.map((one) => one.service).sort());
        }
      }),
      { numRuns: 200 },
    );
  });
  it('a loss partitions the services, and a wider loss takes at least as much (any topology)', () => {
    fc.assert(
      fc.property(topologies, (t) => {
        for (const loss of losses(t)) {
          const w = whatIf(t, loss);
          expect([...w.lost, ...w.thinner, ...w.survive].sort()).toEqual([...t.services.keys()].sort());
          if (loss.kind !== 'place') continue;
          const region = whatIf(t, { kind: 'region', provider: loss.provider, region: loss.region });
          for (const name of w.lost) expect(region.lost).toContain(name);
        }
      }),
      { numRuns: 200 },
    );
  });
});
