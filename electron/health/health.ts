// The health service: feeds and probes polled by the owner of the profile, judged, kept in health.db, shown on the board and told
// as signals; overrides over what is shown, and the record of the past.
import type { SignalLine } from '../../shared/contract/health.ts';
import type { Handlers } from '../../shared/contract/index.ts';
import type { CascadeContext } from '../../shared/health/cascade-view.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { pollText } from '../../shared/text/health.ts';
import { probeText } from '../../shared/text/probes.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { createAnnouncer } from './announce.ts';
import { checkBeside } from './check-once.ts';
import { createDateEvidence } from './date-evidence.ts';
import { DEFAULT_FEEDS, DEFAULT_REFERENCES, type FeedConfig, INTERNET, type Reference } from './defaults.ts';
import { createEngine, type Engine } from './engine.ts';
import { withEvidence } from './evidence.ts';
import { feedHandlers, keepKnown } from './feed-handlers.ts';
import { byHttp, createFeedPoll } from './feed-poll.ts';
import { createFetcher } from './fetch/fetcher.ts';
import { createReach } from './fetch/reach.ts';
import { createOverrides } from './overrides.ts';
import { createPackFeeds, MAX_PROBES } from './pack-feeds.ts';
import { createParser } from './parser.ts';
import { createPaths } from './paths.ts';
import { createPoller } from './poller.ts';
import type { Health, HealthDeps, SignalWithEvidence } from './ports.ts';
import { createProbes } from './probes/probes.ts';
import { linkLostSince, readingsOf } from './readings.ts';
import { createRecord } from './record.ts';
import { openHealthStore, openReplayStore } from './store.ts';
import { openTape } from './tape.ts';
import { createViews } from './views.ts';
import { createWhereWeRun } from './where-we-run.ts';

export type { Health, HealthDeps, OursPort, PackSources, SignalWithEvidence } from './ports.ts';

const MAX_AT_ONCE = 8;
const TICK_MS = 1000;
const LOOK_MS = 15_000;
const BEAT_MS = 30_000;
const RETAIN_MS = 31 * 86_400_000;
/** What is too old is deleted this often: milliseconds. */
const RETAIN_EVERY_MS = 6 * 3_600_000;

