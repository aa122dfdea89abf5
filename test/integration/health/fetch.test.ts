// The fetcher against hostile servers on loopback. Numbers are those of the attacks that it has to repel.
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createFetcher,
  type FetcherDeps,
  type FetchRequest,
  type FetchResult,
  retryAfter,
} from '../../../electron/health/fetch/fetcher.ts';
import { stopwatch } from '../../../electron/time/systemClock.ts';

/** A public address, dialled on loopback by the `dial` seam, so that the very checks of production run. */
const PUBLIC = '93.184.216.34';
const open: { close(done: () => void): unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) {
    if ('closeAllConnections' in one) (one as Server).closeAllConnections();
    await new Promise<void>((done) => void one.close(() => done()));
  }
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(answer);
  open.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

async function serveRaw(reply: string, keepOpen = false): Promise<number> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => (keepOpen ? socket.write(reply) : socket.end(reply)));
    setTimeout(() => socket.destroy(), 3000).unref();
  });
  open.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'feed.example': [PUBLIC],
  'other.example': [PUBLIC],
  'inside.example': ['10.0.0.7'],
  'meta.example': ['169.254.169.254'],
};

const fetcher = (deps: Partial<FetcherDeps> = {}) =>
  createFetcher({
    clock: { now: () => Date.parse('2026-10-20T08:00:00.000Z'), uptime: () => 0 },
    proxyFor: async () => 'direct',
    resolve: async (host) => {
      const found = NAMES[host];
      if (found === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
      return found;
    },
    dial: (address) => (address === PUBLIC ? '127.0.0.1' : address),
    ...deps,
  });

const get = (
  url: string,
  more: Partial<FetchRequest> = {},
  deps: Partial<FetcherDeps> = {},
): Promise<FetchResult> =>
  fetcher(deps)({ url, privateHost: null, etag: null, lastModified: null, totalMs: 3000, ...more });

const code = (result: FetchResult): string => (result.ok ? `ok ${result.value.status}` : result.error.code);
const text = (result: FetchResult): string => {
  if (!result.ok) throw new Error(result.error.message);
  return Buffer.from(result.value.bytes).toString('utf8');
};

describe('a good feed', () => {
  test('is read, with its validators, and asked conditionally next time', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const port = await serve((request, response) => {
      seen.push(request.headers);
      if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end();
      response.writeHead(200, {
        etag: '"1"',
        'last-modified': 'Tue, 20 Oct 2026 07:00:00 GMT',
        'content-type': 'application/json',
      });
      response.end('[]');
    });
    const url = `http://feed.example:${port}/`;
    const first = await get(url);
    expect(text(first)).toBe('[]');
    expect(first).toMatchObject({
      value: { etag: '"1"', lastModified: 'Tue, 20 Oct 2026 07:00:00 GMT', contentType: 'application/json' },
    });
    const second = await get(url, { etag: '"1"', lastModified: 'Tue, 20 Oct 2026 07:00:00 GMT' });
    expect(second).toMatchObject({ ok: true, value: { notModified: true, status: 304 } });
    expect(seen[1]).toMatchObject({ 'if-modified-since': 'Tue, 20 Oct 2026 07:00:00 GMT' });
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('is unpacked from %s', async (coding, pack) => {
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': coding });
      response.end(pack(Buffer.from('{"all":"well"}')));
    });
    expect(text(await get(`http://feed.example:${port}/`))).toBe('{"all":"well"}');
  });

  test('follows a redirect on the public network', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/old') return void response.writeHead(301, { location: '/new' }).end();
      response.end('here');
    });
    const result = await get(`http://feed.example:${port}/old`);
    expect(text(result)).toBe('here');
    expect(result).toMatchObject({ value: { url: `http://feed.example:${port}/new` } });
  });

  test('that says when to come back is understood', async () => {
    const port = await serve((_, response) => response.writeHead(429, { 'retry-after': '120' }).end());
    const result = await get(`http://feed.example:${port}/`);
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'http-status', detail: { status: 429, retryAfterMs: 120_000 } },
    });
    expect(retryAfter('Tue, 20 Oct 2026 08:01:00 GMT', Date.parse('2026-10-20T08:00:00Z'))).toBe(60_000);
    expect(retryAfter('soon', 0)).toBeNull();
  });
});

