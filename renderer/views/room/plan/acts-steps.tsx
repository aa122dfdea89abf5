// Hands on steps: ticks act at once and Ctrl Z takes them back; what fails, is skipped or is dangerous asks first.
import type { PlanTarget } from '../../../../shared/contract/plan.ts';
import type { Result } from '../../../../shared/result.ts';
import { PLAN_STEP_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { copyText } from '../../../components/copy.ts';
import { type ActTools, ASKED } from './act-tools.tsx';
import { ownActs } from './acts-own.tsx';
import { AskPlain, AskStep, AskWithReason } from './asks.tsx';
import { filled } from './hand.ts';
import { type TargetStep, textOf } from './model.ts';
import type { PlanTick } from './store.ts';

const ask = text.ask;

export function stepActs(tools: ActTools, startWave: (wave: NonNullable<ActTools['hand']['wave']>) => void) {
  const { store, view, announce, hand, busy, setSaid, ticks, open, say, act, sure, now } = tools;
  const title = (step: TargetStep): string =>
    textOf(view, step.section, step.number)?.title ?? `${text.sections[step.section]} ${step.number}`;

  const tick = async (
    target: PlanTarget,
    step: TargetStep,
    to: 'doing' | 'done',
    more: { confirm?: string; second?: string } = {},
  ): Promise<Result<unknown>> => {
    const answer = await sure({
      do: 'step',
      target: target.id,
      section: step.section,
      step: step.number,
      to,
      ...more,
    });
    if (answer.ok && answer.value !== ASKED) {
      remember({ target: target.id, section: step.section, step: step.number });
      sayTicked(text.ticked(PLAN_STEP_WORD[to], title(step), target.id));
    }
    return answer;
  };
  const remember = (tick: PlanTick): void =>
    store.ticks.setState((s) => ({ list: [...s.list, tick].slice(-50) }));
  const sayTicked = (words: string): void => {
    setSaid(words);
    announce.status(words);
  };
  const tickNow = async (target: PlanTarget, step: TargetStep, to: 'doing' | 'done'): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    const answer = await tick(target, step, to);
    busy.current = false;
    if (!answer.ok) say(text.refused(answer.error.message));
  };

  const own = ownActs(tools, { remember, sayTicked });
  /** Before the start nothing of a target is ticked: said at once, not after a question was answered. */
  const early = (): boolean => {
    if (view.startedAt !== null || hand.own) return false;
    say(text.refused(text.notStarted));
    return true;
  };

  const start = () => {
    const { target, step, wave, exact } = hand;
    if (!target && wave) return startWave(wave);
    if (early()) return;
    if (hand.own) return own.tickNow(hand.own, 'doing');
    if (!target) return say(text.noTarget);
    if (!exact && target.state === 'pending')
      return open((close) => (
        <AskPlain
          title={ask.startTarget(target.id)}
          effect={ask.startTargetEffect}
          onClose={close}
          run={() => sure({ do: 'start-target', target: target.id })}
        />
      ));
    if (!step) return say(text.noStep);
    void tickNow(target, step, 'doing');
  };
  const done = () => {
    const { target, step, exact } = hand;
    if (early()) return;
    if (hand.own) return own.done(hand.own);
    if (!target) return say(text.noTarget);
    const left = target.steps.filter(
      (one) => one.section === 'each' && one.state !== 'done' && one.state !== 'skipped',
    );
    if (!exact) {
      const danger = left.some((one) => textOf(view, 'each', one.number)?.danger);
      const two = left.some((one) => textOf(view, 'each', one.number)?.twoPerson);
      if (left.length === 0) return say(text.noStep);
      if (danger || two)
        return open((close) => (
          <AskStep
            act={sure}
            onClose={close}
            title={ask.finish(target.id)}
            target={target.id}
            danger={danger}
            twoPerson={two}
            word={target.id}
            step={null}
            make={(more) => ({ do: 'finish-target', target: target.id, ...more })}
          />
        ));
      return open((close) => (
        <AskPlain
          title={ask.finish(target.id)}
          effect={ask.finishEffect(left.length)}
          onClose={close}
          run={() => sure({ do: 'finish-target', target: target.id })}
        />
      ));
    }
    if (!step) return say(text.noStep);
    const words = textOf(view, step.section, step.number);
    if (!words?.danger && !words?.twoPerson) return void tickNow(target, step, 'done');
    open((close) => (
      <AskStep
        act={(action) =>
          action.do === 'step'
            ? tick(target, step, 'done', {
                ...(action.confirm === undefined ? {} : { confirm: action.confirm }),
                ...(action.second === undefined ? {} : { second: action.second }),
              })
            : act(action)
        }
        onClose={close}
        title={words.title}
        target={target.id}
        danger={words.danger}
        twoPerson={words.twoPerson}
        word={words.confirm ?? target.id}
        step={words}
        make={(more) => ({
          do: 'step',
          target: target.id,
          section: step.section,
          step: step.number,
          to: 'done',
          ...more,
        })}
      />
    ));
  };
  const withStep = (to: 'failed' | 'skipped') => {
    const { target, step, exact } = hand;
    if (early()) return;
    if (hand.own) return own.with(hand.own, to);
    if (!target) return say(text.noTarget);
    if (to === 'skipped' && !exact)
      return open((close) => (
        <AskWithReason
          act={act}
          onClose={close}
          title={ask.skipTarget(target.id)}
          effect={ask.skipTargetEffect(view.change.from)}
          make={(reason) => ({ do: 'skip-target', target: target.id, reason })}
        />
      ));
    if (!step) return say(text.noStep);
    const failed = to === 'failed';
    open((close) => (
      <AskWithReason
        act={sure}
        onClose={close}
        title={failed ? ask.failStep : ask.skipStep}
        effect={
          failed ? ask.failStepEffect(title(step), target.id) : ask.skipStepEffect(title(step), target.id)
        }
        make={(reason) => ({
          do: 'step',
          target: target.id,
          section: step.section,
          step: step.number,
          to,
          reason,
        })}
      />
    ));
  };
  const retry = () => {
    const { target, step } = hand;
    if (early()) return;
    if (hand.own) return own.tickNow(hand.own, 'doing');
    if (!target) return say(text.noTarget);
    if (target.state === 'failed' || target.state === 'reverted')
      return open((close) => (
        <AskWithReason
          act={act}
          onClose={close}
          optional
          title={ask.retry(target.id)}
          effect={ask.retryEffect}
          make={(reason) => ({
            do: 'retry',
            target: target.id,
            ...(reason === '' ? {} : { reason }),
          })}
        />
      ));
    if (!step) return say(text.noStep);
    void tickNow(target, step, 'doing');
  };
  const inHand = hand.own ? { ...hand.own, number: hand.own.step.number } : hand.step;
  const written = inHand === null ? undefined : textOf(view, inHand.section, inHand.number)?.commands[0];
  const command = written === undefined ? null : filled(written, view, hand);
  const copy = async (): Promise<void> => {
    if (command === null) return say(text.noCommand);
    const words = (await copyText(command)) ? text.copied : text.copyFailed;
    setSaid(words);
    announce.status(words);
  };
  const last = ticks.at(-1) ?? null;
  const undo = async (): Promise<void> => {
    if (!last) return say(text.undoNone);
    store.ticks.setState((s) => ({ list: s.list.filter((one) => one !== last) }));
    const to = 'undone' as const;
    const taken = await now(
      last.target === null
        ? {
            do: 'plan-step',
            section: last.section,
            ...(last.wave === null ? {} : { wave: last.wave }),
            step: last.step,
            to,
          }
        : { do: 'step', target: last.target, section: last.section, step: last.step, to },
    );
    if (!taken) return;
    sayTicked(text.undone(textOf(view, last.section, last.step)?.title ?? '', tickPlace(last)));
  };
  const tickPlace = (tick: PlanTick): string => tick.target ?? text.ownPlace(tick.section, tick.wave);
  const lastWords = last
    ? text.lastTick(textOf(view, last.section, last.step)?.title ?? '', tickPlace(last))
    : null;

  return {
    command,
    lastWords,
    start,
    done,
    fail: () => withStep('failed'),
    skip: () => withStep('skipped'),
    retry,
    copy,
    undo,
    ownDone: own.done,
    ownUndo: own.undo,
  };
}
