// How states look in the theme just chosen, so that shapes and words are known before the night they are needed.
import { board as words } from '../../../shared/text/board.ts';
import { NOTHING_REPORTED, STATE_WORD } from '../../../shared/text/ui.ts';
import { type Glyph, St } from '../../components/St.tsx';

const STATES: readonly (readonly [Glyph, string, string])[] = [
  ['nr', NOTHING_REPORTED, 'c-nr'],
  ['ok', STATE_WORD.operational, 'c-ok'],
  ['unknown', STATE_WORD.unknown, 'c-old'],
  ['maint', STATE_WORD.maintenance, 'c-maint'],
  ['degraded', STATE_WORD.degraded, 'c-degraded'],
  ['partial', STATE_WORD['partial-outage'], 'c-partial'],
  ['outage', STATE_WORD['major-outage'], 'c-outage'],
  ['outage', words.staleWord(STATE_WORD['major-outage']), 'c-outage c-sbad'],
];

export function StatePreview() {
  return (
    <section className="fr-v" aria-label={words.start.preview}>
      <h2>{words.start.preview}</h2>
      <ul>
        {STATES.map(([glyph, word, weight]) => (
          <li key={word}>
            <span className={`c ${weight}`} aria-hidden="true">
              <St kind={glyph} />
            </span>
            {word}
          </li>
        ))}
      </ul>
      <p className="dim">{words.start.previewWhy}</p>
    </section>
  );
}
