// The runbook folder: through the host's dialog where there is one, typed where there is none.
import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { board as words } from '../../../shared/text/board.ts';
import { useClient } from '../../app/services.ts';
import { AddFolder } from '../../components/AddFolder.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { useAddFolder } from '../../state/use-add-folder.ts';
import { useCall } from '../../state/use-call.ts';

export interface Folders {
  readonly folders: Output<'library.list'>['folders'];
  readonly error: Failure | null;
}

export function useFolders(): Folders {
  const client = useClient();
  const [again, setAgain] = useState(0);
  useEffect(() => client.on('library.changed', () => setAgain((n) => n + 1)), [client]);
  const { value, error } = useCall('library.list', {}, again);
  return { folders: value?.folders ?? [], error };
}

export function RunbookFolders({ folders: { folders, error } }: { folders: Folders }) {
  const adding = useAddFolder('library.addFolder');
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
      <AddFolder
        adding={adding}
        choose={folders.length ? words.start.chooseMore : words.start.choose}
        label={words.start.path}
        yes={words.start.pathAdd}
        needed={words.start.pathNeeded}
        first
      />
      {without ? (
        <p className="err warn">
          <St kind="info" />
          <span>{words.start.withoutOwner(without)}</span>
        </p>
      ) : null}
      <Problem text={adding.problem ?? error?.message ?? null} />
    </>
  );
}
