// One plan as this window holds it, and what a person does with it. A refusal comes back as a failure with main's own sentences.
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PlanAction, PlanView, PlanWhy } from '../../../../shared/contract/plan.ts';
import { type Failure, fail, ok, type Result } from '../../../../shared/result.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { useNow, useServices } from '../../../app/services.ts';
import type { Client } from '../../../state/client.ts';

export interface PlanState {
  readonly rev: number;
  readonly view: PlanView | null;
  /** The window's clock when the view arrived, in milliseconds: plan time is carried on from there. */
  readonly heardAt: number;
  readonly error: Failure | null;
}

/** A tick of this window that Ctrl Z takes back. */
export type PlanTick =
  | { readonly target: string; readonly section: 'prepare' | 'each' | 'revert'; readonly step: number }
  | {
      readonly target: null;
      readonly section: 'before' | 'after' | 'finally';
      readonly wave: string | null;
      readonly step: number;
    };

export interface PlanStore {
  readonly id: string;
  readonly incident: string;
  readonly state: StoreApi<PlanState>;
  readonly ticks: StoreApi<{ readonly list: readonly PlanTick[] }>;
  refresh(): Promise<void>;
  act(action: PlanAction): Promise<Result<{ readonly entries: readonly string[] }>>;
  stop(): void;
}

/** The rules behind a refusal; empty when it was another failure. */
export function refusal(error: Failure): readonly PlanWhy[] {
  if (error.code !== 'refused') return [];
  const detail = error.detail as { why?: readonly PlanWhy[] } | undefined;
  return detail?.why ?? [];
}

export function createPlanStore(client: Client, now: () => number, incident: string, id: string): PlanStore {
  const state = createStore<PlanState>(() => ({ rev: -1, view: null, heardAt: 0, error: null }));
  let stopped = false;
  const take = (rev: number, view: PlanView): void => {
    if (stopped || rev < state.getState().rev) return;
    state.setState({ rev, view, heardAt: now(), error: null });
  };
  const refresh = async (): Promise<void> => {
    const answer = await client.call('plan.get', { incident, plan: id });
    if (stopped) return;
    if (answer.ok) take(answer.value.rev, answer.value.plan);
    else state.setState({ error: answer.error });
  };
  const stopEvents = client.on('plan.changed', (payload) => {
    if (payload.plan.id === id) take(payload.rev, payload.plan);
  });
  void refresh();
  return {
    id,
    incident,
    state,
    ticks: createStore<{ readonly list: readonly PlanTick[] }>(() => ({ list: [] })),
    refresh,
    async act(action) {
      const answer = await client.call('plan.do', { incident, plan: id, action });
      if (!answer.ok) return answer;
      if (answer.value.ok) return ok({ entries: answer.value.entries });
      return fail('refused', answer.value.why.map((one) => one.text).join(' '), { why: answer.value.why });
    },
    stop() {
      stopped = true;
      stopEvents();
    },
  };
}

/** The store of a plan for as long as it is shown; null for the first moment. */
export function usePlanStore(incident: string, id: string): PlanStore | null {
  const { client, clock } = useServices();
  const [store, setStore] = useState<PlanStore | null>(null);
  useEffect(() => {
    const made = createPlanStore(client, () => clock.now(), incident, id);
    setStore(made);
    return () => {
      made.stop();
      setStore(null);
    };
  }, [client, clock, incident, id]);
  return store;
}

export interface PlanValue {
  readonly store: PlanStore;
  readonly view: PlanView;
  /** Window time when `view` arrived, in milliseconds. */
  readonly heardAt: number;
  /** Shows another plan of the room. */
  readonly show?: (plan: string) => void;
}
export const PlanContext = createContext<PlanValue | null>(null);
export function usePlan(): PlanValue {
  const value = useContext(PlanContext);
  if (!value) throw new Error('a part of the plan was drawn outside of a plan');
  return value;
}

/** Plan time now, in milliseconds, anew each second. For small components: each use redraws every second. */
export function usePlanNow(): number {
  const { view, heardAt } = usePlan();
  const now = useNow();
  const base = useMemo(() => fromInstant(view.now), [view.now]);
  return base + Math.max(0, now - heardAt);
}
