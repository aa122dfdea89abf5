// Which shape and weight a state has in the matrix and the lists. Pure.
import type { Cell, FeedStateWord, SignalLine } from '../../../shared/contract/health.ts';
import type { State } from '../../../shared/health/types.ts';
import { board as words } from '../../../shared/text/board.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { type Glyph, stateGlyph } from '../../components/St.tsx';

/** Each of the eight states of a feed has a shape of its own. */
export const feedGlyph = (state: FeedStateWord): Glyph => {
  switch (state) {
    case 'fresh':
      return 'ok';
    case 'not-heard':
      return 'unknown';
    case 'late':
    case 'stale':
    case 'unreachable':
    case 'unparseable':
    case 'offline':
    case 'paused':
      return state;
  }
};

export const isTrouble = (state: State): boolean => state !== 'operational' && state !== 'unknown';

/** Dash, dot, outline, wash, fill: the heavier, the worse. */
export const cellWeight = (cell: Pick<Cell, 'state' | 'basis' | 'stale'>): string => {
  const shape = `c-${stateGlyph(cell.state, cell.basis)}`;
  if (cell.stale && isTrouble(cell.state)) return `${shape} c-sbad`;
  return cell.state === 'unknown' ? `${shape} c-old` : shape;
};

/** The word of a cell with its quality: `Outage, stale since 09:05Z`. */
export const cellWord = (
  cell: Pick<Cell, 'state' | 'basis' | 'stale'>,
  staleSince: string | null,
): string => {
  const word = stateWord(cell.state, cell.basis);
  if (!cell.stale || !isTrouble(cell.state)) return word;
  return staleSince ? words.staleSince(word, staleSince) : words.staleWord(word);
};

export const signalGlyph = (signal: Pick<SignalLine, 'kind' | 'to'>): Glyph => {
  switch (signal.kind) {
    case 'worse':
    case 'better':
      return stateGlyph(signal.to);
    case 'feed':
      return signal.to === 'operational' ? 'ok' : 'stale';
    case 'path':
      return signal.to === 'operational' ? 'ok' : 'offline';
    case 'no-longer-listed':
      return 'nr';
    case 'info':
      return 'info';
  }
};

/** CSS class of a state's word. */
export const wordClass = (state: State): string =>
  ({
    'major-outage': 'w-outage',
    'partial-outage': 'w-outage',
    degraded: 'w-degraded',
    maintenance: 'w-maint',
    unknown: 'w-unknown',
    operational: 'w-ok',
  })[state];
