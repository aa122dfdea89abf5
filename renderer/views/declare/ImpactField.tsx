// When the impact started: never filled in by guess. The first signal's time is offered, another one is typed and echoed before it is kept.
import { useId, useState } from 'react';
import { board as words } from '../../../shared/text/board.ts';
import { type Instant, toInstant } from '../../../shared/time/clock.ts';
import { inSentence, type Precision } from '../../../shared/time/format.ts';
import { parseTime } from '../../../shared/time/parse.ts';
import { useServices, useZone } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { St } from '../../components/St.tsx';

export interface Impact {
  readonly at: Instant;
  readonly precision: Precision;
  readonly typed: string;
}

export function ImpactField(props: {
  readonly offer: Instant | null;
  readonly value: Impact | null;
  readonly onChange: (impact: Impact | null) => void;
  /** Something was typed and is not yet a time: the form waits. */
  readonly onPending: (pending: boolean) => void;
}) {
  const { offer, value, onChange, onPending } = props;
  const { clock } = useServices();
  const zone = useZone();
  const field = useId();
  const [typing, setTyping] = useState(false);
  const [typed, setTyped] = useState('');
  const now = toInstant(clock.now());
  const read = typed.trim() ? parseTime(typed, { now, zone, purpose: 'happened' }) : null;
  const close = (): void => {
    setTyping(false);
    setTyped('');
    onPending(false);
  };
  const type = (text: string): void => {
    setTyped(text);
    const entry = text.trim() ? parseTime(text, { now, zone, purpose: 'happened' }) : null;
    onPending(Boolean(entry && entry.kind !== 'at'));
    onChange(entry?.kind === 'at' ? { at: entry.instant, precision: entry.precision, typed: text } : null);
  };
  if (value && !typing) {
    return (
      <span>
        {words.declareForm.impactSet(inSentence(value.at, now, value.precision))}{' '}
        <Button look="tiny" onPress={() => onChange(null)}>
          {words.declareForm.impactClear}
        </Button>
      </span>
    );
  }
  if (!typing) {
    return (
      <span>
        {words.declareForm.impactNot}
        <br />
        {offer ? (
          <Button look="tiny" onPress={() => onChange({ at: offer, precision: 'second', typed: offer })}>
            {words.declareForm.impactOffer(inSentence(offer, now))}
          </Button>
        ) : null}{' '}
        <Button look="tiny" onPress={() => setTyping(true)}>
          {words.declareForm.impactOther}
        </Button>
      </span>
    );
  }
  return (
    <span className="imp">
      <label className="vh" htmlFor={field}>
        {words.declareForm.impactLabel}
      </label>
      <span className="imp-r">
        <input
          id={field}
          className="inp"
          // biome-ignore lint/a11y/noAutofocus: a person just asked for this field
          autoFocus
          autoComplete="off"
          maxLength={200}
          placeholder="07:48, -12m"
          value={typed}
          aria-describedby={`${field}e`}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.stopPropagation();
              event.preventDefault();
              onChange(null);
              close();
            } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
              event.preventDefault();
              if (read?.kind === 'at') close();
            }
          }}
        />
        <span className="lg">UTC</span>
      </span>
      <span id={`${field}e`} role="status" className="imp-e">
        {read?.kind === 'at' ? read.echo : null}
        {read?.kind === 'refused' ? (
          <span className="need">
            <St kind="held" />
            {read.text}
          </span>
        ) : null}
        {read?.kind === 'ask' ? (
          <>
            <span className="need">
              <St kind="held" />
              {read.question}
            </span>
            {read.choices.map((choice) => (
              <Button
                key={choice.instant}
                look="tiny"
                onPress={() => {
                  onChange({ at: choice.instant, precision: choice.precision, typed });
                  close();
                }}
              >
                {choice.echo}
              </Button>
            ))}
          </>
        ) : null}
      </span>
    </span>
  );
}
