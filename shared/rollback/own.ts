// The plan's own steps: "Before" and "Finally" of the plan, "After each wave" of a wave. They hold nothing by themselves; what is
// not done is said: while the plan goes on as something to do, at its end as something that was left.
import { rollbackText as say } from '../text/rollback.ts';
import { type Action, type Answer, allow, base, type Room, refuse } from './action.ts';
import { type Why, why } from './gate.ts';
import type { PlanStep } from './sections.ts';
import {
  newStep,
  type OwnSection,
  type PlanState,
  type StepState,
  type WaveState,
  waveNamed,
  wavesLeft,
} from './state.ts';

/** The states of a section's steps, by number. `wave`: of which one, for the steps after each wave. */
export const ownSteps = (
  state: PlanState,
  section: OwnSection,
  wave: WaveState | null,
): Readonly<Record<string, StepState>> => (section === 'after' ? (wave?.after ?? {}) : state.own[section]);

export const ownState = (
  state: PlanState,
  section: OwnSection,
  wave: WaveState | null,
  number: number,
): StepState => ownSteps(state, section, wave)[String(number)] ?? newStep();

const settled = (step: StepState): boolean => step.state === 'done' || step.state === 'skipped';

/** Steps of a section that are neither done nor skipped. */
export const ownLeft = (state: PlanState, section: OwnSection, wave: WaveState | null): PlanStep[] =>
  state.plan.steps[section].filter((step) => !settled(ownState(state, section, wave, step.number)));

/** What forbids a report on such a step. A report is let through wherever it can be true. */
export function ownForbids(state: PlanState, section: OwnSection, wave: WaveState | null): Why[] {
  const over = state.status === 'completed' || state.status === 'aborted';
  if (section === 'before' && over) return [why('plan-not-running', say.planState(state.status))];
  if (section !== 'before' && state.status === 'draft')
    return [why('plan-not-running', say.planNotRunning(state.status))];
  if (section === 'after' && wave !== null && wave.startedAt === null)
    return [why('not-pending', say.waveNotBegun(wave.name))];
  return [];
}

const KINDS = {
  doing: 'step-started',
  done: 'step-done',
  failed: 'step-failed',
  skipped: 'step-skipped',
  undone: 'step-undone',
} as const;

export function actOwn(room: Room, action: Extract<Action, { do: 'plan-step' }>): Answer {
  const { state } = room;
  const { section, step: number, to } = action;
  const wave = section === 'after' ? (waveNamed(state, action.wave ?? '') ?? null) : null;
  if (section === 'after' && wave === null)
    return refuse([why('not-pending', say.unknown(`"${action.wave ?? ''}"`))]);
  const step = state.plan.steps[section].find((one) => one.number === number);
  if (!step) return refuse([why('not-pending', say.unknown(`Step ${number}`))]);
  const list = ownForbids(state, section, wave);
  if (list.length > 0) return refuse(list);
  const now = ownState(state, section, wave, number);
  if (to === 'undone' && (now.state === 'todo' || now.state === 'undone'))
    return refuse([why('not-pending', say.wrongState(`"${step.title}"`, now.state, 'done'))]);
  return allow([
    {
      kind: KINDS[to],
      body: {
        ...base(state, action),
        section,
        ...(wave === null ? {} : { wave: wave.name }),
        step: number,
        saw: now.heads.map((head) => head.entry),
      },
    },
  ]);
}

/** What is left of the plan's own steps, as one sentence for each place; due now, or (`all`) whenever it is due. */
export function ownAsks(state: PlanState, all = false): string[] {
  if (state.status === 'draft' && !all) return [];
  const list: string[] = [];
  const before = ownLeft(state, 'before', null);
  if (before.length > 0) list.push(say.leftBefore(before.length));
  for (const wave of state.waves) {
    if (wave.passedAt === null && !(all && wave.startedAt !== null)) continue;
    const left = ownLeft(state, 'after', wave);
    if (left.length > 0) list.push(say.leftAfter(left.length, wave.name));
  }
  const through = wavesLeft(state).length === 0;
  const last = all || through || state.status === 'completed' || state.status === 'aborted';
  const end = last ? ownLeft(state, 'finally', null) : [];
  if (end.length > 0) list.push(say.leftFinally(end.length));
  return list;
}

/** The same, with the words of each step: for what abort and completion list. */
export function ownList(state: PlanState): string[] {
  const words = (steps: readonly PlanStep[]): string => steps.map((step) => step.title).join('; ');
  const of = (section: OwnSection, wave: WaveState | null, head: (n: number) => string): string[] => {
    const left = ownLeft(state, section, wave);
    return left.length === 0 ? [] : [`${head(left.length).replace(/\.$/, '')}: ${words(left)}`];
  };
  return [
    ...of('before', null, say.leftBefore),
    ...state.waves
      .filter((wave) => wave.startedAt !== null)
      .flatMap((wave) => of('after', wave, (n) => say.leftAfter(n, wave.name))),
    ...of('finally', null, say.leftFinally),
  ];
}
