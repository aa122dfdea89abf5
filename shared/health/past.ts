// What our own record says of the past: uptime and incidents per region, with the time that nobody watched; the board as it was.
import type { BoardRow, Cell, Column, Glance } from '../contract/health.ts';
import { boardText, glanceText, PROVIDER_NAME } from '../text/health.ts';
import { probeText } from '../text/probes.ts';
import type { Instant } from '../time/clock.ts';
import { oursOf } from './board.ts';
import { cellOf, elsewhereCount, isKnownCell, type JudgedRegion, saidOf } from './board-cells.ts';
import { columnsOf } from './board-columns.ts';
import { PROBES_ROW } from './board-probes.ts';
import { metroOf, regionsOf } from './regions.ts';
import type { State } from './types.ts';
import { isTrouble, isWorse, rank } from './worst.ts';

/** A time that somebody watched: milliseconds since the epoch, the end not included. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** A region as judged from one moment on. */
export interface Said {
  readonly at: number;
  readonly state: State;
  /** Degraded or worse by something that counts. */
  readonly broken: boolean;
}

export interface Uptime {
  readonly watchedMs: number;
  readonly notWatchedMs: number;
  readonly brokenMs: number;
  /** 0 to 1 of the watched time; null when nobody watched. */
  readonly uptime: number | null;
  readonly worst: State | null;
  /** How often it broke; one that was broken at the beginning counts. */
  readonly incidents: number;
}

/** The same times, sorted and apart: a clock that was set back makes two that lie over each other. */
export function apart(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && span.from <= last.until)
      all[all.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    else all.push(span);
  }
  return all;
}

/** Milliseconds of [from, until) that lie in the spans (which are sorted and apart). */
export function overlap(spans: readonly Span[], from: number, until: number): number {
  let sum = 0;
  for (const span of spans) {
    const start = Math.max(span.from, from);
    const end = Math.min(span.until, until);
    if (end > start) sum += end - start;
  }
  return sum;
}

/** `said`: oldest first. Time in which it was unknown counts as not watched: silence is neither up nor down. */
export function uptimeOf(
  said: readonly Said[],
  watched: readonly Span[],
  from: number,
  until: number,
): Uptime {
  let watchedMs = 0;
  let brokenMs = 0;
  let incidents = 0;
  let worstState: State | null = null;
  let wasBroken = false;
  for (const [index, one] of said.entries()) {
    const start = Math.max(one.at, from);
    const end = Math.min(said[index + 1]?.at ?? until, until);
    if (end <= start) {
      if (one.at < from) wasBroken = false;
      continue;
    }
    const seen = overlap(watched, start, end);
    if (seen > 0) {
      if (one.broken && !wasBroken) incidents += 1;
      if (one.state !== 'unknown') {
        watchedMs += seen;
        if (one.broken) brokenMs += seen;
      }
      if (worstState === null || isWorse(one.state, worstState)) worstState = one.state;
      // An unknown time between two broken ones is no recovery.
      if (one.state !== 'unknown') wasBroken = one.broken;
    }
  }
  return {
    watchedMs,
    notWatchedMs: Math.max(0, until - from - watchedMs),
    brokenMs,
    uptime: watchedMs === 0 ? null : 1 - brokenMs / watchedMs,
    worst: worstState,
    incidents,
  };
}

/** A region as it stood. `region` `*` is the provider itself: whether it was heard, for what it left out. */
export interface PastCell {
  readonly provider: string;
  readonly region: string;
  /** Judged over everything that spoke of it, and whether that counted as broken. */
  readonly state: State;
  readonly broken: boolean;
  /** As its row showed it; null: the row's sources said nothing of it, only our probes did. */
  readonly cell: Cell | null;
}

export const WHOLE_PROVIDER = '*';

/** A region as its provider's row shows it: without what only our probes say. */
export function saidCell(region: JudgedRegion): Cell | null {
  const types = new Set(region.services.flatMap((one) => one.words.map((word) => word.type)));
  if (types.has('feed') || region.rest !== null) {
    const said = saidOf(region);
    return said === null ? null : cellOf(said);
  }
  return types.has('alert') ? cellOf(region) : null;
}

/** In a time that nobody watched the last word is stale: bad news stays bad, good news is unknown. */
export function unwatched(cell: Cell, since: Instant | null): Cell {
  const stale = { stale: true, staleSince: since };
  if (isTrouble(cell.state)) return { ...cell, ...stale };
  return { ...cell, ...stale, state: 'unknown', basis: 'nothing-reported', troubled: 0, services: [] };
}

const isPlace = (one: PastCell): boolean => one.region !== WHOLE_PROVIDER && one.provider !== PROBES_ROW;

