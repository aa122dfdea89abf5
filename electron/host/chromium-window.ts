// The one page of the stand-in: the bridge put into it, its requests answered, everything foreign turned away.
import type { BrowserContext, Page, Route } from 'playwright-core';
import { fail } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';
import type { Log } from '../log/log.ts';
import type { Assets } from './assets.ts';
import { CHROMIUM_ORIGIN } from './channels.ts';
import { installBridge } from './chromium-inject.ts';
import type { Bridge } from './host.ts';

const CALL_BINDING = '__bulkheadCall';

export interface GuardDeps {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly bridge: Bridge;
  readonly assets: Assets;
  readonly log: Log;
  /** Where the window belongs, within the own origin. */
  readonly home: string;
}

/** True for the own origin and nothing that only begins like it. */
export const isOwn = (url: string): boolean =>
  url === CHROMIUM_ORIGIN || url.startsWith(`${CHROMIUM_ORIGIN}/`);

/** Closes everything around the page, puts the bridge in, and opens the application in it. Returns how to stop sending events. */
export async function guardPage(deps: GuardDeps): Promise<() => void> {
  const { context, page, bridge, log } = deps;
  await context.route('**/*', (route) => answerRoute(route, deps));
  await context.routeWebSocket(/.*/, (socket) => {
    log.warn('a web socket was refused', { url: socket.url().slice(0, 200) });
    void socket.close({ code: 1008, reason: 'refused' });
  });
  await context.exposeBinding(
    CALL_BINDING,
    async ({ frame, page: from }, name: unknown, inputJson: unknown) => {
      if (from !== page || frame !== page.mainFrame() || !isOwn(frame.url())) {
        log.warn('a call from another frame or origin was refused', { origin: originOf(frame.url()) });
        return JSON.stringify(fail('refused-sender', hostText.onlyMainFrame));
      }
      return bridge.call(String(name), String(inputJson));
    },
  );
  await context.addInitScript(installBridge, { origin: CHROMIUM_ORIGIN, binding: CALL_BINDING });
  context.on('page', (other) => {
    if (other === page) return;
    log.warn('a second window was closed', { url: other.url().slice(0, 200) });
    void other.close().catch(() => {});
  });
  page.on('framenavigated', (frame) => {
    const url = frame.url();
    if (frame !== page.mainFrame() || isOwn(url)) return;
    log.warn('the window was brought back from a foreign page', { url: url.slice(0, 200) });
    void page.goto(CHROMIUM_ORIGIN + deps.home).catch(() => {});
  });
  page.on('download', (download) => {
    log.warn('a download was refused', { url: download.url().slice(0, 200) });
    void download.cancel().catch(() => {});
  });
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
  const stop = bridge.onEvent((topic, payloadJson) => {
    page.evaluate(pushEvent, [topic, payloadJson] as const).catch(() => {
      // The page is going away or reloading: it reads its snapshots again when it is back.
    });
  });
  await page.goto(CHROMIUM_ORIGIN + deps.home);
  return stop;
}

function pushEvent([topic, payloadJson]: readonly [string, string]): void {
  const push = (globalThis as { __bulkheadPush?: (topic: string, payloadJson: string) => void })
    .__bulkheadPush;
  push?.(topic, payloadJson);
}

async function answerRoute(route: Route, { assets, log }: GuardDeps): Promise<void> {
  const request = route.request();
  const url = request.url();
  try {
    if (!isOwn(url)) {
      log.warn('a request to the outside was refused', { url: url.slice(0, 200) });
      await route.abort('blockedbyclient');
      return;
    }
    const { status, headers, body } = await assets(request.method(), url);
    await route.fulfill({ status, headers: { ...headers }, body: Buffer.from(body) });
  } catch (error) {
    log.debug('a request ended before its answer', { url: url.slice(0, 200), error });
  }
}

function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return 'none';
  }
}
