// The state of a plan as the fold derives it from entries. Plain data: two machines compare it as JSON.
import type { GapCause } from './entry.ts';
import type { Plan, TripRule } from './plan.ts';
import type { Baseline } from './readings.ts';

export type PlanStatus = 'draft' | 'running' | 'paused' | 'completed' | 'aborted';
export type Outcome = 'doing' | 'done' | 'failed' | 'skipped' | 'undone';
export type TargetStatus = 'pending' | 'running' | 'done' | 'failed' | 'skipped' | 'reverting' | 'reverted';
export type WaveStatus = 'pending' | 'running' | 'baking' | 'at gate' | 'passed' | 'held' | 'aborted';
export type BreakerStatus = 'closed' | 'open' | 'half-open';

/** One report of a step. */
export interface StepMark {
  readonly entry: string;
  readonly outcome: Outcome;
  readonly by: string;
  readonly device: string;
  readonly at: number;
  readonly reason: string | null;
}

export interface StepState {
  state: 'todo' | Outcome;
  /** Reports that no later report had seen; more than one after machines were apart. */
  heads: StepMark[];
  /** Who did it since it was last taken back; two names when it was done twice. */
  doneBy: { readonly by: string; readonly device: string; readonly at: number }[];
  disputed: boolean;
}

export type TargetSection = 'prepare' | 'each' | 'revert';
/** Sections whose steps are of the plan, or of a wave (after), not of a target. */
export type OwnSection = 'before' | 'after' | 'finally';

export interface TargetState {
  readonly id: string;
  state: TargetStatus;
  steps: { [S in TargetSection]: Record<string, StepState> };
  /** Counts starts and retries; part of the keys of what machines write. */
  attempt: number;
  /** How often it was done, and reverted, in this attempt: a step that was taken back makes it done once more. */
  dones: number;
  reverts: number;
  startedAt: number | null;
  baseline: Baseline | null;
  blind: boolean;
  acceptedWorse: { readonly by: string; readonly reason: string; readonly at: number } | null;
  /** Started before the news of an open breaker (rule 9). */
  unaware: boolean;
  failedBy: 'step' | 'target' | null;
  reason: string | null;
  /** Versions are never assumed: which one the record says that it runs. */
  on: 'from' | 'to' | 'between';
}

export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly cause: GapCause;
}

export type BakeEnd = 'full' | 'trip' | 'undone' | 'failed' | 'reverted' | 'aborted' | 'passed';

export interface Bake {
  readonly n: number;
  readonly targets: readonly string[];
  readonly startedAt: number;
  needed: number;
  gaps: Gap[];
  /** Who began it, and the devices that were reached then (rule 9a). */
  readonly device: string;
  readonly peers: readonly string[];
  /** `written`: the watch has put the end on the record. */
  ended: { readonly at: number; readonly cause: BakeEnd; written: boolean } | null;
}

export interface WaveState {
  readonly name: string;
  targets: string[];
  /** Milliseconds; null when the plan does not say. */
  bakeNeeded: number | null;
  gate: 'health' | 'manual';
  /** A target that was pulled forward and bakes alone (rule 10). */
  alone: boolean;
  startedAt: number | null;
  bake: Bake | null;
  bakes: number;
  passedAt: number | null;
  /** How often its gate passed: a pass that was taken back comes once more. */
  passes: number;
  passedBy: string | null;
  /** The conditions as they stood when the gate was passed. */
  passedWith: readonly { readonly code: string; readonly met: boolean }[];
  waiting: { readonly at: number; readonly codes: readonly string[] } | null;
  /** Steps of "After each wave", by number. */
  after: Record<string, StepState>;
}

export interface Trip {
  /** `trip:<plan>:<target>:<rule>:<n>` */
  readonly key: string;
  readonly target: string;
  readonly rule: string;
  readonly n: number;
  readonly at: number;
  /** False: noted while the breaker was open. */
  readonly opened: boolean;
  status: 'standing' | 'cleared' | 'accepted';
  /** When it was cleared or accepted, and the target's readings then. */
  settled: Baseline | null;
  /** The baseline that it was measured against. */
  readonly against: Baseline | null;
  readonly evidence: Readonly<Record<string, unknown>>;
}

