// A person's decisions: passing a gate, the three choices of an open breaker, overrides (rules 4, 6, 7).
import { type HoldCode, isHoldCode, rollbackText as say } from '../text/rollback.ts';
import { type Action, type Answer, allow, base, findNow, type Room, refuse } from './action.ts';
import { canStartTarget, canStartWave } from './can.ts';
import type { PlanEntry } from './entry.ts';
import { conditions, OWN, verdicts, type Why, why } from './gate.ts';
import { closing } from './half-open.ts';
import { allHolds, waveHolds } from './holds.ts';
import { passKey } from './keys.ts';
import { snapshot, storedReadings, toStored } from './readings.ts';
import {
  isOverridden,
  isPauseOverridden,
  type PlanState,
  standingTrips,
  type TargetState,
  trippedBy,
  unsettledTrips,
  type WaveState,
  waveNamed,
  waveOf,
} from './state.ts';

type On<D extends Action['do']> = Extract<Action, { do: D }>;

/** Not what this can be done with now, by the rule that asks for it. */
const notNow = (rule: string, text: string, target?: string): Why => ({
  ...why('not-pending', text, target),
  rule,
});

/** A named pass: the decision of a manual gate, and an override of what the gate's own conditions miss. */
export function actGate(room: Room, action: On<'pass-gate'>): Answer {
  const { state, book, here } = room;
  const wave = waveNamed(state, action.wave);
  if (!wave) return refuse([why('not-pending', say.unknown(`"${action.wave}"`))]);
  const list: Why[] = [];
  if (state.status !== 'running' && !isPauseOverridden(state, wave.name, null))
    list.push(why('plan-not-running', say.planNotRunning(state.status)));
  if (wave.passedAt !== null || wave.startedAt === null)
    list.push(
      notNow(
        '6',
        say.wrongState(`"${wave.name}"`, wave.passedAt === null ? 'pending' : 'passed', 'at its gate'),
      ),
    );
  if (state.breaker.state !== 'closed' && !isOverridden(state, 'breaker-open', wave.name, null))
    list.push(why('breaker-open', say.breakerOpen(state.breaker.state, trippedBy(state))));
  list.push(...waveHolds(state, wave).map(({ rule, code, text }) => ({ rule, code, text })));
  if (state.untrusted) list.push(why('clock-untrusted', say.clockUntrusted));
  const open = wave.targets.filter((id) =>
    ['pending', 'running', 'reverting'].includes(state.targets[id]?.state ?? ''),
  );
  if (wave.startedAt !== null && open[0] !== undefined)
    list.push(
      why('bake-not-full', say.wrongState(open[0], state.targets[open[0]]?.state ?? '', 'done or skipped')),
    );
  if (list.length > 0) return refuse(list);
  const all = conditions(state, book, wave, here);
  const manual = wave.gate === 'manual';
  const missed = all.filter(
    (one) => !one.met && !one.overridden && (manual ? one.code === 'bake-not-full' : OWN.includes(one.code)),
  );
  const entries: PlanEntry[] = missed.map((one) =>
    overrideEntry(room, action, one.code, [one], wave.name, one.target),
  );
  entries.push({
    kind: 'gate-passed',
    key: passKey(state, wave),
    body: {
      ...base(state, action),
      wave: wave.name,
      n: wave.bake?.n ?? 0,
      trips: standingTrips(state).map((trip) => trip.key),
      verdicts:
        wave.bake?.ended?.cause === 'full' && wave.waiting === null
          ? verdicts(state, book, wave, here.now)
          : {},
      readings: storedReadings(book, wave.targets, here.now),
      conditions: all.map(({ code, met, text }) => ({ code, met: met || DECIDED.includes(code), text })),
    },
  });
  return allow(entries);
}

/** Conditions that ask for nothing but a named decision: the pass itself is it. */
const DECIDED: readonly HoldCode[] = ['manual', 'no-better'];

