// The real Chromium host over the tests' own page, for conformance and security.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createChromiumHost } from '../../../electron/host/chromium.ts';
import { findChromium, isExecutable } from '../../../electron/host/chromium-find.ts';
import { checkExternal } from '../../../electron/host/external.ts';
import type { Bridge, Host } from '../../../electron/host/host.ts';
import { createLog, type LogLine } from '../../../electron/log/log.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { ok } from '../../../shared/result.ts';
import type { Subject, WindowDriver } from './conformance.ts';

export const executable = findChromium({
  platform: process.platform,
  env: process.env,
  exists: isExecutable,
});

interface PageGlobals {
  bulkhead: { call(name: string, inputJson: string): Promise<string> } & Record<string, unknown>;
  heard: string[];
}

export interface ChromiumSubject extends Subject {
  readonly host: Host;
  readonly lines: LogLine[];
  /** The page of the window opened last. */
  page(): Page;
  openPage(bridge: Bridge): Promise<{ page: Page; closed: Promise<void> }>;
  end(): Promise<void>;
}

export function chromiumSubject(blobs: ReadonlyMap<string, Uint8Array> = new Map()): ChromiumSubject {
  if (executable === null) throw new Error('no Chromium, Chrome or Edge was found: install chromium');
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-host-'));
  const openedLinks: string[] = [];
  const lines: LogLine[] = [];
  let page: Page | null = null;
  let whenOpen: (page: Page) => void = () => {};
  const host = createChromiumHost({
    executable,
    profile,
    bundle: join(import.meta.dirname, '..', '..', 'fixtures', 'host', 'bundle'),
    blob: async (sha256) => blobs.get(sha256) ?? null,
    clock: systemClock,
    log: createLog((line) => lines.push(line), 'debug'),
    env: {},
    headless: true,
    outside: {
      opens: true,
      notifies: false,
      open: async (url) => {
        const checked = checkExternal(url);
        if (!checked.ok) return checked;
        openedLinks.push(checked.value);
        return ok(null);
      },
      notify: async () => ({
        ok: false,
        error: { code: 'not-here', message: 'A test shows no notifications.' },
      }),
    },
    onOpen: (opened) => {
      page = opened;
      whenOpen(opened);
    },
  });
  const openPage = async (bridge: Bridge): Promise<{ page: Page; closed: Promise<void> }> => {
    let closed: Promise<void> = Promise.resolve();
    const opened = await new Promise<Page>((resolve, reject) => {
      whenOpen = resolve;
      closed = host.openWindow({ title: 'Bulkhead', width: 1000, height: 700, path: '/' }, bridge);
      closed.catch(reject);
    });
    return { page: opened, closed };
  };
  const open = async (bridge: Bridge): Promise<WindowDriver> => {
    const { page: opened, closed } = await openPage(bridge);
    return {
      closed,
      surface: () =>
        opened.evaluate(() => Object.keys((globalThis as unknown as PageGlobals).bulkhead).sort()),
      call: (name, inputJson) =>
        opened.evaluate(
          ([call, input]) => (globalThis as unknown as PageGlobals).bulkhead.call(call ?? '', input ?? ''),
          [name, inputJson],
        ),
      heard: () => opened.evaluate(() => (globalThis as unknown as PageGlobals).heard),
    };
  };
  return {
    host,
    lines,
    openedLinks,
    open,
    openPage,
    page: () => {
      if (!page) throw new Error('no window was opened');
      return page;
    },
    end: async () => {
      await host.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
