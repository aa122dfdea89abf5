// Which alarms of plans the page itself shows with their "I have it": the line above the page leaves those out, so that one thing
// is asked once. The sound is the line's alone, on every page.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../state/client.ts';

interface Shown {
  readonly keys: readonly string[];
}

const stores = new WeakMap<Client, StoreApi<Shown>>();

/** One per window: it lives as long as the window's client. */
export function alarmsShown(client: Client): StoreApi<Shown> {
  const held = stores.get(client) ?? createStore<Shown>(() => ({ keys: [] }));
  stores.set(client, held);
  return held;
}
