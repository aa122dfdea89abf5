// The rows themselves: virtual, read in windows, newest at the bottom. New entries never move what is being read; they are counted.
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import type { TimelineRow } from '../../../../shared/contract/room.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { day, sameDay } from '../../../../shared/time/format.ts';
import { Button } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { St } from '../../../components/St.tsx';
import { ALL_ROWS, useRoom, useRows } from '../session.ts';
import { useRem } from '../useCompact.ts';
import { Row, rowClass } from './Row.tsx';
import { positionOf } from './rows.ts';

const text = room.timeline;
/** Height of a row before it is measured, as a share of the root's size. */
const ESTIMATE_REM = 1.5;
/** This near to the end counts as reading the newest, in pixels. */
const NEAR_END = 24;
/** Rows asked for beyond what is seen, in both directions. */
const AHEAD = 40;

export interface ListHandle {
  move(step: number): void;
  newest(): void;
  oldest(): void;
  jump(instant: string): Promise<void>;
  current(): TimelineRow | null;
}

export function List(props: {
  readonly handle: RefObject<ListHandle | null>;
  readonly onVersions: (row: TimelineRow) => void;
  readonly actions: (row: TimelineRow) => ReactNode;
}) {
  const { session } = useRoom();
  const rows = useRows();
  const state = rows.state();
  const filter = useStore(session.filter);
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(-1);
  const [fresh, setFresh] = useState(0);
  const following = useRef(true);
  const wantFocus = useRef<number | null>(null);

  const estimate = Math.round(ESTIMATE_REM * useRem());

  const virtual = useVirtualizer({
    count: state.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    overscan: 10,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
  });
  const items = virtual.getVirtualItems();
  const range = virtual.range;
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? 0;

  // Opens at the newest entry, and again when the filter is another one.
  const opened = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new filter starts the list anew
  useEffect(() => {
    opened.current = false;
    following.current = true;
    setFresh(0);
    setCursor(-1);
    // Heights are kept by position, and every position holds another row now.
    virtual.measure();
    void rows.open(null);
  }, [rows, filter]);
  useLayoutEffect(() => {
    if (opened.current || !state.read || state.total === 0) return;
    opened.current = true;
    virtual.scrollToEnd();
  });

  // Whoever reads the newest goes on reading the newest: also when a line above the list takes some of its height.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a row more is what it follows
  useLayoutEffect(() => {
    if (opened.current && following.current) virtual.scrollToEnd();
  }, [state.total]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const sized = new ResizeObserver(() => {
      if (opened.current && following.current) virtual.scrollToEnd();
    });
    sized.observe(box);
    return () => sized.disconnect();
  }, [virtual]);

  useEffect(() => {
    if (state.read) rows.look(Math.max(0, first - AHEAD), last + AHEAD);
  }, [rows, first, last, state.read]);

  // Which instants are shown: the overview's window.
  const firstRow = rows.row(first);
  const lastRow = rows.row(Math.min(last, state.total - 1));
  const from = firstRow?.occurredAt ?? null;
  const to = lastRow?.occurredAt ?? null;
  useEffect(() => {
    if (from !== null && to !== null) session.shown.setState({ from, to }, true);
  }, [session, from, to]);

  // The virtualizer knows the heights; asking the element for them would lay the page out again in every frame.
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const onScroll = (): void => {
      following.current = virtual.isAtEnd(NEAR_END);
      if (following.current) setFresh(0);
    };
    box.addEventListener('scroll', onScroll, { passive: true });
    return () => box.removeEventListener('scroll', onScroll);
  }, [virtual]);

  // Something was written: read again, keep the place, count what is new below.
  const latest = useRef({ virtual, rows, first });
  latest.current = { virtual, rows, first };
  useEffect(() => {
    let busy = false;
    let again = false;
    const read = async (): Promise<void> => {
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      const now = latest.current;
      const before = now.rows.state().total;
      const anchor = following.current ? null : now.rows.row(now.first);
      const offset = now.virtual.scrollOffset ?? 0;
      const start = now.virtual.measurementsCache[now.first]?.start ?? 0;
      const position = await now.rows.changed(anchor?.id ?? null);
      const grown = now.rows.state().total - before;
      if (anchor) {
        if (grown > 0) setFresh((n) => n + grown);
        if (position !== null && position !== now.first) {
          const there = now.virtual.measurementsCache[position]?.start;
          if (there !== undefined) now.virtual.scrollToOffset(there + offset - start);
        }
      }
      busy = false;
      if (again) {
        again = false;
        await read();
      }
    };
    return session.written.subscribe(() => void read());
  }, [session]);

  const focusRow = useCallback(
    (index: number): void => {
      wantFocus.current = index;
      setCursor(index);
      virtual.scrollToIndex(index, { align: 'auto' });
    },
    [virtual],
  );
  useEffect(() => {
    // Not by a drawing that was made before the key: it would take the wish along and give it to the row before.
    if (wantFocus.current === null || wantFocus.current !== cursor) return;
    const node = scroller.current?.querySelector<HTMLElement>(`[data-index="${cursor}"] article`);
    if (!node) return;
    wantFocus.current = null;
    node.focus({ preventScroll: true });
  });
  const onFocus = useCallback((index: number) => setCursor(index), []);

  const newest = useCallback((): void => {
    following.current = true;
    setFresh(0);
    virtual.scrollToEnd();
  }, [virtual]);

  const atCursor = cursor >= 0 ? cursor : Math.min(last, state.total - 1);
  props.handle.current = {
    move(step) {
      const total = rows.state().total;
      if (total === 0) return;
      focusRow(cursor < 0 ? Math.min(last, total - 1) : Math.min(total - 1, Math.max(0, cursor + step)));
    },
    newest() {
      newest();
      if (rows.state().total > 0) focusRow(rows.state().total - 1);
    },
    oldest() {
      if (rows.state().total > 0) focusRow(0);
    },
    async jump(instant) {
      const position = await positionOf(instant, rows);
      if (position === null) return;
      following.current = false;
      setCursor(position);
      virtual.scrollToIndex(position, { align: 'start' });
    },
    current: () => rows.row(atCursor),
  };

  const filtered = filter.only !== 'all' || filter.find !== '';
  const shownFrom = state.total === 0 ? 0 : first + 1;
  const shownTo = Math.min(last + 1, state.total);
  return (
    <>
      <div className="daymark">
        <span>{firstRow ? text.dayUtc(day(firstRow.occurredAt)) : ' '}</span>
        {state.hidden > 0 ? (
          <span>
            {text.hidden(state.hidden)}{' '}
            <button
              type="button"
              className="fold"
              onClick={() => session.filter.setState({ retracted: true })}
            >
              {text.showRetracted}
            </button>
          </span>
        ) : filter.retracted ? (
          <button
            type="button"
            className="fold"
            onClick={() => session.filter.setState({ retracted: false })}
          >
            {text.hideRetracted}
          </button>
        ) : null}
        <span className="dim">
          {state.total > 0
            ? text.range(
                shownFrom.toLocaleString('en-US').replaceAll(',', '\u00a0'),
                shownTo.toLocaleString('en-US').replaceAll(',', '\u00a0'),
                state.total.toLocaleString('en-US').replaceAll(',', '\u00a0'),
              )
            : ''}
        </span>
      </div>
      {state.error ? (
        <div className="tl-err" role="alert">
          <St kind="failed" />
          <span>
            {text.failed} {state.error.message}
          </span>
          <Button look="tiny" onPress={() => rows.retry()}>
            {room.tryAgain}
          </Button>
        </div>
      ) : null}
      <div className="list tl-list" ref={scroller}>
        {state.read && state.total === 0 ? (
          <div className="none">
            {filtered ? (
              <>
                <p>{filter.find ? text.nothingFitsFind(filter.find) : text.nothingFits}</p>
                <p>
                  <Button look="tiny" onPress={() => session.filter.setState(ALL_ROWS)}>
                    {text.clear}
                  </Button>
                </p>
              </>
            ) : (
              <>
                <p>{text.empty}</p>
                <p>{text.emptyWhy}</p>
              </>
            )}
          </div>
        ) : null}
        <div
          role="feed"
          aria-label={text.feed}
          aria-busy={!state.read}
          className="tl-in"
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map((item) => {
            const row = rows.row(item.index);
            const before = item.index > 0 ? rows.row(item.index - 1) : null;
            const newDay = row !== null && before !== null && !sameDay(row.occurredAt, before.occurredAt);
            return (
              <div
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                className={`tl-row ${row ? rowClass(row) : 'en en-wait'}${item.index >= last - 1 ? ' low' : ''}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {newDay ? <p className="daymark in">{text.dayUtc(day(row.occurredAt))}</p> : null}
                {row ? (
                  <Row
                    row={row}
                    index={item.index}
                    total={state.total}
                    current={item.index === atCursor}
                    chosen={item.index === cursor}
                    onVersions={props.onVersions}
                    onFocus={onFocus}
                    actions={item.index === cursor ? props.actions(row) : null}
                  />
                ) : (
                  <article
                    aria-busy="true"
                    aria-posinset={item.index + 1}
                    aria-setsize={state.total}
                    aria-label={text.reading}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
      {fresh > 0 ? (
        <button type="button" className="btn fresh" title={text.newTitle} onClick={newest}>
          <Icon name="chevron-down" />
          <span>{text.new(fresh)}</span>
        </button>
      ) : null}
    </>
  );
}
