// Feeds, probes and paths of the packs, taken up and let go as the packs change.
import type { FeedConfig } from './defaults.ts';
import type { Engine } from './engine.ts';
import type { Paths } from './paths.ts';
import type { Poller } from './poller.ts';
import type { PackSources } from './ports.ts';
import type { Probes } from './probes/probes.ts';

/** Probes that are taken up at most. */
export const MAX_PROBES = 600;
/** Feeds that a changed pack brings are asked within this long: milliseconds. */
const SPREAD_MS = 1000;

export interface PackFeedsDeps {
  readonly engine: Engine;
  readonly poller: Poller;
  readonly paths: Paths;
  readonly probes: Probes;
  /** Begins to poll a feed; does nothing before the start. */
  readonly watch: (feed: FeedConfig, spreadMs: number) => void;
  /** Called with the new sources before their feeds are taken up. */
  readonly onSet: (sources: PackSources) => void;
}

export interface PackFeeds {
  set(next: PackSources): void;
  feeds(): readonly FeedConfig[];
  /** Does a pack bring this feed or probe? */
  has(id: string): boolean;
}

const NO_SOURCES: PackSources = { feeds: [], probes: [], paths: new Map() };

export function createPackFeeds(deps: PackFeedsDeps): PackFeeds {
  const { engine, poller, paths, probes } = deps;
  let packs = NO_SOURCES;
  return {
    set(next) {
      const before = new Map(packs.feeds.map((feed) => [feed.id, JSON.stringify(feed)]));
      const after = new Map(next.feeds.map((feed) => [feed.id, feed]));
      packs = next;
      deps.onSet(next);
      for (const id of before.keys()) {
        if (before.get(id) === JSON.stringify(after.get(id))) continue;
        poller.remove(id);
        paths.forget(id);
        engine.remove(id);
      }
      for (const feed of next.feeds) {
        if (before.get(feed.id) === JSON.stringify(feed)) continue;
        engine.add(feed);
        deps.watch(feed, SPREAD_MS);
      }
      probes.set(next.probes.slice(0, MAX_PROBES));
    },
    feeds: () => packs.feeds,
    has: (id) => packs.feeds.some((one) => one.id === id) || packs.probes.some((one) => one.id === id),
  };
}
