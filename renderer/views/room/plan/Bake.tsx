// The bake as a bar: watched time, hatched gaps that are added to the end, the mark where a trip ended it, and what is left.
import type { PlanWave } from '../../../../shared/contract/plan.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { elapsed, utc } from '../../../../shared/time/format.ts';
import { type Bake, bakeSegments, watchedAt } from './model.ts';
import { usePlan, usePlanNow } from './store.ts';

export function Bar({ bake, label }: { bake: Bake; label: string }) {
  const now = usePlanNow();
  const { view } = usePlan();
  const watched = watchedAt(bake, fromInstant(view.now), now);
  return (
    <span
      className="bk-bar"
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={Math.round(bake.neededMs / 1000)}
      aria-valuenow={Math.min(Math.round(bake.neededMs / 1000), Math.round(watched / 1000))}
      aria-valuetext={text.barLabel(elapsed(watched), elapsed(bake.neededMs))}
      aria-label={label}
    >
      {bakeSegments(bake, now).map((one) => (
        <i
          key={`${one.kind} ${one.from}`}
          className={one.kind === 'run' ? undefined : one.kind}
          style={{ left: `${one.from}%`, width: one.kind === 'trip' ? undefined : `${one.width}%` }}
        />
      ))}
    </span>
  );
}

function Left({ bake }: { bake: Bake }) {
  const now = usePlanNow();
  if (bake.endsAt === null) return null;
  return (
    <span className="cd" role="timer">
      {elapsed(Math.max(0, fromInstant(bake.endsAt) - now))}
    </span>
  );
}

export function BakeBar({ wave }: { wave: PlanWave }) {
  const { bake } = wave;
  const { view } = usePlan();
  if (bake.startedAt === null && bake.neededMs === 0) return null;
  const needed = elapsed(bake.neededMs);
  const ended = bake.endedBy !== null && bake.endedBy !== 'full' && bake.endedBy !== 'passed';
  const gap = bake.gaps.at(-1);
  return (
    <>
      <div className="bake">
        <span className="lg">{text.bake}</span>
        <Bar bake={bake} label={`${text.bake}, ${wave.name}`} />
        {bake.startedAt === null ? (
          <span className="dim">{text.bakeWait(needed)}</span>
        ) : ended ? (
          <span className="dim">
            {elapsed(bake.watchedMs)}, {text.ended(bake.endedBy ?? 'trip')}.
            {view.breaker.state !== 'closed' ? ` ${text.bakeAgain}` : ''}
          </span>
        ) : bake.endedAt !== null ? (
          <>
            <span className="cd">{needed}</span>
            <span className="dim">{text.bakeFull}</span>
          </>
        ) : (
          <>
            <Left bake={bake} />
            <span className="dim">{text.bakeLeft('', needed).trim()}</span>
          </>
        )}
      </div>
      {gap ? (
        <p className="bake-n">
          {gap.to === null
            ? text.gapOpen(utc(gap.from), gap.cause)
            : text.gap(utc(gap.from), utc(gap.to), gap.cause)}
          {bake.gaps.length > 1 ? ` ${text.moreGaps(bake.gaps.length - 1)}` : ''}
        </p>
      ) : null}
    </>
  );
}
