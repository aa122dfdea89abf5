// What can be done with a step, and what its command reads with the values filled in. Pure.
import type { Checklist } from '../../../../shared/contract/room.ts';
import { fill } from '../../../../shared/runbook/variables.ts';
import type { Glyph } from '../../../components/St.tsx';

export type Step = Checklist['steps'][number];
export type StepState = Step['state'];

export const STEP_GLYPH: Record<StepState, Glyph> = {
  todo: 'todo',
  doing: 'doing',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
  undone: 'todo',
};

export const settled = (state: StepState): boolean =>
  state === 'done' || state === 'failed' || state === 'skipped';

/** Where the eye goes when a checklist is opened: what is being worked, else the first that is not settled, else the last. */
export function firstOpen(steps: readonly Step[]): number {
  const doing = steps.findIndex((step) => step.state === 'doing');
  if (doing >= 0) return doing;
  const open = steps.findIndex((step) => !settled(step.state));
  return open >= 0 ? open : Math.max(0, steps.length - 1);
}

/** May a step go from here to there by that key? Ticking is free in order; only what makes no sense is left out. */
export function can(from: StepState, to: StepState): boolean {
  switch (to) {
    case 'doing':
      return from !== 'doing' && from !== 'done';
    case 'done':
      return from !== 'done';
    case 'failed':
      return from === 'todo' || from === 'doing' || from === 'undone';
    case 'skipped':
      return from !== 'done' && from !== 'skipped';
    case 'undone':
      return from !== 'todo' && from !== 'undone';
    case 'todo':
      return false;
  }
}

/** A dangerous step is confirmed by typing; a two-person step by naming the second. Starting asks nothing. */
export const asksFirst = (step: Step, to: StepState): boolean =>
  to === 'skipped' || to === 'failed' || (to === 'done' && (step.danger || step.twoPerson));

export interface Filled {
  readonly text: string;
  readonly missing: readonly string[];
}

export const filledCommand = (step: Step, values: Checklist['values']): Filled | null =>
  step.command === null ? null : fill(step.command, values, true);

export const filledText = (text: string, values: Checklist['values']): string =>
  fill(text, values, false).text;

/** The word to type for a dangerous step, with values filled in; null when only a plain "done" is asked. */
export const confirmWord = (step: Step, values: Checklist['values']): string | null => {
  if (!step.danger) return null;
  return step.confirm === null || step.confirm.trim() === '' ? null : filledText(step.confirm, values);
};
