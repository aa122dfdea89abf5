// What was typed and not yet logged, per incident: kept in the window's own storage, so that leaving the page or a crash of the window loses nothing.

export interface Draft {
  readonly text: string;
  /** The time as typed; empty: now. */
  readonly time: string;
}

export interface Drafts {
  read(incident: string): Draft;
  write(incident: string, draft: Draft): void;
}

const EMPTY: Draft = { text: '', time: '' };
const key = (incident: string): string => `bulkhead.draft.${incident}`;

const parse = (stored: string | null): Draft => {
  if (stored === null) return EMPTY;
  try {
    const value: unknown = JSON.parse(stored);
    if (typeof value !== 'object' || value === null) return EMPTY;
    const { text, time } = value as Record<string, unknown>;
    return { text: typeof text === 'string' ? text : '', time: typeof time === 'string' ? time : '' };
  } catch {
    return EMPTY;
  }
};

/** `storage` may be missing or full (private profiles, quotas): the draft then lives as long as the window, in `memory`. */
export function createDrafts(storage: Storage | null, memory: Map<string, string> = new Map()): Drafts {
  return {
    read(incident) {
      const held = memory.get(key(incident));
      if (held !== undefined) return parse(held);
      try {
        return parse(storage?.getItem(key(incident)) ?? null);
      } catch {
        return EMPTY;
      }
    },
    write(incident, draft) {
      const empty = draft.text === '' && draft.time === '';
      try {
        if (!storage) throw new Error('no storage');
        if (empty) storage.removeItem(key(incident));
        else storage.setItem(key(incident), JSON.stringify(draft));
        memory.delete(key(incident));
      } catch {
        memory.set(key(incident), JSON.stringify(empty ? EMPTY : draft));
      }
    },
  };
}
