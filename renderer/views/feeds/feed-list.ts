// The feeds' order, summary and bar. Pure.
import type { Feed, FeedStateWord } from '../../../shared/contract/health.ts';
import { FEED_WORD, board as words } from '../../../shared/text/board.ts';

/** Heard: it answered lately. Everything else is not, and stands first. */
export const isHeard = (feed: Pick<Feed, 'state'>): boolean =>
  feed.state === 'fresh' || feed.state === 'late';

const NEED: Record<FeedStateWord, number> = {
  offline: 0,
  unreachable: 1,
  unparseable: 2,
  stale: 3,
  'not-heard': 4,
  late: 5,
  fresh: 6,
  paused: 7,
};
/** What needs a look first, then by name. */
export const byNeed = (feeds: readonly Feed[]): Feed[] =>
  [...feeds].sort((a, b) => NEED[a.state] - NEED[b.state] || a.name.localeCompare(b.name));

/** `6 fresh, 1 stale, 1 unreachable` */
export function feedSummary(feeds: readonly Pick<Feed, 'state'>[]): string {
  const count = new Map<FeedStateWord, number>();
  for (const f of feeds) count.set(f.state, (count.get(f.state) ?? 0) + 1);
  const others = [...count]
    .filter(([state]) => state !== 'fresh')
    .sort(([a], [b]) => NEED[a] - NEED[b])
    .map(([state, n]) => `${n} ${FEED_WORD[state].toLowerCase()}`);
  return words.feedSum(count.get('fresh') ?? 0, others);
}

/** The same in little room: `3 of 9 fresh` where it were many states; nothing without feeds. */
export function feedShort(feeds: readonly Pick<Feed, 'state'>[]): string {
  const fresh = feeds.filter((f) => f.state === 'fresh').length;
  if (!feeds.length) return '';
  return new Set(feeds.map((f) => f.state)).size > 3 ? words.feedOf(fresh, feeds.length) : feedSummary(feeds);
}

/** Where the limit stands on the bar, in percent of its length. */
const LIMIT_AT = 81.5;
/** How much of the bar an age fills; never heard fills it. */
export const limitShare = (age: number | null, feed: Pick<Feed, 'staleAfterMs' | 'state'>): number =>
  age === null || (feed.state !== 'fresh' && feed.state !== 'late' && feed.state !== 'paused')
    ? 100
    : Math.min(100, Math.max(0, (age / feed.staleAfterMs) * LIMIT_AT));
