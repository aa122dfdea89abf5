// Which plans of a room a new one could take over pending targets of, and what would become of each (rule 10). Pure.
import type { Output } from '../../shared/contract/index.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { planText as say } from '../../shared/text/plan.ts';
import { cut } from './view-words.ts';

/**
 * Why a plan cannot be taken over for these targets, one sentence with the way out; null when it can. Only what is pending in a plan
 * that runs is taken: nothing of a finished one starts any more, and a draft holds nothing yet.
 */
export function whyNotTaken(old: PlanState, targets: readonly string[]): string | null {
  const { title } = old.plan;
  if (old.status === 'completed' || old.status === 'aborted') return say.takeOver.over(title, old.status);
  if (old.status !== 'running' && old.status !== 'paused') return say.takeOver.notBegun(title);
  const pending = targets.some((id) => old.targets[id]?.state === 'pending');
  return pending ? null : say.takeOver.nonePending(title);
}

export function overlaps(
  plans: Iterable<PlanState>,
  targets: readonly string[],
): Output<'plan.overlap'>['plans'] {
  const wanted = new Set(targets);
  return [...plans].flatMap((state) => {
    if (state.status !== 'running' && state.status !== 'paused') return [];
    const shared = state.plan.targets.filter((id) => wanted.has(id));
    const pending = shared.filter((id) => state.targets[id]?.state === 'pending');
    if (pending.length === 0) return [];
    const left = state.plan.targets.filter((id) => !pending.includes(id));
    return [
      {
        plan: state.id,
        title: cut(state.plan.title, 400),
        state: state.status,
        taken: pending.slice(0, 500),
        // Begun there: they stay with the plan that began them.
        stay: shared.filter((id) => !pending.includes(id)).slice(0, 500),
        left: left.length,
      },
    ];
  });
}
