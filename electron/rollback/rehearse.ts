// Plan files as the command line and the room read them: a check without live data, and a rehearsal of a scripted night.
import { fail, ok, type Result } from '../../shared/result.ts';
import type { NightAnswer } from '../../shared/rollback/answer.ts';
import { parseNight } from '../../shared/rollback/night.ts';
import { type PlanProblem, parsePlan } from '../../shared/rollback/plan.ts';
import { planFindings } from '../../shared/rollback/preflight.ts';
import { rehearse } from '../../shared/rollback/rehearse.ts';
import { planText } from '../../shared/text/plan.ts';

export interface PlanCheck {
  readonly ok: boolean;
  readonly problems: readonly PlanProblem[];
  /** Findings and questions of the preflight that need no live data. */
  readonly findings: readonly { readonly code: string; readonly about: string; readonly text: string }[];
}

/** Reads a plan's text. `ok` is false when it has problems; findings are for people to decide. */
export function planCheck(text: string): PlanCheck {
  const parsed = parsePlan(text);
  if (!parsed.ok) return { ok: false, problems: parsed.problems, findings: [] };
  const findings = planFindings(parsed.plan).map(({ code, about, text: words }) => ({
    code,
    about,
    text: words,
  }));
  return { ok: true, problems: [], findings };
}

const wrong = (file: 'plan' | 'night', problems: readonly PlanProblem[]): Result<never> => {
  const { line, column, text } = problems[0] ?? { line: 1, column: 1, text: '' };
  const said = planText.wrong(`The ${file}`, line, column, text, problems.length - 1);
  return fail(`${file}-wrong`, said, { file, problems });
};

/**
 * Takes a plan's text through a night's text. Fails with `plan-wrong` or `night-wrong` and `detail: {file, problems}`, each
 * problem with line and column.
 */
export function rehearseFiles(planText: string, nightText: string): Result<NightAnswer> {
  const parsed = parsePlan(planText);
  if (!parsed.ok) return wrong('plan', parsed.problems);
  const night = parseNight(nightText, parsed.plan);
  if (!night.ok) return wrong('night', night.problems);
  return ok(rehearse(parsed.plan, night.night));
}
