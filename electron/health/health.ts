// The health service: feeds polled by the owner of the profile, judged, kept in health.db, shown on the board and told as signals.
import type { Feed, SignalLine } from '../../shared/contract/health.ts';
import type { Emit, Handlers } from '../../shared/contract/index.ts';
import { oursOf } from '../../shared/health/board.ts';
import { markKnown, placeKey } from '../../shared/health/judge-memory.ts';
import { BulkheadError, fail, ok, type Result } from '../../shared/result.ts';
import { pollText } from '../../shared/text/health.ts';
import { type Clock, type Instant, toInstant } from '../../shared/time/clock.ts';
import type { Host } from '../host/host.ts';
import type { Log } from '../log/log.ts';
import { DEFAULT_FEEDS, DEFAULT_REFERENCES, type FeedConfig, type Reference } from './defaults.ts';
import { createEngine, type Engine } from './engine.ts';
import { byHttp, createFeedPoll } from './feed-poll.ts';
import { createFetcher, type FetchFeed } from './fetch/fetcher.ts';
import { createParser } from './parser.ts';
import { createPathWatch } from './paths.ts';
import { createPoller } from './poller.ts';
import { previewAddress } from './preview.ts';
import { createReplayDriver, createSetClock, replayedFeed } from './replay/driver.ts';
import { createRunningClock, runReplay } from './replay/live.ts';
import { openRecording } from './replay/recording.ts';
import { feedKind } from './sources/index.ts';
import { createProblems } from './sources/reading/problems.ts';
import { decodeText } from './sources/reading/text.ts';
import { openHealthStore, openMemoryStore } from './store.ts';
import { createViews, evidenceText } from './views.ts';

export interface HealthDeps {
  readonly host: Pick<Host, 'proxyFor'>;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  /** 0 to 1, for the jitter of intervals. */
  readonly random: () => number;
  /** Folder of health.db: the profile. */
  readonly folder: string;
  readonly emit: Emit;
  /** Regions the team runs on, as `provider/region`. Asked anew each time. */
  readonly settings: () => { readonly regions: readonly string[] };
  readonly log: Log;
  /** Only the owner of a profile polls. */
  readonly owner: boolean;
  readonly replay?: { readonly dir: string; readonly kind: string; readonly speed: number } | null;
  /** The built-in feeds; another set in tests. */
  readonly feeds?: readonly FeedConfig[];
  /** References of the internet path; empty: the path is not watched. */
  readonly references?: readonly Reference[];
  /** Fetches addresses; the real fetcher by default. */
  readonly fetch?: FetchFeed;
}

export interface SignalWithEvidence extends SignalLine {
  readonly fetchedAt: Instant | null;
  readonly excerpt: string;
}

/** Calls of this service about feeds, cells and signals; the rest of `health.` is bound by the services beside it. */
export type FeedHandlers = Pick<
  Handlers<'health'>,
  | 'health.board'
  | 'health.cell'
  | 'health.elsewhere'
  | 'health.signals'
  | 'health.raw'
  | 'health.pollNow'
  | 'health.setFeed'
  | 'health.previewFeed'
  | 'health.addFeed'
  | 'health.removeFeed'
>;

export interface Health {
  readonly handlers: FeedHandlers;
  /** The clock of what is shown: the recording's during a replay, else the one handed in. */
  readonly clock: Clock;
  /** Said at the start: a damaged or newer file. */
  readonly notices: readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  onSignals(listener: (signals: readonly SignalWithEvidence[]) => void): () => void;
  /** Signals with what their source said; ids that are not known are left out. */
  evidence(ids: readonly string[]): readonly SignalWithEvidence[];
  /** Asks every feed that is switched on once; beside an owner nothing of it is kept. */
  checkOnce(): Promise<readonly Feed[]>;
  /** Marks an open event of a feed known until it changes. */
  markKnown(feed: string, event: string): Result<null>;
  replaying(): { name: string; speed: number; clock: Instant; ended: boolean } | null;
}

