// Every feed asked once beside the owner of the profile: nothing of it is kept.
import type { Feed } from '../../shared/contract/health.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { createEngine } from './engine.ts';
import { byHttp, createFeedPoll } from './feed-poll.ts';
import type { FetchFeed } from './fetch/fetcher.ts';
import type { Parser } from './parser.ts';
import { createPoller } from './poller.ts';
import { type HealthStore, openMemoryStore } from './store.ts';
import { createViews } from './views.ts';

export interface CheckDeps {
  readonly store: Pick<HealthStore, 'feeds'>;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  readonly random: () => number;
  readonly fetch: FetchFeed;
  readonly parser: Parser;
  readonly maxAtOnce: number;
  readonly ours: (provider: string, region: string) => boolean;
}

export async function checkBeside(deps: CheckDeps): Promise<readonly Feed[]> {
  const { clock, random, fetch, parser, maxAtOnce } = deps;
  const store = openMemoryStore([]);
  const engine = createEngine({
    store,
    clock,
    ids: deps.ids,
    ours: deps.ours,
    onSignals: () => undefined,
    onChange: () => undefined,
  });
  const poll = createFeedPoll({
    engine,
    fetch: byHttp(fetch),
    parser,
    paths: null,
    clock,
    unchangedOf: 'taken',
  });
  const poller = createPoller({ clock, random, maxAtOnce, poll });
  for (const feed of deps.store.feeds()) {
    engine.add(feed);
    if (feed.enabled) poller.add(feed.id, feed.intervalMs);
  }
  await poller.pollAll();
  const feeds = createViews({ engine, store, poller: null, clock, ours: () => [], since: '' }).feeds();
  store.close();
  return feeds;
}
