// What hands can do with a plan. Keys, buttons and cells all come here; main decides.
import { useActTools } from './act-tools.tsx';
import { planActs } from './acts-plan.tsx';
import { stepActs } from './acts-steps.tsx';
import type { Chosen } from './hand.ts';

export function useActs(chosen: Chosen, onActed: () => void) {
  const tools = useActTools(chosen, onActed);
  const onPlan = planActs(tools);
  const onSteps = stepActs(tools, onPlan.startWave);
  const { hand, problem, said, now } = tools;
  return { hand, problem, said, now, ...onPlan, ...onSteps };
}
export type Acts = ReturnType<typeof useActs>;
