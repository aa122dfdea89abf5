// An action of a person, what it is decided on, and the answer: entries to append, or every rule that forbids it. The parts of
// `act` (act-*.ts, own.ts) share what is here.
import type { Here, PlanEntry } from './entry.ts';
import type { Why } from './gate.ts';
import { type Facts, newFindings, preflight } from './preflight.ts';
import type { Book } from './readings.ts';
import type { OwnSection, PlanState, TargetSection, WaveState } from './state.ts';

export type Action = { readonly by: string; readonly reason?: string } & (
  | { readonly do: 'accept-findings' }
  | { readonly do: 'start-plan' | 'pause' | 'resume' | 'abort' | 'complete' }
  | { readonly do: 'start-wave'; readonly wave: string }
  | { readonly do: 'start-target'; readonly target: string; readonly sure?: boolean }
  | {
      readonly do: 'step';
      readonly target: string;
      readonly section: TargetSection;
      readonly step: number;
      readonly to: 'doing' | 'done' | 'failed' | 'skipped' | 'undone';
      readonly sure?: boolean;
    }
  /** A step of the plan itself, or (section after) of a wave. */
  | {
      readonly do: 'plan-step';
      readonly section: OwnSection;
      readonly wave?: string;
      readonly step: number;
      readonly to: 'doing' | 'done' | 'failed' | 'skipped' | 'undone';
    }
  | { readonly do: 'finish-target'; readonly target: string; readonly sure?: boolean }
  | { readonly do: 'finish-revert' | 'retry' | 'skip-target' | 'revert'; readonly target: string }
  | { readonly do: 'pass-gate'; readonly wave: string }
  | { readonly do: 'breaker'; readonly choose: 'try-one' | 'look-again' | 'accept'; readonly target: string }
  | { readonly do: 'override'; readonly hold: string; readonly wave?: string; readonly target?: string }
  | { readonly do: 'pull-forward'; readonly target: string; readonly sure?: boolean }
  /** Milliseconds. */
  | { readonly do: 'set-bake'; readonly wave: string; readonly bake: number }
  | { readonly do: 'split-wave'; readonly wave: string; readonly targets: readonly string[] }
  | { readonly do: 'retract'; readonly event: string }
);

export interface Answer {
  readonly ok: boolean;
  readonly why: readonly Why[];
  readonly entries: readonly PlanEntry[];
}

/** What an action is decided on. `commander`: who has command; someone else's override says so. */
export interface Room {
  readonly state: PlanState;
  readonly book: Book;
  readonly here: Here;
  readonly facts: Facts;
  readonly commander?: string;
}

export const refuse = (list: readonly Why[], entries: readonly PlanEntry[] = []): Answer => ({
  ok: false,
  why: list,
  entries,
});
export const allow = (entries: readonly PlanEntry[]): Answer => ({ ok: true, why: [], entries });

export const base = (state: PlanState, action: Action): { plan: string; by: string; reason?: string } =>
  action.reason === undefined
    ? { plan: state.id, by: action.by }
    : { plan: state.id, by: action.by, reason: action.reason };

/** Preflight as it would be before this wave; null: over the whole plan. */
export const findNow = ({ state, book, here, facts }: Room, wave: WaveState | null) =>
  preflight(state, book, here.now, facts, wave);

export const preflightEntry = (
  state: PlanState,
  findings: readonly object[],
  wave: WaveState | null,
): PlanEntry => ({
  kind: 'preflight-done',
  body: { plan: state.id, findings: [...findings], ...(wave ? { wave: wave.name } : {}) },
});

/** The entries that start a wave: preflight run again, then the start. */
export const waveStart = (state: PlanState, wave: WaveState, action: Action): PlanEntry[] => [
  preflightEntry(state, [], wave),
  {
    kind: 'wave-started',
    key: `wave:${state.id}:${wave.name}:started`,
    body: { ...base(state, action), wave: wave.name },
  },
];

/** New findings of a refused start are put on the record once. */
export function refusedStart(room: Room, wave: WaveState, list: readonly Why[]): Answer {
  const { state } = room;
  if (!list.some((one) => one.code === 'preflight')) return refuse(list);
  const found = newFindings(state, findNow(room, wave));
  const news = found.filter(
    (one) => !state.findings.some((old) => old.code === one.code && old.about === one.about),
  );
  return refuse(list, news.length > 0 ? [preflightEntry(state, news, wave)] : []);
}
