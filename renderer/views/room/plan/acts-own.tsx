// Hands on the plan's own steps: the same keys as on a target's. A tick acts at once; what is dangerous, fails or is skipped asks.
import type { PlanAction } from '../../../../shared/contract/plan.ts';
import type { Result } from '../../../../shared/result.ts';
import { PLAN_STEP_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import type { ActTools } from './act-tools.tsx';
import { AskStep, AskWithReason } from './asks.tsx';
import { textOf } from './model.ts';
import type { Own } from './rows.ts';
import type { PlanTick } from './store.ts';

const ask = text.ask;

export function ownActs(
  tools: ActTools,
  {
    remember,
    sayTicked,
  }: { readonly remember: (tick: PlanTick) => void; readonly sayTicked: (words: string) => void },
) {
  const { view, open, say, act, busy } = tools;
  const wordsOf = (own: Own) => textOf(view, own.section, own.step.number);
  const title = (own: Own): string => wordsOf(own)?.title ?? String(own.step.number);
  const place = (own: Own): string => text.ownPlace(own.section, own.wave);
  const report = (
    own: Own,
    to: Extract<PlanAction, { do: 'plan-step' }>['to'],
    more: { confirm?: string; second?: string; reason?: string } = {},
  ): Extract<PlanAction, { do: 'plan-step' }> => ({
    do: 'plan-step',
    section: own.section,
    ...(own.wave === null ? {} : { wave: own.wave }),
    step: own.step.number,
    to,
    ...more,
  });
  const tick = async (
    own: Own,
    to: 'doing' | 'done',
    more: { confirm?: string; second?: string } = {},
  ): Promise<Result<unknown>> => {
    const answer = await act(report(own, to, more));
    if (answer.ok) {
      remember({ target: null, section: own.section, wave: own.wave, step: own.step.number });
      sayTicked(text.ticked(PLAN_STEP_WORD[to], title(own), place(own)));
    }
    return answer;
  };
  const tickNow = async (own: Own, to: 'doing' | 'done'): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    const answer = await tick(own, to);
    busy.current = false;
    if (!answer.ok) say(text.refused(answer.error.message));
  };
  const done = (own: Own) => {
    const words = wordsOf(own);
    if (own.forbids.length > 0) return say(text.refused(own.forbids.map((one) => one.text).join(' ')));
    if (!words?.danger && !words?.twoPerson) return void tickNow(own, 'done');
    open((close) => (
      <AskStep
        act={(action) =>
          action.do === 'plan-step'
            ? tick(own, 'done', {
                ...(action.confirm === undefined ? {} : { confirm: action.confirm }),
                ...(action.second === undefined ? {} : { second: action.second }),
              })
            : act(action)
        }
        onClose={close}
        title={words.title}
        target={place(own)}
        danger={words.danger}
        twoPerson={words.twoPerson}
        word={words.confirm ?? view.change.system}
        step={words}
        make={(more) => report(own, 'done', more)}
      />
    ));
  };
  const asked = (own: Own, to: 'failed' | 'skipped'): void => {
    const failed = to === 'failed';
    open((close) => (
      <AskWithReason
        act={act}
        onClose={close}
        title={failed ? ask.failStep : ask.skipStep}
        effect={
          failed ? ask.failOwnEffect(title(own), place(own)) : ask.skipOwnEffect(title(own), place(own))
        }
        make={(reason) => report(own, to, { reason })}
      />
    ));
  };
  const undo = async (own: Own): Promise<void> => {
    const answer = await act(report(own, 'undone'));
    if (answer.ok) sayTicked(text.undone(title(own), place(own)));
    else say(text.refused(answer.error.message));
  };
  return { tickNow, done, undo, with: asked };
}
