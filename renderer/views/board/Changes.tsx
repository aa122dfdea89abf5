// What was changed, nearest before the first signal first; and the form for a change that no file knows.
import { type ReactNode, useEffect, useState } from 'react';
import { changeWords as words } from '../../../shared/text/ours-ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { inSentence } from '../../../shared/time/format.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { useFocusWhenReady } from '../../app/panes.ts';
import { useClient, useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { useCall } from '../../state/use-call.ts';
import { ChangeDialog } from './ChangeDialog.tsx';

export function Changes({ tabs }: { tabs: ReactNode }) {
  const client = useClient();
  const dialogs = useDialogs();
  const now = useNow();
  const [again, setAgain] = useState(0);
  useEffect(() => client.on('changes.changed', () => setAgain((n) => n + 1)), [client]);
  const { value, error } = useCall('changes.list', { from: null, until: null, firstSignal: null }, again);
  useFocusWhenReady('board.low', value);
  // Ranked ones first, by rank; the others newest first.
  const changes = [...(value?.changes ?? [])].sort(
    (a, b) =>
      (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) || b.at.localeCompare(a.at),
  );
  return (
    <>
      <div className="bh">
        <h2 className="vh">{words.title}</h2>
        {tabs}
        {value?.firstSignal ? (
          <span className="dim cut">{words.first(inSentence(fromInstant(value.firstSignal), now))}</span>
        ) : null}
        <span className="r bh-a">
          <Button
            look="tiny"
            icon="plus"
            onPress={() => dialogs.open((close) => <ChangeDialog onClose={close} />)}
          >
            {words.add}
          </Button>
        </span>
      </div>
      {error ? <Problem text={error.message} className="none" /> : null}
      {value && !changes.length ? (
        <div className="none">
          <p>{words.none}</p>
          <p>{words.noneWhy}</p>
        </div>
      ) : null}
      {changes.length ? (
        <ol className="chg scroll" tabIndex={0} data-pane-focus aria-label={words.title}>
          {changes.map((change) => (
            <li key={change.id} className={change.rank === 1 ? 'near1' : undefined}>
              <span className="chg-r" title={change.rank === null ? undefined : words.rank}>
                {change.rank ?? ''}
              </span>
              <Time at={change.at} show="day" />
              <p>
                <b>{change.line}</b> <span className="dim">{change.text}</span>
              </p>
              <span className="dim cut" title={change.source}>
                {[change.by, change.source].filter(Boolean).join(', ')}
              </span>
            </li>
          ))}
          {value && value.total > changes.length ? (
            <li className="dim">{words.more(value.total - changes.length)}</li>
          ) : null}
        </ol>
      ) : null}
      {value?.problems.length ? (
        <ul className="none">
          {value.problems.slice(0, 5).map((p) => (
            <li key={`${p.file}:${p.line} ${p.text}`} className="err">
              <St kind="held" />
              <span>
                <span className="mono">
                  {p.file}:{p.line}
                </span>{' '}
                {p.text}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
