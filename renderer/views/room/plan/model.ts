// What the plan pane draws, worked out of main's view: columns, rows, marks, bars, which panel stands at the bottom. Pure; it decides nothing.
import type { PlanTarget, PlanView, PlanWave, PlanWhy } from '../../../../shared/contract/plan.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import type { Glyph } from '../../../components/St.tsx';

export type PlanStepText = PlanView['steps'][number];
export type TargetStep = PlanTarget['steps'][number];
export type Bake = PlanWave['bake'];
export type Section = TargetStep['section'];

/** Columns of the matrix between the target's name and its state. */
export const columns = (view: PlanView): { prepare: PlanStepText[]; each: PlanStepText[] } => ({
  prepare: view.steps.filter((step) => step.section === 'prepare'),
  each: view.steps.filter((step) => step.section === 'each'),
});

/** `aws/us-east-1` is read by its region; the provider is said where two targets share one. */
export function shortName(id: string, all: readonly { readonly id: string }[]): string {
  const last = id.slice(id.lastIndexOf('/') + 1);
  const same = all.filter((other) => other.id === last || other.id.endsWith(`/${last}`));
  return same.length > 1 ? id : last;
}

export const stepOf = (target: PlanTarget, section: string, number: number): TargetStep | null =>
  target.steps.find((step) => step.section === section && step.number === number) ?? null;

export const textOf = (view: PlanView, section: string, number: number): PlanStepText | null =>
  view.steps.find((step) => step.section === section && step.number === number) ?? null;

/** A gated step of a target that may not start yet is locked; what is said to be done in spite of it stays as it is. */
export const isLocked = (target: PlanTarget, step: TargetStep | null): boolean =>
  step !== null &&
  step.section === 'each' &&
  target.state === 'pending' &&
  target.startForbids.length > 0 &&
  (step.state === 'todo' || step.state === 'undone');

export type CellWord = TargetStep['state'] | 'locked';
export const cellWord = (target: PlanTarget, step: TargetStep | null): CellWord =>
  step === null ? 'locked' : isLocked(target, step) ? 'locked' : step.state;

export const CELL_GLYPH: Record<CellWord, Glyph> = {
  todo: 'todo',
  doing: 'doing',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
  undone: 'todo',
  locked: 'locked',
};
const TARGET_GLYPH: Record<PlanTarget['state'], Glyph> = {
  pending: 'todo',
  running: 'doing',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
  reverting: 'reverting',
  reverted: 'reverted',
};

export const settled = (step: Pick<TargetStep, 'state'>): boolean =>
  step.state === 'done' || step.state === 'skipped';

/** What stands in the state column: what went wrong first, then what is worked, then what we see. */
export function targetShows(
  target: PlanTarget,
):
  | { readonly what: 'worse' }
  | { readonly what: 'no-better' }
  | { readonly what: 'state'; readonly glyph: Glyph }
  | { readonly what: 'health'; readonly state: NonNullable<PlanTarget['reading'][number]['state']> } {
  if (['failed', 'skipped', 'reverting', 'reverted'].includes(target.state))
    return { what: 'state', glyph: TARGET_GLYPH[target.state] };
  if (target.marks.includes('worse')) return { what: 'worse' };
  if (target.marks.includes('no-better')) return { what: 'no-better' };
  const seen = worstHealth(target);
  if (seen !== null) return { what: 'health', state: seen };
  return { what: 'state', glyph: TARGET_GLYPH[target.state] };
}

const WEIGHT = ['unknown', 'operational', 'maintenance', 'degraded', 'partial-outage', 'major-outage'];
export function worstHealth(target: PlanTarget): NonNullable<PlanTarget['reading'][number]['state']> | null {
  let worst: NonNullable<PlanTarget['reading'][number]['state']> | null = null;
  for (const { state } of target.reading)
    if (state !== null && (worst === null || WEIGHT.indexOf(state) > WEIGHT.indexOf(worst))) worst = state;
  return worst;
}

/** Steps done or skipped under "Prepare each" and "Each target", of all. */
export function progress(view: PlanView): { done: number; all: number } {
  let done = 0;
  let all = 0;
  for (const target of view.targets)
    for (const step of target.steps) {
      if (step.section === 'revert') continue;
      all += 1;
      if (settled(step)) done += 1;
    }
  return { done, all };
}

