// The board's rows of what we see ourselves: per column the worst of our probes, or of what one source of alerts says, of whatever
// provider, with the names of what fails. Pure.
import type { BoardRow, Cell, Column } from '../contract/health.ts';
import { probeText } from '../text/probes.ts';
import type { Instant } from '../time/clock.ts';
import { type BoardSource, spokenOf, wordOf } from './board-cells.ts';
import { counts } from './judge.ts';
import { isBelieved } from './judge-feed.ts';
import type { State } from './types.ts';
import { isTrouble, rank, worst } from './worst.ts';

/** Key of the row; no provider is called so. */
export const PROBES_ROW = 'probes';

interface Seen {
  readonly name: string;
  readonly provider: string;
  readonly region: string;
  readonly state: State;
  readonly stale: boolean;
  readonly since: Instant | null;
  readonly heardAt: Instant | null;
  /** The path that it is cut off on; null: it is not. */
  readonly lostPath: string | null;
}

function seenBy(source: BoardSource, now: Instant): readonly Seen[] {
  return [...source.memory.places.values()].map((place) => {
    const word = wordOf(source, place, now);
    return {
      // A probe is its own name; an alert is about a service.
      name: source.type === 'probe' ? source.name : place.place.service,
      provider: place.place.provider,
      region: place.place.region,
      state: counts(word) ?? 'unknown',
      stale: !word.fresh,
      since: word.since,
      heardAt: word.heardAt,
      lostPath: source.state === 'offline' ? (source.path ?? null) : null,
    };
  });
}

/** Why a cell is unknown, or stale: the paths that its probes are cut off on, and how many of them; nothing when it is none. */
function causeOf(saying: readonly Seen[], all: readonly Seen[]): { cause?: string } {
  const paths = [...new Set(saying.flatMap((one) => one.lostPath ?? []))].sort();
  if (paths.length === 0) return {};
  const cut = saying.filter((one) => one.lostPath !== null).length;
  return { cause: probeText.cutOff(paths, cut, all.length).slice(0, 300) };
}

function cell(seen: readonly Seen[]): Cell {
  const sorted = [...seen].sort((a, b) => rank(a.state) - rank(b.state) || (a.name < b.name ? -1 : 1));
  const first = sorted[0]!;
  const bad = sorted.filter((one) => isTrouble(one.state));
  const saying = sorted.filter((one) => one.state === first.state);
  const since = saying.reduce<Instant | null>(
    (found, one) => (one.since !== null && (found === null || one.since < found) ? one.since : found),
    null,
  );
  const stale = saying.every((one) => one.stale);
  const heard = saying.flatMap((one) => one.heardAt ?? []).sort();
  return {
    provider: first.provider,
    region: first.region,
    state: first.state,
    basis: 'stated',
    stale,
    staleSince: stale ? (heard.at(-1) ?? null) : null,
    since,
    troubled: bad.length,
    services: bad.slice(0, 9).map((one) => one.name.slice(0, 200)),
    noLongerListed: false,
    disagreement: null,
    ...(stale ? causeOf(saying, seen) : {}),
  };
}

/** What our probes say of each place. */
function byPlace(probes: readonly BoardSource[], now: Instant): Map<string, Seen[]> {
  const places = new Map<string, Seen[]>();
  for (const one of probes.flatMap((source) => seenBy(source, now))) {
    const key = `${one.provider}/${one.region}`;
    const list = places.get(key);
    if (list === undefined) places.set(key, [one]);
    else list.push(one);
  }
  return places;
}

/** A cell per place that a probe looks at. */
export const probeCells = (sources: readonly BoardSource[], now: Instant): readonly Cell[] =>
  [
    ...byPlace(
      sources.filter((one) => one.type === 'probe'),
      now,
    ).values(),
  ].map(cell);

interface Spread {
  readonly cells: readonly (Cell | null)[];
  /** Places that have no column, a cell each. */
  readonly away: readonly Cell[];
}

