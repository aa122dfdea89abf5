// What the contract shows of the engine: feeds as lines, the board, a cell with its evidence.
import type {
  Board,
  Cell,
  CellDetail,
  Feed,
  FeedStateWord,
  SignalLine,
} from '../../shared/contract/health.ts';
import type { CascadeView, Override } from '../../shared/contract/watch.ts';
import { type BoardInput, boardOf, elsewhereOf } from '../../shared/health/board.ts';
import { type BoardSource, createJudge, type Judgement, spokenOf } from '../../shared/health/board-cells.ts';
import { probeCells, wideAlerts } from '../../shared/health/board-probes.ts';
import { type CascadeContext, cascadeView } from '../../shared/health/cascade-view.ts';
import { isBelieved } from '../../shared/health/judge-feed.ts';
import type { PlaceMemory } from '../../shared/health/judge-memory.ts';
import { isKnown, placeKey } from '../../shared/health/judge-memory.ts';
import { worstWord } from '../../shared/health/judge-settle.ts';
import { withoutKnown } from '../../shared/health/known.ts';
import { withOverrides } from '../../shared/health/overrides.ts';
import { regionName } from '../../shared/health/regions.ts';
import { rank } from '../../shared/health/worst.ts';
import { pollText } from '../../shared/text/health.ts';
import { overrideText } from '../../shared/text/overrides.ts';
import { type Clock, type Instant, toInstant } from '../../shared/time/clock.ts';
import { INTERNET, pathOf } from './defaults.ts';
import type { Engine, FeedRuntime } from './engine.ts';
import type { Poller } from './poller.ts';
import type { Probes } from './probes/probes.ts';
import { sourceTypeOf } from './readings.ts';
import { FEED_KINDS } from './sources/index.ts';
import type { HealthStore } from './store.ts';

export interface Views {
  feeds(): readonly Feed[];
  board(): Omit<Board, 'rev'>;
  cell(provider: string, region: string): CellDetail;
  elsewhere(provider: string): readonly Cell[];
  /** What the sources say, without overrides. The same map while nothing was said. */
  judgement(): Judgement;
  /** Provider -> may its silence be believed: one of its sources is heard and not stale. */
  heard(): ReadonlyMap<string, boolean>;
  /** What our probes see, a cell per place, for the record. */
  seen(): readonly Cell[];
  cascade(): CascadeView;
}

export interface ViewDeps {
  readonly engine: Engine;
  readonly store: HealthStore;
  readonly poller: Poller | null;
  readonly clock: Clock;
  /** Regions the team runs on, as `provider/region`. */
  readonly ours: () => readonly string[];
  readonly since: string;
  /** Persons' words in force. Default: none. */
  readonly overrides?: () => readonly Override[];
  readonly probes?: Pick<Probes, 'notWell'>;
  /** Providers that our services need something of. Default: none. */
  readonly needed?: () => readonly string[];
  readonly cascade?: CascadeContext;
}

/** Signals that the cascade is made of: those of its window, at most so many. */
const CASCADE_SIGNALS = 400;
/** Probes that are not well, on the board. */
const NOT_WELL = 60;

/** Why a feed is not fresh, with the way out; null when it is. */
function reasonOf(feed: FeedRuntime, state: FeedStateWord): string | null {
  switch (state) {
    case 'fresh':
      return feed.fetched.reason;
    case 'not-heard':
      return pollText.notHeard;
    case 'paused':
      return pollText.paused;
    case 'offline': {
      const path = pathOf(feed.config);
      return path === null || path === INTERNET ? pollText.offline : pollText.offlineOn(path);
    }
    case 'unreachable':
    case 'unparseable':
      return feed.fetched.reason;
    case 'late':
    case 'stale': {
      const older = feed.memory.olderSince;
      if (older !== null) return pollText.older(older);
      return state === 'late' ? (feed.fetched.reason ?? pollText.late) : pollText.stale;
    }
  }
}

