// A plan as the window and `plan show` tell it, for tests that ask whether a state is explained.
import { planView } from '../../../electron/plan/view.ts';
import type { PlanView } from '../../../shared/contract/plan-view.ts';
import type { Room } from '../../../shared/rollback/action.ts';

export const shown = (room: Room): PlanView =>
  planView(room, {
    incident: 'incident',
    device: 'a',
    sleepWarning: null,
    titleOf: (plan) => plan,
    acts: [],
  });
