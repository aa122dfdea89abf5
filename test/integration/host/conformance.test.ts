import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it, vi } from 'vitest';
import { createHeadlessHost } from '../../../electron/host/headless.ts';
import { chromiumSubject } from './chromium-subject.ts';
import { conformance, type Subject } from './conformance.ts';
import { electronSubject } from './electron-subject.ts';

vi.mock('electron', async () => import('./electron-standin.ts'));

function headlessSubject(): Subject & { end(): Promise<void> } {
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-host-'));
  const host = createHeadlessHost({ profile, env: {} });
  return {
    host,
    openedLinks: null,
    open: async () => {
      throw new Error('a host without a window was asked for one');
    },
    end: async () => {
      await host.close();
      rmSync(profile, { recursive: true });
    },
  };
}

const hosts = [
  ['headless', headlessSubject],
  ['Chromium', chromiumSubject],
  ['Electron (stand-in for its module)', electronSubject],
] as const;

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

describe.each(hosts)('the host %s', (_name, make) => {
  let end: () => Promise<void> = async () => {};
  afterEach(() => end());
  for (const check of conformance)
    it(check.name, async () => {
      const subject = make();
      end = () => subject.end();
      await check.run(subject);
    });
});
