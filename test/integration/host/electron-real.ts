// The hosts' conformance over the real Electron: this is an application of its own, bundled and started by build/conformance.mjs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { createElectronHost } from '../../../electron/host/electron.ts';
import { claim } from '../../../electron/host/electron-claim.ts';
import type { Bridge } from '../../../electron/host/host.ts';
import { silentLog } from '../../../electron/log/log.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { conformance, eventually, type WindowDriver } from './conformance.ts';

const profile = mkdtempSync(join(tmpdir(), 'bulkhead-conformance-'));
const root = process.env['BULKHEAD_ROOT'] ?? process.cwd();
if (claim(profile, app.isPackaged) !== 'first')
  throw new Error('the instance lock of a fresh profile was not given');
app.on('window-all-closed', () => {});

async function main(): Promise<number> {
  await app.whenReady();
  const host = createElectronHost({
    profile,
    bundle: join(root, 'test', 'fixtures', 'host', 'bundle'),
    preload: join(root, 'dist', 'main', 'preload.cjs'),
    packaged: false,
    blob: async () => null,
    clock: systemClock,
    log: silentLog,
    env: {},
  });
  const open = async (bridge: Bridge): Promise<WindowDriver> => {
    const closed = host.openWindow({ title: 'Bulkhead', width: 1000, height: 700, path: '/' }, bridge);
    const page = <T>(code: string): Promise<T> =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<T>;
    await eventually(async () => {
      if (!(await page<boolean>('globalThis.scriptRan === true')))
        throw new Error('the page did not run its script');
    });
    return {
      closed,
      surface: () => page('Object.keys(globalThis.bulkhead).sort()'),
      call: (name, input) =>
        page(`globalThis.bulkhead.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`),
      heard: () => page('globalThis.heard'),
    };
  };
  let failed = 0;
  for (const check of conformance) {
    try {
      // Null: the links would go to the real system.
      await check.run({ host, open, openedLinks: null });
      process.stdout.write(`passed: ${check.name}\n`);
    } catch (error) {
      failed += 1;
      process.stdout.write(`FAILED: ${check.name}\n${(error as Error).stack}\n`);
      await host.close();
    }
  }
  return failed;
}

main().then(
  (failed) => {
    rmSync(profile, { recursive: true, force: true });
    app.exit(failed === 0 ? 0 : 1);
  },
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    app.exit(1);
  },
);
