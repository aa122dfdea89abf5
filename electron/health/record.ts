// Our own record: how each region was judged from when on, and when somebody watched. From it the board as it was, and uptime.
import type Database from 'better-sqlite3';
import type { Cell, SignalLine } from '../../shared/contract/health.ts';
import type { Handlers } from '../../shared/contract/index.ts';
import { oursOf } from '../../shared/health/board.ts';
import type { Judgement } from '../../shared/health/board-cells.ts';
import { PROBES_ROW } from '../../shared/health/board-probes.ts';
import { type CascadeContext, cascadeView } from '../../shared/health/cascade-view.ts';
import {
  apart,
  type PastCell,
  pastBoard,
  pastBroken,
  type Said,
  type Span,
  saidCell,
  unwatched,
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
  /** Signals up to a moment, newest first, and how many there are up to it. */
  readonly signals: (
    at: Instant,
    limit: number,
  ) => { readonly latest: readonly SignalLine[]; readonly total: number };
  readonly cascade: CascadeContext;
}

export interface HealthRecord {
  readonly handlers: Pick<Handlers<'health'>, 'health.history' | 'health.uptime'>;
  /** Writes what differs from before. `heard`: provider -> may its silence be believed; `seen`: what our probes see. */
  note(judgement: Judgement, heard: ReadonlyMap<string, boolean>, seen: readonly Cell[]): void;
  /** A sign of life; called at least every minute while somebody watches. Too soon after the last it does nothing, but at the end. */
  beat(end?: boolean): void;
  /** Forgets what is older, except what still held then. */
  retain(before: Instant): void;
}

/** Two signs of life further apart than this leave a time that nobody watched: milliseconds. */
const GAP_MS = 90_000;
/** Signs of life are written this far apart: milliseconds. */
const BEAT_EVERY_MS = 15_000;
/** Signals that the cascade of then is made of. */
const CASCADE_SIGNALS = 400;
/** Times that somebody watched, of which the slider shows the newest. */
const MAX_SPANS = 300;

interface SaidRow {
  at: string;
  provider: string;
  region: string;
  state: State;
  broken: number;
  cell: string;
}

/** What of a cell makes it another one: not since when, and not how its sources age. */
const keyOf = ({ cell, state, broken }: Pick<PastCell, 'cell' | 'state' | 'broken'>): string =>
  JSON.stringify([
    state,
    broken,
    cell && [
      cell.state,
      cell.basis,
      cell.stale,
      cell.troubled,
      cell.services,
      cell.noLongerListed,
      cell.known ?? 0,
    ],
  ]);

const stoodOf = (row: SaidRow): PastCell => ({
  provider: row.provider,
  region: row.region,
  state: row.state,
  broken: row.broken === 1,
  cell: JSON.parse(row.cell) as Cell | null,
});

