// The incidents of this machine: open ones worst first, then closed ones. Arrows or J K move, Enter opens the room.
import { useId, useRef } from 'react';
import { release } from '../../shared/text/release-ui.ts';
import { PHASE_WORD, ui } from '../../shared/text/ui.ts';
import { Keys } from '../components/Kbd.tsx';
import { Sev } from '../components/Sev.tsx';
import { Time } from '../components/Time.tsx';
import { isOpen, isRelease, openIncidents, openReleases } from '../state/stores.ts';
import { Dialog } from './dialogs.tsx';
import { useIncidents, useNav, useNow } from './services.ts';

export function IncidentsDialog({ onClose }: { onClose: () => void }) {
  const all = useIncidents();
  const nav = useNav();
  const now = useNow();
  const heading = useId();
  const list = useRef<HTMLDivElement>(null);
  const open = openIncidents(all);
  const releases = openReleases(all);
  const closed = all.filter((i) => !isOpen(i)).sort((a, b) => b.declaredAt.localeCompare(a.declaredAt));
  const move = (step: number): void => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('.il-r') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  };
  const row = (incident: (typeof all)[number], index: number) => (
    <li key={incident.id}>
      <button
        type="button"
        className="il-r"
        data-autofocus={index === 0 ? '' : undefined}
        onClick={() => {
          onClose();
          nav.go('room', { incident: incident.id });
        }}
      >
        {isRelease(incident) ? (
          <span className="mode">{release.word}</span>
        ) : (
          <Sev severity={incident.severity} />
        )}
        <span className="mono">{incident.label}</span>
        <b>{incident.title}</b>
        <span className="dim">
          {!isRelease(incident)
            ? PHASE_WORD[incident.phase]
            : isOpen(incident)
              ? release.watched
              : release.ended}
        </span>
        <span className="dim">
          {incident.commander ?? (isRelease(incident) ? release.noLead : ui.noCommander)}
        </span>
        <Time at={incident.declaredAt} show="day" now={now} className="dim" />
      </button>
    </li>
  );
  return (
    <Dialog className="dec il-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{ui.incidents}</h2>
        <span className="dim">{ui.openIncidents(open.length)}</span>
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are buttons; this adds J and K */}
      <div
        className="il"
        ref={list}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, j: 1, J: 1, ArrowUp: -1, k: -1, K: -1 }[event.key];
          if (!step) return;
          event.preventDefault();
          move(step);
        }}
      >
        {open.length ? (
          <ul>{open.map(row)}</ul>
        ) : (
          <p className="none">{all.length ? ui.noIncident : ui.noIncidentsEver}</p>
        )}
        {releases.length ? (
          <>
            <h3 className="lg">{release.list}</h3>
            <ul>{releases.map((one, index) => row(one, open.length + index))}</ul>
          </>
        ) : null}
        {closed.length ? (
          <>
            <h3 className="lg">{ui.closedIncidents}</h3>
            <ul className="over">{closed.slice(0, 200).map(row)}</ul>
          </>
        ) : null}
      </div>
    </Dialog>
  );
}