export interface Breaker {
  state: BreakerStatus;
  openedAt: number | null;
  /** Openings so far. */
  openings: number;
  half: {
    readonly choose: 'try-one' | 'look-again';
    readonly target: string;
    readonly at: number;
    readonly by: string;
  } | null;
  /** The bake of a target that is tried alone. */
  trial: Bake | null;
  trials: number;
}

export interface PlanFinding {
  readonly code: string;
  readonly about: string;
  readonly text: string;
  readonly question: boolean;
  accepted: { readonly by: string; readonly reason: string; readonly answer: string | null } | null;
}

export interface Override {
  readonly code: string;
  readonly wave: string | null;
  readonly target: string | null;
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  readonly entry: string;
}

export interface PlanState {
  readonly id: string;
  plan: Plan;
  /** Provider services that the system leans on: the plan's own, or the topology's at creation. */
  watch: readonly string[];
  status: PlanStatus;
  /** The plan whose pending targets this one took over, and those that took over targets of this one. */
  takesOver: string | null;
  takenOver: { readonly plan: string; readonly targets: readonly string[] }[];
  createdAt: number;
  startedAt: number | null;
  /** Device that decides by itself. */
  watcher: string | null;
  /** Has preflight been run? Findings: accepted ones and those of the last run. */
  checked: boolean;
  findings: PlanFinding[];
  planBaseline: Record<string, Baseline>;
  waves: WaveState[];
  targets: Record<string, TargetState>;
  /** Steps of "Before" and "Finally", by number. */
  own: { before: Record<string, StepState>; finally: Record<string, StepState> };
  breaker: Breaker;
  /** The last trip of each target and rule: `<target>|<rule id>`. */
  trips: Record<string, Trip>;
  overrides: Override[];
  /** Verdicts at the end of bakes, in order; a target stands once. */
  verdicts: {
    readonly target: string;
    readonly verdict: 'success' | 'better' | 'no-better' | 'unknown';
    /** A named person went on after it; it counts no more towards two in a row. */
    readonly pardoned: boolean;
  }[];
  /** Two in a row no better: held until overridden (rule 6). */
  twoNoBetter: boolean;
  reverts: number;
  jumps: Record<string, number>;
  /** After a restart the clock could not be trusted; until a named person says go on. */
  untrusted: { readonly device: string; readonly since: number } | null;
  ended: { readonly at: number; readonly by: string; readonly reason: string | null } | null;
}

export const tripKey = (target: string, rule: TripRule['id']): string => `${target}|${rule}`;

export const newTarget = (id: string): TargetState => ({
  id,
  state: 'pending',
  steps: { prepare: {}, each: {}, revert: {} },
  attempt: 0,
  dones: 0,
  reverts: 0,
  startedAt: null,
  baseline: null,
  blind: false,
  acceptedWorse: null,
  unaware: false,
  failedBy: null,
  reason: null,
  on: 'from',
});

export const newStep = (): StepState => ({ state: 'todo', heads: [], doneBy: [], disputed: false });

export const waveOf = (state: PlanState, target: string): WaveState | undefined =>
  state.waves.find((wave) => wave.targets.includes(target));

export const waveNamed = (state: PlanState, name: string): WaveState | undefined =>
  state.waves.find((wave) => wave.name === name);

/** Waves that still stand between the plan and its end: neither passed nor skipped whole. */
export const wavesLeft = (state: PlanState): WaveState[] =>
  state.waves.filter(
    (wave) => wave.passedAt === null && wave.targets.some((id) => state.targets[id]?.state !== 'skipped'),
  );

export const stepsOf = (state: PlanState, section: TargetSection) => state.plan.steps[section];

