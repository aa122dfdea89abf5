// Fetches one address the way a feed may be fetched: a checked and pinned address, bounded in time and size, no downgrade,
// no credentials to another host, conditional when we hold a copy (robustness.md E 43 to 52).
import { lookup } from 'node:dns/promises';
import type { LookupFunction, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Agent, buildConnector, type Dispatcher, ProxyAgent, request as undiciRequest } from 'undici';
import { fetchText } from '../../../shared/text/health.ts';
import { type Clock, type Instant, toInstant } from '../../../shared/time/clock.ts';
import { bareHost, isLocalName, isPublicAddress, literalAddress } from './address.ts';
import { BodyRefused, readBody } from './body.ts';
import { type FetchFailure, failure, failureOf } from './failures.ts';

export interface FetchRequest {
  readonly url: string;
  /** This host may have a private address, because a person configured the feed with it; no other host may. */
  readonly privateHost: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Milliseconds until connected. */
  readonly connectMs?: number;
  /** Milliseconds for the whole of it, redirects and body included. */
  readonly totalMs?: number;
  /** Bytes over the wire. */
  readonly maxBytes?: number;
  /** Bytes after decompression. */
  readonly maxDecodedBytes?: number;
  /** A signed request of a protocol of its own: sent as it is, never redirected, and every status is an answer. */
  readonly send?: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array | null;
  };
}

export interface FetchAnswer {
  /** 200 to 206, or 304; any for a request that was sent as it is. */
  readonly status: number;
  readonly notModified: boolean;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly durationMs: number;
  /** When the certificate of the last host ends; null over plain HTTP or a proxy. */
  readonly certificateUntil?: Instant | null;
  /** What time it is by the server, the age of a cached answer added: milliseconds; null when it does not say. */
  readonly date?: number | null;
  /** Only for a request that was sent as it is. */
  readonly headers?: Readonly<Record<string, string>>;
}

export type FetchResult =
  | { readonly ok: true; readonly value: FetchAnswer }
  | { readonly ok: false; readonly error: FetchFailure };

/** Never throws. */
export type FetchFeed = (request: FetchRequest) => Promise<FetchResult>;

export interface FetcherDeps {
  readonly clock: Clock;
  /** `direct` or a proxy URL. With a proxy the proxy resolves names, and only literal addresses are checked here. */
  proxyFor(url: string): Promise<string>;
  /** Addresses of a name; the system's resolver by default. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Where a checked address is really dialled; itself by default. Tests stand on loopback for a public address by it. */
  readonly dial?: (address: string) => string;
  /** PEM of further certificate authorities, as the host gives them. */
  readonly ca?: readonly string[];
}

export const FETCH_LIMITS = {
  connectMs: 10_000,
  totalMs: 30_000,
  maxBytes: 16 * 1024 * 1024,
  maxDecodedBytes: 32 * 1024 * 1024,
  redirects: 5,
} as const;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const AGENT = 'Bulkhead (incident war room; status feed reader)';

type Checked =
  | { readonly ok: true; readonly addresses: readonly string[] | null }
  | { readonly ok: false; readonly error: FetchFailure };

