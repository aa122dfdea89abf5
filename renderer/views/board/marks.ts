// Which shape and weight a state has in the matrix and the lists. Pure.
import type { Cell, FeedStateWord, SignalLine } from '../../../shared/contract/health.ts';
import type { State } from '../../../shared/health/types.ts';
import { board as words } from '../../../shared/text/board.ts';
import { knownWords } from '../../../shared/text/board-more.ts';
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

/** All that is wrong with it is known until it changes: it stands there and counts as no trouble. */
export const isKnown = (cell: Pick<Cell, 'known' | 'troubled'>): boolean =>
  (cell.known ?? 0) > 0 && cell.troubled === 0;

/** In trouble, and not known. */
export const isNews = (cell: Pick<Cell, 'state' | 'known' | 'troubled'>): boolean =>
  isTrouble(cell.state) && !isKnown(cell);

/** Dash, dot, outline, wash, fill: the heavier, the worse. What is known has its shape and no weight. */
export const cellWeight = (
  cell: Pick<Cell, 'state' | 'basis' | 'stale'> & Partial<Pick<Cell, 'known' | 'troubled'>>,
): string => {
  if (isKnown({ troubled: 0, ...cell })) return 'c-known';
  const shape = `c-${stateGlyph(cell.state, cell.basis)}`;
  if (cell.stale && isTrouble(cell.state)) return `${shape} c-sbad`;
  return cell.state === 'unknown' ? `${shape} c-old` : shape;
};

/** The word of a cell with its quality: `Outage, stale since 09:05Z`. */
export const cellWord = (
  cell: Pick<Cell, 'state' | 'basis' | 'stale'> & Partial<Pick<Cell, 'known' | 'troubled'>>,
  staleSince: string | null,
): string => {
  const plain = stateWord(cell.state, cell.basis);
  const word = isKnown({ troubled: 0, ...cell }) ? knownWords.word(plain) : plain;
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
