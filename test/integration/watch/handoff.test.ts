// Locks over the whole application: command changes hands, an incident is resolved; both stand in the timeline.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openApp } from './open-app.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test('locks end at a handoff unless kept, and with their incident; each is said where it was made', {
  timeout: 60_000,
}, async () => {
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-app-'));
  closing.push(() => rmSync(profile, { recursive: true, force: true }));
  const { call, stop } = await openApp(profile);
  closing.push(stop);
  const lock = (region: string) =>
    call('health.override', {
      provider: 'aws',
      region,
      state: 'operational',
      mode: 'locked',
      reason: 'moved away from it',
    });
  const rows = async (incident: string): Promise<string[]> => {
    const { rows } = await call('timeline.window', {
      incident,
      filter: { only: 'all', find: '', retracted: false },
      offset: null,
      limit: 50,
      around: null,
    });
    return rows
      .filter((one) => ['health-overridden', 'role-assigned'].includes(one.entryKind))
      .map((one) => `${one.by}: ${one.text}`);
  };
  const inForce = async () => (await call('health.board', {})).overrides?.map((one) => one.region) ?? [];

  await call('app.setPerson', { name: 'Marta Lindqvist' });
  const { id: incident } = await call('incidents.declare', {
    severity: 'SEV2',
    title: 'Checkout',
    signals: [],
    impactStarted: null,
    commander: true,
  });
  const first = await lock('us-east-1');
  const second = await lock('eu-west-1');
  await call('app.setPerson', { name: 'Priya Raman' });
  const take = { incident, role: 'Incident commander', name: 'Priya Raman' };
  await expect(call('room.assignRole', take)).rejects.toThrow('2 locks end with this handoff. Keep them?');
  expect((await call('room.locks', { incident })).locks.map((one) => one.id).sort()).toEqual(
    [first.id, second.id].sort(),
  );
  const answers = [
    { id: first.id, keep: false },
    { id: second.id, keep: true },
  ];
  await call('room.assignRole', { ...take, locks: answers });
  expect(await inForce()).toEqual(['eu-west-1']);
  expect((await rows(incident)).slice(-2)).toEqual([
    'Priya Raman: Incident commander: Priya Raman, from Marta Lindqvist. Kept 1 lock: aws eu-west-1.',
    expect.stringMatching(/^Priya Raman: aws us-east-1 no longer shown as healthy, .* \(handoff\)$/),
  ]);

  // Another incident stays open: the lock ends with its own all the same, and its timeline says so.
  await call('incidents.declare', {
    severity: 'SEV3',
    title: 'Another',
    signals: [],
    impactStarted: null,
    commander: false,
  });
  await call('room.setPhase', { incident, phase: 'resolved', reason: '', override: 'a test' });
  await expect.poll(inForce, { timeout: 60_000 }).toEqual([]);
  expect((await rows(incident)).at(-1)).toMatch(
    /: aws eu-west-1 no longer shown as healthy, .* \(incident resolved\)$/,
  );
});
