// The questions of a plan that ask first: each states its effect, takes the reason where one is asked, and shows main's refusal without losing the text.
import { type ReactNode, useId, useState } from 'react';
import type { PlanAction, PlanTarget, PlanWave } from '../../../../shared/contract/plan.ts';
import { STATES, type State } from '../../../../shared/health/types.ts';
import type { Result } from '../../../../shared/result.ts';
import { CHOICE_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { stateWord } from '../../../../shared/text/ui.ts';
import { duration } from '../../../../shared/time/format.ts';
import { useApp } from '../../../app/services.ts';
import { Ask, AskChoice, AskField } from '../../../components/Ask.tsx';
import { S, stateGlyph } from '../../../components/St.tsx';
import { useRoom } from '../session.ts';
import { type OfferedHold, offeredHolds, type PlanStepText } from './model.ts';
import { usePlan } from './store.ts';

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
          <code>{props.step.commands[0]}</code>
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

/** The three choices of an open breaker; what cannot be chosen says why. */
export function AskBreaker(props: AskPlanProps & { readonly first: PlanChoice | null }) {
  const { view } = usePlan();
  const { breaker } = view;
  const able = (choose: PlanChoice): readonly string[] =>
    breaker.choices.find((one) => one.choose === choose)?.targets ?? [];
  const [choose, setChoose] = useState<PlanChoice | null>(
    props.first !== null && able(props.first).length > 0 ? props.first : null,
  );
  const [target, setTarget] = useState('');
  const [reason, setReason] = useState('');
  const targets = choose === null ? [] : able(choose);
  const chosen = targets.includes(target)
    ? target
    : (targets.find((one) => one === breaker.tripped?.target) ?? targets[0] ?? '');
  const effect = (id: PlanChoice): string =>
    id === 'look-again'
      ? ask.breakerEffect['look-again'](duration(breaker.retryMs))
      : id === 'accept'
        ? ask.breakerEffect.accept
        : ask.breakerEffect['try-one'];
  return (
    <Ask
      title={ask.breaker}
      yes={choose === null ? ask.choose : CHOICE_WORD[choose]}
      blocked={choose === null || chosen === '' ? ask.choose : reason.trim() === '' ? ask.needed : null}
      onClose={props.onClose}
      onYes={() =>
        props.act({
          do: 'breaker',
          choose: choose ?? 'look-again',
          target: chosen,
          reason: reason.trim(),
        })
      }
    >
      <AskChoice
        legend={ask.choose}
        first
        value={choose}
        onChange={(id) => setChoose(able(id).length > 0 ? id : choose)}
        options={breaker.choices.map((one) => ({
          id: one.choose,
          label: CHOICE_WORD[one.choose],
          help: one.targets.length > 0 ? effect(one.choose) : one.forbids.map((why) => why.text).join(' '),
        }))}
      />
      {targets.length > 1 ? (
        <Pick label={ask.onTarget} value={chosen} options={targets} onChange={setTarget} />
      ) : null}
      <AskField label={ask.reason} value={reason} onChange={setReason} required />
      <NotCommander />
    </Ask>
  );
}
export type PlanChoice = 'try-one' | 'look-again' | 'accept';

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

/** Sets a hold aside. `held`: the guarded key was held, so nothing has to be typed. */
export function AskOverride(
  props: AskPlanProps & {
    readonly held: boolean;
    readonly wave: PlanWave | null;
    readonly target: PlanTarget | null;
  },
) {
  const { view } = usePlan();
  const [offered] = useState<readonly OfferedHold[]>(() =>
    offeredHolds(view, { wave: props.wave, target: props.target }),
  );
  const [at, setAt] = useState<string | null>(offered.length === 1 ? '0' : null);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const hold = at === null ? null : (offered[Number(at)] ?? null);
  const word = hold?.target ?? view.change.system;
  return (
    <Ask
      title={ask.override}
      effect={offered.length === 0 ? ask.overrideNone : ask.overrideEffect}
      yes={ask.override}
      danger
      wide
      blocked={
        offered.length === 0
          ? ask.overrideNone
          : hold === null
            ? ask.overrideWhich
            : reason.trim() === ''
              ? ask.needed
              : !props.held && typed.trim() !== word
                ? ask.typeName(word)
                : null
      }
      onClose={props.onClose}
      onYes={() =>
        props.act({
          do: 'override',
          hold: hold?.code ?? '',
          reason: reason.trim(),
          ...(hold?.wave === undefined ? {} : { wave: hold.wave }),
          ...(hold?.target === undefined ? {} : { target: hold.target }),
        })
      }
    >
      {offered.length > 0 ? (
        <AskChoice
          legend={ask.overrideWhich}
          first
          value={at}
          onChange={setAt}
          options={offered.map((one, i) => ({
            id: String(i),
            label: one.target ?? one.wave ?? text.pane,
            help: one.text,
          }))}
        />
      ) : null}
      <AskField label={ask.reason} value={reason} onChange={setReason} required />
      {props.held || hold === null ? null : (
        <AskField label={ask.typeName(word)} value={typed} onChange={setTyped} max={200} mono required />
      )}
      <NotCommander />
    </Ask>
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
