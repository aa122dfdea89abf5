// The open or half-open breaker at the plan's bottom edge: who tripped it, the evidence, three choices, revert and override.
import { useId, useState } from 'react';
import type { PlanTarget, PlanTrip } from '../../../../shared/contract/plan.ts';
import { calledBy } from '../../../../shared/text/people.ts';
import { CHOICE_WORD, plan as text } from '../../../../shared/text/plan-ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { duration, elapsed, utc } from '../../../../shared/time/format.ts';
import { Kbd } from '../../../components/Kbd.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { St } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import type { Alarm } from './alarm.ts';
import { Bar } from './Bake.tsx';
import { HoldButton } from './Hold.tsx';
import { chart, numberIn, shortName } from './model.ts';
import { Act, Have, Since, Whys } from './panel-parts.tsx';
import { ReleaseIncident } from './ReleaseIncident.tsx';
import { usePlan, usePlanNow } from './store.ts';
import type { Acts } from './use-acts.tsx';

function Chart({ trip }: { trip: PlanTrip }) {
  const drawn = chart(trip.evidence.chart, numberIn(trip.evidence.limit));
  if (!drawn) return null;
  return (
    <dd className="sp">
      <svg
        viewBox="0 0 120 22"
        preserveAspectRatio="none"
        role="img"
        aria-label={text.chart(text.evidenceOf(trip.rule, trip.evidence.source), trip.target)}
      >
        {drawn.limit === null ? null : <path className="lim" d={`M0 ${drawn.limit}H120`} />}
        <path className="ln1" d={drawn.path} />
      </svg>
    </dd>
  );
}

export function Evidence({ trip, note }: { trip: PlanTrip; note?: string }) {
  const { evidence } = trip;
  const label = text.evidenceOf(trip.rule, evidence.source);
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
        {label}
      </dt>
      <dd>
        <b>{text.valueOf(label, evidence.value)}</b> <Nb>{more.join(', ')}</Nb>
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

/** Not heard for too long, or never. A look that has only begun waits for its first reading: that is no silence yet. */
const isSilent = (target: PlanTarget | undefined): boolean =>
  target === undefined || !target.heard || target.silentSince !== null;

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
          {calledBy(half.by)} <Time at={half.at} />
        </span>
      </div>
    );
  // What is tried alone is worked first; its bake is what is watched.
  if (half.choose === 'try-one')
    return (
      <div className="bake">
        <span className="lg">{text.bake}</span>
        <span className="dim">{text.tryFirst(half.target)}</span>
        <span className="dim r">
          {calledBy(half.by)} <Time at={half.at} />
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
        {half.since === null && isSilent(target) ? <i className="gap" style={{ width: '100%' }} /> : null}
      </span>
      <span className="dim">
        {half.since === null ? (
          target?.silentSince ? (
            <>
              {text.since} <Time at={target.silentSince} />
            </>
          ) : target?.heard ? (
            text.lookWaits
          ) : (
            text.neverHeard
          )
        ) : (
          <>
            {elapsed(watched)} / {elapsed(view.breaker.retryMs)}, {calledBy(half.by)} <Time at={half.at} />
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
  const silent =
    halfOpen &&
    half?.choose === 'look-again' &&
    half.since === null &&
    isSilent(view.targets.find((one) => one.id === half.target));
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
        <ReleaseIncident />
        <span className="r keys" title={text.choices}>
          <Kbd keys="H" />
        </span>
      </div>
      <Whys id={whyId} list={whys} />
      <LastRow acts={acts} alarm={alarm} onProblem={setProblem} />
    </section>
  );
}
