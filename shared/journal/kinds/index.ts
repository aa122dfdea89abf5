// The registry of entry kinds: families joined once. A kind that is in no family is kept, counted and shown as such.
// To add kinds: a file with a Family of them, one more line in KINDS, and their names in KnownKind.
import type { FoldEntry } from '../types.ts';
import { type ChangeKind, changeKinds } from './changes.ts';
import { type ChecklistKind, checklistKinds } from './checklists.ts';
import { type IncidentKind, incidentKinds } from './incident.ts';
import type { Body, Family, Kind, KnownEntry } from './kind.ts';
import { type MachineKind, machineKinds } from './machine.ts';
import { type MarkKind, markKinds } from './marks.ts';
import { type NoteKind, noteKinds } from './notes.ts';
import { type OverrideKind, overrideKinds } from './overrides.ts';
import { type RollbackKind, rollbackKinds } from './plans.ts';
import { type ReleaseKind, releaseKinds } from './releases.ts';
import { type SignalKind, signalKinds } from './signals.ts';

export type KnownKind =
  | IncidentKind
  | NoteKind
  | SignalKind
  | ChecklistKind
  | MarkKind
  | MachineKind
  | OverrideKind
  | ChangeKind
  | RollbackKind
  | ReleaseKind;

const KINDS: Family<KnownKind> = {
  ...incidentKinds,
  ...noteKinds,
  ...signalKinds,
  ...checklistKinds,
  ...markKinds,
  ...machineKinds,
  ...overrideKinds,
  ...changeKinds,
  ...rollbackKinds,
  ...releaseKinds,
};

/** The kind by its name; null when this Bulkhead does not know it. */
export const kindOf = (name: string): Kind | null =>
  Object.hasOwn(KINDS, name) ? KINDS[name as KnownKind] : null;

/** Version of the body that this Bulkhead writes for a kind; the journal puts it into new entries. */
export const kindVersion = (name: string): number => kindOf(name)?.v ?? 1;

export type Read =
  | { readonly is: 'known'; readonly kind: Kind; readonly entry: KnownEntry<unknown> }
  /** Body erased or withheld: the kind may be known, what it said is gone. */
  | { readonly is: 'withheld'; readonly kind: Kind | null }
  /** Of a newer Bulkhead, or not as its kind says: kept, counted, passed on, never thrown. */
  | { readonly is: 'unknown'; readonly why: 'kind' | 'version' | 'body' };

/** Reads an entry through upcasters and schema. Never throws. */
export function readEntry(entry: FoldEntry): Read {
  const kind = kindOf(entry.kind);
  if (entry.body === null) return { is: 'withheld', kind };
  if (kind === null) return { is: 'unknown', why: 'kind' };
  if (entry.v > kind.v) return { is: 'unknown', why: 'version' };
  let body: Body = entry.body;
  try {
    for (let v = entry.v; v < kind.v; v++) {
      const up = kind.upcasters[v];
      if (!up) return { is: 'unknown', why: 'version' };
      body = up(body);
    }
  } catch {
    // An upcaster met a body that its version never had: the entry is kept as it is, and shown so.
    return { is: 'unknown', why: 'body' };
  }
  const read = kind.schema.safeParse(body);
  if (!read.success) return { is: 'unknown', why: 'body' };
  return { is: 'known', kind, entry: { ...entry, body: read.data as Body } };
}
