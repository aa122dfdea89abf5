// The `do` lines of a night, read as actions, and the words for what is wrong with a line.
import { HOLD_RULES, isHoldCode } from '../text/rollback.ts';
import type { Action } from './action.ts';
import { parseDuration } from './duration.ts';
import type { Plan, Section } from './plan.ts';
import type { OwnSection, TargetSection } from './state.ts';

/** Thrown inside the reading of one line and caught around it. */
export class Wrong extends Error {
  readonly key: string | null;
  constructor(text: string, key: string | null = null) {
    super(text);
    this.key = key;
  }
}

export type Raw = Readonly<Record<string, unknown>>;

/** A text of the line; `otherwise` when it is not there. */
export function name(line: Raw, key: string, otherwise?: string): string {
  const value = line[key];
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (typeof value !== 'string' || value.trim() === '')
    throw new Wrong(value === undefined ? `"${key}" is missing.` : `"${key}" must be a text.`, key);
  const most = key === 'reason' ? 2000 : 200;
  if (value.length > most) throw new Wrong(`"${key}" is longer than ${most} characters.`, key);
  return value;
}

/** What a person does. */
export function readAction(line: Raw, plan: Plan): Action {
  const by = name(line, 'by');
  const reason = line['reason'];
  if (reason !== undefined && typeof reason !== 'string')
    throw new Wrong('"reason" must be a text.', 'reason');
  const who = reason === undefined ? { by } : { by, reason };
  const because = (): { by: string; reason: string } => ({ by, reason: name(line, 'reason') });
  const target = (): string => {
    const id = name(line, 'target');
    if (!plan.targets.includes(id)) throw new Wrong(`"${id}" is no target of the plan.`, 'target');
    return id;
  };
  const sure = line['sure'] === true ? { sure: true } : {};
  const todo = line['do'];
  switch (todo) {
    case 'accept-findings':
    case 'start-plan':
    case 'pause':
    case 'resume':
    case 'complete':
      return { ...who, do: todo };
    case 'abort':
      return { ...because(), do: todo };
    case 'start-wave':
      return { ...who, do: todo, wave: name(line, 'wave') };
    case 'start-target':
    case 'finish-target':
      return { ...who, ...sure, do: todo, target: target() };
    case 'finish-revert':
    case 'retry':
      return { ...who, do: todo, target: target() };
    case 'skip-target':
    case 'revert':
      return { ...because(), do: todo, target: target() };
    case 'step':
      return OWN.test(String(line['step']).trim())
        ? { ...who, do: 'plan-step', ...readOwnStep(line, plan) }
        : { ...who, ...sure, do: todo, target: target(), ...readStep(line, plan) };
    case 'pass-gate':
      return { ...because(), do: todo, wave: name(line, 'wave') };
    case 'breaker': {
      const choose = line['choose'];
      if (choose !== 'try-one' && choose !== 'look-again' && choose !== 'accept')
        throw new Wrong('"choose" must be try-one, look-again or accept.', 'choose');
      return { ...because(), do: todo, choose, target: target() };
    }
    case 'override':
      return {
        ...because(),
        do: todo,
        hold: hold(line),
        ...(line['wave'] === undefined ? {} : { wave: name(line, 'wave') }),
        ...(line['target'] === undefined ? {} : { target: target() }),
      };
    case 'pull-forward':
      return { ...because(), ...sure, do: todo, target: target() };
    case 'set-bake': {
      const bake = typeof line['bake'] === 'string' ? parseDuration(line['bake']) : null;
      if (bake === null) throw new Wrong('"bake" must be a duration, as 10m.', 'bake');
      return { ...because(), do: todo, wave: name(line, 'wave'), bake };
    }
    case 'split-wave': {
      const targets = line['targets'];
      if (
        !Array.isArray(targets) ||
        !targets.every((one) => typeof one === 'string' && plan.targets.includes(one))
      )
        throw new Wrong('"targets" must be a list of targets of the plan.', 'targets');
      return { ...because(), do: todo, wave: name(line, 'wave'), targets };
    }
    case 'retract':
      return { ...who, do: todo, event: name(line, 'event') };
    default:
      throw new Wrong(`"do" says ${JSON.stringify(todo)}, which is nothing that can be done.`, 'do');
  }
}

/** A code of the list of holds and refusals; another word is a slip of the pen, not a hold that happens not to stand. */
function hold(line: Raw): string {
  const code = name(line, 'hold');
  if (!isHoldCode(code))
    throw new Wrong(
      `"hold" says "${code}"; it must be one of ${Object.keys(HOLD_RULES).join(', ')}.`,
      'hold',
    );
  return code;
}

/** Steps of the plan itself, and of a wave: `"before:1"`, `"after:1"` with its `wave`, `"finally:1"`. */
const OWN = /^(before|after|finally):(\d{1,4})$/;

function readOwnStep(
  line: Raw,
  plan: Plan,
): Omit<Extract<Action, { do: 'plan-step' }>, 'by' | 'reason' | 'do'> {
  const hit = OWN.exec(String(line['step']).trim());
  const section = (hit?.[1] ?? 'before') as OwnSection;
  const step = Number(hit?.[2] ?? 0);
  const wave = section === 'after' ? { wave: name(line, 'wave') } : {};
  return { section, ...wave, step: numbered(plan, section, step), to: outcome(line) };
}

function numbered(plan: Plan, section: Section, wanted: number): number {
  // A plan without revert steps is no slip of the night: the refusal says so (rule 13).
  if (section === 'revert' && plan.steps.revert.length === 0) return wanted;
  if (!plan.steps[section].some((one) => one.number === wanted))
    throw new Wrong(`The plan has no step ${wanted} there; it has ${plan.steps[section].length}.`, 'step');
  return wanted;
}

function outcome({ to }: Raw): StepTo {
  if (to !== 'doing' && to !== 'done' && to !== 'failed' && to !== 'skipped' && to !== 'undone')
    throw new Wrong('"to" must be doing, done, failed, skipped or undone.', 'to');
  return to;
}

type StepTo = Extract<Action, { do: 'step' }>['to'];

function readStep(line: Raw, plan: Plan): { section: TargetSection; step: number; to: StepTo } {
  const { step } = line;
  const hit = /^(?:(each|prepare|revert):)?(\d{1,4})$/.exec(String(step).trim());
  if (!hit || (typeof step !== 'number' && typeof step !== 'string'))
    throw new Wrong('"step" must be a number, "prepare:1" or "revert:1".', 'step');
  const section = (hit[1] ?? 'each') as TargetSection;
  return { section, step: numbered(plan, section, Number(hit[2])), to: outcome(line) };
}
