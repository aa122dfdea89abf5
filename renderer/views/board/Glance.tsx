// Broken, Now, Next: the three answers of the board, in that order, and the one key that declares.
import type { Board } from '../../../shared/contract/health.ts';
import { worstNow } from '../../../shared/rollback/now.ts';
import { board as words } from '../../../shared/text/board.ts';
import { PHASE_WORD } from '../../../shared/text/ui.ts';
import { fromInstant } from '../../../shared/time/clock.ts';
import { elapsed } from '../../../shared/time/format.ts';
import { openDeclare } from '../../app/open.tsx';
import { usePlansNow } from '../../app/plans-now.ts';
import { useIncidents, useNav, useNow, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Nb } from '../../components/Nb.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { openIncidents } from '../../state/stores.ts';

function Countdown({ at }: { at: string }) {
  const now = useNow();
  return (
    <span className="cd" role="timer" aria-live="off">
      {elapsed(fromInstant(at) - now)}
    </span>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <p className="gl-s" key={line} title={line}>
          <Nb>{line}</Nb>
        </p>
      ))}
    </>
  );
}

export function Glance({ board, marked }: { board: Board; marked: readonly string[] }) {
  const services = useServices();
  const nav = useNav();
  const first = openIncidents(useIncidents())[0];
  const { broken, now, next } = board.glance;
  const bad = broken.state === 'broken';
  const plans = usePlansNow();
  // A lost path is said first; then what the plan of the worst incident does.
  const plan = board.offline || !first ? null : worstNow(plans.filter((one) => one.incident === first.id));
  const own = (plan?.next ?? []).flatMap((one) =>
    one.at === null ? [] : [{ at: one.at, label: one.label, who: one.note }],
  );
  const due = [...own, ...next].sort((a, b) => a.at.localeCompare(b.at)).slice(0, 2);
  const lead =
    plan?.lead ?? (first && !board.offline ? `${PHASE_WORD[first.phase]}: ${first.title}` : now.lead);
  return (
    <section className="glance" aria-label={words.glance}>
      <div className={`gl ${bad ? 'gl-broken' : 'gl-quiet'}`}>
        <h2 className="lg">{words.broken}</h2>
        <p className="gl-m">
          {bad ? <St kind="outage" /> : broken.state === 'unknown' ? <St kind="unknown" /> : null}
          <span className="cut" title={broken.lead}>
            {broken.lead}
          </span>
        </p>
        <Lines lines={broken.lines} />
      </div>
      <div className={`gl gl-act-in ${bad || first || board.offline ? 'gl-now' : 'gl-calm'}`}>
        <div className="gl-text">
          <h2 className="lg">{words.now}</h2>
          <p className="gl-m">
            {board.offline ? <St kind="offline" /> : plan ? <St kind={plan.glyph} /> : null}
            <span className="cut" title={lead}>
              {lead}
            </span>
          </p>
          <Lines lines={plan && first ? [`${first.label} ${first.title}`, ...now.lines] : now.lines} />
        </div>
        <div className="gl-acts">
          {first ? (
            <Button
              big
              look="key"
              keys="Ctrl 2"
              onPress={() => nav.go('room', { incident: first.id })}
              icon="arrow-right"
            >
              {words.openRoom}
            </Button>
          ) : null}
          <Button
            big
            look={bad && !first ? 'key' : 'plain'}
            keys="D"
            icon="siren"
            onPress={() => openDeclare(services, marked)}
          >
            {words.declare}
          </Button>
        </div>
      </div>
      <div className="gl gl-next">
        <h2 className="lg">{words.next}</h2>
        {due.length ? (
          <ol>
            {due.map((item) => (
              <li key={`${item.at} ${item.label}`}>
                <Countdown at={item.at} />
                <span className="gl-s" title={item.label}>
                  {item.label}
                  <span className="gl-w">
                    <Time at={item.at} />
                    {item.who ? `, ${item.who}` : ''}
                  </span>
                </span>
              </li>
            ))}
          </ol>
        ) : (
          <div className="gl-none">
            <p className="gl-m">{words.nothingDue}</p>
            <p className="gl-s">{words.nothingDueWhy}</p>
          </div>
        )}
      </div>
    </section>
  );
}
