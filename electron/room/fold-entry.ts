// From the journal's stored entry to what a fold sees, and places in the two orders as the index stores them.
import type { FoldEntry } from '../../shared/journal/types.ts';
import type { StoredEntry } from '../journal/journal.ts';

/** Parses the body; one that is gone or is no JSON object (a forged entry) folds as withheld. */
export function foldEntry(stored: StoredEntry): FoldEntry {
  const { id, incident, kind, v, key, actor, device, seq, hlc, occurredAt, recordedAt } = stored;
  return {
    id,
    incident,
    kind,
    v,
    key,
    body: stored.erased || stored.body === '' ? null : parse(stored.body),
    actor,
    device,
    seq,
    hlc,
    occurredAt,
    recordedAt,
  };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Place in the order of state, as two texts that sort as (hlc, device, seq) does. The separator sorts below every character of an id. */
export interface Place {
  readonly hlc: string;
  readonly tie: string;
}

export const placeOf = (entry: { hlc: string; device: string; seq: number }): Place => ({
  hlc: entry.hlc,
  tie: `${entry.device}\u0001${String(entry.seq).padStart(16, '0')}`,
});

export const before = (a: Place, b: Place): boolean => a.hlc < b.hlc || (a.hlc === b.hlc && a.tie < b.tie);
