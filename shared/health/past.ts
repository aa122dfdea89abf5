// What our own record says of the past: uptime and incidents per region, with the time that nobody watched; the board as it was.
import type { BoardRow, Cell, Column } from '../contract/health.ts';
import { boardText, PROVIDER_NAME } from '../text/health.ts';
import type { Instant } from '../time/clock.ts';
import { oursOf } from './board.ts';
import { columnsOf } from './board-columns.ts';
import { metroOf, regionsOf } from './regions.ts';
import type { State } from './types.ts';
import { isTrouble, isWorse, rank, worst } from './worst.ts';

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

/** A cell as it stood; `region` `*` is the provider itself: whether it was heard, for what it left out. */
export interface PastCell {
  readonly cell: Cell;
  readonly broken: boolean;
}

export const WHOLE_PROVIDER = '*';

/** The board out of cells as they stood. Columns are those of today's configuration and of the trouble of then. */
export function pastBoard(
  cells: readonly PastCell[],
  ours: readonly string[],
  at: Instant,
): { readonly columns: readonly Column[]; readonly rows: readonly BoardRow[] } {
  const byProvider = new Map<string, Map<string, PastCell>>();
  for (const one of cells) {
    let regions = byProvider.get(one.cell.provider);
    if (regions === undefined) {
      regions = new Map();
      byProvider.set(one.cell.provider, regions);
    }
    regions.set(one.cell.region, one);
  }
  const providers = [...byProvider.keys()];
  const troubled = cells
    .filter(({ cell, broken }) => broken && cell.region !== WHOLE_PROVIDER)
    .filter(({ cell }) => regionsOf(cell.provider).length > 0)
    .filter(({ cell }) => cell.region === 'global' || metroOf(cell.provider, cell.region) !== null)
    .sort((a, b) => rank(a.cell.state) - rank(b.cell.state) || (a.cell.region < b.cell.region ? -1 : 1))
    .map(({ cell }) => ({ provider: cell.provider, region: cell.region }));
  const columns = columnsOf(
    providers,
    ours.flatMap((text) => oursOf(text) ?? []),
    troubled,
  );
  const rows = providers.map((provider): BoardRow => {
    const regions = byProvider.get(provider)!;
    const whole = regions.get(WHOLE_PROVIDER)?.cell ?? null;
    const placed = new Set<string>();
    const shown = columns.map((column): Cell | null => {
      const region = column.codes[provider];
      if (region === undefined) return null;
      placed.add(region);
      const found = regions.get(region)?.cell;
      return found ?? (whole === null ? null : { ...whole, region });
    });
    const away = [...regions.values()].filter(
      ({ cell }) => !placed.has(cell.region) && cell.region !== WHOLE_PROVIDER,
    );
    const global = regions.get('global')?.cell ?? null;
    const only = shown.every((one) => one === null) ? (global ?? away[0]?.cell ?? whole) : null;
    const rest = away.filter(({ cell }) => !(only !== null && cell.region === 'global'));
    return {
      provider,
      name: (PROVIDER_NAME[provider] ?? provider).slice(0, 120),
      group: 'say',
      feed: null,
      freshness: whole === null || whole.state !== 'unknown' ? 'fresh' : 'stale',
      fetchedAt: at,
      span:
        only === null
          ? null
          : {
              state: only.state,
              stale: only.stale,
              since: only.since,
              text: boardText
                .span({
                  state: only.state,
                  basis: only.basis,
                  stale: only.stale,
                  services: only.services,
                  title: null,
                })
                .slice(0, 400),
            },
      cells: shown,
      elsewhere: {
        worst: worst(rest.map(({ cell }) => cell.state)) ?? 'operational',
        troubled: rest.filter(({ cell }) => isTrouble(cell.state)).length,
        regions: rest.length,
      },
    };
  });
  return { columns, rows: rows.slice(0, 60) };
}
