// The matrix: providers by regions, one tab stop, arrows inside. Weight says how bad it is, shape and word say what.
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { Board, BoardRow } from '../../../shared/contract/health.ts';
import { FEED_WORD, rowAge, board as words } from '../../../shared/text/board.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration } from '../../../shared/time/format.ts';
import { St } from '../../components/St.tsx';
import { useBoardNow } from './board-time.tsx';
import { headsOf, levelsOf } from './head-layout.ts';
import { CellTd, ElsewhereTd, SpanTd } from './MatrixCell.tsx';
import { feedGlyph, isNews } from './marks.ts';
import {
  continents,
  ELSEWHERE,
  headCode,
  isMoveKey,
  movePlace,
  type Place,
  rowsInOrder,
} from './selection.ts';
import { useColumnWidth, useRem } from './use-size.ts';

function RowAge({ row }: { row: BoardRow }) {
  const now = useBoardNow();
  const age = row.fetchedAt ? duration(now - fromInstant(row.fetchedAt)) : null;
  return (
    <span className="age" title={FEED_WORD[row.freshness]}>
      {row.freshness === 'fresh' ? null : (
        <St kind={feedGlyph(row.freshness)} label={FEED_WORD[row.freshness]} />
      )}
      {rowAge(row.freshness, age?.split(' ').slice(0, 1).join(' ') ?? null)}
    </span>
  );
}

export interface MatrixProps {
  readonly board: Board;
  readonly place: Place | null;
  readonly onMove: (place: Place) => void;
  /** Enter or a second click. */
  readonly onOpen: () => void;
}

export function Matrix({ board, place, onMove, onOpen }: MatrixProps) {
  const grid = useRef<HTMLTableElement>(null);
  const moved = useRef(false);
  // After a move by key the focus follows the selection; a new board alone never takes it.
  useEffect(() => {
    if (!moved.current || !place) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }, [place]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!place || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (isMoveKey(event.key)) {
      event.preventDefault();
      moved.current = true;
      onMove(movePlace(board, place, event.key));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onOpen();
    }
  };

  const groups = continents(board.columns);
  const starts = new Set(groups.map((g) => g.from));
  const span = board.columns.length + 1;
  const rows = rowsInOrder(board);
  const row = (r: BoardRow) => {
    const quiet = r.freshness === 'fresh' || r.freshness === 'late';
    const pick = (column: string, open: boolean): void => {
      onMove({ provider: r.provider, column });
      if (open) onOpen();
    };
    const isHere = (column: string): boolean => place?.provider === r.provider && place.column === column;
    return (
      <tr
        key={r.provider}
        className={[
          quiet || r.span ? '' : 'is-stale',
          r.span && !quiet ? 'is-unknown' : '',
          r.span && quiet ? 'is-quiet' : '',
        ]
          .filter(Boolean)
          .join(' ')}
      >
        <th scope="row">
          <div>
            <span className="pv" title={r.name}>
              {r.name}
            </span>
            <RowAge row={r} />
          </div>
        </th>
        {r.span ? (
          <SpanTd span={r.span} columns={span} selected={place?.provider === r.provider} onPick={pick} />
        ) : (
          <>
            {board.columns.map((column, i) => (
              <CellTd
                key={column.key}
                row={r}
                column={column}
                cell={r.cells[i] ?? null}
                first={starts.has(i)}
                selected={isHere(column.key)}
                onPick={pick}
              />
            ))}
            <ElsewhereTd row={r} selected={isHere(ELSEWHERE)} onPick={pick} />
          </>
        )}
      </tr>
    );
  };
  const body = (group: 'say' | 'see', cls: string, head: string) => {
    const list = rows.filter((r) => r.group === group);
    if (!list.length) return null;
    return (
      <tbody className={cls}>
        <tr className="sub">
          <th scope="rowgroup" colSpan={span + 1}>
            <span className="lg">{head}</span>
          </th>
        </tr>
        {list.map(row)}
      </tbody>
    );
  };
  const troubled = (i: number): boolean =>
    rows.some((r) => r.cells[i] && isNews(r.cells[i]) && r.cells[i].state !== 'maintenance');
  const columnWidth = useColumnWidth(grid, board.columns.length);
  const rem = useRem();
  const provider = place?.provider ?? null;
  // Of the columns only what stands in the heads matters: each new board brings new objects.
  const codes = board.columns.map((c) => `${c.continent}/${headCode(c, provider)}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const heads = useMemo(
    () => (columnWidth ? headsOf(board.columns, provider, columnWidth, rem) : []),
    [codes, columnWidth, rem],
  );
  const levels = Math.max(2, levelsOf(heads));
  return (
    <div className="mx-s">
      <table
        className={board.columns.length > 16 ? 'mxt many' : 'mxt'}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table with one tab stop and arrows inside
        role="grid"
        aria-label={words.grid}
        ref={grid}
        onKeyDown={onKeyDown}
        style={{ minWidth: `calc(9rem + ${span} * 2.6rem)` }}
      >
        <colgroup>
          <col className="c-p" />
          <col span={span} />
        </colgroup>
        <thead>
          <tr className="gr">
            <td />
            {groups.map((g) => (
              <th key={`${g.name}${g.from}`} scope="colgroup" className="g1" colSpan={g.span}>
                {g.name}
              </th>
            ))}
            <td className="g1" />
          </tr>
          <tr className={`heads${levels}`}>
            <td />
            {board.columns.map((column, i) => (
              <th
                key={column.key}
                scope="col"
                className={[
                  starts.has(i) ? 'g1' : '',
                  `lv${heads[i]?.level ?? 0}`,
                  column.ours ? 'here' : '',
                  place?.column === column.key || troubled(i) ? 'hit' : '',
                ]
                  .filter(Boolean)
                  .join(' ')}
                title={Object.entries(column.codes)
                  .map(([provider, code]) => `${provider} ${code}`)
                  .join(', ')}
              >
                <span className="hc" style={heads[i] ? { left: heads[i].left } : undefined}>
                  {headCode(column, place?.provider ?? null)}
                </span>
              </th>
            ))}
            <th scope="col" className="g1 hm" title={words.elsewhereTitle}>
              <span className="hc">{words.elsewhere}</span>
            </th>
          </tr>
        </thead>
        {body('say', 'said', words.say)}
        {body('see', 'seen', words.see)}
      </table>
    </div>
  );
}
