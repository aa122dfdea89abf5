// The board as data: columns, a row per provider with a cell per column or one sentence, Elsewhere, feeds, the glance line. Pure.
import type { Board, BoardRow, Cell, Column, Feed, SignalLine } from '../contract/health.ts';
import type { Override } from '../contract/watch.ts';
import { boardText, PROVIDER_NAME } from '../text/health.ts';
import type { Instant } from '../time/clock.ts';
import {
  type BoardSource,
  cellOf,
  elsewhereCount,
  emptyRegion,
  isKnownCell,
  type JudgedRegion,
  type Judgement,
  judgeAll,
  saidOf,
} from './board-cells.ts';
import { columnsOf, type Wanted } from './board-columns.ts';
import { alertsElsewhere, alertsRow, probesHeard, probesRow, wideAlerts } from './board-probes.ts';
import { glanceOf } from './glance.ts';
import { worstJudged } from './judge.ts';
import { isBelieved } from './judge-feed.ts';
import { OURS, withOverrides } from './overrides.ts';
import { findRegion, metroOf, regionsOf } from './regions.ts';
import type { State } from './types.ts';
import { isBroken, isTrouble, rank } from './worst.ts';

export interface BoardInput {
  readonly now: Instant;
  readonly sources: readonly BoardSource[];
  /** The same feeds as the list shows them, in the same order. */
  readonly feeds: readonly Feed[];
  /** Regions the team runs on, as `provider/region`. */
  readonly ours: readonly string[];
  readonly signals: {
    readonly total: number;
    readonly since: Instant;
    readonly latest: readonly SignalLine[];
    /** Those of them that are not of a known event; all when left out. */
    readonly news?: readonly SignalLine[];
  };
  readonly offline: Instant | null;
  /** Persons' words over what the sources say; the one that ends first first. Default: none. */
  readonly overrides?: readonly Override[];
  /** Names of our services that need a place. Default: none does. */
  readonly needs?: (provider: string, region: string, service: string) => readonly string[];
  /** Providers that our services need something of. Default: none. */
  readonly needed?: readonly string[];
  /** Judges the sources; `createJudge()` keeps what did not change. Default: everything anew. */
  readonly judge?: typeof judgeAll;
}

/** `aws/us-east-1` as a place on the board, in the provider's own spelling; null when it is not written so. */
export function oursOf(text: string): Wanted | null {
  const cut = text.indexOf('/');
  if (cut < 1 || cut === text.length - 1) return null;
  const provider = text.slice(0, cut).trim().toLowerCase();
  const region = text.slice(cut + 1).trim();
  return { provider, region: findRegion(provider, region)?.code ?? region };
}

const idOf = (one: Wanted): string => `${one.provider}/${one.region}`;

export function boardOf(input: BoardInput): Omit<Board, 'rev'> {
  const overrides = input.overrides ?? [];
  const judged = (input.judge ?? judgeAll)(input.sources, input.now);
  const judgement = withOverrides(judged, overrides);
  const ours = input.ours.flatMap((text) => oursOf(text) ?? []);
  const providers = providersOf(input.sources);
  const columns = columnsOf(providers, ours, troubledOf(judgement));
  const said = providers
    .slice(0, 59)
    .map((provider) => rowOf(provider, input, judgement.get(provider) ?? new Map(), columns));
  const probes = probesRow(input.sources, columns, input.now);
  const rows = probes === null ? said : [...said, probes];
  const regions = [...judgement.values()].flatMap((map) => [...map.values()]);
  const weigh = weighing(input, new Set(ours.map(idOf)));
  const weighty = [...new Set([...ours.map((own) => own.provider), ...(input.needed ?? [])])];
  const { total, since, latest } = input.signals;
  const offline = input.offline === null ? null : { since: input.offline, text: boardText.offline };
  return {
    now: input.now,
    columns: [...columns],
    rows,
    feeds: [...input.feeds].slice(0, 600),
    glance: glanceOf({
      ours: regions.flatMap((one) => weigh(one) ?? []),
      others: regions.filter((one) => weigh(one) === null),
      configured: weighty.length > 0,
      overrides: overrides.length,
      feeds: [
        ...input.sources
          .filter((one) => one.type !== 'probe')
          .filter((one) => one.state !== 'paused' || weighty.includes(one.provider))
          .map((one) => ({
            name: one.name,
            state: one.state,
            ours: weighty.includes(one.provider),
            path: one.path ?? null,
          })),
        ...probesHeard(input.sources),
      ],
      signals: input.signals.news ?? latest,
      offline,
      unwatched:
        input.sources.length === 0 ? [] : weighty.filter((provider) => !judged.has(provider)).slice(0, 20),
    }),
    signals: { total, since, latest: latest.slice(0, 60) },
    offline,
    ...(overrides.length === 0 ? {} : { overrides: [...overrides].slice(0, 200) }),
  };
}

