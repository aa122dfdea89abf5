// The rooms of this process: each brought to the journal's end before it is read, each change told to the window once.
import { join } from 'node:path';
import type { IncidentLine } from '../../shared/contract/room.ts';
import { type Incident, toLine, toView } from '../../shared/journal/fold.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { roomText } from '../../shared/text/room.ts';
import { createFolding, type Folded, type Folding } from './folding.ts';
import { createIndexer, type Indexed, type Indexer } from './indexer.ts';
import type { RoomDeps } from './ports.ts';
import { createTimelineReads, type TimelineReads } from './timeline-reads.ts';
import { type Db, openViewDb } from './view-schema.ts';

/** A room at one moment. `incident` is the accumulator itself: read it, never change it or keep it. */
export interface Settled {
  readonly id: string;
  readonly incident: Incident;
  readonly rev: number;
  readonly index: Indexed;
}

export interface RoomStore {
  /** Brings a room to the journal's end. Error: `no-incident`. */
  settle(id: string): Promise<Result<Settled>>;
  /** From now on each change of this room is told to the window. */
  open(id: string): void;
  lines(): Promise<readonly IncidentLine[]>;
  /** Lines read so far, without waiting. */
  known(): readonly IncidentLine[];
  listRev(): number;
  /** The next number of a label, counted per profile and series. */
  nextLabel(series: 'INC' | 'REL'): Promise<string>;
  reads(): TimelineReads;
  indexer(): Indexer;
  /** Takes what was erased out of the write-ahead log as well. */
  scrub(): void;
  stop(): Promise<void>;
}

interface Room {
  folded: Folded | null;
  rev: number;
  /** Arrival row of the last change that was counted in `rev`. */
  told: number;
  open: boolean;
  chain: Promise<unknown>;
}

interface View {
  readonly db: Db;
  readonly indexer: Indexer;
  readonly folding: Folding;
  readonly reads: TimelineReads;
}

/** Changes of the list are joined: it is sent whole. */
const LIST_APART_MS = 100;
const MAX_LINES = 2000;
/** Fewer entries than this are read again as quickly as a checkpoint. */
const WORTH_KEEPING = 50;