/** The revert step in hand: the one being worked, else the first that is left. */
export function revertStep(target: PlanTarget): TargetStep | null {
  const own = target.steps.filter((step) => step.section === 'revert');
  return own.find((step) => step.state === 'doing') ?? own.find((step) => !settled(step)) ?? null;
}
/** The same for the gated steps. */
export function nextStep(target: PlanTarget): TargetStep | null {
  const own = target.steps.filter((step) => step.section === 'each');
  return own.find((step) => step.state === 'doing') ?? own.find((step) => !settled(step)) ?? null;
}

export interface Segment {
  readonly kind: 'run' | 'gap' | 'was' | 'trip';
  /** Percent of the bar. */
  readonly from: number;
  readonly width: number;
  readonly gap?: Bake['gaps'][number];
}

/**
 * The bake's bar. Its whole length is the needed time and every gap, because gaps are added to the end. One that was ended is
 * drawn as what was watched, with a mark where it ended. `now` is plan time, in milliseconds.
 */
export function bakeSegments(bake: Bake, now: number): Segment[] {
  if (bake.startedAt === null || bake.neededMs === 0) return [];
  const pc = (ms: number, all: number): number => Math.max(0, Math.min(100, (ms / all) * 100));
  if (bake.endedBy !== null && bake.endedBy !== 'full' && bake.endedBy !== 'passed') {
    const at = pc(bake.watchedMs, bake.neededMs);
    return [
      { kind: 'was', from: 0, width: at },
      { kind: 'trip', from: at, width: 0 },
    ];
  }
  const start = fromInstant(bake.startedAt);
  const end = bake.endedAt === null ? now : fromInstant(bake.endedAt);
  const gaps = bake.gaps.map((gap) => ({
    gap,
    from: Math.max(start, fromInstant(gap.from)),
    to: gap.to === null ? end : fromInstant(gap.to),
  }));
  const lost = gaps.reduce((sum, one) => sum + Math.max(0, one.to - one.from), 0);
  const all = Math.max(1, bake.neededMs + lost);
  const list: Segment[] = [];
  let at = start;
  for (const one of gaps) {
    if (one.from > at) list.push({ kind: 'run', from: pc(at - start, all), width: pc(one.from - at, all) });
    list.push({
      kind: 'gap',
      from: pc(one.from - start, all),
      width: pc(one.to - one.from, all),
      gap: one.gap,
    });
    at = Math.max(at, one.to);
  }
  if (end > at)
    list.push({
      kind: 'run',
      from: pc(at - start, all),
      width: Math.min(pc(end - at, all), 100 - pc(at - start, all)),
    });
  return list;
}

/** Watched so far at `now`: the view's figure, carried on while the bake runs. Milliseconds. */
export function watchedAt(bake: Bake, seen: number, now: number): number {
  if (bake.endsAt === null || bake.endedAt !== null) return bake.watchedMs;
  return Math.min(bake.neededMs, bake.watchedMs + Math.max(0, now - seen));
}

export type GateShows = 'passed' | 'overridden' | 'waits' | 'held' | 'baking' | 'shut';
export function gateShows(wave: PlanWave): GateShows {
  if (wave.gate.state === 'passed')
    return wave.gate.conditions.some((one) => one.overridden) ? 'overridden' : 'passed';
  if (wave.gate.state === 'waiting') return 'waits';
  if (wave.state === 'held') return 'held';
  return wave.state === 'baking' ? 'baking' : 'shut';
}
export const GATE_GLYPH: Record<GateShows, Glyph> = {
  passed: 'gate-open',
  overridden: 'gate-open',
  waits: 'gate-wait',
  held: 'gate-shut',
  baking: 'gate-shut',
  shut: 'gate-shut',
};
export const counted = (wave: PlanWave): { met: number; all: number } => ({
  met: wave.gate.conditions.filter((one) => one.met || one.overridden).length,
  all: wave.gate.conditions.length,
});

export const waitingWave = (view: PlanView): PlanWave | null =>
  view.waves.find((wave) => wave.gate.state === 'waiting') ?? null;

/** Which one panel stands at the bottom. A revert under way comes first: hands are on it. */
export type Panel =
  | { readonly kind: 'revert'; readonly target: PlanTarget }
  | { readonly kind: 'breaker' }
  | { readonly kind: 'gate'; readonly wave: PlanWave }
  | null;

