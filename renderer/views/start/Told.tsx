// What the desk is told of beside the screen: by notification of the system and by sound, until a named person acknowledges.
import { useState } from 'react';
import type { NotifySettings } from '../../../shared/contract/notify.ts';
import { notifyWords as words } from '../../../shared/text/ours-ui.ts';
import { useNotify } from '../../app/notify.ts';
import { useClient } from '../../app/services.ts';
import { Problem } from '../../components/Problem.tsx';

const KINDS = ['oursWorse', 'anyWorse', 'feedStale', 'oursBetter', 'sound'] as const;

export function Told() {
  const client = useClient();
  const { value, error } = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const set = (change: Partial<NotifySettings>): void =>
    void client
      .call('notify.set', change)
      .then((answer) => setProblem(answer.ok ? null : answer.error.message));
  return (
    <>
      <h2>{words.title}</h2>
      {value ? (
        <ul className="told">
          {KINDS.map((kind) => (
            <li key={kind}>
              <label className="ck-b">
                <input
                  type="checkbox"
                  checked={value.settings[kind]}
                  onChange={(event) => set({ [kind]: event.target.checked })}
                />
                <span>{words[kind]}</span>
              </label>
            </li>
          ))}
        </ul>
      ) : null}
      {value && !value.able ? <p className="dim">{words.unable}</p> : null}
      <Problem text={problem ?? error?.message ?? null} />
    </>
  );
}
