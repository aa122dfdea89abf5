// One subject main keeps and the window shows: fetched once, then kept by events. An event at or below the revision
// held is dropped, a gap means fetch again; events that arrive during a fetch wait for it.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EventName, Payload } from '../../shared/contract/index.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { Client } from './client.ts';

export interface TopicState<T> {
  readonly rev: number;
  /** Null until the first answer. Stays as it was when a later fetch fails. */
  readonly value: T | null;
  /** The last fetch's failure; null once one succeeded. */
  readonly error: Failure | null;
}

export interface Topic<T> {
  readonly store: StoreApi<TopicState<T>>;
  refresh(): Promise<void>;
  stop(): void;
}

export interface TopicOptions<T, N extends EventName> {
  readonly event: N;
  fetch(): Promise<Result<{ readonly rev: number; readonly value: T }>>;
  /** The new value out of an event's payload, or null when the event only says that something changed. */
  take(payload: Payload<N>): T | null;
  /** False for events that are about another thing of the same topic (another room). */
  accept?(payload: Payload<N>): boolean;
}

export function createTopic<T, N extends EventName>(client: Client, options: TopicOptions<T, N>): Topic<T> {
  const store = createStore<TopicState<T>>(() => ({ rev: -1, value: null, error: null }));
  let fetching: Promise<void> | null = null;
  let waiting: Payload<N> | null = null;
  let stopped = false;

  const apply = (payload: Payload<N>): boolean => {
    const value = options.take(payload);
    if (value === null) return false;
    store.setState({ rev: payload.rev, value, error: null });
    return true;
  };

  const fetchOnce = async (): Promise<void> => {
    const answer = await options.fetch();
    if (stopped) return;
    if (!answer.ok) {
      store.setState({ error: answer.error });
    } else if (answer.value.rev >= store.getState().rev) {
      store.setState({ rev: answer.value.rev, value: answer.value.value, error: null });
    }
    const last = waiting;
    waiting = null;
    // Whatever came meanwhile and is newer than the answer is the truth now; a whole value needs no second fetch.
    if (last && last.rev > store.getState().rev && !apply(last)) await fetchOnce();
  };

  const refresh = (): Promise<void> => {
    fetching ??= fetchOnce().finally(() => {
      fetching = null;
    });
    return fetching;
  };

  const stopListening = client.on(options.event, (payload) => {
    if (options.accept && !options.accept(payload)) return;
    const { rev } = store.getState();
    if (fetching) {
      if (!waiting || payload.rev > waiting.rev) waiting = payload;
      return;
    }
    if (payload.rev <= rev) return;
    if (rev >= 0 && payload.rev === rev + 1 && apply(payload)) return;
    waiting = payload;
    void refresh();
  });

  return {
    store,
    refresh,
    stop() {
      stopped = true;
      stopListening();
    },
  };
}
