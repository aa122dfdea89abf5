// The runbook folder: through the host's dialog where there is one, typed where there is none.
import { useEffect, useId, useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { board as words } from '../../../shared/text/board.ts';
import { useApp, useClient } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { useCall } from '../../state/use-call.ts';

export interface Folders {
  readonly folders: Output<'library.list'>['folders'];
  readonly error: Failure | null;
  readonly reload: () => void;
}

export function useFolders(): Folders {
  const client = useClient();
  const [again, setAgain] = useState(0);
  useEffect(() => client.on('library.changed', () => setAgain((n) => n + 1)), [client]);
  const { value, error } = useCall('library.list', {}, again);
  return { folders: value?.folders ?? [], error, reload: () => setAgain((n) => n + 1) };
}

export function RunbookFolders({ folders: { folders, error, reload } }: { folders: Folders }) {
  const client = useClient();
  const dialogs = useApp((app) => app?.host.capabilities.dialogs ?? false);
  const field = useId();
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async (typed: string | null): Promise<void> => {
    setBusy(true);
    const answer = await client.call('library.addFolder', { path: typed });
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok) {
      setPath('');
      reload();
    }
  };
  const without = folders.reduce((n, f) => n + f.withoutOwner, 0);
  return (
    <>
      <h2>
        <span className="hn" aria-hidden="true">
          2
        </span>
        {words.start.runbooks}
      </h2>
      {folders.map((folder) => (
        <div className="drop" key={folder.id}>
          <p>
            <Icon name="folder-open" />
            <span className="mono wrap">{folder.path}</span>
          </p>
          <p className="dim">{folder.problem ?? words.start.files(folder.files)}</p>
        </div>
      ))}
      {folders.length ? null : (
        <div className="drop">
          <p>
            <Icon name="folder-open" />
            <span>{words.start.noFolder}</span>
          </p>
          <p className="dim">{words.start.noFolderWhy}</p>
        </div>
      )}
      {dialogs ? (
        <div className="fr-p">
          <Button busy={busy} icon="folder-open" onPress={() => void add(null)}>
            {folders.length ? words.start.chooseMore : words.start.choose}
          </Button>
        </div>
      ) : (
        <form
          className="fr-p"
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim()) void add(path.trim());
          }}
        >
          <label htmlFor={field}>{words.start.path}</label>
          <span>
            <input
              id={field}
              className="inp mono"
              data-pane-focus
              autoComplete="off"
              spellCheck={false}
              maxLength={4096}
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
            <Button type="submit" busy={busy}>
              {words.start.pathAdd}
            </Button>
          </span>
        </form>
      )}
      {without ? (
        <p className="err warn">
          <St kind="info" />
          <span>{words.start.withoutOwner(without)}</span>
        </p>
      ) : null}
      <Problem text={problem ?? error?.message ?? null} />
    </>
  );
}
