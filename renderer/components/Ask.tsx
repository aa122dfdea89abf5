// A question that asks first: what it is, what it does, the fields, then the primary key. A refusal stays in the dialog and the text with it.
import { type ReactNode, useId, useState } from 'react';
import type { Failure, Result } from '../../shared/result.ts';
import { ui } from '../../shared/text/ui.ts';
import { Dialog } from '../app/dialogs.tsx';
import { Button } from './Button.tsx';
import { Nb } from './Nb.tsx';
import { Problem } from './Problem.tsx';

export interface AskProps {
  readonly title: string;
  /** What happens when it is confirmed; stated before. */
  readonly effect?: ReactNode;
  readonly children?: ReactNode;
  /** Verb first. */
  readonly yes: string;
  /** Why it cannot be confirmed yet; null when it can. */
  readonly blocked?: string | null;
  readonly danger?: boolean;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly onYes: () => Promise<Result<unknown>>;
  /** Answers true when the refusal is dealt with by another question; else its message is shown. */
  readonly onRefused?: (error: Failure) => boolean;
  /** Runs after it was kept and the dialog is closed. */
  readonly onKept?: () => void;
}

export function Ask(props: AskProps) {
  const heading = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (busy || props.blocked) return;
    setBusy(true);
    setProblem(null);
    const answer = await props.onYes();
    setBusy(false);
    if (answer.ok) {
      props.onClose();
      props.onKept?.();
    } else if (!props.onRefused?.(answer.error)) setProblem(answer.error.message);
  };
  return (
    <Dialog
      className={props.wide ? 'ask-d wide' : 'ask-d'}
      labelledBy={heading}
      onClose={props.onClose}
      onPrimary={() => void submit()}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id={heading}>
          <Nb>{props.title}</Nb>
        </h2>
        {props.effect ? <p className="ask-e">{props.effect}</p> : null}
        {props.children}
        <Problem text={problem} />
        <div className="ask-a">
          <Button
            type="submit"
            look={props.danger ? 'guard' : 'key'}
            keys="Ctrl Enter"
            busy={busy}
            blocked={props.blocked ?? null}
          >
            {props.yes}
          </Button>
          <Button look="quiet" keys="Esc" onPress={props.onClose}>
            {ui.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** One labelled line or box of text in a question. */
export function AskField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly area?: boolean;
  readonly first?: boolean;
  readonly mono?: boolean;
  readonly max?: number;
  readonly hint?: string | null;
  readonly list?: readonly string[];
  readonly required?: boolean;
}) {
  const field = useId();
  const shared = {
    id: field,
    className: props.mono ? 'inp mono' : 'inp',
    value: props.value,
    maxLength: props.max ?? 2000,
    autoComplete: 'off',
    spellCheck: !props.mono,
    'data-autofocus': props.first ? true : undefined,
    'aria-required': props.required || undefined,
    'aria-describedby': props.hint ? `${field}-hint` : undefined,
    onChange: (event: { target: { value: string } }) => props.onChange(event.target.value),
  };
  return (
    <div className="ask-f">
      <label htmlFor={field}>{props.label}</label>
      {props.area ? (
        <textarea rows={3} {...shared} />
      ) : (
        <input list={props.list?.length ? `${field}-list` : undefined} {...shared} />
      )}
      {props.list?.length && !props.area ? (
        <datalist id={`${field}-list`}>
          {props.list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      ) : null}
      {props.hint ? (
        <p id={`${field}-hint`} className="fine">
          {props.hint}
        </p>
      ) : null}
    </div>
  );
}

/** A choice of one, each with the sentence that helps to choose. */
export function AskChoice<T extends string>(props: {
  readonly legend: string;
  readonly options: readonly { readonly id: T; readonly label: ReactNode; readonly help?: string }[];
  readonly value: T | null;
  readonly onChange: (id: T) => void;
  readonly first?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="ask-c">
      <legend className="vh">{props.legend}</legend>
      {props.options.map((option, i) => (
        <label key={option.id} className="ask-o">
          <input
            type="radio"
            name={name}
            checked={props.value === option.id}
            data-autofocus={
              props.first && (props.value === option.id || (props.value === null && i === 0))
                ? true
                : undefined
            }
            onChange={() => props.onChange(option.id)}
          />
          <span>{option.label}</span>
          {option.help ? <span className="dim">{option.help}</span> : null}
        </label>
      ))}
    </fieldset>
  );
}
