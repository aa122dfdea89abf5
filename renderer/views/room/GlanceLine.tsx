// Broken, Now, Next of this room: who is at what, and what is due, each with a clock.

import { room } from '../../../shared/text/room-ui.ts';
import { PHASE_WORD } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { elapsed } from '../../../shared/time/format.ts';
import { useBoard, useNow } from '../../app/services.ts';
import { Keys } from '../../components/Kbd.tsx';
import { Nb } from '../../components/Nb.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { nextDue, nowLine } from './glance.ts';
import { isClosed } from './phases.ts';
import { useRoom } from './session.ts';

function Ago({ since }: { since: string }) {
  return <>{elapsed(useNow() - fromInstant(since))}</>;
}

function Until({ at }: { at: string }) {
  const rest = fromInstant(at) - useNow();
  return (
    <span className={rest < 5 * 60_000 ? 'cd near' : 'cd'} role="timer" aria-live="off">
      {elapsed(rest)}
    </span>
  );
}

function Broken() {
  const board = useBoard((b) => b?.glance.broken ?? null);
  const mark =
    board === null
      ? 'unknown'
      : board.state === 'broken'
        ? 'outage'
        : board.state === 'quiet'
          ? 'nr'
          : 'unknown';
  return (
    <div className={board?.state === 'broken' ? 'gl gl-broken' : 'gl'}>
      <h2 className="lg">{room.broken}</h2>
      <p className="gl-m">
        <St kind={mark} />
        <span>{board?.lead ?? room.boardUnread}</span>
      </p>
      {board?.lines.slice(0, 2).map((line) => (
        <p key={line} className="gl-s" title={line}>
          <Nb>{line}</Nb>
        </p>
      ))}
    </div>
  );
}

function Now() {
  const { incident } = useRoom();
  const closed = isClosed(incident.phase);
  const now = nowLine(incident, PHASE_WORD[incident.phase], closed);
  return (
    <div className={closed ? 'gl' : 'gl gl-doing'}>
      <h2 className="lg">{room.now}</h2>
      <p className="gl-m" title={now.lead}>
        <St kind={now.glyph} />
        <span className="gl-cut">
          <Nb>{now.lead}</Nb>
        </span>
      </p>
      <p className="gl-s">
        {closed ? (
          room.nowResolved
        ) : incident.commander ? (
          <>
            <b>{incident.commander}</b> {room.commands}
          </>
        ) : (
          <>
            <span className="near">{room.nobodyCommands}</span>
            <Keys keys="Shift T" /> {room.takeIt}
          </>
        )}
      </p>
      {closed ? null : (
        <p className="gl-s">
          {now.working.length === 0
            ? room.nothingRuns
            : now.working.map((one, i) => (
                <span key={one.step}>
                  {i > 0 ? '; ' : ''}
                  <b>{one.who ?? room.someone}</b> {room.worksOn(one.step)}
                  {one.since ? (
                    <>
                      , <Ago since={one.since} />
                    </>
                  ) : null}
                </span>
              ))}
        </p>
      )}
    </div>
  );
}

function Next() {
  const { incident } = useRoom();
  const board = useBoard((b) => b?.glance ?? null);
  const due = isClosed(incident.phase) ? [] : nextDue(incident, board);
  return (
    <div className="gl gl-next">
      <h2 className="lg">{room.next}</h2>
      {due.length === 0 ? (
        <div className="gl-none">
          <p className="gl-m">{room.nothingDue}</p>
          <p className="gl-s">{room.nothingDueWhy}</p>
        </div>
      ) : (
        <ol>
          {due.map((one) => (
            <li key={`${one.at} ${one.label}`}>
              <Until at={one.at} />
              <span className="gl-s" title={one.label}>
                {one.label}
              </span>
              <span className="gl-s gl-w">
                <Time at={one.at} show="zm" />
                {one.who ? `, ${one.who}` : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

export function GlanceLine() {
  return (
    <section className="glance" aria-label={room.glance}>
      <Broken />
      <Now />
      <Next />
    </section>
  );
}
