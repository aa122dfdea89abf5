// Adding a folder, of runbooks or a pack: through the host's dialog where there is one, else by its path as typed.
import { useState } from 'react';
import { useApp, useClient } from '../app/services.ts';

export interface AddFolder {
  /** False: the host asks for no folder, so its path is typed. */
  readonly dialogs: boolean;
  readonly path: string;
  setPath(path: string): void;
  readonly busy: boolean;
  readonly problem: string | null;
  setProblem(problem: string | null): void;
  /** Null: the host asks. */
  add(path: string | null): void;
  /** It was asked to add what nobody had typed. */
  readonly missing: boolean;
  /** The typed path; a blank one is `missing`. */
  addTyped(): void;
}

export function useAddFolder(call: 'library.addFolder' | 'packs.add'): AddFolder {
  const client = useClient();
  const dialogs = useApp((app) => app?.host.capabilities.dialogs ?? false);
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const ask = async (typed: string | null): Promise<void> => {
    setBusy(true);
    const answer = await client.call(call, { path: typed });
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok) setPath('');
  };
  const add = (typed: string | null): void => void ask(typed);
  return {
    dialogs,
    path,
    setPath: (typed) => {
      setMissing(false);
      setPath(typed);
    },
    busy,
    problem,
    setProblem,
    add,
    missing,
    addTyped: () => {
      setProblem(null);
      setMissing(path.trim() === '');
      if (path.trim() !== '') add(path.trim());
    },
  };
}
