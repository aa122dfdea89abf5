// The built window in a real Chromium, over stand-ins for main: how the room, runbooks and reports screens are tried without main.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { EventName, Output, Payload } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';
import {
  answer,
  createRoomStandIn,
  type Handler,
  type HandlerMap,
  type RoomStandIn,
  type RoomStory,
} from './room.ts';
import { at } from './room-rows.ts';
import { createLibraryStandIn, type Library } from './runbooks.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
/** As strict as the product's own page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves one folder on loopback, on a port of the system's choice. */
async function serve(folder: string): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname)).replace(
      /^\/+/,
      '',
    );
    readFile(join(folder, path || 'index.html')).then(
      (body) => {
        response.writeHead(200, {
          'content-type': TYPES[extname(path) || '.html'] ?? 'application/octet-stream',
          'content-security-policy': POLICY,
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/` };
}

/** The built renderer: the repository's own unless told. */
export const rendererFolder = (): string =>
  process.env['BULKHEAD_RENDERER'] ?? join(import.meta.dirname, '../../../dist/renderer');

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const browserPath = (): string | undefined =>
  process.env['BULKHEAD_CHROMIUM'] ?? BROWSERS.find((path) => existsSync(path));

export interface StageOptions extends Partial<Omit<RoomStory, 'now' | 'send'>> {
  readonly folder?: string;
  /** The page to open: `room`, `runbooks?path=...`. */
  readonly hash?: string;
  readonly theme?: 'night' | 'red' | 'day';
  readonly type?: 'normal' | 'large';
  readonly width?: number;
  readonly height?: number;
  readonly readOnly?: boolean;
  readonly offline?: boolean;
  readonly dialogs?: boolean;
  readonly folders?: 'none' | 'one' | 'unreadable';
  readonly documents?: Parameters<typeof createLibraryStandIn>[0]['documents'];
  readonly executablePath?: string;
  /** More answers, or others, than the room's and the library's. */
  readonly extend?: (given: {
    readonly send: <N extends EventName>(name: N, payload: Payload<N>) => void;
    readonly now: () => string;
    readonly room: RoomStandIn;
  }) => HandlerMap;
  /** What every incident that is sent or answered gets besides. */
  readonly incident?: (view: Output<'room.open'>['incident']) => Output<'room.open'>['incident'];
}

export interface Stage {
  readonly page: Page;
  readonly room: RoomStandIn;
  readonly library: Library;
  /** Console errors and uncaught exceptions so far. */
  readonly errors: string[];
  close(): Promise<void>;
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const { server, url } = await serve(options.folder ?? rendererFolder());
  const browser: Browser = await chromium.launch({
    executablePath: options.executablePath ?? browserPath(),
    chromiumSandbox: false,
    headless: true,
  });
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
  });
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));

  const start = performance.now();
  const now = (): string =>
    new Date(Date.parse(at('09:14:27')) + Math.floor(performance.now() - start)).toISOString();
  const send = <N extends EventName>(name: N, payload: Payload<N>): void => {
    const said =
      name === 'room.changed' && options.incident
        ? {
            ...payload,
            incident: options.incident((payload as Payload<'room.changed'>).incident),
          }
        : payload;
    page
      .evaluate(
        ([topic, json]) => {
          const listeners =
            (window as unknown as { standInListeners?: ((t: string, j: string) => void)[] })
              .standInListeners ?? [];
          for (const listener of listeners) listener(topic!, json!);
        },
        [name, JSON.stringify(said)] as const,
      )
      .catch((error: unknown) => {
        // What is said to a window that has just closed reaches nobody; that is no failure of the test.
        if (!page.isClosed()) throw error;
      });
  };
  const person = options.person ?? 'Marta Lindqvist';
  const room = createRoomStandIn({ ...options, now, send, person });
  const library = createLibraryStandIn({ send, folders: options.folders, documents: options.documents });

  let settings: Output<'app.snapshot'>['settings'] = {
    theme: options.theme ?? 'night',
    type: options.type ?? 'normal',
    zone: 'America/New_York',
    regions: [],
    firstRunDone: true,
  };
  const snapshot = (): Output<'app.snapshot'> => ({
    rev: 1,
    version: '0.1.0',
    host: {
      kind: 'chromium',
      why: 'Electron is not here.',
      capabilities: {
        window: true,
        dialogs: options.dialogs ?? false,
        notifications: false,
        print: true,
        openExternal: true,
        secrets: 'file',
        keepAwake: false,
        suspendEvents: false,
        tray: false,
        badge: false,
      },
    },
    profile: { path: '/home/marta/.config/bulkhead', temporary: false, owner: true },
    person: { id: 'p1', name: person },
    settings,
    journal: {
      entries: 1284,
      savedAt: at('09:14:27'),
      writable: !options.readOnly,
      reason: options.readOnly ? 'The disk is full.' : null,
    },
    replay: null,
    notices: [],
    now: now(),
  });
  const board = (): Output<'health.board'> => ({
    rev: 1,
    now: now(),
    columns: [],
    rows: [],
    feeds: [],
    glance: {
      broken: {
        state: 'broken',
        lead: '2 regions, 6 services',
        lines: ['us-east-1 out, eu-west-1 worse again', 'Not heard: Azure, Fastly. Elsewhere: 2 regions'],
      },
      now: { lead: 'Nothing is running.', lines: [] },
      next: [],
    },
    signals: { total: 0, since: null, latest: [] },
    offline: options.offline
      ? { since: at('08:08:00'), text: 'No internet since 08:08Z. Room, runbooks and journal work.' }
      : null,
  });
  const own: HandlerMap = {
    'app.snapshot': () => ok(snapshot()),
    'app.setPerson': () => ok({}),
    'app.setSettings': ((change: Partial<typeof settings>) => {
      settings = { ...settings, ...change };
      return ok({});
    }) as never,
    'app.dismissNotice': () => ok({}),
    'app.report': ((input: { message: string }) => {
      errors.push(input.message);
      return ok({});
    }) as never,
    'health.board': () => ok(board()),
    'health.signals': () => ok({ signals: [], total: 0 }),
  };
  const handlers: HandlerMap = {
    ...own,
    ...room.handlers,
    ...library.handlers,
    ...options.extend?.({ send, now, room }),
  };
  const opening = room.handlers['room.open'];
  if (options.incident && opening)
    handlers['room.open'] = (async (input: never) => {
      const answered = (await opening(input)) as Result<Output<'room.open'>>;
      return answered.ok && options.incident
        ? ok({ ...answered.value, incident: options.incident(answered.value.incident) })
        : answered;
    }) as Handler;
  await page.exposeFunction('standInCall', (name: string, json: string) => answer(handlers, name, json));
  await page.addInitScript(() => {
    const listeners: ((topic: string, json: string) => void)[] = [];
    const target = window as unknown as {
      standInListeners: typeof listeners;
      standInCall: (name: string, json: string) => Promise<string>;
      bulkhead: unknown;
    };
    target.standInListeners = listeners;
    target.bulkhead = {
      call: (name: string, json: string) => target.standInCall(name, json),
      on(listener: (topic: string, json: string) => void) {
        listeners.push(listener);
        return () => listeners.splice(listeners.indexOf(listener), 1);
      },
    };
  });
  await page.goto(`${url}#${options.hash ?? 'room'}`);
  return {
    page,
    room,
    library,
    errors,
    async close() {
      await browser.close();
      await new Promise((done) => server.close(done));
    },
  };
}
