// What a machine decides by itself, as entries to append: trips and late news by any machine; bakes, gaps, gates and the
// breaker's way back by the watch alone (rule 9a). Pure: call again after each append until nothing comes.
import { toInstant } from '../time/clock.ts';
import { fullAt, newGaps, watched } from './bake.ts';
import type { Away, Here, PlanEntry } from './entry.ts';
import { conditions, passesByItself, verdicts } from './gate.ts';
import { decideHalfOpen } from './half-open.ts';
import { indexAfter, ofProbe } from './history.ts';
import { coolLeft, waveHolds } from './holds.ts';
import { doneKey, passKey, revertedKey } from './keys.ts';
import { type Book, lastOwn, type Reading, storedReadings } from './readings.ts';
import {
  allDone,
  type Bake,
  isDisputed,
  isPauseOverridden,
  type PlanState,
  standingTrips,
  trialWave,
  type WaveState,
  waveOf,
} from './state.ts';
import { lateNewsEntries, tripEntries } from './trips.ts';

/** The next entries that this machine writes by itself; empty when there is nothing to decide. */
export function decide(state: PlanState, book: Book, here: Here): PlanEntry[] {
  const live = state.status === 'running' || state.status === 'paused';
  if (live) {
    const trips = tripEntries(state, book, here.now);
    if (trips.length > 0) return trips;
    const late = lateNewsEntries(state, book, here.now);
    if (late.length > 0) return late;
  }
  if (state.watcher !== here.device) return [];
  const work = [...finished(state), ...endings(state, book, here.now)];
  if (work.length > 0 || !live) return work;
  const half = decideHalfOpen(state, book, here);
  if (half.length > 0) return half;
  const gaps = gapEntries(state, book, here);
  if (gaps.length > 0) return gaps;
  if (state.untrusted) return [];
  for (const wave of state.waves) {
    const next = decideWave(state, book, wave, here);
    if (next.length > 0) return next;
  }
  return [];
}

/** Targets whose steps are all done, and reverts that are through; also after abort: what runs may still be finished. */
function finished(state: PlanState): PlanEntry[] {
  const list: PlanEntry[] = [];
  for (const target of Object.values(state.targets)) {
    if (isDisputed(target)) continue;
    const wave = waveOf(state, target.id)?.name;
    const body = { plan: state.id, target: target.id, wave, attempt: target.attempt };
    if (target.state === 'running' && state.plan.steps.each.length > 0 && allDone(state, target, 'each'))
      list.push({ kind: 'target-done', key: doneKey(state, target), body });
    if (
      target.state === 'reverting' &&
      state.plan.steps.revert.length > 0 &&
      allDone(state, target, 'revert')
    )
      list.push({
        kind: 'target-reverted',
        key: revertedKey(state, target),
        body,
      });
  }
  return list;
}

/** A target that was pulled forward bakes alone, and its bake says so. */
const lone = (wave: WaveState): { target?: string } =>
  wave.alone && wave.targets[0] !== undefined ? { target: wave.targets[0] } : {};

const endBody = (state: PlanState, book: Book, wave: string, bake: Bake, now: number) => ({
  plan: state.id,
  wave,
  n: bake.n,
  cause: bake.ended?.cause ?? 'full',
  watched: Math.round(watched(state, book, bake, now) / 1000),
});

/** Bakes that a trip, an undo or a revert has ended, put on the record. */
function endings(state: PlanState, book: Book, now: number): PlanEntry[] {
  const list: PlanEntry[] = [];
  for (const wave of state.waves)
    if (wave.bake?.ended && !wave.bake.ended.written)
      list.push({
        kind: 'bake-ended',
        key: `bake:${state.id}:${wave.name}:${wave.bake.n}:ended`,
        body: { ...endBody(state, book, wave.name, wave.bake, now), ...lone(wave) },
      });
  const { trial } = state.breaker;
  if (trial?.ended && !trial.ended.written)
    list.push({
      kind: 'bake-ended',
      key: `trial:${state.id}:${trial.n}:ended`,
      body: {
        ...endBody(state, book, trialWave(state, trial), trial, now),
        trial: true,
        target: trial.targets[0],
      },
    });
  return list;
}

function gapEntries(state: PlanState, book: Book, here: Here): PlanEntry[] {
  const away: readonly Away[] = here.away ?? [];
  const list: PlanEntry[] = [];
  const add = (wave: string, bake: Bake, trial: boolean, alone: { target?: string }): void => {
    for (const gap of newGaps(state, book, bake, here.now, away))
      list.push({
        kind: 'bake-gap',
        key: `gap:${state.id}:${trial ? 'trial' : wave}:${bake.n}:${toInstant(gap.from)}`,
        body: {
          plan: state.id,
          wave,
          ...alone,
          n: bake.n,
          trial,
          from: toInstant(gap.from),
          to: toInstant(gap.to),
          cause: gap.cause,
        },
      });
  };
  for (const wave of state.waves)
    if (wave.bake && !wave.bake.ended) add(wave.name, wave.bake, false, lone(wave));
  const { trial } = state.breaker;
  if (trial && !trial.ended) add(trialWave(state, trial), trial, true, { target: trial.targets[0] ?? '' });
  return list;
}

