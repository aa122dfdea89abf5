// The fold's part for the plan's own steps: "Before" and "Finally" of the plan, "After each wave" of a wave. They hold nothing.
import type { Applied } from './applied.ts';
import { isStepKind, report } from './fold-step.ts';
import type { PlanBody } from './kinds.ts';
import { type PlanState, type StepState, waveNamed } from './state.ts';

export function foldOwn(state: PlanState, { kind, body: raw, at, entry }: Applied): void {
  if (!isStepKind(kind)) return;
  const body = raw as PlanBody<'step-done'>;
  const { section } = body;
  if (section !== 'before' && section !== 'after' && section !== 'finally') return;
  if (!state.plan.steps[section].some((one) => one.number === body.step)) return;
  const steps: Record<string, StepState> | undefined =
    section === 'after' ? waveNamed(state, body.wave ?? '')?.after : state.own[section];
  if (steps) report(steps, kind, body, at, entry);
}
