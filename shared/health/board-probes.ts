// The board's row of what we see ourselves: per column the worst of our probes there, with the names of those that fail. Pure.
import type { BoardRow, Cell, Column } from '../contract/health.ts';
import { probeText } from '../text/probes.ts';
import type { Instant } from '../time/clock.ts';
import { type BoardSource, wordOf } from './board-cells.ts';
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
}

function seenBy(source: BoardSource, now: Instant): readonly Seen[] {
  return [...source.memory.places.values()].map((place) => {
    const word = wordOf(source, place, now);
    return {
      name: source.name,
      provider: place.place.provider,
      region: place.place.region,
      state: counts(word) ?? 'unknown',
      stale: !word.fresh,
      since: word.since,
    };
  });
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
  return {
    provider: first.provider,
    region: first.region,
    state: first.state,
    basis: 'stated',
    stale: saying.every((one) => one.stale),
    staleSince: null,
    since,
    troubled: bad.length,
    services: bad.slice(0, 9).map((one) => one.name.slice(0, 200)),
    noLongerListed: false,
    disagreement: null,
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

/** Null when there are no probes. */
export function probesRow(
  sources: readonly BoardSource[],
  columns: readonly Column[],
  now: Instant,
): BoardRow | null {
  const probes = sources.filter((one) => one.type === 'probe');
  if (probes.length === 0) return null;
  const places = byPlace(probes, now);
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
  const away = [...places].filter(([key]) => !placed.has(key)).map(([, seen]) => cell(seen));
  const weakest = probes.find((one) => !isBelieved(one.state)) ?? probes[0]!;
  const heard = probes.flatMap((one) => one.memory.heardAt ?? []).sort();
  return {
    provider: PROBES_ROW,
    name: probeText.group,
    group: 'see',
    feed: null,
    freshness: weakest.state,
    fetchedAt: heard.at(-1) ?? null,
    span: null,
    cells,
    elsewhere: {
      worst: worst(away.map((one) => one.state)) ?? 'operational',
      troubled: away.filter((one) => isTrouble(one.state)).length,
      regions: away.length,
    },
  };
}
