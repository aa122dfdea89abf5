// What every act of the plan pane rests on: a question opened, an action sent, a refusal said, worse readings asked once more.
import { type ReactNode, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PlanAction, PlanView } from '../../../../shared/contract/plan.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { useDialogs } from '../../../app/dialogs.tsx';
import { useServices } from '../../../app/services.ts';
import { InRoom } from '../questions.tsx';
import { useRoom } from '../session.ts';
import { AskPlain } from './asks.tsx';
import { type Chosen, handOf } from './hand.ts';
import { textOf } from './model.ts';
import { PlanContext, type PlanValue, refusal, usePlan } from './store.ts';

const ask = text.ask;

/** The answer of `sure` when it asked once more instead: nothing was done yet. */
export const ASKED = Symbol('asked once more');

/** What is no work: a tick before it can still be taken back. */
const LEAVES_TICKS: readonly PlanAction['do'][] = ['check', 'accept-finding', 'accept-findings', 'reading'];

type Surely = Extract<PlanAction, { do: 'start-target' | 'step' | 'finish-target' | 'pull-forward' }>;

/** What is really asked: to start the target, or what the hand was about to do, with which it starts. */
function sureOf(view: PlanView, action: Surely): { title: string; yes: string } {
  const { sure } = ask;
  switch (action.do) {
    case 'step': {
      const title =
        textOf(view, action.section, action.step)?.title ??
        text.stepLine(text.sections[action.section], action.step);
      return { title: sure.step(title, action.to), yes: sure.stepYes(action.to) };
    }
    case 'finish-target':
      return { title: sure.finish(action.target), yes: sure.finishYes };
    case 'pull-forward':
      return { title: sure.pull(action.target), yes: sure.pullYes };
    case 'start-target':
      return { title: sure.start(action.target), yes: sure.startYes };
  }
}

/** A dialog is drawn outside of the pane: it gets the plan handed along, live. */
function InPlan({ value, children }: { value: PlanValue; children: ReactNode }) {
  const view = useStore(value.store.state, (s) => s.view) ?? value.view;
  const heardAt = useStore(value.store.state, (s) => s.heardAt);
  return (
    <PlanContext.Provider value={{ store: value.store, view, heardAt }}>{children}</PlanContext.Provider>
  );
}

export function useActTools(chosen: Chosen, onActed: () => void) {
  const value = usePlan();
  const { store, view } = value;
  const room = useRoom();
  const dialogs = useDialogs();
  const { announce } = useServices();
  const ticks = useStore(store.ticks, (s) => s.list);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const hand = handOf(view, chosen);
  const busy = useRef(false);

  const open = (render: (close: () => void) => ReactNode) => {
    setProblem(null);
    dialogs.open((close) => (
      <InRoom room={room}>
        <InPlan value={value}>{render(close)}</InPlan>
      </InRoom>
    ));
  };
  const say = (words: string) => {
    setProblem(words);
    setSaid(null);
  };
  const act = async (action: PlanAction): Promise<Result<unknown>> => {
    const answer = await store.act(action);
    if (answer.ok) {
      setProblem(null);
      onActed();
      // Ctrl Z takes back the last thing done by hand; a tick before some other act is no longer that.
      const ticked = action.do === 'step' && (action.to === 'doing' || action.to === 'done');
      if (!ticked && !LEAVES_TICKS.includes(action.do)) {
        store.ticks.setState({ list: [] });
        setSaid(null);
      }
    }
    return answer;
  };
  /** Worse than at the plan's start asks once more; a yes is sent as `sure`. */
  const sure = async (action: PlanAction): Promise<Result<unknown>> => {
    const answer = await act(action);
    if (answer.ok || 'sure' in action) return answer;
    const why = refusal(answer.error);
    const only = why.length > 0 && why.every((one) => one.code === 'worse-than-plan-baseline');
    if (
      !only ||
      (action.do !== 'start-target' &&
        action.do !== 'step' &&
        action.do !== 'finish-target' &&
        action.do !== 'pull-forward')
    )
      return answer;
    const asked = sureOf(view, action);
    open((close) => (
      <AskPlain
        title={asked.title}
        effect={[...why.map((one) => one.text), ask.sure.begins(action.target)].join(' ')}
        yes={asked.yes}
        onClose={close}
        run={() => act({ ...action, sure: true })}
      />
    ));
    return ok(ASKED);
  };
  /** At once, with the refusal said beside the matrix. */
  const now = async (action: PlanAction): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    const answer = await sure(action);
    busy.current = false;
    if (!answer.ok) say(text.refused(answer.error.message));
    return answer.ok;
  };
  return { store, view, announce, hand, busy, problem, said, setSaid, ticks, open, say, act, sure, now };
}
export type ActTools = ReturnType<typeof useActTools>;
