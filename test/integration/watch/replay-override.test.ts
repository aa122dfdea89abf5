// An override over a recording, through the whole application: practice in a temporary profile, and no trace in one that stays.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createApp } from '../../../electron/app.ts';
import { createHeadlessHost } from '../../../electron/host/headless.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import type { CallName, Input, Output } from '../../../shared/contract/index.ts';
import { log } from '../health/desk.ts';

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

async function open(path: string, temporary: boolean, replay: boolean) {
  const app = await createApp({
    host: createHeadlessHost({
      profile: path,
      env: { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
    }),
    clock: systemClock,
    ids: { uuid: () => crypto.randomUUID() },
    log,
    profile: { path, temporary },
    replay: replay ? { dir: RECORDING, kind: 'aws-data-json', speed: 60 } : null,
    why: 'a test',
    version: '0.0.0',
  });
  await app.start();
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (!stopped) await app.stop();
    stopped = true;
  };
  closing.push(stop);
  const call = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => {
    const answer = JSON.parse(await app.bridge.call(name, JSON.stringify(input)));
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`);
    return answer.value;
  };
  return { call, stop };
}

test.each([
  ['a profile that stays keeps nothing of it', false, 0],
  ['a temporary one has it in its timeline', true, 1],
] as const)('%s', { timeout: 60_000 }, async (_what, temporary, wanted) => {
  const path = mkdtempSync(join(tmpdir(), 'bulkhead-replay-'));
  closing.push(() => rmSync(path, { recursive: true, force: true }));
  const before = await open(path, temporary, false);
  await before.call('app.setPerson', { name: 'Marta' });
  const { id: incident } = await before.call('incidents.declare', {
    title: 'Checkout fails',
    severity: 'SEV2',
    signals: [],
    impactStarted: null,
    commander: true,
  });
  await before.stop();

  const practice = await open(path, temporary, true);
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
  await practice.stop();

  const after = await open(path, temporary, false);
  const { rows } = await after.call('timeline.window', {
    incident,
    filter: { only: 'all', find: '', retracted: false },
    offset: null,
    limit: 200,
    around: null,
  });
  expect(rows.filter((row) => JSON.stringify(row).includes('practice'))).toHaveLength(wanted);
  // The real board has no override, whatever was practised.
  expect((await after.call('health.board', {})).overrides ?? []).toEqual([]);
});
