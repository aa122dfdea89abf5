// What every writing call shares: who writes, when it happened, and "on disk, folded, then answered".

import type { z } from 'zod';
import type { Person } from '../../shared/contract/app.ts';
import type { occurred } from '../../shared/contract/room.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { roomText } from '../../shared/text/room.ts';
import { type Instant, toInstant } from '../../shared/time/clock.ts';
import { distance, utc } from '../../shared/time/format.ts';
import type { StoredEntry } from '../journal/journal.ts';
import type { RoomDeps } from './ports.ts';
import type { RoomStore, Settled } from './store.ts';

export type Occurred = z.output<typeof occurred>;
export type Written = { entry: string; rev: number };

/** Who makes entries that no person makes, as the journal's own do. */
export const MACHINE = 'bulkhead';

export interface Writer {
  readonly deps: RoomDeps;
  readonly store: RoomStore;
  now(): Instant;
  person(): Person;
  /** An entry of the person at this desk; fields without a value are left out. */
  entry(incident: string, kind: string, body: Record<string, unknown>, more?: Partial<NewEntry>): NewEntry;
  /** On disk first, then folded; answers the first entry. Errors are the journal's. */
  write(incident: string, entries: readonly NewEntry[]): Promise<Result<Written>>;
  /** Opens a room for a call that may write to it. */
  room(incident: string): Promise<Result<Settled>>;
  /** An entry of this incident, or `no-entry`. */
  target(incident: string, id: string): Result<StoredEntry>;
}

const clean = (body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

/** One second: the window's clock is main's, but a call takes its time. */
const GRACE_MS = 1000;

/** Checks a time again that a person chose: what happened lies back. Null is now, and leaves the time to the journal. */
export function happened(
  chosen: Occurred | undefined,
  now: number,
): Result<{ occurredAt?: Instant; when?: { precision: string; typed: string } }> {
  if (chosen === null || chosen === undefined) return ok({});
  const ms = Date.parse(chosen.at);
  if (Number.isNaN(ms) || ms < 0) return fail('bad-time', roomText.badTime(chosen.typed || chosen.at));
  if (ms > now + GRACE_MS) {
    return fail('future-time', roomText.futureTime(utc(ms, chosen.precision), distance(ms, now, true)));
  }
  const { precision, typed } = chosen;
  return ok({ occurredAt: toInstant(ms), when: { precision, typed } });
}

export function createWriter(deps: RoomDeps, store: RoomStore): Writer {
  const { journal, clock } = deps;
  const entry: Writer['entry'] = (incident, kind, body, more = {}) => {
    const { id, name } = deps.person();
    return { incident, kind, body: clean({ ...body, by: name }), actor: id, ...more };
  };
  return {
    deps,
    store,
    now: () => toInstant(clock.now()),
    person: deps.person,
    entry,
    async write(incident, entries) {
      const kept = journal.append(entries);
      if (!kept.ok) return kept;
      const settled = await store.settle(incident);
      if (!settled.ok) return settled;
      return ok({ entry: kept.value[0]!.id, rev: settled.value.rev });
    },
    room: (incident) => store.settle(incident),
    target(incident, id) {
      const found = journal.entry(id);
      return found === null || found.incident !== incident
        ? fail('no-entry', roomText.noEntry(id))
        : ok(found);
    },
  };
}
