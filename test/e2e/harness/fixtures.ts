// End-to-end specs take `test` and `expect` from here. Each test gets the built renderer in the Chromium host, inside the test's
// own process, over a fresh profile; `use` says what it needs: { answers, replay, size }; fixtures: page, opened, profile, feeds.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test as base, type Page } from '@playwright/test';
import type { CreateApplication, Rehearse, Replay } from '../../../electron/host/application.ts';
import { CHROMIUM_ORIGIN, ELECTRON_ORIGIN } from '../../../electron/host/channels.ts';
import { createChromiumHost } from '../../../electron/host/chromium.ts';
import { findChromium, isExecutable } from '../../../electron/host/chromium-find.ts';
import { checkExternal } from '../../../electron/host/external.ts';
import type { Outside } from '../../../electron/host/outside.ts';
import { run } from '../../../electron/host/run.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { ok } from '../../../shared/result.ts';
import { openElectron } from './electron.ts';
import { type FeedServer, startFeedServer } from './feed-server.ts';
import { type Answers, createStandIn } from './standin-app.ts';

export { expect } from '@playwright/test';
export { axe, keys } from './axe.ts';
export { shot } from './shot.ts';

/** The specs run in the real Electron's window (the public workflow); else in the Chromium host. */
export const inElectron = process.env['BULKHEAD_HOST'] === 'electron';
/** The window's own origin here. */
export const ownOrigin = inElectron ? ELECTRON_ORIGIN : CHROMIUM_ORIGIN;

const root = join(import.meta.dirname, '..', '..', '..');

export interface Opened {
  readonly page: Page;
  readonly profile: string;
  /** Links that the application asked the system to open, in order; nothing is really opened. */
  openedLinks(): Promise<readonly string[]>;
  /** Closes the window as a person would, and waits until everything has ended. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly profile: string;
  readonly replay?: Replay | null;
  readonly rehearse?: Rehearse | null;
  readonly size?: { readonly width: number; readonly height: number };
  /** Canned answers instead of the real application. */
  readonly answers?: Answers | null;
}

/** Opens the application in a window of its own; for tests that close and reopen, kill, or open twice. */
export function openApplication(options: OpenOptions): Promise<Opened> {
  if (!inElectron) return openChromium(options);
  if (options.answers)
    throw new Error('canned answers cannot cross into the real Electron: skip with `inElectron`');
  const { profile, replay = null } = options;
  return openElectron({ root, profile, replay, env: closedEnv() });
}

async function openChromium(options: OpenOptions): Promise<Opened> {
  const executable = findChromium({ platform: process.platform, env: process.env, exists: isExecutable });
  if (executable === null) throw new Error('no Chromium, Chrome or Edge was found: install chromium');
  const links: string[] = [];
  const outside: Outside = {
    opens: true,
    notifies: false,
    open: async (url) => {
      const checked = checkExternal(url);
      if (!checked.ok) return checked;
      links.push(checked.value);
      return ok(null);
    },
    notify: async () => ok(null),
  };
  let ended: Promise<void> = Promise.resolve();
  const page = await new Promise<Page>((resolve, reject) => {
    ended = run({
      create: async (deps) => (options.answers ? createStandIn(deps, options.answers) : createReal(deps)),
      clock: systemClock,
      args: {
        replay: options.replay ?? null,
        rehearse: options.rehearse ?? null,
        why: 'Chromium, for a test.',
      },
      profile: { path: options.profile, temporary: false },
      size: options.size,
      host: ({ log, blob }) =>
        createChromiumHost({
          executable,
          profile: options.profile,
          bundle: join(root, 'dist', 'renderer'),
          blob,
          clock: systemClock,
          log,
          env: closedEnv(),
          headless: true,
          outside,
          onOpen: (opened) => resolve(opened as Page),
        }),
    });
    ended.catch(reject);
  });
  return {
    page,
    profile: options.profile,
    openedLinks: async () => links,
    close: async () => {
      await page.close();
      await ended;
    },
  };
}

/** The application under test reaches loopback and nothing else: every other address goes to a proxy that is not there. */
const closedEnv = (): Record<string, string | undefined> => ({
  ...process.env,
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
  http_proxy: undefined,
  https_proxy: undefined,
  no_proxy: undefined,
});

/** The application as it was built: services with their workers lie together in dist/main. */
const createReal: CreateApplication = async (deps) => {
  const built = (await import(pathToFileURL(join(root, 'dist', 'main', 'app.js')).href)) as {
    createApp: CreateApplication;
  };
  return built.createApp(deps);
};

interface Options {
  answers: Answers | null;
  replay: Replay | null;
  /** Inner size of the window. */
  size: { width: number; height: number };
}

interface Fixtures {
  /** A fresh folder, removed after the test. */
  profile: string;
  /** A local server standing for the feeds; nothing answers until the test says what. */
  feeds: FeedServer;
  opened: Opened;
  page: Page;
}

export const test = base.extend<Options & Fixtures>({
  answers: [null, { option: true }],
  replay: [null, { option: true }],
  size: [{ width: 1440, height: 900 }, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: the driver reads the names of fixtures from this pattern
  profile: async ({}, use) => {
    const path = await mkdtemp(join(tmpdir(), 'bulkhead-e2e-'));
    await use(path);
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  },
  // biome-ignore lint/correctness/noEmptyPattern: the driver reads the names of fixtures from this pattern
  feeds: async ({}, use) => {
    const server = await startFeedServer();
    await use(server);
    await server.close();
  },
  opened: async ({ profile, answers, replay, size }, use) => {
    const opened = await openApplication({ profile, answers, replay, size });
    await use(opened);
    await opened.close();
  },
  page: async ({ opened }, use) => {
    await use(opened.page);
  },
});
