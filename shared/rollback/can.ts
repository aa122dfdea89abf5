// May this start now (rules 1, 3, 10)? Every rule that forbids it is named, so that a refusal explains itself.
import { rollbackText as say } from '../text/rollback.ts';
import type { Here } from './entry.ts';
import { type Why, why } from './gate.ts';
import { waveHolds } from './holds.ts';
import { type Finding, newFindings } from './preflight.ts';
import type { Book } from './readings.ts';
import {
  isOverridden,
  isPauseOverridden,
  type PlanState,
  trippedBy,
  type WaveState,
  waveOf,
} from './state.ts';
import { worseNow } from './worse.ts';

const wait = (left: number, apart: number): string => say.paceSoon(left, apart);

/** A start needs a plan that runs (rule 1); pause stops starts (rule 11), unless it was overridden for this one (rule 7). */
const plan = (state: PlanState, wave: string, target: string | null): Why[] =>
  state.status === 'running' || isPauseOverridden(state, wave, target)
    ? []
    : [
        {
          ...why('plan-not-running', say.planNotRunning(state.status)),
          rule: state.status === 'paused' || state.status === 'aborted' ? '11' : '1',
        },
      ];

/** Only what is pending can be started (rule 1). */
const notPending = (text: string): Why => ({ ...why('not-pending', text), rule: '1' });

function breaker(state: PlanState, wave: string | null, target: string | null): Why[] {
  const { breaker: one } = state;
  if (one.state === 'closed') return [];
  if (target !== null && one.half?.choose === 'try-one' && one.half.target === target) return [];
  if (isOverridden(state, 'breaker-open', wave, target)) return [];
  return [why('breaker-open', say.breakerOpen(one.state, trippedBy(state)))];
}

function twoNoBetter(state: PlanState): Why[] {
  if (!state.twoNoBetter) return [];
  const targets = state.verdicts.filter((one) => one.verdict === 'no-better').map((one) => one.target);
  return [why('two-no-better', say.twoNoBetter(targets))];
}

/** What forbids the start of a wave. `found`: what preflight finds at this moment. */
export function canStartWave(state: PlanState, wave: WaveState, found: readonly Finding[]): Why[] {
  const list = [...plan(state, wave.name, null)];
  if (wave.startedAt !== null)
    list.push(
      notPending(say.wrongState(`"${wave.name}"`, wave.passedAt === null ? 'running' : 'passed', 'pending')),
    );
  list.push(...breaker(state, wave.name, null), ...waveOrder(state, wave), ...twoNoBetter(state));
  list.push(...preflight(state, wave, found));
  return list;
}

/** A target that was pulled forward bakes alone (rule 10): it is no wave "before" the others, which keep their own order. */
function waveOrder(state: PlanState, wave: WaveState): Why[] {
  const before = state.waves
    .slice(0, state.waves.indexOf(wave))
    .filter((one) => one.passedAt === null && !one.alone);
  if (before.length === 0 || isOverridden(state, 'wave-before-not-passed', wave.name, null)) return [];
  return [why('wave-before-not-passed', say.waveBefore(before.at(-1)?.name ?? ''))];
}

function preflight(state: PlanState, wave: WaveState, found: readonly Finding[]): Why[] {
  if (isOverridden(state, 'preflight', wave.name, null)) return [];
  const fresh = newFindings(state, found);
  return fresh.length === 0 ? [] : [why('preflight', say.preflight(fresh.length, fresh[0]?.text ?? ''))];
}

export interface StartOptions {
  /** "It is worse than in the plan baseline, start?" was answered yes. */
  readonly sure: boolean;
  /** Pulled forward: waits for no wave (rule 10). */
  readonly alone: boolean;
}

/** What forbids the start of a target that is pending. */
export function canStartTarget(
  state: PlanState,
  book: Book,
  id: string,
  here: Here,
  found: readonly Finding[],
  options: StartOptions,
): Why[] {
  const target = state.targets[id];
  const wave = waveOf(state, id);
  if (!target || !wave) return [notPending(say.unknown(id))];
  const list = [...plan(state, wave.name, id)];
  if (target.state !== 'pending') list.push(notPending(say.wrongState(id, target.state, 'pending')));
  list.push(...breaker(state, wave.name, id));
  const tried = state.breaker.half?.choose === 'try-one' && state.breaker.half.target === id;
  if (!options.alone && !tried) {
    // Also in a wave that has begun: the pass of the one before it may have been taken back since (rules 9, 12, 13).
    list.push(...waveOrder(state, wave));
    if (wave.startedAt === null) list.push(...preflight(state, wave, found));
    list.push(...waveHolds(state, wave).filter((hold) => hold.target !== id));
  }
  list.push(
    ...twoNoBetter(state),
    ...pace(state, wave, id, here.now),
    ...worse(state, book, id, here.now, options.sure),
  );
  return list;
}

/** At most so many at once, and so long between two starts of a wave (rule 1). */
export function pace(state: PlanState, wave: WaveState, id: string, now: number): Why[] {
  if (isOverridden(state, 'pace', wave.name, id)) return [];
  const { atOnce, apart } = state.plan.pace;
  const list: Why[] = [];
  const running = Object.values(state.targets).filter((one) => one.state === 'running' && one.id !== id);
  if (atOnce !== null && running.length >= atOnce)
    list.push(
      why(
        'pace',
        say.paceMany(
          running.map((one) => one.id),
          atOnce,
        ),
      ),
    );
  const last = Math.max(
    ...wave.targets.map(
      (one) => (one === id ? null : state.targets[one]?.startedAt) ?? Number.NEGATIVE_INFINITY,
    ),
  );
  if (now - last < apart) list.push(why('pace', wait(last + apart - now, apart)));
  return list.slice(0, 1);
}

function worse(state: PlanState, book: Book, id: string, now: number, sure: boolean): Why[] {
  const baseline = state.planBaseline[id];
  if (sure || !baseline || isOverridden(state, 'worse-than-plan-baseline', null, id)) return [];
  const found = worseNow({ state, target: id, baseline, readings: book.of(id), since: baseline.at, now });
  if (!found) return [];
  return [why('worse-than-plan-baseline', say.worse(id, `${found.value}, then ${found.baseline}`), id)];
}

/** What forbids trying a target again: a reverted one starts anew, a failed one is only finished (rules 3, 8, 13). */
export function canRetry(state: PlanState, id: string, here: Here): Why[] {
  const target = state.targets[id];
  const wave = waveOf(state, id);
  if (!target || !wave) return [notPending(say.unknown(id))];
  if (target.state === 'failed')
    return ['running', 'paused'].includes(state.status) ? [] : plan(state, wave.name, id);
  if (target.state !== 'reverted')
    return [{ ...notPending(say.wrongState(id, target.state, 'failed or reverted')), rule: '8' }];
  return [
    ...plan(state, wave.name, id),
    ...breaker(state, wave.name, id),
    ...pace(state, wave, id, here.now),
  ];
}
