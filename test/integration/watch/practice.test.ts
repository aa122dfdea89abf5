// Practice over a recording, through the whole application: in a profile of its own, and never in one of real incidents.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/index.ts';
import { openApp } from './open-app.ts';

const RECORDING = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'samples',
  'recordings',
  'aws-2025-10-20-us-east-1',
);
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(path: string, replay: boolean) {
  const { call, stop } = await openApp(path, {
    profile: { path, temporary: false },
    replay: replay ? { dir: RECORDING, kind: 'aws-data-json', speed: 60 } : null,
  });
  closing.push(stop);
  return { call, stop };
}

const declared: Input<'incidents.declare'> = {
  title: 'Checkout fails',
  severity: 'SEV2',
  signals: [],
  impactStarted: null,
  commander: true,
};

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'bulkhead-replay-'));
  closing.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

test('practice over a recording is on its own clock, in its own profile, and stays there', {
  timeout: 60_000,
}, async () => {
  const path = folder();
  const practice = await open(path, true);
  await practice.call('app.setPerson', { name: 'Marta' });
  const { id: incident } = await practice.call('incidents.declare', declared);
  const made = await practice.call('health.override', {
    provider: 'aws',
    region: 'us-east-1',
    service: null,
    state: 'degraded',
    mode: 'locked',
    hours: 2,
    reason: 'practice',
  });
  expect(made.at.startsWith('2025-10-20T')).toBe(true);
  expect((await practice.call('health.board', {})).overrides).toHaveLength(1);
  const { rows } = await practice.call('timeline.window', {
    incident,
    filter: { only: 'all', find: '', retracted: false },
    offset: null,
    limit: 200,
    around: null,
  });
  expect(rows.filter((row) => JSON.stringify(row).includes('practice'))).toHaveLength(1);
  await practice.stop();

  // Again for practice: yes. In earnest: no.
  const again = await open(path, true);
  expect((await again.call('incidents.list', {})).incidents).toHaveLength(1);
  expect((await again.call('health.board', {})).overrides ?? []).toEqual([]);
  await again.stop();
  await expect(open(path, false)).rejects.toMatchObject({ code: 'profile-of-practice' });
});

test('a recording is refused over a profile of real incidents, and nothing in it is touched', {
  timeout: 60_000,
}, async () => {
  const path = folder();
  const real = await open(path, false);
  await real.call('app.setPerson', { name: 'Marta' });
  await real.call('incidents.declare', declared);
  await real.stop();
  const files = () =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => `${one.name} ${statSync(join(one.parentPath, one.name)).mtimeMs}`)
      .filter((one) => !one.startsWith('owner.'))
      .sort();
  const before = files();
  await expect(open(path, true)).rejects.toMatchObject({
    code: 'profile-in-earnest',
    message: expect.stringContaining(path),
  });
  expect(files()).toEqual(before);
  // The refusal let go of the profile.
  const after = await open(path, false);
  expect((await after.call('incidents.list', {})).incidents).toHaveLength(1);
});