/**
 * What of a region Broken counts: all of it where we run; of another one the services that ours depend on and that are broken; null:
 * nothing, it is elsewhere.
 */
function weighing(
  input: BoardInput,
  own: ReadonlySet<string>,
): (region: JudgedRegion) => JudgedRegion | null {
  const needs = input.needs ?? (() => []);
  const known = new Map<JudgedRegion, JudgedRegion | null>();
  const weigh = (one: JudgedRegion): JudgedRegion | null => {
    if (own.has(idOf(one))) return one;
    if (!one.broken) return null;
    const services = one.services.filter(
      ({ service, judged, background }) =>
        !background && isBroken(judged.state) && needs(one.provider, one.region, service).length > 0,
    );
    const judged = worstJudged(services.map((service) => service.judged));
    return judged === null ? null : { ...one, services, judged };
  };
  return (one) => {
    if (!known.has(one)) known.set(one, weigh(one));
    return known.get(one) ?? null;
  };
}

/** Providers with a row of their own: those that a feed or alerts speak of. Our probes share one row. */
const providersOf = (sources: readonly BoardSource[]): readonly string[] => [
  ...new Set(sources.filter((one) => one.type !== 'probe').map((one) => one.provider)),
];

/**
 * Regions of the catalogue's providers that something of weight is wrong with: what is global first, then worst first. Codes
 * without a metro (multi-regions, unknown ones) stay under Elsewhere.
 */
function troubledOf(judgement: Judgement): readonly Wanted[] {
  const away = (one: JudgedRegion): number => (one.region === 'global' ? 0 : 1);
  return [...judgement]
    .filter(([provider]) => regionsOf(provider).length > 0)
    .flatMap(([, regions]) => [...regions.values()])
    .filter((one) => one.broken && (one.region === 'global' || metroOf(one.provider, one.region) !== null))
    .sort(
      (a, b) =>
        away(a) - away(b) || rank(a.judged.state) - rank(b.judged.state) || (idOf(a) < idOf(b) ? -1 : 1),
    );
}

