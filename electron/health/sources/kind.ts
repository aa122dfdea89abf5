// What a feed kind is: how an address or payload of it is recognised, and how one payload becomes observations and events.
// Adding a kind: its name here, one file beside this one, one line in index.ts; the registry's type refuses a missing part.
import type { ParseResult, State } from '../../../shared/health/types.ts';
import type { Instant } from '../../../shared/time/clock.ts';

/** In the order of recognition: what is special stands before what is general. */
export const FEED_KIND_NAMES = [
  'incident-io',
  'oci',
  'statuspage',
  'aws-currentevents',
  'aws-data-json',
  'aws-rss',
  'aws-health-event',
  'gcp-incidents',
  'gcp-atom',
  'azure-rss',
  'statuspage-atom',
  'slack',
  'statusio',
  'firehydrant',
  'heroku',
  'instatus',
  'betterstack',
  'alertmanager-webhook',
  'alertmanager',
  'rss',
  'atom',
] as const;
export type FeedKindName = (typeof FEED_KIND_NAMES)[number];

/** How the words of a feed that has no vocabulary of its own become places and states (generic RSS and Atom, Alertmanager labels). */
export interface FeedMapping {
  /** Region of everything that no rule places; default `global`. */
  readonly region?: string;
  /** Service of everything that no rule places; default: the feed's title, or the alert's name. */
  readonly service?: string;
  /** First rule whose text occurs (case-insensitive) in the title, a category or the text decides. */
  readonly regions?: readonly { readonly contains: string; readonly region: string }[];
  readonly services?: readonly { readonly contains: string; readonly service: string }[];
  readonly states?: readonly { readonly contains: string; readonly state: State }[];
  /** Words that mean "over" in an item; default `resolved`, `completed`, `operating normally`, ... */
  readonly resolved?: readonly string[];
  /** Alertmanager: labels that name the provider, and how their values are written elsewhere (`amazon` -> `aws`). */
  readonly providerLabels?: readonly string[];
  readonly providers?: Readonly<Record<string, string>>;
  /** Alertmanager: labels to take region, service and severity from; the first that an alert carries decides. */
  readonly regionLabels?: readonly string[];
  readonly serviceLabels?: readonly string[];
  readonly severityLabels?: readonly string[];
  /** Alertmanager: value of the severity label -> state. */
  readonly severities?: Readonly<Record<string, State>>;
  /** Alertmanager: the alert that fires always (dead man's switch); default `Watchdog`. */
  readonly watchdog?: string;
}

export interface ParseContext {
  /** Provider that the feed was configured for; a kind of one provider has its own. */
  readonly provider?: string;
  readonly url?: string;
  readonly contentType?: string;
  readonly now: Instant;
  readonly mapping?: FeedMapping;
}

export interface FeedKind {
  readonly kind: FeedKindName;
  /** For people: `AWS public current events`. */
  readonly name: string;
  /** `everything`: a component that is listed and well is operational. `trouble-only`: what is left out is "nothing reported". */
  readonly reports: 'everything' | 'trouble-only';
  /** `documented`: written from documentation, never seen against a recording. */
  readonly evidence: 'recorded' | 'documented';
  /** Is this address, or this payload (its beginning, as text), of this kind? `text` is null before anything was fetched. */
  recognise(url: string, text: string | null): boolean;
  /** Never throws; what it cannot read is a problem, and `usable` says whether the rest may be believed. */
  parse(bytes: Uint8Array, context: ParseContext): ParseResult;
}
