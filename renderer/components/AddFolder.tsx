// The key or the field that adds a folder, on the page where everything is set up.
import { useId, useRef } from 'react';
import type { AddFolder as Adding } from '../state/use-add-folder.ts';
import { Button } from './Button.tsx';
import { St } from './St.tsx';

export interface AddFolderProps {
  readonly adding: Adding;
  readonly choose: string;
  readonly label: string;
  readonly yes: string;
  /** Said at the field when nothing was typed. */
  readonly needed: string;
  /** The field is what its pane gives the keys to. */
  readonly first?: boolean;
}

export function AddFolder({ adding, choose, label, yes, needed, first = false }: AddFolderProps) {
  const field = useId();
  const input = useRef<HTMLInputElement>(null);
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
        if (adding.path.trim() === '') input.current?.focus();
      }}
    >
      <label htmlFor={field}>{label}</label>
      <span>
        <input
          id={field}
          ref={input}
          aria-invalid={adding.missing || undefined}
          aria-describedby={adding.missing ? `${field}-why` : undefined}
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
      <div role="alert">
        {adding.missing ? (
          <p className="need" id={`${field}-why`}>
            <St kind="held" />
            {needed}
          </p>
        ) : null}
      </div>
    </form>
  );
}
