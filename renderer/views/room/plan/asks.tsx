// The questions of a plan that ask first: each states its effect, takes the reason where one is asked, and shows main's refusal without losing the text.
import { type ReactNode, useId, useState } from 'react';
import type { PlanAction } from '../../../../shared/contract/plan.ts';
import { STATES, type State } from '../../../../shared/health/types.ts';
import type { Result } from '../../../../shared/result.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { stateWord } from '../../../../shared/text/ui.ts';
import { useApp } from '../../../app/services.ts';
import { Ask, AskChoice, AskField } from '../../../components/Ask.tsx';
import { S, stateGlyph } from '../../../components/St.tsx';
import { Whole } from '../../../components/Whole.tsx';
import { useRoom } from '../session.ts';
import type { PlanStepText } from './model.ts';

const ask = text.ask;
export type Act = (action: PlanAction) => Promise<Result<unknown>>;
export interface AskPlanProps {
  readonly act: Act;
  readonly onClose: () => void;
}

export function NotCommander() {
  const { incident } = useRoom();
  const me = useApp((app) => app?.person?.name ?? '');
  if (!incident.commander || incident.commander === me) return null;
  return <p className="fine">{ask.ownName(incident.commander)}</p>;
}

/** One reason, one effect: most questions. `make` is the action with the reason in it. */
export function AskWithReason(
  props: AskPlanProps & {
    readonly title: string;
    readonly effect?: ReactNode;
    readonly yes?: string;
    readonly optional?: boolean;
    readonly danger?: boolean;
    readonly children?: ReactNode;
    readonly make: (reason: string) => PlanAction;
  },
) {
  const [reason, setReason] = useState('');
  return (
    <Ask
      title={props.title}
      effect={props.effect}
      yes={props.yes ?? props.title}
      danger={props.danger}
      blocked={!props.optional && reason.trim() === '' ? ask.needed : null}
      onClose={props.onClose}
      onYes={() => props.act(props.make(reason.trim()))}
    >
      {props.children}
      <AskField label={ask.reason} value={reason} onChange={setReason} first required={!props.optional} />
      <NotCommander />
    </Ask>
  );
}

/** A question without a reason: the effect, and yes. */
export function AskPlain(
  props: Omit<AskPlanProps, 'act'> & {
    readonly title: string;
    readonly effect?: ReactNode;
    readonly yes?: string;
    readonly children?: ReactNode;
    readonly run: () => Promise<Result<unknown>>;
  },
) {
  return (
    <Ask
      title={props.title}
      effect={props.effect}
      yes={props.yes ?? props.title}
      onClose={props.onClose}
      onYes={props.run}
    >
      {props.children}
    </Ask>
  );
}

/** A dangerous or two-person step: the word typed, the second person named. */
export function AskStep(
  props: AskPlanProps & {
    readonly title: string;
    readonly target: string;
    readonly danger: boolean;
    readonly twoPerson: boolean;
    readonly word: string;
    readonly step: PlanStepText | null;
    readonly make: (answer: { confirm?: string; second?: string }) => PlanAction;
  },
) {
  const { incident } = useRoom();
  const me = useApp((app) => app?.person?.name ?? '');
  const [typed, setTyped] = useState('');
  const [second, setSecond] = useState('');
  const blocked =
    props.danger && typed.trim() !== props.word
      ? ask.type(props.word)
      : props.twoPerson && second.trim() === ''
        ? ask.secondNeeded
        : null;
  return (
    <Ask
      title={props.danger ? ask.danger : props.title}
      effect={`${props.title}, ${props.target}. ${props.danger ? ask.dangerEffect : ''}`}
      yes={text.keys.done}
      danger={props.danger}
      blocked={blocked}
      onClose={props.onClose}
      onYes={() =>
        props.act(
          props.make({
            ...(props.danger ? { confirm: typed.trim() } : {}),
            ...(props.twoPerson ? { second: second.trim() } : {}),
          }),
        )
      }
    >
      {props.step?.commands[0] ? (
        <pre className="ask-cmd">
          <code>
            <Whole>{props.step.commands[0]}</Whole>
          </code>
        </pre>
      ) : null}
      {props.danger ? (
        <AskField
          label={ask.type(props.word)}
          value={typed}
          onChange={setTyped}
          max={200}
          mono
          first
          required
        />
      ) : null}
      {props.twoPerson ? (
        <AskField
          label={ask.second}
          value={second}
          onChange={setSecond}
          max={120}
          first={!props.danger}
          list={incident.roles.map((one) => one.name ?? '').filter((one) => one !== '' && one !== me)}
          required
        />
      ) : null}
    </Ask>
  );
}

/** A drop-down of few names. */
export function Pick(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className="ask-f">
      <span>{props.label}</span>
      <select className="inp" value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.options.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The same, where what is shown is not what is meant. */
export function PickBy(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly onChange: (id: string) => void;
}) {
  const field = useId();
  return (
    <div className="ask-f">
      <label htmlFor={field}>{props.label}</label>
      <select
        id={field}
        className="inp"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A reading typed by a person counts as one of ours. */
export function AskReading(props: AskPlanProps & { readonly target: string; readonly first: State | null }) {
  const [health, setHealth] = useState<State | null>(props.first);
  const [note, setNote] = useState('');
  return (
    <Ask
      title={ask.reading(props.target)}
      effect={ask.readingEffect}
      yes={text.typeReading}
      blocked={health === null ? ask.health : null}
      onClose={props.onClose}
      onYes={() =>
        props.act({
          do: 'reading',
          target: props.target,
          health: health ?? 'unknown',
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        })
      }
    >
      <AskChoice
        legend={ask.health}
        first
        value={health}
        onChange={setHealth}
        options={STATES.map((state) => ({
          id: state,
          label: <S kind={stateGlyph(state)}>{stateWord(state)}</S>,
        }))}
      />
      <AskField label={ask.note} value={note} onChange={setNote} max={2000} />
    </Ask>
  );
}

/** A finding accepted, or a question answered, by name. */
export function AskFinding(
  props: AskPlanProps & {
    readonly finding: { readonly code: string; readonly about: string; readonly text: string };
    readonly answer?: 'yes' | 'no' | 'not known';
  },
) {
  const { finding, answer } = props;
  return (
    <AskWithReason
      act={props.act}
      onClose={props.onClose}
      title={ask.accept}
      effect={finding.text}
      make={(reason) => ({
        do: 'accept-finding',
        code: finding.code,
        about: finding.about,
        reason,
        ...(answer === undefined ? {} : { answer }),
      })}
    />
  );
}
