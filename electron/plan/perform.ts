// A person's action on a plan, as entries or a refusal with every rule: the pure machine decides, this adds what only the room
// knows: typed confirmations, second people, findings one by one, readings typed by hand, and who watches. Pure.
import type { PlanAction } from '../../shared/contract/plan.ts';
import { act } from '../../shared/rollback/act.ts';
import { type Action, type Answer, allow, findNow, type Room, refuse } from '../../shared/rollback/action.ts';
import { type Why, why } from '../../shared/rollback/gate.ts';
import { newFindings } from '../../shared/rollback/preflight.ts';
import type { PlanStep, Section } from '../../shared/rollback/sections.ts';
import { type PlanState, stepState, type TargetSection } from '../../shared/rollback/state.ts';
import { planText as say } from '../../shared/text/plan.ts';
import { change, isChange } from './changes.ts';

/** Codes beside those of the machine, for what a form asks for. */
export type FormCode = 'confirm-needed' | 'second-needed' | 'reason-needed';
export interface Refusal extends Omit<Why, 'code'> {
  readonly code: Why['code'] | FormCode;
}
export interface Performed extends Omit<Answer, 'why'> {
  readonly why: readonly Refusal[];
}

const form = (code: FormCode, text: string): Performed => ({
  ok: false,
  why: [{ rule: '', code, text }],
  entries: [],
});

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** What forbids that this machine takes over the watch. */
export function watchForbids(state: PlanState, device: string): Why[] {
  if (state.status === 'draft') return [why('plan-not-running', say.notStarted)];
  if (state.status === 'completed' || state.status === 'aborted')
    return [why('plan-not-running', say.over(state.status))];
  return state.watcher === device ? [why('not-pending', say.watchedHere)] : [];
}

/** A dangerous step is confirmed by its word, a two-person one by a name that is not one's own. */
function stepForm(
  step: PlanStep,
  target: string,
  by: string,
  given: { confirm?: string | undefined; second?: string | undefined },
): Performed | null {
  const word = step.confirm ?? target;
  if (step.danger && (given.confirm ?? '').trim() !== word)
    return form('confirm-needed', say.confirmNeeded(word, step.title));
  if (step.twoPerson && ((given.second ?? '').trim() === '' || same(given.second ?? '', by)))
    return form('second-needed', say.secondNeeded(step.title));
  return null;
}

function restForm(
  state: PlanState,
  section: TargetSection,
  target: string,
  by: string,
  given: { confirm?: string | undefined; second?: string | undefined },
): Performed | null {
  const one = state.targets[target];
  const left = state.plan.steps[section].filter(
    (step) => !one || !['done', 'skipped'].includes(stepState(one, section, step.number).state),
  );
  const danger = left.find((step) => step.danger);
  if (danger && (given.confirm ?? '').trim() !== target)
    return form('confirm-needed', say.confirmTarget(target, danger.title));
  const two = left.find((step) => step.twoPerson);
  if (two && ((given.second ?? '').trim() === '' || same(given.second ?? '', by)))
    return form('second-needed', say.secondNeeded(two.title));
  return null;
}

/** Decides an action in the name of `by`. A refusal may carry entries, too: preflight that was run again. */
export function perform(room: Room, action: PlanAction, by: string): Performed {
  const { state } = room;
  const asked = formOf(state, action, by);
  // What the machine forbids comes first: nobody types a word for a step that may not be done.
  const answer = decide(room, action, by);
  if (!answer.ok) return answer;
  return asked ?? { ...answer, entries: answer.entries.map((entry) => withWords(state, entry, action)) };
}

function formOf(state: PlanState, action: PlanAction, by: string): Performed | null {
  if ('reason' in action && action.reason !== undefined && NEEDS_REASON.includes(action.do))
    if (action.reason.trim() === '') return form('reason-needed', say.reasonNeeded);
  if (action.do === 'accept-finding' && action.reason.trim() === '' && action.answer === undefined)
    return form('reason-needed', say.reasonNeeded);
  if (action.do === 'step' && action.to === 'done') {
    const step = state.plan.steps[action.section].find((one) => one.number === action.step);
    return step ? stepForm(step, action.target, by, action) : null;
  }
  if (action.do === 'plan-step' && action.to === 'done') {
    const step = state.plan.steps[action.section].find((one) => one.number === action.step);
    return step ? stepForm(step, state.plan.change.system, by, action) : null;
  }
  if (action.do === 'finish-target') return restForm(state, 'each', action.target, by, action);
  if (action.do === 'finish-revert') return restForm(state, 'revert', action.target, by, action);
  return null;
}

