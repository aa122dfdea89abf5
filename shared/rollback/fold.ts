// The fold of a plan: entries in the order (hlc, device, seq) become a PlanState. It takes no clock, keeps unknown kinds
// out, and never throws; the same set of entries gives the same state whatever the order of arrival (rule 9).
import type { Applied } from './applied.ts';
import { baselineReadings } from './baseline.ts';
import { compareForState, entryTime, type FoldEntry } from './entry.ts';
import { foldBreaker } from './fold-breaker.ts';
import { foldChange } from './fold-change.ts';
import { foldOwn } from './fold-own.ts';
import { foldTarget } from './fold-target.ts';
import { endBake, foldWave } from './fold-wave.ts';
import { isPlanKind, MACHINE_KINDS, type PlanBody, planKinds } from './kinds.ts';
import type { Plan } from './plan.ts';
import { newTarget, type Override, type PlanState, waveOf } from './state.ts';

/** Applies one entry to the state of plan `id`; may change its argument. null before the plan's creation. */
export function applyPlan(state: PlanState | null, entry: FoldEntry, id?: string): PlanState | null {
  if (!isPlanKind(entry.kind) || entry.body === null) return state;
  const parsed = planKinds[entry.kind].safeParse(entry.body);
  if (!parsed.success) return state;
  const body = parsed.data as Record<string, unknown>;
  if (!state) {
    const wanted = id === undefined || body['plan'] === id;
    return entry.kind === 'plan-created' && wanted
      ? create(entry, parsed.data as PlanBody<'plan-created'>)
      : null;
  }
  if (MACHINE_KINDS.includes(entry.kind)) return foldMachine(state, entry, body);
  if (body['plan'] !== state.id) return state;
  const applied = { kind: entry.kind, body, at: entryTime(state.jumps, entry), entry } as unknown as Applied;
  foldPlan(state, applied);
  foldTarget(state, applied);
  foldOwn(state, applied);
  foldWave(state, applied);
  foldBreaker(state, applied);
  foldChange(state, applied);
  return state;
}

/** Folds a set of entries, in whatever order they come, to the state of one plan (of the first one when `id` is left out). */
export function foldEntries(entries: readonly FoldEntry[], id?: string): PlanState | null {
  let state: PlanState | null = null;
  const jumps: FoldEntry[] = [];
  for (const entry of [...entries].sort(compareForState)) {
    // A jump before the plan's creation still moves the clock by which the plan counts.
    if (!state && entry.kind === 'clock-jumped') jumps.push(entry);
    const before: PlanState | null = state;
    state = applyPlan(state, entry, id);
    if (!before && state && jumps.length > 0) {
      for (const jump of jumps) applyPlan(state, jump);
      state.createdAt = entryTime(state.jumps, entry);
    }
  }
  return state;
}

function create(entry: FoldEntry, body: PlanBody<'plan-created'>): PlanState {
  const plan = body.definition as unknown as Plan;
  return {
    id: body.plan,
    plan,
    watch: plan.watch ?? body.watch,
    status: 'draft',
    takesOver: body.takesOver ?? null,
    takenOver: [],
    createdAt: Date.parse(entry.recordedAt),
    startedAt: null,
    watcher: null,
    checked: false,
    findings: [],
    planBaseline: {},
    waves: plan.waves.map((wave) => ({
      name: wave.name,
      targets: [...wave.targets],
      bakeNeeded: wave.bake,
      gate: wave.bake === null ? 'manual' : wave.gate,
      alone: false,
      startedAt: null,
      bake: null,
      bakes: 0,
      passedAt: null,
      passes: 0,
      passedBy: null,
      passedWith: [],
      waiting: null,
      after: {},
    })),
    targets: Object.fromEntries(plan.targets.map((id) => [id, newTarget(id)])),
    own: { before: {}, finally: {} },
    breaker: { state: 'closed', openedAt: null, openings: 0, half: null, trial: null, trials: 0 },
    trips: {},
    overrides: [],
    verdicts: [],
    twoNoBetter: false,
    reverts: 0,
    jumps: {},
    untrusted: null,
    ended: null,
  };
}

function foldMachine(state: PlanState, entry: FoldEntry, body: Record<string, unknown>): PlanState {
  if (entry.kind === 'clock-jumped') {
    state.jumps[entry.device] = (state.jumps[entry.device] ?? 0) + Number(body['by']);
    if (body['trusted'] === false) {
      const since = Date.parse(String(body['since'] ?? ''));
      state.untrusted ??= {
        device: entry.device,
        since: Number.isNaN(since) ? entryTime(state.jumps, entry) : since,
      };
    }
  }
  return state;
}

