// Incidents: the list, and declaring one in one append, so that it is there whole or not at all.
import type { Handlers } from '../../shared/contract/index.ts';
import { COMMANDER, isCommander, isRelease } from '../../shared/journal/fold.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import { fail, ok } from '../../shared/result.ts';
import { roomText } from '../../shared/text/room.ts';
import { openBreaker, releaseHandlers } from './releases.ts';
import { newSignals, signalEntries } from './signals.ts';
import { happened, type Writer } from './write.ts';

export function incidentHandlers(writer: Writer): Handlers<'incidents'> {
  const { deps, store } = writer;
  return {
    'incidents.list': async () => {
      const incidents = [...(await store.lines())];
      return ok({ rev: store.listRev(), incidents });
    },

    'incidents.declare': async (input) => {
      const title = input.title.trim();
      if (title === '') return fail('empty-text', roomText.emptyText);
      const impact = happened(input.impactStarted, deps.clock.now());
      if (!impact.ok) return impact;
      const signals = deps.signals(input.signals);
      if (input.signals.length > 0 && signals.length === 0) return fail('no-signals', roomText.noSignals);
      // A release becomes the incident in its own journal: what was watched until now is its beginning.
      const room = input.release === undefined ? null : await writer.room(input.release);
      if (room && !room.ok) return room;
      const was = room?.value.incident ?? null;
      if (was !== null && !isRelease(was))
        return fail('not-a-release', roomText.notARelease(was.label || was.id));
      if (was !== null && was.closedAt !== null)
        return fail('release-ended', roomText.releaseEnded(was.label));
      const incident = was?.id ?? deps.ids.uuid();
      const label = await store.nextLabel('INC');
      const heard = signals.map((s) => s.at);
      const opened = was === null ? null : openBreaker(deps.journal, incident);
      const first = [...heard, ...(opened === null ? [] : [opened])].sort()[0];
      const entries: NewEntry[] = [
        writer.entry(incident, 'declared', {
          label,
          title,
          severity: input.severity,
          mode: 'real',
          commander: input.commander,
          detectedAt: first !== undefined && first <= writer.now() ? first : undefined,
          release: was?.label,
        }),
      ];
      // Impact started is a statement of a person or it is not there: never guessed from signals.
      if (impact.value.occurredAt !== undefined) {
        const { occurredAt, when } = impact.value;
        entries.push(
          writer.entry(incident, 'milestone-set', { name: 'impact-started', when }, { occurredAt }),
        );
      }
      if (input.commander) {
        const from = was?.roles.find((one) => isCommander(one.role))?.name ?? null;
        const name = deps.person().name;
        entries.push(writer.entry(incident, 'role-assigned', { role: COMMANDER, name, from }));
      }
      // What is affected follows from the signals; a region set by hand here would stay as it is for good.
      const linked = signalEntries(writer, incident, signals, was, false);
      const keys = new Set<string>();
      const fresh = linked.filter(({ key }) => key !== undefined && !keys.has(key) && keys.add(key));
      entries.push(...(room ? newSignals(writer, room.value, fresh) : fresh));
      const kept = await writer.write(incident, entries);
      return kept.ok ? ok({ id: incident, label, entry: kept.value.entry }) : kept;
    },

    ...releaseHandlers(writer),
  };
}

/** Signals of the board that a person adds to an incident that is there already. */
export const linkSignals =
  (writer: Writer): Handlers<'room'>['room.linkSignals'] =>
  async ({ incident, signals }) => {
    const room = await writer.room(incident);
    if (!room.ok) return room;
    const found = writer.deps.signals(signals);
    if (found.length === 0) return fail('no-signals', roomText.noSignals);
    const made = signalEntries(writer, incident, found, room.value.incident, true);
    const entries = newSignals(writer, room.value, made);
    return entries.length === 0
      ? fail('already-linked', roomText.alreadyLinked)
      : writer.write(incident, entries);
  };