export const stepState = (target: TargetState, section: TargetSection, number: number): StepState =>
  target.steps[section][String(number)] ?? newStep();

/** Are all steps of the section done or skipped? True when it has none. */
export const allDone = (state: PlanState, target: TargetState, section: TargetSection): boolean =>
  stepsOf(state, section).every((step) =>
    ['done', 'skipped'].includes(stepState(target, section, step.number).state),
  );

/** Has work begun on the target, so that it has a baseline and can trip? */
export const touched = (target: TargetState): boolean =>
  target.baseline !== null && ['running', 'done', 'failed', 'reverting'].includes(target.state);

export const standingTrips = (state: PlanState): Trip[] =>
  Object.values(state.trips).filter((trip) => {
    const target = state.targets[trip.target];
    return trip.status === 'standing' && target !== undefined && touched(target);
  });

/** Trips of one target that nothing has settled, whatever became of the target since: it may have been skipped or reverted. */
export const unsettledTrips = (state: PlanState, target: string): Trip[] =>
  Object.values(state.trips).filter((trip) => trip.target === target && trip.status === 'standing');

/**
 * What tripped the breaker that is not closed, the trip that opened it first. It is named also after its target was skipped,
 * reverted or tried again: the mark shows which one it was.
 */
export function openingTrips(state: PlanState): Trip[] {
  if (state.breaker.state === 'closed') return [];
  // A trip keeps its place in the record when it comes back: the order is that of time.
  const all = Object.values(state.trips).sort((a, b) => a.at - b.at);
  const last = all.findLast((trip) => trip.opened);
  const trips =
    [standingTrips(state), all.filter((trip) => trip.status === 'standing'), last ? [last] : []].find(
      (list) => list.length > 0,
    ) ?? [];
  return [...trips].sort((a, b) => Number(b.opened) - Number(a.opened) || a.at - b.at);
}

/** The targets of these trips, each once. */
export const trippedBy = (state: PlanState): string[] => [
  ...new Set(openingTrips(state).map((trip) => trip.target)),
];

/** Who must be heard while the breaker is half-open: the target named, and in a look every other one whose trip it would clear. */
export function watchedIn(state: PlanState): string[] {
  const { half } = state.breaker;
  if (!half) return [];
  if (half.choose === 'try-one') return [half.target];
  return [...new Set([half.target, ...standingTrips(state).map((trip) => trip.target)])];
}

export const isDisputed = (target: TargetState): boolean =>
  Object.values(target.steps).some((steps) => Object.values(steps).some((step) => step.disputed));

/** Dangerous steps of the target's section that were done twice. */
export const dangerTwice = (state: PlanState, target: TargetState, section: TargetSection): number[] =>
  stepsOf(state, section)
    .filter((step) => step.danger && stepState(target, section, step.number).doneBy.length > 1)
    .map((step) => step.number);

/** What an override settles where it stands: the same once more is news, and holds again. */
const SETTLED: readonly string[] = ['disputed', 'danger-twice'];

export const isOverridden = (
  state: PlanState,
  code: string,
  wave: string | null,
  target: string | null,
): boolean => !SETTLED.includes(code) && overridesOf(state, code, wave, target).length > 0;

/** The overrides of this code that speak of the target, of its wave, or of the whole plan. */
export const overridesOf = (
  state: PlanState,
  code: string,
  wave: string | null,
  target: string | null,
): Override[] =>
  state.overrides.filter(
    (one) =>
      one.code === code &&
      (one.target !== null ? one.target === target : one.wave !== null ? one.wave === wave : true),
  );

/** The wave that a target tried alone belongs to. */
export const trialWave = (state: PlanState, trial: Bake): string =>
  waveOf(state, trial.targets[0] ?? '')?.name ?? '';

/** The pause is overridden for this wave or target, or for the whole plan. */
export const isPauseOverridden = (state: PlanState, wave: string | null, target: string | null): boolean =>
  state.status === 'paused' && isOverridden(state, 'plan-not-running', wave, target);
