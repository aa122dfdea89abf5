// The application over a release: its plan runs without an incident, keeps the machine awake, and is found again after a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createHeadlessHost } from '../../../electron/host/headless.ts';
import type { Host } from '../../../electron/host/host.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import type { Input } from '../../../shared/contract/index.ts';
import { ok } from '../../../shared/result.ts';
import { openApp } from './open-app.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Power = Parameters<Host['onPower']>[0];

async function open(profile: string, ahead = 0) {
  const awake = { held: 0 };
  const power: Power[] = [];
  const host: Host = {
    ...createHeadlessHost({
      profile,
      env: { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
    }),
    keepAwake: async () => {
      awake.held += 1;
      return ok(() => {
        awake.held -= 1;
      });
    },
    onPower: (listener) => {
      power.push(listener);
      return () => undefined;
    },
  };
  // Machine time goes on by itself; a test that lets the machine sleep moves it.
  const shift = { ms: ahead };
  const { call, stop } = await openApp(profile, {
    host,
    clock: { now: () => systemClock.now() + shift.ms, uptime: () => systemClock.uptime() + shift.ms },
  });
  closing.push(stop);
  return {
    call,
    stop,
    awake,
    shift,
    power: (what: Parameters<Power>[0]) => power.forEach((p) => void p(what)),
  };
}

const kinds = async (
  call: Awaited<ReturnType<typeof open>>['call'],
  incident: string,
): Promise<readonly string[]> =>
  (
    await call('timeline.window', {
      incident,
      filter: { only: 'all', find: '', retracted: false },
      offset: null,
      limit: 200,
      around: null,
    })
  ).rows.map((row) => row.entryKind);

test('a plan of a release is live, found after a restart, and goes into its incident', {
  timeout: 120_000,
}, async () => {
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-release-'));
  closing.push(() => rmSync(profile, { recursive: true, force: true }));
  const first = await open(profile);
  await first.call('app.setPerson', { name: 'Marta Lindqvist' });
  const { id: incident, label } = await first.call('incidents.release', { title: 'checkout-api 4.19.0' });
  const { plan } = await first.call('plan.make', {
    incident,
    plan: {
      kind: 'phased-deployment',
      title: 'Deploy checkout-api 4.19.0',
      change: { system: 'checkout-api', from: null, to: '4.19.0', deployedAt: null, schema: 'reversible' },
      targets: ['lab/one', 'lab/two'],
      waves: [
        { name: 'canary', targets: ['lab/one'], bake: '10m', gate: 'manual' },
        { name: 'the rest', targets: ['lab/two'], bake: '10m', gate: 'manual' },
      ],
    },
  });
  const act = (at: typeof first, action: Input<'plan.do'>['action']) =>
    at.call('plan.do', { incident, plan, action });
  await act(first, { do: 'check' });
  await act(first, { do: 'accept-findings', reason: 'a lab' });
  expect(await act(first, { do: 'start-plan' })).toMatchObject({ ok: true, why: [] });
  await expect.poll(() => first.awake.held, { timeout: 60_000 }).toBe(1);

  // The machine sleeps an hour: it is written into the release.
  first.power('suspend');
  first.shift.ms = 3_600_000;
  first.power('resume');
  await expect.poll(() => kinds(first.call, incident)).toContain('machine-slept');

  // A lock of the board is no matter of a release.
  await first.call('health.override', {
    provider: 'aws',
    region: 'us-east-1',
    state: 'degraded',
    mode: 'locked',
    reason: 'our own eyes',
  });
  expect(await kinds(first.call, incident)).not.toContain('health-overridden');
  await first.stop();
  expect(first.awake.held).toBe(0);

  // Nobody opens the room: the plan is found, the machine kept awake, a reading trips its breaker.
  const second = await open(profile, first.shift.ms);
  await expect.poll(() => second.awake.held, { timeout: 60_000 }).toBe(1);
  await act(second, { do: 'start-wave', wave: 'canary' });
  const begun = await act(second, { do: 'start-target', target: 'lab/one', sure: true });
  expect(begun).toMatchObject({ ok: true });
  await act(second, {
    do: 'reading',
    target: 'lab/one',
    health: 'major-outage',
    note: 'no order goes through',
  });
  const view = async () => (await second.call('plan.get', { incident, plan })).plan;
  // After a start the plans wait for what servers say of the clock, up to 20 seconds.
  await expect.poll(async () => (await view()).breaker.state, { timeout: 60_000 }).toBe('open');

  const made = await second.call('incidents.declare', {
    title: 'Checkout fails under 4.19.0',
    severity: 'SEV2',
    signals: [],
    impactStarted: null,
    commander: true,
    release: incident,
  });
  expect(made).toMatchObject({ id: incident, label: 'INC-0001' });
  const { incident: room } = await second.call('room.open', { incident });
  expect(room).toMatchObject({ mode: 'real', release: { label }, plans: [{ id: plan, state: 'running' }] });
  expect(room.milestones.map((one) => one.name)).toEqual(['detected', 'acknowledged']);
  expect((await view()).breaker.state).toBe('open');
  const story = await kinds(second.call, incident);
  const order = ['release-opened', 'plan-started', 'breaker-opened', 'declared'];
  expect(order.map((kind) => story.indexOf(kind))).toEqual(
    order.map((kind) => story.indexOf(kind)).toSorted((a, b) => a - b),
  );
  expect(story).toEqual(expect.arrayContaining(order));
});