/** The board out of cells as they stood. Columns are those of today's configuration and of the trouble of then. */
export function pastBoard(
  stood: readonly PastCell[],
  ours: readonly string[],
): { readonly columns: readonly Column[]; readonly rows: readonly BoardRow[] } {
  const byProvider = new Map<string, Map<string, Cell>>();
  const seen = new Map<string, Cell>();
  for (const one of stood) {
    if (one.cell === null) continue;
    if (one.provider === PROBES_ROW) {
      seen.set(one.region, one.cell);
      continue;
    }
    let regions = byProvider.get(one.provider);
    if (regions === undefined) {
      regions = new Map();
      byProvider.set(one.provider, regions);
    }
    regions.set(one.region, one.cell);
  }
  const providers = [...byProvider.keys()];
  const troubled = stood
    .filter((one) => one.broken && isPlace(one) && regionsOf(one.provider).length > 0)
    .filter((one) => one.region === 'global' || metroOf(one.provider, one.region) !== null)
    .sort((a, b) => rank(a.state) - rank(b.state) || (a.region < b.region ? -1 : 1))
    .map(({ provider, region }) => ({ provider, region }));
  const columns = columnsOf(
    providers,
    ours.flatMap((text) => oursOf(text) ?? []),
    troubled,
  );
  const rows = providers.map((provider) => saidRow(provider, byProvider.get(provider)!, columns));
  const own = seenRow(seen, columns);
  return { columns, rows: [...rows.slice(0, 59), ...(own === null ? [] : [own])] };
}

function saidRow(provider: string, regions: ReadonlyMap<string, Cell>, columns: readonly Column[]): BoardRow {
  const whole = regions.get(WHOLE_PROVIDER) ?? null;
  const placed = new Set<string>();
  const shown = columns.map((column): Cell | null => {
    const region = column.codes[provider];
    if (region === undefined) return null;
    placed.add(region);
    return regions.get(region) ?? (whole === null ? null : { ...whole, region });
  });
  const away = [...regions.values()].filter(
    (cell) => !placed.has(cell.region) && cell.region !== WHOLE_PROVIDER,
  );
  const global = regions.get('global') ?? null;
  const only = shown.every((one) => one === null) ? (global ?? away[0] ?? whole) : null;
  const rest = away.filter((cell) => !(only !== null && cell.region === 'global'));
  return {
    provider,
    name: (PROVIDER_NAME[provider] ?? provider).slice(0, 120),
    group: 'say',
    feed: null,
    freshness: whole === null || whole.state !== 'unknown' ? 'fresh' : 'stale',
    fetchedAt: null,
    span:
      only === null
        ? null
        : {
            state: only.state,
            stale: only.stale,
            since: only.since,
            ...(isKnownCell(only) ? { known: true } : {}),
            text: boardText
              .span({
                state: only.state,
                basis: only.basis,
                stale: only.stale,
                services: only.services,
                title: null,
                lostPath: null,
              })
              .slice(0, 400),
          },
    cells: shown,
    elsewhere: elsewhereCount(rest),
  };
}

/** The row of our own probes; null when none looked. */
function seenRow(seen: ReadonlyMap<string, Cell>, columns: readonly Column[]): BoardRow | null {
  if (seen.size === 0) return null;
  const placed = new Set<string>();
  const cells = columns.map((column): Cell | null => {
    const here = Object.entries(column.codes).flatMap(([provider, region]) => {
      const key = `${provider}/${region}`;
      const found = seen.get(key);
      if (found !== undefined) placed.add(key);
      return found ?? [];
    });
    return here.sort((a, b) => rank(a.state) - rank(b.state))[0] ?? null;
  });
  const away = [...seen].filter(([key]) => !placed.has(key)).map(([, cell]) => cell);
  const all = [...seen.values()];
  return {
    provider: PROBES_ROW,
    name: probeText.group,
    group: 'see',
    feed: null,
    freshness: all.every((cell) => cell.stale || cell.state === 'unknown') ? 'stale' : 'fresh',
    fetchedAt: null,
    span: null,
    cells,
    elsewhere: elsewhereCount(away),
  };
}

/** What was broken then, as the glance line says it; `watched` false: nothing can be said. */
export function pastBroken(
  stood: readonly PastCell[],
  ours: readonly string[],
  watched: boolean,
): Glance['broken'] {
  if (!watched) return { state: 'unknown', lead: glanceText.nobodyWatched, lines: [] };
  const own = new Set(ours);
  const places = stood.filter(isPlace);
  const isOurs = (one: PastCell): boolean => own.size === 0 || own.has(`${one.provider}/${one.region}`);
  const bad = places.filter((one) => one.broken && isOurs(one));
  const elsewhere = places.filter((one) => one.broken && !isOurs(one)).length;
  const deaf = stood
    .filter((one) => one.region === WHOLE_PROVIDER && one.cell?.state === 'unknown')
    .map((one) => PROVIDER_NAME[one.provider] ?? one.provider);
  const last = [
    deaf.length === 0 ? '' : glanceText.notHeard(deaf),
    elsewhere === 0 ? '' : glanceText.elsewhere(elsewhere),
  ]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 300);
  const lines = last === '' ? [] : [last];
  if (bad.length === 0)
    return deaf.length > 0 || places.length === 0
      ? { state: 'unknown', lead: glanceText.noTroubleHeard, lines }
      : { state: 'quiet', lead: glanceText.nothingBroken, lines };
  const groups = new Map<State, string[]>();
  for (const one of [...bad].sort((a, b) => rank(a.state) - rank(b.state))) {
    const name = one.region === 'global' ? `${one.provider} global` : one.region;
    groups.set(one.state, [...(groups.get(one.state) ?? []), name]);
  }
  const detail = glanceText
    .regions([...groups].map(([state, regions]) => ({ state, regions })))
    .slice(0, 300);
  return { state: 'broken', lead: glanceText.brokenThen(bad.length), lines: [detail, ...lines] };
}
