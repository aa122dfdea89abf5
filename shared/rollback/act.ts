// What a person does, as entries, or a refusal with every rule that forbids it. Nothing is refused for lack of a role
// (rule 7). Pure: the caller appends `entries` in order; a refusal may carry entries too (preflight that was run again).

import { keyInstead, rollbackText as say } from '../text/rollback.ts';
import { actChange } from './act-change.ts';
import { actBreaker, actGate, actOverride } from './act-decisions.ts';
import { actTarget } from './act-target.ts';
import {
  type Action,
  type Answer,
  allow,
  base,
  findNow,
  preflightEntry,
  type Room,
  refuse,
  refusedStart,
  waveStart,
} from './action.ts';
import { canStartWave } from './can.ts';
import { type Why, why } from './gate.ts';
import { isReady } from './holds.ts';
import { actOwn, ownList } from './own.ts';
import { newFindings } from './preflight.ts';
import { snapshot, toStored } from './readings.ts';
import { isOverridden, type PlanState, trippedBy, waveNamed, wavesLeft } from './state.ts';
import { targetList } from './summary.ts';

/** Decides an action of a named person. */
export function act(room: Room, action: Action): Answer {
  switch (action.do) {
    case 'accept-findings':
      return acceptFindings(room, action);
    case 'start-plan':
    case 'pause':
    case 'resume':
    case 'abort':
    case 'complete':
      return actPlan(room, action);
    case 'start-wave':
      return startWave(room, action);
    case 'pass-gate':
      return actGate(room, action);
    case 'breaker':
      return actBreaker(room, action);
    case 'override':
      return actOverride(room, action);
    case 'pull-forward':
    case 'set-bake':
    case 'split-wave':
      return actChange(room, action);
    case 'plan-step':
      return actOwn(room, action);
    case 'retract':
      return refuse([why('not-retractable', say.notRetractable(action.event, keyInstead(action.event)))]);
    default:
      return actTarget(room, action);
  }
}

function acceptFindings(room: Room, action: Action): Answer {
  const { state } = room;
  const wave = state.status === 'draft' ? null : (state.waves.find((one) => one.startedAt === null) ?? null);
  const found = newFindings(state, findNow(room, wave));
  const known = state.findings.filter((one) => !one.accepted);
  const unknown = found.filter(
    (one) => !known.some((old) => old.code === one.code && old.about === one.about),
  );
  // What has been fixed since is not accepted for nothing: the run over the whole plan drops it.
  const gone =
    wave === null &&
    known.some((old) => !found.some((one) => one.code === old.code && one.about === old.about));
  const again = unknown.length > 0 || gone || !state.checked;
  const open = again && wave === null ? found : [...known, ...unknown];
  return allow([
    ...(again ? [preflightEntry(state, found, wave)] : []),
    ...open.map((one) => ({
      kind: 'finding-accepted',
      body: {
        ...base(state, action),
        code: one.code,
        about: one.about,
        text: one.text,
        ...(one.question ? { answer: 'not known' } : {}),
      },
    })),
  ]);
}

function actPlan(room: Room, action: Action): Answer {
  const { state, book, here } = room;
  const { status } = state;
  const body = base(state, action);
  const notRunning = why('plan-not-running', say.planNotRunning(status));
  if (action.do === 'start-plan') {
    if (status !== 'draft') return refuse([{ ...why('not-pending', say.planState(status)), rule: '1' }]);
    const list = startHolds(state);
    if (list.length > 0) return refuse(list);
    const baselines = Object.fromEntries(
      state.plan.targets.map((id) => [id, snapshot(book, id, here.now).readings.map(toStored)]),
    );
    return allow([{ kind: 'plan-started', body: { ...body, baselines } }]);
  }
  if (action.do === 'pause')
    return status === 'running' ? allow([{ kind: 'plan-paused', body }]) : refuse([notRunning]);
  if (action.do === 'resume') {
    if (status === 'running') return refuse([{ ...why('not-pending', say.planState(status)), rule: '11' }]);
    return status === 'paused' ? allow([{ kind: 'plan-resumed', body }]) : refuse([notRunning]);
  }
  const left = ownList(state);
  // Steps of the plan itself that were left stand beside what became of every target.
  const ending = { targets: targetList(state), ...(left.length > 0 ? { left } : {}) };
  if (action.do === 'abort') {
    if (status === 'completed' || status === 'aborted') return refuse([notRunning]);
    return allow([{ kind: 'plan-aborted', body: { ...body, reason: action.reason ?? '', ...ending } }]);
  }
  if (status !== 'running' && status !== 'paused') return refuse([notRunning]);
  const list: Why[] = wavesLeft(state).map((wave) =>
    why('wave-before-not-passed', say.waveBefore(wave.name)),
  );
  if (state.breaker.state !== 'closed')
    list.push(why('breaker-open', say.breakerOpen(state.breaker.state, trippedBy(state))));
  return list.length > 0 ? refuse(list) : allow([{ kind: 'plan-completed', body: { ...body, ...ending } }]);
}

/** What forbids the start of the plan: open findings, and data that cannot be taken back (preflight). */
function startHolds(state: PlanState): Why[] {
  if (isOverridden(state, 'preflight', null, null)) return [];
  const list: Why[] = [];
  const open = state.findings.filter((one) => !one.accepted);
  if (!state.checked) list.push(why('preflight', say.notChecked));
  else if (!isReady(state)) list.push(why('preflight', say.preflight(open.length, open[0]?.text ?? '')));
  if (state.plan.change.schema === 'irreversible') list.push(why('preflight', say.irreversible));
  return list;
}

function startWave(room: Room, action: Extract<Action, { do: 'start-wave' }>): Answer {
  const { state } = room;
  const wave = waveNamed(state, action.wave);
  if (!wave) return refuse([why('not-pending', say.unknown(`"${action.wave}"`))]);
  const list = canStartWave(state, wave, findNow(room, wave));
  return list.length > 0 ? refusedStart(room, wave, list) : allow(waveStart(state, wave, action));
}
