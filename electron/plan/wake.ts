// What a start must say before anything is decided: time that nobody watched, and a clock that cannot be trusted (journal.md, three
// clocks). Uptime tells a set clock as long as the machine ran on; after a restart of the machine the servers' dates do.
import { type Away, entryTime } from '../../shared/rollback/entry.ts';
import { lastOwn } from '../../shared/rollback/readings.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { AUTOMATIC_ACTOR } from '../journal/append.ts';
import type { Hearing } from './hearing.ts';
import type { Ledger } from './ledger.ts';
import type { Beat, PlanDb } from './plan-db.ts';
import type { PlanDeps } from './ports.ts';
import { clockMoved, movedWhileOff, startedAnew } from './restart.ts';

export interface Wake {
  /** Once, at the start; `incidents`: those that are open. */
  up(incidents: readonly string[]): void;
  /** The machine was started anew, and for a moment nothing is heard or decided: whether its clock is right comes first. */
  waits(): boolean;
  /** Looks whether servers have said meanwhile what time it is. */
  look(): void;
}

interface Parts {
  readonly db: PlanDb;
  readonly ledgers: ReadonlyMap<string, Ledger>;
  readonly away: Away[];
  readonly isLive: (state: PlanState) => boolean;
  readonly device: () => string;
  readonly nowOf: (state: PlanState) => number;
  readonly hearingOf: (ledger: Ledger, state: PlanState) => Hearing;
  /** What was heard of this plan is read again from the disk. */
  readonly forget: (plan: string) => void;
}

/** Waited for servers after a restart of the machine: milliseconds. Without a network it goes on as it always did. */
const WAIT_MS = 8000;
/** A change of less is not worth a write. */
const NEWS_MS = 1000;

export function createWake(deps: PlanDeps, parts: Parts): Wake {
  const { journal, clock, log } = deps;
  const { db, ledgers, away, isLive, device, nowOf, hearingOf } = parts;
  /** Since when nobody knows the time, by incident, should it turn out so. */
  const since = new Map<string, number>();
  let incidents: readonly string[] = [];
  let begun: Beat | null = null;
  /** How far the clock is off as this machine knows, at the start. */
  let known = 0;
  let unchecked = false;
  let stored: number | null = null;

  const own = (ledger: Ledger): PlanState[] =>
    [...ledger.plans.values()].filter((state) => isLive(state) && state.watcher === device());

  /** The last thing that this machine knew: its last reading, or else its last entry. */
  function lastKnown(ledger: Ledger, states: readonly PlanState[]): number {
    const here = device();
    return Math.min(
      ...states.map((state) => {
        const lasts = state.plan.targets.flatMap(
          (id) => lastOwn(hearingOf(ledger, state).book.of(id))?.at ?? [],
        );
        const entry = ledger
          .entries(state.id)
          .filter((one) => one.device === here)
          .at(-1);
        return lasts.length > 0 ? Math.max(...lasts) : entry ? entryTime(state.jumps, entry) : nowOf(state);
      }),
    );
  }

  function write(list: readonly string[], by: number): void {
    const kept = journal.append(
      list.map((incident) => {
        const from = since.get(incident);
        return {
          incident,
          kind: 'clock-jumped',
          body: { by, trusted: false, ...(from === undefined ? {} : { since: toInstant(from) }) },
          actor: AUTOMATIC_ACTOR,
        };
      }),
    );
    if (!kept.ok) log.error('a set clock could not be written', { reason: kept.error.message });
    for (const incident of list) ledgers.get(incident)?.catchUp();
  }

  return {
    up(open) {
      if (deps.rehearsal) return;
      const here = device();
      const now = { wall: clock.now(), uptime: clock.uptime() };
      const last = db.beat();
      incidents = open;
      begun = now;
      stored = db.off();
      known = stored ?? 0;
      let any = false;
      for (const [incident, ledger] of ledgers) {
        const states = own(ledger);
        if (states.length === 0) continue;
        any = true;
        since.set(incident, lastKnown(ledger, states));
        const written = states.flatMap((state) =>
          ledger.entries(state.id).filter((one) => one.device === here),
        );
        const wrote =
          written.length === 0 ? null : Math.max(...written.map((one) => Date.parse(one.recordedAt)));
        const moved = clockMoved(last, wrote, now);
        if (moved === null) continue;
        known = (stored ?? 0) + moved;
        write([incident], moved);
      }
      unchecked = any && deps.clockOff !== undefined && startedAnew(last, now);
      if (last !== null && now.wall > last.wall)
        away.push({ from: last.wall, to: now.wall, cause: 'closed' });
    },
    waits: () => unchecked && begun !== null && clock.uptime() - begun.uptime < WAIT_MS,
    look() {
      const off = deps.rehearsal ? null : (deps.clockOff?.() ?? null);
      if (off === null || begun === null) return;
      if (unchecked) {
        unchecked = false;
        // Jumps of this run are on the record by the clock watch.
        const jumped = clock.now() - clock.uptime() - (begun.wall - begun.uptime);
        const by = movedWhileOff(off, known + jumped);
        if (by !== null) {
          log.warn('the clock moved while the machine was off', { by });
          write([...new Set([...incidents, ...since.keys()])], by);
          for (const ledger of ledgers.values())
            for (const state of own(ledger)) {
              db.dropAfter(state.id, nowOf(state));
              parts.forget(state.id);
            }
        }
      }
      if (stored === null || Math.abs(off - stored) >= NEWS_MS) {
        stored = off;
        db.setOff(off);
      }
    },
  };
}