export function createRoomStore({ journal, emit, log, viewFolder }: RoomDeps): RoomStore {
  const rooms = new Map<string, Room>();
  const lines = new Map<string, IncidentLine>();
  let loaded: Promise<void> | null = null;
  let listRev = 1;
  let listTimer: NodeJS.Timeout | null = null;
  let stopped = false;
  let view = openView(join(viewFolder, 'view.db'));
  const underWay = new Set<Promise<unknown>>();

  function openView(path: string): View {
    const { db, problem } = openViewDb(path);
    if (problem !== null) log.warn('view.db', { problem });
    const indexer = createIndexer(db, journal);
    return { db, indexer, folding: createFolding(db, journal, indexer), reads: createTimelineReads(db) };
  }

  /** Another try with a file made anew, or in memory where the disk refuses. */
  function reopenView(error: unknown): void {
    log.warn('view.db is opened again', { error: String(error) });
    view.db.close();
    view = openView(join(viewFolder, 'view.db'));
    for (const room of rooms.values()) room.folded = null;
  }

  const roomOf = (id: string): Room => {
    let room = rooms.get(id);
    if (!room) {
      room = { folded: null, rev: 1, told: -1, open: false, chain: Promise.resolve() };
      rooms.set(id, room);
    }
    return room;
  };

  const saveLine = (id: string, line: IncidentLine, row: number): void => {
    lines.set(id, line);
    view.db
      .prepare('UPDATE incidents SET line = ?, line_row = ? WHERE id = ?')
      .run(JSON.stringify(line), row, id);
    tellList();
  };

  const tellList = (): void => {
    if (listTimer !== null || stopped) return;
    listTimer = setTimeout(() => {
      listTimer = null;
      listRev += 1;
      emit('incidents.changed', { rev: listRev, incidents: sorted() });
    }, LIST_APART_MS);
    listTimer.unref();
  };

  /** Newest first. */
  const sorted = (): IncidentLine[] =>
    [...lines.values()]
      .sort((a, b) => (a.declaredAt < b.declaredAt ? 1 : a.declaredAt > b.declaredAt ? -1 : 0))
      .slice(0, MAX_LINES);

  async function catchUp(id: string, room: Room): Promise<Settled> {
    let folded: Folded;
    try {
      folded = await view.folding.catchUp(id, room.folded);
    } catch (error) {
      // Half applied or not: the accumulator is made again from the last checkpoint.
      room.folded = null;
      if (!/^SQLITE_/.test(String((error as { code?: unknown }).code ?? ''))) throw error;
      reopenView(error);
      folded = await view.folding.catchUp(id, null);
    }
    room.folded = folded;
    const index = view.indexer.state(id);
    if (room.told < folded.row) {
      const first = room.told < 0;
      room.told = folded.row;
      if (!first) room.rev += 1;
      saveLine(id, toLine(folded.incident), folded.row);
      if (!first && room.open) {
        const total = index.counts.all.live;
        emit('room.changed', { rev: room.rev, incident: toView(folded.incident), total });
      }
    }
    return { id, incident: folded.incident, rev: room.rev, index };
  }

  async function settle(id: string): Promise<Result<Settled>> {
    if (!rooms.has(id) && journal.read(id, 0, 1).length === 0) {
      return fail('no-incident', roomText.noIncident(id));
    }
    const room = roomOf(id);
    const next = room.chain.then(() => catchUp(id, room));
    room.chain = next.catch(() => undefined);
    underWay.add(room.chain);
    try {
      return ok(await next);
    } finally {
      underWay.delete(room.chain);
    }
  }

  /** The list needs no fold where the line that was kept is still that of the journal's end. */
  async function load(): Promise<void> {
    for (const id of journal.incidents()) {
      const kept = view.db.prepare('SELECT line, line_row FROM incidents WHERE id = ?').get(id) as
        | { line: string | null; line_row: number }
        | undefined;
      if (kept?.line && isCurrent(id, kept.line_row)) lines.set(id, JSON.parse(kept.line) as IncidentLine);
      else await settle(id);
    }
  }

  const isCurrent = (id: string, row: number): boolean => {
    const [last, next] = journal.read(id, row - 1, 2);
    return last?.row === row && next === undefined && view.indexer.state(id).last === last.id;
  };

  const stopListening = journal.onChange(({ from, to }) => {
    const touched = new Set<string>();
    let after = from - 1;
    while (after < to) {
      const page = journal.readAll(after, 500);
      for (const entry of page) if (entry.row <= to) touched.add(entry.incident);
      const last = page.at(-1);
      if (!last) break;
      after = last.row;
    }
    for (const id of touched) {
      settle(id).catch((error: unknown) => {
        if (!stopped) log.error('a room could not be read', { incident: id, error: String(error) });
      });
    }
  });

  /** Saves a long way for the next start; what the disk refuses now is folded again then. */
  const keepFolds = (): void => {
    for (const [id, room] of rooms) {
      if (room.folded === null || room.folded.incident.entries - room.folded.saved < WORTH_KEEPING) continue;
      try {
        view.folding.keep(id, room.folded);
      } catch (error) {
        log.warn('a checkpoint was not kept', { incident: id, error: String(error) });
      }
    }
  };

  const linesLoaded = (): Promise<void> => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };

  return {
    settle,
    open: (id) => {
      roomOf(id).open = true;
    },
    async lines() {
      await linesLoaded();
      return sorted();
    },
    known: () => [...lines.values()],
    listRev: () => listRev,
    async nextLabel(series) {
      await linesLoaded();
      let most = 0;
      for (const line of lines.values()) {
        // A release that became an incident keeps its first label beside the new one.
        for (const label of [line.label, line.release?.label ?? '']) {
          const [, of, number] = /^(INC|REL)-(\d{1,9})$/.exec(label) ?? [];
          if (of === series) most = Math.max(most, Number(number));
        }
      }
      // One statement, so that two processes never take the same number.
      const n = view.db
        .prepare(
          'INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value + 1, excluded.value) RETURNING value',
        )
        .pluck()
        .get(series === 'INC' ? 'label' : 'label-release', most + 1) as number;
      return `${series}-${String(n).padStart(4, '0')}`;
    },
    reads: () => view.reads,
    indexer: () => view.indexer,
    scrub() {
      view.db.pragma('wal_checkpoint(TRUNCATE)');
    },
    async stop() {
      stopped = true;
      stopListening();
      if (listTimer !== null) clearTimeout(listTimer);
      await Promise.all(underWay);
      keepFolds();
      view.reads.close();
      view.db.close();
    },
  };
}
