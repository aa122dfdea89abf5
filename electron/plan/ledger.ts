// The plans of one incident as its entries make them: entries are applied as they come; one earlier than the last applied
// starts the fold again. Only entries of plans are kept in memory.
import type { FoldEntry } from '../../shared/journal/types.ts';
import { compareForState } from '../../shared/journal/types.ts';
import { ACKNOWLEDGED, ACTS, type PersonAct } from '../../shared/rollback/alarms.ts';
import { entryTime } from '../../shared/rollback/entry.ts';
import { applyPlan, foldEntries } from '../../shared/rollback/fold.ts';
import { isPlanKind, MACHINE_KINDS } from '../../shared/rollback/kinds.ts';
import { fromStored, type Reading } from '../../shared/rollback/readings.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { toInstant } from '../../shared/time/clock.ts';
import type { Journal } from '../journal/journal.ts';
import { foldEntry } from '../room/fold-entry.ts';

export interface Ledger {
  /** Plans by id, in the order in which they were made. */
  readonly plans: ReadonlyMap<string, PlanState>;
  /** Reads what the journal has more; true when a plan changed. */
  catchUp(): boolean;
  /** Counts the changes. */
  rev(): number;
  /** Entries about a plan, in the order of state. */
  entries(plan: string): readonly FoldEntry[];
  /** Readings that people typed, as entries have them, in plan time; for the book. */
  typed(plan: string): readonly Reading[];
  /** What people did that takes an alarm, in plan time and in the order of state. */
  acts(plan: string): readonly PersonAct[];
}

const PAGE = 500;
/** Kinds beside the plan's own that a ledger reads. */
const READ: readonly string[] = ['erased', 'reading-typed', ACKNOWLEDGED];
/** Of these, those that are about one plan. */
const OF_A_PLAN: readonly string[] = ['reading-typed', ACKNOWLEDGED];

export function createLedger(journal: Pick<Journal, 'read' | 'entry'>, incident: string): Ledger {
  const plans = new Map<string, PlanState>();
  const entries: FoldEntry[] = [];
  let row = 0;
  let rev = 1;

  const planOf = (entry: FoldEntry): string | null =>
    typeof entry.body?.['plan'] === 'string' ? entry.body['plan'] : null;

  const concerns = (entry: FoldEntry): boolean =>
    MACHINE_KINDS.includes(entry.kind) ||
    ((isPlanKind(entry.kind) || OF_A_PLAN.includes(entry.kind)) && planOf(entry) !== null);

  const made = (entry: FoldEntry): void => {
    const id = planOf(entry);
    if (id === null || plans.has(id)) return;
    const state = foldEntries(entries, id);
    if (state !== null) plans.set(id, state);
  };

  const foldAgain = (): void => {
    entries.sort(compareForState);
    plans.clear();
    for (const entry of entries) if (entry.kind === 'plan-created') made(entry);
  };

  const applyNext = (entry: FoldEntry): void => {
    if (entry.kind === 'plan-created') {
      made(entry);
      return;
    }
    for (const [id, state] of plans)
      if (MACHINE_KINDS.includes(entry.kind) || planOf(entry) === id) applyPlan(state, entry);
  };

  /** An erased body is gone for the fold as well, as it will be at the next start. */
  const erase = (id: string): boolean => {
    const at = entries.findIndex((one) => one.id === id);
    if (at < 0) return false;
    entries[at] = { ...entries[at]!, body: null };
    return true;
  };

  const acted = new Map<string, { readonly rev: number; readonly acts: readonly PersonAct[] }>();

  return {
    plans,
    rev: () => rev,
    catchUp() {
      let changed = false;
      let late = false;
      for (;;) {
        const page = journal.read(incident, row, PAGE);
        for (const stored of page) {
          row = stored.row;
          if (!READ.includes(stored.kind) && !isPlanKind(stored.kind)) continue;
          const entry = foldEntry(stored);
          if (entry.kind === 'erased') late = erase(String(entry.body?.['entry'] ?? '')) || late;
          if (!concerns(entry)) continue;
          changed = true;
          const last = entries.at(-1);
          entries.push(entry);
          if (last && compareForState(entry, last) < 0) late = true;
          else if (!late) applyNext(entry);
        }
        if (page.length < PAGE) break;
      }
      if (late) foldAgain();
      if (changed || late) rev += 1;
      return changed || late;
    },
    entries: (plan) => entries.filter((one) => planOf(one) === plan || MACHINE_KINDS.includes(one.kind)),
    typed(plan) {
      const jumps: Record<string, number> = {};
      return entries.flatMap((entry) => {
        const { body, device } = entry;
        if (entry.kind === 'clock-jumped') jumps[device] = (jumps[device] ?? 0) + Number(body?.['by'] ?? 0);
        if (entry.kind !== 'reading-typed' || planOf(entry) !== plan) return [];
        const at = entryTime(jumps, entry);
        return fromStored([
          {
            type: 'person',
            source: 'person',
            target: body?.['target'],
            health: body?.['health'],
            by: body?.['by'],
            at: toInstant(at),
          },
        ]);
      });
    },
    acts(plan) {
      const known = acted.get(plan);
      if (known?.rev === rev) return known.acts;
      const jumps: Record<string, number> = {};
      const acts = entries.flatMap((entry): PersonAct[] => {
        const { body, device } = entry;
        if (entry.kind === 'clock-jumped') jumps[device] = (jumps[device] ?? 0) + Number(body?.['by'] ?? 0);
        if (!ACTS.has(entry.kind) || planOf(entry) !== plan) return [];
        const by = body?.['by'];
        if (typeof by !== 'string' || by === '') return [];
        const alarms = body?.['alarms'];
        return [
          {
            kind: entry.kind,
            by,
            at: entryTime(jumps, entry),
            alarms: Array.isArray(alarms) ? alarms.map(String) : [],
          },
        ];
      });
      acted.set(plan, { rev, acts });
      return acts;
    },
  };
}
