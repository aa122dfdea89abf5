// Overrides of health as entries of the incidents that are open, and of those they were made in: who, until when, and what the
// sources said.
import type { NewEntry } from '../../shared/journal/types.ts';
import type { OverrideNote } from '../health/overrides.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';
import { MACHINE } from './write.ts';

/** Never throws; what the disk refuses is in the log: the override itself is kept by the health service. */
export function noteOverride(
  journal: Pick<Journal, 'append'>,
  open: readonly string[],
  note: OverrideNote,
  person: { readonly id: string } | null,
  log: Log,
): void {
  // A lock that ended with its incident is said in that incident, though it is closed.
  const incidents = [...new Set([...note.incidents, ...open])];
  if (incidents.length === 0) return;
  const { id, provider, region, service, state, sources, mode, until } = note.override;
  const byPerson = note.by !== '';
  const entries = incidents.map(
    (incident): NewEntry => ({
      incident,
      kind: 'health-overridden',
      body: {
        override: id,
        provider,
        region,
        service,
        state,
        sources,
        mode,
        until,
        ended: note.ended,
        reason: note.reason,
        by: note.by,
      },
      actor: byPerson ? (person?.id ?? MACHINE) : MACHINE,
    }),
  );
  const kept = journal.append(entries);
  if (!kept.ok) log.error('an override could not be written into its incidents', { why: kept.error.message });
}
