// Small help for building observations and events: places without repetition, the worst of some states.
import { STATES, type State } from '../../../shared/health/types.ts';

/** The worst of some states; `operational` when there is none. */
export function worstState(states: Iterable<State>): State {
  let worst: State = 'operational';
  for (const state of states) if (STATES.indexOf(state) < STATES.indexOf(worst)) worst = state;
  return worst;
}

/** How bad something that is over was: `unknown` when all that is left of it is that it is well. */
export function worstItWas(states: Iterable<State>): State {
  const worst = worstState(states);
  return worst === 'operational' ? 'unknown' : worst;
}

/** Each value once, in the order of first occurrence. */
export const distinct = <T>(values: Iterable<T>): readonly T[] => [...new Set(values)];
