// Reading a room: the Incident, its timeline in windows, the overview strip, the history of a line.
import type { Handlers } from '../../shared/contract/index.ts';
import { toView } from '../../shared/journal/fold.ts';
import { historyOf } from '../../shared/journal/timeline.ts';
import { overviewOf } from '../../shared/journal/timeline-overview.ts';
import { ok } from '../../shared/result.ts';
import { foldEntry } from './fold-entry.ts';
import type { Writer } from './write.ts';

export function timelineHandlers(writer: Writer): Handlers<'timeline'> & Pick<Handlers<'room'>, 'room.open'> {
  const { store } = writer;
  return {
    'room.open': async ({ incident }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      store.open(incident);
      return ok({ rev: room.value.rev, incident: toView(room.value.incident) });
    },

    'timeline.window': async ({ incident, filter, offset, limit, around }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const { index, rev } = room.value;
      return ok({ rev, ...(await store.reads().window(index, { filter, offset, limit, around })) });
    },

    'timeline.overview': async ({ incident }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const { index } = room.value;
      return ok(overviewOf(room.value.incident, store.reads().minutes(index.n), writer.now()));
    },

    'timeline.history': async ({ incident, entry }) => {
      const room = await writer.room(incident);
      if (!room.ok) return room;
      const found = writer.target(incident, entry);
      if (!found.ok) return found;
      const marks = store.indexer().marksOf(room.value.index.n, entry);
      return ok({ versions: historyOf(foldEntry(found.value), marks) });
    },
  };
}