describe('E43: private addresses in every spelling', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::10.0.0.1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://localhost/',
    'http://feed.localhost/',
    'http://inside.example/',
    'http://meta.example/',
  ])('%s is refused', async (url) => {
    expect(code(await get(url))).toBe('private-address');
  });

  test('a literal private address is refused through a proxy as well', async () => {
    const proxied = await get('http://169.254.169.254/', {}, { proxyFor: async () => 'http://127.0.0.1:9' });
    expect(code(proxied)).toBe('private-address');
  });

  test('a feed configured with a private address may use that host, and no other', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/away')
        return void response.writeHead(302, { location: 'http://10.0.0.1/' }).end();
      response.end('ours');
    });
    const ours = { privateHost: '127.0.0.1' };
    expect(text(await get(`http://127.0.0.1:${port}/`, ours))).toBe('ours');
    expect(code(await get(`http://127.0.0.1:${port}/away`, ours))).toBe('private-address');
  });
});

test('E44: a public feed that redirects into the private network is not followed', async () => {
  let reached = 0;
  const inner = await serve((_, response) => {
    reached += 1;
    response.end('secret');
  });
  for (const target of [
    `http://127.0.0.1:${inner}/`,
    `http://localhost:${inner}/`,
    'http://inside.example/',
  ]) {
    const port = await serve((_, response) => response.writeHead(302, { location: target }).end());
    expect(code(await get(`http://feed.example:${port}/`))).toBe('private-address');
  }
  expect(reached).toBe(0);
});

test('E45: the address that was checked is the one that is dialled, whatever the name says later', async () => {
  let asked = 0;
  const dialled: string[] = [];
  const port = await serve((_, response) => response.end('public'));
  const result = await get(
    `http://rebinding.example:${port}/`,
    {},
    {
      resolve: async () => {
        asked += 1;
        return asked === 1 ? [PUBLIC] : ['127.0.0.1'];
      },
      dial: (address) => {
        dialled.push(address);
        return '127.0.0.1';
      },
    },
  );
  expect(text(result)).toBe('public');
  expect(asked).toBe(1);
  expect(dialled).toEqual([PUBLIC]);
  // A name with a public and a private address is used with the public one only.
  dialled.length = 0;
  await get(
    `http://mixed.example:${port}/`,
    {},
    {
      resolve: async () => ['10.0.0.1', PUBLIC, '::1'],
      dial: (address) => {
        dialled.push(address);
        return '127.0.0.1';
      },
    },
  );
  expect(dialled).toEqual([PUBLIC]);
});

test.each(['file:///etc/passwd', 'ftp://feed.example/x', 'data:application/json,[]', 'javascript:1'])(
  'E46: %s is no feed',
  async (url) => {
    expect(code(await get(url))).toBe('bad-scheme');
  },
);

test('E46: a redirect to another scheme is not followed', async () => {
  const port = await serve((_, response) =>
    response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  );
  expect(code(await get(`http://feed.example:${port}/`))).toBe('bad-scheme');
});

describe('E47: https', () => {
  const fixture = (name: string): string =>
    readFileSync(join(import.meta.dirname, '../../fixtures/health', name), 'utf8');
  const cert = fixture('selfsigned.pem');
  const serveTls = async (answer: (response: ServerResponse) => void): Promise<number> => {
    const server = createTlsServer({ key: fixture('selfsigned-key.pem'), cert }, (_, response) =>
      answer(response),
    );
    open.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  };

  test('a certificate that nobody vouches for is refused, and one for another name', async () => {
    const port = await serveTls((response) => response.end('[]'));
    expect(code(await get(`https://feed.example:${port}/`))).toBe('certificate');
    expect(text(await get(`https://feed.example:${port}/`, {}, { ca: [cert] }))).toBe('[]');
    const wrong = { ca: [cert], resolve: async () => [PUBLIC] };
    expect(code(await get(`https://wrong.example:${port}/`, {}, wrong))).toBe('certificate');
  });

  test('a redirect down to http is refused', async () => {
    const port = await serveTls((response) =>
      response.writeHead(302, { location: 'http://feed.example/plain' }).end(),
    );
    expect(code(await get(`https://feed.example:${port}/`, {}, { ca: [cert] }))).toBe('redirect-downgrade');
  });
});

