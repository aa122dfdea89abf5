// The text of one step taken apart for editing and put together again, and read with the plan's own parser (rule 10: a step found
// wrong is corrected once for all targets that have not done it). Pure.
import { rollbackText as say } from '../text/rollback.ts';
import { findSteps, type PlanStep, SECTIONS, type Section } from './sections.ts';

export interface StepParts {
  /** `1. ` or `- [ ] `, as it is written. */
  readonly marker: string;
  readonly title: string;
  /** What stands in braces at the end of the first line: `danger, expect: 5m`. */
  readonly marks: string;
  /** The lines below the first, without the list's indent. */
  readonly body: string;
}

const MARKER = /^(\s*(?:[-*+]|\d+[.)])\s+)((?:\[[ xX]\]\s+)?)/;

export function splitStep(text: string): StepParts {
  const lines = text.split('\n');
  const first = lines[0] ?? '';
  const hit = MARKER.exec(first);
  const marker = hit ? hit[0] : '';
  const rest = first.slice(marker.length).trimEnd();
  const open = rest.endsWith('}') && !rest.endsWith('}}') ? rest.lastIndexOf('{') : -1;
  const marked = open >= 0 && rest[open - 1] !== '{';
  const width = hit?.[1]?.length ?? 0;
  const body = lines
    .slice(1)
    .map((line) => line.slice(Math.min(width, line.length - line.trimStart().length)))
    .join('\n')
    .trim();
  return {
    marker,
    title: (marked ? rest.slice(0, open) : rest).trim(),
    marks: marked ? rest.slice(open + 1, -1).trim() : '',
    body,
  };
}

export function joinStep({ marker, title, marks, body }: StepParts): string {
  const own = marker === '' ? '1. ' : marker;
  const width = MARKER.exec(`${own}x`)?.[1]?.length ?? 3;
  const line = `${own}${title.trim()}${marks.trim() === '' ? '' : ` {${marks.trim()}}`}`;
  if (body.trim() === '') return line;
  const below = body
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .map((one) => (one.trim() === '' ? '' : `${' '.repeat(width)}${one}`));
  return [line, '', ...below].join('\n');
}

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
