// Broken, Now, Next of this room: who is at what, and what is due, each with a clock.

import type { PlanNow } from '../../../shared/contract/plan-now.ts';
import { worstNow } from '../../../shared/rollback/now.ts';
import { undecided, planNowText as words } from '../../../shared/text/plan-now.ts';
import { release } from '../../../shared/text/release-ui.ts';
import { room } from '../../../shared/text/room-ui.ts';
import { PHASE_WORD } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { elapsed } from '../../../shared/time/format.ts';
import { useNotify } from '../../app/notify.ts';
import { usePlansNow } from '../../app/plans-now.ts';
import { useApp, useBoard, useNow } from '../../app/services.ts';
import { Keys } from '../../components/Kbd.tsx';
import { Nb } from '../../components/Nb.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { type NowLine, type NowText, nextDue, nowLine, soundsAgain } from './glance.ts';
import { isOver } from './phases.ts';
import { useRoom } from './session.ts';
import { useCompact } from './useCompact.ts';

function Ago({ since }: { since: string }) {
  return <>{elapsed(Math.max(0, useNow() - fromInstant(since)))}</>;
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
  const compact = useCompact();
  const lines = (board?.lines ?? []).slice(0, 2).map((line) => (compact ? room.elsewhereShort(line) : line));
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
      {lines.map((line) => (
        <p key={line} className="gl-s gl-all" title={line}>
          <Nb>{line}</Nb>
        </p>
      ))}
    </div>
  );
}

/** The keys of what the plan asks, where the window has room for them. */
const KEYS: Record<PlanNow['keys'], readonly (readonly [string, string])[]> = {
  breaker: [
    ['H', words.keys.half],
    ['V', words.keys.revert],
    ['Shift O', words.keys.override],
  ],
  gate: [
    ['G', words.keys.gate],
    ['V', words.keys.revert],
    ['Shift O', words.keys.override],
  ],
  revert: [
    ['X', words.keys.done],
    ['Shift F', words.keys.failed],
  ],
  wave: [['W', words.keys.wave]],
  none: [],
};

function Line({ line, keys }: { line: NowText; keys: PlanNow['keys'] }) {
  const { incident } = useRoom();
  const who = line.decides ? incident.commander : line.who;
  return (
    <p className="gl-s" title={`${who ?? ''} ${line.text}`.trim()}>
      {line.decides && who === null ? (
        <>
          <span className="near">{incident.mode === 'release' ? release.noLead : room.nobodyCommands}</span>
          {line.since ? (
            <>
              {undecided(line.text)} <Ago since={line.since} />
            </>
          ) : null}
          <Keys keys="Shift T" /> <span className={line.since ? 'lo' : undefined}>{room.takeIt}</span>
        </>
      ) : (
        <>
          {who === null ? null : (
            <>
              <b>{who}</b>{' '}
            </>
          )}
          <Nb>{line.text}</Nb>
          {line.since ? (
            <>
              {' '}
              <Ago since={line.since} />
            </>
          ) : null}
          {line.until ? (
            <>
              {' '}
              <Until at={line.until} />
            </>
          ) : null}
        </>
      )}
      {KEYS[keys].length > 0 ? (
        <span className="lo" aria-hidden="true">
          {KEYS[keys].map(([key, word]) => (
            <span key={key} className="nb">
              <Keys keys={key} /> {word}
            </span>
          ))}
        </span>
      ) : null}
    </p>
  );
}

const CLASS: Partial<Record<NowLine['glyph'], string>> = {
  doing: 'gl gl-doing',
  todo: 'gl gl-doing',
  done: 'gl',
};

function Now({ plan }: { plan: PlanNow | null }) {
  const { incident } = useRoom();
  const closed = isOver(incident);
  const ofRelease = closed ? release.ended : release.now;
  const word = incident.mode === 'release' ? ofRelease : PHASE_WORD[incident.phase];
  const now = nowLine(incident, word, closed, plan);
  const at = now.lines.findIndex((one) => (now.keys === 'revert' ? one.who !== null : one.decides));
  return (
    <div className={CLASS[now.glyph] ?? 'gl gl-now'}>
      <h2 className="lg">{room.now}</h2>
      <p className="gl-m" title={now.lead}>
        <St kind={now.glyph} />
        <span className="gl-cut">
          <Nb>{now.lead}</Nb>
        </span>
      </p>
      {closed ? <p className="gl-s">{room.nowResolved}</p> : null}
      {now.lines.map((one, i) => (
        <Line
          key={`${one.text} ${one.who ?? ''}`}
          line={one}
          keys={i === Math.max(0, at) ? now.keys : 'none'}
        />
      ))}
      {!closed && now.lines.length < 2 && now.keys === 'none' ? (
        <p className="gl-s">{room.nothingRuns}</p>
      ) : null}
    </div>
  );
}

function Next({ plans }: { plans: readonly PlanNow[] }) {
  const { incident } = useRoom();
  const board = useBoard((b) => b?.glance ?? null);
  const { value: desk } = useNotify();
  // A recorded or rehearsed night has a clock of its own; the five minutes are real ones.
  const replay = useApp((app) => app?.replay != null);
  const due = isOver(incident)
    ? []
    : nextDue(incident, board, plans, replay ? [] : soundsAgain(incident.id, desk));
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
            <li key={`${one.at ?? ''} ${one.label}`}>
              {one.at === null ? <span className="cd">{words.next.waits}</span> : <Until at={one.at} />}
              <span className="gl-s" title={one.label}>
                <Nb>{one.label}</Nb>
              </span>
              <span className="gl-s gl-w">
                {one.at === null ? null : <Time at={one.at} show="zm" />}
                {one.who ? `${one.at === null ? '' : ', '}${one.who}` : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

export function GlanceLine() {
  const { incident } = useRoom();
  const all = usePlansNow();
  const plans = all.filter((one) => one.incident === incident.id);
  return (
    <section className="glance" aria-label={room.glance}>
      <Broken />
      <Now plan={worstNow(plans)} />
      <Next plans={plans} />
    </section>
  );
}
