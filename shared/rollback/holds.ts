// What holds at this moment, and the state of each wave, as functions of the plan's state: the screen only draws them.
import { rollbackText as say } from '../text/rollback.ts';
import { silentSpans, watched } from './bake.ts';
import type { Here } from './entry.ts';
import { type Condition, conditions, dangerHolds, revertsFailed, type Why, why } from './gate.ts';
import { type Book, isFresh } from './readings.ts';
import {
  isDisputed,
  isOverridden,
  isPauseOverridden,
  type PlanState,
  trippedBy,
  type WaveState,
  type WaveStatus,
  watchedIn,
  waveOf,
} from './state.ts';

export interface Hold extends Why {
  readonly wave?: string;
}

/** What holds a wave whatever its gate says: failed, reverted, disputed, a dangerous step done twice (rules 8, 9, 13). */
export function waveHolds(state: PlanState, wave: WaveState): Hold[] {
  const holds: Hold[] = [];
  const add = (one: Why): void => {
    if (!isOverridden(state, one.code, wave.name, one.target ?? null))
      holds.push({ ...one, wave: wave.name });
  };
  for (const id of wave.targets) {
    const target = state.targets[id];
    if (!target) continue;
    if (target.state === 'failed') add(why('target-failed', say.targetFailed(id), id));
    if (target.state === 'reverted') add(why('target-reverted', say.targetReverted(id), id));
    if (isDisputed(target)) add(why('disputed', say.disputed(id), id));
  }
  for (const one of revertsFailed(wave, state)) add(why('target-failed', one.text, one.target));
  for (const one of dangerHolds(state, wave)) add(why('danger-twice', one.text, one.target));
  return holds;
}

export function waveStatus(state: PlanState, wave: WaveState): WaveStatus {
  if (wave.passedAt !== null) return 'passed';
  if (state.status === 'aborted') return 'aborted';
  const holds = waveHolds(state, wave);
  if (wave.startedAt === null) return holds.length > 0 ? 'held' : 'pending';
  if (holds.length > 0 || state.breaker.state !== 'closed') return 'held';
  if (wave.bake && !wave.bake.ended) return 'baking';
  if (wave.bake?.ended?.cause === 'full') return 'at gate';
  return 'running';
}

/** Is the plan ready to start: preflight has run, and its findings are accepted (rule 1)? */
export const isReady = (state: PlanState): boolean =>
  state.checked && state.findings.every((finding) => finding.accepted !== null);

export type ShownStatus = 'draft' | 'ready' | 'running' | 'paused' | 'completed' | 'aborted';

export const planStatus = (state: PlanState): ShownStatus =>
  state.status === 'draft' && isReady(state) ? 'ready' : state.status;

/** Milliseconds until the breaker may close; 0 when the cool time is over or overridden. */
export function coolLeft(state: PlanState, now: number): number {
  if (state.breaker.openedAt === null || isOverridden(state, 'cool', null, null)) return 0;
  return Math.max(0, state.breaker.openedAt + state.plan.breaker.cool - now);
}

function breakerHolds(state: PlanState, book: Book, now: number): Hold[] {
  const { breaker } = state;
  if (breaker.state === 'closed' || !['running', 'paused'].includes(state.status)) return [];
  const tripped = trippedBy(state);
  const holds: Hold[] = [why('breaker-open', say.breakerOpen(breaker.state, tripped), tripped[0])];
  if (breaker.half) {
    const working = breaker.half.choose === 'look-again' || breaker.trial !== null;
    for (const target of working ? watchedIn(state) : [])
      if (
        !isFresh(book.of(target), now, state.plan.breaker.stale) &&
        !isOverridden(state, 'stale', waveOf(state, target)?.name ?? null, target)
      )
        holds.push(why('stale', say.halfSilent(target), target));
  }
  const left = coolLeft(state, now);
  if (left > 0) holds.push(why('cool', say.cool(left)));
  return holds;
}