export function createFetcher(deps: FetcherDeps): FetchFeed {
  const resolve =
    deps.resolve ??
    (async (host) => (await lookup(host, { all: true, verbatim: true })).map((one) => one.address));
  const dial = deps.dial ?? ((address) => address);

  /** Resolves once and checks; the list that comes back is the only one that is connected to. Null: the proxy resolves. */
  async function check(url: URL, privateHost: string | null, viaProxy: boolean): Promise<Checked> {
    const host = bareHost(url);
    const allowed = privateHost !== null && host === privateHost;
    const refused = (address: string): Checked => ({
      ok: false,
      error: failure('private-address', fetchText.privateAddress(host, address)),
    });
    const literal = literalAddress(host);
    if (literal !== null) {
      if (!allowed && !isPublicAddress(literal)) return refused(literal);
      return { ok: true, addresses: viaProxy ? null : [literal] };
    }
    if (!allowed && isLocalName(host)) return refused('this machine');
    if (viaProxy) return { ok: true, addresses: null };
    let found: readonly string[];
    try {
      found = await resolve(host);
    } catch (error) {
      return { ok: false, error: failureOf(error, host, null) };
    }
    if (found.length === 0)
      return { ok: false, error: failure('name-not-found', fetchText.nameNotFound(host)) };
    const usable = allowed ? found : found.filter(isPublicAddress);
    return usable.length === 0 ? refused(found[0]!) : { ok: true, addresses: usable };
  }

  function dispatcherFor(
    addresses: readonly string[] | null,
    proxy: string | null,
    connectMs: number,
    seen: (certificateUntil: Instant | null) => void,
  ): Dispatcher {
    const tls = deps.ca === undefined ? {} : { ca: [...deps.ca] };
    if (proxy !== null)
      return new ProxyAgent({ uri: proxy, connectTimeout: connectMs, requestTls: tls, proxyTls: tls });
    const pinned = (addresses ?? []).map(dial);
    const lookupPinned: LookupFunction = (_host, options, callback) => {
      const all = pinned.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      if (options.all) callback(null, all);
      else callback(null, all[0]!.address, all[0]!.family);
    };
    const base = buildConnector({
      ...tls,
      timeout: connectMs,
      lookup: lookupPinned,
      autoSelectFamily: true,
      allowH2: false,
    });
    return new Agent({
      connect: (options, callback) =>
        base(options, (...connected) => {
          const [, socket] = connected;
          if (socket !== null) seen(certificateEnd(socket));
          callback(...connected);
        }),
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: 1,
    });
  }

  return async (wanted) => {
    const started = deps.clock.uptime();
    const totalMs = wanted.totalMs ?? FETCH_LIMITS.totalMs;
    const limits = {
      wire: wanted.maxBytes ?? FETCH_LIMITS.maxBytes,
      decoded: wanted.maxDecodedBytes ?? FETCH_LIMITS.maxDecodedBytes,
    };
    let certificateUntil: Instant | null = null;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), totalMs);
    try {
      return await follow();
    } finally {
      clearTimeout(timer);
    }

    async function follow(): Promise<FetchResult> {
      const first = URL.parse(wanted.url);
      if (first === null) return { ok: false, error: failure('bad-url', fetchText.badUrl(wanted.url)) };
      let url = first;
      for (let hop = 0; hop <= FETCH_LIMITS.redirects; hop += 1) {
        if (url.protocol !== 'https:' && url.protocol !== 'http:')
          return { ok: false, error: failure('bad-scheme', fetchText.badScheme(url.protocol)) };
        const answered = await one(url, first);
        if (!('redirect' in answered)) return answered;
        // What was signed for one host is not sent to another.
        if (wanted.send !== undefined)
          return { ok: false, error: failure('bad-redirect', fetchText.badRedirect(url.host)) };
        const next = URL.parse(answered.redirect, url);
        if (next === null)
          return { ok: false, error: failure('bad-redirect', fetchText.badRedirect(url.host)) };
        if (url.protocol === 'https:' && next.protocol === 'http:')
          return {
            ok: false,
            error: failure('redirect-downgrade', fetchText.downgrade(url.host, next.host)),
          };
        url = next;
      }
      return {
        ok: false,
        error: failure('redirect-loop', fetchText.redirectLoop(first.host, FETCH_LIMITS.redirects)),
      };
    }

    async function one(url: URL, first: URL): Promise<FetchResult | { readonly redirect: string }> {
      const answer = await deps.proxyFor(url.href);
      const proxy = /^direct$/i.test(answer) || answer === '' ? null : answer;
      if (proxy !== null && !/^https?:\/\//i.test(proxy))
        return { ok: false, error: failure('proxy', fetchText.proxyKind(proxy)) };
      // A redirect never leads into the private network, not even back to the configured host's name under another one.
      const checked = await check(url, wanted.privateHost, proxy !== null);
      if (!checked.ok) return checked;
      const dispatcher = dispatcherFor(
        checked.addresses,
        proxy,
        Math.min(wanted.connectMs ?? FETCH_LIMITS.connectMs, totalMs),
        (until) => {
          certificateUntil = until;
        },
      );
      try {
        return await exchange(url, first, dispatcher);
      } catch (error) {
        if (stop.signal.aborted)
          return { ok: false, error: failure('timeout', fetchText.timeout(url.host, totalMs)) };
        if (error instanceof BodyRefused)
          return { ok: false, error: failure(error.code, bodyText(error, url.host)) };
        return {
          ok: false,
          error: failureOf(error, url.host, proxy === null ? null : URL.parse(proxy)!.host),
        };
      } finally {
        dispatcher.destroy().catch(() => undefined); // the connection is of no use any more; how it ends does not matter
      }
    }

    function bodyText(error: BodyRefused, host: string): string {
      if (error.code === 'too-large') return fetchText.tooLarge(host, limits.wire);
      if (error.code === 'too-large-decoded') return fetchText.tooLargeDecoded(host, limits.decoded);
      return fetchText.badEncoding(host, error.what);
    }

    async function exchange(
      url: URL,
      first: URL,
      dispatcher: Dispatcher,
    ): Promise<FetchResult | { readonly redirect: string }> {
      const { send } = wanted;
      const headers: Record<string, string> = {
        accept:
          'application/json, application/rss+xml, application/atom+xml, application/xml, text/xml, */*;q=0.5',
        'accept-encoding': 'gzip, br, zstd',
        'user-agent': AGENT,
      };
      if (url.origin === first.origin) {
        if (first.username !== '' || first.password !== '') {
          const pair = `${decodeURIComponent(first.username)}:${decodeURIComponent(first.password)}`;
          headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
        }
        if (wanted.etag !== null) headers['if-none-match'] = wanted.etag;
        if (wanted.lastModified !== null) headers['if-modified-since'] = wanted.lastModified;
      }
      // Host and length are the transport's own; what was signed of them is the same.
      for (const [name, value] of Object.entries(send?.headers ?? {}))
        if (!/^(host|content-length|connection)$/i.test(name)) headers[name.toLowerCase()] = value;
      const bare = new URL(url);
      bare.username = '';
      bare.password = '';
      const response = await undiciRequest(bare, {
        dispatcher,
        headers,
        ...(send === undefined ? {} : { method: send.method as Dispatcher.HttpMethod, body: send.body }),
        signal: stop.signal,
        headersTimeout: totalMs,
        bodyTimeout: totalMs,
      });
      const { body, statusCode: status } = response;
      // A body that we leave says "aborted" once more; whoever reads it still gets its errors.
      body.on('error', () => undefined);
      const header = (name: string): string => {
        const value = response.headers[name];
        return (Array.isArray(value) ? value.join(', ') : (value ?? '')).slice(0, 4096);
      };
      if (REDIRECTS.has(status) && header('location') !== '') {
        body.destroy();
        return { redirect: header('location') };
      }
      if (send === undefined && status !== 304 && (status < 200 || status > 299)) {
        body.destroy();
        const retryAfterMs = retryAfter(header('retry-after'), deps.clock.now());
        return {
          ok: false,
          error: failure('http-status', fetchText.httpStatus(url.host, status), { status, retryAfterMs }),
        };
      }
      if (Number(header('content-length')) > limits.wire) {
        body.destroy();
        throw new BodyRefused('too-large');
      }
      const bytes =
        status === 304 ? await drained(body) : await readBody(body, header('content-encoding'), limits);
      return {
        ok: true,
        value: {
          status,
          notModified: status === 304,
          bytes,
          contentType: header('content-type').slice(0, 200),
          etag: header('etag') || null,
          lastModified: header('last-modified') || null,
          url: bare.href,
          durationMs: Math.max(0, deps.clock.uptime() - started),
          certificateUntil,
          date: serverTime(header('date'), header('age')),
          ...(send === undefined
            ? {}
            : {
                headers: Object.fromEntries(
                  Object.keys(response.headers).map((name) => [name, header(name)]),
                ),
              }),
        },
      };
    }
  };
}

/** `Date` (RFC 9110 6.6.1) with `Age` (RFC 9111 5.1) added: a cache answers with the date at which it got the copy. */
function serverTime(date: string, age: string): number | null {
  const at = Date.parse(date);
  if (date === '' || Number.isNaN(at)) return null;
  return at + (/^\d{1,9}$/.test(age.trim()) ? Number(age) * 1000 : 0);
}

/** When the certificate of a connection ends; null when it has none. */
function certificateEnd(socket: Socket): Instant | null {
  if (!(socket instanceof TLSSocket)) return null;
  const until = Date.parse(socket.getPeerCertificate().valid_to ?? '');
  return Number.isNaN(until) ? null : toInstant(until);
}

async function drained(body: Dispatcher.ResponseData['body']): Promise<Uint8Array> {
  body.destroy();
  return new Uint8Array(0);
}

/** Milliseconds that a Retry-After header asks for (seconds or an HTTP date, RFC 9110 10.2.3); null when it says nothing usable. */
export function retryAfter(value: string, nowMs: number): number | null {
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return value === '' || Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