const MAX_AT_ONCE = 8;
const EMIT_MS = 500;
const TICK_MS = 1000;
const LOOK_MS = 15_000;
const RETAIN_MS = 30 * 86_400_000;
const RAW_CHARACTERS = 65_536;
const MIN_INTERVAL_MS = 60_000;

/** Throws BulkheadError `no-recording` when a replay was asked for and its folder holds none. */
export async function createHealth(deps: HealthDeps): Promise<Health> {
  const { log } = deps;
  const recording = deps.replay ? openRecording(deps.replay.dir) : null;
  if (recording !== null && !recording.ok)
    throw new BulkheadError(recording.error.code, recording.error.message);
  const tape = recording?.value ?? null;
  const kind = deps.replay ? feedKind(deps.replay.kind) : null;
  if (deps.replay && kind === null)
    throw new BulkheadError('unknown-kind', pollText.badKind(deps.replay.kind));

  const running =
    tape === null ? null : createRunningClock(deps.clock, tape.polls[0]!.at, deps.replay!.speed);
  const clock: Clock = running ?? deps.clock;
  const opened = openHealthStore(
    deps.folder,
    toInstant(clock.now()),
    tape === null ? (deps.feeds ?? DEFAULT_FEEDS) : [],
  );
  const { store, notices } = opened;
  for (const notice of notices) log.warn(notice);
  const since = store.keptInstant('watch-set', toInstant(clock.now()));
  const fetch =
    deps.fetch ?? createFetcher({ clock: deps.clock, proxyFor: (url) => deps.host.proxyFor(url) });
  const parser = createParser();
  const listeners = new Set<(signals: readonly SignalWithEvidence[]) => void>();

  let rev = 0;
  let dirty = false;
  let started = false;
  let emitTimer: NodeJS.Timeout | null = null;
  const timers: NodeJS.Timeout[] = [];

  let regionsText = '';
  let oursSet = new Set<string>();
  const ours = (): ReadonlySet<string> => {
    const { regions } = deps.settings();
    const text = regions.join('\n');
    if (text !== regionsText) {
      regionsText = text;
      oursSet = new Set(
        regions.flatMap((one) => oursOf(one) ?? []).map((one) => `${one.provider}/${one.region}`),
      );
    }
    return oursSet;
  };

  function changed(): void {
    rev += 1;
    dirty = true;
    if (!started || emitTimer !== null) return;
    // The first change of a burst is told at once, the others at most twice a second.
    emitNow();
    emitTimer = setTimeout(() => {
      emitTimer = null;
      if (dirty) emitNow();
    }, EMIT_MS);
    emitTimer.unref();
  }

  function emitNow(): void {
    dirty = false;
    deps.emit('health.changed', { rev, board: { rev, ...views.board() } });
  }

  const engineDeps = {
    store,
    ids: deps.ids,
    ours: (provider: string, region: string) => ours().has(`${provider}/${region}`),
    onSignals: (signals: readonly SignalLine[]) => {
      const told = signals.map(withEvidence);
      for (const listener of listeners) listener(told);
    },
    onChange: changed,
  };
  const driver =
    tape === null
      ? null
      : createReplayDriver(tape, replayedFeed(tape.dir, kind!.kind), {
          ...engineDeps,
          clock: createSetClock(tape.polls[0]!.at),
        });
  const engine: Engine = driver?.engine ?? createEngine({ ...engineDeps, clock });
  const path =
    tape === null
      ? createPathWatch({
          clock,
          fetch,
          references: deps.references ?? DEFAULT_REFERENCES,
          onChange: (lost) => {
            engine.pathChanged(lost);
            if (!lost) for (const feed of engine.feeds()) void poller.pollNow(feed.config.id);
          },
        })
      : null;
  const poller = createPoller({
    clock,
    random: deps.random,
    maxAtOnce: MAX_AT_ONCE,
    poll: createFeedPoll({ engine, fetch: byHttp(fetch), parser, path, clock, unchangedOf: 'taken' }),
  });
  const views = createViews({
    engine,
    store,
    poller: tape === null ? poller : null,
    clock,
    ours: () => deps.settings().regions,
    since,
  });

  if (tape === null) for (const feed of store.feeds()) engine.add(feed);
  const watch = (feed: FeedConfig, spreadMs: number): void => {
    if (deps.owner && feed.enabled) poller.add(feed.id, feed.intervalMs, spreadMs);
  };

  function withEvidence(signal: SignalLine): SignalWithEvidence {
    const feed = engine.get(signal.feed);
    const event =
      signal.event === null || feed === null
        ? undefined
        : [...feed.memory.events.values()].find((one) => one.event.title.slice(0, 300) === signal.event);
    const { provider, region, service } = signal;
    const place = feed?.memory.places.get(placeKey({ provider, region, service }));
    const text = event?.event.text ?? (feed && place ? evidenceText(feed, place) : '');
    return { ...signal, fetchedAt: feed?.fetched.fetchedAt ?? null, excerpt: text.slice(0, 4096) };
  }

  /** A refusal for what only the owner of the profile, and no replay, may do. */
  const refusal = (): Result<never> | null => {
    if (tape !== null) return fail('replaying', pollText.replaying);
    return deps.owner ? null : fail('not-owner', pollText.notOwner);
  };
  const noFeed = (id: string): Result<never> => fail('no-such-feed', pollText.noFeed(id));

  const handlers: FeedHandlers = {
    'health.board': async () => ok({ rev, ...views.board() }),
    'health.cell': async ({ provider, region }) => ok(views.cell(provider, region)),
    'health.elsewhere': async ({ provider }) => ok({ cells: [...views.elsewhere(provider)] }),
    'health.signals': async ({ before, limit }) =>
      ok({ signals: [...store.signals(before, limit)], total: store.signalCount().total }),
    'health.raw': async ({ feed }) => {
      if (engine.get(feed) === null) return noFeed(feed);
      const kept = store.payload(feed);
      if (kept === null) return ok({ fetchedAt: null, contentType: '', text: '', truncated: false });
      const text = decodeText(kept.bytes, kept.contentType, createProblems());
      const truncated = text.length > RAW_CHARACTERS;
      return ok({
        fetchedAt: kept.at,
        contentType: kept.contentType,
        text: text.slice(0, RAW_CHARACTERS).toWellFormed(),
        truncated,
      });
    },
    'health.pollNow': async ({ feed }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      if (engine.get(feed) === null) return noFeed(feed);
      await poller.pollNow(feed);
      return ok({});
    },
    'health.setFeed': async ({ feed, enabled }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      const found = engine.get(feed);
      if (found === null) return noFeed(feed);
      store.setEnabled(feed, enabled);
      engine.setEnabled(feed, enabled);
      if (enabled) watch({ ...found.config, enabled }, 0);
      else {
        poller.remove(feed);
        path?.forget(feed);
      }
      return ok({});
    },
    'health.previewFeed': async ({ url }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      const preview = await previewAddress(url, { fetch, parser, clock });
      if (!preview.ok) return preview;
      const { url: _, privateHost: __, openEvents, problems, ...shown } = preview.value;
      return ok({ ...shown, openEvents: [...openEvents], problems: [...problems] });
    },
    'health.addFeed': async ({ url, kind: wanted, name, provider }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      const known = feedKind(wanted);
      if (known === null) return fail('unknown-kind', pollText.badKind(wanted));
      const preview = await previewAddress(url, { fetch, parser, clock });
      // An address that does not answer now is kept as typed: it is watched, and the board says that it is not heard.
      const address = preview.ok ? preview.value.url : url.trim();
      if (!/^https?:\/\//i.test(address)) return fail('bad-url', preview.ok ? '' : preview.error.message);
      const twin = engine.feeds().find((one) => one.config.url === address);
      if (twin !== undefined) return fail('already-watched', pollText.twice(twin.config.name));
      const feed: FeedConfig = {
        id: `${
          provider
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, '-')
            .slice(0, 60) || 'feed'
        }-${deps.ids.uuid().slice(-8)}`,
        name: name.trim() || provider,
        kind: known.kind,
        provider: provider.trim() || 'own',
        url: address,
        intervalMs: MIN_INTERVAL_MS,
        staleAfterMs: MIN_INTERVAL_MS * 5,
        enabled: true,
        builtIn: false,
        privateHost: preview.ok ? preview.value.privateHost : null,
      };
      store.addFeed(feed);
      engine.add(feed);
      watch(feed, 0);
      return ok({ feed: feed.id });
    },
    'health.removeFeed': async ({ feed }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      if (engine.get(feed) === null) return noFeed(feed);
      poller.remove(feed);
      path?.forget(feed);
      store.removeFeed(feed);
      engine.remove(feed);
      return ok({});
    },
  };

  /** What the window shows changes by time alone: a feed goes late or stale. Told when it does. */
  let shown = '';
  function tick(): void {
    engine.tick();
    const now = [deps.settings().regions.join(), ...engine.feeds().map((one) => engine.stateOf(one))].join(
      '|',
    );
    if (now !== shown) {
      shown = now;
      changed();
    }
  }

  let replay: ReturnType<typeof runReplay> | null = null;
  return {
    handlers,
    clock,
    notices,
    async start() {
      if (started) return;
      started = true;
      store.retain(toInstant(clock.now() - RETAIN_MS));
      if (driver !== null) replay = runReplay(driver, tape!, running!);
      else if (deps.owner) {
        for (const feed of store.feeds()) watch(feed, 2000);
        poller.start();
        const look = setInterval(() => void path?.look(), LOOK_MS);
        timers.push(look);
      }
      const ticking = setInterval(tick, TICK_MS);
      timers.push(ticking);
      for (const timer of timers) timer.unref();
      changed();
    },
    async stop() {
      started = false;
      for (const timer of timers.splice(0)) clearInterval(timer);
      if (emitTimer !== null) clearTimeout(emitTimer);
      await replay?.stop();
      await poller.stop();
      await parser.stop();
      store.close();
    },
    onSignals(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    evidence: (ids) => store.signalsById(ids).map(withEvidence),
    async checkOnce() {
      if (tape !== null) return views.feeds();
      if (deps.owner) {
        for (const feed of store.feeds()) watch(feed, 0);
        await poller.pollAll();
        return views.feeds();
      }
      const beside = openMemoryStore([]);
      const own = createEngine({
        ...engineDeps,
        store: beside,
        clock,
        onSignals: () => undefined,
        onChange: () => undefined,
      });
      const asked = createPoller({
        clock,
        random: deps.random,
        maxAtOnce: MAX_AT_ONCE,
        poll: createFeedPoll({
          engine: own,
          fetch: byHttp(fetch),
          parser,
          path: null,
          clock,
          unchangedOf: 'taken',
        }),
      });
      for (const feed of store.feeds()) {
        own.add(feed);
        if (feed.enabled) asked.add(feed.id, feed.intervalMs);
      }
      await asked.pollAll();
      const feeds = createViews({
        engine: own,
        store: beside,
        poller: null,
        clock,
        ours: () => [],
        since,
      }).feeds();
      beside.close();
      return feeds;
    },
    markKnown(feed, event) {
      const found = engine.get(feed);
      if (found === null) return noFeed(feed);
      engine.setMemory(feed, markKnown(found.memory, event, toInstant(clock.now())));
      return ok(null);
    },
    replaying: () =>
      tape === null
        ? null
        : {
            name: tape.dir.split(/[\\/]/).filter(Boolean).at(-1) ?? tape.dir,
            speed: deps.replay!.speed,
            clock: toInstant(clock.now()),
            ended: replay?.ended() ?? false,
          },
  };
}
