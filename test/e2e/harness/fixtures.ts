// End-to-end specs take `test` and `expect` from here. Each test gets the built renderer in the Chromium host, inside the test's
// own process, over a fresh profile; `use` says what it needs: { answers, replay, size }; fixtures: page, opened, profile, feeds.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test as base, type Page } from '@playwright/test';
import type { Application, CreateApplication, Replay } from '../../../electron/host/application.ts';
import { createChromiumHost } from '../../../electron/host/chromium.ts';
import { findChromium, isExecutable } from '../../../electron/host/chromium-find.ts';
import { checkExternal } from '../../../electron/host/external.ts';
import type { Host } from '../../../electron/host/host.ts';
import type { Outside } from '../../../electron/host/outside.ts';
import { run } from '../../../electron/host/run.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { ok } from '../../../shared/result.ts';
import { type FeedServer, startFeedServer } from './feed-server.ts';
import { type Answers, createStandIn } from './standin-app.ts';

export { expect } from '@playwright/test';
export { axe, keys } from './axe.ts';
export { shot } from './shot.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export interface Opened {
  readonly page: Page;
  readonly app: Application;
  readonly host: Host;
  readonly profile: string;
  /** Links that the application asked the system to open, in order; nothing is really opened. */
  readonly openedLinks: readonly string[];
  /** Closes the window as a person would, and waits until everything has ended. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly profile: string;
  readonly replay?: Replay | null;
  readonly size?: { readonly width: number; readonly height: number };
  /** Canned answers instead of the real application. */
  readonly answers?: Answers | null;
}

/** Opens the application in a window of its own; for tests that close and reopen, kill, or open twice. */
export async function openApplication(options: OpenOptions): Promise<Opened> {
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
  let host: Host | null = null;
  let app: Application | null = null;
  let ended: Promise<void> = Promise.resolve();
  const page = await new Promise<Page>((resolve, reject) => {
    ended = run({
      create: async (deps) => {
        app = options.answers ? createStandIn(deps, options.answers) : await createReal(deps);
        return app;
      },
      clock: systemClock,
      args: { replay: options.replay ?? null, why: 'Chromium, for a test.' },
      profile: { path: options.profile, temporary: false },
      size: options.size,
      host: ({ log, blob }) => {
        host = createChromiumHost({
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
        });
        return host;
      },
    });
    ended.catch(reject);
  });
  return {
    page,
    app: app as unknown as Application,
    host: host as unknown as Host,
    profile: options.profile,
    openedLinks: links,
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
