// The stand-in where Electron's binary cannot be had: an installed Chromium in app mode, driven over a pipe. No port is opened.
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { BulkheadError, fail, type Result } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Log } from '../log/log.ts';
import { createAssets } from './assets.ts';
import { CHROMIUM_ORIGIN } from './channels.ts';
import { launchOptions } from './chromium-flags.ts';
import { printWithChromium } from './chromium-print.ts';
import { guardPage } from './chromium-window.ts';
import type { Bridge, Capabilities, Host, WindowOptions } from './host.ts';
import { createOutside, type Outside } from './outside.ts';
import { proxyFromEnvironment } from './proxy.ts';
import { createSecrets } from './secrets.ts';

export interface ChromiumDeps {
  readonly executable: string;
  /** The profile; the browser keeps its own files in `browser/` below it. */
  readonly profile: string;
  /** The renderer's bundle. */
  readonly bundle: string;
  readonly blob: (sha256: string) => Promise<Uint8Array | null>;
  readonly clock: Clock;
  readonly log: Log;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** No window on a screen; for end-to-end tests on machines without a display. */
  readonly headless?: boolean;
  readonly outside?: Outside;
  /** Called with the page once the application is open in it. */
  readonly onOpen?: (page: Page) => void;
}

/** A page that crashes more often than this within a minute is not opened again by itself. */
const REOPENS_A_MINUTE = 3;

export function createChromiumHost(deps: ChromiumDeps): Host {
  const { log, env } = deps;
  const outside = deps.outside ?? createOutside({ platform: process.platform, env, log });
  const secrets = createSecrets({ path: join(deps.profile, 'secrets.json'), keyring: null, env });
  const assets = createAssets({ root: deps.bundle, origin: CHROMIUM_ORIGIN, blob: deps.blob });
  let context: BrowserContext | null = null;
  let isOpen = false;

  const capabilities: Capabilities = {
    window: true,
    dialogs: false,
    notifications: outside.notifies,
    print: true,
    openExternal: outside.opens,
    secrets: 'file',
    keepAwake: false,
    suspendEvents: false,
    tray: false,
    badge: false,
  };

  /** Somebody asked the window to close; what fails from then on is not a failure. */
  let closing = false;
  const launch = async (size: WindowOptions): Promise<BrowserContext> => {
    const root = process.getuid?.() === 0;
    const options = launchOptions({
      executable: deps.executable,
      headless: deps.headless ?? false,
      root,
      size,
    });
    try {
      return await chromium.launchPersistentContext(join(deps.profile, 'browser'), options);
    } catch (error) {
      throw new BulkheadError('no-window', hostText.noWindow(deps.executable, firstLine(error)));
    }
  };

  /** One browser with the window in it; resolves to how it ended. */
  const openOnce = async (options: WindowOptions, bridge: Bridge): Promise<'closed' | 'crashed'> => {
    const opened = await launch(options);
    context = opened;
    // Asked to end while the browser was still starting.
    if (closing) {
      await opened.close().catch(() => {});
      context = null;
      return 'closed';
    }
    let ended: 'closed' | 'crashed' = 'closed';
    // Closing the window, and a browser that was killed, both end here.
    const closed = new Promise<void>((resolve) => opened.once('close', () => resolve()));
    try {
      const page = opened.pages()[0] ?? (await opened.newPage());
      page.once('close', () => void opened.close().catch(() => {}));
      page.once('crash', () => {
        ended = 'crashed'; // the driver cannot use a crashed page again
        void opened.close().catch(() => {});
      });
      const stopEvents = await guardPage({ context: opened, page, bridge, assets, log, home: options.path });
      deps.onOpen?.(page);
      await closed;
      stopEvents();
      return ended;
    } catch (error) {
      await opened.close().catch(() => {});
      if (closing) return 'closed';
      throw error;
    } finally {
      context = null;
    }
  };

  const openWindow = async (options: WindowOptions, bridge: Bridge): Promise<void> => {
    if (isOpen) throw new BulkheadError('window-open', hostText.oneWindow);
    isOpen = true;
    closing = false;
    try {
      const crashes: number[] = [];
      while ((await openOnce(options, bridge)) === 'crashed') {
        const now = deps.clock.uptime();
        crashes.push(now);
        const recent = crashes.filter((at) => now - at < 60_000).length;
        log.error('the page of the window crashed', { recent });
        if (recent > REOPENS_A_MINUTE) return;
      }
    } finally {
      isOpen = false;
    }
  };

  return {
    kind: 'chromium',
    capabilities,
    openWindow,
    close: async () => {
      closing = true;
      await context?.close().catch(() => {});
    },
    chooseFolder: async () => notHere(hostText.chromium.folder),
    chooseSaveFile: async () => notHere(hostText.chromium.file),
    notify: outside.notify,
    openExternal: outside.open,
    print: (html) => printWithChromium({ executable: deps.executable, html }),
    secretGet: secrets.get,
    secretSet: secrets.set,
    keepAwake: async () => notHere(hostText.chromium.awake),
    onPower: () => () => {},
    proxyFor: async (url) => proxyFromEnvironment(url, env),
  };
}

const notHere = (what: string): Result<never> => fail('not-here', hostText.chromiumCannot(what));

const firstLine = (error: unknown): string => String((error as Error).message ?? error).split('\n')[0] ?? '';
