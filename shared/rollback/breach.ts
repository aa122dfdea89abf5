// Whether a target's readings break a rule: what is asked, and the answer.
import type { Baseline, Reading } from './readings.ts';
import type { PlanState } from './state.ts';

/** One breach of one rule. `complete`: it may trip now; else it is only breaking. Values are words for evidence. */
export interface Breach {
  readonly complete: boolean;
  readonly reading: Reading;
  readonly value: string;
  readonly limit: string;
  readonly baseline: string;
  readonly tries: number | null;
  /** Time of the first reading of the breach. */
  readonly first: number;
}

export interface Question {
  readonly state: PlanState;
  readonly target: string;
  readonly baseline: Baseline;
  /** History of the target, oldest first. */
  readonly readings: readonly Reading[];
  /** Only readings after this time count. */
  readonly since: number;
  readonly now: number;
}
