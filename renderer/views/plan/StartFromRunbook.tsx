// "Start as rollback plan" beside a runbook that is one: it becomes a draft in the room, or its problems are listed with line and column.
import { useState } from 'react';
import type { RunbookDocument } from '../../../shared/contract/library.ts';
import type { IncidentLine } from '../../../shared/contract/room.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import { isPlanKind, kindOf } from '../../../shared/runbook/kind.ts';
import { KIND_WORD, plan as text } from '../../../shared/text/plan-ui.ts';
import { release } from '../../../shared/text/release-ui.ts';
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { useCommands } from '../../app/commands.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { openWatchRelease } from '../../app/open.tsx';
import { useNav, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { AskTakeOver } from './AskTakeOver.tsx';

interface Wrong {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}
const wrongLines = (error: Failure): readonly Wrong[] => {
  const detail = error.detail as { problems?: readonly Wrong[] } | undefined;
  return error.code === 'plan-wrong' && Array.isArray(detail?.problems) ? detail.problems : [];
};

/** A runbook whose front matter says that it is a plan. */
export const isPlanBook = (book: RunbookDocument): boolean => isPlanKind(kindOf(book));
/** A plan that needs no incident: it can be watched as a release. */
export const isReleaseBook = (book: RunbookDocument): boolean => kindOf(book) === 'phased-deployment';

/** What is begun with such a runbook first: a release that is watched where no room is open, else its plan in the room. */
const watchesFirst = (book: RunbookDocument, into: IncidentLine | null): boolean =>
  into === null && isReleaseBook(book);
export const primaryOf = (book: RunbookDocument, into: IncidentLine | null): string =>
  watchesFirst(book, into)
    ? release.watchAs
    : release.startAs(KIND_WORD[kindOf(book) as keyof typeof KIND_WORD]);

/** Of a runbook that is a plan; `Ctrl Enter` is its primary key. */
export function StartFromRunbook({ book, into }: { book: RunbookDocument; into: IncidentLine | null }) {
  const services = useServices();
  const { client, announce } = services;
  const nav = useNav();
  const dialogs = useDialogs();
  const [error, setError] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    if (into === null || busy) return;
    setBusy(true);
    setError(null);
    const from = { folder: book.folder, path: book.path };
    const make = async (takesOver?: string): Promise<Result<unknown>> => {
      const answer = await client.call('plan.create', {
        incident: into.id,
        ...from,
        ...(takesOver === undefined ? {} : { takesOver }),
      });
      if (!answer.ok) return answer;
      announce.status(text.begin.made(book.title));
      nav.go('room', { incident: into.id });
      return answer;
    };
    // A plan that runs there and holds the same targets: asked before, not found out after.
    const others = await client.call('plan.overlap', { incident: into.id, of: from });
    if (others.ok && others.value.plans.length > 0) {
      setBusy(false);
      const { plans } = others.value;
      dialogs.open((close) => <AskTakeOver plans={plans} onClose={close} make={make} />);
      return;
    }
    const made = others.ok ? await make() : others;
    setBusy(false);
    if (!made.ok) setError(made.error);
  };
  const watched = isReleaseBook(book);
  const watchFirst = watchesFirst(book, into);
  const watch = (): void => openWatchRelease(services, book);
  useCommands('view', () => [
    {
      id: 'rb.plan',
      title: primaryOf(book, into),
      keys: ['Ctrl Enter'],
      group: runbooks.keys.group,
      icon: watchFirst ? 'radio' : 'play',
      run: () => (watchFirst ? watch() : void start()),
    },
  ]);
  const wrong = error ? wrongLines(error) : [];
  return (
    <div className="pl-st">
      {watchFirst ? null : (
        <Button
          look="key"
          keys="Ctrl Enter"
          busy={busy}
          blocked={into === null ? text.begin.noIncident : null}
          onPress={() => void start()}
        >
          {primaryOf(book, into)}
        </Button>
      )}
      {watched ? (
        <Button
          look={watchFirst ? 'key' : 'plain'}
          {...(watchFirst ? { keys: 'Ctrl Enter' } : {})}
          icon="radio"
          onPress={watch}
        >
          {watchFirst ? release.watchAs : release.watchAsNew}
        </Button>
      ) : null}
      {error && wrong.length > 0 ? (
        <div role="alert">
          <p className="near">{text.begin.wrong}</p>
          <ul className="ask-l">
            {wrong.slice(0, 20).map((one) => (
              <li key={`${one.line} ${one.column} ${one.text}`}>
                <span className="mono dim">{text.begin.at(one.line, one.column)}</span> {one.text}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <Problem text={error?.message ?? null} />
      )}
    </div>
  );
}