const whole = (provider: string, region: string, heard: boolean): Cell => ({
  provider,
  region,
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
  for (const row of latest.all('9999')) keptOf(row.provider).set(row.region, keyOf(stoodOf(row)));
  /** Uptime of the last sign of life. */
  let beatAt = Number.NEGATIVE_INFINITY;
  const seenMaps = new Map<string, { readonly regions: unknown; readonly heard: boolean }>();

  const write = db.transaction((changed: readonly PastCell[], at: Instant) => {
    for (const { provider, region, state, broken, cell } of changed)
      insert.run(at, provider, region, state, broken ? 1 : 0, JSON.stringify(cell));
  });

  function compare(changed: PastCell[], stands: PastCell): void {
    const regions = keptOf(stands.provider);
    const key = keyOf(stands);
    if (regions.get(stands.region) === key) return;
    regions.set(stands.region, key);
    changed.push(stands);
  }
  /** Nobody speaks of it: as the provider's silence is. `row` false: it has no row of its own, only our probes speak of it. */
  function silent(changed: PastCell[], provider: string, region: string, hears: boolean, row: boolean): void {
    const cell = whole(provider, region, hears);
    compare(changed, { provider, region, state: cell.state, broken: false, cell: row ? cell : null });
  }

  function noteSeen(changed: PastCell[], seen: readonly Cell[]): void {
    const here = new Set<string>();
    for (const cell of seen) {
      const region = `${cell.provider}/${cell.region}`.slice(0, 240);
      here.add(region);
      const broken = isBroken(cell.state);
      compare(changed, { provider: PROBES_ROW, region, state: cell.state, broken, cell });
    }
    for (const region of keptOf(PROBES_ROW).keys())
      if (!here.has(region))
        compare(changed, { provider: PROBES_ROW, region, state: 'unknown', broken: false, cell: null });
  }

  return {
    note(judgement, heard, seen) {
      const changed: PastCell[] = [];
      if (seen.length > 0 || keptOf(PROBES_ROW).size > 0) noteSeen(changed, seen);
      for (const [provider, regions] of judgement) {
        const hears = heard.get(provider) ?? false;
        const before = seenMaps.get(provider);
        // The judge hands out the same map while nothing was said.
        if (before?.regions === regions && before.heard === hears) continue;
        seenMaps.set(provider, { regions, heard: hears });
        const stands = [...regions.values()].map(
          (region): PastCell => ({
            provider,
            region: region.region,
            state: region.judged.state,
            broken: region.broken,
            cell: saidCell(region),
          }),
        );
        const row = stands.length === 0 || stands.some((one) => one.cell !== null);
        silent(changed, provider, WHOLE_PROVIDER, hears, row);
        for (const one of stands) compare(changed, one);
        // A region that nobody speaks of any more is as the provider's silence is.
        for (const region of [...keptOf(provider).keys()])
          if (region !== WHOLE_PROVIDER && !regions.has(region))
            silent(changed, provider, region, hears, row);
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
        const all = spans.all('0', toInstant(clock.now()));
        const before = all.findLast((one) => one.until_at <= at)?.until_at ?? null;
        const after = all.find((one) => one.from_at > at)?.from_at ?? null;
        const stood = latest.all(at).map(stoodOf);
        const cells = watched
          ? stood
          : stood.map((one) => ({ ...one, cell: one.cell && unwatched(one.cell, before) }));
        const ours = deps.ours();
        const board = pastBoard(cells, ours);
        const told = deps.signals(at, CASCADE_SIGNALS);
        const cascade = cascadeView(told.latest, at, deps.cascade);
        return ok({
          at,
          from: first.get()?.at ?? null,
          watched,
          gap: watched ? null : { from: before, until: after },
          spans: all.slice(-MAX_SPANS).map((one) => ({ from: one.from_at, until: one.until_at })),
          columns: [...board.columns],
          rows: [...board.rows],
          broken: pastBroken(stood, ours, watched),
          signals: { total: told.total, latest: told.latest.slice(0, 60) },
          ...(cascade.state === 'none' ? {} : { cascade }),
        });
      },
      'health.uptime': async ({ hours }) => {
        const until = clock.now();
        const from = until - hours * 3_600_000;
        const watched = apart(
          spans
            .all(toInstant(from), toInstant(until))
            .map((one): Span => ({ from: fromInstant(one.from_at), until: fromInstant(one.until_at) })),
        );
        const rows = [...latest.all(toInstant(from)), ...since.all(toInstant(from), toInstant(until))];
        const places = new Map<string, { provider: string; region: string; said: Said[] }>();
        /** Provider -> how its silence was to be taken: what a region was before anybody spoke of it. */
        const silence = new Map<string, Said[]>();
        for (const { provider, region, at, state, broken } of rows) {
          if (provider === PROBES_ROW) continue;
          const said = { at: fromInstant(at), state, broken: broken === 1 && isBroken(state) };
          if (region === WHOLE_PROVIDER) {
            const list = silence.get(provider);
            if (list === undefined) silence.set(provider, [said]);
            else list.push(said);
            continue;
          }
          const key = `${provider}\n${region}`;
          const place = places.get(key) ?? { provider, region, said: [] };
          place.said.push(said);
          places.set(key, place);
        }
        // Where we run is listed, too, when no source ever had a word about it.
        for (const { provider, region } of deps.ours().flatMap((one) => oursOf(one) ?? [])) {
          const key = `${provider}\n${region}`;
          if (!places.has(key)) places.set(key, { provider, region, said: [] });
        }
        for (const place of places.values()) {
          const first = place.said[0]?.at ?? Number.POSITIVE_INFINITY;
          const before = (silence.get(place.provider) ?? []).filter((one) => one.at < first);
          place.said = [...before, ...place.said];
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
