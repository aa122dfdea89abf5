// In a release, beside its open breaker: the one key that makes this an incident, as a button too. Nothing in an incident.
import { release as text } from '../../../../shared/text/release-ui.ts';
import { openDeclareRelease } from '../../../app/open.tsx';
import { useServices } from '../../../app/services.ts';
import { Button } from '../../../components/Button.tsx';
import { useRoom } from '../session.ts';

export function ReleaseIncident() {
  const services = useServices();
  const { incident } = useRoom();
  if (incident.mode !== 'release' || incident.closedAt !== null) return null;
  return (
    <Button icon="siren" keys="D" onPress={() => void openDeclareRelease(services, incident)}>
      {text.turnShort}
    </Button>
  );
}
