// The room's header: severity, label, title, what else is open, the phases with their times, and the clocks.

import type { IncidentView } from '../../../shared/contract/room.ts';
import { isClosed } from '../../../shared/incident/words.ts';
import { room } from '../../../shared/text/room-ui.ts';
import { PHASE_WORD } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { elapsed, utc } from '../../../shared/time/format.ts';
import { useNow } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Sev } from '../../components/Sev.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { AlsoOpen } from './AlsoOpen.tsx';
import { elapsedFrom } from './glance.ts';
import { stepper } from './phases.ts';
import { useQuestions } from './questions.tsx';
import { ReleaseHeader } from './ReleaseHeader.tsx';
import { useRoom } from './session.ts';

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
        {elapsed(Math.max(0, until - fromInstant(line.from)))}
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
        {elapsed(Math.max(0, now - fromInstant(since)))}
      </span>
      <span className="gs">
        {room.since} <Time at={since} show="day" now={now} />
      </span>
    </div>
  );
}

const watchedAs = (was: NonNullable<IncidentView['release']>): string =>
  room.wasRelease(was.label, was.title, utc(was.openedAt, 'minute'));

export function Header() {
  return useRoom().incident.mode === 'release' ? <ReleaseHeader /> : <IncidentHeader />;
}

function IncidentHeader() {
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
          <span className="mono id" title={incident.release ? watchedAs(incident.release) : undefined}>
            {incident.label}
          </span>
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
