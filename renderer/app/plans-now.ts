// What every plan does now, kept by main's events: for Now and Next on every page.
import type { PlanNow } from '../../shared/contract/plan-now.ts';
import type { Client } from '../state/client.ts';
import { createTopic, type Topic } from '../state/topic.ts';
import { useOwnTopic } from '../state/use-own-topic.ts';

const topic = (client: Client): Topic<readonly PlanNow[]> =>
  createTopic<readonly PlanNow[], 'plan.nowChanged'>(client, {
    event: 'plan.nowChanged',
    fetch: async () => {
      const answer = await client.call('plan.now', {});
      return answer.ok ? { ok: true, value: { rev: answer.value.rev, value: answer.value.plans } } : answer;
    },
    take: (payload) => payload.plans,
  });

const NONE: readonly PlanNow[] = [];

/** Of every incident; empty until main has answered. */
export const usePlansNow = (): readonly PlanNow[] => useOwnTopic(topic).value ?? NONE;
