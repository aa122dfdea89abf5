// What people did, on the overview: waves and bakes of plans as bars behind the steps, changes as ticks. Each also stands in a list
// that is read aloud, for a bar says nothing to whoever does not see it.
import { useEffect, useState } from 'react';
import type { ChangeLine } from '../../../../shared/contract/changes.ts';
import type { Overview as OverviewData } from '../../../../shared/contract/room.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { fromInstant, toInstant } from '../../../../shared/time/clock.ts';
import { utc } from '../../../../shared/time/format.ts';
import { useClient } from '../../../app/services.ts';
import { useCall } from '../../../state/use-call.ts';
import { type Axis, thinned } from './axis.ts';

const text = room.overview;
type Bar = OverviewData['bars'][number];

/** A deployment this long before the first thing that happened still stands on the strip: milliseconds. */
export const BEFORE_MS = 30 * 60_000;
/** Read aloud; the rest is counted. */
const SAID = 40;

/** Changes on the strip, oldest first: those since half an hour before it begins. Asked again when one is read or typed. */
export function useChanges(data: OverviewData): readonly ChangeLine[] {
  const client = useClient();
  const [told, setTold] = useState(0);
  useEffect(() => client.on('changes.changed', ({ rev }) => setTold(rev)), [client]);
  const from = toInstant(fromInstant(data.from) - BEFORE_MS);
  const { value } = useCall('changes.list', { from, until: data.to, firstSignal: null }, told);
  return value?.changes ?? NONE;
}
const NONE: readonly ChangeLine[] = [];

const place = (scale: Axis, from: string, to: string) => {
  const left = scale.x(fromInstant(from));
  return {
    left: `${left.toFixed(2)}%`,
    width: `${Math.max(0, scale.x(fromInstant(to)) - left).toFixed(2)}%`,
  };
};

/** Waves thin along the bottom, bakes outlined; what nobody watched is hatched, and a trip ends the bake with its mark. */
export function Bars({ bars, scale, now }: { bars: readonly Bar[]; scale: Axis; now: string }) {
  return (
    <>
      {bars.map((bar) => (
        <i
          key={`${bar.plan} ${bar.what} ${bar.wave} ${bar.from}`}
          className={bar.what === 'wave' ? 'b b-wave' : bar.to === null ? 'b b-bake run' : 'b b-bake'}
          style={place(scale, bar.from, bar.to ?? now)}
          title={barWords(bar)}
        />
      ))}
      {bars.flatMap((bar) =>
        bar.gaps.map((gap) => (
          <i
            key={`${bar.plan} ${bar.wave} ${bar.from} ${gap.from}`}
            className="b b-gap"
            style={place(scale, gap.from, gap.to)}
          />
        )),
      )}
      {bars
        .filter((bar) => bar.what === 'bake' && bar.end === 'trip' && bar.to !== null)
        .map((bar) => (
          <i
            key={`${bar.plan} ${bar.wave} ${bar.from} trip`}
            className="k k-fail"
            style={{ left: `${scale.x(fromInstant(bar.to ?? now)).toFixed(2)}%` }}
          />
        ))}
    </>
  );
}

const barWords = (bar: Bar): string =>
  [
    bar.what === 'wave' ? text.wave(bar.wave) : bar.trial ? text.trial(bar.wave) : text.bake(bar.wave),
    bar.to === null ? text.since(utc(bar.from)) : text.fromTo(utc(bar.from), utc(bar.to)),
    bar.end === null ? '' : text.end(bar.end),
    ...bar.gaps.map((gap) => text.watched(utc(gap.from), utc(gap.to))),
  ]
    .filter((part) => part !== '')
    .join(', ');

/** A change on the strip: one that is linked stands there whatever became of the file that it was read from. */
export interface Change {
  readonly id: string;
  readonly at: string;
  readonly line: string;
}

/** Linked ones and those that are known here, each once, oldest first. */
export function allChanges(linked: OverviewData['changes'], known: readonly ChangeLine[]): readonly Change[] {
  const own = linked.map(({ change, at, text: line }) => ({ id: change, at, line }));
  const ids = new Set(own.map((one) => one.id));
  return [...own, ...known.filter((one) => !ids.has(one.id))].sort((a, b) => a.at.localeCompare(b.at));
}

export function ChangeLane({ changes, scale }: { changes: readonly Change[]; scale: Axis }) {
  const marks = thinned(
    changes.map((one) => ({ at: one.at, n: 1 })),
    scale,
  );
  return (
    <div className="ln">
      <span className="lg">{text.changes}</span>
      <div className="ln-t">
        {marks.map((mark) => (
          <i
            key={mark.at}
            className="k k-chg"
            style={{ left: `${scale.x(fromInstant(mark.at)).toFixed(2)}%` }}
          />
        ))}
      </div>
    </div>
  );
}

/** The same in words. */
export function Said({ bars, changes }: { bars: readonly Bar[]; changes: readonly Change[] }) {
  if (bars.length === 0 && changes.length === 0) return null;
  const more = Math.max(0, changes.length - SAID);
  return (
    <ul className="vh" aria-label={text.said}>
      {bars.slice(-SAID).map((bar) => (
        <li key={`${bar.plan} ${bar.what} ${bar.wave} ${bar.from}`}>{barWords(bar)}</li>
      ))}
      {changes.slice(-SAID).map((one) => (
        <li key={one.id}>{text.change(utc(one.at), one.line)}</li>
      ))}
      {more > 0 ? <li>{text.moreChanges(more)}</li> : null}
    </ul>
  );
}
