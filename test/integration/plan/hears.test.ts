// What plans hear of the real health service over loopback: every alert with its own labels, every try of a probe once, and a lost
// link as what it is.
import { afterEach, describe, expect, it } from 'vitest';
import type { FeedConfig } from '../../../electron/health/defaults.ts';
import { createHealth, type Health } from '../../../electron/health/health.ts';
import { heardFromHealth } from '../../../electron/plan/from-health.ts';
import type { Heard } from '../../../electron/plan/plans.ts';
import { parseProbes } from '../../../shared/probes/spec.ts';
import { type FeedServer, startFeedServer } from '../../e2e/harness/feed-server.ts';
import { log } from '../health/desk.ts';
import { MINUTE, type PlanDesk, planDesk } from './helpers.ts';

const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const plan = (trip: string, more = ''): string => `---
kind: rollback
title: Roll back checkout
change: { system: checkout-api, from: 4.18.0, to: 4.17.3, schema: reversible }
targets: [aws/eu-west-1, aws/us-east-1]
waves:
  - { name: canary, targets: [aws/eu-west-1], bake: 30m, gate: health }
  - { name: the rest, targets: [aws/us-east-1], bake: 30m, gate: health }
breaker:
  trip: [ ${trip} ]
  stale: 3m
${more}---

# Roll back checkout

## Each target

1. Deploy 4.17.3

## Revert a target

1. Deploy 4.18.0
`;

interface Listening {
  readonly desk: PlanDesk;
  readonly health: Health;
  readonly server: FeedServer;
  /** Milliseconds go by on both clocks. */
  pass(ms: number): void;
}

/** A plan desk that hears a health service with these feeds, both by one clock. */
async function listening(feeds: (url: string) => readonly FeedConfig[]): Promise<Listening> {
  const server = await startFeedServer();
  closing.push(() => server.close());
  let health: Health | null = null;
  const desk = await planDesk({
    uptime: 1_000_000,
    extra: {
      readings: () => (health === null ? [] : heardFromHealth(health.readings())),
      linkLostSince: () => health?.linkLostSince() ?? null,
    },
  });
  let n = 0;
  const made = await createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: desk.d.clock,
    ids: { uuid: () => `h-${++n}` },
    random: () => 0,
    folder: desk.d.folder,
    emit: () => undefined,
    settings: () => ({ regions: [] }),
    log,
    owner: true,
    feeds: feeds(server.url),
    references: [],
  });
  closing.push(() => made.stop());
  health = made;
  return {
    desk,
    health: made,
    server,
    pass(ms) {
      desk.d.clock.wall += ms;
      desk.plans.tick();
    },
  };
}

const feed = (id: string, url: string, more: Partial<FeedConfig> = {}): FeedConfig => ({
  id,
  name: 'Our alerts',
  kind: 'alertmanager',
  provider: 'alertmanager',
  url,
  intervalMs: 30_000,
  staleAfterMs: 300_000,
  enabled: true,
  builtIn: false,
  privateHost: '127.0.0.1',
  ...more,
});

const WATCHDOG = { alertname: 'Watchdog', severity: 'none' };
const payload = (...labels: readonly Record<string, string>[]): string =>
  JSON.stringify(
    [WATCHDOG, ...labels].map((one) => ({
      fingerprint: JSON.stringify(one),
      labels: one,
      annotations: { summary: `${one['alertname']} fires` },
      startsAt: '2026-10-20T08:00:00.000Z',
      updatedAt: '2026-10-20T08:00:00.000Z',
      endsAt: '2026-10-20T12:00:00.000Z',
      status: { state: 'active', silencedBy: [], inhibitedBy: [] },
    })),
  );

async function started(desk: PlanDesk, text: string): Promise<string> {
  const id = await desk.make(text);
  await desk.act(id, { do: 'accept-findings', reason: 'known' });
  if (!(await desk.act(id, { do: 'start-plan' })).ok) throw new Error('the plan did not start');
  const done = await desk.act(id, { do: 'finish-target', target: 'aws/eu-west-1' });
  if (!done.ok) throw new Error(done.codes.join());
  return id;
}