export function panelOf(view: PlanView): Panel {
  if (view.state === 'draft' || view.state === 'ready') return null;
  const reverting = view.targets.filter((target) => target.state === 'reverting');
  const latest = reverting.sort((a, b) => lastTouch(b) - lastTouch(a))[0];
  if (latest) return { kind: 'revert', target: latest };
  if (view.state !== 'running' && view.state !== 'paused') return null;
  if (view.breaker.state !== 'closed') return { kind: 'breaker' };
  const wave = waitingWave(view);
  return wave ? { kind: 'gate', wave } : null;
}
const lastTouch = (target: PlanTarget): number =>
  Math.max(
    target.startedAt === null ? 0 : fromInstant(target.startedAt),
    ...target.steps.map((step) => (step.at === null ? 0 : fromInstant(step.at))),
  );

/**
 * What a column is called where its step's title is too long for it: the first word, and the one that tells it from another that
 * begins alike. "Shift traffic away" and "Shift traffic back, then look" are "Shift away" and "Shift back".
 */
export function shortHeads(titles: readonly string[], most = 9): string[] {
  const words = titles.map((title) =>
    title
      .split(/\s+/)
      .map((word) => word.replace(/[,;:.]+$/, ''))
      .filter((word) => word !== ''),
  );
  return titles.map((title, i) => {
    const own = words[i] ?? [];
    const [first = title, second] = own;
    if (title.length <= most) return title;
    const alike = words.filter((other, j) => j !== i && other[0] === first);
    // "On call", "Put 4.18.0": a word that small says nothing alone.
    if (alike.length === 0) return first.length < 4 && second !== undefined ? `${first} ${second}` : first;
    const tells = own.find((word, k) => k > 0 && alike.every((other) => other[k] !== word));
    return tells === undefined ? title : `${first} ${tells}`;
  });
}

/** The first number of a limit as written ("> 5 %", "1200 ms"); null where there is none. */
export const numberIn = (words: string): number | null => {
  const found = /-?\d+(?:\.\d+)?/.exec(words.replace(',', '.'));
  return found ? Number(found[0]) : null;
};

/** The small chart as a path in a box of 120 by 22, and the height of its limit line. Null with fewer than two points. */
export function chart(
  points: readonly { readonly at: string; readonly value: number }[],
  limit: number | null,
): { path: string; limit: number | null } | null {
  if (points.length < 2) return null;
  const times = points.map((point) => fromInstant(point.at));
  const first = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - first);
  const top = Math.max(...points.map((point) => point.value), limit ?? 0, 1e-9) * 1.08;
  const y = (value: number): number => Math.round((21 - (value / top) * 20) * 100) / 100;
  const path = points
    .map((point, i) => {
      const x = Math.round((((times[i] ?? first) - first) / span) * 12_000) / 100;
      return `${i === 0 ? 'M' : 'L'}${x} ${y(point.value)}`;
    })
    .join('');
  return { path, limit: limit === null ? null : y(limit) };
}

/** Holds a person may set aside: those of the plan, and those of what is chosen; each once. */
export interface OfferedHold {
  readonly code: string;
  readonly text: string;
  readonly wave?: string;
  readonly target?: string;
}
const NO_HOLD = new Set(['plan-not-running', 'no-revert-steps', 'not-retractable', 'not-pending']);
export function offeredHolds(
  view: PlanView,
  chosen: { readonly wave: PlanWave | null; readonly target: PlanTarget | null },
): OfferedHold[] {
  const list: OfferedHold[] = [];
  const add = (one: PlanWhy, wave: string | undefined, target: string | undefined): void => {
    if (NO_HOLD.has(one.code)) return;
    if (list.some((o) => o.code === one.code && o.text === one.text)) return;
    list.push({
      code: one.code,
      text: one.text,
      ...(wave === undefined ? {} : { wave }),
      ...(target === undefined ? {} : { target }),
    });
  };
  for (const hold of view.holds) add(hold, hold.wave, hold.target);
  if (chosen.target)
    for (const one of chosen.target.startForbids)
      add(one, chosen.target.wave ?? undefined, one.target ?? chosen.target.id);
  if (chosen.wave)
    for (const one of [...chosen.wave.startForbids, ...chosen.wave.passForbids])
      add(one, chosen.wave.name, one.target);
  return list;
}

/** Findings and questions that are left to decide. */
export const openFindings = (view: PlanView): { findings: number; questions: number } => {
  const open = view.findings.filter((one) => one.accepted === null);
  return {
    findings: open.filter((one) => !one.question).length,
    questions: open.filter((one) => one.question).length,
  };
};
