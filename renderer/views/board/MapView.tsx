// The world with the regions of the row that is looked at: same shapes and words as the matrix. The list beside it says the same by keyboard.
import { useMemo, useRef } from 'react';
import type { Board } from '../../../shared/contract/health.ts';
import { board as boardWords } from '../../../shared/text/board.ts';
import { mapWords as words } from '../../../shared/text/ours-ui.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { Keys } from '../../components/Kbd.tsx';
import { S, stateGlyph } from '../../components/St.tsx';
import { useCall } from '../../state/use-call.ts';
import { type Point, placeLabels, worldMap } from './map-geo.ts';
import { isNamed, type MapPlace, mapPlaces, mapRow, pointOf } from './map-places.ts';
import { cellWord, isKnown, isNews } from './marks.ts';
import type { Place } from './selection.ts';
import { useWidth } from './use-size.ts';

const SMALL = { width: 320, height: 204 };
/** Height of the large map by its width, and at most, in pixels: one unit is one pixel there, so that texts keep their size. */
const LARGE = { ratio: 0.49, height: 352 };
const SAID = 6;

/** What the map shows, for both sizes. Asks for the regions without a column, which the matrix only counts. */
export function useMapPlaces(board: Board, provider: string | null, live: boolean) {
  const row = mapRow(board, provider);
  const away = useCall(
    'health.elsewhere',
    live && row?.elsewhere?.regions ? { provider: row.provider } : null,
    board.rev,
    200,
  );
  const cells = away.value?.cells;
  const found = useMemo(() => mapPlaces(board, row, cells ?? []), [board, row, cells]);
  return { row, ...found };
}
export type MapData = ReturnType<typeof useMapPlaces>;

function Picture(props: { board: Board; data: MapData; width: number | null }) {
  const { board, data, width } = props;
  const large = width !== null;
  const size = useMemo(
    () =>
      width === null ? SMALL : { width, height: Math.round(Math.min(LARGE.height, width * LARGE.ratio)) },
    [width],
  );
  const world = useMemo(() => worldMap(size), [size]);
  const font = large ? 11.5 : 12.5;
  const marks = data.places.flatMap((place) => {
    const at = world.project(place.lon, place.lat);
    const bad = isNews(place.cell);
    const glyph = (bad ? (place.elsewhere ? 10 : 13) : 8) * (size.width > 560 ? 1.2 : 1);
    return at ? [{ place, x: at[0], y: at[1], size: glyph }] : [];
  });
  const labels = placeLabels(
    marks
      .filter(({ place }) => (large ? isNamed(place) : isNews(place.cell) && !place.elsewhere))
      .map(({ place, x, y }) => ({ key: place.key, text: place.cell.region, x, y })),
    marks,
    size,
    font,
  );
  const bad = data.places.filter((p) => isNews(p.cell));
  const first = board.cascade?.state !== 'none' ? board.cascade?.lanes : undefined;
  const ends = (first ?? []).flatMap((lane): Point[] => {
    const at = pointOf(lane.provider, lane.region, null);
    return at ? [[at.lon, at.lat]] : [];
  });
  const rest = data.places.find((p) => !isNews(p.cell));
  const said = bad
    .slice(0, SAID)
    .map((p) => `${cellWord(p.cell, null)}: ${p.cell.region}${p.elsewhere ? `, ${words.elsewhere}` : ''}`);
  if (bad.length > SAID) said.push(boardWords.andMore(bad.length - SAID));
  return (
    <svg
      className="map"
      width={large ? size.width : undefined}
      height={large ? size.height : undefined}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={words.said(
        said,
        rest ? stateWord(rest.cell.state, rest.cell.basis).toLowerCase() : stateWord('unknown').toLowerCase(),
      )}
    >
      <path className="land" d={world.land} />
      {ends.slice(1, 8).map((to) => (
        <path key={to.join()} className="arc" d={world.arc(ends[0] ?? to, to)} />
      ))}
      {[...marks].reverse().map(({ place, x, y, size: w }) => (
        <use
          key={place.key}
          href={`#g-${stateGlyph(place.cell.state, place.cell.basis)}`}
          className={`st-${stateGlyph(place.cell.state, place.cell.basis)}${place.cell.stale ? ' m-stale' : ''}${isKnown(place.cell) ? ' m-known' : ''}`}
          x={x - w / 2}
          y={y - w / 2}
          width={w}
          height={w}
        />
      ))}
      {labels.map((label) => (
        <text key={label.key} x={label.x} y={label.y} fontSize={font}>
          {label.text}
        </text>
      ))}
    </svg>
  );
}

/** Beside our services, on wide windows. */
export function SmallMap({ board, data }: { board: Board; data: MapData }) {
  return (
    <section className="bmap" aria-label={words.title(data.row?.name ?? words.all)}>
      <div className="bh">
        <h2 className="ph">{words.title(data.row?.name ?? words.all)}</h2>
        <span className="r dim">{data.places.some((p) => p.cell.stale) ? words.stale : words.perMetro}</span>
        <Keys keys="M" />
      </div>
      {data.places.length ? (
        <Picture board={board} data={data} width={null} />
      ) : (
        <p className="none">{words.noPlaces}</p>
      )}
    </section>
  );
}

/** In the place of the matrix. */
export function LargeMap(props: {
  readonly board: Board;
  readonly data: MapData;
  readonly place: Place | null;
  readonly opened: string | null;
  readonly onPick: (place: MapPlace, open: boolean) => void;
}) {
  const { data } = props;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const here = (p: MapPlace): boolean =>
    props.place?.provider === p.place.provider &&
    props.place.column === p.place.column &&
    (!p.elsewhere || props.opened === p.cell.region);
  const at = Math.max(0, data.places.findIndex(here));
  if (!data.places.length) return <p className="none">{words.noPlaces}</p>;
  return (
    <div className="mapv">
      <div className="mapw" ref={box}>
        {width ? <Picture board={props.board} data={data} width={width} /> : null}
      </div>
      <ol
        className="mapl"
        aria-label={words.places}
        onKeyDown={(event) => {
          const last = data.places.length - 1;
          const to = {
            ArrowDown: at + 1,
            j: at + 1,
            ArrowUp: at - 1,
            k: at - 1,
            Home: 0,
            End: last,
          }[event.key];
          if (to === undefined || event.ctrlKey || event.altKey) return;
          event.preventDefault();
          const next = data.places[Math.max(0, Math.min(last, to))];
          if (!next) return;
          props.onPick(next, false);
          event.currentTarget.querySelectorAll<HTMLElement>('button')[data.places.indexOf(next)]?.focus();
        }}
      >
        {data.places.map((p, i) => (
          <li key={p.key}>
            <button
              type="button"
              tabIndex={i === at ? 0 : -1}
              data-pane-focus={i === at ? '' : undefined}
              aria-current={i === at || undefined}
              onClick={() => props.onPick(p, true)}
            >
              <span className="nb">{p.cell.region}</span>
              <S kind={stateGlyph(p.cell.state, p.cell.basis)}>{cellWord(p.cell, null)}</S>
              <span className="dim">{p.elsewhere ? words.elsewhere : p.cell.troubled || ''}</span>
            </button>
          </li>
        ))}
        {data.nowhere ? <li className="dim mapl-n">{words.nowhere(data.nowhere)}</li> : null}
      </ol>
    </div>
  );
}
