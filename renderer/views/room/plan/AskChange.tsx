// What is pending can be changed while the plan runs (rule 10): one entry with the difference and a reason, asked first.
import { type ReactNode, useState } from 'react';
import type { PlanAction, PlanTarget, PlanView, PlanWave } from '../../../../shared/contract/plan.ts';
import { joinStep, splitStep } from '../../../../shared/rollback/step-parts.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { Ask, AskChoice, AskField } from '../../../components/Ask.tsx';
import { type AskPlanProps, NotCommander, Pick } from './asks.tsx';
import { OrderFields, RuleFields, type StepDraft, StepFields } from './ChangeFields.tsx';
import { doneAlready, loosensPlan, type RuleDraft, ruleDraft, tryRule } from './change-rules.ts';
import { usePlan } from './store.ts';

const ask = text.ask;
type Change = keyof typeof ask.changes;
const OF_PLAN: readonly Change[] = ['reorder', 'set-pace', 'set-limit', 'set-step'];
const OF_WAVE: readonly Change[] = ['set-bake', 'set-gate', 'split-wave', 'add-target', ...OF_PLAN];
const OF_TARGET: readonly Change[] = ['pull-forward', 'move-target', 'remove-target', 'set-step'];
const MINUTE = 60_000;

type Step = PlanView['steps'][number];
const stepId = (step: { readonly section: string; readonly number: number }): string =>
  `${step.section} ${step.number}`;
const stepDraft = (step: Step | undefined): StepDraft => {
  const { title, marks, body } = splitStep(step?.text ?? '');
  return { title: title === '' ? (step?.title ?? '') : title, marks, body };
};

