// The 36 px line on pages that do not carry Broken, Now, Next: the worst open incident whole, every other one as severity and id.
import { worstNow } from '../../shared/rollback/now.ts';
import { PHASE_WORD, ui } from '../../shared/text/ui.ts';
import { fromInstant } from '../../shared/time/clock.ts';
import { elapsed } from '../../shared/time/format.ts';
import { Keys } from '../components/Kbd.tsx';
import { Nb } from '../components/Nb.tsx';
import { Sev } from '../components/Sev.tsx';
import { S, St } from '../components/St.tsx';
import { openIncidents } from '../state/stores.ts';
import { openIncidentList } from './open.tsx';
import { usePlansNow } from './plans-now.ts';
import { useIncidents, useNav, useNow, useServices } from './services.ts';

function Elapsed({ since, label }: { since: string; label: string }) {
  const now = useNow();
  return (
    <span className="inc-c">
      <span className="cd" role="timer" aria-live="off">
        {elapsed(Math.max(0, now - fromInstant(since)))}
      </span>
      <span className="lg">{label}</span>
    </span>
  );
}

export function IncidentLine() {
  const services = useServices();
  const nav = useNav();
  const open = openIncidents(useIncidents());
  const plans = usePlansNow();
  const [first, ...others] = open;
  if (!first) return null;
  const shown = others.slice(0, 2);
  const plan = worstNow(plans.filter((one) => one.incident === first.id));
  return (
    <section className="inc" aria-label={ui.incidents}>
      <button type="button" className="inc-m" onClick={() => nav.go('room', { incident: first.id })}>
        <Sev severity={first.severity} />
        <span className="mono">{first.label}</span>
        <b>
          <Nb>{first.title}</Nb>
        </b>
        <S kind="doing">{PHASE_WORD[first.phase]}</S>
      </button>
      {plan ? (
        <span className="inc-n" title={plan.lead}>
          <St kind={plan.glyph} />
          <b>
            <Nb>{plan.lead}</Nb>
          </b>
        </span>
      ) : (
        <span className="inc-n dim">{first.commander ? ui.commander(first.commander) : ui.noCommander}</span>
      )}
      <Elapsed
        since={first.impactStartedAt ?? first.declaredAt}
        label={first.impactStartedAt ? ui.elapsedImpact : ui.elapsedDeclared}
      />
      <button type="button" className="inc-o" onClick={() => openIncidentList(services)}>
        {shown.map((i) => (
          <span key={i.id} className="inc-x">
            <Sev severity={i.severity} />
            <span className="mono">{i.label}</span>
          </span>
        ))}
        {others.length > shown.length ? <span>{ui.moreIncidents(others.length - shown.length)}</span> : null}
        <span className="vh">{ui.incidents}</span>
        <Keys keys="Ctrl I" />
      </button>
    </section>
  );
}
