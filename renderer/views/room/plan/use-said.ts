// What the plan pane says aloud.
import { useEffect, useRef } from 'react';
import type { PlanView } from '../../../../shared/contract/plan.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { useServices } from '../../../app/services.ts';

/** What is said aloud: the breaker as an alert, gates and bakes as status. */
export function useSaid(view: PlanView): void {
  const { announce } = useServices();
  const last = useRef<PlanView | null>(null);
  useEffect(() => {
    const was = last.current;
    last.current = view;
    if (was?.id !== view.id) {
      if (view.breaker.state === 'open' && view.startedAt !== null)
        announce.alert(text.say.breakerOpen(view.breaker.tripped?.target ?? ''));
      return;
    }
    if (was.breaker.state !== view.breaker.state) {
      const target = view.breaker.half?.target ?? view.breaker.tripped?.target ?? '';
      if (view.breaker.state === 'open') announce.alert(text.say.breakerOpen(target));
      else announce.status(view.breaker.state === 'closed' ? text.say.breakerClosed : text.say.half(target));
    }
    for (const wave of view.waves) {
      const before = was.waves.find((one) => one.name === wave.name);
      if (!before) continue;
      if (before.gate.state !== wave.gate.state) {
        if (wave.gate.state === 'waiting') announce.status(text.say.gateWaits(wave.name));
        if (wave.gate.state === 'passed') announce.status(text.say.gatePassed(wave.name));
      } else if (before.bake.endedBy !== 'full' && wave.bake.endedBy === 'full')
        announce.status(text.say.bakeFull(wave.name));
    }
  }, [view, announce]);
}
