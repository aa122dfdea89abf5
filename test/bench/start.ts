// From opening the window to an application that answers keys, beside an empty page in the same host; turn by turn, medians.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CreateApplication } from '../../electron/host/application.ts';
import { createChromiumHost } from '../../electron/host/chromium.ts';
import { findChromium, isExecutable } from '../../electron/host/chromium-find.ts';
import type { Host } from '../../electron/host/host.ts';
import { run } from '../../electron/host/run.ts';
import { stopwatch, systemClock } from '../../electron/time/systemClock.ts';

const TURNS = 5;
const root = join(import.meta.dirname, '..', '..');
const executable = findChromium({ platform: process.platform, env: process.env, exists: isExecutable });
if (executable === null) throw new Error('no Chromium, Chrome or Edge was found: install chromium');

const { createApp } = (await import(pathToFileURL(join(root, 'dist', 'main', 'app.js')).href)) as {
  createApp: CreateApplication;
};

const silent: CreateApplication = async () => ({
  bridge: { call: async () => '{"ok":false,"error":{"code":"none","message":""}}', onEvent: () => () => {} },
  start: async () => {},
  stop: async () => {},
});

/** Milliseconds from the start of the entry to a window that holds what `ready` waits for. */
async function measure(create: CreateApplication, bundle: string, ready: string): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
  const began = stopwatch();
  let took = 0;
  let host: Host | null = null;
  await run({
    create,
    clock: systemClock,
    args: { replay: null, why: 'a benchmark' },
    profile: { path: profile, temporary: false },
    host: ({ log, blob }) => {
      host = createChromiumHost({
        executable: executable as string,
        profile,
        bundle,
        blob,
        clock: systemClock,
        log,
        env: { ...process.env, HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
        headless: true,
        onOpen: async (page) => {
          await page.waitForSelector(ready, { timeout: 30_000 });
          took = stopwatch() - began;
          await host?.close();
        },
      });
      return host;
    },
  });
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  return took;
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const application: number[] = [];
const empty: number[] = [];
for (let turn = 0; turn < TURNS; turn++) {
  empty.push(await measure(silent, join(root, 'test', 'fixtures', 'host', 'empty'), '#ready'));
  application.push(
    await measure(createApp, join(root, 'dist', 'renderer'), '[data-interactive], main, [role="main"]'),
  );
}
const value = median(application);
const floor = median(empty);
process.stdout.write(
  `${JSON.stringify({ what: 'start to interactive against an empty window in the same host', value, floor, ratio: value / floor, reach: '<= 1.5' })}\n`,
);
process.exit(0);
