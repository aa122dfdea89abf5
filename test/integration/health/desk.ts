// A health service on a folder of its own, with a clock that stands still and feeds whose answers the test decides.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import type { FeedConfig, Reference } from '../../../electron/health/defaults.ts';
import { failure } from '../../../electron/health/fetch/failures.ts';
import type { FetchFeed } from '../../../electron/health/fetch/fetcher.ts';
import { createHealth, type Health, type SignalWithEvidence } from '../../../electron/health/health.ts';
import type { Log } from '../../../electron/log/log.ts';
import { type Board, board as boardSchema, type FeedStateWord } from '../../../shared/contract/health.ts';

export const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => log,
};

const START = Date.parse('2026-10-20T07:00:00.000Z');
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** What an address answers: a body, "down" for a refused connection, or a status code. */
export type Answer = string | Uint8Array | 'down' | number;

export interface Desk {
  readonly health: Health;
  readonly signals: SignalWithEvidence[];
  readonly emitted: { rev: number; board: Board }[];
  readonly folder: string;
  answers: Record<string, Answer>;
  asked: string[];
  /** Address and the mark that it was asked with. */
  conditions: [url: string, etag: string | null][];
  /** Marks that addresses answer with; asked with the same one they answer "not modified". */
  etags: Record<string, string>;
  /** Minutes go by (on both clocks). */
  pass(minutes: number): void;
  /** Only the wall clock is set. */
  setWall(minutes: number): void;
  poll(...feeds: string[]): Promise<void>;
  board(): Promise<Board>;
  /** Waits until what is shown now was told to the window, and with it written into the record: at most twice a second. */
  told(): Promise<void>;
  state(feed: string): Promise<FeedStateWord>;
  close(): Promise<void>;
  reopen(): Promise<Desk>;
}

export const feed = (id: string, kind: FeedConfig['kind'], more: Partial<FeedConfig> = {}): FeedConfig => ({
  id,
  name: id.toUpperCase(),
  kind,
  provider: id,
  url: `https://${id}.example/feed`,
  intervalMs: 60_000,
  staleAfterMs: 300_000,
  enabled: true,
  builtIn: true,
  privateHost: null,
  ...more,
});

export const references: readonly Reference[] = ['a', 'b', 'c'].map((name) => ({
  name,
  url: `http://ref-${name}.example/`,
  status: 200,
  body: `answer of ${name}`,
}));
export const referencesWell = Object.fromEntries(references.map((one) => [one.url, one.body]));

