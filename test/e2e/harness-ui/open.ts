// Opens the built renderer in an installed Chromium, with the stand-in for main. The build must be there (`npm run build`).
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { appData, incidentData } from './app-data.ts';
import { cellData, outage } from './board-data.ts';
import { type HarnessData, installBridge } from './bridge.ts';
import { serve } from './serve.ts';

/** Where the built renderer is; BULKHEAD_RENDERER names another build. */
export const DIST =
  process.env.BULKHEAD_RENDERER ?? fileURLToPath(new URL('../../../dist/renderer', import.meta.url));

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** An installed Chromium: BULKHEAD_CHROMIUM, a usual place, or the one Playwright would take. */
export const chromiumPath = (): string | undefined =>
  process.env.BULKHEAD_CHROMIUM ?? CANDIDATES.find((path) => existsSync(path));

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    chromiumSandbox: process.getuid?.() !== 0,
    headless: true,
  });

export const harnessData = (change: Partial<HarnessData> = {}): HarnessData => ({
  app: appData(),
  board: outage(),
  incidents: [],
  cells: { 'aws/us-east-1': cellData('aws', 'us-east-1') },
  ...change,
});

export { incidentData };

export interface OpenOptions {
  readonly data?: Partial<HarnessData>;
  readonly size?: { width: number; height: number };
  readonly hash?: string;
  /** More init scripts, before the page is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Page errors and refusals of the policy; a test asserts that there are none. */
export interface Opened {
  readonly page: Page;
  readonly errors: string[];
}

export async function openWindow(browser: Browser, url: string, options: OpenOptions = {}): Promise<Opened> {
  const page = await browser.newPage({
    viewport: options.size ?? { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.addInitScript(installBridge, harnessData(options.data));
  await options.prepare?.(page);
  await page.goto(`${url}${options.hash ?? ''}`);
  await page.locator('#main').waitFor();
  await page.evaluate(() => document.fonts.ready.then(() => null));
  return { page, errors };
}

interface Fixtures {
  open: (options?: OpenOptions) => Promise<Opened>;
}
interface WorkerFixtures {
  harness: { browser: Browser; url: string };
}

/** `open()` gives a window; everything is closed when the test ends, and errors of the page fail it. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  harness: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture needs none
    async ({}, use) => {
      const server = await serve(DIST);
      const browser = await launch();
      await use({ browser, url: server.url });
      await browser.close();
      await server.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ harness }, use) => {
    const opened: Opened[] = [];
    await use(async (options) => {
      const one = await openWindow(harness.browser, harness.url, options);
      opened.push(one);
      return one;
    });
    for (const { page, errors } of opened) {
      await page.close();
      if (errors.length) throw new Error(`the page reported: ${errors.join(' | ')}`);
    }
  },
});
export { expect } from '@playwright/test';
