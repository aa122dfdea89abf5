// Changes that a person links to an incident: copied into the journal, so that they stand there whatever becomes of the file.
import type { ChangeLine } from '../../shared/contract/changes.ts';
import type { Handlers } from '../../shared/contract/index.ts';
import { fail } from '../../shared/result.ts';
import { roomText } from '../../shared/text/room.ts';
import type { Writer } from './write.ts';

export const linkChanges =
  (
    writer: Writer,
    changes: (ids: readonly string[]) => readonly ChangeLine[],
  ): Handlers<'room'>['room.linkChanges'] =>
  async ({ incident, changes: ids }) => {
    const room = await writer.room(incident);
    if (!room.ok) return room;
    const found = changes(ids);
    if (found.length === 0) return fail('no-changes', roomText.noChanges);
    const known = new Set(room.value.incident.changes.map((one) => one.change));
    const fresh = found.filter((one) => !known.has(one.id));
    if (fresh.length === 0) return fail('already-linked', roomText.changesLinked);
    const entries = fresh.map(({ id: change, at, line, service, version, places, source, url }) =>
      writer.entry(
        incident,
        'change-linked',
        { change, line, service, version, places, source, url },
        { occurredAt: at },
      ),
    );
    return writer.write(incident, entries);
  };
