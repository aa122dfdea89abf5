import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { STATES, type State } from '../../../shared/health/types.ts';
import {
  blastRadius,
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
    ['services:\n  a: {}\n  a: {}\n', 3, 3, /unique/i],
    ['services: {a: {needs: [{any-of: [aws/us-east-1, {all-of: [nope]}]}]}}\n', 1, 59, /"nope"/],
    ['services:\n  a:\n    runsIn: [us-east-1]\n', 3, 14, /not provider\/region/],
  ])('%j is refused at %i:%i', (text, line, column, words) => {
    const { topology, problems } = parseTopology(text);
    expect(topology).toBeNull();
    expect(problems[0]).toMatchObject({ line, column });
    expect(problems[0]!.text).toMatch(words);
  });
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
    expect(blastRadius(shop, 'session-store')).toBe(2);
    expect(blastRadius(shop, 'search')).toBe(0);
  });
  it('names control planes that live in one region, and what outlives each provider', () => {
    expect(controlPlanes(shop)).toMatchObject([{ service: 'identity', region: 'aws/us-east-1' }]);
    expect(providerLosses(shop).map((w) => [lossText(w.loss), w.survive])).toEqual([
      ['aws', ['search']],
      ['gcp', ['session-store', 'identity']],
    ]);
  });

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
