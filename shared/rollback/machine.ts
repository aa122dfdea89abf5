// A simulated machine of a rehearsal: its own journal, clocks and readings. It folds and decides with the very functions
// that the service uses; only time and the link to the others come from the script.

import { toInstant } from '../time/clock.ts';
import { type Away, compareForState, type FoldEntry, type Here, type PlanEntry, planTime } from './entry.ts';
import { applyPlan, foldEntries } from './fold.ts';
import { createBook, type Reading } from './readings.ts';
import type { PlanState } from './state.ts';

export interface Machine {
  readonly id: string;
  readonly book: ReturnType<typeof createBook>;
  /** In journal order. */
  readonly entries: readonly FoldEntry[];
  readonly state: PlanState | null;
  /** Script time until which it sleeps or is not running; null: it is up. */
  down: { until: number; since: number; kind: 'sleep' | 'kill' } | null;
  cut: boolean;
  away: Away[];
  /** Sets the wall clock. */
  moveClock(by: number): void;
  /** Plan time at a script time, by this machine's wall clock and the jumps on its record. */
  now(script: number): number;
  /** By how much the wall clock has moved without an entry that says so. */
  unsaidJump(): number;
  /** `occurred`: script time at which it happened, when that is not now. */
  append(entry: PlanEntry, script: number, actor: string, occurred?: number): FoldEntry;
  receive(entry: FoldEntry): void;
  here(script: number, peers: readonly string[]): Here;
  hear(reading: Reading): void;
}

const hlcText = (ms: number, counter: number): string =>
  `${ms.toString(16).padStart(12, '0')}${counter.toString(16).padStart(4, '0')}`;

/** `base`: the true time, milliseconds since the epoch, at which the plan is created. */
export function createMachine(id: string, base: number, incident: string): Machine {
  const book = createBook();
  const entries: FoldEntry[] = [];
  const known = new Set<string>();
  const clock = { ms: 0, counter: 0 };
  const jumps: Record<string, number> = {};
  let offset = 0;
  let seq = 0;
  let state: PlanState | null = null;

  const wall = (script: number): number => base + script + offset;

  const tick = (at: number): string => {
    if (at > clock.ms) Object.assign(clock, { ms: at, counter: 0 });
    else if (clock.counter >= 0xffff) Object.assign(clock, { ms: clock.ms + 1, counter: 0 });
    else clock.counter += 1;
    return hlcText(clock.ms, clock.counter);
  };

  const keep = (entry: FoldEntry): void => {
    known.add(entry.id);
    if (entry.kind === 'clock-jumped')
      jumps[entry.device] = (jumps[entry.device] ?? 0) + Number(entry.body?.['by'] ?? 0);
    const last = entries.at(-1);
    if (!last || compareForState(last, entry) < 0) {
      entries.push(entry);
      state = applyPlan(state, entry);
      return;
    }
    // Earlier than the last applied: the fold begins again.
    entries.push(entry);
    entries.sort(compareForState);
    state = foldEntries(entries);
  };

  return {
    id,
    book,
    entries,
    get state() {
      return state;
    },
    down: null,
    cut: false,
    away: [],
    moveClock: (by) => {
      offset += by;
    },
    now: (script) => planTime(jumps, id, wall(script)),
    unsaidJump: () => offset - (jumps[id] ?? 0),
    append(entry, script, actor, occurred) {
      seq += 1;
      const at = toInstant(wall(script));
      const made: FoldEntry = {
        id: `${id}-${String(seq).padStart(6, '0')}`,
        incident,
        kind: entry.kind,
        v: 1,
        key: entry.key ?? null,
        body: JSON.parse(JSON.stringify(entry.body)),
        actor,
        device: id,
        seq,
        hlc: tick(wall(script)),
        occurredAt: occurred === undefined ? at : toInstant(wall(occurred)),
        recordedAt: at,
      };
      keep(made);
      return made;
    },
    receive(entry) {
      if (known.has(entry.id)) return;
      const ms = Number.parseInt(entry.hlc.slice(0, 12), 16);
      const counter = Number.parseInt(entry.hlc.slice(12), 16);
      if (ms > clock.ms || (ms === clock.ms && counter > clock.counter))
        Object.assign(clock, { ms, counter });
      keep(entry);
    },
    here(script, peers) {
      return { now: this.now(script), device: id, peers, away: this.away };
    },
    hear: (reading) => book.add(reading),
  };
}
