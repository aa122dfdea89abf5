// What the chosen cell is about: the step's words, its command, who ticked it; or a target's readings, or why a wave may not start.
import type { OwnStep } from '../../../../shared/contract/plan.ts';
import { PLAN_STEP_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { duration } from '../../../../shared/time/format.ts';
import { Button } from '../../../components/Button.tsx';
import { Keys } from '../../../components/Kbd.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { S, St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { Whole } from '../../../components/Whole.tsx';
import { CELL_GLYPH, cellWord, textOf } from './model.ts';
import type { Own } from './rows.ts';
import { usePlan } from './store.ts';
import type { Acts } from './use-acts.tsx';

function Forbids({ list }: { list: readonly { readonly code: string; readonly text: string }[] }) {
  const first = list[0];
  if (!first) return null;
  return (
    <p className="need">
      <St kind="held" />
      <span>
        <Nb>{list.map((one) => one.text).join(' ')}</Nb>
      </span>
    </p>
  );
}

/** The command as it is copied, and what it should lead to. */
function ToDo({ acts, expected }: { acts: Acts; expected: string | null }) {
  return (
    <>
      {acts.command ? (
        <div className="code">
          <pre>
            <code>
              <Whole>{acts.command}</Whole>
            </code>
          </pre>
          <Button look="tiny" keys="Y" onPress={() => void acts.copy()}>
            {text.copy}
          </Button>
        </div>
      ) : null}
      {expected ? (
        <p className="exp">
          <b>{text.expect}</b> <Nb>{expected}</Nb>
        </p>
      ) : null}
    </>
  );
}

/** Two reports of one step: each with its name and time, and how a named person settles it. */
function Reports({ step, danger }: { step: OwnStep; danger: boolean }) {
  if (step.reports.length === 0 && !step.disputed) return null;
  return (
    <>
      <ul className="ins-d" aria-label={text.reportsOf}>
        {step.reports.map((one) => (
          <li key={`${one.by} ${one.at} ${one.state}`}>
            <S kind={CELL_GLYPH[one.state]}>{PLAN_STEP_WORD[one.state]}</S> {one.by} <Time at={one.at} />
          </li>
        ))}
      </ul>
      <p className="near">{step.disputed ? text.disputed : danger ? text.twice : text.twiceOnly}</p>
    </>
  );
}

function OwnInspector({ own, acts, slim }: { own: Own; acts: Acts; slim: boolean }) {
  const { view } = usePlan();
  const { section, wave, step, forbids } = own;
  const words = textOf(view, section, step.number);
  return (
    <>
      <p className="ins-t">
        <St kind={CELL_GLYPH[step.state]} label={PLAN_STEP_WORD[step.state]} />
        <b className="cut" title={words?.title}>
          {words?.title ?? text.stepLine(text.own[section], step.number)}
        </b>
        {words?.danger ? <em className="mk">{text.danger}</em> : null}
        {words?.twoPerson ? <em className="mk">{text.two}</em> : null}
        <span className="dim r">
          {step.by.length > 0 && step.at ? (
            <>
              {step.by.join(', ')} <Time at={step.at} />
            </>
          ) : (
            text.ownPlace(section, wave)
          )}
        </span>
      </p>
      <Reports step={step} danger={words?.danger === true} />
      {step.reason ? <p className="dim">“{step.reason}”</p> : null}
      {slim ? null : <ToDo acts={acts} expected={words?.expected ?? null} />}
      {forbids.length > 0 ? <Forbids list={forbids} /> : slim ? null : <p className="dim">{text.ownHolds}</p>}
    </>
  );
}

export function Inspector({ acts, slim }: { acts: Acts; slim: boolean }) {
  const { view } = usePlan();
  const over = view.state === 'completed' || view.state === 'aborted';
  /** The panel of the breaker says it in full right below. */
  const said = (one: { readonly code: string }): boolean => !(slim && one.code === 'breaker-open');
  const { target, step, wave, exact } = acts.hand;
  const words = step ? textOf(view, step.section, step.number) : null;
  const { command } = acts;
  const word = target && step ? cellWord(target, step) : null;
  const { own } = acts.hand;
  const seen = target?.reading[0];
  const was = target?.baseline.find((one) => one.source === seen?.source);
  return (
    <div className={slim ? 'ins slim' : 'ins'}>
      <Problem text={acts.problem} />
      {target && step && word && (exact || !slim) ? (
        <>
          <p className="ins-t">
            <St kind={CELL_GLYPH[word]} label={PLAN_STEP_WORD[word]} />
            <b className="cut">{words?.title ?? text.stepLine(text.sections[step.section], step.number)}</b>
            {command && slim ? (
              <>
                <span className="cut ins-c" title={command}>
                  {command}
                </span>
                <Button look="tiny" keys="Y" onPress={() => void acts.copy()}>
                  {text.copy}
                </Button>
              </>
            ) : null}
            {words?.danger ? <em className="mk">{text.danger}</em> : null}
            {words?.twoPerson ? <em className="mk">{text.two}</em> : null}
            <span className={slim && command ? 'vh' : 'dim r'}>
              {step.by.length > 0 && step.at ? (
                <>
                  {step.by.join(', ')} <Time at={step.at} />
                </>
              ) : words?.lastsMs ? (
                text.lasts(duration(words.lastsMs))
              ) : (
                target.id
              )}
            </span>
          </p>
          <Reports step={step} danger={words?.danger === true} />
          {step.reason ? <p className="dim">“{step.reason}”</p> : null}
          {slim ? null : <ToDo acts={acts} expected={words?.expected ?? null} />}
          {word === 'locked' ? <Forbids list={target.startForbids.filter(said)} /> : null}
        </>
      ) : null}
      {target && !exact ? (
        <>
          <p className="ins-t">
            <b title={target.id}>{target.id}</b>
            <span className="dim">{text.on[target.on]}</span>
            <span className="r">
              <Button look="tiny" onPress={acts.reading}>
                {text.typeReading}
              </Button>{' '}
              {over ? null : (
                <Button look="tiny" keys="Enter" onPress={acts.change}>
                  {text.change}
                </Button>
              )}
            </span>
          </p>
          <p className="ins-r">
            {seen ? (
              <>
                <span className="dim">{text.now}</span> <Nb>{`${text.source(seen.source)}: ${seen.text}`}</Nb>{' '}
                <Time at={seen.at} className="dim" />
                {was ? (
                  <>
                    ; <span className="dim">{text.baseline}</span> <Nb>{was.text}</Nb>
                  </>
                ) : null}
              </>
            ) : (
              <span className="dim">{text.noReading}</span>
            )}
          </p>
          {target.acceptedBy ? <p className="dim">{text.acceptedBy(target.acceptedBy)}</p> : null}
          {target.unaware ? <p className="near">{text.unaware}</p> : null}
          {target.reason ? <p className="dim">“{target.reason}”</p> : null}
          {slim ? null : <Forbids list={target.startForbids} />}
        </>
      ) : null}
      {own ? <OwnInspector own={own} acts={acts} slim={slim} /> : null}
      {!target && !own && wave ? (
        <>
          <p className="ins-t">
            <b>{wave.name}</b>
            {over ? null : (
              <span className="r">
                <Button look="tiny" keys="Enter" onPress={acts.change}>
                  {text.change}
                </Button>
              </span>
            )}
          </p>
          <Forbids list={view.startedAt === null ? [] : wave.startForbids} />
          {wave.startedAt === null
            ? null
            : wave.gate.conditions
                .filter((one) => !one.met && !one.overridden)
                .map((one) => (
                  <p key={one.code}>
                    <Nb>{one.text}</Nb>
                  </p>
                ))}
        </>
      ) : null}
      {acts.said && !acts.lastWords ? <p className="dim">{acts.said}</p> : null}
      {acts.lastWords && !slim ? (
        <p className="ins-l">
          <span className="cut">{acts.lastWords}</span>
          <button type="button" className="btn tiny" onClick={() => void acts.undo()}>
            <span>{text.undoShort}</span>
            <Keys keys="Ctrl Z" />
          </button>
        </p>
      ) : null}
    </div>
  );
}
