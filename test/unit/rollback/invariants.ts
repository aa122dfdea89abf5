// What must be true of a plan's state after machines that were apart have met, whatever they wrote.
import type { FoldEntry } from '../../../shared/rollback/entry.ts';
import { type PlanState, standingTrips, stepState, trippedBy } from '../../../shared/rollback/state.ts';

/** What is not true; empty when all is. `entries`: what the machines wrote. */
export function broken(state: PlanState, entries: readonly FoldEntry[]): string[] {
  const list: string[] = [];
  const waived = (code: string): boolean =>
    entries.some((entry) => entry.kind === 'hold-overridden' && entry.body?.['code'] === code);
  for (const wave of state.waves) {
    if (wave.passedAt === null) continue;
    for (const id of wave.targets) {
      const target = state.targets[id];
      const now = target?.state ?? '';
      const holds =
        ['pending', 'running', 'reverting'].includes(now) ||
        (now === 'failed' && !waived('target-failed')) ||
        (now === 'reverted' && !waived('target-reverted'));
      if (holds) list.push(`${wave.name} has passed, and ${id} is ${now}`);
      const disputed = Object.values(target?.steps.each ?? {}).some((step) => step.disputed);
      if (disputed && !waived('disputed')) list.push(`${wave.name} has passed, and ${id} is disputed`);
    }
  }
  for (const target of Object.values(state.targets)) {
    const steps = state.plan.steps.each.map((step) => stepState(target, 'each', step.number).state);
    const over = steps.every((step) => step === 'done' || step === 'skipped');
    if (target.state === 'done' && !over) list.push(`${target.id} is done with a step open`);
    if (target.state === 'running' && over) list.push(`${target.id} is running with no step open`);
    if (target.state === 'skipped' && steps.every((step) => step === 'done'))
      list.push(`${target.id} is skipped, and every step was done`);
    if (target.state === 'pending' && steps.includes('done'))
      list.push(`${target.id} is pending with a step done`);
  }
  const { breaker } = state;
  if (breaker.state === 'open' && trippedBy(state).length === 0) list.push('open, and nobody is named');
  if (breaker.state === 'closed' && standingTrips(state).length > 0) list.push('closed, and a trip stands');
  return list;
}
