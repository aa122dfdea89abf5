// Our own record: how each region was judged from when on, and when somebody watched. From it the board as it was, and uptime.
import type Database from 'better-sqlite3';
import type { Cell } from '../../shared/contract/health.ts';
import type { Handlers } from '../../shared/contract/index.ts';
import { cellOf, type Judgement } from '../../shared/health/board-cells.ts';
import {
  type PastCell,
  pastBoard,
  type Said,
  type Span,
  uptimeOf,
  WHOLE_PROVIDER,
} from '../../shared/health/past.ts';
import type { State } from '../../shared/health/types.ts';
import { isBroken } from '../../shared/health/worst.ts';
import { ok } from '../../shared/result.ts';
import { type Clock, fromInstant, type Instant, toInstant } from '../../shared/time/clock.ts';

export interface RecordDeps {
  readonly db: Database.Database;
  readonly clock: Clock;
  /** Regions we run on, as `provider/region`. */
  readonly ours: () => readonly string[];
}

export interface HealthRecord {
  readonly handlers: Pick<Handlers<'health'>, 'health.history' | 'health.uptime'>;
  /** Writes what differs from before. `heard`: provider -> may its silence be believed. */
  note(judgement: Judgement, heard: ReadonlyMap<string, boolean>): void;
  /** A sign of life; called at least every minute while somebody watches. Too soon after the last it does nothing, but at the end. */
  beat(end?: boolean): void;
  /** Forgets what is older, except what still held then. */
  retain(before: Instant): void;
}

/** Two signs of life further apart than this leave a time that nobody watched: milliseconds. */
const GAP_MS = 90_000;
/** Signs of life are written this far apart: milliseconds. */
const BEAT_EVERY_MS = 15_000;

interface SaidRow {
  at: string;
  provider: string;
  region: string;
  state: State;
  broken: number;
  cell: string;
}

/** What of a cell makes it another one: not since when, and not how its sources age. */
const keyOf = (cell: Cell, broken: boolean): string =>
  JSON.stringify([
    cell.state,
    cell.basis,
    cell.stale,
    cell.troubled,
    cell.services,
    cell.noLongerListed,
    broken,
  ]);

const whole = (provider: string, heard: boolean): Cell => ({
  provider,
  region: WHOLE_PROVIDER,
  state: heard ? 'operational' : 'unknown',
  basis: 'nothing-reported',
  stale: !heard,
  staleSince: null,
  since: null,
  troubled: 0,
  services: [],
  noLongerListed: false,
  disagreement: null,
});

