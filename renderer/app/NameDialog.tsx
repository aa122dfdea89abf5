// Says who sits here. Entries carry the name from then on.
import { useId, useState } from 'react';
import { ui } from '../../shared/text/ui.ts';
import { Button } from '../components/Button.tsx';
import { Problem } from '../components/Problem.tsx';
import { Dialog } from './dialogs.tsx';
import { useApp, useClient } from './services.ts';

export function NameDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [name, setName] = useState(useApp((app) => app?.person?.name ?? ''));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const heading = useId();
  const field = useId();
  const save = async (): Promise<void> => {
    if (!name.trim()) {
      setProblem(ui.name.empty);
      return;
    }
    setBusy(true);
    const answer = await client.call('app.setPerson', { name: name.trim() });
    setBusy(false);
    if (answer.ok) onClose();
    else setProblem(answer.error.message);
  };
  return (
    <Dialog className="ask-d" labelledBy={heading} onClose={onClose} onPrimary={() => void save()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <h2 id={heading}>{ui.name.title}</h2>
        <label htmlFor={field}>{ui.name.label}</label>
        <input
          id={field}
          className="inp"
          data-autofocus
          maxLength={120}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <p className="fine">{ui.name.why}</p>
        <Problem text={problem} />
        <div className="ask-a">
          <Button type="submit" look="key" keys="Enter" busy={busy}>
            {ui.name.save}
          </Button>
          <Button look="quiet" keys="Esc" onPress={onClose}>
            {ui.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
