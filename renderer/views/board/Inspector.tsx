// The line under the matrix: the selected cell in words, with since when and on what it rests.
import type { CellDetail } from '../../../shared/contract/health.ts';
import { FEED_WORD, board as words } from '../../../shared/text/board.ts';
import { knownWords } from '../../../shared/text/board-more.ts';
import { overrideWords } from '../../../shared/text/ours-ui.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { duration, inSentence } from '../../../shared/time/format.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { S, stateGlyph } from '../../components/St.tsx';
import { useBoardNow } from './board-time.tsx';
import { isKnown, isNews, isTrouble } from './marks.ts';
import type { Found } from './selection.ts';

/** The line is one line: what it cuts is whole in the title. */
const Part = ({ text, className }: { text: string; className?: string }) => (
  <span className={className} title={text}>
    {text}
  </span>
);

/** What comes last has what is left of the line; where that is too little for a word or two, nothing of it is shown. */
const Rest = ({ text }: { text: string }) => (
  <span className="svc-w" title={text}>
    <span className="svc">{text}</span>
  </span>
);

const Since = ({ at, now }: { at: string; now: number }) => (
  <Part text={words.since(inSentence(at, now), duration(now - fromInstant(at)))} />
);

function CellLine({
  found,
  detail,
  now,
}: {
  found: Extract<Found, { kind: 'cell' }>;
  detail: CellDetail | null;
  now: number;
}) {
  const { cell, row } = found;
  const bad = isTrouble(cell.state);
  const over = (row.overrides ?? []).filter((one) => one.region === cell.region).length;
  const stale = bad && cell.stale;
  return (
    <>
      <b>
        {row.name} {cell.region}
      </b>
      {detail && detail.region === cell.region && detail.regionName !== cell.region ? (
        <Part className="dim" text={detail.regionName} />
      ) : null}
      <S kind={stateGlyph(cell.state, cell.basis)}>
        {stale ? words.staleWord(stateWord(cell.state)) : stateWord(cell.state, cell.basis)}
      </S>
      {isKnown(cell) ? <b className="kn">{knownWords.inspect}</b> : null}
      {cell.noLongerListed ? <Part text={words.noLongerListed} /> : null}
      {bad && cell.since ? <Since at={cell.since} now={now} /> : null}
      {stale ? <Rest text={words.staysBad(row.name)} /> : null}
      {cell.state === 'unknown' ? (
        <Part text={words.notHeardSince(row.name, cell.staleSince && inSentence(cell.staleSince, now))} />
      ) : null}
      {cell.state === 'operational' && cell.basis === 'nothing-reported' ? (
        <Part text={words.listsOnlyTrouble(row.name)} />
      ) : null}
      {cell.override ? (
        <span className="ovw" title={cell.override.reason}>
          {overrideWords.line(cell.override.by, duration(fromInstant(cell.override.until) - now))};{' '}
          {overrideWords.sourcesSay(stateWord(cell.override.sources))}
          {over > 1 ? `, ${words.andMore(over - 1)}` : ''}
        </span>
      ) : null}
      {cell.cause ? <Part className="svc" text={cell.cause} /> : null}
      {cell.disagreement ? <Rest text={cell.disagreement} /> : null}
      {bad && !stale && !cell.disagreement && cell.services.length ? (
        <Rest
          text={`${cell.services.join(', ')}${
            (cell.troubled || (cell.known ?? 0)) > cell.services.length
              ? `, ${words.andMore((cell.troubled || (cell.known ?? 0)) - cell.services.length)}`
              : ''
          }${isNews(cell) && cell.known ? `; ${knownWords.beside(cell.known)}` : ''}`}
        />
      ) : null}
    </>
  );
}

export function Inspector({
  found,
  detail,
  onOverride,
}: {
  found: Found | null;
  detail: CellDetail | null;
  /** Null while the past is shown. */
  onOverride: (() => void) | null;
}) {
  const now = useBoardNow();
  return (
    <div className="insp">
      <span className="vh">{words.inspect}: </span>
      {found === null ? <span className="dim">{words.cellAbsent}</span> : null}
      {found?.kind === 'cell' ? <CellLine found={found} detail={detail} now={now} /> : null}
      {found?.kind === 'absent' ? (
        <>
          <b>{found.row.name}</b>
          <span className="dim">{words.absent(found.row.name)}</span>
        </>
      ) : null}
      {found?.kind === 'span' ? (
        <>
          <b>{found.row.name}</b>
          <S kind={stateGlyph(found.span.state, found.span.basis)}>
            {found.span.stale && isTrouble(found.span.state)
              ? words.staleWord(stateWord(found.span.state))
              : stateWord(found.span.state, found.span.basis)}
          </S>
          {found.span.known ? <b className="kn">{knownWords.inspect}</b> : null}
          {found.span.since && isTrouble(found.span.state) ? <Since at={found.span.since} now={now} /> : null}
          <Rest text={found.span.text} />
        </>
      ) : null}
      {found?.kind === 'elsewhere' ? (
        <>
          <b>{words.elsewhereOf(found.row.name)}</b>
          {found.row.elsewhere?.regions ? (
            <>
              <S kind={stateGlyph(found.row.elsewhere.worst)}>{stateWord(found.row.elsewhere.worst)}</S>
              <Part text={words.elsewhereSum(found.row.elsewhere.regions, found.row.elsewhere.troubled)} />
              {found.row.elsewhere.known ? (
                <b className="kn">{knownWords.regions(found.row.elsewhere.known.regions)}</b>
              ) : null}
            </>
          ) : (
            <span className="dim">
              {found.row.freshness === 'fresh' ? words.elsewhereNone : FEED_WORD[found.row.freshness]}
            </span>
          )}
        </>
      ) : null}
      <span className="r insp-k">
        {onOverride && (found?.kind === 'cell' || found?.kind === 'span') ? (
          <Button look="tiny" keys="Shift O" onPress={onOverride}>
            {overrideWords.set}
          </Button>
        ) : null}
        <Keys keys={['Arrows', 'Enter']} />
      </span>
    </div>
  );
}
