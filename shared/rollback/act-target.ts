// A person's work on one target: start, steps, fail, retry, skip, undo, revert (rules 1, 8, 12, 13).
import { rollbackText as say } from '../text/rollback.ts';
import {
  type Action,
  type Answer,
  allow,
  base,
  findNow,
  type Room,
  refuse,
  refusedStart,
  waveStart,
} from './action.ts';
import { canRetry, canStartTarget } from './can.ts';
import type { PlanEntry } from './entry.ts';
import { why } from './gate.ts';
import { doneKey, revertedKey } from './keys.ts';
import { snapshot, toStored } from './readings.ts';
import {
  type PlanState,
  standingTrips,
  stepState,
  type TargetSection,
  type TargetState,
  type WaveState,
  waveOf,
} from './state.ts';

type On<D extends Action['do']> = Extract<Action, { do: D }>;
type TargetAction = Extract<
  Action,
  { do: 'start-target' | 'step' | 'finish-target' | 'finish-revert' | 'retry' | 'skip-target' | 'revert' }
>;

export function actTarget(room: Room, action: TargetAction): Answer {
  const target = room.state.targets[action.target];
  const wave = waveOf(room.state, action.target);
  if (!target || !wave) return refuse([why('not-pending', say.unknown(action.target))]);
  switch (action.do) {
    case 'start-target':
      return start(room, target, wave, action);
    case 'step':
      return step(room, target, wave, action);
    case 'finish-target':
      return finish(room, target, wave, action);
    case 'finish-revert':
      return finishRevert(room, target, action);
    case 'retry':
      return retry(room, target, wave, action);
    case 'skip-target':
      return skip(room, target, action);
    default:
      return revert(room, target, action);
  }
}

const wrong = (target: TargetState, wanted: string, rule?: string): Answer => {
  const one = why('not-pending', say.wrongState(target.id, target.state, wanted), target.id);
  return refuse([rule === undefined ? one : { ...one, rule }]);
};

const noRevertSteps = (): Answer => refuse([why('no-revert-steps', say.noRevertSteps)]);

const notRunning = (state: PlanState): Answer =>
  refuse([why('plan-not-running', say.planNotRunning(state.status))]);

/** The entry of a start, with the readings that become the target's baseline. */
export function targetStart(room: Room, target: TargetState, wave: string, action: Action): PlanEntry {
  const { state, book, here } = room;
  return {
    kind: 'target-started',
    key: `start:${state.id}:${target.id}:${target.attempt + 1}`,
    body: {
      ...base(state, action),
      target: target.id,
      wave,
      attempt: target.attempt + 1,
      readings: snapshot(book, target.id, here.now).readings.map(toStored),
      trips: standingTrips(state).map((trip) => trip.key),
    },
  };
}

function start(
  room: Room,
  target: TargetState,
  wave: WaveState,
  action: Action & { sure?: boolean },
): Answer {
  const { state, book, here } = room;
  const tried = state.breaker.half?.choose === 'try-one' && state.breaker.half.target === target.id;
  const list = canStartTarget(state, book, target.id, here, findNow(room, wave), {
    sure: action.sure === true,
    alone: false,
  });
  if (list.length > 0) return refusedStart(room, wave, list);
  const first = wave.startedAt === null && !tried ? waveStart(state, wave, action) : [];
  return allow([...first, targetStart(room, target, wave.name, action)]);
}

/** One report of a step, naming the reports of it that its writer has seen (rule 9). */
function report(
  room: Room,
  target: TargetState,
  section: TargetSection,
  number: number,
  to: On<'step'>['to'],
  action: Action,
): PlanEntry {
  const kinds = {
    doing: 'step-started',
    done: 'step-done',
    failed: 'step-failed',
    skipped: 'step-skipped',
    undone: 'step-undone',
  } as const;
  return {
    kind: kinds[to],
    body: {
      ...base(room.state, action),
      target: target.id,
      wave: waveOf(room.state, target.id)?.name,
      section,
      step: number,
      saw: stepState(target, section, number).heads.map((head) => head.entry),
    },
  };
}

const doneEntry = (state: PlanState, target: TargetState, attempt: number): PlanEntry => ({
  kind: 'target-done',
  key: doneKey(state, target, attempt),
  body: { plan: state.id, target: target.id, wave: waveOf(state, target.id)?.name, attempt },
});

const revertedEntry = (state: PlanState, target: TargetState): PlanEntry => ({
  kind: 'target-reverted',
  key: revertedKey(state, target),
  body: { plan: state.id, target: target.id, wave: waveOf(state, target.id)?.name, attempt: target.attempt },
});

