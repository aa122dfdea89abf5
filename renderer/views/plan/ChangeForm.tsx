// The left side of making a plan: the change, the breaker's and the gates' rules, the pace, the steps. Fields as typed.
import { type ReactNode, useId } from 'react';
import { KIND_WORD, plan as text } from '../../../shared/text/plan-ui.ts';
import { type Draft, titleOf } from './draft.ts';

const words = text.make;

function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly mono?: boolean;
  readonly hint?: string;
  readonly max?: number;
  readonly list?: readonly { readonly name: string; readonly title: string }[];
}) {
  const id = useId();
  const list = props.list?.length ? `${id}-list` : undefined;
  return (
    <div className="pm-f">
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className={props.mono ? 'inp mono' : 'inp'}
        value={props.value}
        maxLength={props.max ?? 200}
        placeholder={props.hint}
        list={list}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {list ? (
        <datalist id={list}>
          {props.list?.map((one) => (
            <option key={one.name} value={one.name}>
              {one.title}
            </option>
          ))}
        </datalist>
      ) : null}
    </div>
  );
}

function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: Readonly<Record<T, string>>;
  readonly onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <div className="pm-f">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="inp"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value as T)}
      >
        {(Object.keys(props.options) as T[]).map((one) => (
          <option key={one} value={one}>
            {props.options[one]}
          </option>
        ))}
      </select>
    </div>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="ph">
        {title}
        {note ? <span className="phn">{note}</span> : null}
      </h2>
      {children}
    </section>
  );
}

export function ChangeForm({
  draft,
  systems,
  onChange,
}: {
  draft: Draft;
  /** Systems of ours that the topology knows. */
  systems: readonly { readonly name: string; readonly title: string }[];
  onChange: (next: Draft) => void;
}) {
  const set =
    <K extends keyof Draft>(key: K) =>
    (value: Draft[K]): void =>
      onChange({ ...draft, [key]: value });
  return (
    <>
      <Part title={words.change}>
        <Choice label={words.kind} value={draft.kind} options={KIND_WORD} onChange={set('kind')} />
        <Field label={words.system} value={draft.system} max={120} list={systems} onChange={set('system')} />
        <Field label={words.from} value={draft.from} mono onChange={set('from')} />
        <Field label={words.to} value={draft.to} mono onChange={set('to')} />
        <Field
          label={words.deployedAt}
          value={draft.deployedAt}
          hint={words.deployedHint}
          max={40}
          onChange={set('deployedAt')}
        />
        <Choice label={words.schema} value={draft.schema} options={words.schemas} onChange={set('schema')} />
        <Field
          label={words.name}
          hint={titleOf(draft)}
          value={draft.title}
          max={300}
          onChange={set('title')}
        />
      </Part>
      <Part title={words.breaker} note={words.breakerNote}>
        <label className="ck-b">
          <input
            type="checkbox"
            checked={draft.worse}
            onChange={(event) => set('worse')(event.target.checked)}
          />
          <span>{words.worse}</span>
        </label>
        <Field label={words.probe} value={draft.probe} max={120} mono onChange={set('probe')} />
        <Field label={words.errors} value={draft.errors} max={6} onChange={set('errors')} />
        <Field label={words.stale} value={draft.stale} max={12} onChange={set('stale')} />
        <Field label={words.retry} value={draft.retry} max={12} onChange={set('retry')} />
        <Field label={words.cool} value={draft.cool} max={12} onChange={set('cool')} />
      </Part>
      <Part title={words.rules}>
        <Field label={words.success} value={draft.success} max={6} onChange={set('success')} />
        <Field label={words.data} value={draft.tries} max={8} onChange={set('tries')} />
        <Field label={words.atOnce} value={draft.atOnce} max={3} onChange={set('atOnce')} />
        <Field label={words.apart} value={draft.apart} max={12} onChange={set('apart')} />
      </Part>
      <Part title={words.steps}>
        <textarea
          className="inp mono pm-t"
          aria-label={words.steps}
          rows={6}
          value={draft.body}
          maxLength={200_000}
          spellCheck={false}
          onChange={(event) => set('body')(event.target.value)}
        />
        <p className="fine">{words.stepsWhy}</p>
      </Part>
    </>
  );
}
