// The readings that "worse" is measured against. A phased deployment has no bad state to be worse than: its baseline is health.
import { fromStored, type Reading } from './readings.ts';
import type { PlanState } from './state.ts';

/** Readings of a body as a baseline; none for a phased deployment, so that anything in trouble is worse. */
export const baselineReadings = (state: PlanState, stored: unknown): Reading[] =>
  state.plan.kind === 'phased-deployment' ? [] : fromStored(stored);
