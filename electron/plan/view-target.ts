// A target of a plan as the screen draws it: steps, readings against their baseline, marks, what forbids its start or retry.
import type { PlanTarget } from '../../shared/contract/plan.ts';
import type { State } from '../../shared/health/types.ts';
import { act } from '../../shared/rollback/act.ts';
import type { Room } from '../../shared/rollback/action.ts';
import { canRetry, canStartTarget } from '../../shared/rollback/can.ts';
import type { Why } from '../../shared/rollback/gate.ts';
import { marks } from '../../shared/rollback/holds.ts';
import { isFresh, lastOfEach, lastOwn, ours, type Reading } from '../../shared/rollback/readings.ts';
import { type PlanState, stepState, type TargetState } from '../../shared/rollback/state.ts';
import { readsFailing, severity } from '../../shared/rollback/worse.ts';
import { planText } from '../../shared/text/plan.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { stepMarks } from './view-steps.ts';
import { at, cut, type FindFor, forbids } from './view-words.ts';

/** What a reading says of its target. A probe that was not heard for too long is unknown where it was well: silence is not health. */
function stateOf(state: PlanState, one: Reading, now: number | null): State | null {
  if (one.type === 'feed' || one.type === 'person') return one.health;
  if (one.type !== 'probe' || one.tries <= 0) return null;
  if (one.errors > 90) return 'major-outage';
  if (readsFailing(state, one)) return 'degraded';
  return now !== null && now - one.at > state.plan.breaker.stale ? 'unknown' : 'operational';
}

/** `now` null: as they were then. */
function shownReadings(
  state: PlanState,
  readings: readonly Reading[],
  now: number | null,
): PlanTarget['reading'] {
  const rank = (one: Reading): number =>
    ours(one) ? -1 : 9 - (one.type === 'feed' ? (severity(one.health) ?? 0) : 0);
  return [...readings]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 12)
    .map((one) => ({
      source: cut(one.source, 200),
      text: cut(words(one), 400),
      state: stateOf(state, one, now),
      at: toInstant(one.at),
      ours: ours(one),
    }));
}

function words(one: Reading): string {
  if (one.type === 'probe') return planText.reading.probe(one.errors, one.tries, one.p95);
  if (one.type === 'feed') return planText.reading.feed(one.service, one.health);
  if (one.type === 'person') return planText.reading.person(one.health, one.by);
  return planText.reading.alert(one.labels['alertname'] ?? 'alert', one.firing);
}

export function targetView(room: Room, id: string, findFor: FindFor): PlanTarget[] {
  const { state, book, here } = room;
  const target = state.targets[id];
  const wave = state.waves.find((one) => one.targets.includes(id));
  if (!target) return [];
  const readings = book.of(id);
  const last = lastOwn(readings, here.now);
  const fresh = isFresh(readings, here.now, state.plan.breaker.stale);
  const pending = target.state === 'pending' && wave !== undefined;
  const may = (alone: boolean): Why[] =>
    canStartTarget(state, book, id, here, findFor(wave!), { sure: false, alone });
  const startForbids = pending
    ? may(false)
    : target.state === 'failed' || target.state === 'reverted'
      ? canRetry(state, id, here)
      : [];
  return [
    {
      id,
      wave: wave?.name ?? null,
      state: target.state,
      marks: marks(state, id),
      on: target.on,
      startedAt: at(target.startedAt),
      reason: target.reason === null ? null : cut(target.reason, 2000),
      acceptedBy: target.acceptedWorse?.by ?? null,
      baseline: shownReadings(state, (target.baseline ?? state.planBaseline[id])?.readings ?? [], null),
      reading: shownReadings(state, lastOfEach(readings, here.now), here.now),
      silentSince: fresh || !last ? null : toInstant(last.at),
      heard: last !== undefined,
      steps: targetSteps(room, target),
      unaware: target.unaware,
      startForbids: forbids(startForbids),
      skipForbids: forbids(act(room, { do: 'skip-target', target: id, by: '' }).why),
      revertForbids: forbids(act(room, { do: 'revert', target: id, by: '' }).why),
      pullForbids: pending ? forbids(may(true)) : [],
    },
  ];
}

function targetSteps({ state }: Room, target: TargetState): PlanTarget['steps'] {
  const reverting = target.state === 'reverting' || target.state === 'reverted';
  const sections = reverting ? (['prepare', 'each', 'revert'] as const) : (['prepare', 'each'] as const);
  return sections
    .flatMap((section) =>
      state.plan.steps[section].map((step) => {
        const now = stepState(target, section, step.number);
        return { section, ...stepMarks(step.number, now) };
      }),
    )
    .slice(0, 400);
}
