// The fold's part for waves: start, bake, gaps, gate. An entry that says what another has said already is a confirmation.
import type { Applied } from './applied.ts';
import { waveHolds } from './holds.ts';
import type { PlanBody } from './kinds.ts';
import {
  type Bake,
  type BakeEnd,
  type PlanState,
  standingTrips,
  type WaveState,
  waveNamed,
} from './state.ts';

/** Ends the bake that runs or waits at its gate. A pass is the one end that keeps it full. */
export function endBake(wave: WaveState, at: number, cause: BakeEnd): void {
  wave.waiting = null;
  if (!wave.bake) return;
  const full = wave.bake.ended?.cause === 'full';
  if (wave.bake.ended && !full) return;
  if (full && cause === 'passed') return;
  wave.bake.ended = { at: wave.bake.ended?.at ?? at, cause, written: full };
}

export function foldWave(state: PlanState, { kind, body, at, entry }: Applied): void {
  const name = (body as { wave?: unknown }).wave;
  if (typeof name !== 'string') return;
  const wave = waveNamed(state, name);
  if (!wave) return;
  if (kind === 'wave-started') {
    wave.startedAt ??= at;
    for (const finding of state.findings)
      finding.accepted ??= {
        by: (body as PlanBody<'wave-started'>).by,
        reason: 'overridden at the start',
        answer: null,
      };
    // That the wave before was overridden stays: it holds for the other targets of this wave too.
    state.overrides = state.overrides.filter(
      (one) => one.wave !== name || !['preflight', 'breaker-open'].includes(one.code),
    );
  } else if (kind === 'bake-started')
    startBake(state, wave, body as PlanBody<'bake-started'>, at, entry.device);
  else if (kind === 'bake-gap') {
    const { n, from, to, cause, trial } = body as PlanBody<'bake-gap'>;
    const bake = trial ? state.breaker.trial : wave.bake;
    if (bake?.n === n && !bake.ended) addGap(bake, Date.parse(from), Date.parse(to), cause);
  } else if (kind === 'bake-ended') {
    const { n, cause, trial } = body as PlanBody<'bake-ended'>;
    const bake = trial ? state.breaker.trial : wave.bake;
    if (bake?.n !== n) return;
    if (!bake.ended) bake.ended = { at, cause, written: true };
    else bake.ended.written = true;
  } else if (kind === 'gate-waiting') {
    const { n, codes, verdicts } = body as PlanBody<'gate-waiting'>;
    if (wave.bake?.n !== n || wave.bake.ended?.cause !== 'full') return;
    wave.waiting ??= { at, codes };
    addVerdicts(state, wave, verdicts);
  } else if (kind === 'gate-passed') passGate(state, wave, body as PlanBody<'gate-passed'>, at);
}

function startBake(
  state: PlanState,
  wave: WaveState,
  body: PlanBody<'bake-started'>,
  at: number,
  device: string,
): void {
  const bake: Bake = {
    n: body.n,
    targets: body.targets,
    startedAt: at,
    needed: body.needed * 1000,
    gaps: [],
    device,
    peers: body.peers,
    ended: null,
  };
  if (body.trial) {
    if (body.n <= state.breaker.trials || !state.breaker.half) return;
    state.breaker.trial = bake;
    state.breaker.trials = body.n;
    return;
  }
  if (body.n <= wave.bakes || state.breaker.state !== 'closed') return;
  if (
    !wave.targets.every((id) =>
      ['done', 'skipped', 'failed', 'reverted'].includes(state.targets[id]?.state ?? ''),
    )
  )
    return;
  wave.bake = bake;
  wave.bakes = body.n;
  wave.waiting = null;
  // Overrides of a gate are of that bake.
  state.overrides = state.overrides.filter((one) => one.wave !== wave.name || !OF_A_BAKE.includes(one.code));
}

const OF_A_BAKE: readonly string[] = [
  'bake-not-full',
  'stale',
  'data-not-met',
  'success-not-met',
  'worse-than-plan-baseline',
  'no-better',
  'blind',
  'manual',
  'needs-decision',
  'cut-off',
];

function addGap(bake: Bake, from: number, to: number, cause: Bake['gaps'][number]['cause']): void {
  if (!(to > from) || bake.gaps.some((gap) => gap.from === from && gap.to === to)) return;
  bake.gaps.push({ from, to, cause });
  bake.gaps.sort((a, b) => a.from - b.from || a.to - b.to);
}

function addVerdicts(
  state: PlanState,
  wave: WaveState,
  verdicts: PlanBody<'gate-waiting'>['verdicts'],
): void {
  const known = wave.targets.filter((target) => verdicts[target] !== undefined);
  if (known.length === 0) return;
  state.verdicts = [
    ...state.verdicts.filter((one) => !known.includes(one.target)),
    ...known.map((target) => ({ target, verdict: verdicts[target]!, pardoned: false })),
  ];
  const counts = (one?: PlanState['verdicts'][number]): boolean =>
    one?.verdict === 'no-better' && !one.pardoned;
  const lastTwo = state.verdicts.some((one, i) => counts(one) && counts(state.verdicts[i + 1]));
  if (lastTwo && known.some((target) => verdicts[target] === 'no-better')) state.twoNoBetter = true;
}

/** Open wins over passed unless the entry names the trip that it had seen (rule 9). */
function passGate(state: PlanState, wave: WaveState, body: PlanBody<'gate-passed'>, at: number): void {
  if (wave.passedAt !== null || wave.startedAt === null || state.status === 'aborted') return;
  if (
    state.breaker.state !== 'closed' &&
    !standingTrips(state).every((trip) => body.trips.includes(trip.key))
  )
    return;
  if (wave.targets.some((id) => ['pending', 'running', 'reverting'].includes(state.targets[id]?.state ?? '')))
    return;
  // Nor does it pass what failed, was reverted or is disputed apart from the writer: that holds the wave (rules 8, 9, 13).
  if (waveHolds(state, wave).length > 0) return;
  addVerdicts(state, wave, body.verdicts);
  wave.passedAt = at;
  wave.passes += 1;
  wave.passedBy = body.by ?? null;
  wave.passedWith = body.conditions.map(({ code, met }) => ({ code, met }));
  wave.waiting = null;
  endBake(wave, at, 'passed');
  state.overrides = state.overrides.filter((one) => one.wave !== wave.name);
}
