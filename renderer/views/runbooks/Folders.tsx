// The folders that runbooks are read from: which, how many files, what is wrong with them; adding one, taking one away.
import { useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { useClient, useNow, useServices } from '../../app/services.ts';
import { Ask } from '../../components/Ask.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { useAddFolder } from '../../state/use-add-folder.ts';

type Listing = Output<'library.list'>;

/** Adds a folder: through the host's dialog where there is one, else by its path. */
export function AddFolder({ first }: { first: boolean }) {
  const adding = useAddFolder('library.addFolder');
  const { path, busy } = adding;
  return (
    <div className="lib-add">
      {adding.dialogs ? (
        <Button
          look={first ? 'key' : 'plain'}
          icon="folder-open"
          busy={busy}
          onPress={() => adding.add(null)}
        >
          {runbooks.chooseFolder}
        </Button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            adding.addTyped();
          }}
        >
          <label>
            <span className="lg">{runbooks.none.path}</span>
            <input
              className="inp mono"
              data-pane-focus={first ? '' : undefined}
              value={path}
              placeholder={runbooks.none.placeholder}
              maxLength={4096}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => adding.setPath(event.target.value)}
            />
          </label>
          <Button
            type="submit"
            look={first ? 'key' : 'tiny'}
            busy={busy}
            blocked={path.trim() === '' ? runbooks.none.needed : null}
          >
            {runbooks.none.add}
          </Button>
        </form>
      )}
      <Problem text={adding.problem} />
    </div>
  );
}

export function Folders({ folders }: { folders: Listing['folders'] }) {
  const client = useClient();
  const dialogs = useDialogs();
  const now = useNow();
  const { announce } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const remove = (folder: Listing['folders'][number]): void => {
    dialogs.open((close) => (
      <Ask
        title={runbooks.removeTitle}
        effect={runbooks.removeEffect(folder.path)}
        yes={runbooks.removeYes}
        onClose={close}
        onYes={() => client.call('library.removeFolder', { folder: folder.id })}
      />
    ));
  };
  const refresh = async (): Promise<void> => {
    const answer = await client.call('library.refresh', {});
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok) announce.status(runbooks.refreshed);
  };
  return (
    <details className="lib-f" open={folders.some((one) => one.problem !== null) || undefined}>
      <summary>
        {runbooks.folders}
        <span className="n">{folders.length}</span>
        {folders.some((one) => one.problem) ? <St kind="failed" label={runbooks.problem} /> : null}
      </summary>
      <ul>
        {folders.map((one) => (
          <li key={one.id}>
            <p>
              <span className="mono" title={one.path}>
                {one.path}
              </span>
              <button
                type="button"
                className="occ-x"
                aria-label={runbooks.removeFolder(one.path)}
                title={runbooks.removeFolder(one.path)}
                onClick={() => remove(one)}
              >
                <Icon name="x" />
              </button>
            </p>
            <p className="dim">
              {runbooks.files(one.files)}
              {one.readAt ? (
                <>
                  , {runbooks.readAt} <Time at={one.readAt} show="day" now={now} />
                </>
              ) : null}
            </p>
            {one.problem ? <Problem text={one.problem} /> : null}
            {one.withoutOwner > 0 ? <p className="dim">{runbooks.noOwner(one.withoutOwner)}</p> : null}
          </li>
        ))}
      </ul>
      <div className="lib-fa">
        <Button look="tiny" icon="refresh-cw" onPress={() => void refresh()}>
          {runbooks.refresh}
        </Button>
      </div>
      <AddFolder first={false} />
      <Problem text={problem} />
    </details>
  );
}
