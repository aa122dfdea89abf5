// The Incident of each room, kept up to date: from the last checkpoint, in the order of state, in slices that give the loop back.
// Nothing here runs longer than some milliseconds at a time, so no worker is needed; a room whose view.db is new waits, the
// window does not.
import { apply, emptyIncident, type Incident } from '../../shared/journal/fold.ts';
import type { Journal } from '../journal/journal.ts';
import { before, foldEntry, type Place, placeOf } from './fold-entry.ts';
import type { Indexer } from './indexer.ts';
import type { Db } from './view-schema.ts';

const CHECKPOINT_EVERY = 1000;
/** Entries per slice: a few milliseconds. */
const SLICE = 100;

export interface Folded {
  incident: Incident;
  /** Arrival row up to which everything is in it. */
  row: number;
  /** Entries in it when the last checkpoint was written. */
  saved: number;
}

export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface Folding {
  /** Brings index and Incident to the journal's end. `folded` is what this process has (null: nothing yet). */
  catchUp(id: string, folded: Folded | null): Promise<Folded>;
  /** Keeps where the fold is, so that the next start has less to read; not while another process is ahead. */
  keep(id: string, folded: Folded): void;
}

export function createFolding(db: Db, journal: Pick<Journal, 'read' | 'entry'>, indexer: Indexer): Folding {
  const q = {
    /** Smallest place that is new since a row, with the places that erased bodies reach back to. */
    firstNew: db.prepare(
      'SELECT hlc, tie FROM entries WHERE inc = ? AND row > ? AND row <= ? ORDER BY hlc, tie LIMIT 1',
    ),
    firstBack: db.prepare(
      `SELECT back_hlc AS hlc, back_tie AS tie FROM entries
       WHERE inc = ? AND row > ? AND row <= ? AND back_hlc IS NOT NULL ORDER BY back_hlc, back_tie LIMIT 1`,
    ),
    after: db
      .prepare('SELECT id FROM entries WHERE inc = ? AND (hlc, tie) > (?, ?) ORDER BY hlc, tie LIMIT ?')
      .pluck(),
    checkpointBefore: db
      .prepare(
        'SELECT state FROM checkpoints WHERE inc = ? AND (hlc, tie) < (?, ?) ORDER BY hlc DESC, tie DESC LIMIT 1',
      )
      .pluck(),
    lastCheckpoint: db
      .prepare('SELECT state FROM checkpoints WHERE inc = ? ORDER BY hlc DESC, tie DESC LIMIT 1')
      .pluck(),
    indexedRow: db.prepare('SELECT row FROM incidents WHERE n = ?').pluck(),
    save: db.prepare(
      'INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET entries = excluded.entries, state = excluded.state',
    ),
  };

  const fromCheckpoint = (id: string, n: number, place: Place | null): Folded => {
    const state = (
      place === null ? q.lastCheckpoint.get(n) : q.checkpointBefore.get(n, place.hlc, place.tie)
    ) as string | undefined;
    const incident = state === undefined ? emptyIncident(id) : (JSON.parse(state) as Incident);
    return { incident, row: 0, saved: incident.entries };
  };

  const firstNew = (n: number, from: number, to: number): Place | null => {
    const fresh = q.firstNew.get(n, from, to) as Place | undefined;
    const back = q.firstBack.get(n, from, to) as Place | undefined;
    if (!fresh) return null;
    return back && before(back, fresh) ? back : fresh;
  };

  // Only while nobody has indexed anything since: a late entry of another process would be missing from it.
  const saveCheckpoint = db.transaction((n: number, folded: Folded, upTo: number): void => {
    if (q.indexedRow.get(n) !== upTo) return;
    const place = placeOf(folded.incident.last!);
    q.save.run(n, place.hlc, place.tie, folded.incident.entries, JSON.stringify(folded.incident));
  });

  async function catchUp(id: string, had: Folded | null): Promise<Folded> {
    indexer.checkIdentity(id);
    while (indexer.slice(id, SLICE) === SLICE) await pause();
    const { n, row: upTo } = indexer.state(id);
    let folded = had;
    if (folded !== null && folded.row > upTo) folded = null;
    if (folded !== null && folded.row < upTo) {
      const first = firstNew(n, folded.row, upTo);
      const last = folded.incident.last;
      if (first && last && !before(placeOf(last), first)) folded = fromCheckpoint(id, n, first);
    }
    folded ??= fromCheckpoint(id, n, null);
    if (folded.row === upTo) return folded;
    const { incident } = folded;
    while (true) {
      const place = incident.last ? placeOf(incident.last) : { hlc: '', tie: '' };
      const ids = q.after.all(n, place.hlc, place.tie, SLICE) as string[];
      for (const entryId of ids) {
        const stored = journal.entry(entryId);
        if (stored) apply(incident, foldEntry(stored));
      }
      if (incident.last && incident.entries - folded.saved >= CHECKPOINT_EVERY) {
        saveCheckpoint.immediate(n, folded, upTo);
        folded.saved = incident.entries;
      }
      if (ids.length < SLICE) break;
      await pause();
    }
    folded.row = upTo;
    return folded;
  }

  return {
    catchUp,
    keep(id, folded) {
      const { n } = indexer.state(id);
      if (folded.incident.last === null || folded.incident.entries === folded.saved) return;
      saveCheckpoint.immediate(n, folded, folded.row);
    },
  };
}
