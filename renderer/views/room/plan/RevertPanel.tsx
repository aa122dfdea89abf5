// A revert under way, at the plan's bottom edge: its steps, and after the second one the question whether to pause.

import type { PlanTarget } from '../../../../shared/contract/plan.ts';
import { calledBy } from '../../../../shared/text/people.ts';
import { PLAN_STEP_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { Button } from '../../../components/Button.tsx';
import { Kbd } from '../../../components/Kbd.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { CELL_GLYPH, shortName, textOf } from './model.ts';
import { Since } from './panel-parts.tsx';
import { questionsOf } from './rows.ts';
import { usePlan } from './store.ts';
import type { Acts } from './use-acts.tsx';

export function RevertPanel({ target, acts }: { target: PlanTarget; acts: Acts }) {
  const { view } = usePlan();
  const questions = questionsOf(view);
  const steps = target.steps.filter((step) => step.section === 'revert');
  const begun = steps.map((step) => step.at).filter((at) => at !== null);
  const first = begun.length > 0 ? begun.sort()[0] : null;
  return (
    <section
      className={view.breaker.state === 'closed' ? 'brk half' : 'brk'}
      aria-labelledby="brk-h"
      data-breaker
      tabIndex={-1}
    >
      <h3 id="brk-h">
        <St kind="reverting" />
        <span className="cut">{text.reverting(shortName(target.id, view.targets), view.change.from)}</span>
        <Since at={first ?? null} />
      </h3>
      <ol className="rvs" aria-label={text.revertSteps}>
        {steps.map((step) => (
          <li key={step.number}>
            <St kind={CELL_GLYPH[step.state]} label={PLAN_STEP_WORD[step.state]} />
            <span className="cut">
              <Nb>{textOf(view, 'revert', step.number)?.title ?? ''}</Nb>
            </span>
            <span className="dim">
              {step.at !== null && step.state !== 'todo' ? (
                <>
                  {calledBy(step.by[0] ?? '')} <Time at={step.at} />
                </>
              ) : (
                ''
              )}
            </span>
          </li>
        ))}
      </ol>
      {questions.length > 0 ? (
        <>
          {questions.map((words) => (
            <p className="askp" key={words}>
              <Nb>{words}</Nb>
            </p>
          ))}
          <div className="brk-a">
            <Button keys="Shift P" onPress={acts.pause}>
              {text.pause}
            </Button>
            <Button keys="Shift A" onPress={acts.abort}>
              {text.abort}
            </Button>
          </div>
        </>
      ) : null}
      <div className="brk-a">
        <Button look="key" keys="X" onPress={acts.done}>
          {text.keys.done}
        </Button>
        <Button keys="S" onPress={acts.start}>
          {text.keys.start}
        </Button>
        <Button keys="Shift F" onPress={acts.fail}>
          {text.keys.fail}
        </Button>
      </div>
      {view.breaker.state === 'closed' ? null : (
        <p className="fine">
          {text.breakerStill} <Kbd keys="H" />
        </p>
      )}
    </section>
  );
}
