// Ordering of states: what is worse than what, and the worst of several (domain.md, Health).
import { STATES, type State } from './types.ts';

const RANK: ReadonlyMap<State, number> = new Map(STATES.map((state, index) => [state, index]));

/** 0 is the worst (`major-outage`), 5 the best (`operational`). */
export const rank = (state: State): number => RANK.get(state)!;

/** Is `a` worse than `b`? `unknown` is worse than operational: silence is not health. */
export const isWorse = (a: State, b: State): boolean => rank(a) < rank(b);

/** Somebody says that something is wrong or being worked on: maintenance and everything worse. `unknown` is no trouble, it is no word. */
export const isTrouble = (state: State | null): state is State =>
  state !== null && rank(state) < rank('unknown');

/** Degraded or worse: what counts as broken. */
export const isBroken = (state: State | null): state is State =>
  state !== null && rank(state) <= rank('degraded');

/** The worst of two words; null (nothing reported) says nothing and is left out. */
export function worseOf(a: State | null, b: State | null): State | null {
  if (a === null) return b;
  if (b === null) return a;
  return isWorse(a, b) ? a : b;
}

/** The worst of all words; null when nobody said anything. */
export function worst(states: Iterable<State | null>): State | null {
  let found: State | null = null;
  for (const state of states) found = worseOf(found, state);
  return found;
}