describe('alerts', () => {
  const mine = {
    alertname: 'CheckoutErrors',
    region: 'eu-west-1',
    service: 'checkout-api',
    team: 'payments',
  };
  const RULE = '{ alert: "severity=critical,team=payments" }';

  it('trip by their own labels; one without a place, or of another team, is evidence and no trip', async () => {
    const { desk, health, server, pass } = await listening((url) => [feed('am', `${url}/api/v2/alerts`)]);
    const say = async (...labels: readonly Record<string, string>[]): Promise<void> => {
      server.serve('/api/v2/alerts', payload(...labels));
      await health.checkOnce();
      pass(1000);
    };
    await say({ ...mine, severity: 'warning' });
    const id = await started(desk, plan(RULE));
    const state = async () => (await desk.view(id)).breaker.state;
    const { region: _, service: __, ...nowhere } = mine;
    pass(30_000);
    await say({ ...mine, severity: 'warning' }, { ...nowhere, severity: 'critical' });
    expect(await state()).toBe('closed');
    await say({ ...mine, severity: 'warning' }, { ...mine, team: 'web', severity: 'critical' });
    expect(await state()).toBe('closed');
    await say({ ...mine, severity: 'critical', service: 'search' });
    expect(await state()).toBe('closed');
    await say({ ...mine, severity: 'critical' });
    const { breaker, targets } = await desk.view(id);
    expect(breaker).toMatchObject({ state: 'open', tripped: { target: 'aws/eu-west-1' } });
    expect(breaker.tripped?.evidence.value).toContain('CheckoutErrors');
    expect(targets[0]?.reading.map((one) => one.text)).toContain('CheckoutErrors fires');
    // The list states everything while its watchdog fires: what has left it fires no more.
    pass(30_000);
    await say();
    expect((await desk.view(id)).targets[0]?.reading.map((one) => one.text)).toContain(
      'CheckoutErrors is quiet',
    );
  });

  it('find their target by labels that a mapping names, and a silenced one says nothing', async () => {
    const { desk, health, server, pass } = await listening(() => []);
    // As a pack brings it.
    const mapping = { regionLabels: ['dc'], serviceLabels: ['owner_app'] };
    const feeds = [feed('am', `${server.url}/api/v2/alerts`, { mapping })];
    const poll = async (): Promise<void> => {
      await health.handlers['health.pollNow']({ feed: 'am' });
      pass(1000);
    };
    const labels = {
      alertname: 'CheckoutErrors',
      severity: 'critical',
      team: 'payments',
      dc: 'eu-west-1',
      owner_app: 'checkout-api',
    };
    server.serve('/api/v2/alerts', payload());
    await health.start();
    health.setPacks({ feeds, probes: [], paths: new Map() });
    await poll();
    const id = await started(desk, plan(RULE));
    pass(30_000);
    const silenced = JSON.parse(payload(labels)) as { status: { state: string } }[];
    silenced[1]!.status.state = 'suppressed';
    server.serve('/api/v2/alerts', JSON.stringify(silenced));
    await poll();
    expect((await desk.view(id)).breaker.state).toBe('closed');
    server.serve('/api/v2/alerts', payload(labels));
    pass(30_000);
    await poll();
    expect((await desk.view(id)).breaker).toMatchObject({
      state: 'open',
      tripped: { target: 'aws/eu-west-1' },
    });
  });
});

