// The text that a plan was made from, saved as a runbook in one of the chosen folders. A file that is there is replaced only when a person says so.
import { useEffect, useState } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import { type Failure, fail, ok, type Result } from '../../../../shared/result.ts';
import { isRunbookName, runbookName } from '../../../../shared/runbook/file-name.ts';
import { plan as text } from '../../../../shared/text/plan-ui.ts';
import { useServices } from '../../../app/services.ts';
import { Ask, AskField } from '../../../components/Ask.tsx';
import { PickBy } from './asks.tsx';
import { usePlan } from './store.ts';

const words = text.save;
type Folder = Output<'library.list'>['folders'][number];

export function AskSave({ onClose, onSaved }: { onClose: () => void; onSaved: (words: string) => void }) {
  const { view } = usePlan();
  const { client } = useServices();
  const [folders, setFolders] = useState<readonly Folder[] | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const [folder, setFolder] = useState('');
  const [name, setName] = useState(() => runbookName(view.title));
  /** The name that was found there; asked about for this name only. */
  const [there, setThere] = useState<string | null>(null);
  const [replace, setReplace] = useState(false);
  useEffect(() => {
    let gone = false;
    void client.call('library.list', {}).then((answer) => {
      if (gone) return;
      if (!answer.ok) return setFailed(answer.error);
      setFolders(answer.value.folders);
      setFolder((now) => now || (answer.value.folders[0]?.id ?? ''));
    });
    return () => {
      gone = true;
    };
  }, [client]);
  const key = `${folder} ${name.trim()}`;
  const asked = there === key;
  const save = async (): Promise<Result<unknown>> => {
    const answer = await client.call('plan.save', {
      incident: view.incident,
      plan: view.id,
      folder,
      name: name.trim(),
      replace: asked && replace,
    });
    if (answer.ok) {
      onSaved(words.saved(answer.value.path));
      return ok(null);
    }
    if (answer.error.code === 'file-exists') {
      setThere(key);
      // A yes to another file is no yes to this one.
      setReplace(false);
    }
    return fail(answer.error.code, answer.error.message);
  };
  const blocked =
    failed !== null
      ? failed.message
      : folders === null
        ? words.loading
        : folders.length === 0
          ? words.noFolder
          : name.trim() === ''
            ? words.needed
            : !isRunbookName(name.trim())
              ? words.nameHint
              : asked && !replace
                ? words.exists
                : null;
  return (
    <Ask
      title={words.title}
      effect={words.effect}
      yes={words.yes}
      blocked={blocked}
      onClose={onClose}
      onYes={save}
    >
      {folders && folders.length > 0 ? (
        <PickBy
          label={words.folder}
          value={folder}
          options={folders.map((one) => ({ id: one.id, label: one.path }))}
          onChange={setFolder}
        />
      ) : null}
      <AskField
        label={words.name}
        value={name}
        onChange={setName}
        max={200}
        mono
        first
        hint={words.nameHint}
      />
      {asked ? (
        <label className="ck-b">
          <input type="checkbox" checked={replace} onChange={(event) => setReplace(event.target.checked)} />
          <span>{words.replace}</span>
        </label>
      ) : null}
    </Ask>
  );
}
