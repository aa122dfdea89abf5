// The health service: feeds and probes polled by the owner of the profile, judged, kept in health.db, shown on the board and told
// as signals; overrides over what is shown, and the record of the past.
import type { Feed, SignalLine } from '../../shared/contract/health.ts';
import type { Emit, Handlers } from '../../shared/contract/index.ts';
import { oursOf } from '../../shared/health/board.ts';
import type { Judgement } from '../../shared/health/board-cells.ts';
import { placeKey } from '../../shared/health/judge-memory.ts';
import type { State } from '../../shared/health/types.ts';
import { BulkheadError, fail, ok, type Result } from '../../shared/result.ts';
import { pollText } from '../../shared/text/health.ts';
import { probeText } from '../../shared/text/probes.ts';
import { type Clock, type Instant, toInstant } from '../../shared/time/clock.ts';
import type { Host } from '../host/host.ts';
import type { Log } from '../log/log.ts';
import { checkBeside } from './check-once.ts';
import { DEFAULT_FEEDS, DEFAULT_REFERENCES, type FeedConfig, INTERNET, type Reference } from './defaults.ts';
import { createEngine, type Engine } from './engine.ts';
import { feedHandlers, keepKnown } from './feed-handlers.ts';
import { byHttp, createFeedPoll } from './feed-poll.ts';
import { createFetcher, type FetchFeed } from './fetch/fetcher.ts';
import { fetchFolder, folderOf } from './fetch/folder.ts';
import { createOverrides, type Overrides } from './overrides.ts';
import { createParser } from './parser.ts';
import { createPaths } from './paths.ts';
import { createPoller } from './poller.ts';
import { createProbes, type NamedProbe } from './probes/probes.ts';
import { type Reading, readingsOf } from './readings.ts';
import { createRecord } from './record.ts';
import { createReplayDriver, createSetClock, replayedFeed } from './replay/driver.ts';
import { createRunningClock, runReplay } from './replay/live.ts';
import { openRecording } from './replay/recording.ts';
import { feedKind } from './sources/index.ts';
import { openHealthStore } from './store.ts';
import { createViews, evidenceText } from './views.ts';

/** What the topology knows of our services; bound after this service, which it reads. */
export interface OursPort {
  /** Regions that our services run in, as `provider/region`. */
  regions(): readonly string[];
  /** Names of our services that need a place. */
  needs(provider: string, region: string, service: string): readonly string[];
  /** What its needs make of one of our services; null: there is none of that name. */
  state(service: string): State | null;
}

/** What packs bring. */
export interface PackSources {
  readonly feeds: readonly FeedConfig[];
  readonly probes: readonly NamedProbe[];
  /** Named paths with their references. */
  readonly paths: ReadonlyMap<string, readonly Reference[]>;
}

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
  /** Who sits at this desk; null while nobody has said their name. Default: nobody. */
  readonly person?: () => { readonly name: string } | null;
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

export interface Health {
  readonly handlers: Handlers<'health'>;
  /** The clock of what is shown: the recording's during a replay, else the one handed in. */
  readonly clock: Clock;
  /** Said at the start: a damaged or newer file. */
  readonly notices: readonly string[];
  readonly overrides: Pick<Overrides, 'active' | 'endLocks' | 'onNote'>;
  start(): Promise<void>;
  stop(): Promise<void>;
  onSignals(listener: (signals: readonly SignalWithEvidence[]) => void): () => void;
  /** Called after the board changed, at most twice a second. */
  onBoard(listener: () => void): () => void;
  /** Signals with what their source said; ids that are not known are left out. */
  evidence(ids: readonly string[]): readonly SignalWithEvidence[];
  /** What the sources say, without overrides. */
  judgement(): Judgement;
  /** The last word of every source about every place, for gates. */
  readings(): readonly Reading[];
  /** When the running cascade began; null: nothing is going on. */
  firstSignal(): Instant | null;
  /** May the words of this provider's sources be believed now? */
  heard(provider: string): boolean;
  /** Do we run there, or watch it with probes of our own? */
  runsThere(provider: string, region: string): boolean;
  /** Regions where we run or probe, as `provider/region`. */
  regions(): readonly string[];
  /** Ids of feeds that no pack brings. */
  feedIds(): ReadonlySet<string>;
  setOurs(port: OursPort): void;
  /** Feeds, probes and paths of the packs from now on. */
  setPacks(sources: PackSources): void;
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
const BEAT_MS = 30_000;
const RETAIN_MS = 31 * 86_400_000;
/** What is too old is deleted this often: milliseconds. */
const RETAIN_EVERY_MS = 6 * 3_600_000;
const MAX_PROBES = 600;

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
  const { store, db, notices } = opened;
  for (const notice of notices) log.warn(notice);
  const since = store.keptInstant('watch-set', toInstant(clock.now()));
  const fetch =
    deps.fetch ?? createFetcher({ clock: deps.clock, proxyFor: (url) => deps.host.proxyFor(url) });
  const parser = createParser();
  const listeners = new Set<(signals: readonly SignalWithEvidence[]) => void>();
  const boardListeners = new Set<() => void>();

