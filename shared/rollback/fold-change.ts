// The fold's part for changes of a running plan (rule 10): what is pending can be bent, each change one entry.
import type { Applied } from './applied.ts';
import { endBake } from './fold-wave.ts';
import { type PlanStep, SECTIONS, type Section } from './sections.ts';
import { newTarget, type PlanState, type WaveState, waveNamed, waveOf } from './state.ts';

type ChangeBody = Readonly<Record<string, unknown>>;

const text = (body: ChangeBody, key: string): string | null =>
  typeof body[key] === 'string' ? (body[key] as string) : null;
const texts = (body: ChangeBody, key: string): string[] =>
  Array.isArray(body[key])
    ? (body[key] as unknown[]).filter((one): one is string => typeof one === 'string')
    : [];

const pending = (state: PlanState, id: string): boolean => state.targets[id]?.state === 'pending';

const addable = (state: PlanState, id: string): boolean =>
  id !== '__proto__' && !Object.hasOwn(state.targets, id);

export function foldChange(state: PlanState, { kind, body: raw, at, entry }: Applied): void {
  if (kind !== 'plan-changed') return;
  const body = raw as ChangeBody;
  const wave = waveNamed(state, text(body, 'wave') ?? '');
  const target = text(body, 'target');
  switch (body['change']) {
    case 'watch':
      state.watcher = text(body, 'device') ?? entry.device;
      break;
    case 'set-bake':
      if (wave && typeof body['seconds'] === 'number' && wave.passedAt === null) {
        wave.bakeNeeded = body['seconds'] * 1000;
        if (wave.bake && !wave.bake.ended) wave.bake.needed = wave.bakeNeeded;
      }
      break;
    case 'set-gate':
      if (wave && wave.passedAt === null && (body['gate'] === 'health' || body['gate'] === 'manual'))
        wave.gate = body['gate'];
      break;
    case 'set-pace':
      state.plan = {
        ...state.plan,
        pace: {
          // Null sets it back to no limit; what says nothing of it leaves it.
          atOnce:
            typeof body['atOnce'] === 'number' || body['atOnce'] === null
              ? body['atOnce']
              : state.plan.pace.atOnce,
          apart: typeof body['apart'] === 'number' ? body['apart'] * 1000 : state.plan.pace.apart,
        },
      };
      break;
    case 'set-limit':
      setLimit(state, body);
      break;
    case 'set-step':
      setStep(state, body);
      break;
    case 'split-wave':
      if (wave) splitWave(state, wave, texts(body, 'targets'), text(body, 'name') ?? `${wave.name} 2`);
      break;
    case 'pull-forward':
      if (target) pullForward(state, target, text(body, 'name') ?? `${target} pulled forward`);
      break;
    case 'move-target':
      if (target && wave && wave.startedAt === null && pending(state, target)) {
        leaveWave(state, target);
        wave.targets.push(target);
      }
      break;
    case 'reorder':
      reorder(state, texts(body, 'waves'));
      break;
    case 'add-target':
      if (target && wave && wave.passedAt === null && addable(state, target)) {
        state.targets[target] = newTarget(target);
        state.plan = { ...state.plan, targets: [...state.plan.targets, target] };
        wave.targets.push(target);
        endBake(wave, at, 'undone');
      }
      break;
    case 'remove-target':
      if (target) removeTarget(state, target);
      break;
    case 'taken-over':
      takenOver(state, text(body, 'newPlan'), texts(body, 'targets'));
      break;
    default:
  }
}

function setLimit(state: PlanState, body: ChangeBody): void {
  const rule = text(body, 'rule');
  const definition = body['definition'];
  if (!definition || typeof definition !== 'object') return;
  const { breaker } = state.plan;
  const trip = breaker.trip.map((old) => (old.id === rule ? { ...old, ...definition, id: old.id } : old));
  state.plan = { ...state.plan, breaker: { ...breaker, trip } };
}

