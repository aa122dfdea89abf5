// The slider over the record, with the word PAST while it is not now. Arrows move by a minute, Page Up and Down by an hour; Esc is back to now.
import { useEffect, useRef } from 'react';
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
export const PastBar = ({ past }: { past: Past }) =>
  past.at === null ? null : <Bar past={past} at={past.at} />;

function Bar({ past, at }: { past: Past; at: number }) {
  const now = useNow();
  const slider = useRef<HTMLInputElement>(null);
  const { answer } = past;
  useEffect(() => slider.current?.focus(), []);
  const from = answer?.from ? fromInstant(answer.from) : null;
  const low = Math.floor((from ?? now - 24 * 60 * MINUTE) / MINUTE);
  const high = Math.floor(now / MINUTE);
  const set = (minute: number): void => past.setAt(Math.max(low, Math.min(high, minute)) * MINUTE);
  const here = Math.floor(at / MINUTE);
  return (
    <div className="pastb">
      <b className="past-w">{words.word}</b>
      <span className="tn">
        {day(at)}, <b>{utc(at, 'minute')}</b>
      </span>
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
          if (step) {
            event.preventDefault();
            set(here + step);
          }
        }}
      />
      <span className="dim past-f">{from === null ? '' : words.from(inSentence(from, now, 'minute'))}</span>
      <Button look="tiny" keys="Esc" onPress={() => past.setAt(null)}>
        {words.now}
      </Button>
      {answer && !answer.watched ? (
        <p className="past-n">
          <St kind="unknown" />
          {answer.from === null ? words.noRecord : words.notWatched}
        </p>
      ) : null}
      <Problem text={past.error?.message ?? null} />
    </div>
  );
}
