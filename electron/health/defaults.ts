// The feeds that Bulkhead watches without any configuration, and the references of the internet path.
import type { FeedKindName, FeedMapping } from './sources/index.ts';

/** What is configured of a feed. */
export interface FeedConfig {
  readonly id: string;
  readonly name: string;
  readonly kind: FeedKindName | 'probe';
  /** Key of the provider in health: `aws`, `gcp`, `github`. */
  readonly provider: string;
  readonly url: string;
  readonly intervalMs: number;
  /** After this long without a good answer the feed is stale. */
  readonly staleAfterMs: number;
  readonly enabled: boolean;
  readonly builtIn: boolean;
  /** Host that may have a private address, because a person configured it. */
  readonly privateHost: string | null;
  /** Path that it goes over: `internet`, a name of a pack, `none`. Default: none with a private host, else the internet. */
  readonly path?: string;
  /** How the words of a generic feed or the labels of alerts are read. */
  readonly mapping?: FeedMapping;
  /** How long a state must hold before it becomes a signal, milliseconds; left out: two polls. */
  readonly holdMs?: number;
}

export const INTERNET = 'internet';

/** The path of a feed; null: it belongs to none (loopback, a private address without a named path). */
export function pathOf(config: Pick<FeedConfig, 'path' | 'privateHost'>): string | null {
  if (config.path !== undefined) return config.path === 'none' ? null : config.path;
  return config.privateHost === null ? INTERNET : null;
}

/** What is asked and how it is read: with another address, kind, provider or mapping a feed is another source, whatever its id. */
export const identityOf = ({ kind, url, provider, mapping }: FeedConfig): string =>
  JSON.stringify([kind, url, provider, mapping ?? null]);

const builtIn = (
  id: string,
  name: string,
  kind: FeedKindName,
  provider: string,
  url: string,
): FeedConfig => ({
  id,
  name,
  kind,
  provider,
  url,
  intervalMs: 60_000,
  staleAfterMs: 5 * 60_000,
  enabled: true,
  builtIn: true,
  privateHost: null,
});

export const DEFAULT_FEEDS: readonly FeedConfig[] = [
  builtIn('aws', 'AWS', 'aws-currentevents', 'aws', 'https://health.aws.amazon.com/public/currentevents'),
  builtIn('gcp', 'Google Cloud', 'gcp-incidents', 'gcp', 'https://status.cloud.google.com/incidents.json'),
  builtIn(
    'azure',
    'Azure',
    'azure-rss',
    'azure',
    'https://rssfeed.azure.status.microsoft/en-us/status/feed/',
  ),
  builtIn('github', 'GitHub', 'statuspage', 'github', 'https://www.githubstatus.com/api/v2/summary.json'),
  builtIn(
    'cloudflare',
    'Cloudflare',
    'statuspage',
    'cloudflare',
    'https://www.cloudflarestatus.com/api/v2/summary.json',
  ),
];

/** An address whose answer is known: a captive portal, which answers 200 to everything, does not give it. */
export interface Reference {
  readonly name: string;
  readonly url: string;
  readonly status: number;
  /** Text that the body must hold; empty: the body must be empty. */
  readonly body: string;
  /** Its host may have a private address: the reference of a VPN. */
  readonly privateHost?: string;
}

/** Three, at different providers (domain.md, connectivity). Plain http where the provider made it for this: portals answer it. */
export const DEFAULT_REFERENCES: readonly Reference[] = [
  { name: 'Google', url: 'https://www.gstatic.com/generate_204', status: 204, body: '' },
  {
    name: 'Microsoft',
    url: 'http://www.msftconnecttest.com/connecttest.txt',
    status: 200,
    body: 'Microsoft Connect Test',
  },
  {
    name: 'Cloudflare',
    url: 'https://one.one.one.one/cdn-cgi/trace',
    status: 200,
    body: 'h=one.one.one.one',
  },
];
