// What hands can do with a plan: ticks act at once, everything else asks first. Keys, buttons and cells all come here; main decides.
import { type ReactNode, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { PlanAction, PlanTarget, PlanWave } from '../../../../shared/contract/plan.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import { fill } from '../../../../shared/runbook/variables.ts';
import { PLAN_STEP_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { duration } from '../../../../shared/time/format.ts';
import { useDialogs } from '../../../app/dialogs.tsx';
import { useServices } from '../../../app/services.ts';
import { copyText } from '../../../components/copy.ts';
import { InRoom } from '../questions.tsx';
import { useRoom } from '../session.ts';
import { AskChange } from './AskChange.tsx';
import {
  AskBreaker,
  AskFinding,
  AskOverride,
  AskPlain,
  AskReading,
  AskStep,
  AskWithReason,
  type PlanChoice,
} from './asks.tsx';
import {
  columns,
  nextStep,
  type RowKey,
  revertStep,
  stepOf,
  type TargetStep,
  textOf,
  waitingWave,
  worstHealth,
} from './model.ts';
import { PlanContext, type PlanValue, refusal, usePlan } from './store.ts';

const ask = text.ask;

export interface Chosen {
  readonly row: RowKey;
  readonly col: number;
}

/** What the chosen cell is about. On a target's name or state, the step in hand of that target. */
export interface Hand {
  readonly wave: PlanWave | null;
  readonly target: PlanTarget | null;
  readonly step: TargetStep | null;
  /** The cell is a step's own. */
  readonly exact: boolean;
}

export function handOf(view: PlanValue['view'], chosen: Chosen): Hand {
  if (chosen.row.startsWith('w:')) {
    const wave = view.waves.find((one) => one.name === chosen.row.slice(2)) ?? null;
    return { wave, target: null, step: null, exact: false };
  }
  const target = view.targets.find((one) => one.id === chosen.row.slice(2)) ?? null;
  const wave = view.waves.find((one) => one.name === target?.wave) ?? null;
  if (target === null) return { wave, target, step: null, exact: false };
  if (target.state === 'reverting') return { wave, target, step: revertStep(target), exact: true };
  const { prepare, each } = columns(view);
  const column = [...prepare, ...each][chosen.col - 1];
  if (column) return { wave, target, step: stepOf(target, column.section, column.number), exact: true };
  return { wave, target, step: nextStep(target), exact: false };
}

/** A dialog is drawn outside of the pane: it gets the plan handed along, live. */
function InPlan({ value, children }: { value: PlanValue; children: ReactNode }) {
  const view = useStore(value.store.state, (s) => s.view) ?? value.view;
  const heardAt = useStore(value.store.state, (s) => s.heardAt);
  return (
    <PlanContext.Provider value={{ store: value.store, view, heardAt }}>{children}</PlanContext.Provider>
  );
}

/** A command with the target's own words in it: `{{target}}`, `{{provider}}`, `{{region}}`. */
function filled(command: string, target: string): string {
  const cut = target.lastIndexOf('/');
  const values = {
    target,
    provider: cut < 0 ? '' : target.slice(0, cut),
    region: target.slice(cut + 1),
  };
  return fill(command, values, true).text;
}

export const paceWords = (view: PlanValue['view']): string =>
  text.pace(view.pace.atOnce, view.pace.apartMs > 0 ? duration(view.pace.apartMs) : null);

export function useActs(chosen: Chosen, onActed: () => void) {
  const value = usePlan();
  const { store, view } = value;
  const room = useRoom();
  const dialogs = useDialogs();
  const { announce } = useServices();
  const ticks = useStore(store.ticks, (s) => s.list);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const hand = handOf(view, chosen);
  const busy = useRef(false);

  const open = (render: (close: () => void) => ReactNode) => {
    setProblem(null);
    dialogs.open((close) => (
      <InRoom room={room}>
        <InPlan value={value}>{render(close)}</InPlan>
      </InRoom>
    ));
  };
  const say = (words: string) => {
    setProblem(words);
    setSaid(null);
  };
  const act = async (action: PlanAction): Promise<Result<unknown>> => {
    const answer = await store.act(action);
    if (answer.ok) {
      setProblem(null);
      onActed();
    }
    return answer;
  };
  /** Worse than at the plan's start asks once more; a yes is sent as `sure`. */
  const sure = async (action: PlanAction): Promise<Result<unknown>> => {
    const answer = await act(action);
    if (answer.ok || 'sure' in action) return answer;
    const why = refusal(answer.error);
    const only = why.length > 0 && why.every((one) => one.code === 'worse-than-plan-baseline');
    if (
      !only ||
      (action.do !== 'start-target' &&
        action.do !== 'step' &&
        action.do !== 'finish-target' &&
        action.do !== 'pull-forward')
    )
      return answer;
    open((close) => (
      <AskPlain
        title={ask.sure}
        effect={why.map((one) => one.text).join(' ')}
        yes={ask.sureYes}
        onClose={close}
        run={() => act({ ...action, sure: true })}
      />
    ));
    return ok(null);
  };
  /** At once, with the refusal said beside the matrix. */
  const now = async (action: PlanAction): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    const answer = await sure(action);
    busy.current = false;
    if (!answer.ok) say(text.refused(answer.error.message));
    return answer.ok;
  };

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
    if (answer.ok) {
      store.ticks.setState((s) => ({
        list: [...s.list, { target: target.id, section: step.section, step: step.number }].slice(-50),
      }));
      const words = text.ticked(PLAN_STEP_WORD[to], title(step), target.id);
      setSaid(words);
      announce.status(words);
    }
    return answer;
  };
  const tickNow = async (target: PlanTarget, step: TargetStep, to: 'doing' | 'done'): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    const answer = await tick(target, step, to);
    busy.current = false;
    if (!answer.ok) say(text.refused(answer.error.message));
  };

  const start = () => {
    const { target, step, wave, exact } = hand;
    if (!target) return wave ? startWave(wave) : say(text.noTarget);
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
  /** What V is about: the chosen target, or the one the panel is about where the chosen one has nothing to revert. */
  const waits = waitingWave(view);
  const inTrouble =
    view.targets.find((one) =>
      view.breaker.state === 'closed'
        ? waits?.targets.includes(one.id) && one.marks.includes('no-better')
        : one.id === view.breaker.tripped?.target,
    ) ?? null;
  const revertible =
    hand.target && hand.target.revertForbids.length === 0 ? hand.target : (inTrouble ?? hand.target);
  const revert = (id?: string) => {
    const target = id === undefined ? revertible : (view.targets.find((one) => one.id === id) ?? null);
    if (!target) return say(text.noTarget);
    if (target.revertForbids.length > 0)
      return say(text.refused(target.revertForbids.map((one) => one.text).join(' ')));
    open((close) => (
      <AskWithReason
        act={act}
        onClose={close}
        title={ask.revert(target.id)}
        effect={ask.revertEffect(view.change.from)}
        make={(reason) => ({ do: 'revert', target: target.id, reason })}
      />
    ));
  };
  const startWave = (wave: PlanWave) => {
    open((close) => (
      <AskPlain
        title={ask.startWave(wave.name)}
        effect={ask.startWaveEffect(wave.targets, paceWords(view))}
        onClose={close}
        run={() => act({ do: 'start-wave', wave: wave.name })}
      >
        {wave.startForbids.map((one) => (
          <p key={`${one.code} ${one.target ?? ''}`} className="need">
            {one.text}
          </p>
        ))}
      </AskPlain>
    ));
  };
  const wave = () => {
    const first = view.waves[0];
    if (view.startedAt === null) {
      if (!first) return say(text.noWave);
      const forbids = view.actions['start-plan'];
      if (forbids.length > 0) return say(text.refused(forbids.map((one) => one.text).join(' ')));
      return open((close) => (
        <AskPlain
          title={ask.startPlan}
          effect={ask.startPlanEffect(first.name, first.targets.length)}
          onClose={close}
          run={async () => {
            const begun = await act({ do: 'start-plan' });
            if (!begun.ok) return begun;
            const answer = await act({ do: 'start-wave', wave: first.name });
            // The plan runs; what still holds its first wave is said where the keys are.
            if (!answer.ok) say(text.refused(answer.error.message));
            return begun;
          }}
        />
      ));
    }
    const next = view.waves.find((one) => one.startedAt === null && one.gate.state !== 'passed');
    if (!next) return say(text.noWave);
    startWave(next);
  };
  const gate = (named?: PlanWave) => {
    const found =
      named ??
      waitingWave(view) ??
      view.waves.find((one) => one.startedAt !== null && one.gate.state !== 'passed');
    if (!found) return say(text.noGate);
    if (found.passForbids.length > 0)
      return say(text.refused(found.passForbids.map((one) => one.text).join(' ')));
    const missing = found.gate.conditions.filter((one) => !one.met && !one.overridden);
    open((close) => (
      <AskWithReason
        act={act}
        onClose={close}
        title={ask.pass(found.name)}
        effect={missing.length === 0 ? ask.passAllMet : ask.passEffect}
        make={(reason) => ({ do: 'pass-gate', wave: found.name, reason })}
      >
        {missing.length > 0 ? (
          <ul className="ask-l">
            {missing.map((one) => (
              <li key={one.code}>{one.text}</li>
            ))}
          </ul>
        ) : null}
      </AskWithReason>
    ));
  };
  const breaker = (first: PlanChoice | null = null) =>
    open((close) => <AskBreaker act={act} onClose={close} first={first} />);
  const override = (held = false) =>
    open((close) => (
      <AskOverride act={act} onClose={close} held={held} wave={hand.wave} target={hand.target} />
    ));
  const pause = () => {
    const paused = view.state === 'paused';
    const forbids = view.actions[paused ? 'resume' : 'pause'];
    if (forbids.length > 0) return say(text.refused(forbids.map((one) => one.text).join(' ')));
    open((close) => (
      <AskWithReason
        act={act}
        onClose={close}
        optional
        title={paused ? ask.resume : ask.pause}
        effect={paused ? ask.resumeEffect : ask.pauseEffect}
        make={(reason) => ({
          do: paused ? 'resume' : 'pause',
          ...(reason === '' ? {} : { reason }),
        })}
      />
    ));
  };
  const listed = (
    <ul className="ask-l">
      {view.list.map((one) => (
        <li key={one.target}>
          <b>{one.target}</b> {one.text}
        </li>
      ))}
    </ul>
  );
  const abort = () => {
    if (view.actions.abort.length > 0)
      return say(text.refused(view.actions.abort.map((one) => one.text).join(' ')));
    open((close) => (
      <AskWithReason
        act={act}
        onClose={close}
        danger
        title={ask.abort}
        effect={ask.abortEffect}
        make={(reason) => ({ do: 'abort', reason })}
      >
        {listed}
      </AskWithReason>
    ));
  };
  const complete = () => {
    if (view.actions.complete.length > 0)
      return say(text.refused(view.actions.complete.map((one) => one.text).join(' ')));
    open((close) => (
      <AskWithReason
        act={act}
        onClose={close}
        optional
        title={ask.complete}
        effect={ask.completeEffect}
        make={(reason) => ({ do: 'complete', ...(reason === '' ? {} : { reason }) })}
      >
        {listed}
      </AskWithReason>
    ));
  };
  const takeWatch = () =>
    open((close) => (
      <AskWithReason
        act={act}
        onClose={close}
        optional
        title={ask.watch}
        effect={ask.watchEffect}
        make={(reason) => ({ do: 'take-watch', ...(reason === '' ? {} : { reason }) })}
      />
    ));
  const reading = () => {
    const { target } = hand;
    if (!target) return say(text.noTarget);
    open((close) => <AskReading act={act} onClose={close} target={target.id} first={worstHealth(target)} />);
  };
  const change = () => {
    const { wave: of, target } = hand;
    if (!of) return say(text.noTarget);
    open((close) => <AskChange act={sure} onClose={close} wave={of} target={target} />);
  };
  const finding = (
    one: { readonly code: string; readonly about: string; readonly text: string },
    answer?: 'yes' | 'no' | 'not known',
  ) => {
    // An answer is a tick by name; accepting a finding asks for its reason.
    if (answer !== undefined)
      return void now({ do: 'accept-finding', code: one.code, about: one.about, reason: '', answer });
    open((close) => <AskFinding act={act} onClose={close} finding={one} />);
  };
  const acceptAll = (n: number) =>
    open((close) => (
      <AskWithReason
        act={act}
        onClose={close}
        title={ask.acceptAll}
        effect={ask.acceptAllEffect(n)}
        make={(reason) => ({ do: 'accept-findings', reason })}
      />
    ));
  const written =
    hand.step === null ? undefined : textOf(view, hand.step.section, hand.step.number)?.commands[0];
  const command = written === undefined || !hand.target ? null : filled(written, hand.target.id);
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
    const done_ = await now({
      do: 'step',
      target: last.target,
      section: last.section,
      step: last.step,
      to: 'undone',
    });
    if (!done_) return;
    const words = text.undone(textOf(view, last.section, last.step)?.title ?? '', last.target);
    setSaid(words);
    announce.status(words);
  };
  const lastWords = last
    ? text.lastTick(textOf(view, last.section, last.step)?.title ?? '', last.target)
    : null;

  return {
    hand,
    revertible,
    command,
    problem,
    said,
    lastWords,
    now,
    start,
    done,
    fail: () => withStep('failed'),
    skip: () => withStep('skipped'),
    retry,
    revert,
    wave,
    gate,
    breaker,
    override,
    pause,
    abort,
    complete,
    takeWatch,
    reading,
    change,
    finding,
    acceptAll,
    copy,
    undo,
  };
}
export type Acts = ReturnType<typeof useActs>;
