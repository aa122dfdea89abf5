// The registry of feed kinds. Everybody else asks here; nobody imports a kind's own file.
import type { ParseResult } from '../../../shared/health/types.ts';
import { alertmanager } from './alertmanager.ts';
import { alertmanagerWebhook } from './alertmanager-webhook.ts';
import { atom } from './atom.ts';
import { awsCurrentEvents } from './aws-currentevents.ts';
import { awsDataJson } from './aws-data-json.ts';
import { awsHealthEvent } from './aws-health-event.ts';
import { awsRss } from './aws-rss.ts';
import { azureRss } from './azure-rss.ts';
import { betterstack } from './betterstack.ts';
import { firehydrant } from './firehydrant.ts';
import { gcpAtom } from './gcp-atom.ts';
import { gcpIncidents } from './gcp-incidents.ts';
import { heroku } from './heroku.ts';
import { incidentIo } from './incident-io.ts';
import { instatus } from './instatus.ts';
import { FEED_KIND_NAMES, type FeedKind, type FeedKindName, type ParseContext } from './kind.ts';
import { oci } from './oci.ts';
import { createProblems } from './reading/problems.ts';
import { decodeText } from './reading/text.ts';
import { rss } from './rss.ts';
import { slack } from './slack.ts';
import { statusio } from './statusio.ts';
import { statuspage } from './statuspage.ts';
import { statuspageAtom } from './statuspage-atom.ts';

export type { FeedKind, FeedKindName, FeedMapping, ParseContext } from './kind.ts';
export { FEED_KIND_NAMES } from './kind.ts';

/** Kind name -> kind. A name without a kind is a compile error. */
export const FEED_KINDS: Readonly<Record<FeedKindName, FeedKind>> = {
  statuspage,
  'aws-currentevents': awsCurrentEvents,
  'aws-data-json': awsDataJson,
  'aws-rss': awsRss,
  'gcp-incidents': gcpIncidents,
  'azure-rss': azureRss,
  'incident-io': incidentIo,
  oci,
  'aws-health-event': awsHealthEvent,
  'gcp-atom': gcpAtom,
  'statuspage-atom': statuspageAtom,
  slack,
  statusio,
  firehydrant,
  heroku,
  instatus,
  betterstack,
  'alertmanager-webhook': alertmanagerWebhook,
  alertmanager,
  rss,
  atom,
};

/** The kind of that name, or null when there is none. */
export function feedKind(name: string): FeedKind | null {
  return (FEED_KIND_NAMES as readonly string[]).includes(name) ? FEED_KINDS[name as FeedKindName] : null;
}

/** The kind that an address or its first payload belongs to; null when no kind recognises it. `bytes` null before the first fetch. */
export function detectKind(url: string, bytes: Uint8Array | null): FeedKindName | null {
  let text: string | null = null;
  if (bytes !== null) {
    try {
      text = decodeText(bytes, undefined, createProblems());
    } catch {
      // Over the size limit: nothing recognises it, and the parser of the chosen kind will say why.
      return null;
    }
  }
  const recognised = (seen: string | null) =>
    FEED_KIND_NAMES.find((name) => FEED_KINDS[name].recognise(url, seen));
  const seen = recognised(text);
  // An empty list looks like nothing, and an empty channel like one of anybody: then the address decides.
  const empty =
    (seen === 'rss' || seen === 'atom') && text !== null && !/<(?:\w+:)?(?:item|entry)[\s>]/.test(text);
  return (empty ? recognised(null) : undefined) ?? seen ?? recognised(null) ?? null;
}

/** One payload, parsed. Never throws. */
export function parsePayload(kind: FeedKindName, bytes: Uint8Array, context: ParseContext): ParseResult {
  return FEED_KINDS[kind].parse(bytes, context);
}
