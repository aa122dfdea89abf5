// Electron's host over the stand-in for its module (a test that takes this mocks `electron` with electron-standin.ts).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElectronHost } from '../../../electron/host/electron.ts';
import type { Bridge } from '../../../electron/host/host.ts';
import { createLog, type LogLine } from '../../../electron/log/log.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import type { Subject, WindowDriver } from './conformance.ts';
import { reset, seen } from './electron-standin.ts';

interface PreloadApi {
  call(name: string, inputJson: string): Promise<string>;
  on(listener: (topic: string, payloadJson: string) => void): () => void;
}

export interface ElectronSubject extends Subject {
  readonly lines: LogLine[];
  readonly profile: string;
  end(): Promise<void>;
}

export function electronSubject(packaged = false): ElectronSubject {
  reset();
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-host-'));
  const lines: LogLine[] = [];
  const host = createElectronHost({
    profile,
    bundle: join(import.meta.dirname, '..', '..', 'fixtures', 'host', 'bundle'),
    preload: '/nowhere/preload.cjs',
    packaged,
    blob: async () => null,
    clock: systemClock,
    log: createLog((line) => lines.push(line), 'debug'),
    env: {},
  });
  const open = async (bridge: Bridge): Promise<WindowDriver> => {
    const closed = host.openWindow({ title: 'Bulkhead', width: 1000, height: 700, path: '/' }, bridge);
    while (!seen.windows.at(-1)?.calls.includes('show'))
      await new Promise((resolve) => setImmediate(resolve));
    if (!seen.exposed.has('bulkhead')) await import('../../../electron/preload.ts');
    const api = seen.exposed.get('bulkhead') as PreloadApi;
    const heard: string[] = [];
    api.on((topic, payloadJson) => heard.push(`${topic} ${payloadJson}`));
    return {
      closed,
      surface: async () => Object.keys(api).sort(),
      call: api.call,
      heard: async () => heard,
    };
  };
  return {
    host,
    lines,
    profile,
    openedLinks: seen.opened,
    open,
    end: async () => {
      await host.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