export function AskChange(
  props: AskPlanProps & {
    readonly wave: PlanWave | null;
    readonly target: PlanTarget | null;
    /** The step in hand, offered first where a step is corrected. */
    readonly step: { readonly section: string; readonly number: number } | null;
  },
) {
  const { view } = usePlan();
  const { wave, target } = props;
  const offered = target ? OF_TARGET : wave ? OF_WAVE : OF_PLAN;
  const [what, setWhat] = useState<Change | null>(null);
  const [reason, setReason] = useState('');
  // As the fields stood when it opened: what nobody touched is no change, and a bake's seconds are not rounded away.
  const [was] = useState(() => ({
    bake: String(Math.round((wave?.bake.neededMs ?? 0) / MINUTE)),
    atOnce: view.pace.atOnce === null ? '' : String(view.pace.atOnce),
    apart: String(Math.round(view.pace.apartMs / MINUTE)),
  }));
  const [minutes, setMinutes] = useState(was.bake);
  const [gate, setGate] = useState<'health' | 'manual'>(wave?.gate.kind ?? 'manual');
  const [atOnce, setAtOnce] = useState(was.atOnce);
  const [apart, setApart] = useState(was.apart);
  const [named, setNamed] = useState('');
  const [split, setSplit] = useState<readonly string[]>([]);
  const waiting = view.waves.filter((one) => one.startedAt === null).map((one) => one.name);
  const others = waiting.filter((name) => name !== wave?.name);
  const [to, setTo] = useState(others[0] ?? '');
  const [order, setOrder] = useState<readonly string[]>(waiting);
  const rules = view.rules.filter((one) => one.limit !== null);
  const [rule, setRule] = useState(rules[0] ?? null);
  const [limits, setLimits] = useState<RuleDraft>(() =>
    rules[0] ? ruleDraft(rules[0]) : { limit: '', margin: '', for: '' },
  );
  const inHand = props.step === null ? null : stepId(props.step);
  const firstStep = view.steps.find((one) => stepId(one) === inHand) ?? view.steps[0];
  const [step, setStep] = useState<Step | undefined>(firstStep);
  const [words, setWords] = useState<StepDraft>(() => stepDraft(firstStep));
  const before = step?.text.trim() === '' ? `1. ${step.title}` : (step?.text ?? '');
  const { marker } = splitStep(before);
  const after = joinStep({ marker, ...words });
  // As it stands, put together the same way: an empty line more or less is no difference.
  const stands = joinStep(splitStep(before));
  const whole = (given: string): number => (/^\d+$/.test(given.trim()) ? Number(given) : Number.NaN);

  /** At once, as typed: nothing is no limit. */
  const most = atOnce.trim() === '' ? null : whole(atOnce);

  const made = (): PlanAction | string => {
    const why = reason.trim();
    const here = wave?.name ?? '';
    switch (what) {
      case 'set-bake':
        if (minutes.trim() === was.bake) return ask.unchanged;
        return Number.isNaN(whole(minutes))
          ? ask.number
          : { do: 'set-bake', wave: here, bakeMs: whole(minutes) * MINUTE, reason: why };
      case 'set-gate':
        return gate === wave?.gate.kind ? ask.unchanged : { do: 'set-gate', wave: here, gate, reason: why };
      case 'set-pace':
        if (atOnce.trim() === was.atOnce && apart.trim() === was.apart) return ask.unchanged;
        if (most !== null && !(most >= 1)) return ask.atOnceNumber;
        return Number.isNaN(whole(apart))
          ? ask.number
          : {
              do: 'set-pace',
              atOnce: most,
              apartMs: apart.trim() === was.apart ? view.pace.apartMs : whole(apart) * MINUTE,
              reason: why,
            };
      case 'split-wave':
        return split.length === 0
          ? ask.splitNone
          : { do: 'split-wave', wave: here, targets: [...split], reason: why };
      case 'add-target':
        return named.trim() === ''
          ? ask.targetNeeded
          : { do: 'add-target', target: named.trim(), wave: here, reason: why };
      case 'move-target':
        return to === ''
          ? text.noWave
          : { do: 'move-target', target: target?.id ?? '', wave: to, reason: why };
      case 'remove-target':
        return { do: 'remove-target', target: target?.id ?? '', reason: why };
      case 'pull-forward':
        return { do: 'pull-forward', target: target?.id ?? '', reason: why };
      case 'reorder':
        if (order.length < 2) return ask.orderNone;
        return order.join('\n') === waiting.join('\n')
          ? ask.unchanged
          : { do: 'reorder', waves: [...order], reason: why };
      case 'set-limit': {
        if (rule === null) return ask.noRule;
        const read = tryRule(rule, limits);
        if (read && !read.ok) return ask.unreadShort;
        const was = ruleDraft(rule);
        if (was.limit === limits.limit && was.margin === limits.margin && was.for === limits.for)
          return ask.unchanged;
        return { do: 'set-limit', rule: rule.id, ...limits, reason: why };
      }
      case 'set-step':
        if (!step) return ask.unchanged;
        if (words.title.trim() === '') return ask.stepTitleNeeded;
        return after === stands
          ? ask.unchanged
          : {
              do: 'set-step',
              section: step.section,
              step: step.number,
              title: words.title.trim(),
              text: after,
              reason: why,
            };
      default:
        return ask.what;
    }
  };
  const action = made();
  const fields: Partial<Record<Change, ReactNode>> = {
    'set-bake': <AskField label={ask.bakeField} value={minutes} onChange={setMinutes} max={5} />,
    'set-gate': (
      <AskChoice
        legend={text.make.gate}
        value={gate}
        onChange={setGate}
        options={[
          { id: 'health', label: text.make.health },
          { id: 'manual', label: text.make.manual },
        ]}
      />
    ),
    'set-pace': (
      <>
        <AskField label={ask.atOnce} value={atOnce} onChange={setAtOnce} max={3} hint={ask.atOnceHint} />
        <AskField label={ask.apart} value={apart} onChange={setApart} max={4} />
      </>
    ),
    'split-wave': (
      <fieldset className="ask-c">
        <legend>{ask.splitOff}</legend>
        {(wave?.targets ?? []).map((id) => (
          <label key={id} className="ck-b">
            <input
              type="checkbox"
              checked={split.includes(id)}
              onChange={() =>
                setSplit((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]))
              }
            />
            <span>{id}</span>
          </label>
        ))}
      </fieldset>
    ),
    'add-target': <AskField label={ask.newTarget} value={named} onChange={setNamed} max={120} mono />,
    'move-target': <Pick label={ask.toWave} value={to} options={others} onChange={setTo} />,
    reorder: <OrderFields order={order} onChange={setOrder} />,
    'set-limit': (
      <RuleFields
        rules={rules}
        rule={rule}
        draft={limits}
        onRule={(one) => {
          setRule(one);
          setLimits(ruleDraft(one));
        }}
        onDraft={setLimits}
      />
    ),
    'set-step': (
      <StepFields
        steps={view.steps.map((one) => ({
          id: stepId(one),
          label: `${text.allSections[one.section]} ${one.number}: ${one.title}`,
        }))}
        at={step ? stepId(step) : ''}
        draft={words}
        before={stands}
        after={after}
        done={step ? doneAlready(view, step.section, step.number) : []}
        onAt={(id) => {
          const found = view.steps.find((one) => stepId(one) === id);
          setStep(found);
          setWords(stepDraft(found));
        }}
        onDraft={setWords}
      />
    ),
  };
  const loosens = typeof action !== 'string' && loosensPlan(view, wave, action);
  const forbids = what === 'pull-forward' ? (target?.pullForbids ?? []) : [];
  return (
    <Ask
      title={target ? ask.changeTarget(target.id) : wave ? ask.changeWave(wave.name) : ask.changePlan}
      effect={ask.changeEffect}
      yes={text.change}
      wide={what === 'set-step' || what === 'set-limit'}
      blocked={typeof action === 'string' ? action : reason.trim() === '' ? ask.needed : null}
      onClose={props.onClose}
      onYes={() =>
        typeof action === 'string' ? Promise.resolve({ ok: true, value: null }) : props.act(action)
      }
    >
      <AskChoice
        legend={ask.what}
        first
        value={what}
        onChange={setWhat}
        options={offered.map((id) => ({ id, label: ask.changes[id] }))}
      />
      {what === null ? null : fields[what]}
      {loosens ? <p className="near">{ask.loosensPlan}</p> : null}
      {forbids.map((why) => (
        <p key={why.code} className="need">
          {why.text}
        </p>
      ))}
      <AskField label={ask.reason} value={reason} onChange={setReason} required />
      <NotCommander />
    </Ask>
  );
}
