// The ways to a rollback plan where there is none: from a runbook that is one, or made in the room.
import { plan as text } from '../../../shared/text/plan-ui.ts';
import { release } from '../../../shared/text/release-ui.ts';
import { useNav } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { useRoom } from '../room/session.ts';

export function BeginPlan() {
  const nav = useNav();
  const { incident } = useRoom();
  const watched = incident.mode === 'release';
  if (watched && incident.closedAt !== null)
    return (
      <div className="ck-none pl-n">
        <h2 className="ph">{release.beginOver}</h2>
      </div>
    );
  return (
    <div className="ck-none pl-n">
      <h2 className="ph">{watched ? release.begin : text.begin.none}</h2>
      <p className="dim">{watched ? release.beginWhy : text.begin.why}</p>
      <div className="ck-a">
        <Button
          look={watched ? 'key' : 'plain'}
          icon="book-open"
          onPress={() => nav.go('runbooks', { incident: incident.id, want: 'plan' })}
        >
          {text.begin.fromLibrary}
        </Button>
        <Button icon="plus" onPress={() => nav.go('room', { incident: incident.id, make: 'plan' })}>
          {text.begin.make}
        </Button>
      </div>
    </div>
  );
}
