// The client of AWS speaks through our own fetcher: its addresses checked and pinned, its proxy, bounded in time and size.
import { Readable } from 'node:stream';
import { awsHealthText } from '../../../shared/text/aws-health.ts';
import { bareHost } from '../fetch/address.ts';
import { failure } from '../fetch/failures.ts';
import type { FetchFeed } from '../fetch/fetcher.ts';
import { ReachFailed } from './failures.ts';

/** What the client hands over, as far as it matters here. */
interface Sent {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const TOTAL_MS = 15_000;

/** Hosts that the environment names as endpoints: a person put them there, so they may be private, and plain http. */
function namedHosts(env: NodeJS.ProcessEnv): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('AWS_ENDPOINT_URL')) continue;
    const url = URL.parse(value ?? '');
    if (url !== null && url.hostname !== '') hosts.add(bareHost(url));
  }
  return hosts;
}

function addressOf(sent: Sent): URL {
  const port = sent.port === undefined ? '' : `:${sent.port}`;
  const url = new URL(`${sent.protocol}//${sent.hostname}${port}${sent.path}`);
  for (const [name, value] of Object.entries(sent.query ?? {}))
    for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, one ?? '');
  return url;
}

function bodyOf(body: unknown): Uint8Array | null {
  if (body === undefined || body === null || body === '') return null;
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError('a body that is no text');
}

/** A request handler for clients of the SDK. Throws `ReachFailed`. */
export function createHandler(fetch: FetchFeed, env: NodeJS.ProcessEnv = process.env) {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(sent: Sent) {
      const url = addressOf(sent);
      const host = bareHost(url);
      const named = namedHosts(env).has(host);
      if (url.protocol !== 'https:' && !named)
        throw new ReachFailed(failure('bad-scheme', awsHealthText.plainHttp(host)));
      const answer = await fetch({
        url: url.href,
        privateHost: named ? host : null,
        etag: null,
        lastModified: null,
        totalMs: TOTAL_MS,
        send: { method: sent.method, headers: sent.headers, body: bodyOf(sent.body) },
      });
      if (!answer.ok) throw new ReachFailed(answer.error);
      const { status, bytes, headers } = answer.value;
      return {
        response: { statusCode: status, headers: { ...headers }, body: Readable.from([Buffer.from(bytes)]) },
      };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}
