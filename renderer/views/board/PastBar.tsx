// The slider over the record, with the word PAST while it is not now. Arrows move by a minute, Page Up and Down by an hour; Esc is back to now.
import { useEffect, useRef } from 'react';
import { pastMore } from '../../../shared/text/board-more.ts';
import { pastWords as words } from '../../../shared/text/ours-ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { day, duration, inSentence, utc } from '../../../shared/time/format.ts';
import { useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import type { Past } from './use-past.ts';

const MINUTE = 60_000;

/** Nothing while the board is live. */
export const PastBar = ({ past, onNow }: { past: Past; onNow: () => void }) =>
  past.at === null ? null : <Bar past={past} at={past.at} onNow={onNow} />;

/** The times between the spans, in percent of the slider's length. */
export function gapsOf(
  spans: readonly { readonly from: string; readonly until: string }[],
  low: number,
  high: number,
): { readonly left: number; readonly width: number }[] {
  const share = (ms: number): number =>
    Math.min(100, Math.max(0, ((ms - low) / Math.max(1, high - low)) * 100));
  const gaps: { left: number; width: number }[] = [];
  let end = 0;
  for (const span of spans) {
    const from = share(fromInstant(span.from));
    if (from - end > 0.1) gaps.push({ left: end, width: from - end });
    end = Math.max(end, share(fromInstant(span.until)));
  }
  if (100 - end > 0.1) gaps.push({ left: end, width: 100 - end });
  return gaps;
}

function Bar({ past, at, onNow }: { past: Past; at: number; onNow: () => void }) {
  const now = useNow();
  const slider = useRef<HTMLInputElement>(null);
  const { answer } = past;
  useEffect(() => slider.current?.focus(), []);
  const from = answer?.from ? fromInstant(answer.from) : null;
  const low = from === null ? Math.floor(now / MINUTE) - 24 * 60 : Math.ceil(from / MINUTE);
  const high = Math.floor(now / MINUTE);
  const set = (minute: number): void => past.setAt(Math.max(low, Math.min(high, minute)) * MINUTE);
  const here = Math.floor(at / MINUTE);
  const { setAt } = past;
  // Keys may have gone farther back than the record, before it was known where that begins.
  useEffect(() => {
    if (from !== null && here < low && low <= high) setAt(low * MINUTE);
  }, [from, here, low, high, setAt]);
  return (
    <div className="pastb">
      <b className="past-w">{words.word}</b>
      <span className="tn">
        {day(at)}, <b>{utc(at, 'minute')}</b>
      </span>
      <span className="past-s">
        {gapsOf(answer?.spans ?? [], low * MINUTE, high * MINUTE).map((gap) => (
          <i
            key={gap.left}
            aria-hidden="true"
            style={{ left: `${gap.left}%`, width: `${gap.width}%` }}
            title={words.notWatchedHead}
          />
        ))}
        <input
          ref={slider}
          type="range"
          aria-label={words.slider}
          aria-valuetext={`${inSentence(at, now, 'minute')}, ${duration(now - at)}`}
          min={low}
          max={Math.max(high, low + 1)}
          value={here}
          onChange={(event) => set(Number(event.target.value))}
          onKeyDown={(event) => {
            const step = { PageUp: -60, PageDown: 60 }[event.key];
            // Its own keys: the matrix must not take them.
            if (/^(?:Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
            if (step) {
              event.preventDefault();
              set(here + step);
            }
          }}
        />
      </span>
      <span className="dim past-f">{from === null ? '' : words.from(inSentence(from, now, 'minute'))}</span>
      <Button look="tiny" keys="Esc" onPress={onNow}>
        {words.now}
      </Button>
      {answer && !answer.watched ? (
        <p className="past-n">
          <St kind="unknown" />
          <span>
            {answer.from === null
              ? words.noRecord
              : pastMore.gap(
                  answer.gap?.from ? inSentence(answer.gap.from, now, 'minute') : null,
                  answer.gap?.until ? inSentence(answer.gap.until, now, 'minute') : null,
                )}
          </span>
        </p>
      ) : null}
      <Problem text={past.error?.message ?? null} />
    </div>
  );
}
