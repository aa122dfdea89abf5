// Our services, kept by main's events; and the same once, for dialogs.
import type { OursSnapshot } from '../../../shared/contract/ours.ts';
import type { Client } from '../../state/client.ts';
import { createTopic, type Topic, type TopicState } from '../../state/topic.ts';
import { useOwnTopic } from '../../state/use-own-topic.ts';

const oursTopic = (client: Client): Topic<OursSnapshot> =>
  createTopic(client, {
    event: 'ours.changed',
    fetch: async () => {
      const answer = await client.call('ours.services', {});
      return answer.ok ? { ok: true, value: { rev: answer.value.rev, value: answer.value } } : answer;
    },
    take: (payload) => payload,
  });

export const useOurs = (): TopicState<OursSnapshot> => useOwnTopic(oursTopic);
