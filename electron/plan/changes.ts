// Changes of a running plan (rollback.md 10) that the plan's fold knows: each one entry with the difference and a reason.
// One that loosens says so. Pure.
import type { PlanAction } from '../../shared/contract/plan.ts';
import { type Answer, allow, refuse } from '../../shared/rollback/action.ts';
import { why } from '../../shared/rollback/gate.ts';
import { changeRule, hasLimit } from '../../shared/rollback/rule-change.ts';
import { type PlanState, stepState, waveNamed, waveOf } from '../../shared/rollback/state.ts';
import { joinStep, splitStep } from '../../shared/rollback/step-parts.ts';
import { readStep } from '../../shared/rollback/step-text.ts';
import { planText as say } from '../../shared/text/plan.ts';

type Change = Extract<
  PlanAction,
  {
    do:
      | 'set-gate'
      | 'set-pace'
      | 'move-target'
      | 'add-target'
      | 'remove-target'
      | 'reorder'
      | 'set-step'
      | 'set-limit';
  }
>;

const CHANGES = [
  'set-gate',
  'set-pace',
  'move-target',
  'add-target',
  'remove-target',
  'reorder',
  'set-step',
  'set-limit',
];
export const isChange = (action: PlanAction): action is Change => CHANGES.includes(action.do);

const no = (text: string, target?: string): Answer => refuse([why('not-pending', text, target)]);

/** Decides a change by a named person. Plans that are over are not changed. */
export function change(state: PlanState, action: Change, by: string): Answer {
  if (state.status === 'completed' || state.status === 'aborted')
    return refuse([why('plan-not-running', say.over(state.status))]);
  const entry = (more: Record<string, unknown>, loosens = false): Answer =>
    allow([
      {
        kind: 'plan-changed',
        body: { plan: state.id, by, reason: action.reason, change: action.do, loosens, ...more },
      },
    ]);
  switch (action.do) {
    case 'set-gate': {
      const wave = waveNamed(state, action.wave);
      if (!wave) return no(say.unknownWave(action.wave));
      if (wave.passedAt !== null) return no(say.wavePassed(wave.name));
      // A person instead of the conditions asks for less evidence; the other way round it asks for more.
      const loosens = wave.gate === 'health' && action.gate === 'manual';
      return entry({ wave: wave.name, gate: action.gate, before: wave.gate }, loosens);
    }
    case 'set-pace': {
      const { atOnce, apart } = state.plan.pace;
      const more = atOnce !== null && (action.atOnce === null || action.atOnce > atOnce);
      const loosens = more || action.apartMs < apart;
      return entry(
        {
          atOnce: action.atOnce,
          apart: action.apartMs / 1000,
          before: { atOnce, apart: apart / 1000 },
        },
        loosens,
      );
    }
    case 'move-target': {
      const target = state.targets[action.target];
      const wave = waveNamed(state, action.wave);
      if (!target) return no(say.unknownTarget(action.target));
      if (!wave) return no(say.unknownWave(action.wave));
      if (target.state !== 'pending') return no(say.notPending(target.id, target.state), target.id);
      if (wave.startedAt !== null) return no(say.notPending(`“${wave.name}”`, 'running or passed'));
      if (wave.targets.includes(target.id)) return no(say.sameWave(target.id, wave.name), target.id);
      return entry({ target: target.id, wave: wave.name, before: waveOf(state, target.id)?.name });
    }
    case 'add-target': {
      const wave = waveNamed(state, action.wave);
      if (!wave) return no(say.unknownWave(action.wave));
      if (Object.hasOwn(state.targets, action.target) || action.target === '__proto__')
        return no(say.knownTarget(action.target), action.target);
      if (wave.passedAt !== null) return no(say.wavePassed(wave.name));
      return entry({ target: action.target, wave: wave.name });
    }
    case 'remove-target': {
      const target = state.targets[action.target];
      if (!target) return no(say.unknownTarget(action.target));
      if (target.state !== 'pending') return no(say.notPending(target.id, target.state), target.id);
      if (state.plan.targets.length === 1) return no(say.lastTarget(target.id), target.id);
      return entry({ target: target.id, before: waveOf(state, target.id)?.name });
    }
    case 'reorder': {
      const waiting = state.waves.filter((wave) => wave.startedAt === null).map((wave) => wave.name);
      if ([...waiting].sort().join('\n') !== [...action.waves].sort().join('\n')) return no(say.wrongWaves);
      return entry({ waves: [...action.waves], before: waiting });
    }
    case 'set-limit':
      return setLimit(state, action, entry);
    default:
      return setStep(state, action, entry);
  }
}

type Entry = (more: Record<string, unknown>, loosens?: boolean) => Answer;
type On<D extends Change['do']> = Extract<Change, { do: D }>;

function setLimit(state: PlanState, action: On<'set-limit'>, entry: Entry): Answer {
  const old = state.plan.breaker.trip.find((one) => one.id === action.rule);
  if (!old) return no(say.unknownRule(action.rule));
  if (!hasLimit(old)) return no(say.ruleWithoutLimit(old.text));
  const { limit, margin, for: lasting } = action;
  const read = changeRule(old, {
    ...(limit === undefined ? {} : { limit }),
    ...(margin === undefined ? {} : { margin }),
    ...(lasting === undefined ? {} : { for: lasting }),
  });
  if (!read.ok) return no(say.limitUnread(read.problem.field, read.problem.column, read.problem.text));
  const { id: _, ...definition } = read.rule;
  if (definition.text === old.text && definition.margin === old.margin) return no(say.nothingChanged);
  return entry({ rule: old.id, definition, before: { text: old.text, margin: old.margin } }, read.loosens);
}

function setStep(state: PlanState, action: On<'set-step'>, entry: Entry): Answer {
  const { section, step: number } = action;
  const step = state.plan.steps[section].find((one) => one.number === number);
  if (!step) return no(say.unknownStep(number));
  // Only the title is given: the rest stays as it is.
  const text =
    action.text.trim() === '' ? joinStep({ ...splitStep(step.text), title: action.title }) : action.text;
  const read = readStep(section, text);
  if (!read.ok) return no(say.stepUnread(read.line, read.text));
  const now = read.step;
  if (now.text === step.text && now.title === step.title) return no(say.nothingChanged);
  const done =
    section === 'prepare' || section === 'each' || section === 'revert'
      ? Object.values(state.targets).filter((target) =>
          ['done', 'skipped'].includes(stepState(target, section, number).state),
        )
      : [];
  const { commands, expected, lasts, danger, confirm, twoPerson } = now;
  return entry(
    {
      section,
      step: number,
      title: now.title,
      text: now.text,
      read: { commands: [...commands], expected, lasts, danger, confirm, twoPerson },
      before: { title: step.title, text: step.text },
      // Those have done it as it read before.
      doneBefore: done.map((target) => target.id),
    },
    // Fewer guards than before.
    (step.danger && !danger) || (step.twoPerson && !twoPerson),
  );
}