/** Throws BulkheadError `no-recording` when a replay was asked for and its folder holds none. */
export async function createHealth(deps: HealthDeps): Promise<Health> {
  const { log } = deps;
  const tape = openTape(deps.replay ?? null, deps.clock);
  const clock: Clock = tape?.clock ?? deps.clock;
  const now = toInstant(clock.now());
  // What a recording says never reaches the file of the profile: not its words, not its record, not an override made over it.
  const { store, db, notices } =
    tape === null ? openHealthStore(deps.folder, now, deps.feeds ?? DEFAULT_FEEDS) : openReplayStore();
  for (const notice of notices) log.warn(notice);
  const since = store.keptInstant('watch-set', now);
  const dates = createDateEvidence(deps.clock, deps.clockHosts);
  const fetch = dates.heard(
    deps.fetch ?? createFetcher({ clock: deps.clock, proxyFor: (url) => deps.host.proxyFor(url) }),
  );
  const reach = createReach({ fetch, clock });
  const parser = createParser();
  const listeners = new Set<(signals: readonly SignalWithEvidence[]) => void>();
  const boardListeners = new Set<() => void>();
  const clockListeners = new Set<() => void>();
  let clockTold: number | null = null;
  const where = createWhereWeRun(deps.settings, deps.targets);
  const { regions, runsThere } = where;

  const announcer = createAnnouncer((rev) => {
    deps.emit('health.changed', { rev, board: { rev, ...views.board() } });
    if (deps.owner) record.beat();
    record.note(views.judgement(), views.heard(), views.seen());
    for (const listener of boardListeners) listener();
  });
  const { changed } = announcer;

  const engineDeps = {
    store,
    ids: deps.ids,
    ours: runsThere,
    onSignals: (signals: readonly SignalLine[]) => {
      const told = signals.map((one) => withEvidence(engine, one));
      for (const listener of listeners) listener(told);
    },
    onChange: changed,
  };
  const driver = tape?.driver(engineDeps) ?? null;
  const engine: Engine = driver?.engine ?? createEngine({ ...engineDeps, clock });
  const paths = createPaths({
    clock,
    fetch,
    onChange: (path, how) => {
      engine.pathChanged(path, how);
      if (how !== 'lost') for (const feed of engine.feeds()) void poller.pollNow(feed.config.id);
    },
  });
  const poller = createPoller({
    clock,
    random: deps.random,
    maxAtOnce: MAX_AT_ONCE,
    poll: createFeedPoll({ engine, fetch: byHttp(reach), parser, paths, clock, unchangedOf: 'taken' }),
  });
  const probes = createProbes({ engine, clock, fetch, paths, random: deps.random });

  const notOwner = (): Result<never> | null => (deps.owner ? null : fail('not-owner', pollText.notOwner));
  /** A refusal for what only the owner of the profile, and no replay, may do. */
  const refusal = (): Result<never> | null =>
    tape === null ? notOwner() : fail('replaying', pollText.replaying);
  const overrides = createOverrides({
    db,
    clock,
    ids: deps.ids,
    person: deps.person ?? (() => null),
    judgement: () => views.judgement(),
    ours: (service) => where.port?.state(service) ?? null,
    ...(deps.incidents ? { incidents: deps.incidents } : {}),
    onChange: changed,
    refusal: notOwner,
  });
  const cascade: CascadeContext = {
    ours: runsThere,
    needs: (provider, region, service) => where.port?.needs(provider, region, service) ?? [],
  };
  const record = createRecord({
    db,
    clock,
    ours: regions,
    signals: (at, limit) => store.signalsUntil(at, limit),
    cascade,
  });
  const views = createViews({
    engine,
    store,
    poller: tape === null ? poller : null,
    clock,
    ours: regions,
    since,
    overrides: () => overrides.active(),
    probes,
    needed: () => where.port?.needed() ?? [],
    cascade,
  });

  if (tape === null) for (const feed of store.feeds()) engine.add(feed);
  let started = false;
  const watch = (feed: FeedConfig, spreadMs: number): void => {
    if (deps.owner && feed.enabled) poller.add(feed.id, feed.intervalMs, spreadMs);
  };
  const setPaths = (own: ReadonlyMap<string, readonly Reference[]>): void =>
    paths.set(new Map([[INTERNET, deps.references ?? DEFAULT_REFERENCES], ...own]));
  const packs = createPackFeeds({
    engine,
    poller,
    paths,
    probes,
    watch: (feed, spreadMs) => {
      if (started) watch(feed, spreadMs);
    },
    onSet: (sources) => {
      setPaths(sources.paths);
      where.setProbed(sources.probes.map(({ spec }) => `${spec.provider}/${spec.region}`));
    },
  });
  if (tape === null) setPaths(new Map());

  const handlers: Handlers<'health'> = {
    'health.board': async () => ok({ rev: announcer.rev, ...views.board() }),
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
      fetch: reach,
      parser,
      clock,
      ids: deps.ids,
      watch,
      ofPack: packs.has,
      checkProbe: (probe) => probes.checkNow(probe),
      person: deps.person ?? (() => null),
      refusal,
      notOwner,
    }),
    ...overrides.handlers,
    ...record.handlers,
  };

  /** What the window shows changes by time alone: a feed goes late or stale. Told when it does. */
  let shown = '';
  function tick(): void {
    const clockNow = dates.said();
    if (clockNow !== clockTold) {
      clockTold = clockNow;
      for (const listener of clockListeners) listener();
    }
    engine.tick();
    overrides.tick();
    const now = [regions().join(), ...engine.feeds().map((one) => engine.stateOf(one))].join('|');
    if (now !== shown) {
      shown = now;
      changed();
    }
  }

  const timers: NodeJS.Timeout[] = [];
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

  let replay: ReturnType<NonNullable<typeof tape>['run']> | null = null;
  return {
    handlers,
    clock,
    notices,
    overrides,
    async start() {
      if (started) return;
      started = true;
      announcer.start();
      retain();
      every(RETAIN_EVERY_MS, retain);
      if (tape !== null) replay = tape.run(driver!);
      else if (deps.owner) {
        for (const feed of [...store.feeds(), ...packs.feeds()]) watch(feed, 2000);
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
      announcer.stop();
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
    evidence: (ids) => store.signalsById(ids).map((one) => withEvidence(engine, one)),
    judgement: () => views.judgement(),
    readings: () => readingsOf(engine, probes, overrides.active()),
    linkLostSince: () => linkLostSince(engine),
    clockOff: () => dates.off(),
    clockSaid: () => dates.said(),
    onClock(listener) {
      clockListeners.add(listener);
      return () => void clockListeners.delete(listener);
    },
    firstSignal: () => views.cascade().first?.node.at ?? null,
    heard: (provider) => views.heard().get(provider) ?? false,
    runsThere,
    regions,
    feedIds: () => new Set(store.feeds().map((feed) => feed.id)),
    setOurs(port) {
      where.setPort(port);
      changed();
    },
    setPacks(sources) {
      if (tape !== null) return;
      packs.set(sources);
      changed();
    },
    async checkOnce() {
      if (tape !== null) return views.feeds();
      if (!deps.owner) {
        const { ids, random } = deps;
        return checkBeside({
          store,
          clock,
          ids,
          random,
          fetch: reach,
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
            name: tape.name,
            speed: tape.speed,
            clock: toInstant(clock.now()),
            ended: replay?.ended() ?? false,
          },
  };
}