/** A step found wrong is corrected once for all targets that have not done it; its number stays. */
function setStep(state: PlanState, body: ChangeBody): void {
  const section = text(body, 'section');
  if (section === null || !Object.hasOwn(SECTIONS, section)) return;
  const steps = state.plan.steps[section as Section].map((step) =>
    step.number === body['step']
      ? {
          ...step,
          title: text(body, 'title') ?? step.title,
          text: text(body, 'text') ?? step.text,
          ...(body['read'] && typeof body['read'] === 'object' ? reading(body['read'] as ChangeBody) : {}),
        }
      : step,
  );
  state.plan = { ...state.plan, steps: { ...state.plan.steps, [section]: steps } };
}

/** What the parser read out of the new text; an entry of an older Bulkhead has only title and text. */
function reading(read: ChangeBody): Partial<PlanStep> {
  const nullable = (key: string): string | null => text(read, key);
  return {
    commands: texts(read, 'commands'),
    expected: nullable('expected'),
    lasts: typeof read['lasts'] === 'number' ? read['lasts'] : null,
    danger: read['danger'] === true,
    confirm: nullable('confirm'),
    twoPerson: read['twoPerson'] === true,
  };
}

function leaveWave(state: PlanState, target: string): WaveState | undefined {
  const wave = waveOf(state, target);
  if (wave) wave.targets = wave.targets.filter((id) => id !== target);
  state.waves = state.waves.filter((one) => one.targets.length > 0 || one.startedAt !== null);
  return wave;
}

function removeTarget(state: PlanState, target: string): void {
  if (!pending(state, target)) return;
  leaveWave(state, target);
  delete state.targets[target];
  state.plan = { ...state.plan, targets: state.plan.targets.filter((id) => id !== target) };
}

/** What had begun before the news arrived stays here, and is not said to be taken. */
function takenOver(state: PlanState, plan: string | null, wanted: readonly string[]): void {
  const targets = wanted.filter((id) => pending(state, id));
  for (const id of targets) removeTarget(state, id);
  if (plan !== null && targets.length > 0) state.takenOver.push({ plan, targets });
}

const like = (wave: WaveState, name: string, targets: string[], alone: boolean): WaveState => ({
  name,
  targets,
  bakeNeeded: wave.bakeNeeded,
  gate: wave.gate,
  alone,
  startedAt: null,
  bake: null,
  bakes: 0,
  passedAt: null,
  passes: 0,
  passedBy: null,
  passedWith: [],
  waiting: null,
  after: {},
});

/** A name that no wave has; two machines may have split the same wave. */
function freeName(state: PlanState, wanted: string): string {
  let name = wanted;
  for (let n = 2; state.waves.some((wave) => wave.name === name); n++) name = `${wanted} (${n})`;
  return name;
}

function splitWave(state: PlanState, wave: WaveState, targets: readonly string[], name: string): void {
  const moving = wave.targets.filter((id) => targets.includes(id) && pending(state, id));
  if (moving.length === 0 || moving.length === wave.targets.length) return;
  wave.targets = wave.targets.filter((id) => !moving.includes(id));
  state.waves.splice(state.waves.indexOf(wave) + 1, 0, like(wave, freeName(state, name), moving, false));
}

/** The target becomes a wave of its own before the first wave that has not begun: the next wave waits for its gate. */
function pullForward(state: PlanState, target: string, name: string): void {
  const wave = waveOf(state, target);
  if (!wave || !pending(state, target)) return;
  // A wave of one is pulled forward whole and keeps its name.
  const whole = wave.targets.length === 1 && wave.startedAt === null;
  const own = whole ? { ...wave, alone: true } : like(wave, freeName(state, name), [target], true);
  if (whole) state.waves = state.waves.filter((one) => one !== wave);
  else leaveWave(state, target);
  const next = state.waves.findIndex((one) => one.startedAt === null);
  state.waves.splice(next < 0 ? state.waves.length : next, 0, own);
}

function reorder(state: PlanState, names: readonly string[]): void {
  const waiting = state.waves.filter((wave) => wave.startedAt === null);
  const sorted = [...waiting].sort((a, b) => rank(names, a.name) - rank(names, b.name));
  let next = 0;
  state.waves = state.waves.map((wave) => (wave.startedAt === null ? (sorted[next++] ?? wave) : wave));
}

const rank = (names: readonly string[], name: string): number => {
  const at = names.indexOf(name);
  return at < 0 ? names.length : at;
};
