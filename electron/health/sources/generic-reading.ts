// RSS and Atom of anybody, read by a mapping of words to places and states. Without a rule an item is `unknown`: nobody guesses
// that a text is an outage, and nobody guesses that it is not.
import type { Observation, ProviderEvent, State } from '../../../shared/health/types.ts';
import { feedText } from '../../../shared/text/feeds.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { type Reading, slug, type WrongKind } from './define.ts';
import { distinct } from './gathering.ts';
import type { FeedMapping, ParseContext } from './kind.ts';
import { latest, readDate } from './reading/dates.ts';
import { plainText } from './reading/html.ts';
import { lineOf } from './reading/lines.ts';
import { markOf, saysOver } from './reading/over.ts';
import type { Problems } from './reading/problems.ts';
import type { Syndication, SyndicationItem } from './reading/syndication.ts';

/** As much of a text is its newest update. */
const BEGINNING = 200;
/** An item that is older and was never said to be over is history, and not trouble of today. */
const OLDEST_MS = 14 * 86_400_000;

const lower = (text: string): string => text.toLowerCase();

function firstRule<T extends { readonly contains: string }>(
  rules: readonly T[] | undefined,
  haystack: string,
): T | null {
  return rules?.find((rule) => rule.contains !== '' && haystack.includes(lower(rule.contains))) ?? null;
}

function isOver(title: string, body: string, mapping: FeedMapping): boolean {
  const beginning = body.slice(0, BEGINNING);
  if (mapping.resolved === undefined) return saysOver(title, beginning);
  const head = `${lower(title)}\n${lower(beginning)}`;
  return mapping.resolved.some((word) => word !== '' && head.includes(lower(word)));
}

function stateOf(haystack: string, mapping: FeedMapping): State {
  return firstRule(mapping.states, haystack)?.state ?? 'unknown';
}

const timeOf = (item: SyndicationItem, problems: Problems) =>
  latest(readDate(item.updated, 'updated', problems), readDate(item.published, 'published', problems));

/** Items of one incident: those of one link that is not the feed's own, else the item alone. */
function keyOf(item: SyndicationItem, feed: Syndication): string | null {
  if (item.link !== null && item.link !== feed.link && /[\w-]{6,}\/?$/.test(item.link))
    return lineOf(item.link, 280);
  return lineOf(item.id, 280) ?? lineOf(item.link, 280) ?? lineOf(item.title, 280);
}

export function readGeneric(
  feed: Syndication,
  context: ParseContext,
  problems: Problems,
): Reading | WrongKind {
  const mapping = context.mapping ?? {};
  const page = slug(lineOf(feed.title, 120) ?? context.provider ?? 'feed');
  const provider = context.provider ?? page;
  const groups = new Map<string, SyndicationItem[]>();
  for (const item of feed.items) {
    const key = keyOf(item, feed);
    if (key === null) {
      problems.once('missing-field', 'item', feedText.missingField('The id, link and title of an item'));
      continue;
    }
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  const events: ProviderEvent[] = [];
  const observations: Observation[] = [];
  let asOf = readDate(feed.updated, 'date of the feed', problems);
  let old = 0;
  for (const [key, items] of groups) {
    const dated = items.map((item) => ({ item, at: timeOf(item, problems) }));
    const newest = dated.reduce((best, one) => ((one.at ?? '') > (best.at ?? '') ? one : best));
    const first = dated.reduce((best, one) => ((one.at ?? '9') < (best.at ?? '9') ? one : best));
    const { item } = newest;
    const title = lineOf(item.title) ?? key;
    const body = plainText(item.body);
    // What is only announced is neither trouble nor over, and its day says nothing about the age of this copy.
    if (mapping.resolved === undefined && markOf(body.slice(0, BEGINNING)) === 'planned') continue;
    asOf = latest(asOf, newest.at);
    const resolved = isOver(title, body, mapping);
    if (!resolved && newest.at !== null && fromInstant(context.now) - fromInstant(newest.at) > OLDEST_MS) {
      old += 1;
      continue;
    }
    const haystack = lower([title, ...item.categories, body].join('\n'));
    const event: ProviderEvent = {
      id: key,
      title,
      status: resolved ? 'resolved' : 'open',
      state: stateOf(haystack, mapping),
      regions: [firstRule(mapping.regions, haystack)?.region ?? mapping.region ?? 'global'],
      services: distinct([firstRule(mapping.services, haystack)?.service ?? mapping.service ?? page]),
      startedAt: readDate(first.item.published, 'published', problems) ?? first.at,
      endedAt: resolved ? newest.at : null,
      updatedAt: newest.at,
      text: body,
      ...(item.link === null ? {} : { url: item.link.slice(0, 2000) }),
    };
    events.push(event);
    if (resolved) continue;
    observations.push({
      provider,
      region: event.regions[0]!,
      service: event.services[0]!,
      state: event.state,
      at: newest.at,
      text: body,
      event: event.id,
    });
  }
  if (old > 0) problems.add('old-items', feedText.oldItems(old));
  if (observations.length > 0 && mapping.states === undefined)
    problems.add('no-mapping', feedText.noMapping());
  return { observations, events, asOf };
}
