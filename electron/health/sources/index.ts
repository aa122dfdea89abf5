// The registry of feed kinds. Everybody else asks here; nobody imports a kind's own file.
import type { ParseResult } from '../../../shared/health/types.ts';
import { FEED_KIND_NAMES, type FeedKind, type FeedKindName, type ParseContext } from './kind.ts';

export type { FeedKind, FeedKindName, FeedMapping, ParseContext } from './kind.ts';
export { FEED_KIND_NAMES } from './kind.ts';

/** Stands in while the parser of a kind is being written: nothing of such a payload is believed. */
const pending = (kind: FeedKindName, name: string, reports: FeedKind['reports']): FeedKind => ({
  kind,
  name,
  reports,
  evidence: 'recorded',
  recognise: () => false,
  parse: () => ({
    kind,
    observations: [],
    events: [],
    problems: [{ code: 'not-read', text: `The reader of ${name} is not in this build.` }],
    usable: false,
    asOf: null,
    statesAll: reports === 'everything',
  }),
});

/** Kind name -> kind. A name without a kind is a compile error. */
export const FEED_KINDS: Readonly<Record<FeedKindName, FeedKind>> = {
  statuspage: pending('statuspage', 'Atlassian Statuspage v2', 'everything'),
  'aws-currentevents': pending('aws-currentevents', 'AWS public current events', 'trouble-only'),
  'aws-data-json': pending('aws-data-json', 'AWS data.json', 'trouble-only'),
  'aws-rss': pending('aws-rss', 'AWS RSS', 'trouble-only'),
  'gcp-incidents': pending('gcp-incidents', 'Google Cloud incidents.json', 'trouble-only'),
  'azure-rss': pending('azure-rss', 'Azure RSS', 'trouble-only'),
};

/** The kind of that name, or null when there is none. */
export function feedKind(name: string): FeedKind | null {
  return (FEED_KIND_NAMES as readonly string[]).includes(name) ? FEED_KINDS[name as FeedKindName] : null;
}

/** The kind that an address or its first payload belongs to; null when no kind recognises it. `bytes` null before the first fetch. */
export function detectKind(url: string, bytes: Uint8Array | null): FeedKindName | null {
  const text = bytes === null ? null : new TextDecoder().decode(bytes.subarray(0, 65_536));
  return FEED_KIND_NAMES.find((name) => FEED_KINDS[name].recognise(url, text)) ?? null;
}

/** One payload, parsed. Never throws. */
export function parsePayload(kind: FeedKindName, bytes: Uint8Array, context: ParseContext): ParseResult {
  return FEED_KINDS[kind].parse(bytes, context);
}
