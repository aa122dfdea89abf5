// Preflight: findings to decide first, then the questions that Bulkhead cannot know, each answered by name; the start stands at the bottom.
import { useId } from 'react';
import type { OwnStep } from '../../../../shared/contract/plan.ts';
import { PLAN_STEP_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { Button } from '../../../components/Button.tsx';
import { Keys } from '../../../components/Kbd.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { Segment } from '../../../components/Segment.tsx';
import { St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { HoldButton } from './Hold.tsx';
import { CELL_GLYPH, openFindings, settled, textOf } from './model.ts';
import { leftOf, type Own } from './rows.ts';
import { usePlan } from './store.ts';
import type { Acts } from './use-acts.tsx';

const words = text.preflight;
const ANSWERS = ['yes', 'no', 'not known'] as const;

export function PreflightList({ acts }: { acts: Acts }) {
  const { view } = usePlan();
  const open = <T extends { accepted: unknown }>(list: readonly T[]): T[] =>
    [...list].sort((a, b) => Number(a.accepted !== null) - Number(b.accepted !== null));
  const findings = open(view.findings.filter((one) => !one.question));
  const questions = open(view.findings.filter((one) => one.question));
  return (
    <>
      <BeforeList acts={acts} />
      <h3 className="lg">{words.findings}</h3>
      <ul className="fi">
        {findings.map((one) =>
          one.accepted ? (
            <li key={`${one.code} ${one.about}`} className="dn">
              <div className="fi-t">
                <St kind="skipped" label={words.accepted} />
                <b>
                  <Nb>{one.text}</Nb>
                </b>
              </div>
              <p>{words.acceptedBy(one.accepted.by, one.accepted.reason)}</p>
            </li>
          ) : (
            <li key={`${one.code} ${one.about}`} className="open">
              <div className="fi-t">
                <St kind="held" label={words.toDecide} />
                <b>
                  <Nb>{one.text}</Nb>
                </b>
              </div>
              <div className="fi-a">
                <Button look="tiny" onPress={() => acts.finding(one)}>
                  {words.accept}
                </Button>
              </div>
            </li>
          ),
        )}
        {findings.length === 0 ? <li className="dn">{view.checked ? words.none : words.notRun}</li> : null}
      </ul>
      <h3 className="lg">{words.questions}</h3>
      <ul className="qn">
        {questions.map((one) => (
          <li key={`${one.code} ${one.about}`} className={one.accepted ? undefined : 'open'}>
            <p>
              <Nb>{one.text}</Nb>
            </p>
            <Segment
              label={one.text}
              options={ANSWERS.map((id) => ({ id, label: words.answers[id] }))}
              value={(ANSWERS.find((id) => id === one.accepted?.answer) ?? '') as (typeof ANSWERS)[number]}
              onChange={(answer) => acts.finding(one, answer)}
            />
            <span className="qw">{one.accepted ? one.accepted.by : words.nobody}</span>
          </li>
        ))}
        {questions.length === 0 ? <li>{view.checked ? words.none : words.notRun}</li> : null}
      </ul>
    </>
  );
}

/** Steps of Before are ticked here, while the plan is still a draft; they hold nothing. */
function BeforeList({ acts }: { acts: Acts }) {
  const { view } = usePlan();
  const { steps, forbids } = view.before;
  const own = (step: OwnStep): Own => ({ section: 'before', wave: null, step, forbids });
  if (steps.length === 0) return null;
  return (
    <>
      <h3 className="lg">
        {text.own.before},{' '}
        <span className="dim">{text.ownCount(steps.length - leftOf(view.before), steps.length)}</span>
      </h3>
      <ul className="fi bf">
        {steps.map((step) => {
          const title = textOf(view, 'before', step.number)?.title ?? String(step.number);
          return (
            <li key={step.number} className={settled(step) ? 'dn' : undefined}>
              <div className="fi-t">
                <St kind={CELL_GLYPH[step.state]} label={PLAN_STEP_WORD[step.state]} />
                <b>
                  <Nb>{title}</Nb>
                </b>
              </div>
              {settled(step) && step.at ? (
                <p>
                  {step.by.join(', ')} <Time at={step.at} />
                </p>
              ) : null}
              {/* One and the same key, so that the focus stays where it was. */}
              <div className="fi-a">
                <Button
                  look="tiny"
                  label={text.ownKey(title, settled(step) ? text.undoShort : text.keys.done)}
                  onPress={() => void (settled(step) ? acts.ownUndo : acts.ownDone)(own(step))}
                >
                  {settled(step) ? text.undoShort : text.keys.done}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

export function PreflightStart({ acts }: { acts: Acts }) {
  const { view } = usePlan();
  const why = useId();
  const left = openFindings(view);
  const forbids = view.actions['start-plan'];
  const blocked = forbids.length > 0;
  return (
    <footer className="st-a">
      <Problem text={acts.problem} />
      {acts.said ? <p className="fine">{acts.said}</p> : null}
      <p className="need" id={why}>
        {blocked ? (
          <>
            <St kind="held" />
            <span>
              {left.findings + left.questions > 0
                ? words.leftLine(words.left(left.findings, left.questions))
                : forbids.map((one) => one.text).join(' ')}
            </span>
          </>
        ) : null}
      </p>
      <div>
        <button
          type="button"
          className={blocked ? 'btn' : 'btn key'}
          aria-disabled={blocked || undefined}
          aria-describedby={blocked ? why : undefined}
          onClick={() => {
            if (!blocked) acts.wave();
          }}
        >
          <span>{words.start}</span>
          <Keys keys="W" />
        </button>
        {blocked && view.checked ? (
          <HoldButton keys="Shift O" onHeld={() => acts.override(true)}>
            {words.startNow}
          </HoldButton>
        ) : null}
        <Button look="quiet" onPress={() => void acts.now({ do: 'check' })}>
          {words.again}
        </Button>
        <Button look="quiet" onPress={acts.save}>
          {text.save.title}
        </Button>
        {left.findings > 1 ? (
          <Button look="quiet" onPress={() => acts.acceptAll(left.findings + left.questions)}>
            {words.acceptAll}
          </Button>
        ) : null}
      </div>
    </footer>
  );
}
