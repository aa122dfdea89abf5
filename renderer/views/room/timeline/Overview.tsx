// The whole incident on one time axis: phases, regions, signals against steps and decisions, what nobody watched, and which part the list shows.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Overview as OverviewData } from '../../../../shared/contract/room.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { PHASE_WORD, stateWord } from '../../../../shared/text/ui.ts';
import { fromInstant, toInstant } from '../../../../shared/time/clock.ts';
import { duration, hms, utc } from '../../../../shared/time/format.ts';
import { useCommands } from '../../../app/commands.ts';
import { useNow, useServices } from '../../../app/services.ts';
import { Problem } from '../../../components/Problem.tsx';
import { useRoom } from '../session.ts';
import { type Axis, axis, type Lane, thinned } from './axis.ts';
import { LinkChanges } from './LinkChanges.tsx';
import { allChanges, Bars, BEFORE_MS, ChangeLane, Said, useChanges } from './OverviewMarks.tsx';

const text = room.overview;
const LANES: readonly Lane[] = ['signals', 'steps', 'decisions', 'updates', 'notes'];
const MARK: Record<Lane, string> = {
  signals: 'k-sig',
  steps: 'k-step',
  decisions: 'k-dec',
  updates: 'k-upd',
  notes: 'k-note',
};
/** Regions drawn as lanes; the worst and first affected come first from main. */
const REGIONS = 3;

/** From here on a tick's label ends at its tick: centred on it, a day's name would stand beyond the strip. */
const LAST = 95;
/** Up to here it begins at its tick. */
const FIRST = 5;
const side = (percent: number): string | undefined =>
  percent > LAST ? 'end' : percent < FIRST ? 'begin' : undefined;

const at = (scale: Axis, instant: string): string => `${scale.x(fromInstant(instant)).toFixed(2)}%`;
const width = (scale: Axis, from: string, to: string): string =>
  `${Math.max(0, scale.x(fromInstant(to)) - scale.x(fromInstant(from))).toFixed(2)}%`;

function Phases({
  data,
  scale,
  now,
  declared,
  release,
}: {
  data: OverviewData;
  scale: Axis;
  now: string;
  declared: string;
  /** It was a release that was watched, until it was declared. */
  release: boolean;
}) {
  const before = fromInstant(declared) - fromInstant(data.from);
  return (
    <div className="ov-ph" aria-hidden="true">
      {before > 60_000 ? (
        <span style={{ left: at(scale, data.from), width: width(scale, data.from, declared) }}>
          {(release ? text.release : text.undeclared)(duration(before - (before % 60_000)))}
        </span>
      ) : null}
      {data.phases.map((one) => {
        const to = one.to ?? now;
        const from = scale.x(fromInstant(one.from));
        const wide = scale.x(fromInstant(to)) - from > 6;
        // A phase that has only begun has its word beside it, where the axis is still empty.
        const free = one.to === null && from < 85;
        return (
          <span
            key={`${one.phase} ${one.from}`}
            className={one.to === null ? (free ? 'cur new' : 'cur') : undefined}
            title={`${PHASE_WORD[one.phase]} ${utc(one.from)}`}
            style={{ left: at(scale, one.from), width: width(scale, one.from, to) }}
          >
            {wide || free ? PHASE_WORD[one.phase] : ''}
          </span>
        );
      })}
    </div>
  );
}

const BAR = {
  'major-outage': 'outage',
  'partial-outage': 'outage',
  degraded: 'degraded',
  maintenance: 'maint',
  unknown: 'unknown',
  operational: 'ok',
} as const;

function RegionLane({
  region,
  scale,
  now,
}: {
  region: OverviewData['regions'][number];
  scale: Axis;
  now: string;
}) {
  return (
    <div className="ln thin">
      <span className="lg nb" title={`${region.provider} ${region.region}`}>
        {region.region}
      </span>
      <div className="ln-t">
        {region.spans
          .filter((span) => span.state !== 'operational')
          .map((span) => (
            <i
              key={`${span.from} ${span.state}`}
              className={`b b-${BAR[span.state]}`}
              style={{ left: at(scale, span.from), width: width(scale, span.from, span.to ?? now) }}
              title={`${region.region} ${stateWord(span.state)} ${room.since} ${utc(span.from)}${span.to ? ` ${room.until} ${utc(span.to)}` : ''}`}
            />
          ))}
      </div>
    </div>
  );
}

/** Marks of a lane, one SVG: hundreds of ticks cost one element each, none of them text. */
function MarkLane({ lane, data, scale, now }: { lane: Lane; data: OverviewData; scale: Axis; now: string }) {
  const marks = thinned(
    data.marks.filter((mark) => mark.lane === lane),
    scale,
  );
  return (
    <div className="ln">
      <span className="lg">{text.lanes[lane]}</span>
      <div className="ln-t">
        {lane === 'steps' ? <Bars bars={data.bars} scale={scale} now={now} /> : null}
        {marks.map((mark) => (
          <i
            key={mark.at}
            className={`k ${MARK[lane]}${mark.n > 8 ? ' k-many' : ''}`}
            style={{ left: at(scale, mark.at) }}
          />
        ))}
      </div>
    </div>
  );
}

