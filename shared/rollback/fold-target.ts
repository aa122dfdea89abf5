// The fold's part for targets and their steps. Reports of machines that were apart are kept side by side: if outcomes
// differ the worse counts and the step is disputed until a report that has seen both (rule 9).

import type { Applied } from './applied.ts';
import { baselineReadings } from './baseline.ts';
import { isStepKind, report } from './fold-step.ts';
import { endBake } from './fold-wave.ts';
import type { PlanBody } from './kinds.ts';
import {
  allDone,
  dangerTwice,
  newStep,
  type PlanState,
  type StepState,
  type TargetState,
  unsettledTrips,
  waveOf,
} from './state.ts';
import { cannotGetWorse } from './worse.ts';

export function foldTarget(state: PlanState, { kind, body, at, entry }: Applied): void {
  const id = (body as { target?: unknown }).target;
  const target = typeof id === 'string' && Object.hasOwn(state.targets, id) ? state.targets[id] : undefined;
  if (!target) return;
  if (isStepKind(kind)) foldStep(state, target, kind, body as PlanBody<'step-done'>, at, entry);
  else if (kind === 'target-started' || kind === 'target-retried')
    foldStart(state, target, kind === 'target-retried', body as PlanBody<'target-retried'>, at);
  else if (kind === 'target-done') {
    if (target.state === 'running' && allDone(state, target, 'each')) {
      target.state = 'done';
      target.dones += 1;
      target.on = 'to';
    }
  } else if (kind === 'target-failed') {
    if (target.state === 'running' || target.state === 'done') {
      target.state = 'failed';
      target.failedBy = anyFailed(target) ? 'step' : 'target';
      target.reason = (body as PlanBody<'target-failed'>).reason ?? null;
      leaveBake(state, target, at, 'failed');
    }
  } else if (kind === 'target-skipped') {
    if (['pending', 'running', 'failed', 'reverted'].includes(target.state)) {
      target.state = 'skipped';
      target.reason = (body as PlanBody<'target-skipped'>).reason;
      forgetVerdict(state, target);
    }
  } else if (kind === 'target-reverting') {
    if (target.state === 'reverted' || target.state === 'reverting') return;
    target.state = 'reverting';
    target.reason = (body as PlanBody<'target-reverting'>).reason;
    target.steps.revert = {};
    target.on = 'between';
    forgetOverrides(state, target);
    leaveBake(state, target, at, 'reverted');
    forgetVerdict(state, target);
  } else if (kind === 'target-reverted') {
    if (target.state !== 'reverting' || !allDone(state, target, 'revert')) return;
    target.state = 'reverted';
    target.on = 'from';
    forgetOverrides(state, target);
    state.reverts += 1;
    target.reverts += 1;
  }
}

function foldStart(
  state: PlanState,
  target: TargetState,
  again: boolean,
  body: PlanBody<'target-retried'>,
  at: number,
): void {
  // A target that was skipped apart from this start counts as started: a start is a report of what happened (rule 9).
  const from = again ? ['failed', 'reverted', 'skipped'] : ['pending', 'skipped'];
  if (!from.includes(target.state)) return;
  if (target.state === 'skipped') leaveBake(state, target, at, 'undone');
  const fresh = !again || body.fresh;
  const alone = state.breaker.half?.choose === 'try-one' && state.breaker.half.target === target.id;
  const waived = state.overrides.some((one) => one.code === 'breaker-open' && one.target === target.id);
  target.unaware = state.breaker.state !== 'closed' && !alone && !waived && fresh;
  target.state = 'running';
  target.attempt = Math.max(target.attempt + 1, body.attempt);
  target.dones = 0;
  target.reverts = 0;
  target.failedBy = null;
  target.reason = null;
  target.on = 'between';
  for (const step of Object.values(target.steps.each))
    if (step.state === 'failed') Object.assign(step, newStep());
  forgetOverrides(state, target);
  // A target that was given up by an override and is tried again all the same: its wave has not baked.
  const wave = waveOf(state, target.id);
  if (again && wave) endBake(wave, at, 'undone');
  if (!fresh) return;
  target.startedAt = at;
  target.steps.each = {};
  target.steps.revert = {};
  target.baseline = { at, readings: baselineReadings(state, body.readings) };
  target.blind = cannotGetWorse(state, target.id, target.baseline);
  // What tripped before is measured against a baseline that is past.
  for (const trip of unsettledTrips(state, target.id)) trip.status = 'cleared';
  // An override of a start is used up by the start.
  state.overrides = state.overrides.filter(
    (one) =>
      one.target !== target.id || !['breaker-open', 'pace', 'worse-than-plan-baseline'].includes(one.code),
  );
}