function rowOf(
  provider: string,
  input: BoardInput,
  judged: ReadonlyMap<string, JudgedRegion>,
  columns: readonly Column[],
): BoardRow {
  const alerts = wideAlerts(provider, input.sources);
  if (alerts?.some((one) => one.memory.heardAt !== null))
    return alertsRow(provider, alerts, columns, input.now);
  const sources = input.sources.filter((one) => one.provider === provider && one.type !== 'probe');
  // What only our probes speak of has a row of its own.
  const regions = new Map(
    [...judged].flatMap(([code, region]) => {
      const said = sources.some((one) => one.type === 'feed') ? saidOf(region) : region;
      return said === null ? [] : [[code, said] as const];
    }),
  );
  const overrides = (input.overrides ?? []).filter(
    (one) => one.provider === provider && one.provider !== OURS,
  );
  // The row is as fresh as its least believed source.
  const weakest = sources.find((one) => !isBelieved(one.state)) ?? sources[0]!;
  const feed = input.feeds.find((one) => one.id === weakest.id) ?? null;
  const heard = sources.some((one) => one.memory.heardAt !== null);
  const placed = new Set<string>();
  const cells: (Cell | null)[] = columns.map((column) => {
    const code = column.codes[provider];
    if (code === undefined) return null;
    placed.add(code);
    const region = regions.get(code) ?? emptyRegion(provider, code, sources);
    return region === null ? null : cellOf(region);
  });
  const away = [...regions.values()].filter((one) => !placed.has(one.region));
  const inCells = cells.some((one) => one !== null);
  const span = !heard
    ? {
        state: 'unknown' as State,
        stale: false,
        text: boardText.silent(weakest.state, feed?.reason ?? null),
        since: null,
      }
    : inCells
      ? null
      : spanOf(regions.get('global') ?? null, away, weakest);
  const elsewhere = away.filter((one) => !(span !== null && one.region === 'global'));
  return {
    provider,
    name: (PROVIDER_NAME[provider] ?? weakest.name).slice(0, 120),
    group: sources.every((one) => one.type === 'feed') ? 'say' : 'see',
    feed: weakest.id,
    freshness: weakest.state,
    fetchedAt: weakest.memory.heardAt,
    span,
    cells: span === null ? cells : columns.map(() => null),
    elsewhere: elsewhereCount(elsewhere.map(cellOf)),
    ...(overrides.length === 0 ? {} : { overrides: overrides.slice(0, 60) }),
  };
}

/** A provider without regions of its own on the board, in one sentence. */
function spanOf(
  global: JudgedRegion | null,
  away: readonly JudgedRegion[],
  source: BoardSource,
): NonNullable<BoardRow['span']> {
  const judged = global?.judged ?? worstJudged(away.map((one) => one.judged));
  const troubled = (global?.services ?? []).filter((one) => isTrouble(one.judged.state));
  const event = [...source.memory.events.values()].find(
    (one) => one.over === null && one.event.state !== 'maintenance' && one.event.regions.includes('global'),
  );
  const state = judged?.state ?? 'operational';
  const basis = judged?.basis ?? 'nothing-reported';
  const known = troubled.length > 0 && troubled.every((one) => one.known === true);
  return {
    state,
    stale: judged?.stale ?? false,
    since: judged?.since ?? null,
    ...(basis === 'stated' ? {} : { basis }),
    ...(known ? { known } : {}),
    text: boardText
      .span({
        state,
        basis,
        stale: judged?.stale ?? false,
        services: troubled.map((one) => one.service),
        title: event?.event.title ?? null,
        lostPath: source.state === 'offline' ? (source.path ?? null) : null,
      })
      .slice(0, 400),
  };
}

const quiet = (cell: Cell): number => (isKnownCell(cell) || !isTrouble(cell.state) ? 1 : 0);

/** Regions of a provider that have no column, worst first. */
export function elsewhereOf(
  provider: string,
  input: Pick<BoardInput, 'sources' | 'ours' | 'now' | 'judge' | 'overrides'>,
): readonly Cell[] {
  const judged = (input.judge ?? judgeAll)(input.sources, input.now);
  const judgement = withOverrides(judged, input.overrides ?? []);
  const ours = input.ours.flatMap((text) => oursOf(text) ?? []);
  const providers = providersOf(input.sources);
  const columns = columnsOf(providers, ours, troubledOf(judgement));
  const placed = new Set(columns.map((column) => column.codes[provider]));
  const alerts = wideAlerts(provider, input.sources);
  const away =
    alerts === null
      ? [...(judgement.get(provider)?.values() ?? [])]
          .filter((one) => !placed.has(one.region))
          .map((one) => cellOf(one))
      : alertsElsewhere(alerts, columns, input.now);
  return (
    [...away]
      // What is known stands behind what is news, before what is well.
      .sort((a, b) => quiet(a) - quiet(b) || rank(a.state) - rank(b.state) || (a.region < b.region ? -1 : 1))
  );
}
