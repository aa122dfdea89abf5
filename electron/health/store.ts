// health.db: the feeds, what was fetched last, what the judge remembers, and the signals. All SQL of this service is here.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import type { SignalLine } from '../../shared/contract/health.ts';
import type { ParseProblem } from '../../shared/health/types.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { openDatabase, openHealthFile } from './database.ts';
import { DEFAULT_FEEDS, type FeedConfig } from './defaults.ts';
import { type FeedKindName, feedKind } from './sources/index.ts';

/** What is kept of the last polls of a feed. */
export interface FetchState {
  /** What was asked, and how it was read (`identityOf`). Absent: kept by an older build. */
  readonly of?: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Last usable answer. */
  readonly fetchedAt: Instant | null;
  readonly triedAt: Instant | null;
  readonly outcome: 'good' | 'unreachable' | 'unparseable' | null;
  readonly reason: string | null;
  readonly durationMs: number | null;
  readonly contentType: string;
  readonly failures: number;
  readonly problems: readonly ParseProblem[];
}

export const NO_FETCH: FetchState = {
  etag: null,
  lastModified: null,
  fetchedAt: null,
  triedAt: null,
  outcome: null,
  reason: null,
  durationMs: null,
  contentType: '',
  failures: 0,
  problems: [],
};

export interface HealthStore {
  feeds(): readonly FeedConfig[];
  addFeed(feed: FeedConfig): void;
  setEnabled(feed: string, enabled: boolean): void;
  removeFeed(feed: string): void;
  fetchState(feed: string): FetchState;
  memory(feed: string): string | null;
  payload(
    feed: string,
  ): { readonly at: Instant; readonly contentType: string; readonly bytes: Buffer } | null;
  /** After a poll: its state, and what changed of the rest (undefined: unchanged). One transaction. */
  savePoll(
    feed: string,
    state: FetchState,
    changed: {
      memory?: string;
      payload?: { bytes: Uint8Array; contentType: string; at: Instant };
      added: readonly SignalLine[];
      updated: readonly SignalLine[];
      /** Fold key of added lines, by id. */
      folds: ReadonlyMap<string, string>;
    },
  ): void;
  addSignals(signals: readonly SignalLine[]): void;
  /** Newest first. `before`: id of a signal; null from the newest. */
  signals(before: string | null, limit: number): readonly SignalLine[];
  signalsById(ids: readonly string[]): readonly SignalLine[];
  /** Those that had come by a moment, newest first, and how many they are in all. */
  signalsUntil(
    at: Instant,
    limit: number,
  ): { readonly latest: readonly SignalLine[]; readonly total: number };
  signalCount(): { readonly total: number; readonly since: Instant | null };
  openFold(key: string, since: Instant): SignalLine | null;
  /** The instant kept under a name, set now when there is none. */
  keptInstant(name: string, now: Instant): Instant;
  /** Deletes signals older than `before`. */
  retain(before: Instant): void;
  close(): void;
}

/** A payload larger than this is not kept for the "raw source" view: bytes before packing. */
const MAX_PAYLOAD = 4 * 1024 * 1024;

/** Opens `health.db` in a folder (database.ts says how a damaged file is met). `db` is for the other tables in it. */
export function openHealthStore(
  folder: string,
  now: Instant,
  builtIn: readonly FeedConfig[] = DEFAULT_FEEDS,
): { readonly store: HealthStore; readonly db: Database.Database; readonly notices: readonly string[] } {
  const { db, notices } = openHealthFile(folder, now);
  return { store: storeOf(db, builtIn), db, notices };
}

/** The same for a replay: gone with it, and without feeds. */
export function openReplayStore(): ReturnType<typeof openHealthStore> {
  const db = openDatabase(':memory:');
  return { store: storeOf(db, []), db, notices: [] };
}

/** A store that is gone when it is closed. */
export const openMemoryStore = (feeds: readonly FeedConfig[]): HealthStore =>
  storeOf(openDatabase(':memory:'), feeds);

interface FeedRow {
  id: string;
  name: string;
  kind: string;
  provider: string;
  url: string;
  interval_ms: number;
  stale_after_ms: number;
  enabled: number;
  built_in: number;
  private_host: string | null;
}

