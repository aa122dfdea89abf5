// What failed first and what followed, one lane per region on one axis of time. Solid lines: a cause is known; dashed: it followed.
import { useRef } from 'react';
import type { ChangeLine } from '../../../shared/contract/changes.ts';
import type { Board } from '../../../shared/contract/health.ts';
import type { CascadeView } from '../../../shared/contract/watch.ts';
import { changeWords, cascadeWords as words } from '../../../shared/text/ours-ui.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration, inSentence, utc } from '../../../shared/time/format.ts';
import { Icon, To } from '../../components/Icon.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Pane } from '../../components/Pane.tsx';
import { type Glyph, S, St, stateGlyph } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { useBoardNow, useMoment } from './board-time.tsx';
import { type CascadeChange, cascadeLayout, type Layout } from './cascade-layout.ts';
import { placeName } from './names.ts';
import { useShort, useWidth } from './use-size.ts';

const LANES = 3;
const LANE_PX = 24;
const GLYPH: Record<Exclude<CascadeView['state'], 'none'>, Glyph> = {
  spreading: 'degraded',
  contained: 'held',
  recovering: 'reverting',
};
/** Under this the axis carries the minutes and the offsets go. */
const COMPACT_PX = 700;

function Sentence({ cascade, board, hidden }: { cascade: CascadeView; board: Board; hidden: number }) {
  const now = useBoardNow();
  const { first, lastAt, counts } = cascade;
  if (!first || cascade.state === 'none') return null;
  const took = lastAt ? fromInstant(lastAt) - fromInstant(first.node.at) : 0;
  return (
    <p className="cas-s">
      {words.first}{' '}
      <b>
        <Nb>{`${first.node.service} ${placeName(board, first.provider, first.region)}`}</Nb>
      </b>{' '}
      <Time at={first.node.at} show="day" /> <To /> <b>{words.reach(counts.regions, counts.services)}</b>{' '}
      <span className={hidden > 0 ? 'lo' : undefined}>
        {took >= 60_000 ? words.within(duration(Math.floor(took / 60_000) * 60_000)) : null}
      </span>{' '}
      {board.offline ? (
        <S kind="stale">{words.notWatched(inSentence(board.offline.since, now))}</S>
      ) : (
        <>
          <S kind={GLYPH[cascade.state]}>{words.state[cascade.state]}</S>
          <span className="lo">{lastAt ? words.lastStep(utc(lastAt)) : ''}</span>
          {hidden > 0 ? words.moreLanes(hidden) : null}
          <span className="lo">{words.dashed}</span>
        </>
      )}
    </p>
  );
}

/** What was changed, on the same axis: the nearest before the first signal stands out. The list says it to whoever cannot see the ticks. */
function ChangeLane({ layout, y }: { layout: Layout; y: number }) {
  return (
    <ol className="cas-ch" aria-label={changeWords.onAxis}>
      {layout.changes.map((tick) => {
        const said = tick.changes.map((one) => one.line).join('; ');
        return (
          <li
            key={tick.key}
            className={tick.nearest ? 'near1' : undefined}
            style={{ left: tick.x, top: y }}
            title={said}
          >
            <Icon name="wrench" />
            <span className="vh">{said}</span>
            {tick.label ? <b aria-hidden="true">{tick.label}</b> : null}
          </li>
        );
      })}
    </ol>
  );
}