/** What these sources say, in the columns of its places, whatever provider they belong to. */
function spread(sources: readonly BoardSource[], columns: readonly Column[], now: Instant): Spread {
  const places = byPlace(sources, now);
  const placed = new Set<string>();
  const cells = columns.map((column) => {
    const here = Object.entries(column.codes).flatMap(([provider, region]) => {
      const key = `${provider}/${region}`;
      const seen = places.get(key) ?? [];
      if (seen.length > 0) placed.add(key);
      return seen;
    });
    return here.length === 0 ? null : cell(here);
  });
  return { cells, away: [...places].filter(([key]) => !placed.has(key)).map(([, seen]) => cell(seen)) };
}

function seenRow(
  row: Pick<BoardRow, 'provider' | 'name' | 'feed'>,
  sources: readonly BoardSource[],
  columns: readonly Column[],
  now: Instant,
  freshness: BoardSource['state'],
): BoardRow {
  const { cells, away } = spread(sources, columns, now);
  const heard = sources.flatMap((one) => one.memory.heardAt ?? []).sort();
  return {
    ...row,
    group: 'see',
    freshness,
    fetchedAt: heard.at(-1) ?? null,
    span: null,
    cells: [...cells],
    elsewhere: {
      worst: worst(away.map((one) => one.state)) ?? 'operational',
      troubled: away.filter((one) => isTrouble(one.state)).length,
      regions: away.length,
    },
  };
}

/** Null when there are no probes. */
export function probesRow(
  sources: readonly BoardSource[],
  columns: readonly Column[],
  now: Instant,
): BoardRow | null {
  const probes = sources.filter((one) => one.type === 'probe');
  if (probes.length === 0) return null;
  const row = { provider: PROBES_ROW, name: probeText.group, feed: null };
  return seenRow(row, probes, columns, now, probesFreshness(probes));
}

/**
 * Each probe is a source by itself, and its own cell says when it is not heard: while one of them is, the row is not cut off. When
 * none is, the row says why the first of them is not.
 */
function probesFreshness(probes: readonly BoardSource[]): BoardSource['state'] {
  const believed = probes.filter((one) => isBelieved(one.state));
  if (believed.length === 0) return probes[0]!.state;
  return believed.every((one) => one.state === 'late') ? 'late' : 'fresh';
}

/** Our probes in the line of what is not heard: those on a lost path by that path, the others together. */
export function probesHeard(
  sources: readonly BoardSource[],
): readonly { name: string; state: BoardSource['state']; ours: true; path: string | null }[] {
  const all = sources.filter((one) => one.type === 'probe');
  const cutOff = all.filter((one) => one.state === 'offline');
  const rest = all.filter((one) => one.state !== 'offline');
  const silent = rest.filter((one) => !isBelieved(one.state));
  const name =
    silent.length > 0 && silent.length < all.length
      ? probeText.some(silent.length, all.length)
      : probeText.group;
  const state = silent[0]?.state ?? rest[0]?.state;
  return [
    ...cutOff.map(({ name, state, path = null }) => ({ name, state, ours: true as const, path })),
    ...(state === undefined ? [] : [{ name, state, ours: true as const, path: null }]),
  ];
}

/** The sources of alerts that a provider's row stands for, when they speak of other providers too; null when they do not. */
export function wideAlerts(provider: string, sources: readonly BoardSource[]): readonly BoardSource[] | null {
  const own: BoardSource[] = [];
  for (const one of sources) {
    if (one.provider !== provider || one.type === 'probe') continue;
    if (one.type !== 'alert') return null;
    own.push(one);
  }
  return own.some((one) => [...spokenOf(one)].some((spoken) => spoken !== provider)) ? own : null;
}

/** A row of alerts about several providers: in the column of each place, under the name of their source. */
export const alertsRow = (
  provider: string,
  own: readonly BoardSource[],
  columns: readonly Column[],
  now: Instant,
): BoardRow => {
  const weakest = own.find((one) => !isBelieved(one.state)) ?? own[0]!;
  const row = { provider, name: weakest.name.slice(0, 120), feed: weakest.id };
  return seenRow(row, own, columns, now, weakest.state);
};

/** Places of such a row that have no column. */
export const alertsElsewhere = (
  own: readonly BoardSource[],
  columns: readonly Column[],
  now: Instant,
): readonly Cell[] => spread(own, columns, now).away;
