// One report of a step, kept beside those that its writer had not seen: if outcomes differ the worse counts and the step is
// disputed until a report that has seen both (rule 9). The same for steps of targets, of waves and of the plan.
import type { PlanBody } from './kinds.ts';
import { newStep, type Outcome, type StepMark, type StepState } from './state.ts';

const OUTCOME: Readonly<Record<string, Outcome>> = {
  'step-started': 'doing',
  'step-done': 'done',
  'step-failed': 'failed',
  'step-skipped': 'skipped',
  'step-undone': 'undone',
};

/** Worst first; what is only begun says nothing about the outcome. */
const WORST: readonly Outcome[] = ['failed', 'undone', 'skipped', 'done', 'doing'];

export const isStepKind = (kind: string): boolean => Object.hasOwn(OUTCOME, kind);

/** Adds the report to the step's; answers the step as it is now. */
export function report(
  steps: Record<string, StepState>,
  kind: string,
  body: PlanBody<'step-done'>,
  at: number,
  entry: { readonly id: string; readonly device: string },
): StepState {
  const outcome = OUTCOME[kind]!;
  const step = steps[String(body.step)] ?? newStep();
  steps[String(body.step)] = step;
  const mark: StepMark = {
    entry: entry.id,
    outcome,
    by: body.by,
    device: entry.device,
    at,
    reason: body.reason ?? null,
  };
  const apart = step.heads.filter((head) => !body.saw.includes(head.entry));
  step.heads = [...apart, mark];
  // Who settles a dispute says which report is true; that is no doing of it once more.
  const settles = step.disputed && apart.length === 0 && step.doneBy.length > 0;
  if (outcome === 'done') {
    if (!settles) step.doneBy = [...step.doneBy, { by: body.by, device: entry.device, at }].slice(-8);
  } else if (outcome === 'undone' || outcome === 'failed')
    step.doneBy = apart.length === 0 ? [] : step.doneBy;
  settleStep(step);
  return step;
}

/** The worst report counts; two different outcomes written apart are a dispute. */
function settleStep(step: StepState): void {
  const outcomes = step.heads.filter((head) => head.outcome !== 'doing').map((head) => head.outcome);
  step.state = WORST.find((one) => outcomes.includes(one)) ?? (step.heads.length > 0 ? 'doing' : 'todo');
  step.disputed = new Set(outcomes).size > 1;
}
