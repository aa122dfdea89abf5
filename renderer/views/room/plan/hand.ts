// What the hand is on: the chosen cell of the matrix, with its wave, target and step. Pure.

import type { PlanTarget, PlanView, PlanWave } from '../../../../shared/contract/plan.ts';
import { fill } from '../../../../shared/runbook/variables.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { duration } from '../../../../shared/time/format.ts';
import { columns, nextStep, type RowKey, revertStep, stepOf, type TargetStep } from './model.ts';

export interface Chosen {
  readonly row: RowKey;
  readonly col: number;
}

/** What the chosen cell is about. On a target's name or state, the step in hand of that target. */
export interface Hand {
  readonly wave: PlanWave | null;
  readonly target: PlanTarget | null;
  readonly step: TargetStep | null;
  /** The cell is a step's own. */
  readonly exact: boolean;
}

export function handOf(view: PlanView, chosen: Chosen): Hand {
  if (chosen.row.startsWith('w:')) {
    const wave = view.waves.find((one) => one.name === chosen.row.slice(2)) ?? null;
    return { wave, target: null, step: null, exact: false };
  }
  const target = view.targets.find((one) => one.id === chosen.row.slice(2)) ?? null;
  const wave = view.waves.find((one) => one.name === target?.wave) ?? null;
  if (target === null) return { wave, target, step: null, exact: false };
  if (target.state === 'reverting') return { wave, target, step: revertStep(target), exact: true };
  const { prepare, each } = columns(view);
  const column = [...prepare, ...each][chosen.col - 1];
  if (column) return { wave, target, step: stepOf(target, column.section, column.number), exact: true };
  return { wave, target, step: nextStep(target), exact: false };
}

/** A command with the target's own words in it: `{{target}}`, `{{provider}}`, `{{region}}`. */
export function filled(command: string, target: string): string {
  const cut = target.lastIndexOf('/');
  const values = {
    target,
    provider: cut < 0 ? '' : target.slice(0, cut),
    region: target.slice(cut + 1),
  };
  return fill(command, values, true).text;
}

export const paceWords = (view: PlanView): string =>
  text.pace(view.pace.atOnce, view.pace.apartMs > 0 ? duration(view.pace.apartMs) : null);
