// A pasted address: recognised, fetched once and shown before it is kept.
import type { ParseResult, State } from '../../shared/health/types.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { awsHealthText } from '../../shared/text/aws-health.ts';
import { fetchText, PROVIDER_NAME, pollText } from '../../shared/text/health.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { awsHealthUrl, profileOf } from './aws/address.ts';
import { bareHost } from './fetch/address.ts';
import type { FetchFeed, FetchResult } from './fetch/fetcher.ts';
import { folderOf } from './fetch/folder.ts';
import type { Parser } from './parser.ts';
import { detectKind, type FeedKindName } from './sources/index.ts';

export interface Preview {
  readonly kind: FeedKindName;
  readonly provider: string;
  readonly name: string;
  readonly observations: number;
  readonly openEvents: readonly { readonly title: string; readonly state: State }[];
  readonly problems: readonly { readonly code: string; readonly text: string }[];
  /** The address that answered with the feed: a status page's front page leads to its summary. */
  readonly url: string;
  /** Set when the address lies in the private network: a person typed it, so that one host may be asked. */
  readonly privateHost: string | null;
}

/** Where a front page keeps its summary: the same path for Statuspage, incident.io and what is shaped like them. */
const SUMMARY = '/api/v2/summary.json';

const addressesFor = (url: URL): readonly string[] =>
  url.pathname === '/' && url.search === '' ? [new URL(SUMMARY, url).href, url.href] : [url.href];

/** Fetches an address that a person typed. Its own host may be private; nothing else may. */
async function fetchTyped(
  fetch: FetchFeed,
  url: string,
): Promise<{ readonly result: FetchResult; readonly privateHost: string | null }> {
  const request = { url, privateHost: null, etag: null, lastModified: null };
  const first = await fetch(request);
  const host = bareHost(new URL(url));
  if (first.ok || first.error.code !== 'private-address') return { result: first, privateHost: null };
  const second = await fetch({ ...request, privateHost: host });
  return { result: second, privateHost: host };
}

interface PreviewDeps {
  readonly fetch: FetchFeed;
  readonly parser: Parser;
  readonly clock: Clock;
}

const shownOf = (parsed: ParseResult): Pick<Preview, 'observations' | 'openEvents' | 'problems'> => ({
  observations: parsed.observations.length,
  openEvents: parsed.events
    .filter((event) => event.status === 'open')
    .slice(0, 20)
    .map(({ title, state }) => ({ title: title.slice(0, 300), state })),
  problems: parsed.problems
    .slice(0, 20)
    .map(({ code, text }) => ({ code: code.slice(0, 80), text: text.slice(0, 1000) })),
});

/** The AWS Health API, asked with the credentials of the profile that the address names. */
async function previewAws(profile: string | null, deps: PreviewDeps): Promise<Result<Preview>> {
  const url = awsHealthUrl(profile);
  const answer = await deps.fetch({ url, privateHost: null, etag: null, lastModified: null });
  if (!answer.ok) return fail(answer.error.code, answer.error.message);
  const now = toInstant(deps.clock.now());
  const kind = 'aws-health-event';
  const parsed = await deps.parser.parse(kind, answer.value.bytes, { url, provider: 'aws', now });
  if (!parsed.usable) return fail('not-readable', parsed.problems[0]?.text ?? pollText.noKind(url));
  const name = awsHealthText.feed(profile).slice(0, 120);
  return ok({ kind, provider: 'aws', name, ...shownOf(parsed), url, privateHost: null });
}

export async function previewAddress(typed: string, deps: PreviewDeps): Promise<Result<Preview>> {
  const url = URL.parse(typed.trim());
  const profile = profileOf(typed);
  if (profile !== undefined) return previewAws(profile, deps);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    // Folders come with a pack; one that is typed here is not looked into.
    if (folderOf(typed.trim()) !== null) return fail('bad-scheme', fetchText.badScheme('folder:'));
    const refused = await deps.fetch({
      url: typed.trim(),
      privateHost: null,
      etag: null,
      lastModified: null,
    });
    if (!refused.ok) return fail(refused.error.code, refused.error.message);
    return fail('bad-url', pollText.noKind(typed));
  }
  let problem: Result<never> = fail('unknown-kind', pollText.noKind(typed));
  for (const address of addressesFor(url)) {
    const { result, privateHost } = await fetchTyped(deps.fetch, address);
    if (!result.ok) {
      problem = fail(result.error.code, result.error.message);
      continue;
    }
    const { bytes, contentType } = result.value;
    const kind = detectKind(address, bytes);
    if (kind === null) {
      problem = fail('unknown-kind', pollText.noKind(typed));
      continue;
    }
    const context = { url: address, contentType, now: toInstant(deps.clock.now()) };
    const parsed = await deps.parser.parse(kind, bytes, context);
    if (!parsed.usable) {
      problem = fail('not-readable', parsed.problems[0]?.text ?? pollText.noKind(typed));
      continue;
    }
    const label = bareHost(url)
      .replace(/^(www|status)\./, '')
      .split('.')[0]!
      .replace(/status$/, '');
    const provider = parsed.observations[0]?.provider ?? (label || bareHost(url));
    return ok({
      kind,
      provider: provider.slice(0, 120),
      name: (PROVIDER_NAME[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1)).slice(0, 120),
      ...shownOf(parsed),
      url: address,
      privateHost,
    });
  }
  return problem;
}
