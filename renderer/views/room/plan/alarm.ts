// The alarm that the plan pane shows: who has it, or the key to take it. It sounds from the shell, on every page; main knows who
// has it, so that it is the same on every machine and after a restart.
import { useEffect, useState } from 'react';
import type { PlanAlarm } from '../../../../shared/contract/plan.ts';
import { alarmsShown } from '../../../app/alarm-shown.ts';
import { openName } from '../../../app/open.tsx';
import { useServices } from '../../../app/services.ts';
import { panelOf } from './model.ts';
import { usePlan } from './store.ts';

export interface Alarm {
  /** Who has the alarm that stands now; null while it sounds. */
  readonly had: PlanAlarm['had'];
  readonly stands: boolean;
  /** Null when it was taken; else why not. */
  have(): Promise<string | null>;
}

/** `hidden`: another tab is shown, so that the line above the page has to speak. */
export function useAlarm(hidden: boolean): Alarm {
  const services = useServices();
  const { store, view } = usePlan();
  const panel = panelOf(view);
  const shows = (one: PlanAlarm): boolean =>
    (panel?.kind === 'breaker' && one.kind === 'breaker') ||
    (panel?.kind === 'gate' && one.kind === 'gate' && one.about === panel.wave.name);
  const first = view.alarms.find(shows) ?? null;
  const key = hidden || first === null ? null : first.key;
  const [shown] = useState(() => alarmsShown(services.client));
  useEffect(() => {
    if (key === null) return;
    shown.setState((now) => ({ keys: [...now.keys, key] }));
    return () =>
      shown.setState((now) => {
        const at = now.keys.indexOf(key);
        return { keys: now.keys.filter((_, i) => i !== at) };
      });
  }, [key, shown]);
  return {
    stands: first !== null,
    had: first?.had ?? null,
    async have() {
      const answer = await services.client.call('plan.acknowledge', {
        incident: store.incident,
        plan: store.id,
        ...(first === null ? {} : { keys: [first.key] }),
      });
      if (answer.ok) return null;
      if (answer.error.code === 'no-name') openName(services);
      return answer.error.message;
    },
  };
}
