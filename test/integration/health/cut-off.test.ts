// Four nights in which it is easy to say something false, over real connections: a VPN whose proxy stops, a portal that answers 200
// to everything, a feed that turns empty in the middle of an outage, a cache that serves old copies. Each has one statement.

import { mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { FeedConfig, Reference } from '../../../electron/health/defaults.ts';
import { createFetcher } from '../../../electron/health/fetch/fetcher.ts';
import {
  createHealth,
  type Health,
  type PackSources,
  type SignalWithEvidence,
} from '../../../electron/health/health.ts';
import { type Board, board as boardSchema } from '../../../shared/contract/health.ts';
import { awsEvents, feed, log, statuspage } from './desk.ts';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  closing.push(() => stop(server));
  return server;
}
async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  await new Promise<void>((done) => void server.close(() => done()));
}

type Answer = string | Uint8Array;
interface Night {
  readonly health: Health;
  readonly signals: SignalWithEvidence[];
  /** Host and path -> what it answers; a Map that the test changes. */
  readonly answers: Map<string, Answer>;
  /** The way out to hosts under `.vpn.example`; it can be stopped. */
  readonly proxy: Server;
  /** From now on every address answers with this page; null: with its own answer again. */
  portal(page: string | null): void;
  minutes(count: number): Promise<void>;
  board(): Promise<Board>;
}