const NEEDS_REASON: readonly string[] = [
  'accept-findings',
  'abort',
  'skip-target',
  'revert',
  'pass-gate',
  'breaker',
  'override',
  'pull-forward',
  'set-bake',
  'split-wave',
  'set-gate',
  'set-pace',
  'set-limit',
  'set-step',
  'reorder',
  'move-target',
  'add-target',
  'remove-target',
];

/** A step's title as its entries carry it, so that a timeline is read without the plan; null for what is no step. */
export function stepTitle(
  plan: PlanState['plan'],
  kind: string,
  body: Readonly<Record<string, unknown>>,
): string | null {
  if (!kind.startsWith('step-')) return null;
  const step = plan.steps[body['section'] as Section]?.find((one) => one.number === body['step']);
  return step ? `${step.number}. ${step.title}` : null;
}

/** Steps carry their title, and the second person. */
function withWords(
  state: PlanState,
  entry: Answer['entries'][number],
  action: PlanAction,
): Answer['entries'][number] {
  const title = stepTitle(state.plan, entry.kind, entry.body);
  if (title === null) return entry;
  const section = entry.body['section'] as Section;
  const step = state.plan.steps[section]?.find((one) => one.number === entry.body['step']);
  const second = 'second' in action ? action.second?.trim() : undefined;
  return {
    ...entry,
    body: {
      ...entry.body,
      title,
      ...(second && step?.twoPerson ? { second } : {}),
    },
  };
}

function decide(room: Room, action: PlanAction, by: string): Answer {
  const { state } = room;
  if (isChange(action)) return change(state, action, by);
  switch (action.do) {
    case 'check':
      return check(room);
    case 'accept-finding':
      return acceptOne(state, action, by);
    case 'take-watch': {
      const list = watchForbids(state, room.here.device);
      if (list.length > 0) return refuse(list);
      const body = { plan: state.id, by, reason: action.reason, change: 'watch', device: room.here.device };
      return allow([{ kind: 'plan-changed', body: { ...body, loosens: false, before: state.watcher } }]);
    }
    case 'reading': {
      if (!Object.hasOwn(state.targets, action.target))
        return refuse([why('not-pending', say.unknownTarget(action.target))]);
      const { target, health, note } = action;
      return allow([{ kind: 'reading-typed', body: { plan: state.id, target, health, by, reason: note } }]);
    }
    case 'set-bake': {
      const { bakeMs, ...rest } = action;
      return act(room, { ...rest, bake: bakeMs, by });
    }
    default: {
      const {
        confirm: _,
        second: __,
        ...rest
      } = action as PlanAction & { confirm?: string; second?: string };
      return act(room, { ...rest, by } as Action);
    }
  }
}

function check(room: Room): Answer {
  const { state } = room;
  if (state.status === 'completed' || state.status === 'aborted')
    return refuse([why('plan-not-running', say.over(state.status))]);
  const wave = state.status === 'draft' ? null : (state.waves.find((one) => one.startedAt === null) ?? null);
  const findings = newFindings(state, findNow(room, wave));
  return allow([
    {
      kind: 'preflight-done',
      body: { plan: state.id, findings, ...(wave ? { wave: wave.name } : {}) },
    },
  ]);
}

function acceptOne(
  state: PlanState,
  action: Extract<PlanAction, { do: 'accept-finding' }>,
  by: string,
): Answer {
  const open = state.findings.find(
    (one) => one.code === action.code && one.about === action.about && !one.accepted,
  );
  if (!open) return refuse([why('not-pending', say.noFinding(action.about))]);
  const body = { plan: state.id, by, code: open.code, about: open.about, text: open.text };
  return allow([
    {
      kind: 'finding-accepted',
      body: {
        ...body,
        reason: action.reason,
        ...(open.question ? { answer: action.answer ?? 'not known' } : {}),
      },
    },
  ]);
}
