// One step of a checklist: its state, who ticked it and when; opened, its command with the values filled in and what to expect.
import { useState } from 'react';
import type { Checklist } from '../../../../shared/contract/room.ts';
import { calledBy } from '../../../../shared/text/people.ts';
import { room, STEP_WORD } from '../../../../shared/text/room-ui.ts';
import { Button } from '../../../components/Button.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { useWrite } from '../session.ts';
import { filledCommand, filledText, STEP_GLYPH, type Step, settled } from './model.ts';

const text = room.checklist;

function Missing({ name, checklist }: { name: string; checklist: Checklist }) {
  const write = useWrite();
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const keep = async (): Promise<void> => {
    if (value.trim() === '') return;
    const answer = await write('checklist.setValue', { checklist: checklist.id, name, value: value.trim() });
    setProblem(answer.ok ? null : answer.error.message);
  };
  return (
    <div className="step-v">
      <label>
        <span className="mono">{name}</span>
        <input
          className="inp mono"
          value={value}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setValue(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            void keep();
          }}
        />
      </label>
      <Button look="tiny" onPress={() => void keep()}>
        {text.setValue(name)}
      </Button>
      <Problem text={problem} />
    </div>
  );
}

export function StepItem(props: {
  readonly step: Step;
  readonly checklist: Checklist;
  readonly current: boolean;
  readonly onSelect: () => void;
  readonly onCopy: () => void;
  readonly copied: string | null;
}) {
  const { step, checklist, current } = props;
  const command = filledCommand(step, checklist.values);
  const missing = command?.missing ?? [];
  return (
    <li
      className={`stp stp-${step.state}${current ? ' cur' : ''}`}
      aria-current={current ? 'step' : undefined}
    >
      <button
        type="button"
        className="stp-h"
        tabIndex={current ? 0 : -1}
        aria-expanded={current}
        onClick={props.onSelect}
      >
        <St kind={STEP_GLYPH[step.state]} label={STEP_WORD[step.state]} />
        <span className="stp-n">{step.index + 1}</span>
        <span className="stp-t">
          <Nb>{filledText(step.title, checklist.values)}</Nb>
          {step.danger ? <em className="mk">{text.danger}</em> : null}
          {step.twoPerson ? <em className="mk">{text.two}</em> : null}
        </span>
        <span className="stp-w">
          {step.at && step.state !== 'todo' ? (
            <>
              {step.by ? `${calledBy(step.by)} ` : ''}
              <Time at={step.at} show="zm" />
            </>
          ) : null}
        </span>
      </button>
      {current ? (
        <div className="stp-b">
          {command ? (
            <div className="code">
              <pre>
                <code>{command.text}</code>
              </pre>
              <Button
                look="tiny"
                keys="Y"
                onPress={props.onCopy}
                blocked={null}
                className={missing.length ? 'held' : ''}
              >
                {text.copy}
              </Button>
            </div>
          ) : null}
          {missing.length > 0 ? (
            <>
              <p className="need">
                <St kind="held" />
                {text.needs(missing)}
              </p>
              {missing.map((name) => (
                <Missing key={name} name={name} checklist={checklist} />
              ))}
            </>
          ) : null}
          {props.copied ? (
            <p className="fine" role="status">
              {props.copied}
            </p>
          ) : null}
          {step.expect ? (
            <p className="exp">
              <b>{text.expect}</b>
              <Nb>{filledText(step.expect, checklist.values)}</Nb>
            </p>
          ) : null}
        </div>
      ) : null}
      {step.note || (step.second && settled(step.state)) ? (
        <p className="stp-x">
          {step.note ? `“${step.note}”` : ''}
          {step.second ? ` ${text.second(step.second)}` : ''}
        </p>
      ) : null}
    </li>
  );
}
