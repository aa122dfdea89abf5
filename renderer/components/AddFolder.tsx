// The key or the field that adds a folder, on the page where everything is set up.
import { useId } from 'react';
import type { AddFolder as Adding } from '../state/use-add-folder.ts';
import { Button } from './Button.tsx';

export interface AddFolderProps {
  readonly adding: Adding;
  readonly choose: string;
  readonly label: string;
  readonly yes: string;
  /** The field is what its pane gives the keys to. */
  readonly first?: boolean;
}

export function AddFolder({ adding, choose, label, yes, first = false }: AddFolderProps) {
  const field = useId();
  if (adding.dialogs)
    return (
      <div className="fr-p">
        <Button busy={adding.busy} icon="folder-open" onPress={() => adding.add(null)}>
          {choose}
        </Button>
      </div>
    );
  return (
    <form
      className="fr-p"
      onSubmit={(event) => {
        event.preventDefault();
        adding.addTyped();
      }}
    >
      <label htmlFor={field}>{label}</label>
      <span>
        <input
          id={field}
          className="inp mono"
          data-pane-focus={first ? true : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={4096}
          value={adding.path}
          onChange={(event) => adding.setPath(event.target.value)}
        />
        <Button type="submit" busy={adding.busy}>
          {yes}
        </Button>
      </span>
    </form>
  );
}
