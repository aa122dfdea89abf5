// One cell, one row that is a sentence, one count of what is elsewhere. The accessible name says all of it; the inspector repeats it in words.
import { memo } from 'react';
import type { BoardRow, Cell, Column } from '../../../shared/contract/health.ts';
import { FEED_WORD, board as words } from '../../../shared/text/board.ts';
import { knownWords } from '../../../shared/text/board-more.ts';
import { overrideWords } from '../../../shared/text/ours-ui.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { utc } from '../../../shared/time/format.ts';
import { S, St, stateGlyph } from '../../components/St.tsx';
import { cellWeight, cellWord, isTrouble } from './marks.ts';
import { ELSEWHERE } from './selection.ts';

type Pick = (column: string, open: boolean) => void;

/** What every cell of the grid carries: the selected one is the grid's tab stop; keys are handled by the grid. */
const gridcell = (selected: boolean, onClick: () => void, onDoubleClick: () => void) => ({
  role: 'gridcell' as const,
  tabIndex: selected ? 0 : -1,
  'aria-selected': selected,
  'data-pane-focus': selected ? '' : undefined,
  onClick,
  onDoubleClick,
});

export const CellTd = memo(function CellTd(props: {
  row: BoardRow;
  column: Column;
  cell: Cell | null;
  first: boolean;
  selected: boolean;
  onPick: Pick;
}) {
  const { row, column, cell, selected, onPick } = props;
  const at = `c${props.first ? ' g1' : ''}${selected ? ' sel' : ''}`;
  const shared = gridcell(
    selected,
    () => onPick(column.key, false),
    () => onPick(column.key, true),
  );
  if (!cell) {
    return <td {...shared} className={`${at} c-none`} aria-label={words.absent(row.name)} />;
  }
  const label = [
    `${row.name}, ${cell.region}: ${cellWord(cell, cell.staleSince && utc(cell.staleSince, 'minute'))}`,
    cell.cause ??
      (cell.state === 'unknown' && row.freshness !== 'fresh' ? FEED_WORD[row.freshness].toLowerCase() : ''),
    cell.troubled ? words.troubled(cell.troubled) : '',
    cell.known ? knownWords.beside(cell.known) : '',
    cell.noLongerListed ? words.noLongerListed : '',
    cell.override ? overrideWords.label(cell.override.by) : '',
    cell.disagreement ?? '',
  ]
    .filter(Boolean)
    .join(', ');
  const count =
    isTrouble(cell.state) && (cell.troubled > 1 || (cell.troubled === 1 && cell.state !== 'maintenance'));
  return (
    <td
      {...shared}
      className={`${at} ${cellWeight(cell)}${cell.disagreement ? ' c-two' : ''}${cell.override ? ' c-ovr' : ''}`}
      aria-label={label}
      title={label}
    >
      <St kind={stateGlyph(cell.state, cell.basis)} />
      {count ? <b>{cell.troubled}</b> : null}
    </td>
  );
});

export function SpanTd(props: {
  span: NonNullable<BoardRow['span']>;
  columns: number;
  selected: boolean;
  onPick: Pick;
}) {
  const { span, selected, onPick } = props;
  const bad = isTrouble(span.state);
  const plain =
    span.stale && bad ? words.staleWord(stateWord(span.state)) : stateWord(span.state, span.basis);
  const word = span.known ? knownWords.word(plain) : plain;
  return (
    <td
      {...gridcell(
        selected,
        () => onPick(ELSEWHERE, false),
        () => onPick(ELSEWHERE, true),
      )}
      colSpan={props.columns}
      className={`span g1 ${cellWeight({ state: span.state, basis: span.basis ?? 'stated', stale: span.stale, known: span.known ? 1 : 0 }).replaceAll('c-', 's-of-')}${selected ? ' sel' : ''}`}
      title={span.text}
    >
      <span>
        <S kind={stateGlyph(span.state, span.basis)}>{word}</S>
        <span className={bad ? 'cut' : 'dim cut'}>{span.text}</span>
      </span>
    </td>
  );
}

export function ElsewhereTd({ row, selected, onPick }: { row: BoardRow; selected: boolean; onPick: Pick }) {
  const shared = gridcell(
    selected,
    () => onPick(ELSEWHERE, false),
    () => onPick(ELSEWHERE, true),
  );
  const { elsewhere } = row;
  const at = `c g1${selected ? ' sel' : ''}`;
  if (!elsewhere || elsewhere.regions === 0) {
    return <td {...shared} className={`${at} c-none`} aria-label={words.absent(row.name)} />;
  }
  const trouble = isTrouble(elsewhere.worst);
  const { known } = elsewhere;
  const label = [
    `${row.name}, ${words.elsewhere.toLowerCase()}: ${stateWord(elsewhere.worst)}`,
    words.elsewhereSum(elsewhere.regions, elsewhere.troubled),
    known ? knownWords.regions(known.regions) : '',
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <td
      {...shared}
      className={`${at} c-else e-${stateGlyph(elsewhere.worst)}${elsewhere.worst === 'unknown' ? ' c-old' : ''}`}
      aria-label={label}
      title={label}
    >
      {trouble || !known ? (
        <St kind={stateGlyph(elsewhere.worst, row.freshness === 'fresh' ? 'nothing-reported' : 'stated')} />
      ) : null}
      {trouble ? <b>{elsewhere.troubled}</b> : null}
      {known ? (
        <span className="e-known">
          <St kind={stateGlyph(known.worst)} />
          <b>{known.regions}</b>
        </span>
      ) : null}
    </td>
  );
}
