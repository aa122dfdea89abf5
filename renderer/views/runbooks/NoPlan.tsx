// Said where somebody came for a plan and no runbook is one: what makes a runbook a plan, and the way to make one in the room.
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { useNav } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { St } from '../../components/St.tsx';

const text = runbooks.noPlan;

export function NoPlan({ incident, empty = false }: { incident: string | null; empty?: boolean }) {
  const nav = useNav();
  return (
    <div role="status" className="lib-np">
      <p>
        <St kind="info" /> <b>{empty ? text.empty : text.title}</b>
      </p>
      <p className="dim">{text.why}</p>
      {incident === null ? null : (
        <Button look="tiny" icon="plus" onPress={() => nav.go('room', { incident, make: 'plan' })}>
          {text.make}
        </Button>
      )}
    </div>
  );
}
