import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { change } from '../../../electron/plan/changes.ts';
import { factsFromHealth, heardFromHealth } from '../../../electron/plan/from-health.ts';
import { leanedOn } from '../../../electron/plan/lean.ts';
import { planMarkdown } from '../../../electron/plan/make.ts';
import { domainOf, proposeWaves } from '../../../electron/plan/propose.ts';
import { clockMoved } from '../../../electron/plan/restart.ts';
import { type MadePlan, planAction } from '../../../shared/contract/plan.ts';
import { kindOf, readEntry } from '../../../shared/journal/kinds/index.ts';
import { planKinds } from '../../../shared/rollback/kinds.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import type { Topology } from '../../../shared/topology/types.ts';

const HOUR = 3_600_000;

describe('proposed waves', () => {
  it('hold every target once, none more than half, and keep the canary apart from the next', () => {
    const target = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
      .map(([r, c]) => `aws/r${r}/c${c}`);
    fc.assert(
      fc.property(fc.uniqueArray(target, { minLength: 1, maxLength: 24 }), (targets) => {
        const { waves } = proposeWaves(targets, null);
        expect(waves.flatMap((wave) => wave.targets).sort()).toEqual([...targets].sort());
        expect(waves[0]!.targets).toHaveLength(1);
        const most = Math.max(1, Math.floor(targets.length / 2));
        expect(waves.every((wave) => wave.targets.length <= most)).toBe(true);
        const canary = domainOf(waves[0]!.targets[0]!);
        const next = waves[1]?.targets ?? [];
        const apart = targets.some((one) => domainOf(one) !== canary);
        if (apart) expect(next.every((one) => domainOf(one) !== canary)).toBe(true);
        expect(new Set(waves.map((wave) => wave.name)).size).toBe(waves.length);
      }),
    );
  });

  it('put regions where little of ours runs first', () => {
    const place = (region: string) => ({ provider: 'aws', region });
    const service = (name: string, tier: number, regions: string[]) => ({
      name,
      title: name,
      tier,
      owner: '',
      costPerMinute: null,
      runsIn: regions.map(place),
      needs: {
        op: 'all' as const,
        of: [
          {
            op: 'leaf' as const,
            text: '',
            leaf: { kind: 'place' as const, ...place('big'), service: 'sqs' },
          },
          { op: 'leaf' as const, text: '', leaf: { kind: 'ours' as const, service: 'store' } },
        ],
      },
    });
    const topology: Topology = {
      currency: 'EUR',
      services: new Map([
        ['shop', service('shop', 1, ['big', 'small'])],
        ['store', service('store', 1, ['big'])],
      ]),
    };
    expect(
      proposeWaves(['aws/big', 'aws/small', 'aws/none'], topology).waves.map((one) => one.targets),
    ).toEqual([['aws/none'], ['aws/small'], ['aws/big']]);
    expect(leanedOn(topology, 'shop')).toEqual(['aws/sqs']);
    expect(leanedOn(null, 'shop')).toEqual([]);
  });
});

