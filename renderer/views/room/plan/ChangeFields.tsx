// The fields of a change: a rule of the breaker, a step's words with what is different, the order of the waves.
import { useRef } from 'react';
import type { PlanView } from '../../../../shared/contract/plan.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { AskField } from '../../../components/Ask.tsx';
import { Button } from '../../../components/Button.tsx';
import { PickBy } from './asks.tsx';
import { moved, type RuleDraft, ruleDraft, tryRule } from './change-rules.ts';
import { lineDiff } from './diff.ts';

const ask = text.ask;
type Rule = PlanView['rules'][number];

export function RuleFields(props: {
  readonly rules: readonly Rule[];
  readonly rule: Rule | null;
  readonly draft: RuleDraft;
  readonly onRule: (rule: Rule) => void;
  readonly onDraft: (draft: RuleDraft) => void;
}) {
  const { rule, rules, draft } = props;
  if (rule === null) return <p className="need">{ask.noRule}</p>;
  const set = (key: keyof RuleDraft) => (value: string) => props.onDraft({ ...draft, [key]: value });
  const read = tryRule(rule, draft);
  const was = ruleDraft(rule);
  const same = was.limit === draft.limit && was.margin === draft.margin && was.for === draft.for;
  return (
    <>
      <PickBy
        label={ask.rule}
        value={rule.id}
        options={rules.map((one) => ({ id: one.id, label: one.text }))}
        onChange={(id) => {
          const found = rules.find((one) => one.id === id);
          if (found) props.onRule(found);
        }}
      />
      <div className="ask-3">
        <AskField label={ask.limitField} value={draft.limit} onChange={set('limit')} max={60} mono />
        <AskField label={ask.forField} value={draft.for} onChange={set('for')} max={40} mono />
        <AskField label={ask.marginField} value={draft.margin} onChange={set('margin')} max={20} mono />
      </div>
      <p className="near" aria-live="polite">
        {same || read === null
          ? ''
          : !read.ok
            ? ask.unread(ask.ruleFields[read.problem.field], read.problem.column, read.problem.text)
            : read.loosens
              ? ask.loosens
              : ask.tightens}
      </p>
    </>
  );
}

export interface StepDraft {
  readonly title: string;
  readonly marks: string;
  readonly body: string;
}

export function StepFields(props: {
  readonly steps: readonly { readonly id: string; readonly label: string }[];
  readonly at: string;
  readonly draft: StepDraft;
  /** The text as it stands, and as it would. */
  readonly before: string;
  readonly after: string;
  /** Targets that have done it as it read before. */
  readonly done: readonly string[];
  readonly onAt: (id: string) => void;
  readonly onDraft: (draft: StepDraft) => void;
}) {
  const { draft, before, after, done } = props;
  const set = (key: keyof StepDraft) => (value: string) => props.onDraft({ ...draft, [key]: value });
  return (
    <>
      <PickBy label={ask.step} value={props.at} options={props.steps} onChange={props.onAt} />
      <AskField label={ask.stepTitle} value={draft.title} onChange={set('title')} max={2000} />
      <AskField
        label={ask.stepMarks}
        value={draft.marks}
        onChange={set('marks')}
        max={200}
        mono
        hint={ask.stepMarksHint}
      />
      <AskField
        label={ask.stepBody}
        value={draft.body}
        onChange={set('body')}
        area
        mono
        max={18_000}
        hint={ask.stepBodyHint}
      />
      {before === after ? null : (
        <div className="ask-df" role="group" aria-label={ask.difference}>
          {lineDiff(before, after)
            .filter((line) => line.kind !== 'same')
            .map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat; their place is what they are
              <p key={i} className={line.kind}>
                <span className="vh">{line.kind === 'out' ? ask.goesOut : ask.comesIn}</span>
                <i aria-hidden>{line.kind === 'out' ? '-' : '+'}</i>
                <code>{line.text === '' ? ' ' : line.text}</code>
              </p>
            ))}
        </div>
      )}
      <p className="fine">
        {done.length === 0 ? ask.doneNone : ask.doneBefore(done.length, done.slice(0, 4))}
      </p>
    </>
  );
}

/** Waves that have not begun, in a new order: Alt and the arrows move the one in hand. */
export function OrderFields({
  order,
  onChange,
}: {
  readonly order: readonly string[];
  readonly onChange: (order: readonly string[]) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const move = (from: number, by: -1 | 1): void => {
    const name = order[from];
    onChange(moved(order, from, by));
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-wave="${CSS.escape(name ?? '')}"]`)?.focus(),
    );
  };
  if (order.length < 2) return <p className="need">{ask.orderNone}</p>;
  return (
    <>
      <ol className="ask-or" aria-label={ask.order} ref={list}>
        {order.map((name, i) => (
          <li key={name}>
            <button
              type="button"
              className="btn"
              data-wave={name}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                event.preventDefault();
                event.stopPropagation();
                move(i, event.key === 'ArrowUp' ? -1 : 1);
              }}
            >
              <span className="cut">{name}</span>
              <span className="dim r">{ask.orderAt(i + 1, order.length)}</span>
            </button>
            <Button look="tiny" label={ask.orderUp(name)} blocked={null} onPress={() => move(i, -1)}>
              {ask.up}
            </Button>
            <Button look="tiny" label={ask.orderDown(name)} blocked={null} onPress={() => move(i, 1)}>
              {ask.down}
            </Button>
          </li>
        ))}
      </ol>
      <p className="fine">{ask.orderHint}</p>
    </>
  );
}
