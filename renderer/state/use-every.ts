// A number that changes every so many milliseconds: a reason to ask again that does not redraw in between.
import { useStore } from 'zustand';
import { useServices } from '../app/services.ts';

export const useEvery = (ms: number): number =>
  useStore(useServices().clock.ticker, (s) => Math.floor(s.now / ms));