/** A health service whose addresses are all answered by one server, some of them over a proxy. */
async function night(
  feeds: readonly FeedConfig[],
  answers: Map<string, Answer>,
  packs?: PackSources,
): Promise<Night> {
  let portal: string | null = null;
  const origin = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://origin.example');
    const answer = portal ?? answers.get(`${request.headers.host}${pathname}`);
    if (answer === undefined) response.writeHead(404).end();
    else response.end(answer);
  });
  // A forward proxy as companies run them: an absolute address in, the answer out.
  const proxy = await listen((request, response) => {
    const wanted = new URL(request.url ?? '');
    const onwards = httpRequest(
      {
        host: '127.0.0.1',
        port: portOf(origin),
        path: wanted.pathname,
        headers: { ...request.headers, host: wanted.host },
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onwards.on('error', () => response.destroy());
    request.pipe(onwards);
  });
  const proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
  const originUrl = `http://127.0.0.1:${portOf(origin)}`;
  let wall = Date.parse('2026-10-20T07:00:00.000Z');
  const clock = { now: () => wall, uptime: () => wall };
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-night-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const signals: SignalWithEvidence[] = [];
  const health = await createHealth({
    host: { proxyFor: async () => 'direct' },
    clock,
    ids: { uuid: () => crypto.randomUUID() },
    random: () => 0,
    folder,
    emit: () => undefined,
    settings: () => ({ regions: ['aws/us-east-1'] }),
    log,
    owner: true,
    feeds,
    references,
    fetch: createFetcher({
      clock,
      // Everything goes over a proxy, so that names need no resolver; only one of the two can be stopped.
      proxyFor: async (url) => (new URL(url).hostname.endsWith('.vpn.example') ? proxyUrl : originUrl),
    }),
  });
  closing.push(() => health.stop());
  health.onSignals((told) => void signals.push(...told));
  if (packs !== undefined) health.setPacks(packs);
  await health.start();
  const ids = [...feeds, ...(packs?.feeds ?? [])].map((one) => one.id);
  return {
    health,
    signals,
    answers,
    proxy,
    async minutes(count) {
      for (let i = 0; i < count; i += 1) {
        wall += 60_000;
        await Promise.all(ids.map((id) => health.handlers['health.pollNow']({ feed: id })));
      }
    },
    async board() {
      const result = await health.handlers['health.board']({});
      if (!result.ok) throw new Error(result.error.message);
      return boardSchema.parse(result.value);
    },
    portal: (page) => {
      portal = page;
    },
  };
}

const references: readonly Reference[] = ['a', 'b', 'c'].map((name) => ({
  name,
  url: `http://ref-${name}.example/`,
  status: 200,
  body: `answer of ${name}`,
}));
const world = (more: Record<string, Answer> = {}): Map<string, Answer> =>
  new Map<string, Answer>([
    ...references.map((one) => [`${new URL(one.url).host}/`, one.body] as const),
    ...Object.entries(more),
  ]);
const page = (id: string, host = `${id}.example`): FeedConfig =>
  feed(id, 'statuspage', { url: `http://${host}/feed` });

test('a VPN whose proxy stops is one statement about the VPN, and the internet goes on', async () => {
  const inside = ['alerts', 'builds', 'deploys', 'edge', 'fleet'].map((id) => ({
    ...page(id, `${id}.vpn.example`),
    builtIn: false,
    path: 'shop-vpn',
  }));
  const answers = world({
    'aws.example/feed': awsEvents([]),
    'gateway.vpn.example/alive': 'alive',
    ...Object.fromEntries(
      inside.map(({ id }) => [`${id}.vpn.example/feed`, statuspage({ API: 'operational' })]),
    ),
  });
  const gateway = { name: 'Gateway', url: 'http://gateway.vpn.example/alive', status: 200, body: 'alive' };
  const one = await night([feed('aws', 'aws-currentevents', { url: 'http://aws.example/feed' })], answers, {
    feeds: inside,
    probes: [],
    paths: new Map([['shop-vpn', [gateway]]]),
  });
  await one.minutes(2);
  expect(new Set((await one.board()).feeds.map((row) => row.state))).toEqual(new Set(['fresh']));
  await stop(one.proxy);
  await one.minutes(8);
  const lost = await one.board();
  // Said once, by name.
  expect(one.signals.map(({ kind, text }) => [kind, text.split(':')[0]])).toEqual([
    ['path', 'Path shop-vpn is lost'],
  ]);
  // What is on it is unknown, and says why; the internet is not blamed.
  expect(lost.offline).toBeNull();
  for (const row of lost.feeds.filter(({ id }) => id !== 'aws')) {
    expect(row).toMatchObject({ state: 'offline' });
    expect(row.reason).toContain('shop-vpn');
    expect(row.reason).not.toMatch(/internet/i);
  }
  expect(lost.feeds.find(({ id }) => id === 'aws')?.state).toBe('fresh');
  for (const row of lost.rows.filter(({ provider }) => provider !== 'aws'))
    expect([row.span, ...row.cells].map((cell) => cell?.state ?? 'unknown')).not.toContain('operational');
  for (const row of lost.rows.filter(({ provider }) => provider !== 'aws'))
    expect(row.span?.text).toBe('Global. Not heard: path shop-vpn is lost');
  // We run in us-east-1, which is heard: nothing broken there, and one word for everything on the VPN.
  expect(lost.glance.broken).toEqual({
    state: 'quiet',
    lead: 'Nothing broken',
    lines: ['Not heard: path shop-vpn, 5 sources.'],
  });
});

const five = ['one', 'two', 'three', 'four'].map((id) => page(id));
const watched = [feed('aws', 'aws-currentevents', { url: 'http://aws.example/feed' }), ...five];
const wellAnswers = (): Map<string, Answer> =>
  world({
    'aws.example/feed': awsEvents([]),
    ...Object.fromEntries(five.map(({ id }) => [`${id}.example/feed`, statuspage({ API: 'operational' })])),
  });

test('a portal that answers 200 to everything is no internet, and no feed is called broken', async () => {
  const one = await night(watched, wellAnswers());
  await one.minutes(2);
  one.portal('<html><title>Welcome</title>Sign in to the hotel</html>');
  await one.minutes(3);
  const lost = await one.board();
  expect(one.signals.map(({ kind, text }) => [kind, text.split(':')[0]])).toEqual([['path', 'No internet']]);
  expect(lost.offline?.text).toContain('No internet');
  expect(lost.glance.now.lead).toBe('No internet since 07:03Z');
  expect(lost.glance.broken).toEqual({
    state: 'unknown',
    lead: 'No trouble heard',
    lines: ['Not heard: the internet, all 5 sources.'],
  });
  expect(new Set(lost.feeds.map(({ state }) => state))).toEqual(new Set(['offline']));
  for (const row of lost.rows)
    for (const cell of [row.span, ...row.cells]) if (cell !== null) expect(cell.state).toBe('unknown');
  // Signed in: everything is as it was, and that is no news.
  one.portal(null);
  await one.minutes(3);
  expect((await one.board()).offline).toBeNull();
  expect(one.signals.map(({ kind }) => kind)).toEqual(['path', 'path']);
});

test('one address that still answers does not make the statement flap', async () => {
  const many = ['one', 'two', 'three', 'four', 'five', 'six'].map((id) => page(id));
  const answers = world(
    Object.fromEntries(many.map(({ id }) => [`${id}.example/feed`, statuspage({ API: 'operational' })])),
  );
  const one = await night(many, answers);
  await one.minutes(2);
  const before = new Map(answers);
  // A wall with one hole: everything but one feed is closed, the references as well.
  for (const key of before.keys()) if (!key.startsWith('six.')) answers.delete(key);
  await one.minutes(10);
  expect(one.signals.map(({ kind, to }) => [kind, to])).toEqual([['path', 'unknown']]);
  for (const [key, answer] of before) answers.set(key, answer);
  await one.minutes(2);
  expect(one.signals.map(({ kind, to }) => [kind, to])).toEqual([
    ['path', 'unknown'],
    ['path', 'operational'],
  ]);
});

test('a valid empty feed in the middle of an outage is no recovery', async () => {
  const answers = world({ 'aws.example/feed': awsEvents([{ service: 'dynamodb', code: 3 }]) });
  const one = await night([feed('aws', 'aws-currentevents', { url: 'http://aws.example/feed' })], answers);
  await one.minutes(3);
  expect(one.signals.map(({ kind, to }) => [kind, to])).toEqual([['worse', 'major-outage']]);
  answers.set('aws.example/feed', awsEvents([]));
  const east = async () => {
    const board = await one.board();
    const column = board.columns.findIndex(({ codes }) => codes['aws'] === 'us-east-1');
    return board.rows[0]!.cells[column]!;
  };
  await one.minutes(3);
  // The feed is heard and fresh; its silence is no word, so the outage stands.
  expect((await one.board()).feeds[0]!.state).toBe('fresh');
  expect(await east()).toMatchObject({ state: 'major-outage' });
  expect(one.signals).toHaveLength(1);
  await one.minutes(4);
  // Then it is said once what happened: it is no longer listed. Nobody has said that it is over.
  expect(one.signals.map(({ kind, to }) => [kind, to])).toEqual([
    ['worse', 'major-outage'],
    ['no-longer-listed', 'unknown'],
  ]);
  expect(one.signals[1]!.text).toContain('no longer listed, not resolved');
  expect(await east()).toMatchObject({ noLongerListed: true });
});

test('a cache that serves old copies makes nothing better, and the feed says so', async () => {
  const copy = (status: string, at: string): string =>
    statuspage({ API: status }, { updatedAt: `2026-10-20T${at}:00Z` });
  const answers = world({ 'one.example/feed': copy('operational', '06:50') });
  const one = await night([page('one')], answers);
  await one.minutes(2);
  answers.set('one.example/feed', copy('major_outage', '07:01'));
  await one.minutes(2);
  expect(one.signals.map(({ kind, to }) => [kind, to])).toEqual([['worse', 'major-outage']]);
  // Now the old copy, and the new one, and the old one for good.
  for (const [status, at, minutes] of [
    ['operational', '06:50', 1],
    ['major_outage', '07:01', 1],
    ['operational', '06:50', 12],
  ] as const) {
    answers.set('one.example/feed', copy(status, at));
    await one.minutes(minutes);
  }
  const board = await one.board();
  expect(board.rows[0]!.span).toMatchObject({ state: 'major-outage', stale: true });
  expect(board.feeds[0]).toMatchObject({ state: 'stale' });
  expect(board.feeds[0]!.reason).toMatch(/^Only older copies since 07:07Z/);
  expect(one.signals.filter(({ to }) => to === 'operational')).toEqual([]);
  expect(one.signals.map(({ kind }) => kind)).toEqual(['worse', 'feed']);
  expect(board.glance.broken.lines.join(' ')).toContain('ONE stale');
});
