// The other open incidents, in the header of a room; Ctrl I lists them all.
import { room } from '../../../shared/text/room-ui.ts';
import { openIncidentList } from '../../app/open.tsx';
import { useIncidents, useServices } from '../../app/services.ts';
import { Keys } from '../../components/Kbd.tsx';
import { Sev } from '../../components/Sev.tsx';
import { openIncidents } from '../../state/stores.ts';
import { useRoom } from './session.ts';

export function AlsoOpen() {
  const services = useServices();
  const { incident } = useRoom();
  const others = openIncidents(useIncidents()).filter((one) => one.id !== incident.id);
  if (others.length === 0) return null;
  const shown = others.slice(0, 2);
  return (
    <button
      type="button"
      className="also"
      title={others.map((one) => room.alsoOne(one.label, one.title)).join('\n')}
      onClick={() => openIncidentList(services)}
    >
      <span className="dim">{room.alsoOpen}</span>
      {shown.map((one) => (
        <span key={one.id} className="also-1">
          <Sev severity={one.severity} />
          <span className="mono">{one.label}</span>
        </span>
      ))}
      {others.length > 2 ? <span>+{others.length - 2}</span> : null}
      <Keys keys="Ctrl I" />
    </button>
  );
}