function Strip({
  cascade,
  board,
  changes,
  count,
}: {
  cascade: CascadeView;
  board: Board;
  changes: readonly CascadeChange[];
  /** Lanes drawn. */
  count: number;
}) {
  const strip = useRef<HTMLDivElement>(null);
  const width = useWidth(strip);
  // The strip moves every ten seconds: nobody reads it by the second.
  const seconds = Math.floor(useBoardNow() / 10_000) * 10_000;
  const now = board.offline ? fromInstant(board.offline.since) : seconds;
  const compact = width < COMPACT_PX;
  const lanes = cascade.lanes.slice(0, count);
  const layout = cascadeLayout(cascade, now, width, count, !compact, changes);
  const changed = layout.changes.length > 0 || layout.earlier > 0;
  const height = (lanes.length + (changed ? 1 : 0)) * LANE_PX;
  const y = (lane: number): number => lane * LANE_PX + LANE_PX / 2;
  return (
    <div className={compact ? 'cas-b cas-c' : 'cas-b'}>
      <ul className="cas-l">
        {lanes.map((lane) => (
          <li key={`${lane.provider} ${lane.region}`} title={`${lane.provider} ${lane.region}`}>
            <span className="cut">{placeName(board, lane.provider, lane.region)}</span>
            <span className="dim">{lane.nodes.length + lane.more}</span>
          </li>
        ))}
        {changed ? (
          <li className="cas-chl" title={layout.earlier ? changeWords.earlier(layout.earlier) : undefined}>
            <span className="cut">{changeWords.title}</span>
            <span className="dim">{layout.changes.reduce((n, t) => n + t.changes.length, 0)}</span>
          </li>
        ) : null}
      </ul>
      <div className="cas-t" ref={strip} style={{ height }}>
        {width ? (
          <>
            <svg width={width} height={height} aria-hidden="true">
              {layout.changes.map((tick) => (
                <path
                  key={tick.key}
                  className={tick.nearest ? 'chl near1' : 'chl'}
                  d={`M${tick.x} 0V${y(lanes.length)}`}
                />
              ))}
              {layout.lines.map((line) => (
                <path
                  key={line.key}
                  className={line.known ? undefined : 'fol'}
                  d={
                    line.from.lane === line.to.lane
                      ? `M${line.from.x} ${y(line.from.lane)}H${line.to.x}`
                      : `M${line.from.x} ${y(line.from.lane)}V${y(line.to.lane)}H${line.to.x}`
                  }
                />
              ))}
            </svg>
            <ol>
              {layout.marks.map((mark) => {
                const lane = lanes[mark.lane];
                const said = mark.nodes
                  .map((n) => words.node(n.service, lane?.region ?? '', stateWord(n.worst), utc(n.at)))
                  .join('; ');
                return (
                  <li
                    key={mark.key}
                    className={mark.first ? 'first' : undefined}
                    style={{ left: mark.x, top: y(mark.lane) }}
                    title={said}
                  >
                    <St kind={stateGlyph(mark.worst)} label={said} />
                    {mark.label ? (
                      <b aria-hidden="true">
                        {mark.label}
                        {mark.more ? <i> +{mark.more}</i> : null}
                      </b>
                    ) : null}
                    {mark.offset ? (
                      <span aria-hidden="true">
                        {mark.first
                          ? utc(mark.nodes[0]?.at ?? 0, 'minute')
                          : `+${Math.floor((mark.nodes[0]?.lagMs ?? 0) / 60_000)}`}
                      </span>
                    ) : null}
                  </li>
                );
              })}
            </ol>
            {changed ? <ChangeLane layout={layout} y={y(lanes.length)} /> : null}
            {layout.earlier && !layout.changes.length ? (
              <p className="cas-e" style={{ top: y(lanes.length) }}>
                {changeWords.earlier(layout.earlier)}
              </p>
            ) : null}
            <div className="cas-ax" aria-hidden="true">
              {layout.ticks.map((tick, i) => (
                <span key={tick.minutes} style={{ left: tick.x }}>
                  {tick.minutes > 0 ? `+${tick.minutes}` : tick.minutes}
                  {i > 0 && i === layout.ticks.length - 1 ? ' min' : ''}
                </span>
              ))}
            </div>
            <div className="cas-now" style={{ left: layout.nowX }} aria-hidden="true" />
          </>
        ) : null}
      </div>
    </div>
  );
}

export function Cascade({
  board,
  changes,
  onList,
}: {
  board: Board;
  changes: readonly ChangeLine[];
  onList: () => void;
}) {
  const moment = useMoment();
  const short = useShort();
  const { cascade } = board;
  if (!cascade) return null;
  // Of the past no later change is shown than those of then.
  const known = moment === null ? changes : changes.filter((one) => fromInstant(one.at) <= moment);
  // In a short window the changes take the place of the third region; the sentence says that there is one more.
  const count = short && known.length > 0 ? LANES - 1 : LANES;
  const going = cascade.state !== 'none' && cascade.first !== null;
  return (
    <Pane id="board.cascade" label={words.title} className="cas">
      <div className="bh">
        <h2 className="ph">{words.title}</h2>
        {going ? (
          <Sentence cascade={cascade} board={board} hidden={cascade.lanes.length - count} />
        ) : (
          <p className="cas-s">{words.none(duration(cascade.windowMs))}</p>
        )}
        {going ? (
          <button type="button" className="r cas-k" data-pane-focus onClick={onList} aria-label={words.list}>
            <Keys keys="C" />
          </button>
        ) : null}
      </div>
      {going ? <Strip cascade={cascade} board={board} changes={known} count={count} /> : null}
    </Pane>
  );
}
