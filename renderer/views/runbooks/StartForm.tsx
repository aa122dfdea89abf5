// Starts the runbook as a checklist in an open incident. Values may be missing: only the copy of a command that needs one waits.
import { useState } from 'react';
import type { RunbookDocument } from '../../../shared/contract/library.ts';
import type { IncidentLine } from '../../../shared/contract/room.ts';
import { plan } from '../../../shared/text/plan-ui.ts';
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { duration } from '../../../shared/time/format.ts';
import { useCommands } from '../../app/commands.ts';
import { openDeclare } from '../../app/open.tsx';
import { useNav, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { isPlanBook, isReleaseBook, primaryOf, StartFromRunbook } from '../plan/StartFromRunbook.tsx';

const text = runbooks.form;
/** Steps named in the preview; a long runbook says how many more. */
const SHOWN = 12;

export function StartForm(props: {
  readonly book: RunbookDocument | null;
  readonly open: readonly IncidentLine[];
  readonly incident: string | null;
  readonly onIncident: (id: string) => void;
  readonly values: Readonly<Record<string, string>>;
  readonly onValue: (name: string, value: string) => void;
}) {
  const { book, open, values } = props;
  const services = useServices();
  const nav = useNav();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const into = open.find((one) => one.id === props.incident) ?? open[0] ?? null;
  const empty = (name: string): boolean => (values[name] ?? '').trim() === '';
  const missing = book?.variables.filter((one) => empty(one.name)) ?? [];
  // A plan is what such a runbook was written for: its key is the primary one, the checklist stands second.
  const asPlan = book !== null && isPlanBook(book);
  const total = book?.steps.reduce((sum, step) => sum + (step.expectMs ?? 0), 0) ?? 0;
  const blocked = !book
    ? text.choose
    : into === null
      ? text.noIncident
      : book.steps.length === 0
        ? text.noSteps
        : null;

  const start = async (): Promise<void> => {
    if (!book || into === null || blocked !== null || busy) return;
    setBusy(true);
    const filled = Object.fromEntries(
      book.variables
        .map((one) => [one.name, (values[one.name] ?? '').trim()])
        .filter(([, value]) => value !== ''),
    );
    const answer = await services.client.call('checklist.start', {
      incident: into.id,
      folder: book.folder,
      path: book.path,
      values: filled,
    });
    setBusy(false);
    if (!answer.ok) return setProblem(answer.error.message);
    services.announce.status(text.started(book.title));
    nav.go('room', { incident: into.id });
  };
  useCommands('view', () => [
    {
      id: 'rb.start',
      title: runbooks.keys.start,
      ...(asPlan ? {} : { keys: ['Ctrl Enter'] }),
      group: runbooks.keys.group,
      icon: 'play',
      run: () => void start(),
    },
  ]);

  return (
    <Pane id="runbooks.start" label={runbooks.start} as="aside" className="pane st-f">
      <header>
        <h2 className="ph">
          {asPlan ? primaryOf(book, into) : text.title}
          <Keys keys="Ctrl Enter" />
        </h2>
        <p className="dim">
          <Nb>
            {asPlan
              ? plan.begin.startWhy
              : into === null
                ? text.noIncident
                : book
                  ? text.adds(book.steps.length, into.label)
                  : text.choose}
          </Nb>
        </p>
      </header>
      <div className="form">
        {open.length > 1 ? (
          <fieldset className="first">
            <legend>{text.into}</legend>
            {open.map((one) => (
              <label key={one.id} className="ck-b">
                <input
                  type="radio"
                  name="into"
                  checked={one.id === into?.id}
                  onChange={() => props.onIncident(one.id)}
                />
                <span>
                  <span className="nb">{one.label}</span>
                  <span className="dim st-i">{one.title}</span>
                </span>
              </label>
            ))}
          </fieldset>
        ) : null}
        {book && book.variables.length === 0 ? <p className="cm-none">{text.noVariables}</p> : null}
        {book?.variables.map((one) => {
          const bad = empty(one.name);
          return (
            <div key={one.name} className={bad ? 'fld bad' : 'fld'}>
              <label htmlFor={`rb-v-${one.name}`}>
                <span className="mono" title={one.form}>
                  {one.name}
                </span>
              </label>
              <input
                id={`rb-v-${one.name}`}
                className="mono"
                value={values[one.name] ?? ''}
                maxLength={2000}
                autoComplete="off"
                spellCheck={false}
                placeholder={one.form}
                aria-describedby={`rb-w-${one.name}`}
                onChange={(event) => props.onValue(one.name, event.target.value)}
              />
              <p className="why" id={`rb-w-${one.name}`}>
                {bad ? (
                  <>
                    <St kind="held" />
                    {text.missing}
                  </>
                ) : one.default !== null && values[one.name] === one.default ? (
                  text.byDefault
                ) : (
                  text.filled
                )}
              </p>
            </div>
          );
        })}
        {book && book.steps.length > 0 ? (
          <section className="pvw" aria-labelledby="pvw-h">
            <h3 id="pvw-h">
              <span>{text.preview(into?.label ?? null)}</span>
              <span className="phn">{text.inOrder}</span>
            </h3>
            <ol>
              {book.steps.slice(0, SHOWN).map((step) => {
                const lacks = step.variables.filter(empty);
                return (
                  <li
                    key={step.index}
                    className={lacks.length > 0 && step.command !== null ? 'bad' : undefined}
                  >
                    <St kind="todo" />
                    <span title={step.title}>
                      <Nb>{step.title}</Nb>
                    </span>
                    <span className="dim">
                      {lacks.length > 0 && step.command !== null
                        ? text.needs(lacks)
                        : step.danger
                          ? text.danger
                          : step.twoPerson
                            ? text.two
                            : step.expectMs !== null
                              ? duration(step.expectMs)
                              : ''}
                    </span>
                  </li>
                );
              })}
            </ol>
            {book.steps.length > SHOWN ? (
              <p className="cm-none">{text.more(book.steps.length - SHOWN)}</p>
            ) : null}
          </section>
        ) : null}
      </div>
      <footer className="st-a">
        {book ? (
          <p className="sum">
            <b>{text.stepsTotal(book.steps.length)}</b>
            <span className="dim">{total > 0 ? text.about(duration(total)) : ''}</span>
          </p>
        ) : null}
        <Problem text={problem} />
        {asPlan ? <StartFromRunbook key={`${book.folder} ${book.path}`} book={book} into={into} /> : null}
        <div>
          {into === null ? (
            <Button
              look={book && isReleaseBook(book) ? 'plain' : 'key'}
              keys="D"
              onPress={() => openDeclare(services)}
            >
              {text.declare}
            </Button>
          ) : (
            <Button
              look={asPlan ? 'plain' : 'key'}
              {...(asPlan ? {} : { keys: 'Ctrl Enter' })}
              busy={busy}
              blocked={blocked}
              onPress={() => void start()}
            >
              {text.button}
            </Button>
          )}
          {missing.length > 0 && blocked === null ? (
            <span className="dim">{text.still(missing.length)}</span>
          ) : null}
        </div>
      </footer>
    </Pane>
  );
}