function step(room: Room, target: TargetState, wave: WaveState, action: On<'step'>): Answer {
  const { state } = room;
  const { section, step: number, to } = action;
  if (section === 'revert' && state.plan.steps.revert.length === 0) return noRevertSteps();
  if (!state.plan.steps[section].some((one) => one.number === number))
    return refuse([why('not-pending', say.unknown(`Step ${number}`))]);
  if (state.status === 'draft' || state.status === 'completed') {
    if (section !== 'revert' || state.status === 'draft') return notRunning(state);
  }
  const now = stepState(target, section, number);
  if (to === 'undone' && (now.state === 'todo' || now.state === 'undone'))
    return refuse([why('not-pending', say.wrongState(`Step ${number} of ${target.id}`, now.state, 'done'))]);
  if (section === 'prepare') {
    if (state.status === 'aborted') return notRunning(state);
    return allow([report(room, target, section, number, to, action)]);
  }
  if (section === 'revert') {
    if (target.state !== 'reverting') return wrong(target, 'reverting');
    const entries = [report(room, target, section, number, to, action)];
    if (completes(state, target, section, number, to)) entries.push(revertedEntry(state, target));
    return allow(entries);
  }
  let first: readonly PlanEntry[] = [];
  let { attempt } = target;
  if (target.state === 'pending') {
    if (to === 'undone') return wrong(target, 'running');
    const started = start(room, target, wave, action);
    if (!started.ok) return started;
    first = started.entries;
    attempt += 1;
  } else if (!['running', 'done', 'failed'].includes(target.state)) return wrong(target, 'running');
  const entries = [...first, report(room, target, section, number, to, action)];
  if (to === 'failed')
    entries.push({
      kind: 'target-failed',
      body: { ...base(state, action), target: target.id, wave: wave.name, step: number },
    });
  else if (target.state !== 'done' && completes(state, target, section, number, to))
    entries.push(doneEntry(state, target, attempt));
  return allow(entries);
}

/** Are all steps of the section through when this one is? */
function completes(
  state: PlanState,
  target: TargetState,
  section: TargetSection,
  number: number,
  to: string,
): boolean {
  if (to !== 'done' && to !== 'skipped') return false;
  return state.plan.steps[section].every(
    (one) =>
      one.number === number || ['done', 'skipped'].includes(stepState(target, section, one.number).state),
  );
}

/** Reports "done" for all steps of a section that are left, in order. */
function rest(room: Room, target: TargetState, section: TargetSection, action: Action): PlanEntry[] {
  return room.state.plan.steps[section]
    .filter((one) => !['done', 'skipped'].includes(stepState(target, section, one.number).state))
    .map((one) => report(room, target, section, one.number, 'done', action));
}

function finish(room: Room, target: TargetState, wave: WaveState, action: On<'finish-target'>): Answer {
  const { state } = room;
  if (state.status === 'draft' || state.status === 'completed') return notRunning(state);
  if (target.state === 'failed')
    return refuse([why('target-failed', say.targetFailed(target.id), target.id)]);
  if (target.state === 'pending') {
    const started = start(room, target, wave, action);
    if (!started.ok) return started;
    return allow([
      ...started.entries,
      ...rest(room, target, 'each', action),
      doneEntry(state, target, target.attempt + 1),
    ]);
  }
  if (target.state !== 'running') return wrong(target, 'running');
  return allow([...rest(room, target, 'each', action), doneEntry(state, target, target.attempt)]);
}

function finishRevert(room: Room, target: TargetState, action: Action): Answer {
  if (room.state.plan.steps.revert.length === 0) return noRevertSteps();
  if (target.state !== 'reverting') return wrong(target, 'reverting', '13');
  return allow([...rest(room, target, 'revert', action), revertedEntry(room.state, target)]);
}

function retry(room: Room, target: TargetState, wave: WaveState, action: Action): Answer {
  const { state, book, here } = room;
  const list = canRetry(state, target.id, here);
  if (list.length > 0) return refuse(list);
  return allow([
    {
      kind: 'target-retried',
      key: `start:${state.id}:${target.id}:${target.attempt + 1}`,
      body: {
        ...base(state, action),
        target: target.id,
        wave: wave.name,
        attempt: target.attempt + 1,
        fresh: target.state === 'reverted',
        readings: snapshot(book, target.id, here.now).readings.map(toStored),
        trips: standingTrips(state).map((trip) => trip.key),
      },
    },
  ]);
}

function skip(room: Room, target: TargetState, action: Action): Answer {
  const { state } = room;
  if (state.status !== 'running' && state.status !== 'paused') return notRunning(state);
  if (!['pending', 'running', 'failed', 'reverted'].includes(target.state))
    return wrong(target, 'pending, running, failed or reverted', '8');
  return allow([
    {
      kind: 'target-skipped',
      body: {
        ...base(state, action),
        reason: action.reason ?? '',
        target: target.id,
        wave: waveOf(state, target.id)?.name,
      },
    },
  ]);
}

/** Allowed in every state of plan and breaker; waits for no gate (rule 13). */
function revert(room: Room, target: TargetState, action: Action): Answer {
  const { state } = room;
  if (state.plan.steps.revert.length === 0) return noRevertSteps();
  if (!['running', 'done', 'failed', 'skipped'].includes(target.state) || target.startedAt === null)
    return wrong(target, 'begun and not yet reverted', '13');
  return allow([
    {
      kind: 'target-reverting',
      body: {
        ...base(state, action),
        reason: action.reason ?? '',
        target: target.id,
        wave: waveOf(state, target.id)?.name,
      },
    },
  ]);
}