function storeOf(db: Database.Database, builtIn: readonly FeedConfig[]): HealthStore {
  const insertFeed = db.prepare(
    `INSERT OR IGNORE INTO feed (id, position, name, kind, provider, url, interval_ms, stale_after_ms, enabled, built_in, private_host)
     VALUES (@id, (SELECT coalesce(max(position), 0) + 1 FROM feed), @name, @kind, @provider, @url, @intervalMs, @staleAfterMs, @enabled, @builtIn, @privateHost)`,
  );
  const keep = (feed: FeedConfig): void => {
    insertFeed.run({ ...feed, enabled: feed.enabled ? 1 : 0, builtIn: feed.builtIn ? 1 : 0 });
  };
  db.transaction(() => builtIn.forEach(keep))();
  const feedRows = db.prepare<[], FeedRow>('SELECT * FROM feed WHERE removed = 0 ORDER BY position');
  const enable = db.prepare('UPDATE feed SET enabled = ? WHERE id = ?');
  // A built-in feed that was removed stays removed: its row stays, so that the next start does not bring it back.
  const remove = db.prepare('UPDATE feed SET removed = 1 WHERE id = ? AND built_in = 1');
  const drop = db.prepare('DELETE FROM feed WHERE id = ? AND built_in = 0');
  const forget = ['fetched', 'remembered', 'payload'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE feed = ?`),
  );
  const getState = db.prepare<[string], { state: string }>('SELECT state FROM fetched WHERE feed = ?');
  const putState = db.prepare('INSERT OR REPLACE INTO fetched (feed, state) VALUES (?, ?)');
  const getMemory = db.prepare<[string], { memory: string }>('SELECT memory FROM remembered WHERE feed = ?');
  const putMemory = db.prepare('INSERT OR REPLACE INTO remembered (feed, memory) VALUES (?, ?)');
  const getPayload = db.prepare<[string], { at: string; content_type: string; packed: Buffer }>(
    'SELECT at, content_type, packed FROM payload WHERE feed = ?',
  );
  const putPayload = db.prepare(
    'INSERT OR REPLACE INTO payload (feed, at, content_type, packed) VALUES (?, ?, ?, ?)',
  );
  const insertSignal = db.prepare('INSERT OR IGNORE INTO signal (id, at, fold, line) VALUES (?, ?, ?, ?)');
  const updateSignal = db.prepare('UPDATE signal SET line = ? WHERE id = ?');
  const newest = db.prepare<[number], { line: string }>('SELECT line FROM signal ORDER BY seq DESC LIMIT ?');
  const older = db.prepare<[string, number], { line: string }>(
    'SELECT line FROM signal WHERE seq < (SELECT seq FROM signal WHERE id = ?) ORDER BY seq DESC LIMIT ?',
  );
  const byId = db.prepare<[string], { line: string }>('SELECT line FROM signal WHERE id = ?');
  const until = db.prepare<[string, number], { line: string }>(
    'SELECT line FROM signal WHERE at <= ? ORDER BY at DESC, seq DESC LIMIT ?',
  );
  const countUntil = db.prepare<[string], { total: number }>(
    'SELECT count(*) AS total FROM signal WHERE at <= ?',
  );
  const counted = db.prepare<[], { total: number; since: string | null }>(
    'SELECT count(*) AS total, min(at) AS since FROM signal',
  );
  const fold = db.prepare<[string, string], { line: string }>(
    'SELECT line FROM signal WHERE fold = ? AND at >= ? ORDER BY seq DESC LIMIT 1',
  );
  const kept = db.prepare<[string], { value: string }>('SELECT value FROM kept WHERE name = ?');
  const keepValue = db.prepare('INSERT OR IGNORE INTO kept (name, value) VALUES (?, ?)');
  const expire = db.prepare('DELETE FROM signal WHERE at < ?');
  const lineOf = (row: { line: string }): SignalLine => JSON.parse(row.line) as SignalLine;

  const savePoll = db.transaction(
    (feed: string, state: FetchState, changed: Parameters<HealthStore['savePoll']>[2]) => {
      putState.run(feed, JSON.stringify(state));
      if (changed.memory !== undefined) putMemory.run(feed, changed.memory);
      if (changed.payload !== undefined) {
        const { bytes, contentType, at } = changed.payload;
        putPayload.run(feed, at, contentType, deflateRawSync(bytes.subarray(0, MAX_PAYLOAD), { level: 1 }));
      }
      for (const signal of changed.added)
        insertSignal.run(signal.id, signal.at, changed.folds.get(signal.id) ?? null, JSON.stringify(signal));
      for (const signal of changed.updated) updateSignal.run(JSON.stringify(signal), signal.id);
    },
  );

  return {
    feeds: () =>
      feedRows.all().flatMap((row) => {
        const kind = feedKind(row.kind);
        if (kind === null) return [];
        return [
          {
            id: row.id,
            name: row.name,
            kind: kind.kind as FeedKindName,
            provider: row.provider,
            url: row.url,
            intervalMs: row.interval_ms,
            staleAfterMs: row.stale_after_ms,
            enabled: row.enabled === 1,
            builtIn: row.built_in === 1,
            privateHost: row.private_host,
          },
        ];
      }),
    addFeed: keep,
    setEnabled: (feed, enabled) => void enable.run(enabled ? 1 : 0, feed),
    removeFeed: db.transaction((feed: string) => {
      remove.run(feed);
      drop.run(feed);
      for (const one of forget) one.run(feed);
    }),
    fetchState: (feed) => {
      const row = getState.get(feed);
      return row === undefined
        ? NO_FETCH
        : { ...NO_FETCH, ...(JSON.parse(row.state) as Partial<FetchState>) };
    },
    memory: (feed) => getMemory.get(feed)?.memory ?? null,
    payload: (feed) => {
      const row = getPayload.get(feed);
      if (row === undefined) return null;
      return { at: row.at, contentType: row.content_type, bytes: inflateRawSync(row.packed) };
    },
    savePoll,
    addSignals: db.transaction((signals: readonly SignalLine[]) => {
      for (const signal of signals) insertSignal.run(signal.id, signal.at, null, JSON.stringify(signal));
    }),
    signals: (before, limit) => (before === null ? newest.all(limit) : older.all(before, limit)).map(lineOf),
    signalsById: (ids) =>
      ids.flatMap((id) => {
        const row = byId.get(id);
        return row === undefined ? [] : [lineOf(row)];
      }),
    signalsUntil: (at, limit) => ({
      latest: until.all(at, limit).map(lineOf),
      total: countUntil.get(at)!.total,
    }),
    signalCount: () => counted.get()!,
    openFold: (key, since) => {
      const row = fold.get(key, since);
      return row === undefined ? null : lineOf(row);
    },
    keptInstant: (name, now) => {
      keepValue.run(name, now);
      return kept.get(name)!.value;
    },
    retain: (before) => void expire.run(before),
    close: () => db.close(),
  };
}