function decideWave(state: PlanState, book: Book, wave: WaveState, here: Here): PlanEntry[] {
  if (wave.startedAt === null || wave.passedAt !== null || state.breaker.state !== 'closed') return [];
  const { bake } = wave;
  if (!bake || (bake.ended && bake.ended.cause !== 'full')) return startBake(state, book, wave, here);
  if (!bake.ended && watched(state, book, bake, here.now) >= bake.needed)
    return [
      {
        kind: 'bake-ended',
        key: `bake:${state.id}:${wave.name}:${bake.n}:ended`,
        body: { ...endBody(state, book, wave.name, bake, here.now), ...lone(wave) },
      },
    ];
  const atWork = wave.targets.some((id) =>
    ['pending', 'running', 'reverting'].includes(state.targets[id]?.state ?? ''),
  );
  return atWork ? [] : decideGate(state, book, wave, bake, here);
}

/** A bake starts when every target of the wave is done or skipped; a failed one only after an override (rules 5, 8). */
function startBake(state: PlanState, book: Book, wave: WaveState, here: Here): PlanEntry[] {
  const holds = waveHolds(state, wave);
  const blocked = new Set(holds.filter((hold) => hold.code !== 'danger-twice').map((hold) => hold.target));
  const ready = wave.targets.every((id) => {
    const target = state.targets[id]?.state;
    if (target === 'done' || target === 'skipped') return true;
    return (target === 'failed' || target === 'reverted') && !blocked.has(id);
  });
  if (!ready || blocked.size > 0) return [];
  const n = wave.bakes + 1;
  return [
    {
      kind: 'bake-started',
      key: `bake:${state.id}:${wave.name}:${n}`,
      body: {
        plan: state.id,
        wave: wave.name,
        n,
        needed: (wave.bakeNeeded ?? 0) / 1000,
        targets: [...wave.targets],
        ...lone(wave),
        peers: [...here.peers],
        readings: storedReadings(book, wave.targets, here.now),
      },
    },
  ];
}

const DECISIONS: readonly string[] = ['manual', 'needs-decision'];

function decideGate(state: PlanState, book: Book, wave: WaveState, bake: Bake, here: Here): PlanEntry[] {
  const full = bake.ended?.cause === 'full';
  const found = full && wave.waiting === null ? verdicts(state, book, wave, here.now) : {};
  const noBetter = Object.values(found).includes('no-better');
  const list = conditions(state, book, wave, here);
  if (passesByItself(list) && !noBetter) {
    // Pause stops gates; bakes and the breaker go on (rule 11).
    if (state.status !== 'running' && !isPauseOverridden(state, wave.name, null))
      return wait(state, wave, bake, full, ['plan-not-running'], found);
    return [
      {
        kind: 'gate-passed',
        key: passKey(state, wave),
        body: {
          plan: state.id,
          wave: wave.name,
          n: bake.n,
          trips: standingTrips(state).map((trip) => trip.key),
          verdicts: found,
          readings: storedReadings(book, wave.targets, here.now),
          conditions: list.map(({ code, met, text }) => ({ code, met, text })),
        },
      },
    ];
  }
  // What only a person can give stands first: it is what the gate waits for.
  const open = list.filter((one) => !one.met && !one.overridden).map((one) => one.code as string);
  const codes = [
    ...(noBetter ? ['no-better'] : []),
    ...open.filter((code) => DECISIONS.includes(code)),
    ...open.filter((code) => !DECISIONS.includes(code)),
  ];
  return wait(state, wave, bake, full, codes, found);
}

function wait(
  state: PlanState,
  wave: WaveState,
  bake: Bake,
  full: boolean,
  codes: readonly string[],
  found: Record<string, string>,
): PlanEntry[] {
  if (!full || wave.waiting !== null) return [];
  return [
    {
      kind: 'gate-waiting',
      key: `gate:${state.id}:${wave.name}:${bake.n}:waiting`,
      body: { plan: state.id, wave: wave.name, n: bake.n, codes: [...codes], verdicts: found },
    },
  ];
}

/**
 * Moments after `now` at which a decision may fall without any new reading: a bake is full, a target falls silent, the cool
 * time is over, a look ends. The machine wakes then; a moment too many does no harm.
 */
export function nextMoments(state: PlanState, book: Book, now: number): number[] {
  const moments: number[] = [];
  const { stale, retry } = state.plan.breaker;
  const bakes = [...state.waves.map((wave) => wave.bake), state.breaker.trial];
  for (const bake of bakes) if (bake && !bake.ended) moments.push(fullAt(state, book, bake, now));
  for (const target of state.plan.targets) {
    const last = lastOwn(book.of(target), now);
    if (last) moments.push(last.at + stale + 1);
  }
  const cool = coolLeft(state, now);
  if (cool > 0) moments.push(now + cool);
  if (state.breaker.half) {
    moments.push(state.breaker.half.at + retry);
    const last = lastOwn(book.of(state.breaker.half.target), now);
    if (last) moments.push(last.at + retry);
  }
  for (const wave of state.waves)
    if (wave.waiting && wave.passedAt === null) moments.push(...successMoments(state, book, wave, now));
  return moments.filter((moment) => moment > now).sort((a, b) => a - b);
}

/** A condition with `for` can come true between two readings. */
const successMoments = (state: PlanState, book: Book, wave: WaveState, now: number): number[] =>
  (state.plan.success ?? []).flatMap((rule) =>
    'for' in rule && rule.for > 0
      ? wave.targets.flatMap((target) =>
          probeMoments(book.of(target), rule.probe, now - rule.for).map((at) => at + rule.for),
        )
      : [],
  );

const probeMoments = (readings: readonly Reading[], probe: string, since: number): number[] => {
  const list = ofProbe(readings, probe);
  return list.slice(indexAfter(list, since)).map((reading) => reading.at);
};
