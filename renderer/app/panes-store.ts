// Which pane has the letter keys.
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface PanesState {
  readonly active: string | null;
  readonly label: string;
}
export type PanesStore = StoreApi<PanesState>;

export const createPanesStore = (): PanesStore =>
  createStore<PanesState>(() => ({ active: null, label: '' }));
