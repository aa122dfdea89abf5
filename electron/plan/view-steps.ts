// Steps as the screen draws them: how each stands by whom, those of the plan itself, and the text of all, once.
import type { OwnStep, PlanStep, PlanWave } from '../../shared/contract/plan.ts';
import type { Room } from '../../shared/rollback/action.ts';
import { ownForbids, ownState } from '../../shared/rollback/own.ts';
import type { OwnSection, StepState, WaveState } from '../../shared/rollback/state.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { at, cut, forbids } from './view-words.ts';

/** Each report by name where there is more than one to weigh: written apart, or done twice. */
function reports(step: StepState): OwnStep['reports'] {
  const list =
    step.heads.length > 1
      ? step.heads.map(({ outcome, by, at: when }) => ({ state: outcome, by, at: when }))
      : step.doneBy.length > 1
        ? step.doneBy.map(({ by, at: when }) => ({ state: 'done' as const, by, at: when }))
        : [];
  return list.slice(-20).map((one) => ({ ...one, by: cut(one.by, 120), at: toInstant(one.at) }));
}

export function stepMarks(number: number, step: StepState): OwnStep {
  const mark = step.heads.at(-1);
  const names = step.doneBy.length > 0 ? step.doneBy.map((one) => one.by) : mark ? [mark.by] : [];
  return {
    number,
    state: step.state,
    by: names.slice(0, 20).map((name) => cut(name, 120)),
    at: at(mark?.at ?? null),
    reason: mark?.reason ? cut(mark.reason, 2000) : null,
    disputed: step.disputed,
    reports: reports(step),
  };
}

export const ownView = ({ state }: Room, section: OwnSection, wave: WaveState | null): PlanWave['after'] => ({
  steps: state.plan.steps[section]
    .slice(0, 400)
    .map((step) => stepMarks(step.number, ownState(state, section, wave, step.number))),
  forbids: forbids(ownForbids(state, section, wave)),
});

const SECTIONS = ['before', 'prepare', 'each', 'after', 'revert', 'finally'] as const;

/** The text of the steps, once for all targets. */
export const stepTexts = ({ state }: Room): PlanStep[] =>
  SECTIONS.flatMap((section) =>
    state.plan.steps[section].map((step) => ({
      section,
      number: step.number,
      title: cut(step.title, 2000),
      text: cut(step.text, 20_000),
      commands: step.commands.slice(0, 20).map((one) => cut(one, 20_000)),
      expected: step.expected === null ? null : cut(step.expected, 2000),
      lastsMs: step.lasts,
      danger: step.danger,
      confirm: step.confirm === null ? null : cut(step.confirm, 200),
      twoPerson: step.twoPerson,
    })),
  ).slice(0, 400);