/** Everything that holds now, plan first, then waves in order. */
export function allHolds(state: PlanState, book: Book, here: Here): Hold[] {
  if (state.status === 'completed' || state.status === 'aborted') return [];
  const holds: Hold[] = [];
  if (state.status === 'draft') {
    const open = state.findings.filter((finding) => !finding.accepted);
    if (isOverridden(state, 'preflight', null, null)) return [];
    if (!state.checked) holds.push(why('preflight', say.notChecked));
    else if (open.length > 0) holds.push(why('preflight', say.preflight(open.length, open[0]?.text ?? '')));
    else if (state.plan.change.schema === 'irreversible') holds.push(why('preflight', say.irreversible));
    return holds;
  }
  if (state.status === 'paused' && !isPauseOverridden(state, null, null))
    holds.push(why('plan-not-running', say.planNotRunning('paused')));
  holds.push(...breakerHolds(state, book, here.now));
  if (state.twoNoBetter)
    holds.push(
      why(
        'two-no-better',
        say.twoNoBetter(state.verdicts.filter((v) => v.verdict === 'no-better').map((v) => v.target)),
      ),
    );
  if (state.untrusted) holds.push(why('clock-untrusted', say.clockUntrusted));
  for (const wave of state.waves) {
    if (wave.passedAt !== null) continue;
    holds.push(...waveHolds(state, wave));
    if (!wave.bake || wave.startedAt === null) continue;
    if (wave.bake.ended && wave.bake.ended.cause !== 'full') continue;
    const own = conditions(state, book, wave, here).filter((one) => !one.met && !one.overridden);
    for (const one of own) {
      const known = holds.some(
        (hold) => hold.code === one.code && (hold.wave === wave.name || hold.wave === undefined),
      );
      if (!known) holds.push({ ...strip(one), wave: wave.name });
    }
  }
  return holds;
}

const strip = ({ rule, code, text, target }: Condition): Hold =>
  target === undefined ? { rule, code, text } : { rule, code, text, target };

export interface ShownBake {
  readonly needed: number;
  readonly watched: number;
  readonly gaps: readonly { readonly from: number; readonly to: number | null; readonly cause: string }[];
}

/** The bake as its bar shows it; milliseconds and plan time. A silence that goes on is a gap without an end. */
export function shownBake(state: PlanState, book: Book, wave: WaveState, now: number): ShownBake {
  const needed = wave.bakeNeeded ?? 0;
  const { bake } = wave;
  if (!bake) return { needed, watched: 0, gaps: [] };
  const { open } = silentSpans(state, book, bake, now);
  const seen = watched(state, book, bake, now);
  const going = (from: number | undefined | null, cause: string): ShownBake['gaps'] =>
    from === undefined || from === null || bake.ended
      ? []
      : [{ from: Math.max(from, bake.startedAt), to: null, cause }];
  return {
    needed: bake.needed,
    watched: Math.min(seen, bake.needed),
    gaps: apart([
      ...bake.gaps,
      ...going(open, 'silent'),
      ...going(state.untrusted?.since, 'clock-untrusted'),
    ]),
  };
}

/** Gaps in order of time, each from where the one before ended: time that nobody watched is hatched once. */
function apart(gaps: ShownBake['gaps']): ShownBake['gaps'] {
  const list: ShownBake['gaps'][number][] = [];
  for (const gap of [...gaps].sort((a, b) => a.from - b.from)) {
    const last = list.at(-1);
    if (last && last.to === null) break;
    const from = Math.max(gap.from, last?.to ?? gap.from);
    if (gap.to === null || gap.to > from) list.push({ ...gap, from });
  }
  return list;
}

export type Mark = 'worse' | 'blind' | 'accepted-worse' | 'no-better' | 'disputed';

export function marks(state: PlanState, id: string): Mark[] {
  const target = state.targets[id];
  if (!target) return [];
  const list: Mark[] = [];
  if (trippedBy(state).includes(id)) list.push('worse');
  if (target.blind && ['running', 'done', 'failed'].includes(target.state)) list.push('blind');
  if (target.acceptedWorse) list.push('accepted-worse');
  if (state.verdicts.some((one) => one.target === id && one.verdict === 'no-better')) list.push('no-better');
  if (isDisputed(target)) list.push('disputed');
  return list;
}