/** The plan as a whole: preflight, start, pause, end, overrides. */
function foldPlan(state: PlanState, { kind, body, at, entry }: Applied): void {
  if (kind === 'preflight-done') {
    const { findings, wave } = body as PlanBody<'preflight-done'>;
    const same = (a: { code: string; about: string }) => (b: { code: string; about: string }) =>
      a.code === b.code && a.about === b.about;
    // A run for one wave adds what it found; the run over the whole plan replaces what nobody has accepted.
    const kept = state.findings.filter((old) => old.accepted || (wave && !findings.some(same(old))));
    state.findings = [
      ...kept,
      ...findings
        .filter((one) => !kept.some(same(one)))
        .map(({ code, about, text, question }) => ({ code, about, text, question, accepted: null })),
    ];
    state.checked = true;
  } else if (kind === 'finding-accepted') {
    const { code, about, by, reason, answer } = body as PlanBody<'finding-accepted'>;
    for (const finding of state.findings)
      if (finding.code === code && finding.about === about && !finding.accepted)
        finding.accepted = { by, reason: reason ?? '', answer: answer ?? null };
  } else if (kind === 'plan-started' && state.status === 'draft') {
    const { baselines } = body as PlanBody<'plan-started'>;
    state.status = 'running';
    state.startedAt = at;
    state.watcher = entry.device;
    for (const target of state.plan.targets)
      state.planBaseline[target] = { at, readings: baselineReadings(state, baselines[target]) };
    // What was overridden to start the plan is not an override of the waves' own runs of preflight.
    settleFindings(state, (body as PlanBody<'plan-started'>).by);
    state.overrides = state.overrides.filter((one) => one.code !== 'preflight');
  } else if (kind === 'plan-paused' && state.status === 'running') state.status = 'paused';
  else if (kind === 'plan-resumed' && state.status === 'paused') {
    state.status = 'running';
    // Overridden was this pause; another one holds again.
    state.overrides = state.overrides.filter((one) => one.code !== 'plan-not-running');
  } else if (kind === 'plan-aborted' || kind === 'plan-completed') {
    const { by, reason } = body as PlanBody<'plan-aborted'>;
    // Aborted and completed apart from each other: the worse counts.
    if (state.status === 'aborted' || (state.status === 'completed' && kind === 'plan-completed')) return;
    state.status = kind === 'plan-aborted' ? 'aborted' : 'completed';
    state.ended = { at, by, reason: reason ?? null };
    if (kind === 'plan-aborted') for (const wave of state.waves) endBake(wave, at, 'aborted');
  } else if (kind === 'hold-overridden') foldOverride(state, body as PlanBody<'hold-overridden'>, at, entry);
}

/** A start over open findings is an override of them: they are not new to the next run. */
export function settleFindings(state: PlanState, by: string): void {
  for (const finding of state.findings)
    finding.accepted ??= { by, reason: 'overridden at the start', answer: null };
}

function foldOverride(
  state: PlanState,
  body: PlanBody<'hold-overridden'>,
  at: number,
  entry: FoldEntry,
): void {
  const { code, by, reason } = body;
  const target = body.target ?? null;
  const wave = body.wave ?? null;
  if (code === 'clock-untrusted') {
    const since = state.untrusted?.since;
    state.untrusted = null;
    if (since === undefined) return;
    for (const bake of [...state.waves.map((one) => one.bake), state.breaker.trial])
      if (bake && !bake.ended)
        bake.gaps.push({ from: Math.max(since, bake.startedAt), to: at, cause: 'clock-untrusted' });
    return;
  }
  if (code === 'two-no-better') {
    state.twoNoBetter = false;
    state.verdicts = state.verdicts.map((one) => ({ ...one, pardoned: true }));
    return;
  }
  const meant = Object.values(state.targets).filter((one) =>
    target !== null ? one.id === target : wave === null || waveOf(state, one.id)?.name === wave,
  );
  const mine: Omit<Override, 'target'> = { code, wave, by, reason, at, entry: entry.id };
  // Of the targets that stand so now: one that fails later was not looked at (rule 7: the state that was overridden).
  if (code === 'target-failed' || code === 'target-reverted') {
    const states = code === 'target-failed' ? ['failed', 'reverting'] : ['reverted'];
    for (const one of meant)
      if (states.includes(one.state)) state.overrides.push({ ...mine, target: one.id });
    return;
  }
  if (code === 'danger-twice')
    for (const one of meant)
      for (const step of [...Object.values(one.steps.each), ...Object.values(one.steps.revert)])
        step.doneBy = step.doneBy.slice(0, 1);
  if (code === 'disputed')
    for (const one of meant)
      for (const steps of Object.values(one.steps))
        for (const step of Object.values(steps)) step.disputed = false;
  state.overrides.push({ ...mine, target });
}
