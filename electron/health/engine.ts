// What happens with the outcome of a poll, live or replayed: the judge's memory, the feed's own state, the signals.
import type { SignalLine } from '../../shared/contract/health.ts';
import { feedState, isBelieved } from '../../shared/health/judge-feed.ts';
import {
  EMPTY_MEMORY,
  type FeedMemory,
  memoryFromJson,
  memoryToJson,
  placeKey,
} from '../../shared/health/judge-memory.ts';
import { applyPoll, applyUnchanged, type PollOutcome } from '../../shared/health/judge-poll.ts';
import { JUDGE_RULES, type JudgeRules } from '../../shared/health/judge-rules.ts';
import { type SignalDraft, signalsOf } from '../../shared/health/signals.ts';
import type { ParseResult, State } from '../../shared/health/types.ts';
import { isTrouble, worst } from '../../shared/health/worst.ts';
import { STATE_OF_FEED, signalText } from '../../shared/text/health.ts';
import { type Clock, fromInstant, type Instant, toInstant } from '../../shared/time/clock.ts';
import { type FeedConfig, INTERNET, identityOf, pathOf } from './defaults.ts';
import { createTaker, feedLine, pathLine } from './lines.ts';
import { type FetchState, type HealthStore, NO_FETCH } from './store.ts';

/** How a poll ended. */
export type Outcome =
  | {
      readonly how: 'parsed';
      readonly result: ParseResult;
      readonly bytes: Uint8Array;
      readonly contentType: string;
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly durationMs: number;
    }
  /** `of`: unchanged against the copy that was taken, or against the last one served (which may have been an older copy). */
  | {
      readonly how: 'unchanged';
      readonly of: 'taken' | 'served';
      readonly durationMs: number;
      /** Only the age changes: nothing is written and nobody is told. */
      readonly quiet?: boolean;
    }
  | {
      readonly how: 'failed';
      readonly reason: string;
      readonly durationMs: number;
      /** Wait for a second try before it is said. */
      readonly soft: boolean;
    };

/** A feed at work. */
export interface FeedRuntime {
  readonly config: FeedConfig;
  readonly fetched: FetchState;
  readonly memory: FeedMemory;
  /** Uptime of the last good answer in this run: ages do not depend on a clock that somebody sets. */
  readonly heardUptime: number | null;
  /** Since when it is not believed, and whether that was made known. */
  readonly lostSince: number | null;
  readonly lostTold: boolean;
}

export interface EngineDeps {
  readonly store: HealthStore;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  /** Do we run there? */
  readonly ours: (provider: string, region: string) => boolean;
  readonly rules?: JudgeRules;
  readonly onSignals: (signals: readonly SignalLine[]) => void;
  readonly onChange: () => void;
}

export interface Engine {
  feeds(): readonly FeedRuntime[];
  get(feed: string): FeedRuntime | null;
  /** Takes up a feed with what the store remembers of it. */
  add(config: FeedConfig): void;
  remove(feed: string): void;
  setEnabled(feed: string, enabled: boolean): void;
  apply(feed: string, outcome: Outcome): void;
  stateOf(feed: FeedRuntime): ReturnType<typeof feedState>;
  /** Milliseconds since the feed was heard; null: never. */
  ageOf(feed: FeedRuntime): number | null;
  setMemory(feed: string, memory: FeedMemory): void;
  pathChanged(path: string, how: 'lost' | 'back' | 'gone'): void;
  /** Since when a path is lost, the internet when none is named; null: it is not. */
  pathLostSince(path?: string): Instant | null;
  /** Time went by: feeds that went stale are said. */
  tick(): void;
}

/** A feed that is not heard is said after this long at least, so that a lost path can be said instead: milliseconds. */
const LOST_TOLD_MS = 60_000;