describe('a lost link', () => {
  it('is the cause of the gap, and gates wait at once, with the reason', async () => {
    const { desk, health, server, pass } = await listening(() => []);
    server.serve('/ready', 'inside');
    server.serve('/checkout', 'ok');
    const { value: specs } = parseProbes(
      `probes:\n  checkout: { http: "${server.url}/checkout", region: aws/eu-west-1, every: 30s, path: vpn }\n`,
    );
    const probes = [{ id: 'checkout', spec: specs![0]! }];
    const reference = {
      name: 'inside',
      url: `${server.url}/ready`,
      status: 200,
      body: 'inside',
      privateHost: '127.0.0.1',
    };
    health.setPacks({ feeds: [], probes, paths: new Map([['vpn', [reference]]]) });
    const check = async (): Promise<void> => {
      await health.handlers['health.pollNow']({ feed: 'checkout' });
      pass(1000);
    };
    await check();
    const id = await started(desk, plan('{ probe: checkout, errors: "> 5%" }'));
    pass(29_000);
    await check();
    expect((await desk.view(id)).waves[0]!.bake.gaps).toEqual([]);
    server.down(true);
    pass(29_000);
    await check();
    expect(health.linkLostSince()).not.toBeNull();
    // No reading is older than three minutes yet, and still nothing of it may pass a gate.
    const lost = (await desk.view(id)).waves[0]!;
    expect(lost.gate.conditions.find((one) => one.code === 'stale')).toMatchObject({
      met: false,
      text: expect.stringContaining('our own link is lost since'),
    });
    expect((await desk.view(id)).breaker.state).toBe('closed');
    for (let i = 0; i < 10; i++) pass(30_000);
    expect((await desk.view(id)).waves[0]!.bake.gaps).toMatchObject([{ to: null, cause: 'link-lost' }]);
    expect(desk.nows()).toMatchObject([
      { glyph: 'stale', lead: 'Canary bakes, but nobody watches: our own link was lost.' },
    ]);
    server.down(false);
    await check();
    pass(1000);
    expect(health.linkLostSince()).toBeNull();
    const back = (await desk.view(id)).waves[0]!;
    expect(back.bake.gaps).toMatchObject([{ cause: 'link-lost', to: expect.any(String) }]);
    expect(back.gate.conditions.find((one) => one.code === 'stale')?.met).toBe(true);
  });
});

describe('tries of a probe', () => {
  it('add up from reading to reading at whatever pace it is polled, and `for` trips on the poll that completes it', async () => {
    let heard: Heard[] = [];
    const desk = await planDesk({ extra: { readings: () => heard } });
    let total = 0;
    let errors = 0;
    /** A poll: three tries since the last one, figures of the last minute. */
    const poll = (ms: number): void => {
      desk.d.clock.wall += ms;
      total += 3;
      const at = desk.d.clock.wall;
      heard = ['aws/eu-west-1', 'aws/us-east-1'].map((target) => ({
        type: 'probe',
        source: 'probe:checkout',
        name: 'checkout',
        target,
        at,
        errors: target === 'aws/eu-west-1' ? errors : 0,
        tries: 7,
        total,
      }));
      desk.plans.tick();
    };
    poll(0);
    const id = await started(desk, plan('{ probe: checkout, errors: "> 5%", min: 10, for: 3m }'));
    poll(27_000);
    errors = 30;
    const first = desk.d.clock.wall + 26_500;
    let polls = 0;
    while ((await desk.view(id)).breaker.state === 'closed' && polls < 20) {
      poll(26_500);
      polls += 1;
    }
    const { breaker } = await desk.view(id);
    // The first poll that is three minutes after the first bad one: the eighth, and not the one after it.
    expect(desk.d.clock.wall - first).toBe(7 * 26_500);
    expect(7 * 26_500).toBeGreaterThanOrEqual(3 * MINUTE);
    expect(6 * 26_500).toBeLessThan(3 * MINUTE);
    expect(breaker.tripped?.evidence.tries).toBe(8 * 3);
  });

  it('of a new run begin anew, and are never fewer than none', async () => {
    let heard: Heard[] = [];
    const desk = await planDesk({ extra: { readings: () => heard } });
    const say = (total: number, tries: number): void => {
      desk.d.clock.wall += 30_000;
      heard = [
        {
          type: 'probe',
          source: 'probe:checkout',
          name: 'checkout',
          target: 'aws/eu-west-1',
          at: desk.d.clock.wall,
          errors: 0,
          tries,
          total,
        },
      ];
      desk.plans.tick();
    };
    say(5, 2);
    const id = await started(desk, plan('{ probe: checkout, errors: "> 5%" }'));
    const text = async (): Promise<string | undefined> =>
      (await desk.view(id)).targets[0]?.reading.find((one) => one.source === 'probe:checkout')?.text;
    say(9, 2);
    expect(await text()).toContain('4 tries');
    say(1, 1);
    expect(await text()).toContain('1 try');
  });
});
