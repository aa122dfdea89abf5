// The one panel pinned at the bottom edge: the open or half-open breaker, a gate that waits, or a revert under way. Blocked keys carry their reason.
import { type ReactNode, useId, useState } from 'react';
import type { PlanTarget, PlanTrip, PlanWave } from '../../../../shared/contract/plan.ts';
import { CHOICE_WORD, PLAN_STEP_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { duration, elapsed, utc } from '../../../../shared/time/format.ts';
import { Button } from '../../../components/Button.tsx';
import { Kbd, Keys } from '../../../components/Kbd.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import type { Alarm } from './alarm.ts';
import { Bar } from './Bake.tsx';
import { HoldButton } from './Hold.tsx';
import { CELL_GLYPH, chart, numberIn, shortName, textOf } from './model.ts';
import { usePlan, usePlanNow } from './store.ts';
import type { Acts } from './use-acts.tsx';

/** Since when, as a running clock. */
function Since({ at }: { at: string | null }) {
  const now = usePlanNow();
  if (at === null) return null;
  return (
    <span className="r">
      <Time at={at} />
      <span className="cd">{elapsed(Math.max(0, now - fromInstant(at)))}</span>
    </span>
  );
}

/** A key that may be blocked: dashed, and described by the line that says why. */
function Act(props: {
  readonly children: ReactNode;
  readonly why: string | null;
  readonly primary?: boolean;
  readonly keys?: string;
  readonly onPress: () => void;
  readonly whyId: string;
}) {
  const blocked = props.why !== null;
  return (
    <button
      type="button"
      className={props.primary && !blocked ? 'btn key' : 'btn'}
      aria-disabled={blocked || undefined}
      aria-describedby={blocked ? props.whyId : undefined}
      aria-keyshortcuts={props.keys?.replaceAll(' ', '+')}
      onClick={() => {
        if (!blocked) props.onPress();
      }}
    >
      <span>{props.children}</span>
      {props.keys ? <Keys keys={props.keys} /> : null}
    </button>
  );
}

function Whys({
  id,
  list,
}: {
  id: string;
  list: readonly { readonly what: string; readonly why: string }[];
}) {
  if (list.length === 0) return <span id={id} hidden />;
  return (
    <ul className="brk-w" id={id}>
      {list.map((one) => (
        <li key={one.what}>
          <St kind="held" />
          <span>
            <b>{one.what}</b> <Nb>{one.why}</Nb>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Chart({ trip }: { trip: PlanTrip }) {
  const drawn = chart(trip.evidence.chart, numberIn(trip.evidence.limit));
  if (!drawn) return null;
  return (
    <dd className="sp">
      <svg
        viewBox="0 0 120 22"
        preserveAspectRatio="none"
        role="img"
        aria-label={text.chart(trip.evidence.source, trip.target)}
      >
        {drawn.limit === null ? null : <path className="lim" d={`M0 ${drawn.limit}H120`} />}
        <path className="ln1" d={drawn.path} />
      </svg>
    </dd>
  );
}

export function Evidence({ trip, note }: { trip: PlanTrip; note?: string }) {
  const { evidence } = trip;
  const more = [
    evidence.limit === '' ? '' : text.limit(evidence.limit),
    evidence.baseline === '' ? '' : text.was(evidence.baseline),
    evidence.tries === null ? '' : text.tries(evidence.tries),
    evidence.since === null ? '' : `${text.since} ${utc(evidence.since)}`,
    note ?? '',
  ].filter((one) => one !== '');
  return (
    <div className={evidence.chart.length < 2 ? 'two' : undefined}>
      <dt className="cut" title={evidence.source}>
        {evidence.source}
      </dt>
      <dd>
        <b>{evidence.value}</b> <Nb>{more.join(', ')}</Nb>
        {evidence.excerpt ? (
          <span className="ev-x cut" title={evidence.excerpt}>
            “{evidence.excerpt}”
          </span>
        ) : null}
      </dd>
      <Chart trip={trip} />
    </div>
  );
}

function Have({ alarm, onProblem }: { alarm: Alarm; onProblem: (text: string | null) => void }) {
  if (!alarm.stands) return null;
  if (alarm.had)
    return (
      <span>
        {text.has(alarm.had.by.split(' ')[0] ?? alarm.had.by)} <Time at={alarm.had.at} />
      </span>
    );
  return (
    <button
      type="button"
      className="btn tiny"
      title={text.soundsAgain}
      onClick={() => void alarm.have().then(onProblem)}
    >
      <span>{text.iHaveIt}</span>
    </button>
  );
}

function Look() {
  const { view } = usePlan();
  const now = usePlanNow();
  const { half } = view.breaker;
  if (!half) return null;
  if (half.bake)
    return (
      <div className="bake">
        <span className="lg">{text.bake}</span>
        <Bar bake={half.bake} label={`${text.bake}, ${half.target}`} />
        <span className="dim">
          {half.by.split(' ')[0]} <Time at={half.at} />
        </span>
      </div>
    );
  const target = view.targets.find((one) => one.id === half.target);
  const watched =
    half.since === null ? 0 : Math.min(view.breaker.retryMs, Math.max(0, now - fromInstant(half.since)));
  const percent = view.breaker.retryMs === 0 ? 100 : (watched / view.breaker.retryMs) * 100;
  return (
    <div className="bake">
      <span className="lg">{text.look}</span>
      <span
        className="bk-bar"
        role="progressbar"
        aria-label={`${text.look}, ${half.target}`}
        aria-valuemin={0}
        aria-valuemax={Math.round(view.breaker.retryMs / 1000)}
        aria-valuenow={Math.round(watched / 1000)}
      >
        <i style={{ width: `${percent}%` }} />
        {half.since === null ? <i className="gap" style={{ width: '100%' }} /> : null}
      </span>
      <span className="dim">
        {half.since === null ? (
          target?.silentSince ? (
            <>
              {text.since} <Time at={target.silentSince} />
            </>
          ) : (
            text.neverHeard
          )
        ) : (
          <>
            {elapsed(watched)} / {elapsed(view.breaker.retryMs)}, {half.by.split(' ')[0]}{' '}
            <Time at={half.at} />
          </>
        )}
      </span>
    </div>
  );
}

function LastRow({
  acts,
  alarm,
  onProblem,
}: {
  acts: Acts;
  alarm: Alarm;
  onProblem: (t: string | null) => void;
}) {
  const { view } = usePlan();
  const { breaker } = view;
  const whyId = useId();
  const target = acts.revertible;
  const forbids = target?.revertForbids ?? [];
  const why = forbids.some((one) => one.code === 'no-revert-steps')
    ? text.noRevert
    : (forbids[0]?.text ?? null);
  return (
    <>
      <div className="brk-a">
        <Act why={why} whyId={whyId} keys="V" onPress={() => acts.revert(target?.id)}>
          {text.revert}
        </Act>
        <HoldButton keys="Shift O" onHeld={() => acts.override(true)}>
          {text.holdOverride}
        </HoldButton>
        <p className="brk-n">
          {breaker.coolUntil === null ? (
            text.coolOver
          ) : (
            <>
              {breaker.state === 'half-open' ? text.closesNotBefore : text.cool}{' '}
              <Time at={breaker.coolUntil} />
            </>
          )}
          {alarm.had ? (
            <>
              <br />
              <Have alarm={alarm} onProblem={onProblem} />
            </>
          ) : null}
        </p>
      </div>
      <Whys
        id={whyId}
        list={why === null ? [] : [{ what: target ? text.revertOf(target.id) : text.revert, why }]}
      />
    </>
  );
}

export function BreakerPanel({ acts, alarm }: { acts: Acts; alarm: Alarm }) {
  const { view } = usePlan();
  const { breaker } = view;
  const [problem, setProblem] = useState<string | null>(null);
  const whyId = useId();
  const half = breaker.half;
  const halfOpen = breaker.state === 'half-open';
  const who = half?.target ?? breaker.tripped?.target ?? '';
  const silent = halfOpen && half !== null && half.since === null && half.choose === 'look-again';
  const others = breaker.trips.filter(
    (trip) => trip.key !== breaker.tripped?.key && trip.status === 'standing',
  );
  const blocked = breaker.choices
    .filter((one) => one.targets.length === 0)
    .map((one) => ({
      what: CHOICE_WORD[one.choose],
      why: one.forbids.map((why) => why.text).join(' '),
      choose: one.choose,
    }));
  // All three refused for one reason are one line.
  const same = blocked.length > 1 && blocked.every((one) => one.why === blocked[0]?.why);
  const whys = same
    ? [{ what: blocked.map((one) => one.what).join(', '), why: blocked[0]?.why ?? '' }]
    : blocked;
  const name = shortName(who, view.targets);
  return (
    <section className={halfOpen ? 'brk half' : 'brk'} aria-labelledby="brk-h" data-breaker tabIndex={-1}>
      <h3 id="brk-h">
        <St kind={halfOpen ? 'brk-half' : 'brk-open'} />
        <span className="cut">
          {halfOpen ? (
            silent ? (
              text.halfSilent(name)
            ) : (
              <>
                {half?.choose === 'try-one' ? text.halfTry : text.halfLook} <b>{name}</b>
              </>
            )
          ) : (
            <>
              {text.open}, <b>{name}</b>
            </>
          )}
        </span>
        {alarm.stands && alarm.had === null ? <Have alarm={alarm} onProblem={setProblem} /> : null}
        <Since at={halfOpen ? (half?.at ?? breaker.since) : breaker.since} />
      </h3>
      {halfOpen ? <Look /> : null}
      <dl className="ev">
        {breaker.tripped ? <Evidence trip={breaker.tripped} /> : null}
        {others.slice(0, 3).map((trip) => (
          <Evidence
            key={trip.key}
            trip={trip}
            note={
              trip.target === breaker.tripped?.target
                ? text.alsoTripped
                : `${trip.target}, ${text.alsoTripped}`
            }
          />
        ))}
        {halfOpen && half?.choose === 'look-again' ? (
          <div className="two">
            <dt>{text.until}</dt>
            <dd>{text.halfUntil(duration(breaker.retryMs))}</dd>
          </div>
        ) : null}
        <div className="two">
          <dt>{text.untouched}</dt>
          <dd>
            <Nb>{breaker.untouched.text}</Nb>
          </dd>
        </div>
      </dl>
      {problem ? <p className="err">{problem}</p> : null}
      <div className="brk-a">
        {breaker.choices.map((one) => (
          <Act
            key={one.choose}
            whyId={whyId}
            why={one.targets.length === 0 ? one.forbids.map((why) => why.text).join(' ') || '' : null}
            primary={one.choose === 'look-again' && !halfOpen}
            onPress={() => acts.breaker(one.choose)}
          >
            {one.choose === 'look-again'
              ? text.lookAgain(duration(breaker.retryMs))
              : CHOICE_WORD[one.choose]}
          </Act>
        ))}
        <span className="r keys" title={text.choices}>
          <Kbd keys="H" />
        </span>
      </div>
      <Whys id={whyId} list={whys} />
      <LastRow acts={acts} alarm={alarm} onProblem={setProblem} />
    </section>
  );
}

export function GatePanel({ wave, acts, alarm }: { wave: PlanWave; acts: Acts; alarm: Alarm }) {
  const { view } = usePlan();
  const [problem, setProblem] = useState<string | null>(null);
  const [folded, setFolded] = useState(false);
  const whyId = useId();
  const missing = wave.gate.conditions.filter((one) => !one.met && !one.overridden);
  const pass = wave.passForbids.map((one) => one.text).join(' ');
  const worst =
    view.targets.find((one) => wave.targets.includes(one.id) && one.marks.includes('no-better')) ?? null;
  const noRevert = worst?.revertForbids.some((one) => one.code === 'no-revert-steps')
    ? text.noRevert
    : (worst?.revertForbids[0]?.text ?? null);
  return (
    <section className="brk wait" aria-labelledby="brk-h" data-breaker tabIndex={-1}>
      <h3 id="brk-h">
        <St kind="gate-wait" />
        <span className="cut">{text.gateWaitsTitle(wave.name)}</span>
        {alarm.stands && alarm.had === null ? <Have alarm={alarm} onProblem={setProblem} /> : null}
        <Since at={wave.gate.waitingSince} />
      </h3>
      {folded ? null : (
        <dl className="ev">
          {missing.slice(0, 4).map((one) => (
            <div key={one.code} className="two">
              <dt className="cut">{one.target ? shortName(one.target, view.targets) : wave.name}</dt>
              <dd className="wrap">
                <Nb>{one.text}</Nb>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {problem ? <p className="err">{problem}</p> : null}
      <div className="brk-a">
        <Act why={pass === '' ? null : pass} whyId={whyId} primary keys="G" onPress={() => acts.gate(wave)}>
          {text.passGate(wave.name)}
        </Act>
        <Button onPress={() => setFolded(!folded)} expanded={!folded}>
          {text.keepHolding}
        </Button>
        {worst ? (
          <Act why={noRevert} whyId={whyId} keys="V" onPress={() => acts.revert(worst.id)}>
            {text.revertOf(shortName(worst.id, view.targets))}
          </Act>
        ) : null}
      </div>
      <Whys
        id={whyId}
        list={[
          ...(pass === '' ? [] : [{ what: text.passGate(wave.name), why: pass }]),
          ...(noRevert === null || worst === null ? [] : [{ what: text.revertOf(worst.id), why: noRevert }]),
        ]}
      />
      <p className="fine">
        {text.fineGate} {alarm.had ? <Have alarm={alarm} onProblem={setProblem} /> : null}
      </p>
    </section>
  );
}

export function RevertPanel({ target, acts }: { target: PlanTarget; acts: Acts }) {
  const { view } = usePlan();
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
                  {(step.by[0] ?? '').split(' ')[0]} <Time at={step.at} />
                </>
              ) : (
                ''
              )}
            </span>
          </li>
        ))}
      </ol>
      {view.asks.length > 0 ? (
        <>
          {view.asks.map((words) => (
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
