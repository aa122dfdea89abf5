// When it happened: typed in any usual form, echoed before it is kept, asked where it could mean two things. Never guessed.
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { room } from '../../../../shared/text/room-ui.ts';
import type { Reading, TimeEntry } from '../../../../shared/time/parse.ts';
import { Icon } from '../../../components/Icon.tsx';
import { Keys } from '../../../components/Kbd.tsx';

const text = room.composer;

export interface TimeFieldProps {
  /** Null: the field is closed, it happened now. */
  readonly typed: string | null;
  readonly onTyped: (typed: string | null) => void;
  readonly reading: TimeEntry | null;
  readonly chosen: Reading | null;
  readonly onChoose: (choice: Reading) => void;
  readonly onEnter: () => void;
}

/** The button that opens the field, or the field; it stands in front of the text. */
export function TimeField(props: TimeFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const open = props.typed !== null;
  useEffect(() => {
    if (open) field.current?.focus();
  }, [open]);
  if (props.typed === null)
    return (
      <button type="button" className="occ" title={text.nowTitle} onClick={() => props.onTyped('')}>
        <Icon name="clock" />
        <span>{text.now}</span>
        <Keys keys="Ctrl ;" />
      </button>
    );
  const refused = props.reading?.kind === 'refused';
  return (
    <span className="occ open">
      <Icon name="clock" />
      <input
        ref={field}
        className="occ-i"
        aria-label={text.timeLabel}
        aria-invalid={refused || undefined}
        aria-describedby="occ-echo"
        placeholder={text.timePlaceholder}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={props.typed}
        onChange={(event) => props.onTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            props.onEnter();
          } else if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            props.onTyped(null);
          }
        }}
      />
      <span className="lg">{text.utcField}</span>
      <button
        type="button"
        className="occ-x"
        aria-label={text.timeClear}
        title={text.timeClear}
        onClick={() => props.onTyped(null)}
      >
        <Icon name="x" />
      </button>
    </span>
  );
}

/** What the typed time is taken for; two choices when it could be either, none chosen. */
export function TimeEcho({ typed, reading, chosen, onChoose, onEnter }: Omit<TimeFieldProps, 'onTyped'>) {
  const row = useRef<HTMLDivElement>(null);
  if (typed === null || typed.trim() === '' || reading === null) return null;
  if (reading.kind === 'at')
    return (
      <p className="echo" id="occ-echo" role="status">
        {reading.echo}
      </p>
    );
  if (reading.kind === 'refused')
    return (
      <p className="echo bad" id="occ-echo" role="status">
        {reading.text}
      </p>
    );
  const key = (event: KeyboardEvent, index: number): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      onEnter();
      return;
    }
    if (!step) return;
    event.preventDefault();
    const to =
      chosen === null
        ? step > 0
          ? 0
          : reading.choices.length - 1
        : (index + step + reading.choices.length) % reading.choices.length;
    const choice = reading.choices[to];
    if (!choice) return;
    onChoose(choice);
    row.current?.querySelectorAll<HTMLElement>('[role=radio]')[to]?.focus();
  };
  return (
    <div className="echo asked" id="occ-echo" ref={row} role="radiogroup" aria-label={text.choices}>
      <span className="near">{reading.question}</span>
      {reading.choices.map((choice, i) => {
        const checked = chosen?.instant === choice.instant;
        return (
          <button
            key={choice.instant}
            type="button"
            role="radio"
            aria-checked={checked}
            tabIndex={checked || (chosen === null && i === 0) ? 0 : -1}
            className={checked ? 'choice on' : 'choice'}
            onClick={() => onChoose(choice)}
            onKeyDown={(event) => key(event, i)}
          >
            {choice.echo}
          </button>
        );
      })}
    </div>
  );
}
