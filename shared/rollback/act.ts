// What a person does, as entries, or a refusal with every rule that forbids it. Nothing is refused for lack of a role
// (rule 7). Pure: the caller appends `entries` in order; a refusal may carry entries too (preflight that was run again).

import { keyInstead, rollbackText as say } from '../text/rollback.ts';
import { actChange } from './act-change.ts';
import { actBreaker, actGate, actOverride } from './act-decisions.ts';
import { actTarget } from './act-target.ts';
import { canStartWave } from './can.ts';
import type { Here, PlanEntry } from './entry.ts';
import { type Why, why } from './gate.ts';
import { isReady } from './holds.ts';
import { actOwn, ownList } from './own.ts';
import { type Facts, newFindings, preflight } from './preflight.ts';
import { type Book, snapshot, toStored } from './readings.ts';
import {
  isOverridden,
  type OwnSection,
  type PlanState,
  type TargetSection,
  trippedBy,
  type WaveState,
  waveNamed,
  wavesLeft,
} from './state.ts';
import { targetList } from './summary.ts';

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

/** Decides an action of a named person. */
export function act(room: Room, action: Action): Answer {
  switch (action.do) {
    case 'accept-findings':
      return acceptFindings(room, action);
    case 'start-plan':
    case 'pause':
    case 'resume':
    case 'abort':
    case 'complete':
      return actPlan(room, action);
    case 'start-wave':
      return startWave(room, action);
    case 'pass-gate':
      return actGate(room, action);
    case 'breaker':
      return actBreaker(room, action);
    case 'override':
      return actOverride(room, action);
    case 'pull-forward':
    case 'set-bake':
    case 'split-wave':
      return actChange(room, action);
    case 'plan-step':
      return actOwn(room, action);
    case 'retract':
      return refuse([why('not-retractable', say.notRetractable(action.event, keyInstead(action.event)))]);
    default:
      return actTarget(room, action);
  }
}

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

function acceptFindings(room: Room, action: Action): Answer {
  const { state } = room;
  const wave = state.status === 'draft' ? null : (state.waves.find((one) => one.startedAt === null) ?? null);
  const found = newFindings(state, findNow(room, wave));
  const known = state.findings.filter((one) => !one.accepted);
  const unknown = found.filter(
    (one) => !known.some((old) => old.code === one.code && old.about === one.about),
  );
  // What has been fixed since is not accepted for nothing: the run over the whole plan drops it.
  const gone =
    wave === null &&
    known.some((old) => !found.some((one) => one.code === old.code && one.about === old.about));
  const again = unknown.length > 0 || gone || !state.checked;
  const open = again && wave === null ? found : [...known, ...unknown];
  return allow([
    ...(again ? [preflightEntry(state, found, wave)] : []),
    ...open.map((one) => ({
      kind: 'finding-accepted',
      body: {
        ...base(state, action),
        code: one.code,
        about: one.about,
        text: one.text,
        ...(one.question ? { answer: 'not known' } : {}),
      },
    })),
  ]);
}

function actPlan(room: Room, action: Action): Answer {
  const { state, book, here } = room;
  const { status } = state;
  const body = base(state, action);
  const notRunning = why('plan-not-running', say.planNotRunning(status));
  if (action.do === 'start-plan') {
    if (status !== 'draft') return refuse([why('not-pending', say.planState(status))]);
    const list = startHolds(state);
    if (list.length > 0) return refuse(list);
    const baselines = Object.fromEntries(
      state.plan.targets.map((id) => [id, snapshot(book, id, here.now).readings.map(toStored)]),
    );
    return allow([{ kind: 'plan-started', body: { ...body, baselines } }]);
  }
  if (action.do === 'pause')
    return status === 'running' ? allow([{ kind: 'plan-paused', body }]) : refuse([notRunning]);
  if (action.do === 'resume') {
    if (status === 'running') return refuse([why('not-pending', say.planState(status))]);
    return status === 'paused' ? allow([{ kind: 'plan-resumed', body }]) : refuse([notRunning]);
  }
  const left = ownList(state);
  // Steps of the plan itself that were left stand beside what became of every target.
  const ending = { targets: targetList(state), ...(left.length > 0 ? { left } : {}) };
  if (action.do === 'abort') {
    if (status === 'completed' || status === 'aborted') return refuse([notRunning]);
    return allow([{ kind: 'plan-aborted', body: { ...body, reason: action.reason ?? '', ...ending } }]);
  }
  if (status !== 'running' && status !== 'paused') return refuse([notRunning]);
  const list: Why[] = wavesLeft(state).map((wave) =>
    why('wave-before-not-passed', say.waveBefore(wave.name)),
  );
  if (state.breaker.state !== 'closed')
    list.push(why('breaker-open', say.breakerOpen(state.breaker.state, trippedBy(state))));
  return list.length > 0 ? refuse(list) : allow([{ kind: 'plan-completed', body: { ...body, ...ending } }]);
}

/** What forbids the start of the plan: open findings, and data that cannot be taken back (preflight). */
function startHolds(state: PlanState): Why[] {
  if (isOverridden(state, 'preflight', null, null)) return [];
  const list: Why[] = [];
  const open = state.findings.filter((one) => !one.accepted);
  if (!state.checked) list.push(why('preflight', say.notChecked));
  else if (!isReady(state)) list.push(why('preflight', say.preflight(open.length, open[0]?.text ?? '')));
  if (state.plan.change.schema === 'irreversible') list.push(why('preflight', say.irreversible));
  return list;
}

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

function startWave(room: Room, action: Extract<Action, { do: 'start-wave' }>): Answer {
  const { state } = room;
  const wave = waveNamed(state, action.wave);
  if (!wave) return refuse([why('not-pending', say.unknown(`"${action.wave}"`))]);
  const list = canStartWave(state, wave, findNow(room, wave));
  return list.length > 0 ? refusedStart(room, wave, list) : allow(waveStart(state, wave, action));
}
