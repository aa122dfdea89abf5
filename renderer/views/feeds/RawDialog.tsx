// The last payload of a feed as it was fetched: what a claim on the board can be traced to.
import { useId } from 'react';
import { board as words } from '../../../shared/text/board.ts';
import { ui } from '../../../shared/text/ui.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Time } from '../../components/Time.tsx';
import { useCall } from '../../state/use-call.ts';

export function RawDialog({ feed, name, onClose }: { feed: string; name: string; onClose: () => void }) {
  const { value, error } = useCall('health.raw', { feed });
  const heading = useId();
  return (
    <Dialog className="dec raw-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{words.rawTitle(name)}</h2>
        {value?.fetchedAt ? (
          <span className="dim">
            {words.fetched('')}
            <Time at={value.fetchedAt} show="day" />
            {value.contentType ? `, ${value.contentType}` : ''}
          </span>
        ) : null}
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <Problem text={error?.message ?? null} className={error ? 'none' : undefined} />
      {value ? (
        value.fetchedAt ? (
          <>
            <pre className="raw" tabIndex={0} data-autofocus role="region" aria-label={words.rawTitle(name)}>
              {value.text}
            </pre>
            {value.truncated ? <p className="pal-f">{words.rawCut}</p> : null}
          </>
        ) : (
          <p className="none">{words.rawNone}</p>
        )
      ) : error ? null : (
        <p className="none">{words.cellLoading}</p>
      )}
    </Dialog>
  );
}
