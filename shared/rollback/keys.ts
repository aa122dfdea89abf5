// Keys of what a target and a gate come to: every machine derives them alike, so that the same fact told twice is one.
import type { PlanState, TargetState, WaveState } from './state.ts';

/** What comes once more is a fact of its own: under the key of the first time it would count as its confirmation. */
const onceMore = (before: number): string => (before === 0 ? '' : `:${before + 1}`);

export const doneKey = (state: PlanState, target: TargetState, attempt = target.attempt): string =>
  `done:${state.id}:${target.id}:${attempt}${onceMore(attempt === target.attempt ? target.dones : 0)}`;

export const revertedKey = (state: PlanState, target: TargetState): string =>
  `reverted:${state.id}:${target.id}:${target.attempt}${onceMore(target.reverts)}`;

export const passKey = (state: PlanState, wave: WaveState): string =>
  `gate:${state.id}:${wave.name}:passed${onceMore(wave.passes)}`;