describe('a plan made in the room', () => {
  const made: MadePlan = {
    kind: 'rollback',
    title: 'Roll "checkout" back: now',
    change: {
      system: 'checkout',
      from: '4.18.0',
      to: '4.17',
      deployedAt: '2026-10-20T07:44:00.000Z',
      schema: 'reversible',
    },
    targets: ['aws/a', 'aws/b'],
    waves: [
      { name: 'canary', targets: ['aws/a'], bake: '10m', gate: 'health' },
      { name: 'rest', targets: ['aws/b'], bake: '15m', gate: 'manual' },
    ],
    watch: ['aws/sqs'],
    success: [{ probe: 'checkout', errors: '< 1%', for: '5m' }],
    data: { probe: 'checkout', tries: '>= 100' },
    pace: { atOnce: 2, apart: '2m' },
    breaker: { trip: [{ probe: 'checkout', errors: '> 5%', margin: 5, for: '3m' }], stale: '4m' },
  };

  it('is a runbook that the parser reads back as it was meant', () => {
    const parsed = parsePlan(planMarkdown(made));
    expect(parsed.problems).toEqual([]);
    expect(parsed.plan).toMatchObject({
      title: made.title,
      change: { ...made.change, to: '4.17' },
      targets: made.targets,
      watch: ['aws/sqs'],
      pace: { atOnce: 2, apart: 120_000 },
      breaker: { stale: 240_000 },
    });
    expect(parsed.plan!.steps.each.map((step) => step.danger)).toEqual([true, false, false, true]);
    expect(parsed.plan!.steps.each.every((step) => step.expected !== null)).toBe(true);
    expect(parsed.plan!.steps.revert).toHaveLength(3);
  });

  it('has no revert steps where there is nothing to go back to', () => {
    const text = planMarkdown({ ...made, kind: 'phased-deployment', change: { ...made.change, from: null } });
    expect(parsePlan(text).plan!.steps.revert).toEqual([]);
  });

  it('says line and column of what is wrong', () => {
    const parsed = parsePlan(planMarkdown({ ...made, waves: [{ ...made.waves[0]!, bake: 'soon' }] }));
    expect(parsed.ok).toBe(false);
    expect(parsed.problems[0]).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  });
});

describe('the clock across a restart', () => {
  const wall = Date.parse('2026-10-20T08:00:00.000Z');
  const last = { wall, uptime: 50 * HOUR };
  it.each([
    ['a plain restart of the process', { wall: wall + HOUR, uptime: 51 * HOUR }, null],
    ['set two hours back meanwhile', { wall: wall - HOUR, uptime: 51 * HOUR }, -2 * HOUR],
    ['set two hours forward meanwhile', { wall: wall + 3 * HOUR, uptime: 51 * HOUR }, 2 * HOUR],
    ['the machine was started anew', { wall: wall + HOUR, uptime: HOUR / 2 }, null],
    ['started anew, and the clock went back', { wall: wall - HOUR, uptime: HOUR / 2 }, -HOUR],
    ['started anew long ago', { wall: wall + 200 * HOUR, uptime: 100 * HOUR }, null],
  ])('%s', (_, now, moved) => {
    expect(clockMoved(last, null, now)).toBe(moved);
  });
  it('is checked against the last entry where there is no sign of life', () => {
    expect(clockMoved(null, wall, { wall: wall - HOUR, uptime: HOUR })).toBe(-HOUR);
    expect(clockMoved(null, wall, { wall: wall + 1, uptime: HOUR })).toBeNull();
    expect(clockMoved(null, null, { wall, uptime: HOUR })).toBeNull();
  });
});

describe('readings of the health service', () => {
  const base = {
    source: 'checkout-eu',
    name: 'Checkout, Ireland',
    provider: 'aws',
    region: 'eu-west-1',
    service: 'checkout-api',
    state: 'operational' as const,
    fresh: true,
    began: null,
    fetchedAt: '2026-10-20T08:00:00.000Z',
  };
  it('become readings of plans; good news that is not believed is not heard', () => {
    const probe = { ...base, sourceType: 'probe', errors: 2, tries: 4, p95: null };
    const feed = { ...base, sourceType: 'feed', service: 'all-services', began: 'soon' };
    const labels = {
      alertname: 'CheckoutErrors',
      severity: 'critical',
      team: 'payments',
      region: 'eu-west-1',
    };
    const alert = { ...base, sourceType: 'alert', state: 'major-outage' as const, labels, firing: true };
    const heard = heardFromHealth([
      probe,
      feed,
      alert,
      { ...feed, fresh: false },
      { ...probe, tries: undefined as never },
    ]);
    expect(heard).toMatchObject([
      { type: 'probe', name: 'checkout-eu', target: 'aws/eu-west-1', errors: 2, tries: 4, covers: 60_000 },
      { type: 'feed', service: null, health: 'operational', began: null },
      { type: 'alert', firing: true, target: null, labels },
    ]);
    // The word about a place alone is no alert; a probe that counts its tries is read at every poll.
    expect(heardFromHealth([{ ...base, sourceType: 'alert' }])).toEqual([]);
    const [counting] = heardFromHealth([{ ...probe, total: 12 }]);
    expect(counting).toMatchObject({ total: 12, covers: 9000 });
    const plan = parsePlan(
      '---\nchange: { system: c, from: 2, to: 1 }\nwaves: [ { name: a, targets: [aws/eu-west-1] } ]\ndata: { probe: checkout, tries: ">= 1" }\nbreaker: { trip: [ { probe: sign-in, errors: "> 5%" } ] }\n---\n',
    ).plan!;
    expect(factsFromHealth([probe], plan).probes).toEqual(['checkout']);
  });
});

