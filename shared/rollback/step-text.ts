// The text of one step read with the plan's own parser (rule 10: a step found wrong is corrected once for all targets that have
// not done it). Pure.
import { rollbackText as say } from '../text/rollback.ts';
import { findSteps, type PlanStep, SECTIONS, type Section } from './sections.ts';

export type ReadStep =
  | { readonly ok: true; readonly step: Omit<PlanStep, 'number' | 'line'> }
  | { readonly ok: false; readonly line: number; readonly text: string };

/** Reads the text of one step of a section; it must be exactly one. */
export function readStep(section: Section, text: string): ReadStep {
  const found = findSteps(`## ${SECTIONS[section]}\n\n${text}\n`, -2);
  const problem = found.problems[0];
  if (problem) return { ok: false, line: Math.max(1, problem.line), text: problem.text };
  const [step, second] = found.steps[section];
  if (!step) return { ok: false, line: 1, text: say.noStepThere };
  if (second || found.present.length !== 1)
    return { ok: false, line: Math.max(1, second?.line ?? 1), text: say.oneStepOnly };
  // What is not indented under the step would be lost without a word.
  if (step.text !== text.trimEnd())
    return { ok: false, line: step.text.split('\n').length + 1, text: say.notOfTheStep };
  if (step.strange.length > 0) return { ok: false, line: 1, text: say.strangeMarks(step.strange) };
  const { number: _, line: __, ...rest } = step;
  return { ok: true, step: rest };
}
