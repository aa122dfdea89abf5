// Hands on the plan, its waves, gates, breaker and findings: every one asks first and states its effect.
import type { PlanWave } from '../../../../shared/contract/plan.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { AskBreaker, AskOverride, type PlanChoice } from './AskBreaker.tsx';
import { AskChange } from './AskChange.tsx';
import { AskSave } from './AskSave.tsx';
import type { ActTools } from './act-tools.tsx';
import { AskFinding, AskPlain, AskReading, AskWithReason } from './asks.tsx';
import { paceWords } from './hand.ts';
import { waitingWave, worstHealth } from './model.ts';
import { leftOf } from './rows.ts';

const ask = text.ask;

export function planActs(tools: ActTools) {
  const { view, hand, open, say, setSaid, announce, act, sure, now } = tools;
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
        >
          {leftOf(view.before) > 0 ? <p className="near">{text.beforeLeft(leftOf(view.before))}</p> : null}
        </AskPlain>
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
  const breaker = (first: PlanChoice | null = null) => {
    if (view.breaker.state === 'closed') return say(text.breakerClosed);
    open((close) => <AskBreaker act={act} onClose={close} first={first} />);
  };
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
    <>
      <section className="ask-s" tabIndex={0} aria-label={text.ended_}>
        <ul className="ask-l">
          {view.list.map((one) => (
            <li key={one.target}>
              <b>{one.target}</b> {one.text}
            </li>
          ))}
        </ul>
      </section>
      {view.left.length > 0 ? <p className="fine">{ask.leftEffect}</p> : null}
      {view.left.map((one) => (
        <p key={one} className="near">
          {one}
        </p>
      ))}
    </>
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
    // That a target is well is said by whoever sees it, never taken over.
    const seen = worstHealth(target);
    const first = seen === 'operational' ? null : seen;
    open((close) => <AskReading act={act} onClose={close} target={target.id} first={first} />);
  };
  const change = () => {
    const { wave: of, target, step, own } = hand;
    const at = own ? { section: own.section, number: own.step.number } : step;
    open((close) => <AskChange act={sure} onClose={close} wave={of} target={target} step={at} />);
  };
  const save = () =>
    open((close) => (
      <AskSave
        onClose={close}
        onSaved={(words) => {
          setSaid(words);
          announce.status(words);
        }}
      />
    ));
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

  return {
    revertible,
    revert,
    startWave,
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
    save,
    finding,
    acceptAll,
  };
}
