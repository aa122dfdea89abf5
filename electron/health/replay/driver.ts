// Runs a recording through the poller, the judge and the signals of live feeds. Its clock is the recording's.
import type { Clock } from '../../../shared/time/clock.ts';
import { DEFAULT_FEEDS, type FeedConfig } from '../defaults.ts';
import { createEngine, type Engine, type EngineDeps } from '../engine.ts';
import { createFeedPoll } from '../feed-poll.ts';
import { createParser } from '../parser.ts';
import { createPoller } from '../poller.ts';
import type { FeedKindName } from '../sources/index.ts';
import { pollTimes, type Recording, recordedFetch } from './recording.ts';

/** A clock that stands where the driver puts it. */
export interface SetClock extends Clock {
  set(ms: number): void;
}

/** Wall and uptime are the same recorded time: nobody sets the clock of a recording. */
export function createSetClock(ms: number): SetClock {
  let now = ms;
  return {
    now: () => now,
    uptime: () => now,
    set: (to) => {
      now = Math.max(now, to);
    },
  };
}

export interface ReplayDriver {
  readonly engine: Engine;
  readonly clock: SetClock;
  readonly feed: FeedConfig;
  /** Time of the next poll; null at the end. */
  nextAt(): number | null;
  /** Sets the clock to the next poll and makes it. False at the end. */
  step(): Promise<boolean>;
  polls(): number;
  stop(): Promise<void>;
}

/** Between two recorded polls the feed counts as asked this often: milliseconds. */
const REPLAY_INTERVAL_MS = 60_000;

/** Kinds that only one provider serves: theirs it is, whatever the folder is called. */
const PROVIDER_OF: Partial<Record<FeedKindName, string>> = {
  'aws-currentevents': 'aws',
  'aws-data-json': 'aws',
  'aws-rss': 'aws',
  'aws-health-event': 'aws',
  'gcp-incidents': 'gcp',
  'gcp-atom': 'gcp',
  'azure-rss': 'azure',
  oci: 'oci',
  slack: 'slack',
  heroku: 'heroku',
};

/** The feed that a recording stands for: the built-in one that the folder's name begins with, or one named after the folder. */
export function replayedFeed(dir: string, kind: FeedKindName): FeedConfig {
  const folder = dir.split(/[\\/]/).filter(Boolean).at(-1) ?? 'recording';
  const word = folder.split('-')[0]!.toLowerCase();
  const known = { ...DEFAULT_FEEDS.find((one) => one.id === word) };
  return {
    id: word,
    name: known.name ?? folder,
    kind,
    provider: PROVIDER_OF[kind] ?? known.provider ?? word,
    url: `recording:${folder}`,
    intervalMs: REPLAY_INTERVAL_MS,
    staleAfterMs: 5 * 60_000,
    enabled: true,
    builtIn: false,
    privateHost: null,
  };
}

export function createReplayDriver(
  recording: Recording,
  feed: FeedConfig,
  deps: Omit<EngineDeps, 'clock'> & { readonly clock: SetClock },
): ReplayDriver {
  const { clock } = deps;
  const engine = createEngine(deps);
  const source = recordedFetch(recording);
  const parser = createParser();
  const poll = createFeedPoll({
    engine,
    fetch: source.fetch,
    parser,
    paths: null,
    clock,
    unchangedOf: 'served',
  });
  const poller = createPoller({ clock, random: () => 0.5, maxAtOnce: 1, poll });
  engine.add(feed);
  poller.add(feed.id, feed.intervalMs);
  const times = pollTimes(recording, feed.intervalMs);
  let next = times.next();
  let made = 0;
  return {
    engine,
    clock,
    feed,
    nextAt: () => (next.done === true ? null : next.value.at),
    async step() {
      if (next.done === true) return false;
      const { at, poll: recorded } = next.value;
      next = times.next();
      clock.set(at);
      source.serve(recorded);
      if (recorded !== null) made += 1;
      await poller.pollNow(feed.id);
      engine.tick();
      return true;
    },
    polls: () => made,
    stop: async () => {
      await poller.stop();
      await parser.stop();
    },
  };
}
