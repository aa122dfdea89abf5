// The header of a release: no severity, no phases. What it is, since when it is watched, its plan, and the two ways on.
import { release as text } from '../../../shared/text/release-ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { elapsed } from '../../../shared/time/format.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { openDeclareRelease } from '../../app/open.tsx';
import { usePlansNow } from '../../app/plans-now.ts';
import { useNow, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Nb } from '../../components/Nb.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { AlsoOpen } from './AlsoOpen.tsx';
import { InRoom } from './questions.tsx';
import { EndRelease, WatchAgain } from './ReleaseQuestions.tsx';
import { useRoom } from './session.ts';

const OVER = new Set(['completed', 'aborted']);

/** The plan in hand: the newest that has not ended, else the newest. */
const planInHand = (plans: readonly { title: string; state: string }[]) => {
  const newest = [...plans].reverse();
  return newest.find((one) => !OVER.has(one.state)) ?? newest[0] ?? null;
};

/** Opens the questions that end the release of this room, and that watch it again. */
export function useReleaseQuestions(): { readonly end: () => void; readonly again: () => void } {
  const dialogs = useDialogs();
  const room = useRoom();
  const ask = (Question: typeof EndRelease) => () =>
    void dialogs.open((close) => (
      <InRoom room={room}>
        <Question onClose={close} />
      </InRoom>
    ));
  return { end: ask(EndRelease), again: ask(WatchAgain) };
}

function WatchedGauge() {
  const now = useNow();
  const { incident } = useRoom();
  const until = incident.closedAt === null ? now : fromInstant(incident.closedAt);
  return (
    <div className="gauge">
      <span className="lg">{incident.closedAt === null ? text.elapsed : text.lasted}</span>
      <span className="gv" role="timer" aria-live="off">
        {elapsed(Math.max(0, until - fromInstant(incident.declaredAt)))}
      </span>
      <span className="gs">
        {text.opened} <Time at={incident.declaredAt} show="day" now={now} />
        {incident.commander ? `, ${incident.commander}` : ''}
      </span>
    </div>
  );
}

function PlanGauge() {
  const { incident } = useRoom();
  const plan = planInHand(incident.plans);
  return (
    <div className="gauge">
      <span className="lg">{text.plan}</span>
      <span className="gv rel-s">{plan ? (text.planWord[plan.state] ?? plan.state) : text.noPlan}</span>
      <span className="gs" title={plan?.title}>
        {plan?.title ?? text.noPlanWhy}
      </span>
    </div>
  );
}

/** Does a breaker of its plans stand open, or half-open? */
const useTripped = (): boolean => {
  const { incident } = useRoom();
  return usePlansNow().some((one) => one.incident === incident.id && one.keys === 'breaker');
};

function Stand({ tripped, over }: { tripped: boolean; over: boolean }) {
  const { incident } = useRoom();
  const ended = incident.closedAt !== null;
  const words = ended
    ? text.endedLine(incident.release?.endReason ?? '')
    : tripped
      ? text.breaker
      : over
        ? text.over
        : text.calm;
  return (
    <p className={ended ? 'rel-w' : 'rel-w one'} role="status">
      <St kind={ended ? 'done' : tripped ? 'brk-open' : over ? 'held' : 'doing'} />
      {/* A narrow window cuts it. */}
      <span title={over && !ended && !tripped ? text.overWhy : words}>{words}</span>
    </p>
  );
}

export function ReleaseHeader() {
  const services = useServices();
  const { incident } = useRoom();
  const ask = useReleaseQuestions();
  const tripped = useTripped();
  const over = incident.plans.length > 0 && incident.plans.every((one) => OVER.has(one.state));
  return (
    <header className="ih rel">
      <div className="ih-l">
        <div className="ih-t">
          <span className="mode">{text.none}</span>
          <span className="mono id">{incident.label}</span>
          <h1 title={incident.title}>
            <Nb>{incident.title}</Nb>
          </h1>
          <AlsoOpen />
        </div>
        <div className="ih-p rel-p">
          <Stand tripped={tripped} over={over} />
          {incident.closedAt === null ? (
            <>
              <Button icon="siren" keys="D" onPress={() => void openDeclareRelease(services, incident)}>
                {text.turn}
              </Button>
              <Button look={over ? 'key' : 'quiet'} onPress={ask.end}>
                {text.end}
              </Button>
            </>
          ) : (
            <Button onPress={ask.again}>{text.again}</Button>
          )}
        </div>
      </div>
      <div className="ih-r">
        <WatchedGauge />
        <PlanGauge />
      </div>
    </header>
  );
}