function Strip({ data, onJump }: { data: OverviewData; onJump: (instant: string) => void }) {
  const { session, incident } = useRoom();
  const shown = useStore(session.shown);
  const ticking = useNow();
  const strip = useRef<HTMLDivElement>(null);
  const [point, setPoint] = useState<number | null>(null);
  const nowMs = incident.closedAt ? Math.max(fromInstant(data.to), fromInstant(incident.closedAt)) : ticking;
  const now = toInstant(nowMs);
  const { dialogs } = useServices();
  const known = useChanges(data);
  const linked = data.changes;
  const changes = allChanges(linked, known);
  useCommands('view', () => [
    {
      id: 'room.change',
      title: room.linkChanges.command,
      detail: room.linkChanges.commandAsk,
      group: room.keys.group,
      icon: 'radio',
      run: () =>
        void dialogs.open((close) => (
          <LinkChanges
            incident={incident.id}
            changes={known}
            linked={linked.map((one) => one.change)}
            onClose={close}
          />
        )),
    },
  ]);
  // A change shortly before the first thing that happened is what everybody looks for.
  const first = Math.min(
    fromInstant(data.from),
    ...changes
      .map((one) => fromInstant(one.at))
      .filter((ms) => ms >= fromInstant(data.from) - BEFORE_MS)
      .slice(0, 1),
  );
  const scale = axis(first, Math.max(nowMs, fromInstant(data.to)));
  const lanes = LANES.filter(
    (lane) =>
      lane === 'signals' ||
      lane === 'steps' ||
      lane === 'decisions' ||
      data.marks.some((m) => m.lane === lane),
  ).filter((lane) => lane !== 'notes');
  const time = (event: PointerEvent): number | null => {
    const box = strip.current?.getBoundingClientRect();
    if (!box || box.width === 0) return null;
    return scale.time(((event.clientX - box.left) / box.width) * 100);
  };
  const jump = (ms: number | null): void => {
    if (ms !== null) onJump(toInstant(Math.round(ms)));
  };
  const key = (event: KeyboardEvent): void => {
    const from = point ?? (shown ? fromInstant(shown.from) : scale.from);
    const step = (scale.to - scale.from) / 40;
    const move = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (event.altKey || event.ctrlKey) return;
    if (move !== undefined) {
      event.preventDefault();
      setPoint(Math.min(scale.to, Math.max(scale.from, from + move)));
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      setPoint(event.key === 'Home' ? scale.from : scale.to);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      jump(from);
    }
  };
  const atPoint = point ?? (shown ? fromInstant(shown.from) : scale.to);
  return (
    <figure className="ov" aria-label={text.label(hms(data.from, 'minute'), hms(now, 'minute'))}>
      <Phases
        data={data}
        scale={scale}
        now={now}
        declared={incident.declaredAt}
        release={incident.release !== undefined}
      />
      <div className="ov-l">
        {data.regions.slice(0, REGIONS).map((region) => (
          <RegionLane key={`${region.provider} ${region.region}`} region={region} scale={scale} now={now} />
        ))}
        {lanes.map((lane) => (
          <MarkLane key={lane} lane={lane} data={data} scale={scale} now={now} />
        ))}
        {changes.length > 0 ? <ChangeLane changes={changes} scale={scale} /> : null}
        <div
          ref={strip}
          className="ov-hit"
          role="slider"
          tabIndex={0}
          title={text.jump}
          aria-label={`${text.jump}. ${text.jumpHelp}`}
          aria-valuemin={Math.round(scale.from / 1000)}
          aria-valuemax={Math.round(scale.to / 1000)}
          aria-valuenow={Math.round(atPoint / 1000)}
          aria-valuetext={text.at(utc(Math.round(atPoint)))}
          onPointerMove={(event) => setPoint(time(event))}
          onPointerLeave={() => setPoint(null)}
          onPointerUp={(event) => jump(time(event))}
          onKeyDown={key}
          onBlur={() => setPoint(null)}
        >
          {data.notWatched.map((gap) => (
            <i
              key={gap.from}
              className="ov-gap"
              style={{ left: at(scale, gap.from), width: width(scale, gap.from, gap.to) }}
              title={text.watched(utc(gap.from), utc(gap.to))}
            />
          ))}
          {shown ? (
            <i
              className="ov-win"
              title={text.window}
              style={{ left: at(scale, shown.from), width: width(scale, shown.from, shown.to) }}
            />
          ) : null}
          <i className="ov-now" style={{ left: `${scale.x(nowMs).toFixed(2)}%` }} />
          {point !== null ? (
            <span
              className={scale.x(point) > 80 ? 'ov-pt left' : 'ov-pt'}
              style={{ left: `${scale.x(point).toFixed(2)}%` }}
            >
              {hms(Math.round(point))}
            </span>
          ) : null}
        </div>
      </div>
      <Said bars={data.bars} changes={changes} />
      <div className="ov-ax" aria-hidden="true">
        {scale.ticks.map((tick) => (
          <span
            key={tick.at}
            className={side(scale.x(tick.at))}
            style={{ left: `${scale.x(tick.at).toFixed(2)}%` }}
          >
            {tick.label}
          </span>
        ))}
      </div>
    </figure>
  );
}

export function Overview({ onJump }: { onJump: (instant: string) => void }) {
  const { session } = useRoom();
  const { value, error } = useStore(session.overview);
  if (value) return <Strip data={value} onJump={onJump} />;
  return error ? (
    <Problem text={`${text.failed} ${error.message}`} className="ov" />
  ) : (
    <div className="ov ov-wait" />
  );
}
