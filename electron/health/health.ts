// The health service: feeds and probes polled by the owner of the profile, judged, kept in health.db, shown on the board and told
// as signals; overrides over what is shown, and the record of the past.
import type { SignalLine } from '../../shared/contract/health.ts';
import type { Handlers } from '../../shared/contract/index.ts';
import { oursOf } from '../../shared/health/board.ts';
import { placeKey } from '../../shared/health/judge-memory.ts';
import { BulkheadError, fail, ok, type Result } from '../../shared/result.ts';
import { pollText } from '../../shared/text/health.ts';
import { probeText } from '../../shared/text/probes.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { checkBeside } from './check-once.ts';
import { DEFAULT_FEEDS, DEFAULT_REFERENCES, type FeedConfig, INTERNET } from './defaults.ts';
import { createEngine, type Engine } from './engine.ts';
import { feedHandlers, keepKnown } from './feed-handlers.ts';
import { byHttp, createFeedPoll } from './feed-poll.ts';
import { createFetcher } from './fetch/fetcher.ts';
import { fetchFolder, folderOf } from './fetch/folder.ts';
import { createOverrides } from './overrides.ts';
import { createParser } from './parser.ts';
import { createPaths } from './paths.ts';
import { createPoller } from './poller.ts';
import type { Health, HealthDeps, OursPort, PackSources, SignalWithEvidence } from './ports.ts';
import { createProbes } from './probes/probes.ts';
import { readingsOf } from './readings.ts';
import { createRecord } from './record.ts';
import { createReplayDriver, createSetClock, replayedFeed } from './replay/driver.ts';
import { createRunningClock, runReplay } from './replay/live.ts';
import { openRecording } from './replay/recording.ts';
import { feedKind } from './sources/index.ts';
import { openHealthStore } from './store.ts';
import { createViews, evidenceText } from './views.ts';

export type { Health, HealthDeps, OursPort, PackSources, SignalWithEvidence } from './ports.ts';

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
