// Making a plan: from a runbook, or typed in the room. Both are a text that the parser reads; the text is kept as it was.
import type { MadePlan } from '../../shared/contract/plan.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Plan, parsePlan } from '../../shared/rollback/plan.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { planText as say } from '../../shared/text/plan.ts';
import { leanedOn } from './lean.ts';
import { planMarkdown } from './make.ts';
import type { PlanDeps } from './ports.ts';

export interface PlanSource {
  /** What an error calls it. */
  readonly name: string;
  readonly text: string;
  readonly from: Readonly<Record<string, unknown>>;
}

/** The text of a runbook. Errors are the library's. */
export async function fromRunbook(
  { library }: Pick<PlanDeps, 'library'>,
  folder: string,
  path: string,
): Promise<Result<PlanSource>> {
  const read = await library.read(folder, path);
  if (!read.ok) return read;
  return ok({ name: path, text: read.value.text, from: { folder, path } });
}

export const fromRoom = (made: MadePlan): PlanSource => ({
  name: say.madeHere,
  text: planMarkdown(made),
  from: {},
});

/** Reads a plan's text. Error `plan-wrong` with every problem, its line and column. */
export function readPlan({ name, text }: PlanSource): Result<Plan> {
  const parsed = parsePlan(text);
  if (parsed.ok) return ok(parsed.plan);
  const { problems } = parsed;
  const first = problems[0] ?? { line: 1, column: 1, text: '' };
  return fail('plan-wrong', say.wrong(name, first.line, first.column, first.text, problems.length - 1), {
    problems: problems.slice(0, 50),
    text: text.slice(0, 200_000),
  });
}

/** The entries that make a plan: itself, and what it takes over. */
export function creation(
  deps: Pick<PlanDeps, 'blobs' | 'ids' | 'person' | 'topology'>,
  incident: string,
  source: PlanSource,
  plan: Plan,
  old: PlanState | null,
): Result<{ id: string; entries: NewEntry[] }> {
  const kept = deps.blobs.put(Buffer.from(source.text, 'utf8'));
  if (!kept.ok) return kept;
  const id = deps.ids.uuid();
  const { id: actor, name: by } = deps.person();
  const body = {
    plan: id,
    by,
    definition: JSON.parse(JSON.stringify(plan)) as Record<string, unknown>,
    watch: leanedOn(deps.topology(), plan.change.system),
    ...source.from,
    revision: kept.value,
    ...(old === null ? {} : { takesOver: old.id }),
  };
  const taken = (old?.plan.targets ?? []).filter(
    (target) => plan.targets.includes(target) && old?.targets[target]?.state === 'pending',
  );
  const over = { plan: old?.id, by, change: 'taken-over', targets: taken, loosens: false, newPlan: id };
  return ok({
    id,
    entries: [
      { incident, kind: 'plan-created', body, actor },
      ...(taken.length > 0 ? [{ incident, kind: 'plan-changed', body: over, actor }] : []),
    ],
  });
}