export function createRecord(deps: RecordDeps): HealthRecord {
  const { db, clock } = deps;
  const insert = db.prepare(
    'INSERT INTO said (at, provider, region, state, broken, cell) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const latest = db.prepare<[string], SaidRow>(
    `SELECT at, provider, region, state, broken, cell FROM said WHERE seq IN
       (SELECT max(seq) FROM said WHERE at <= ? GROUP BY provider, region)`,
  );
  const since = db.prepare<[string, string], SaidRow>(
    'SELECT at, provider, region, state, broken, cell FROM said WHERE at > ? AND at < ? ORDER BY seq',
  );
  const first = db.prepare<[], { at: string | null }>('SELECT min(from_at) AS at FROM watched');
  const lastSpan = db.prepare<[], { seq: number; until_at: string }>(
    'SELECT seq, until_at FROM watched ORDER BY seq DESC LIMIT 1',
  );
  const extend = db.prepare('UPDATE watched SET until_at = ? WHERE seq = ?');
  const begin = db.prepare('INSERT INTO watched (from_at, until_at) VALUES (?, ?)');
  const spans = db.prepare<[string, string], { from_at: string; until_at: string }>(
    'SELECT from_at, until_at FROM watched WHERE until_at >= ? AND from_at <= ? ORDER BY from_at',
  );
  const forget = db.prepare(
    `DELETE FROM said WHERE at < @before AND EXISTS (SELECT 1 FROM said AS later
       WHERE later.provider = said.provider AND later.region = said.region AND later.at <= @before AND later.seq > said.seq)`,
  );
  const forgetSpans = db.prepare('DELETE FROM watched WHERE until_at < ?');

  /** Provider -> region -> what was written of it last. */
  const kept = new Map<string, Map<string, string>>();
  const keptOf = (provider: string): Map<string, string> => {
    let regions = kept.get(provider);
    if (regions === undefined) {
      regions = new Map();
      kept.set(provider, regions);
    }
    return regions;
  };
  for (const row of latest.all('9999'))
    keptOf(row.provider).set(row.region, keyOf(JSON.parse(row.cell) as Cell, row.broken === 1));
  /** Uptime of the last sign of life. */
  let beatAt = Number.NEGATIVE_INFINITY;
  const seenMaps = new Map<string, { readonly regions: unknown; readonly heard: boolean }>();

  const write = db.transaction((changed: readonly PastCell[], at: Instant) => {
    for (const { cell, broken } of changed)
      insert.run(at, cell.provider, cell.region, cell.state, broken ? 1 : 0, JSON.stringify(cell));
  });

  function compare(changed: PastCell[], cell: Cell, broken: boolean): void {
    const regions = keptOf(cell.provider);
    const key = keyOf(cell, broken);
    if (regions.get(cell.region) === key) return;
    regions.set(cell.region, key);
    changed.push({ cell, broken });
  }

  return {
    note(judgement, heard) {
      const changed: PastCell[] = [];
      for (const [provider, regions] of judgement) {
        const hears = heard.get(provider) ?? false;
        const before = seenMaps.get(provider);
        // The judge hands out the same map while nothing was said.
        if (before?.regions === regions && before.heard === hears) continue;
        seenMaps.set(provider, { regions, heard: hears });
        compare(changed, whole(provider, hears), false);
        const here = new Set<string>();
        for (const region of regions.values()) {
          here.add(region.region);
          compare(changed, cellOf(region), region.broken);
        }
        // A region that nobody speaks of any more is as the provider's silence is.
        for (const region of [...keptOf(provider).keys()]) {
          if (region !== WHOLE_PROVIDER && !here.has(region))
            compare(changed, { ...whole(provider, hears), region }, false);
        }
      }
      if (changed.length > 0) write(changed, toInstant(clock.now()));
    },
    beat(end = false) {
      const uptime = clock.uptime();
      if (!end && uptime - beatAt < BEAT_EVERY_MS) return;
      beatAt = uptime;
      const now = clock.now();
      const at = toInstant(now);
      const last = lastSpan.get();
      const gap = last === undefined ? Number.POSITIVE_INFINITY : now - fromInstant(last.until_at);
      if (last !== undefined && gap >= 0 && gap <= GAP_MS) extend.run(at, last.seq);
      else begin.run(at, at);
    },
    retain(before) {
      forget.run({ before });
      forgetSpans.run(before);
    },
    handlers: {
      'health.history': async ({ at }) => {
        const t = fromInstant(at);
        const near = spans.all(toInstant(t - GAP_MS), at);
        const watched = near.some((one) => one.from_at <= at && fromInstant(one.until_at) + GAP_MS / 2 >= t);
        const cells = latest
          .all(at)
          .map((row): PastCell => ({ cell: JSON.parse(row.cell) as Cell, broken: row.broken === 1 }));
        const board = pastBoard(cells, deps.ours(), at);
        return ok({
          at,
          from: first.get()?.at ?? null,
          watched,
          columns: [...board.columns],
          rows: [...board.rows],
        });
      },
      'health.uptime': async ({ hours }) => {
        const until = clock.now();
        const from = until - hours * 3_600_000;
        const watched = spans
          .all(toInstant(from), toInstant(until))
          .map((one): Span => ({ from: fromInstant(one.from_at), until: fromInstant(one.until_at) }));
        const rows = [...latest.all(toInstant(from)), ...since.all(toInstant(from), toInstant(until))];
        const places = new Map<string, { provider: string; region: string; said: Said[] }>();
        for (const { provider, region, at, state, broken } of rows) {
          if (region === WHOLE_PROVIDER) continue;
          const key = `${provider}\n${region}`;
          const place = places.get(key) ?? { provider, region, said: [] };
          place.said.push({ at: fromInstant(at), state, broken: broken === 1 && isBroken(state) });
          places.set(key, place);
        }
        const ours = new Set(deps.ours());
        const regions = [...places.values()]
          .map(({ provider, region, said }) => ({
            provider: provider.slice(0, 120),
            region: region.slice(0, 120),
            ours: ours.has(`${provider}/${region}`),
            ...uptimeOf(said, watched, from, until),
          }))
          .sort(
            (a, b) =>
              Number(b.ours) - Number(a.ours) ||
              b.brokenMs - a.brokenMs ||
              (`${a.provider}/${a.region}` < `${b.provider}/${b.region}` ? -1 : 1),
          )
          .slice(0, 1000);
        return ok({ from: toInstant(from), until: toInstant(until), regions });
      },
    },
  };
}