/** Text of the provider for one place: the word's own, or that of the event it came from. */
export function evidenceText(feed: FeedRuntime, place: PlaceMemory): string {
  const found = worstWord(place);
  if (found === null) return '';
  return found.word.text || (feed.memory.events.get(found.event)?.event.text ?? '');
}

export function createViews(deps: ViewDeps): Views {
  const { engine, store, clock } = deps;
  const judge = createJudge();

  const sources = (): readonly BoardSource[] =>
    engine.feeds().map((feed) => ({
      id: feed.config.id,
      name: feed.config.name,
      provider: feed.config.provider,
      type: sourceTypeOf(feed),
      statesAll:
        feed.memory.polls > 0
          ? feed.memory.statesAll
          : feed.config.kind === 'probe' || FEED_KINDS[feed.config.kind].reports === 'everything',
      state: engine.stateOf(feed),
      memory: feed.memory,
      path: pathOf(feed.config),
    }));

  const feedLine = (feed: FeedRuntime): Feed => {
    const { config, fetched, memory } = feed;
    const state = engine.stateOf(feed);
    const due = config.enabled ? (deps.poller?.dueAt(config.id) ?? null) : null;
    const expected = due === null ? null : clock.now() + (due - clock.uptime());
    return {
      id: config.id,
      name: config.name.slice(0, 120),
      kind: config.kind,
      provider: config.provider,
      url: config.url,
      intervalMs: config.intervalMs,
      enabled: config.enabled,
      builtIn: config.builtIn,
      state,
      reason: reasonOf(feed, state),
      fetchedAt: fetched.fetchedAt,
      triedAt: fetched.triedAt,
      expectedAt: expected === null ? null : toInstant(Math.round(expected)),
      staleAfterMs: config.staleAfterMs,
      durationMs: fetched.durationMs,
      problems: fetched.problems
        .slice(0, 20)
        .map(({ code, text }) => ({ code: code.slice(0, 80), text: text.slice(0, 1000) })),
      events: [...memory.events.values()].filter((one) => one.over === null).length,
    };
  };

  const overrides = (): readonly Override[] => deps.overrides?.() ?? [];
  const feedLines = (): readonly Feed[] =>
    engine
      .feeds()
      .filter((one) => one.config.kind !== 'probe')
      .map(feedLine);

  const input = (): BoardInput => ({
    now: toInstant(clock.now()),
    sources: sources(),
    feeds: feedLines(),
    overrides: overrides(),
    ours: deps.ours(),
    signals: signalsNow(),
    offline: engine.pathLostSince(),
    ...(deps.cascade ? { needs: deps.cascade.needs } : {}),
    needed: deps.needed?.() ?? [],
    judge,
  });

  const news = (signals: readonly SignalLine[]): readonly SignalLine[] =>
    withoutKnown(signals, (feed) => engine.get(feed)?.memory.events.values() ?? null);
  /** How many events are known: another count makes another cascade. */
  const knownNow = (): string =>
    engine
      .feeds()
      .map((feed) => [...feed.memory.events.values()].filter(isKnown).map(({ event }) => event.id))
      .join();
  function signalsNow(): BoardInput['signals'] {
    const latest = store.signals(null, 60);
    return { total: store.signalCount().total, since: deps.since, latest, news: news(latest) };
  }

  // Signals of an hour are read once a change, not at every look: their newest id says whether there is another one.
  let cascadeKept: { readonly key: string; readonly view: CascadeView } | null = null;
  function cascade(): CascadeView {
    const now = toInstant(clock.now());
    const latest = store.signals(null, 1)[0];
    const key = `${latest?.id} ${latest?.count} ${knownNow()} ${now.slice(0, 16)}`;
    if (cascadeKept?.key === key) return cascadeKept.view;
    const context = deps.cascade ?? { ours: () => false, needs: () => [] };
    const view = cascadeView(news(store.signals(null, CASCADE_SIGNALS)), now, context);
    cascadeKept = { key, view };
    return view;
  }

  function probesOnBoard(): Pick<Board, 'probes' | 'probesTotal'> {
    const found = deps.probes?.notWell(NOT_WELL);
    if (found === undefined || found.total === 0) return {};
    return { probes: [...found.probes], probesTotal: found.total };
  }

  /** Whose region it is: in a row of alerts about several providers a place belongs to one of those. */
  function providerIn(row: string, region: string, now: Instant): string {
    const all = sources();
    const alerts = wideAlerts(row, all);
    const judged = judge(all, now);
    if (alerts === null || judged.get(row)?.has(region)) return row;
    const places = alerts
      .flatMap((one) => [...spokenOf(one)])
      .flatMap((provider) => judged.get(provider)?.get(region) ?? [])
      .sort((a, b) => rank(a.judged.state) - rank(b.judged.state));
    return places[0]?.provider ?? row;
  }

  const judgement = (): Judgement => judge(sources(), toInstant(clock.now()));

  return {
    feeds: feedLines,
    judgement,
    heard() {
      const heard = new Map<string, boolean>();
      for (const feed of engine.feeds()) {
        const { provider } = feed.config;
        const believed = isBelieved(engine.stateOf(feed));
        heard.set(provider, (heard.get(provider) ?? false) || believed);
        // Alerts about several providers, with a dead man's switch that fires: their silence is a word about each.
        if (sourceTypeOf(feed) === 'alert')
          for (const spoken of spokenOf(feed))
            heard.set(spoken, (heard.get(spoken) ?? false) || (believed && feed.memory.statesAll));
      }
      return heard;
    },
    seen: () => probeCells(sources(), toInstant(clock.now())),
    cascade,
    board() {
      const view = cascade();
      return {
        ...boardOf(input()),
        ...(view.state === 'none' ? {} : { cascade: view }),
        ...probesOnBoard(),
      };
    },
    elsewhere: (provider) =>
      elsewhereOf(provider, {
        sources: sources(),
        ours: deps.ours(),
        now: toInstant(clock.now()),
        overrides: overrides(),
        judge,
      }).slice(0, 500),
    cell(row, region) {
      const now = toInstant(clock.now());
      const provider = providerIn(row, region, now);
      const persons = overrides().filter((one) => one.provider === provider && one.region === region);
      const found = withOverrides(judge(sources(), now), persons).get(provider)?.get(region);
      return {
        provider,
        region,
        regionName: regionName(provider, region).slice(0, 120),
        services: (found?.services ?? []).slice(0, 600).map(({ service, judged, words }) => ({
          service: service.slice(0, 200),
          state: judged.state,
          basis: judged.basis,
          stale: judged.stale,
          since: judged.since,
          sources: [
            ...persons
              .filter((one) => one.service === null || one.service === service)
              .map((one) => ({
                feed: one.id,
                name: overrideText.source(one.by).slice(0, 120),
                state: one.state,
                stated: true,
                stale: false,
                at: one.at,
                fetchedAt: one.at,
                text: one.reason,
                event: null,
              })),
            ...words.flatMap((word) => {
              const feed = engine.get(word.source);
              // A source that never answered is no evidence; the row says that it is not heard.
              if (feed === null || word.heardAt === null) return [];
              const place = feed.memory.places.get(placeKey({ provider, region, service }));
              const worst = place === undefined ? null : worstWord(place);
              const memory = worst === null ? undefined : feed.memory.events.get(worst.event);
              const known = memory !== undefined && isKnown(memory) ? memory.known : null;
              return [
                {
                  feed: word.source,
                  name: word.name.slice(0, 120),
                  state: word.state ?? ('operational' as const),
                  stated: word.state !== null,
                  stale: !word.fresh,
                  at: worst?.word.at ?? null,
                  fetchedAt: word.heardAt,
                  text: (place === undefined ? '' : evidenceText(feed, place)).slice(0, 4096),
                  event: memory?.event.title.slice(0, 300) ?? null,
                  ...(known === null ? {} : { known: { by: (known.by ?? '').slice(0, 120), at: known.at } }),
                },
              ];
            }),
          ],
        })),
      };
    },
  };
}
