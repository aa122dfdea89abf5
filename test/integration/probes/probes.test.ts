// Probes against real servers on loopback, through the real fetcher.
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createFetcher } from '../../../electron/health/fetch/fetcher.ts';
import { checkDns } from '../../../electron/health/probes/dns.ts';
import { checkHttp } from '../../../electron/health/probes/http.ts';
import { checkTcp } from '../../../electron/health/probes/tcp.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { type ProbeSpec, parseProbes } from '../../../shared/probes/spec.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import { openDesk, references, referencesWell } from '../health/desk.ts';

const clock: Clock = systemClock;
const fetch = createFetcher({ clock, proxyFor: async () => 'direct' });
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const listening = async (server: {
  listen(port: number, host: string, done: () => void): unknown;
  address(): unknown;
  close(done?: () => void): unknown;
}): Promise<number> => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
};
const web = (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> =>
  listening(createServer(answer));

function spec<K extends ProbeSpec['kind']>(yaml: string): Extract<ProbeSpec, { kind: K }> {
  const { value, problems } = parseProbes(
    `probes:\n  p:\n    region: aws/eu-west-1\n    service: checkout\n${yaml}`,
  );
  if (value === null) throw new Error(problems.map((one) => one.text).join('; '));
  return value[0] as Extract<ProbeSpec, { kind: K }>;
}
const http = (yaml: string) => checkHttp(spec<'http'>(yaml), { fetch, clock });

describe('HTTP', () => {
  test('status, text and JSON path', async () => {
    const port = await web((request, response) => {
      if (request.url === '/teapot') response.statusCode = 418;
      if (request.url === '/down') response.statusCode = 503;
      response.end('{"checks":[{"status":"ok"}]}');
    });
    const at = `http://127.0.0.1:${port}`;
    expect(
      await http(
        `    http: ${at}/\n    json: { path: '$.checks[0].status', equals: ok }\n    body: checks\n`,
      ),
    ).toMatchObject({ ok: true });
    expect(
      (await http(`    http: ${at}/\n    json: { path: '$.checks[0].status', equals: down }\n`)).text,
    ).toBe('$.checks[0].status is "ok" instead of "down".');
    expect((await http(`    http: ${at}/\n    body: nothing\n`)).text).toContain('does not hold "nothing"');
    expect((await http(`    http: ${at}/down\n`)).text).toBe('Answered 503 instead of 200.');
    expect((await http(`    http: ${at}/teapot\n    status: [200, 418]\n`)).ok).toBe(true);
    expect((await http(`    http: ${at}/\n    status: 204\n`)).text).toBe('Answered 200 instead of 204.');
  });

  test('a server that says nothing ends with the timeout, one that is gone is refused', async () => {
    const port = await web(() => undefined);
    const slow = await http(
      `    http: http://127.0.0.1:${port}/\n    timeout: 300ms\n`.replace('300ms', '0.3s'),
    );
    expect(slow.ok).toBe(false);
    expect((await http('    http: http://127.0.0.1:9/\n')).ok).toBe(false);
  });

  test('days until the certificate ends', async () => {
    const fixture = (name: string) =>
      readFileSync(new URL(`../../fixtures/health/${name}`, import.meta.url), 'utf8');
    const cert = fixture('selfsigned.pem');
    const server = createTlsServer({ key: fixture('selfsigned-key.pem'), cert }, (_, response) =>
      response.end('well'),
    );
    const port = await listening(server);
    const trusting = createFetcher({
      clock,
      proxyFor: async () => 'direct',
      ca: [cert],
      resolve: async () => ['93.184.215.14'],
      dial: () => '127.0.0.1',
    });
    const found = await checkHttp(spec<'http'>(`    http: https://feed.example:${port}/\n`), {
      fetch: trusting,
      clock,
    });
    expect(found.ok).toBe(true);
    expect(found.certificateDays).toBeGreaterThan(300);
    closing.push(() => server.closeAllConnections());
  });
});

test('TCP: a port that takes connections, and one that does not', async () => {
  const port = await listening(createTcpServer((socket) => socket.end()));
  expect(await checkTcp(spec<'tcp'>(`    tcp: 127.0.0.1\n    port: ${port}\n`), clock)).toMatchObject({
    ok: true,
  });
  expect((await checkTcp(spec<'tcp'>('    tcp: 127.0.0.1\n    port: 9\n'), clock)).text).toBe(
    '127.0.0.1:9 refused the connection.',
  );
});

test('DNS: an answer, a wrong one, none, and a server that is silent', async () => {
  const server = createSocket('udp4');
  server.on('message', (query, from) => {
    const name = query.subarray(12, query.indexOf(0, 12) + 1).toString('latin1');
    if (name.includes('silent')) return;
    const none = name.includes('none');
    // Header: the query's id, answer, recursion; one question; one answer or NXDOMAIN.
    const head = Buffer.from([
      query[0]!,
      query[1]!,
      0x81,
      none ? 0x83 : 0x80,
      0,
      1,
      0,
      none ? 0 : 1,
      0,
      0,
      0,
      0,
    ]);
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7]);
    server.send(Buffer.concat(none ? [head, question] : [head, question, record]), from.port, from.address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const at = `127.0.0.1:${server.address().port}`;
  const dns = (name: string, more = '') =>
    checkDns(spec<'dns'>(`    dns: ${name}\n    server: "${at}"\n    timeout: 0.5s\n${more}`), clock);
  expect(await dns('www.shop.example')).toMatchObject({ ok: true });
  expect(await dns('www.shop.example', '    expect: 192.0.2.7\n')).toMatchObject({ ok: true });
  expect((await dns('www.shop.example', '    expect: 192.0.2.8\n')).text).toContain('without 192.0.2.8');
  expect((await dns('none.shop.example')).text).toBe('A none.shop.example has no answer.');
  expect((await dns('silent.shop.example')).text).toContain('did not answer');
});

describe('on the board', () => {
  const probe = (url: string): ProbeSpec => spec<'http'>(`    http: ${url}\n    every: 30s\n`);

  test('a probe is a row of what we see, a source of the judge, a signal, and a reading with figures', async () => {
    const desk = await openDesk([], { ...referencesWell, 'http://127.0.0.1/ok': 'well' });
    desk.health.setPacks({
      feeds: [],
      probes: [{ id: 'checkout', spec: probe('http://127.0.0.1/ok') }],
      paths: new Map(),
    });
    const check = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i += 1) {
        desk.pass(0.5);
        await desk.poll('checkout');
      }
    };
    await check(3);
    const board = await desk.board();
    const column = board.columns.findIndex((one) => one.codes['aws'] === 'eu-west-1');
    expect(board.columns[column]?.ours).toBe(true);
    const row = board.rows.find((one) => one.group === 'see')!;
    expect(row).toMatchObject({ provider: 'probes', name: 'Own probes', freshness: 'fresh' });
    expect(row.cells[column]).toMatchObject({ state: 'operational', troubled: 0 });
    desk.answers['http://127.0.0.1/ok'] = 503;
    await check(2);
    const after = await desk.board();
    expect(after.rows.find((one) => one.group === 'see')!.cells[column]).toMatchObject({
      state: 'major-outage',
      troubled: 1,
      services: ['p'],
    });
    expect(after.probes?.[0]).toMatchObject({ id: 'checkout', state: 'major-outage', path: 'none' });
    expect(after.glance.broken.state).toBe('broken');
    expect(desk.signals.at(-1)).toMatchObject({
      kind: 'worse',
      provider: 'aws',
      region: 'eu-west-1',
      service: 'checkout',
      to: 'major-outage',
    });
    expect(after.cascade).toMatchObject({
      state: 'spreading',
      first: { provider: 'aws', region: 'eu-west-1' },
    });
    expect(desk.health.readings()).toMatchObject([
      { source: 'checkout', sourceType: 'probe', state: 'major-outage', tries: 2, errors: 100, fresh: true },
    ]);
  });

  test('a probe that is not tried any more is not well: good news goes stale, bad news stays', async () => {
    const desk = await openDesk([], { ...referencesWell, 'http://127.0.0.1/ok': 'well' });
    desk.health.setPacks({
      feeds: [],
      probes: [{ id: 'checkout', spec: probe('http://127.0.0.1/ok') }],
      paths: new Map(),
    });
    await desk.poll('checkout');
    desk.pass(10);
    const [view] = (await desk.board()).probes ?? [];
    expect(view).toMatchObject({ state: 'unknown' });
  });

  test('where everything and the references fail it is the path: said once, no outage, no signal of the place', async () => {
    const url = 'https://checkout.example/health';
    const desk = await openDesk([], { ...referencesWell, [url]: 'well' });
    desk.health.setPacks({ feeds: [], probes: [{ id: 'checkout', spec: probe(url) }], paths: new Map() });
    await desk.poll('checkout');
    for (const key of Object.keys(desk.answers)) desk.answers[key] = 'down';
    for (let i = 0; i < 6; i += 1) {
      desk.pass(0.5);
      await desk.poll('checkout');
    }
    expect(desk.signals.map(({ kind }) => kind)).toEqual(['path']);
    const board = await desk.board();
    expect(board.offline).not.toBeNull();
    expect(board.probes).toMatchObject([{ state: 'unknown' }]);
    Object.assign(desk.answers, referencesWell, { [url]: 'well' });
    desk.pass(0.5);
    await desk.poll('checkout');
    expect(desk.signals.map(({ kind }) => kind)).toEqual(['path', 'path']);
  });

  test('a path of a pack is lost by itself: its probes are unknown, the internet is not', async () => {
    const inside = 'https://inside.example/health';
    const outside = 'https://outside.example/health';
    const reference = { name: 'Gateway', url: 'http://gateway.example/', status: 200, body: 'alive' };
    const desk = await openDesk([], {
      ...referencesWell,
      [inside]: 'well',
      [outside]: 'well',
      [reference.url]: 'alive',
    });
    const vpn = { ...probe(inside), path: 'vpn' };
    desk.health.setPacks({
      feeds: [],
      probes: [
        { id: 'inside', spec: vpn },
        { id: 'outside', spec: probe(outside) },
      ],
      paths: new Map([['vpn', [reference]]]),
    });
    await desk.poll('inside', 'outside');
    desk.answers[inside] = 'down';
    // A captive portal answers 200 to everything: that is not the expected answer.
    desk.answers[reference.url] = 'please log in';
    for (let i = 0; i < 4; i += 1) {
      desk.pass(0.5);
      await desk.poll('inside', 'outside');
    }
    expect(desk.signals.map(({ text }) => text)).toEqual([
      'Path vpn is lost: what is asked over it and its references do not answer. Everything on it is unknown from here on.',
    ]);
    const board = await desk.board();
    expect(board.offline).toBeNull();
    expect(board.probes).toMatchObject([{ id: 'inside', state: 'unknown' }]);
    expect(references).toHaveLength(3);
    // The row of our probes is not cut off: only what lies on the path is unknown, and the words name the path.
    const row = board.rows.find((one) => one.provider === 'probes')!;
    expect(row.freshness).toBe('fresh');
    expect(row.cells.filter((one) => one !== null)).toMatchObject([
      { state: 'unknown', stale: true, cause: '1 of 2 probes: path vpn is lost' },
    ]);
    expect(board.glance.broken).toMatchObject({
      state: 'unknown',
      lead: 'No trouble heard',
      lines: ['Not heard: path vpn, 1 source.'],
    });
  });

  test('a lost path makes its own probes unknown and no others; bad news stays, in its own region', async () => {
    const inside = 'https://inside.example/health';
    const sick = 'https://sick.example/health';
    const outside = 'https://outside.example/health';
    const reference = { name: 'Gateway', url: 'http://gateway.example/', status: 200, body: 'alive' };
    const desk = await openDesk([], {
      ...referencesWell,
      [inside]: 'well',
      [sick]: 'down',
      [outside]: 'well',
      [reference.url]: 'alive',
    });
    const at = (url: string, region: string, path: string | null) => ({ ...probe(url), region, path });
    desk.health.setPacks({
      feeds: [],
      probes: [
        { id: 'inside', spec: at(inside, 'eu-west-1', 'vpn') },
        { id: 'sick', spec: at(sick, 'us-east-1', 'vpn') },
        { id: 'outside', spec: at(outside, 'us-west-2', null) },
      ],
      paths: new Map([['vpn', [reference]]]),
    });
    for (let i = 0; i < 4; i += 1) {
      desk.pass(0.5);
      await desk.poll('inside', 'sick', 'outside');
    }
    desk.answers[inside] = 'down';
    desk.answers[reference.url] = 'down';
    for (let i = 0; i < 4; i += 1) {
      desk.pass(0.5);
      await desk.poll('inside', 'sick', 'outside');
    }
    const { rows, columns, glance } = await desk.board();
    const row = rows.find((one) => one.provider === 'probes')!;
    const cell = (region: string) =>
      row.cells[columns.findIndex((one) => Object.values(one.codes).includes(region))];
    expect(row.freshness).toBe('fresh');
    expect(cell('us-west-2')).toMatchObject({ state: 'operational', stale: false });
    expect(cell('us-west-2')).not.toHaveProperty('cause');
    expect(cell('eu-west-1')).toMatchObject({ state: 'unknown', stale: true, cause: 'path vpn is lost' });
    expect(cell('us-east-1')).toMatchObject({
      state: 'major-outage',
      stale: true,
      staleSince: expect.stringMatching(/^2026-10-20T07:0/),
      cause: 'path vpn is lost',
    });
    expect(glance.broken.lines.at(-1)).toBe('Not heard: path vpn, 2 sources.');
  });
});

test('a path that is taken out of its pack while it is lost is not said to be back', async () => {
  const url = 'https://inside.example/health';
  const reference = { name: 'Gateway', url: 'http://gateway.example/', status: 200, body: 'alive' };
  const desk = await openDesk([], { ...referencesWell, [url]: 'well', [reference.url]: 'alive' });
  const [spec] = parseProbes(
    `probes:\n  inside:\n    http: ${url}\n    region: own/cellar\n    every: 30s\n    path: vpn\n`,
  ).value!;
  const probes = [{ id: 'inside', spec: spec! }];
  desk.health.setPacks({ feeds: [], probes, paths: new Map([['vpn', [reference]]]) });
  await desk.poll('inside');
  desk.answers[url] = 'down';
  desk.answers[reference.url] = 'down';
  desk.pass(0.5);
  await desk.poll('inside');
  desk.health.setPacks({ feeds: [], probes: [], paths: new Map() });
  expect(desk.signals.map(({ kind, to, text }) => [kind, to, text.split(':')[0]])).toEqual([
    ['path', 'unknown', 'Path vpn is lost'],
    ['info', 'unknown', 'Path vpn is defined by no pack any more'],
  ]);
});
