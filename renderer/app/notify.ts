// What is open and nobody has yet, kept by main's events.
import type { NotifySnapshot } from '../../shared/contract/notify.ts';
import type { Client } from '../state/client.ts';
import { createTopic, type Topic, type TopicState } from '../state/topic.ts';
import { useOwnTopic } from '../state/use-own-topic.ts';

const notifyTopic = (client: Client): Topic<NotifySnapshot> =>
  createTopic(client, {
    event: 'notify.changed',
    fetch: async () => {
      const answer = await client.call('notify.get', {});
      return answer.ok ? { ok: true, value: { rev: answer.value.rev, value: answer.value } } : answer;
    },
    take: (payload) => payload,
  });

export const useNotify = (): TopicState<NotifySnapshot> => useOwnTopic(notifyTopic);
