// What is told of all plans at once, whoever looks at which page: the alarms that stand, and what each plan does now.
import type { PlanView } from '../../shared/contract/plan.ts';
import type { PlanNow } from '../../shared/contract/plan-now.ts';
import { planNow } from '../../shared/rollback/now.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { fromInstant, toInstant } from '../../shared/time/clock.ts';
import type { Ledger } from './ledger.ts';
import type { PlanDeps, StandingAlarm } from './ports.ts';
import { alarmViews } from './view.ts';

export interface Told {
  /** Looks at every plan; `all`: also what counts by time alone. Tells what changed. */
  look(all: boolean): void;
  /** A view that was just made for the window; it is not made a second time. */
  note(ledger: Ledger, state: PlanState, view: PlanView): void;
  now(): { readonly rev: number; readonly plans: readonly PlanNow[] };
}

interface Sources {
  readonly ledgers: ReadonlyMap<string, Ledger>;
  readonly device: () => string;
  viewOf(incident: string, ledger: Ledger, state: PlanState): PlanView;
}

const MOST = 100;

export function createTold(
  deps: Pick<PlanDeps, 'emit' | 'onAlarms' | 'owner'>,
  { ledgers, device, viewOf }: Sources,
): Told {
  let rev = 1;
  let plans: readonly PlanNow[] = [];
  let shown = '[]';
  let alarmed = '';
  /** Of each plan, with the ledger's rev that it rests on. */
  const kept = new Map<string, { readonly rev: number; readonly now: PlanNow | null }>();

  /** Plans whose entry in `kept` is of this very moment. */
  const noted = new Set<string>();
  const keepOf = (ledger: Ledger, state: PlanState, view: PlanView): PlanNow | null => {
    const now = planNow(view, state.jumps[device()] ?? 0);
    kept.set(state.id, { rev: ledger.rev(), now });
    return now;
  };

  const each = <T>(what: (incident: string, ledger: Ledger, state: PlanState) => readonly T[]): T[] =>
    [...ledgers].flatMap(([incident, ledger]) =>
      [...ledger.plans.values()].flatMap((state) => what(incident, ledger, state)),
    );

  function alarms(): void {
    if (!deps.onAlarms) return;
    const standing = each((incident, ledger, state): StandingAlarm[] => {
      const set = state.jumps[device()] ?? 0;
      return alarmViews(state, ledger.acts(state.id)).map(({ key, kind, about, since, had }) => ({
        incident,
        plan: state.id,
        key,
        kind,
        about,
        system: state.plan.change.system,
        title: state.plan.title,
        since: toInstant(fromInstant(since) + set),
        had: had !== null,
      }));
    });
    const text = JSON.stringify(standing);
    if (text === alarmed) return;
    alarmed = text;
    deps.onAlarms(standing);
  }

  function nows(all: boolean): void {
    const next = each((incident, ledger, state): PlanNow[] => {
      const before = kept.get(state.id);
      if ((!all || noted.has(state.id)) && before?.rev === ledger.rev())
        return before.now === null ? [] : [before.now];
      const over = state.status === 'completed' || state.status === 'aborted';
      // What is over and stays as it is needs no second look.
      if (over && before?.rev === ledger.rev()) return before.now === null ? [] : [before.now];
      const now = keepOf(ledger, state, viewOf(incident, ledger, state));
      return now === null ? [] : [now];
    }).slice(-MOST);
    noted.clear();
    const text = JSON.stringify(next);
    if (text === shown) return;
    shown = text;
    plans = next;
    rev += 1;
    deps.emit('plan.nowChanged', { rev, plans: [...plans] });
  }

  return {
    look(all) {
      if (!deps.owner) return;
      alarms();
      nows(all);
    },
    note(ledger, state, view) {
      keepOf(ledger, state, view);
      noted.add(state.id);
    },
    now: () => ({ rev, plans }),
  };
}
