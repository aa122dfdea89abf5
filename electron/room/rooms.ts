// The room service: incidents, their rooms, timelines and checklists, over one journal. The window and the command line call the
// same handlers; health hands in signals as they happen.
import type { Handlers } from '../../shared/contract/index.ts';
import type { IncidentLine, IncidentView, TimelineRow } from '../../shared/contract/room.ts';
import { toView } from '../../shared/journal/fold.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { linkChanges } from './changes.ts';
import { checklistHandlers } from './checklists.ts';
import { commandHandlers } from './command.ts';
import { incidentHandlers, linkSignals } from './declare.ts';
import { logHandlers } from './log.ts';
import type { RoomDeps, SignalEvidence } from './ports.ts';
import { createSignalNotes } from './signals.ts';
import { createRoomStore } from './store.ts';
import { timelineHandlers } from './timeline.ts';
import { createWatch } from './watch.ts';
import { createWriter } from './write.ts';

export type { BlobPort, LibraryPort, LocksPort, RoomDeps, RunbookRevision, SignalEvidence } from './ports.ts';

export interface Rooms {
  readonly handlers: Handlers<'incidents' | 'room' | 'timeline' | 'checklist'>;
  /** The folded Incident, for reports and the command line. Error: `no-incident`. */
  incident(id: string): Promise<Result<IncidentView>>;
  /** All lines, oldest first, retracted ones too; read in pages as they are asked for. */
  rows(id: string): Promise<Result<Iterable<TimelineRow>>>;
  /** Ids of real incidents that are not closed, as far as they were read (`start` reads all). */
  openIncidents(): readonly string[];
  /** Ids of releases that are watched and have not ended. They are no incidents: signals, locks and overrides pass them by. */
  openReleases(): readonly string[];
  /** Links signals to the open incidents they are about. Never rejects; what the disk refuses is tried again. */
  noteSignals(signals: readonly SignalEvidence[]): Promise<void>;
  /** This machine slept from one instant to another. */
  noteSleep(from: Instant, to: Instant): Promise<void>;
  /** For the owner of the profile: reads the list, writes the gap nobody watched, begins to watch. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createRooms(deps: RoomDeps): Rooms {
  const store = createRoomStore(deps);
  const writer = createWriter(deps, store);
  const watch = createWatch(writer);
  const noteSignals = createSignalNotes(writer);
  const open = (mode: IncidentLine['mode']): string[] =>
    store
      .known()
      .filter((line) => line.mode === mode && line.closedAt === null)
      .map((line) => line.id);
  return {
    handlers: {
      ...incidentHandlers(writer),
      ...timelineHandlers(writer),
      ...logHandlers(writer),
      ...commandHandlers(writer),
      ...checklistHandlers(writer),
      'room.linkSignals': linkSignals(writer),
      'room.linkChanges': linkChanges(writer, deps.changes ?? (() => [])),
    },
    async incident(id) {
      const room = await store.settle(id);
      return room.ok ? ok(toView(room.value.incident)) : room;
    },
    async rows(id) {
      const room = await store.settle(id);
      return room.ok ? ok(store.reads().all(room.value.index.n)) : room;
    },
    openIncidents: () => open('real'),
    openReleases: () => open('release'),
    noteSignals,
    noteSleep: (from, to) => watch.slept(from, to),
    async start() {
      await store.lines();
      await watch.start();
    },
    async stop() {
      watch.stop();
      await noteSignals([]);
      await store.stop();
    },
  };
}