export async function openDesk(
  feeds: readonly FeedConfig[],
  answers: Record<string, Answer>,
  options: {
    folder?: string;
    regions?: readonly string[];
    owner?: boolean;
    fromMinutes?: number;
    person?: string | null;
    /** Open incidents; not known by default. */
    incidents?: () => readonly string[] | null;
  } = {},
): Promise<Desk> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'bulkhead-health-'));
  let wall = START + (options.fromMinutes ?? 0) * 60_000;
  let uptime = 1_000_000;
  let ids = 0;
  const fetch: FetchFeed = async ({ url, etag }) => {
    desk.asked.push(url);
    desk.conditions.push([url, etag]);
    const held = desk.etags[url];
    if (held !== undefined && held === etag)
      return {
        ok: true,
        value: {
          ...{ status: 304, notModified: true, bytes: new Uint8Array(0), contentType: '', url },
          ...{ etag, lastModified: null, durationMs: 12 },
        },
      };
    const answer = desk.answers[url] ?? 'down';
    if (answer === 'down')
      return { ok: false, error: failure('refused', `${url} refused the connection. It is tried again.`) };
    if (typeof answer === 'number')
      return {
        ok: false,
        error: failure('http-status', `answered ${answer}`, { status: answer, retryAfterMs: null }),
      };
    const bytes = typeof answer === 'string' ? new TextEncoder().encode(answer) : answer;
    return {
      ok: true,
      value: {
        status: 200,
        notModified: false,
        bytes,
        contentType: '',
        etag: held ?? null,
        lastModified: null,
        url,
        durationMs: 12,
      },
    };
  };
  const signals: SignalWithEvidence[] = [];
  const emitted: Desk['emitted'] = [];
  const emittedRev = (): number | undefined => emitted.at(-1)?.rev;
  const health = await createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: { now: () => wall, uptime: () => uptime },
    ids: {
      uuid: () => {
        ids += 1;
        return `${folder.slice(-4)}-${wall}-${ids}`;
      },
    },
    random: () => 0,
    folder,
    emit: (_name, payload) => void emitted.push(payload as never),
    settings: () => ({ regions: options.regions ?? [] }),
    person: () => (options.person === null ? null : { name: options.person ?? 'Priya Raman' }),
    ...(options.incidents ? { incidents: options.incidents } : {}),
    log,
    owner: options.owner ?? true,
    feeds,
    references,
    fetch,
  });
  health.onSignals((told) => void signals.push(...told));
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await health.stop();
  };
  open.push(close);
  if (options.folder === undefined) open.push(async () => rmSync(folder, { recursive: true, force: true }));
  const desk: Desk = {
    health,
    signals,
    emitted,
    folder,
    answers,
    asked: [],
    conditions: [],
    etags: {},
    pass: (minutes) => {
      wall += minutes * 60_000;
      uptime += minutes * 60_000;
    },
    setWall: (minutes) => {
      wall += minutes * 60_000;
    },
    async poll(...ids) {
      for (const id of ids.length > 0 ? ids : feeds.map((one) => one.id))
        await health.handlers['health.pollNow']({ feed: id });
    },
    async board() {
      const result = await health.handlers['health.board']({});
      if (!result.ok) throw new Error(result.error.message);
      // What is shown is always what the contract says.
      return boardSchema.parse(result.value);
    },
    async told() {
      await expect
        .poll(async () => emittedRev() === (await desk.board()).rev, { timeout: 10_000, interval: 20 })
        .toBe(true);
    },
    state: async (id) => (await desk.board()).feeds.find((one) => one.id === id)!.state,
    close,
    reopen: async () => {
      await close();
      const minutes = (wall - START) / 60_000;
      return openDesk(feeds, desk.answers, { ...options, folder, fromMinutes: minutes });
    },
  };
  return desk;
}

/** A Statuspage summary with these components, as small as the format allows. */
export function statuspage(
  components: Readonly<Record<string, string>>,
  more: { incidents?: readonly unknown[]; updatedAt?: string } = {},
): string {
  return JSON.stringify({
    page: { id: 'p', name: 'Acme', updated_at: more.updatedAt ?? '2026-10-20T07:00:00.000Z' },
    status: { indicator: 'none', description: '' },
    components: Object.entries(components).map(([name, status], index) => ({
      id: `c${index}`,
      name,
      status,
      page_id: 'p',
      group: false,
      group_id: null,
      updated_at: '2026-10-20T06:00:00.000Z',
    })),
    incidents: more.incidents ?? [],
    scheduled_maintenances: [],
  });
}

/** An AWS current-events payload: UTF-16BE with its mark, one event per given service and state code. */
export function awsEvents(
  events: readonly { service: string; region?: string; code: 1 | 2 | 3; message?: string }[],
): Uint8Array {
  const list = events.map(({ service, region = 'us-east-1', code, message = 'We are investigating.' }) => ({
    date: '1792479600',
    arn: `arn:aws:health:${region}::event/${service.toUpperCase()}/AWS_${service.toUpperCase()}_OPERATIONAL_ISSUE/1`,
    region_name: region,
    status: String(code),
    service: `${service}-${region}`,
    service_name: service,
    summary: 'Increased error rates',
    event_log: [
      {
        summary: 'Increased error rates',
        message,
        status: code,
        timestamp: 1792479600,
      },
    ],
    impacted_services: {
      [`${service}-${region}`]: { service_name: service, current: String(code), max: String(code) },
    },
  }));
  const text = JSON.stringify(list);
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xfe, 0xff]);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    bytes[2 + index * 2] = unit >> 8;
    bytes[3 + index * 2] = unit & 255;
  }
  return bytes;
}