  let rev = 0;
  let dirty = false;
  let started = false;
  let emitTimer: NodeJS.Timeout | null = null;
  const timers: NodeJS.Timeout[] = [];

  let oursPort: OursPort | null = null;
  let packs: PackSources = { feeds: [], probes: [], paths: new Map() };
  let probed: readonly string[] = [];
  /** Regions where we run or probe: they always have a column, and Broken counts them. */
  const regions = (): readonly string[] => [
    ...new Set([...deps.settings().regions, ...(oursPort?.regions() ?? []), ...probed]),
  ];
  let regionsText = '';
  let oursSet = new Set<string>();
  const ours = (): ReadonlySet<string> => {
    const wanted = regions();
    const text = wanted.join('\n');
    if (text !== regionsText) {
      regionsText = text;
      oursSet = new Set(
        wanted.flatMap((one) => oursOf(one) ?? []).map((one) => `${one.provider}/${one.region}`),
      );
    }
    return oursSet;
  };
  const runsThere = (provider: string, region: string): boolean => ours().has(`${provider}/${region}`);

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
    if (deps.owner) record.beat();
    record.note(views.judgement(), views.heard());
    for (const listener of boardListeners) listener();
  }

  const engineDeps = {
    store,
    ids: deps.ids,
    ours: runsThere,
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
  const paths = createPaths({
    clock,
    fetch,
    onChange: (path, lost) => {
      engine.pathChanged(path, lost);
      if (!lost) for (const feed of engine.feeds()) void poller.pollNow(feed.config.id);
    },
  });
  const setPaths = (): void => {
    if (tape === null)
      paths.set(new Map([[INTERNET, deps.references ?? DEFAULT_REFERENCES], ...packs.paths]));
  };
  setPaths();
  const poller = createPoller({
    clock,
    random: deps.random,
    maxAtOnce: MAX_AT_ONCE,
    poll: createFeedPoll({
      engine,
      fetch: byHttp((request) => {
        const dropped = folderOf(request.url);
        return dropped === null ? fetch(request) : fetchFolder(dropped, clock);
      }),
      parser,
      paths,
      clock,
      unchangedOf: 'taken',
    }),
  });
  const probes = createProbes({ engine, clock, fetch, paths, random: deps.random });

  /** A refusal for what only the owner of the profile, and no replay, may do. */
  const refusal = (): Result<never> | null => {
    if (tape !== null) return fail('replaying', pollText.replaying);
    return deps.owner ? null : fail('not-owner', pollText.notOwner);
  };
  const overrides = createOverrides({
    db,
    clock,
    ids: deps.ids,
    person: deps.person ?? (() => null),
    judgement: () => views.judgement(),
    ours: (service) => oursPort?.state(service) ?? null,
    onChange: changed,
    refusal,
  });
  const record = createRecord({ db, clock, ours: regions });
  const views = createViews({
    engine,
    store,
    poller: tape === null ? poller : null,
    clock,
    ours: regions,
    since,
    overrides: () => overrides.active(),
    probes,
    cascade: {
      ours: runsThere,
      needs: (provider, region, service) => oursPort?.needs(provider, region, service) ?? [],
    },
  });

  if (tape === null) for (const feed of store.feeds()) engine.add(feed);
  const watch = (feed: FeedConfig, spreadMs: number): void => {
    if (deps.owner && feed.enabled) poller.add(feed.id, feed.intervalMs, spreadMs);
  };

  function setPacks(next: PackSources): void {
    if (tape !== null) return;
    const before = new Map(packs.feeds.map((feed) => [feed.id, JSON.stringify(feed)]));
    const after = new Map(next.feeds.map((feed) => [feed.id, feed]));
    packs = next;
    setPaths();
    for (const id of before.keys()) {
      if (before.get(id) === JSON.stringify(after.get(id))) continue;
      poller.remove(id);
      paths.forget(id);
      engine.remove(id);
    }
    for (const feed of next.feeds) {
      if (before.get(feed.id) === JSON.stringify(feed)) continue;
      engine.add(feed);
      if (started) watch(feed, 1000);
    }
    probes.set(next.probes.slice(0, MAX_PROBES));
    probed = [...new Set(next.probes.map(({ spec }) => `${spec.provider}/${spec.region}`))];
    changed();
  }

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

  const handlers: Handlers<'health'> = {
    'health.board': async () => ok({ rev, ...views.board() }),
    'health.cell': async ({ provider, region }) => ok(views.cell(provider, region)),
    'health.elsewhere': async ({ provider }) => ok({ cells: [...views.elsewhere(provider)] }),
    'health.signals': async ({ before, limit }) =>
      ok({ signals: [...store.signals(before, limit)], total: store.signalCount().total }),
    'health.probes': async () => ok({ probes: [...probes.views()].slice(0, MAX_PROBES) }),
    'health.probe': async ({ probe }) => {
      const found = probes.view(probe);
      if (found === null) return fail('no-such-probe', probeText.noProbe(probe));
      return ok({ probe: found, tries: [...probes.tries(probe)].slice(-2000) });
    },
    ...feedHandlers({
      engine,
      store,
      poller,
      paths,
      fetch,
      parser,
      clock,
      ids: deps.ids,
      watch,
      ofPack: (feed) =>
        packs.feeds.some((one) => one.id === feed) || packs.probes.some((one) => one.id === feed),
      checkProbe: (probe) => probes.checkNow(probe),
      refusal,
    }),
    ...overrides.handlers,
    ...record.handlers,
  };

  /** What the window shows changes by time alone: a feed goes late or stale. Told when it does. */
  let shown = '';
  function tick(): void {
    engine.tick();
    overrides.tick();
    const now = [regions().join(), ...engine.feeds().map((one) => engine.stateOf(one))].join('|');
    if (now !== shown) {
      shown = now;
      changed();
    }
  }

  const every = (ms: number, what: () => void): void => {
    const timer = setInterval(what, ms);
    timer.unref();
    timers.push(timer);
  };
  const retain = (): void => {
    const before = toInstant(clock.now() - RETAIN_MS);
    store.retain(before);
    record.retain(before);
  };

  let replay: ReturnType<typeof runReplay> | null = null;
  return {
    handlers,
    clock,
    notices,
    overrides,
    async start() {
      if (started) return;
      started = true;
      retain();
      every(RETAIN_EVERY_MS, retain);
      if (driver !== null) replay = runReplay(driver, tape!, running!);
      else if (deps.owner) {
        for (const feed of [...store.feeds(), ...packs.feeds]) watch(feed, 2000);
        poller.start();
        probes.start();
        every(LOOK_MS, () => void paths.look());
      }
      if (deps.owner) {
        record.beat();
        every(BEAT_MS, () => record.beat());
      }
      every(TICK_MS, tick);
      changed();
    },
    async stop() {
      if (started && deps.owner) record.beat(true);
      started = false;
      for (const timer of timers.splice(0)) clearInterval(timer);
      if (emitTimer !== null) clearTimeout(emitTimer);
      await replay?.stop();
      await poller.stop();
      await probes.stop();
      await parser.stop();
      store.close();
    },
    onSignals(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onBoard(listener) {
      boardListeners.add(listener);
      return () => void boardListeners.delete(listener);
    },
    evidence: (ids) => store.signalsById(ids).map(withEvidence),
    judgement: () => views.judgement(),
    readings: () => readingsOf(engine, probes, overrides.active()),
    firstSignal: () => views.cascade().first?.node.at ?? null,
    heard: (provider) => views.heard().get(provider) ?? false,
    runsThere,
    regions,
    feedIds: () => new Set(store.feeds().map((feed) => feed.id)),
    setOurs(port) {
      oursPort = port;
      changed();
    },
    setPacks,
    async checkOnce() {
      if (tape !== null) return views.feeds();
      if (!deps.owner) {
        const { ids, random } = deps;
        return checkBeside({
          store,
          clock,
          ids,
          random,
          fetch,
          parser,
          maxAtOnce: MAX_AT_ONCE,
          ours: runsThere,
        });
      }
      for (const feed of store.feeds()) watch(feed, 0);
      await poller.pollAll();
      return views.feeds();
    },
    markKnown: (feed, event) => keepKnown(engine, clock, feed, event),
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
