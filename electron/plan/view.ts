// A plan as the screen draws it: every state with its explanation, bounded, at one moment. Pure.
import type { PlanAlarm, PlanView, PlanWhy } from '../../shared/contract/plan.ts';
import { act } from '../../shared/rollback/act.ts';
import { type Action, findNow, type Room } from '../../shared/rollback/action.ts';
import { alarmsOf, hadBy, type PersonAct } from '../../shared/rollback/alarms.ts';
import { allHolds, planStatus } from '../../shared/rollback/holds.ts';
import { ownAsks, ownList } from '../../shared/rollback/own.ts';
import type { Finding } from '../../shared/rollback/preflight.ts';
import { hasLimit } from '../../shared/rollback/rule-change.ts';
import type { PlanState, WaveState } from '../../shared/rollback/state.ts';
import { targetList } from '../../shared/rollback/summary.ts';
import { rollbackText } from '../../shared/text/rollback.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { watchForbids } from './perform.ts';
import { breakerView } from './view-breaker.ts';
import { ownView, stepTexts } from './view-steps.ts';
import { targetView } from './view-target.ts';
import { waveView } from './view-wave.ts';
import { at, cut, forbids } from './view-words.ts';

export interface Seen {
  readonly incident: string;
  /** This machine. */
  readonly device: string;
  readonly sleepWarning: string | null;
  /** Title of a plan of the same incident. */
  readonly titleOf: (plan: string) => string;
  /** What people did with the plan: by it an alarm is had. */
  readonly acts: readonly PersonAct[];
}

/** Builds the view. Preflight is run once per wave that has not begun. */
export function planView(room: Room, seen: Seen): PlanView {
  const { state, book, here } = room;
  const { plan } = state;
  const found = new Map<WaveState, readonly Finding[]>();
  const findFor = (wave: WaveState): readonly Finding[] => {
    const known = found.get(wave);
    if (known) return known;
    const made = wave.passedAt === null ? findNow(room, wave) : [];
    found.set(wave, made);
    return made;
  };
  const dry = (action: Omit<Action, 'by'>): PlanWhy[] =>
    forbids(act(room, { ...action, by: '' } as Action).why);
  const waves = state.waves.map((wave) => waveView(room, wave, findFor, dry));
  const running = state.status === 'running';
  return {
    id: state.id,
    incident: seen.incident,
    kind: plan.kind,
    title: cut(plan.title, 400),
    state: planStatus(state),
    held: running && (state.breaker.state !== 'closed' || waves.some((wave) => wave.state === 'held')),
    takesOver:
      state.takesOver === null
        ? null
        : { plan: state.takesOver, title: cut(seen.titleOf(state.takesOver), 400) },
    takenOverBy: state.takenOver.slice(-20).map((one) => ({
      plan: one.plan,
      title: cut(seen.titleOf(one.plan), 400),
      targets: one.targets.slice(0, 500),
    })),
    change: plan.change,
    createdAt: toInstant(state.createdAt),
    startedAt: at(state.startedAt),
    now: toInstant(here.now),
    watch: { device: state.watcher, here: state.watcher === seen.device },
    checked: state.checked,
    findings: state.findings.slice(0, 400).map(({ code, about, text, question, accepted }) => ({
      code,
      about: cut(about, 200),
      text: cut(text, 2000),
      question,
      accepted: accepted && { ...accepted },
    })),
    breaker: breakerView(room, dry),
    waves: waves.slice(0, 120),
    targets: plan.targets.slice(0, 500).flatMap((id) => targetView(room, id, findFor)),
    steps: stepTexts(room),
    before: ownView(room, 'before', null),
    finally: ownView(room, 'finally', null),
    variables: Object.fromEntries(
      Object.entries(plan.variables)
        .slice(0, 200)
        .map(([name, value]) => [cut(name, 60), cut(value, 2000)]),
    ),
    pace: { atOnce: plan.pace.atOnce, apartMs: plan.pace.apart },
    staleMs: plan.breaker.stale,
    rules: plan.breaker.trip.slice(0, 50).map((rule) => ({
      id: cut(rule.id, 400),
      text: cut(rule.text, 400),
      limit: hasLimit(rule)
        ? { type: rule.type, text: rule.limit.text, margin: rule.margin, forMs: rule.for }
        : null,
    })),
    holds: allHolds(state, book, here)
      .slice(0, 200)
      .map((hold) => ({
        ...forbids([hold])[0]!,
        ...(hold.wave === undefined ? {} : { wave: hold.wave }),
      })),
    alarms: alarmViews(state, seen.acts),
    overrides: state.overrides.slice(-200).map((one) => ({ ...one, at: toInstant(one.at) })),
    actions: {
      'start-plan': dry({ do: 'start-plan' } as Action),
      pause: dry({ do: 'pause' } as Action),
      resume: dry({ do: 'resume' } as Action),
      abort: dry({ do: 'abort' } as Action),
      complete: dry({ do: 'complete' } as Action),
      'take-watch': forbids(watchForbids(state, seen.device)),
    },
    asks: [
      ...(running && state.reverts >= 2 ? [rollbackText.askPause(state.reverts)] : []),
      ...ownAsks(state),
    ]
      .slice(0, 130)
      .map((one) => cut(one, 400)),
    left: ownList(state)
      .slice(0, 130)
      .map((one) => cut(one, 4000)),
    list: targetList(state)
      .slice(0, 500)
      .map((one) => ({ ...one, text: cut(one.text, 2400) })),
    sleepWarning: seen.sleepWarning,
  };
}

/** The alarms that stand, and who has them. */
export const alarmViews = (state: PlanState, acts: readonly PersonAct[]): PlanAlarm[] =>
  alarmsOf(state)
    .slice(0, 50)
    .map((one) => {
      const had = hadBy(one, acts);
      return {
        key: cut(one.key, 400),
        kind: one.kind,
        about: cut(one.about, 200),
        since: toInstant(one.since),
        had: had && { by: cut(had.by, 200), at: toInstant(had.at) },
      };
    });
