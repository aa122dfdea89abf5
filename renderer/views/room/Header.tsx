// The room's header: severity, label, title, what else is open, the phases with their times, and the clocks.

import { room } from '../../../shared/text/room-ui.ts';
import { PHASE_WORD } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { elapsed } from '../../../shared/time/format.ts';
import { openIncidentList } from '../../app/actions.tsx';
import { useIncidents, useNow, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Sev } from '../../components/Sev.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { openIncidents } from '../../state/stores.ts';
import { elapsedFrom } from './glance.ts';
import { isClosed, stepper } from './phases.ts';
import { useQuestions } from './questions.tsx';
import { useRoom } from './session.ts';

function AlsoOpen() {
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

function ElapsedGauge() {
  const now = useNow();
  const { incident } = useRoom();
  const line = elapsedFrom(incident, isClosed(incident.phase));
  const until = line.to ? fromInstant(line.to) : now;
  const impact = incident.milestones.find((m) => m.name === 'impact-started');
  return (
    <div className="gauge">
      <span className="lg">
        {line.kind === 'closed'
          ? room.lasted
          : line.kind === 'impact'
            ? room.elapsedImpact
            : room.elapsedDeclared}
      </span>
      <span className="gv" role="timer" aria-live="off">
        {elapsed(until - fromInstant(line.from))}
      </span>
      <span className="gs">
        {incident.impactStartedAt ? (
          <>
            {room.impactAt} {impact?.precision === 'about' ? `${room.command.about} ` : ''}
            <Time at={incident.impactStartedAt} show={impact && impact.precision !== 'second' ? 'zm' : 'z'} />
            , {room.declaredAt} <Time at={incident.declaredAt} show="zm" />
          </>
        ) : (
          <span title={room.impactUnset}>{room.impactUnset}</span>
        )}
      </span>
    </div>
  );
}

function PhaseGauge() {
  const now = useNow();
  const { incident } = useRoom();
  const since = incident.phases.at(-1)?.at ?? incident.declaredAt;
  return (
    <div className="gauge">
      <span className="lg">{room.inPhase(PHASE_WORD[incident.phase])}</span>
      <span className="gv" role="timer" aria-live="off">
        {elapsed(now - fromInstant(since))}
      </span>
      <span className="gs">
        {room.since} <Time at={since} show="day" now={now} />
      </span>
    </div>
  );
}

export function Header() {
  const { incident } = useRoom();
  const ask = useQuestions();
  return (
    <header className="ih">
      <div className="ih-l">
        <div className="ih-t">
          <button
            type="button"
            className="sev-b"
            title={`${room.keys.severity} (Shift S)`}
            onClick={() => ask.severity(null)}
          >
            <Sev severity={incident.severity} />
          </button>
          <span className="mono id">{incident.label}</span>
          {incident.mode === 'real' ? null : (
            <span className="mode">{incident.mode === 'drill' ? room.drill : room.retrospective}</span>
          )}
          <h1 title={incident.title}>
            <Nb>{incident.title}</Nb>
          </h1>
          <AlsoOpen />
        </div>
        <div className="ih-p">
          <ol className="phases" aria-label={room.phaseList}>
            {stepper(incident).map((line) => (
              <li
                key={line.phase}
                className={line.state === 'todo' ? '' : line.state}
                aria-current={line.state === 'cur' ? 'step' : undefined}
              >
                <St kind={line.state === 'done' ? 'done' : line.state === 'cur' ? 'doing' : 'todo'} />
                <span>{PHASE_WORD[line.phase]}</span>
                {line.at ? <Time at={line.at} show="zm" /> : null}
              </li>
            ))}
          </ol>
          <Button look="quiet" keys="P" onPress={() => ask.phase(null)}>
            {room.phase}
          </Button>
        </div>
      </div>
      <div className="ih-r">
        <ElapsedGauge />
        <PhaseGauge />
      </div>
    </header>
  );
}