describe('E48: redirects', () => {
  test('a loop ends after five', async () => {
    let asked = 0;
    const port = await serve((_, response) => {
      asked += 1;
      response.writeHead(302, { location: '/again' }).end();
    });
    expect(code(await get(`http://feed.example:${port}/`))).toBe('redirect-loop');
    expect(asked).toBe(6);
  });

  test('credentials and validators do not follow to another host', async () => {
    const seen: Record<string, unknown>[] = [];
    const port = await serve((request, response) => {
      seen.push({
        host: request.headers.host,
        auth: request.headers.authorization,
        tag: request.headers['if-none-match'],
      });
      if (request.headers.host?.startsWith('feed.example'))
        return void response.writeHead(302, { location: `http://other.example:${port}/` }).end();
      response.end('ok');
    });
    expect(code(await get(`http://user:secret@feed.example:${port}/`, { etag: '"1"' }))).toBe('ok 200');
    expect(seen[0]).toMatchObject({
      auth: `Basic ${Buffer.from('user:secret').toString('base64')}`,
      tag: '"1"',
    });
    expect(seen[1]).toEqual({ host: `other.example:${port}`, auth: undefined, tag: undefined });
  });
});

describe('E51: bombs', () => {
  const zeros = Buffer.alloc(8 * 1024 * 1024);
  test.each([
    ['gzip', gzipSync(zeros)],
    ['br', brotliCompressSync(zeros)],
    ['zstd', zstdCompressSync(zeros)],
    ['deflate', deflateSync(zeros)],
    ['gzip, gzip', gzipSync(gzipSync(zeros))],
  ])('%s that unpacks past the limit is thrown away', async (coding, packed) => {
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': coding });
      response.end(packed);
    });
    expect(code(await get(`http://feed.example:${port}/`, { maxDecodedBytes: 1024 * 1024 }))).toBe(
      'too-large-decoded',
    );
  });

  test('three layers, an unknown packing and a broken one are refused', async () => {
    for (const coding of ['gzip, gzip, gzip', 'compress', 'gzip']) {
      const port = await serve((_, response) => {
        response.writeHead(200, { 'content-encoding': coding });
        response.end('not packed at all');
      });
      expect(code(await get(`http://feed.example:${port}/`))).toBe('bad-encoding');
    }
  });
});

describe('E52: bodies without end', () => {
  test('an endless body stops at the limit', async () => {
    const port = await serve((_, response) => {
      response.on('error', () => undefined);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(code(await get(`http://feed.example:${port}/`, { maxBytes: 1_000_000 }))).toBe('too-large');
  });

  test('one byte at a time ends with the time that was given', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    });
    const before = stopwatch();
    expect(code(await get(`http://feed.example:${port}/`, { totalMs: 400 }))).toBe('timeout');
    expect(stopwatch() - before).toBeLessThan(2000);
  });

  test('a server that takes the connection and says nothing ends with the time that was given', async () => {
    const port = await serveRaw('', true);
    expect(code(await get(`http://feed.example:${port}/`, { totalMs: 300 }))).toBe('timeout');
  });

  test('a Content-Length over the limit is refused unread; one that is too long or too short is not believed', async () => {
    const big = await serveRaw('HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n', true);
    expect(code(await get(`http://feed.example:${big}/`))).toBe('too-large');
    const short = await serveRaw('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2');
    expect(code(await get(`http://feed.example:${short}/`))).toBe('cut-off');
    const long = await serveRaw(
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]trailing',
    );
    expect(['ok 200', 'not-http']).toContain(code(await get(`http://feed.example:${long}/`)));
  });

  test('what is not HTTP says so', async () => {
    const port = await serveRaw('SSH-2.0-OpenSSH_9.6\r\n');
    expect(code(await get(`http://feed.example:${port}/`))).toBe('not-http');
  });
});

test('names that are not found, closed ports and proxies that are not there are told apart', async () => {
  expect(code(await get('http://nobody.example/'))).toBe('name-not-found');
  const port = await serve((_, response) => response.end());
  await new Promise<void>((done) => void open.pop()!.close(() => done()));
  expect(code(await get(`http://feed.example:${port}/`))).toBe('refused');
  const proxied = await get('http://feed.example/', {}, { proxyFor: async () => `http://127.0.0.1:${port}` });
  expect(code(proxied)).toBe('proxy');
  const socks = await get('http://feed.example/', {}, { proxyFor: async () => 'socks5://127.0.0.1:1' });
  expect(code(socks)).toBe('proxy');
});

test('through a proxy the proxy resolves names', async () => {
  const seen: (string | undefined)[] = [];
  const port = await serve((request, response) => {
    seen.push(request.url);
    response.end('via proxy');
  });
  const result = await get(
    'http://unresolvable.example/feed',
    {},
    {
      proxyFor: async () => `http://127.0.0.1:${port}`,
    },
  );
  expect(text(result)).toBe('via proxy');
  expect(seen[0]).toContain('unresolvable.example');
});
