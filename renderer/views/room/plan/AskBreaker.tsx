// The questions that decide what is held: the three choices of an open breaker, and a hold set aside by name.
import { useState } from 'react';
import type { PlanTarget, PlanWave } from '../../../../shared/contract/plan.ts';
import { CHOICE_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { duration } from '../../../../shared/time/format.ts';
import { Ask, AskChoice, AskField } from '../../../components/Ask.tsx';
import { type AskPlanProps, NotCommander, Pick } from './asks.tsx';
import { type OfferedHold, offeredHolds } from './model.ts';
import { usePlan } from './store.ts';

const ask = text.ask;

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
      title={ask.breaker(breaker.state)}
      yes={choose === null ? ask.chooseYes : CHOICE_WORD[choose]}
      blocked={choose === null || chosen === '' ? ask.chooseFirst : reason.trim() === '' ? ask.needed : null}
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
            ? ask.overrideFirst
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
