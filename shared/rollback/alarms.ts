// What of a plan must not wait for somebody to look: an open breaker, a gate that waits, a bake after which a person must act.
// Each occasion has a key that every machine derives alike. Pure.
import { type PlanState, trippedBy, type WaveState } from './state.ts';

export interface Alarm {
  readonly key: string;
  readonly kind: 'breaker' | 'gate' | 'bake' | 'clock';
  /** The target that tripped, or the wave; empty of the clock. */
  readonly about: string;
  /** Plan time, milliseconds. */
  readonly since: number;
}

/** What a person did with the plan, as its entries have it, in the order of state. */
export interface PersonAct {
  readonly kind: string;
  readonly by: string;
  /** Plan time, milliseconds. */
  readonly at: number;
  /** Of `alarm-acknowledged`: keys of the alarms. */
  readonly alarms: readonly string[];
}

export interface Had {
  readonly by: string;
  readonly at: number;
}

/** The kind of the entry by which a named person takes alarms without doing anything else yet. */
export const ACKNOWLEDGED = 'alarm-acknowledged';

/** Whoever does this with the plan is at it: the act is the acknowledgement of what stood before it. */
const TAKES: Readonly<Record<Alarm['kind'], ReadonlySet<string>>> = {
  breaker: new Set(['hold-overridden', 'target-reverting', 'trip-accepted', 'plan-paused']),
  gate: new Set([
    'hold-overridden',
    'target-reverting',
    'target-retried',
    'target-skipped',
    'plan-paused',
    'plan-changed',
  ]),
  bake: new Set([
    'hold-overridden',
    'target-reverting',
    'target-retried',
    'target-skipped',
    'plan-paused',
    'plan-changed',
    'step-started',
    'step-done',
    'finding-accepted',
  ]),
  // Going on ends it; a plan that is paused meanwhile is in somebody's hands.
  clock: new Set(['plan-paused']),
};
/** Kinds of entries that may take an alarm. */
export const ACTS: ReadonlySet<string> = new Set([
  ACKNOWLEDGED,
  ...TAKES.breaker,
  ...TAKES.gate,
  ...TAKES.bake,
]);

/** The wave that passed last. */
function lastPassed(state: PlanState): WaveState | null {
  let last: WaveState | null = null;
  for (const wave of state.waves)
    if (wave.passedAt !== null && (last?.passedAt == null || wave.passedAt >= last.passedAt)) last = wave;
  return last;
}

/** The alarms that stand now, whoever has them. */
export function alarmsOf(state: PlanState): Alarm[] {
  if (state.status !== 'running' && state.status !== 'paused') return [];
  const list: Alarm[] = [];
  const { breaker } = state;
  if (breaker.state === 'open') {
    list.push({
      key: `breaker:${state.id}:${breaker.openings}`,
      kind: 'breaker',
      about: trippedBy(state)[0] ?? '',
      since: breaker.openedAt ?? state.startedAt ?? state.createdAt,
    });
  }
  if (state.untrusted !== null)
    list.push({
      key: `clock:${state.id}:${state.untrusted.device}:${state.untrusted.since}`.slice(0, 400),
      kind: 'clock',
      about: '',
      since: state.untrusted.since,
    });
  for (const wave of state.waves)
    if (wave.waiting !== null && wave.passedAt === null)
      list.push({
        key: `gate:${state.id}:${wave.name}:${wave.bake?.n ?? 0}`,
        kind: 'gate',
        about: wave.name,
        since: wave.waiting.at,
      });
  // A gate that passed by itself says nothing to anybody: what comes next waits for a person.
  const last = lastPassed(state);
  const atWork = state.waves.some((wave) => wave.startedAt !== null && wave.passedAt === null);
  if (
    state.status === 'running' &&
    breaker.state === 'closed' &&
    !atWork &&
    last?.passedAt != null &&
    last.passedBy === null
  )
    list.push({
      key: `bake:${state.id}:${last.name}:${last.bake?.n ?? 0}`,
      kind: 'bake',
      about: last.name,
      since: last.passedAt,
    });
  return list;
}

/** Who has an alarm: the first that said so, or that acted after it began. */
export function hadBy(alarm: Alarm, acts: readonly PersonAct[]): Had | null {
  for (const act of acts) {
    const takes =
      act.kind === ACKNOWLEDGED
        ? act.alarms.includes(alarm.key)
        : act.at >= alarm.since && TAKES[alarm.kind].has(act.kind);
    if (takes) return { by: act.by, at: act.at };
  }
  return null;
}