function overrideEntry(
  { state, commander }: Room,
  action: Action,
  code: HoldCode,
  overrode: readonly Why[],
  wave: string | undefined,
  target: string | undefined,
): PlanEntry {
  return {
    kind: 'hold-overridden',
    body: {
      ...base(state, action),
      reason: action.reason ?? '',
      code,
      ...(wave === undefined ? {} : { wave }),
      ...(target === undefined ? {} : { target }),
      overrode: overrode.map((one) => ({ code: one.code, text: one.text })),
      ...(commander !== undefined && commander !== action.by ? { notCommander: true } : {}),
    },
  };
}

/** Targets that may be tried alone: the pending ones of this wave, or of the next if none is left (rule 4). */
export function tryable(state: PlanState): string[] {
  const open = state.waves.filter((wave) => wave.passedAt === null);
  for (const wave of open) {
    const pending = wave.targets.filter((id) => state.targets[id]?.state === 'pending');
    if (pending.length > 0) return pending;
  }
  return [];
}

export function actBreaker(room: Room, action: On<'breaker'>): Answer {
  const { state, book, here } = room;
  if (state.status !== 'running' && state.status !== 'paused')
    return refuse([why('plan-not-running', say.planNotRunning(state.status))]);
  if (state.breaker.state === 'closed')
    return refuse([notNow('4', say.wrongState('The breaker', 'closed', 'open'))]);
  const target = state.targets[action.target];
  if (!target) return refuse([why('not-pending', say.unknown(action.target))]);
  if (action.choose === 'accept') return accept(room, target, action);
  const able =
    action.choose === 'try-one'
      ? tryable(state).includes(target.id)
      : target.baseline !== null && trippedBy(state).includes(target.id);
  if (!able)
    return refuse([
      notNow(
        '4',
        say.wrongState(
          target.id,
          target.state,
          action.choose === 'try-one' ? 'pending, in this wave or the next' : 'the target that tripped',
        ),
        target.id,
      ),
    ]);
  return allow([
    {
      kind: 'breaker-half-opened',
      body: {
        ...base(state, action),
        reason: action.reason ?? '',
        target: target.id,
        wave: waveOf(state, target.id)?.name,
        choose: action.choose,
        trips: standingTrips(state).map((trip) => trip.key),
        readings: snapshot(book, target.id, here.now).readings.map(toStored),
      },
    },
  ]);
}

/** "Not ours": the present readings become the baseline; the breaker closes at once if no other trip stands (rule 4). */
function accept(room: Room, target: TargetState, action: On<'breaker'>): Answer {
  const { state, book, here } = room;
  const own = unsettledTrips(state, target.id);
  if (own.length === 0)
    return refuse([
      notNow('4', say.wrongState(target.id, 'not worse', 'the target that tripped'), target.id),
    ]);
  const entries: PlanEntry[] = [
    {
      kind: 'trip-accepted',
      body: {
        ...base(state, action),
        reason: action.reason ?? '',
        target: target.id,
        wave: waveOf(state, target.id)?.name,
        trips: own.map((trip) => trip.key),
        readings: snapshot(book, target.id, here.now).readings.map(toStored),
      },
    },
  ];
  // One that is well again stands too: nobody has looked at it yet.
  const others = standingTrips(state).some((trip) => trip.target !== target.id);
  if (!others) entries.push(closing(state, book, here.now, action.by, action.reason));
  return allow(entries);
}

/** Refusals that are no holds: there is nothing to override in them. */
const NO_HOLDS: readonly HoldCode[] = ['no-revert-steps', 'not-retractable', 'not-pending'];
/** Holds of the plan as a whole. */
const OF_PLAN: readonly HoldCode[] = ['two-no-better', 'cool', 'clock-untrusted'];
/** Holds of a wave even if a target is named. */
const OF_WAVE: readonly HoldCode[] = [
  'wave-before-not-passed',
  'preflight',
  'manual',
  'bake-not-full',
  'cut-off',
];