export function createEngine(deps: EngineDeps): Engine {
  const { store, clock } = deps;
  const rules = deps.rules ?? JUDGE_RULES;
  // A probe has had its results in a row before it says anything: its word holds at once.
  const probeRules: JudgeRules = { ...rules, holdPolls: 1 };
  const rulesOf = ({ kind, holdMs }: FeedConfig): JudgeRules => {
    if (kind === 'probe') return probeRules;
    // A time that a team has set stands in the place of the polls.
    return holdMs === undefined ? rules : { ...rules, holdPolls: Number.POSITIVE_INFINITY, holdMs };
  };
  const feeds = new Map<string, FeedRuntime>();
  const taker = createTaker({ store, clock, ids: deps.ids });
  const pathsLost = new Map<string, Instant>();
  const line = (feed: FeedRuntime, to: State, text: string, at: Instant): SignalLine =>
    feedLine(feed.config, to, text, at, deps.ids.uuid());

  const ageOf = (feed: FeedRuntime): number | null => {
    if (feed.heardUptime !== null) return clock.uptime() - feed.heardUptime;
    const at = feed.memory.heardAt;
    return at === null ? null : clock.now() - fromInstant(at);
  };

  const stateOf = (feed: FeedRuntime): ReturnType<typeof feedState> => {
    const { olderSince } = feed.memory;
    return feedState({
      enabled: feed.config.enabled,
      pathLost: pathsLost.has(pathOf(feed.config) ?? ''),
      heardAgeMs: ageOf(feed),
      olderForMs: olderSince === null ? null : clock.now() - fromInstant(olderSince),
      outcome: feed.fetched.outcome,
      intervalMs: feed.config.intervalMs,
      staleAfterMs: feed.config.staleAfterMs,
    });
  };

  function othersOf(feed: string): (place: Parameters<typeof placeKey>[0]) => State | null {
    return (place) => {
      const key = placeKey(place);
      return worst(
        [...feeds.values()]
          .filter((one) => one.config.id !== feed && one.config.enabled)
          .map((one) => one.memory.places.get(key)?.told ?? null),
      );
    };
  }

  /** A region that is in trouble is not new when more of it fails, however long ago the first was heard. */
  const stillBad = (provider: string, region: string): boolean =>
    [...feeds.values()].some((one) =>
      [...one.memory.places.values()].some(
        ({ place, told }) => place.provider === provider && place.region === region && isTrouble(told),
      ),
    );

  function lines(feed: FeedRuntime, outcome: PollOutcome): readonly SignalDraft[] {
    if (outcome.places.length === 0 && outcome.events.length === 0) return [];
    return signalsOf(outcome.places, outcome.events, {
      feed: feed.config,
      memory: outcome.memory,
      others: othersOf(feed.config.id),
      ours: deps.ours,
      heardBefore: (provider, region) => taker.heardBefore(provider, region) || stillBad(provider, region),
    });
  }

  const say = (signals: readonly SignalLine[]): void => {
    if (signals.length === 0) return;
    store.addSignals(signals);
    deps.onSignals(signals);
    deps.onChange();
  };

  /** Notices that a feed is lost or heard again; says it once, after it has had time to return. */
  function watchFeed(feed: FeedRuntime): FeedRuntime {
    const state = stateOf(feed);
    const now = clock.uptime();
    if (state === 'paused' || state === 'offline' || state === 'not-heard')
      return feed.lostSince === null ? feed : { ...feed, lostSince: null };
    if (isBelieved(state)) {
      if (feed.lostSince === null && !feed.lostTold) return feed;
      if (feed.lostTold)
        say([line(feed, 'operational', signalText.feedBack(feed.config.name), toInstant(clock.now()))]);
      return { ...feed, lostSince: null, lostTold: false };
    }
    if (feed.lostSince === null) return { ...feed, lostSince: now };
    const wait = Math.max(LOST_TOLD_MS, feed.config.intervalMs * 2);
    if (feed.lostTold || now - feed.lostSince < wait) return feed;
    const bad = [...feed.memory.places.values()].filter((one) => isTrouble(one.told)).length;
    const text =
      state === 'stale'
        ? signalText.feedStale(bad)
        : signalText.feedLost(STATE_OF_FEED[state], feed.fetched.reason);
    say([line(feed, 'unknown', text, toInstant(clock.now() - (now - feed.lostSince)))]);
    return { ...feed, lostTold: true };
  }

  /** Heard lately and nothing waits in it: one more answer of the same changes its age alone. */
  const isQuietEnough = (feed: FeedRuntime): boolean =>
    feed.fetched.outcome === 'good' &&
    feed.memory.waiting.size === 0 &&
    feed.memory.olderSince === null &&
    feed.lostSince === null &&
    !feed.lostTold &&
    isBelieved(stateOf(feed));

  function good(feed: FeedRuntime, outcome: Exclude<Outcome, { how: 'failed' }>, at: Instant): void {
    if (outcome.how === 'unchanged' && outcome.quiet === true && isQuietEnough(feed)) {
      const memory = { ...feed.memory, heardAt: at };
      const fetched = { ...feed.fetched, triedAt: at, fetchedAt: at, durationMs: outcome.durationMs };
      feeds.set(feed.config.id, { ...feed, fetched, memory, heardUptime: clock.uptime() });
      return;
    }
    const unusable = outcome.how === 'parsed' && !outcome.result.usable;
    if (unusable) {
      failed(feed, outcome.result.problems[0]?.text ?? '', outcome, at);
      return;
    }
    const before = outcome.how === 'unchanged' && outcome.of === 'taken' ? feed.memory.olderSince : null;
    const memory = before === null ? feed.memory : { ...feed.memory, olderSince: null };
    const judged =
      outcome.how === 'parsed'
        ? applyPoll(memory, outcome.result, at, feed.config.provider, rulesOf(feed.config))
        : applyUnchanged(memory, at, rulesOf(feed.config));
    const taken = judged.verdict === 'taken';
    const fetched: FetchState = {
      ...feed.fetched,
      triedAt: at,
      outcome: 'good',
      reason: null,
      failures: 0,
      durationMs: outcome.durationMs,
      ...(taken ? { fetchedAt: at } : {}),
      ...(taken && outcome.how === 'parsed'
        ? {
            etag: outcome.etag,
            lastModified: outcome.lastModified,
            contentType: outcome.contentType,
            problems: outcome.result.problems.slice(0, 20),
          }
        : {}),
    };
    const made = taker.take(lines(feed, judged));
    const payload =
      taken && outcome.how === 'parsed'
        ? { bytes: outcome.bytes, contentType: outcome.contentType, at }
        : undefined;
    // Counters of what waits are not worth a write: after a crash it waits a little longer.
    const changed = judged.places.length > 0 || judged.events.length > 0;
    store.savePoll(feed.config.id, fetched, {
      ...made,
      ...(outcome.how === 'parsed' || changed ? { memory: memoryToJson(judged.memory) } : {}),
      ...(payload === undefined ? {} : { payload }),
    });
    const heardUptime = taken ? clock.uptime() : feed.heardUptime;
    feeds.set(feed.config.id, watchFeed({ ...feed, fetched, memory: judged.memory, heardUptime }));
    if (made.added.length > 0) deps.onSignals(made.added);
    deps.onChange();
  }

  function failed(feed: FeedRuntime, reason: string, outcome: Outcome, at: Instant): void {
    const soft = outcome.how === 'failed' && outcome.soft;
    const fetched: FetchState = {
      ...feed.fetched,
      triedAt: at,
      reason: reason.slice(0, 1000),
      durationMs: outcome.durationMs,
      failures: feed.fetched.failures + 1,
      ...(soft ? {} : { outcome: outcome.how === 'failed' ? 'unreachable' : 'unparseable' }),
      ...(outcome.how === 'parsed' ? { problems: outcome.result.problems.slice(0, 20) } : {}),
    };
    store.savePoll(feed.config.id, fetched, { added: [], updated: [], folds: new Map() });
    feeds.set(feed.config.id, watchFeed({ ...feed, fetched }));
    deps.onChange();
  }

  return {
    feeds: () => [...feeds.values()],
    get: (feed) => feeds.get(feed) ?? null,
    add(config) {
      const of = identityOf(config);
      const stored = store.fetchState(config.id);
      // Words of another address are no words of this one, and "not modified" of it would confirm them.
      const isOther = stored.of !== undefined && stored.of !== of;
      const text = isOther ? null : store.memory(config.id);
      const memory = text === null ? EMPTY_MEMORY : memoryFromJson(text);
      const kept = isOther ? NO_FETCH : stored;
      // Without the words, "unchanged" would be an answer about nothing: ask for the whole payload.
      const fetched = memory === null || text === null ? { ...kept, etag: null, lastModified: null } : kept;
      const heardAt = kept.fetchedAt ?? memory?.heardAt ?? null;
      feeds.set(config.id, {
        config,
        // How the last try of an earlier run ended says nothing of now; only its age counts.
        fetched: { ...fetched, of, outcome: fetched.fetchedAt === null ? null : 'good', reason: null },
        memory: { ...(memory ?? EMPTY_MEMORY), heardAt },
        heardUptime: null,
        lostSince: null,
        lostTold: false,
      });
      deps.onChange();
    },
    remove(feed) {
      feeds.delete(feed);
      deps.onChange();
    },
    setEnabled(feed, enabled) {
      const found = feeds.get(feed);
      if (found !== undefined)
        feeds.set(feed, { ...found, config: { ...found.config, enabled }, lostSince: null, lostTold: false });
      deps.onChange();
    },
    apply(id, outcome) {
      const feed = feeds.get(id);
      if (feed === undefined) return; // removed while it was asked
      const at = toInstant(clock.now());
      if (outcome.how === 'failed') failed(feed, outcome.reason, outcome, at);
      else good(feed, outcome, at);
    },
    stateOf,
    ageOf,
    setMemory(id, memory) {
      const feed = feeds.get(id);
      if (feed === undefined) return;
      feeds.set(id, { ...feed, memory });
      store.savePoll(id, feed.fetched, {
        memory: memoryToJson(memory),
        added: [],
        updated: [],
        folds: new Map(),
      });
      deps.onChange();
    },
    pathChanged(path, how) {
      const now = clock.now();
      const since = pathsLost.get(path);
      if (how === 'lost') pathsLost.set(path, toInstant(now));
      else pathsLost.delete(path);
      const minutes = since === undefined ? 0 : Math.floor((now - fromInstant(since)) / 60_000);
      say([pathLine(path, how, minutes, toInstant(now), deps.ids.uuid())]);
    },
    pathLostSince: (path = INTERNET) => pathsLost.get(path) ?? null,
    tick() {
      for (const [id, feed] of feeds) feeds.set(id, watchFeed(feed));
    },
  };
}
