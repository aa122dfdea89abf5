// The room's right column: the plan where there is one, checklists behind a tab; without either, the ways to begin.
import { useState } from 'react';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { useCommands } from '../../../app/commands.ts';
import { useNav } from '../../../app/services.ts';
import { Pane } from '../../../components/Pane.tsx';
import { Tabs } from '../../../components/Tabs.tsx';
import { BeginPlan } from '../../plan/BeginPlan.tsx';
import { ChecklistPane } from '../checklist/ChecklistPane.tsx';
import { useRoom } from '../session.ts';
import { PlanPane } from './PlanPane.tsx';
import { usePlanStore } from './store.ts';

const ENDED = new Set(['completed', 'aborted']);

export function RightPane() {
  const { incident } = useRoom();
  const nav = useNav();
  const [chosen, setChosen] = useState<string | null>(null);
  useCommands('view', () => [
    {
      id: 'pl.make',
      title: text.begin.make,
      group: text.group,
      icon: 'plus',
      run: () => nav.go('room', { incident: incident.id, make: 'plan' }),
    },
    {
      id: 'pl.library',
      title: text.begin.fromLibrary,
      group: text.group,
      icon: 'book-open',
      run: () => nav.go('runbooks', { incident: incident.id, want: 'plan' }),
    },
  ]);
  // A release is about its plan: where there is none yet, the way to one stands alone.
  if (incident.mode === 'release' && incident.plans.length === 0 && incident.checklists.length === 0)
    return (
      <Pane id="room.plan" label={text.pane} as="aside" className="pane plan">
        <BeginPlan />
      </Pane>
    );
  if (incident.plans.length === 0) return <ChecklistPane more={<BeginPlan />} />;
  // The plan in hand: the newest that has not ended, else the newest.
  const newest = [...incident.plans].reverse();
  const inHand = newest.find((one) => !ENDED.has(one.state)) ?? newest[0];
  const shown = chosen ?? inHand?.id ?? '';
  const lists = shown === 'checklists';
  const planId = newest.some((one) => one.id === shown) ? shown : (inHand?.id ?? '');
  const tabs = [
    ...newest.map((one) => ({
      id: one.id,
      label: newest.length === 1 ? text.pane : one.title,
      note: one.state,
    })),
    {
      id: 'checklists',
      label: text.checklists,
      note: incident.checklists.length > 0 ? incident.checklists.length : undefined,
    },
  ];
  return (
    <div className="rp">
      <Tabs
        label={text.right}
        tabs={tabs}
        selected={tabs.some((one) => one.id === shown) ? shown : (inHand?.id ?? 'checklists')}
        onSelect={setChosen}
        panelId="right-panel"
      />
      <div id="right-panel" role="tabpanel" aria-label={text.right} className="rp-b">
        {lists ? <ChecklistPane /> : null}
        {/* Behind the checklists the plan goes on listening: its breaker must sound all the same. */}
        <OnePlan key={planId} id={planId} incident={incident.id} hidden={lists} show={setChosen} />
      </div>
    </div>
  );
}

function OnePlan({
  id,
  incident,
  hidden,
  show,
}: {
  id: string;
  incident: string;
  hidden: boolean;
  show: (plan: string) => void;
}) {
  const store = usePlanStore(incident, id);
  return store ? <PlanPane store={store} hidden={hidden} show={show} /> : null;
}