export function actOverride(room: Room, action: On<'override'>): Answer {
  const { state } = room;
  const { hold } = action;
  if (!isHoldCode(hold) || NO_HOLDS.includes(hold)) return refuse([notNow('7', say.nothingHeld(hold))]);
  if (action.wave !== undefined && !waveNamed(state, action.wave))
    return refuse([why('not-pending', say.unknown(`"${action.wave}"`))]);
  if (action.target !== undefined && !state.targets[action.target])
    return refuse([why('not-pending', say.unknown(action.target))]);
  if (state.status === 'completed' || state.status === 'aborted')
    return refuse([why('plan-not-running', say.planNotRunning(state.status))]);
  if (hold === 'preflight' && state.status === 'draft')
    return allow([overrideEntry(room, action, hold, draftFindings(state), undefined, undefined)]);
  if (hold === 'plan-not-running') return overridePause(room, action);
  for (const wave of scopes(state, action)) {
    const standing = standingIn(room, wave, action.target).filter(
      (one) =>
        one.code === hold &&
        (action.target === undefined || one.target === undefined || one.target === action.target),
    );
    if (standing.length === 0) continue;
    if (OF_PLAN.includes(hold))
      return allow([overrideEntry(room, action, hold, standing, undefined, undefined)]);
    const target = OF_WAVE.includes(hold) ? undefined : action.target;
    return allow([overrideEntry(room, action, hold, standing, wave.name, target)]);
  }
  return refuse([notNow('7', say.nothingHeld(hold))]);
}

/** A pause is a hold (rules 7, 11): overridden for a target, a wave, or all. A plan that was not started is started instead. */
function overridePause(room: Room, action: On<'override'>): Answer {
  const { status } = room.state;
  const code = 'plan-not-running';
  if (status !== 'paused') return refuse([notNow('7', say.nothingHeld(code))]);
  const paused = [why(code, say.planNotRunning(status))];
  const wave =
    action.wave ?? (action.target === undefined ? undefined : waveOf(room.state, action.target)?.name);
  return allow([overrideEntry(room, action, code, paused, wave, action.target)]);
}

const draftFindings = (state: PlanState): Why[] => [
  ...state.findings.filter((one) => !one.accepted).map((one) => why('preflight', one.text)),
  // Accepted or not, data that cannot be taken back asks for an override of its own.
  ...(state.plan.change.schema === 'irreversible' ? [why('preflight', say.irreversible)] : []),
];

function scopes(state: PlanState, action: On<'override'>): WaveState[] {
  const wave =
    action.wave !== undefined
      ? waveNamed(state, action.wave)
      : action.target !== undefined
        ? waveOf(state, action.target)
        : undefined;
  if (wave) return [wave];
  const open = state.waves.filter((one) => one.passedAt === null);
  return open.length > 0 ? open : state.waves.slice(-1);
}

/** Everything that holds this wave, or this target of it, now: its gate, itself, its start, the plan. */
function standingIn(room: Room, wave: WaveState, target: string | undefined): Why[] {
  const { state, book, here } = room;
  const list: Why[] = [
    ...waveHolds(state, wave),
    ...allHolds(state, book, here).filter(
      // Also the silence that keeps the breaker half-open.
      (one) => OF_PLAN.includes(one.code) || (one.code === 'stale' && one.wave === undefined),
    ),
  ];
  if (wave.startedAt !== null && wave.passedAt === null)
    list.push(...conditions(state, book, wave, here).filter((one) => !one.met && !one.overridden));
  if (wave.startedAt === null) list.push(...canStartWave(state, wave, findNow(room, wave)));
  const pending = (target === undefined ? wave.targets : [target]).filter(
    (id) => state.targets[id]?.state === 'pending',
  );
  for (const id of pending)
    list.push(
      ...canStartTarget(state, book, id, here, findNow(room, wave), { sure: false, alone: false }).map(
        (one) => ({
          ...one,
          target: id,
        }),
      ),
    );
  if (state.breaker.state !== 'closed')
    list.push(why('breaker-open', say.breakerOpen(state.breaker.state, trippedBy(state))));
  return list;
}
