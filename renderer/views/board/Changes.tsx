// What was changed: those before the first signal, the nearest first, then the others; and the form for a change that no file knows.
import { type ReactNode, useEffect, useState } from 'react';
import type { ChangeLine } from '../../../shared/contract/changes.ts';
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

/** Ranked ones first, by rank; the others newest first. */
export const byCloseness = (
  changes: readonly ChangeLine[],
): { readonly suspects: readonly ChangeLine[]; readonly others: readonly ChangeLine[] } => ({
  suspects: changes.filter((one) => one.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)),
  others: changes.filter((one) => one.rank === null).sort((a, b) => b.at.localeCompare(a.at)),
});

export function ChangeRows({ changes, label }: { changes: readonly ChangeLine[]; label: string }) {
  return (
    <ol className="chg" aria-label={label}>
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
    </ol>
  );
}

export function Changes({ tabs }: { tabs: ReactNode }) {
  const client = useClient();
  const dialogs = useDialogs();
  const now = useNow();
  const [again, setAgain] = useState(0);
  useEffect(() => client.on('changes.changed', () => setAgain((n) => n + 1)), [client]);
  const { value, error } = useCall('changes.list', { from: null, until: null, firstSignal: null }, again);
  useFocusWhenReady('board.low', value);
  const { suspects, others } = byCloseness(value?.changes ?? []);
  const any = suspects.length + others.length > 0;
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
      {value && !any ? (
        <div className="none">
          <p>{words.none}</p>
          <p>{words.noneWhy}</p>
        </div>
      ) : null}
      {any ? (
        <section className="chg-s scroll" tabIndex={0} data-pane-focus aria-label={words.title}>
          {suspects.length ? (
            <>
              <h3 className="lg">{words.suspects}</h3>
              <ChangeRows changes={suspects} label={words.suspects} />
            </>
          ) : null}
          {others.length ? (
            <>
              {value?.firstSignal ? <h3 className="lg">{words.others}</h3> : null}
              <ChangeRows changes={others} label={value?.firstSignal ? words.others : words.title} />
            </>
          ) : null}
          {value && value.total > value.changes.length ? (
            <p className="dim">{words.more(value.total - value.changes.length)}</p>
          ) : null}
        </section>
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
