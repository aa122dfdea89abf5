// Every state of a plan with its explanation, as data, without readings or words for a screen: what the model test holds the machine to.
// The window and `plan show` draw the fuller view of electron/plan/view.ts, out of the same functions.
import { rollbackText as say } from '../text/rollback.ts';
import { findNow, type Room } from './act.ts';
import { tryable } from './act-decisions.ts';
import { canRetry, canStartTarget, canStartWave } from './can.ts';
import { type Condition, conditions, type Why, why } from './gate.ts';
import { lookingSince } from './half-open.ts';
import {
  allHolds,
  coolLeft,
  type Hold,
  type Mark,
  marks,
  planStatus,
  type ShownBake,
  type ShownStatus,
  shownBake,
  waveStatus,
} from './holds.ts';
import { ownAsks } from './own.ts';
import {
  type BreakerStatus,
  type StepState,
  standingTrips,
  stepState,
  type TargetSection,
  type TargetStatus,
  type Trip,
  type WaveStatus,
} from './state.ts';
import { type TargetLine, targetList } from './summary.ts';
import { untouched } from './trips.ts';

export interface ExplainedTarget {
  readonly id: string;
  readonly state: TargetStatus;
  readonly marks: readonly Mark[];
  /** What forbids its start (pending) or its retry (failed, reverted); empty: it may. */
  readonly forbids: readonly Why[];
  /** What forbids taking it back (rule 13). */
  readonly revertForbids: readonly Why[];
  readonly steps: readonly {
    readonly section: TargetSection;
    readonly number: number;
    readonly title: string;
    readonly state: StepState['state'];
    readonly doneBy: readonly string[];
    readonly disputed: boolean;
  }[];
  /** Started before the news of an open breaker. */
  readonly unaware: boolean;
  readonly reason: string | null;
}

export interface ExplainedWave {
  readonly name: string;
  readonly state: WaveStatus;
  readonly targets: readonly string[];
  readonly bake: ShownBake;
  readonly gate: readonly Condition[];
  /** What forbids its start; empty when it may start or has started. */
  readonly forbids: readonly Why[];
}

export interface ExplainedBreaker {
  readonly state: BreakerStatus;
  readonly trips: readonly Trip[];
  /** Milliseconds until it may close. */
  readonly coolLeft: number;
  readonly untouched: { readonly worse: number; readonly of: number; readonly text: string };
  /** Targets that may be tried alone. */
  readonly tryable: readonly string[];
  readonly half: {
    readonly choose: 'try-one' | 'look-again';
    readonly target: string;
    /** Plan time since when the look is watched; null: the target is silent. */
    readonly since: number | null;
  } | null;
}

export interface ExplainedPlan {
  readonly id: string;
  readonly title: string;
  readonly state: ShownStatus;
  /** Said of a running plan whose wave is held or whose breaker is not closed. */
  readonly held: boolean;
  readonly holds: readonly Hold[];
  readonly breaker: ExplainedBreaker;
  readonly waves: readonly ExplainedWave[];
  readonly targets: readonly ExplainedTarget[];
  readonly list: readonly TargetLine[];
  /** Questions to the room that hold nothing. */
  readonly asks: readonly string[];
}

/** Explains a plan at one moment. */
export function explainPlan(room: Room): ExplainedPlan {
  const { state, book, here } = room;
  const waves = state.waves.map(
    (wave): ExplainedWave => ({
      name: wave.name,
      state: waveStatus(state, wave),
      targets: wave.targets,
      bake: shownBake(state, book, wave, here.now),
      gate: conditions(state, book, wave, here),
      forbids: wave.startedAt === null ? canStartWave(state, wave, findNow(room, wave)) : [],
    }),
  );
  const { half } = state.breaker;
  const running = state.status === 'running';
  return {
    id: state.id,
    title: state.plan.title,
    state: planStatus(state),
    held: running && (state.breaker.state !== 'closed' || waves.some((wave) => wave.state === 'held')),
    holds: allHolds(state, book, here),
    breaker: {
      state: state.breaker.state,
      trips: standingTrips(state),
      coolLeft: coolLeft(state, here.now),
      untouched: untouched(state, book, here.now),
      tryable: tryable(state),
      half: half
        ? { choose: half.choose, target: half.target, since: lookingSince(state, book, here.now) }
        : null,
    },
    waves,
    targets: state.plan.targets.flatMap((id) => explainTarget(room, id)),
    list: targetList(state),
    asks: [...(running && state.reverts >= 2 ? [say.askPause(state.reverts)] : []), ...ownAsks(state)],
  };
}

function explainTarget(room: Room, id: string): ExplainedTarget[] {
  const { state, book, here } = room;
  const target = state.targets[id];
  const wave = state.waves.find((one) => one.targets.includes(id));
  if (!target) return [];
  const found = wave && target.state === 'pending' ? findNow(room, wave) : [];
  const forbids =
    target.state === 'pending'
      ? canStartTarget(state, book, id, here, found, { sure: false, alone: false })
      : target.state === 'failed' || target.state === 'reverted'
        ? canRetry(state, id, here)
        : [];
  const sections: readonly TargetSection[] = ['prepare', 'each', 'revert'];
  return [
    {
      id,
      state: target.state,
      marks: marks(state, id),
      forbids,
      revertForbids: state.plan.steps.revert.length === 0 ? [why('no-revert-steps', say.noRevertSteps)] : [],
      steps: sections.flatMap((section) =>
        state.plan.steps[section].map((step) => {
          const now = stepState(target, section, step.number);
          return {
            section,
            number: step.number,
            title: step.title,
            state: now.state,
            doneBy: now.doneBy.map((one) => one.by),
            disputed: now.disputed,
          };
        }),
      ),
      unaware: target.unaware,
      reason: target.reason,
    },
  ];
}
