// The shapes of the matrix with their words.
import type { Board } from '../../../shared/contract/health.ts';
import { board as words } from '../../../shared/text/board.ts';
import { NOTHING_REPORTED, STATE_WORD } from '../../../shared/text/ui.ts';
import { type Glyph, S } from '../../components/St.tsx';

const LEGEND: readonly (readonly [Glyph, string])[] = [
  ['ok', STATE_WORD.operational],
  ['nr', NOTHING_REPORTED],
  ['maint', STATE_WORD.maintenance],
  ['degraded', STATE_WORD.degraded],
  ['partial', STATE_WORD['partial-outage']],
  ['outage', STATE_WORD['major-outage']],
  ['stale', words.staleKey],
  ['unknown', STATE_WORD.unknown],
];

export function Legend({ board }: { board: Board }) {
  return (
    // A narrow window cuts it: all of it is in the title.
    <ul className="legend" aria-label={words.legend} title={LEGEND.map(([, word]) => word).join(', ')}>
      {LEGEND.map(([kind, word]) => (
        <li key={kind}>
          <S kind={kind}>{word}</S>
        </li>
      ))}
      {board.columns.some((c) => c.ours) ? (
        <li className="here">
          <i />
          {words.weRun}
        </li>
      ) : null}
    </ul>
  );
}
