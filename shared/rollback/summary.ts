// What became of every target, for the entries of abort and completion (rule 11) and for documents.
import type { PlanState, TargetState } from './state.ts';

export interface TargetLine {
  readonly target: string;
  readonly state: TargetState['state'];
  readonly text: string;
}

/** Every target in the order of the plan: on the new version, on the old, half-done, reverted, skipped. */
export function targetList(state: PlanState): TargetLine[] {
  const { from, to } = state.plan.change;
  const still = from === null ? 'unchanged' : `still on ${from}`;
  return state.plan.targets.flatMap((id) => {
    const target = state.targets[id];
    return target ? [{ target: id, state: target.state, text: line(target, to, still) }] : [];
  });
}

function line(target: TargetState, to: string, still: string): string {
  switch (target.state) {
    case 'done':
      return `on ${to}`;
    case 'pending':
      return `not begun, ${still}`;
    case 'skipped':
      return `skipped, ${target.on === 'between' ? 'half-done' : still}${target.reason ? `: ${target.reason}` : ''}`;
    case 'reverted':
      return `reverted, ${still}`;
    case 'reverting':
      return 'half-done, being reverted';
    case 'failed':
      return `half-done, failed${target.reason ? `: ${target.reason}` : ''}`;
    default:
      return 'half-done, being worked';
  }
}