describe('kinds of rollback plans', () => {
  it('are all registered, with words and a row, and are not retracted', () => {
    for (const name of Object.keys(planKinds)) {
      const kind = kindOf(name);
      expect(kind, name).not.toBeNull();
      expect(kind!.row, name).not.toBeNull();
      expect(kind!.notRetractable, name).not.toBeNull();
    }
    expect(readEntry({ ...entry, kind: 'breaker-opened', body: opened })).toMatchObject({ is: 'known' });
    const words = kindOf('breaker-opened')!.words({ ...entry, kind: 'breaker-opened', body: opened });
    expect(words).toEqual({
      lead: 'Breaker opened',
      text: 'aws/a: errors 9 %, limit 5 %, baseline 1 %, 240 tries. Also worse in 0 of 3 targets.',
    });
  });
  const opened = {
    plan: 'p',
    target: 'aws/a',
    rule: 'r',
    n: 1,
    passed: [],
    back: false,
    trips: [],
    evidence: {
      value: 'errors 9 %',
      limit: '5 %',
      baseline: '1 %',
      tries: 240,
      untouched: { worse: 0, of: 3, text: 'Also worse in 0 of 3 targets' },
    },
  };
  const entry = {
    id: 'e',
    incident: 'i',
    kind: '',
    v: 1,
    key: null,
    body: {},
    actor: 'bulkhead',
    device: 'd',
    seq: 1,
    hlc: '',
    occurredAt: '2026-10-20T08:00:00.000Z',
    recordedAt: '2026-10-20T08:00:00.000Z',
  };
});

describe('actions', () => {
  it('need their reason where the night goes another way', () => {
    const bare = {
      target: 'aws/a',
      wave: 'a',
      hold: 'stale',
      choose: 'accept',
      code: 'x',
      about: 'y',
      reason: '',
    };
    for (const one of ['abort', 'skip-target', 'revert', 'pass-gate', 'breaker', 'override', 'pull-forward'])
      expect(planAction.safeParse({ ...bare, do: one }).success, one).toBe(false);
    expect(planAction.safeParse({ do: 'start-plan' }).success).toBe(true);
    expect(planAction.safeParse({ do: 'dance' }).success).toBe(false);
  });
  it('a change that loosens says so', () => {
    const state = {
      id: 'p',
      status: 'running',
      plan: { pace: { atOnce: 2 as number | null, apart: 0 } },
      waves: [],
      targets: {},
    };
    const pace = (atOnce: number | null) =>
      change(state as never, { do: 'set-pace', atOnce, apartMs: 0, reason: 'r' }, 'Marta').entries[0]?.body[
        'loosens'
      ];
    expect([pace(1), pace(3), pace(null)]).toEqual([false, true, true]);
    // From no limit, any limit is tighter, and no limit again is no loosening.
    state.plan.pace.atOnce = null;
    expect([pace(3), pace(null)]).toEqual([false, false]);
  });
});