function foldStep(
  state: PlanState,
  target: TargetState,
  kind: string,
  body: PlanBody<'step-done'>,
  at: number,
  entry: { readonly id: string; readonly device: string },
): void {
  const { section } = body;
  // A target in the body of a plan's own step is none of it.
  if (section !== 'prepare' && section !== 'each' && section !== 'revert') return;
  if (!state.plan.steps[section].some((one) => one.number === body.step)) return;
  const step = report(target.steps[section], kind, body, at, entry);
  if (section === 'prepare') return;
  if (section === 'each') settleTarget(state, target, at, step.state);
  // Heard of only after the gate passed: what holds a wave takes the pass back, and it bakes again (rule 9).
  const twice = kind === 'step-done' && dangerTwice(state, target, section).includes(body.step);
  const wave = waveOf(state, target.id);
  if (wave && wave.passedAt !== null && (step.disputed || twice)) leaveBake(state, target, at, 'undone');
}

const anyFailed = (target: TargetState): boolean =>
  Object.values(target.steps.each).some((step) => step.state === 'failed');

/** A target follows its steps: a failed one fails it, one taken back sets it to running and ends the bake (rules 8, 12). */
function settleTarget(state: PlanState, target: TargetState, at: number, now: StepState['state']): void {
  if (target.state === 'skipped' && target.baseline !== null) {
    // Skipped apart from the one who worked on: what was done is not left out of the record (rule 9).
    target.state = 'running';
    target.on = 'between';
    target.reason = null;
    leaveBake(state, target, at, 'undone');
  }
  if (!['running', 'done', 'failed'].includes(target.state)) return;
  if (anyFailed(target)) {
    if (target.state !== 'failed') {
      leaveBake(state, target, at, 'failed');
      target.failedBy = 'step';
    }
    target.state = 'failed';
  } else if (target.state === 'failed' && target.failedBy === 'step') {
    target.state = 'running';
    target.failedBy = null;
    forgetOverrides(state, target);
  } else if (target.state === 'done' && !allDone(state, target, 'each')) {
    target.state = 'running';
    target.on = 'between';
    leaveBake(state, target, at, now === 'undone' ? 'undone' : 'failed');
  }
}

/** The target is no longer done: its wave has neither baked nor passed. */
function leaveBake(
  state: PlanState,
  target: TargetState,
  at: number,
  cause: 'undone' | 'failed' | 'reverted',
): void {
  const wave = waveOf(state, target.id);
  if (wave && wave.startedAt !== null) {
    endBake(wave, at, cause);
    wave.passedAt = null;
    wave.passedBy = null;
  }
  if (state.breaker.trial?.targets.includes(target.id) && !state.breaker.trial.ended)
    state.breaker.trial.ended = { at, cause, written: false };
  forgetVerdict(state, target);
}

/** That it had failed or was reverted was overridden; it is neither any more, and if it is again, that is news (rule 7). */
function forgetOverrides(state: PlanState, target: TargetState): void {
  state.overrides = state.overrides.filter(
    (one) => one.target !== target.id || (one.code !== 'target-failed' && one.code !== 'target-reverted'),
  );
}

function forgetVerdict(state: PlanState, target: TargetState): void {
  state.verdicts = state.verdicts.filter((one) => one.target !== target.id);
}
