// The questions a step asks first: the reason of a skip or a failure, the typed confirmation of a dangerous one, the second person.
import { useState } from 'react';
import type { Checklist } from '../../../../shared/contract/room.ts';
import type { Result } from '../../../../shared/result.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { useApp } from '../../../app/services.ts';
import { Ask, AskField } from '../../../components/Ask.tsx';
import { useRoom } from '../session.ts';
import { confirmWord, filledCommand, type Step, type StepState } from './model.ts';

const text = room.ask;

export interface StepAnswer {
  readonly reason?: string;
  readonly confirm?: string;
  readonly second?: string;
}

export function AskReason(props: {
  readonly step: Step;
  readonly to: 'skipped' | 'failed';
  readonly onClose: () => void;
  readonly tick: (answer: StepAnswer) => Promise<Result<unknown>>;
}) {
  const [reason, setReason] = useState('');
  const skip = props.to === 'skipped';
  return (
    <Ask
      title={skip ? text.skip : text.fail}
      effect={`${props.step.title}. ${skip ? text.skipEffect : text.failEffect}`}
      yes={skip ? text.skip : text.fail}
      blocked={reason.trim() === '' ? text.reasonNeeded : null}
      onClose={props.onClose}
      onYes={() => props.tick({ reason: reason.trim() })}
    >
      <AskField label={skip ? text.reason : text.what} value={reason} onChange={setReason} first required />
    </Ask>
  );
}

export function AskConfirm(props: {
  readonly step: Step;
  readonly checklist: Checklist;
  readonly to: StepState;
  readonly onClose: () => void;
  readonly tick: (answer: StepAnswer) => Promise<Result<unknown>>;
}) {
  const { step, checklist } = props;
  const { incident } = useRoom();
  const me = useApp((app) => app?.person?.name ?? '');
  const [typed, setTyped] = useState('');
  const [second, setSecond] = useState('');
  const command = filledCommand(step, checklist.values);
  const own = confirmWord(step, checklist.values);
  const word = own ?? text.confirmWord;
  const blocked =
    step.danger && typed.trim() !== word
      ? text.dangerType(word)
      : step.twoPerson && second.trim() === ''
        ? text.secondNeeded
        : step.twoPerson && me !== '' && second.trim().toLowerCase() === me.toLowerCase()
          ? text.secondSelf
          : null;
  return (
    <Ask
      title={step.danger ? text.danger : text.two}
      effect={`${step.title}. ${step.danger ? text.dangerEffect : text.twoEffect}`}
      yes={room.checklist.done}
      danger={step.danger}
      blocked={blocked}
      onClose={props.onClose}
      onYes={() =>
        props.tick({
          // Main compares with the runbook's own word; without one it asks for none.
          ...(step.danger ? { confirm: typed.trim() } : {}),
          ...(step.twoPerson ? { second: second.trim() } : {}),
        })
      }
    >
      {command ? (
        <pre className="ask-cmd">
          <code>{command.text}</code>
        </pre>
      ) : null}
      {step.danger ? (
        <AskField
          label={text.dangerType(word)}
          value={typed}
          onChange={setTyped}
          max={200}
          mono
          first
          required
        />
      ) : null}
      {step.twoPerson ? (
        <AskField
          label={text.second}
          value={second}
          onChange={setSecond}
          max={120}
          first={!step.danger}
          list={incident.roles.map((one) => one.name ?? '').filter((one) => one !== '' && one !== me)}
          required
        />
      ) : null}
    </Ask>
  );
}
