// A topic that only one part of a page needs: made when it is drawn, listened to while it is there.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../app/services.ts';
import type { Client } from './client.ts';
import type { Topic, TopicState } from './topic.ts';

/** `make` is called once. The state carries the last value, and the failure of the last fetch. */
export function useOwnTopic<T>(make: (client: Client) => Topic<T>): TopicState<T> {
  const client = useClient();
  const [topic] = useState(() => make(client));
  useEffect(() => {
    void topic.refresh();
    return () => topic.stop();
  }, [topic]);
  return useStore(topic.store);
}
