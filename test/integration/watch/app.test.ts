// The whole application without a window: a pack added through the bridge reaches every service, and every answer is as the contract says.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openApp } from './open-app.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test('a pack through the bridge', { timeout: 60_000 }, async () => {
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-app-'));
  const pack = join(profile, 'our-pack');
  mkdirSync(pack);
  // Only what asks nobody outside of this machine.
  copyFileSync('samples/pack/topology.yaml', join(pack, 'topology.yaml'));
  closing.push(() => rmSync(profile, { recursive: true, force: true }));
  const { call, stop, topics } = await openApp(profile);
  closing.push(stop);
  expect(await call('ours.services', {})).toMatchObject({ configured: false, services: [] });
  const { pack: id } = await call('packs.add', { path: pack });
  expect((await call('packs.list', {})).packs).toMatchObject([{ id, services: 6, problems: [] }]);
  const ours = await call('ours.services', {});
  expect(ours.services).toHaveLength(6);
  // Nothing was heard of any provider: nothing of ours is called well.
  expect(new Set(ours.services.map((one) => one.state))).toEqual(new Set(['unknown']));
  expect((await call('ours.points', {})).controlPlanes.length).toBeGreaterThan(0);
  expect((await call('health.board', {})).columns.filter((one) => one.ours).length).toBeGreaterThanOrEqual(3);
  expect(await call('health.probes', {})).toEqual({ probes: [] });
  expect((await call('health.uptime', { hours: 24 })).regions).toBeInstanceOf(Array);
  // That there is no internet here may be said by now.
  expect(await call('notify.get', {})).toMatchObject({ able: false, settings: { oursWorse: true } });
  expect(await call('changes.list', { from: null, until: null, firstSignal: null })).toMatchObject({
    total: 0,
  });

  // An override stands under a name, and in the timeline of an incident that is open.
  await expect(
    call('health.override', {
      provider: 'aws',
      region: 'us-east-1',
      state: 'degraded',
      mode: 'locked',
      reason: 'x',
    }),
  ).rejects.toThrow('no-name');
  await call('app.setPerson', { name: 'Marta Lindqvist' });
  const incident = await call('incidents.declare', {
    severity: 'SEV2',
    title: 'Checkout',
    signals: [],
    impactStarted: null,
    commander: false,
  });
  await call('health.override', {
    provider: 'aws',
    region: 'us-east-1',
    state: 'degraded',
    mode: 'locked',
    reason: 'our own eyes',
  });
  const window = await call('timeline.window', {
    incident: incident.id,
    filter: { only: 'all', find: '', retracted: false },
    offset: null,
    limit: 50,
    around: null,
  });
  expect(window.rows.find((one) => one.entryKind === 'health-overridden')).toMatchObject({
    by: 'Marta Lindqvist',
    text: expect.stringContaining('aws us-east-1 shown as degraded'),
  });
  await expect
    .poll(() => [...topics], { timeout: 60_000 })
    .toEqual(expect.arrayContaining(['health.changed', 'ours.changed', 'packs.changed']));
});
