// What the hand is on: the chosen cell of the matrix, with its wave, target and step. Pure.

import type { PlanTarget, PlanView, PlanWave } from '../../../../shared/contract/plan.ts';
import { fill, placeholders } from '../../../../shared/runbook/variables.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { duration } from '../../../../shared/time/format.ts';
import { columns, nextStep, revertStep, stepOf, type TargetStep } from './model.ts';
import { allOwn, type Own, ownKey, type RowKey } from './rows.ts';

export interface Chosen {
  readonly row: RowKey;
  readonly col: number;
}

/** What the chosen cell is about. On a target's name or state, the step in hand of that target. */
export interface Hand {
  readonly wave: PlanWave | null;
  readonly target: PlanTarget | null;
  readonly step: TargetStep | null;
  /** A step of the plan itself. */
  readonly own: Own | null;
  /** The cell is a step's own. */
  readonly exact: boolean;
}

export function handOf(view: PlanView, chosen: Chosen): Hand {
  const none = { wave: null, target: null, step: null, own: null, exact: false };
  const { row } = chosen;
  if (row.startsWith('h:')) return none;
  if (row.startsWith('o:')) {
    const own = allOwn(view).find((one) => ownKey(one.section, one.wave, one.step.number) === row) ?? null;
    const wave = own === null ? null : (view.waves.find((one) => one.name === own.wave) ?? null);
    return { ...none, wave, own, exact: true };
  }
  if (row.startsWith('w:'))
    return { ...none, wave: view.waves.find((one) => one.name === row.slice(2)) ?? null };
  const target = view.targets.find((one) => one.id === row.slice(2)) ?? null;
  const wave = view.waves.find((one) => one.name === target?.wave) ?? null;
  if (target === null) return { ...none, wave };
  if (target.state === 'reverting') return { ...none, wave, target, step: revertStep(target), exact: true };
  const { prepare, each } = columns(view);
  const column = [...prepare, ...each][chosen.col - 1];
  if (column)
    return { ...none, wave, target, step: stepOf(target, column.section, column.number), exact: true };
  return { ...none, wave, target, step: nextStep(target) };
}

/** What preflight counts as known everywhere: words of the target and of the plan, then the plan's own variables. */
function known(view: PlanView, { target, wave }: Pick<Hand, 'target' | 'wave'>): Map<string, string> {
  const { system, from, to } = view.change;
  const parts = target === null ? [] : target.id.split('/');
  const words: Record<string, string | null | undefined> = {
    target: target?.id,
    provider: parts.length > 1 ? parts[0] : '',
    region: parts.length > 1 ? parts[1] : parts[0],
    cell: parts.slice(2).join('/'),
    system,
    from,
    to,
    version: to,
    wave: wave?.name,
    plan: view.title,
    ...view.variables,
  };
  return new Map(Object.entries(words).map(([name, value]) => [name.toLowerCase(), value ?? '']));
}

/** A command as it can be pasted: `{{target}}`, `$REGION`, `<to>` filled in. What nothing fills in stays as it was written. */
export function filled(command: string, view: PlanView, hand: Pick<Hand, 'target' | 'wave'>): string {
  const words = known(view, hand);
  const values = Object.fromEntries(
    placeholders(command, true).map(({ name }) => [name, words.get(name.toLowerCase()) ?? '']),
  );
  return fill(command, values, true).text;
}

export const paceWords = (view: PlanView): string =>
  text.pace(view.pace.atOnce, view.pace.apartMs > 0 ? duration(view.pace.apartMs) : null);
