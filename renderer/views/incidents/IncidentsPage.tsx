// The room without an incident: what was declared on this machine, open ones first, and the one key that declares.
import { useState } from 'react';
import { useStore } from 'zustand';
import type { IncidentLine } from '../../../shared/contract/room.ts';
import { release } from '../../../shared/text/release-ui.ts';
import { room } from '../../../shared/text/room-ui.ts';
import { PHASE_WORD } from '../../../shared/text/ui.ts';
import { useCommands } from '../../app/commands.ts';
import { openDeclare, openWatchRelease } from '../../app/open.tsx';
import { useIncidents, useNav, useNow, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Nb } from '../../components/Nb.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Sev } from '../../components/Sev.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { isOpen, isRelease, openIncidents, openReleases } from '../../state/stores.ts';

const text = room.incidents;
/** Lines drawn at once; the filter finds the rest. */
const SHOWN = 300;

function Line({ incident, now }: { incident: IncidentLine; now: number }) {
  const nav = useNav();
  const open = isOpen(incident);
  return (
    <li>
      <button type="button" className="inc-r" onClick={() => nav.go('room', { incident: incident.id })}>
        {isRelease(incident) ? (
          <span className="mode">{release.word}</span>
        ) : (
          <Sev severity={incident.severity} />
        )}
        <span className="mono">{incident.label}</span>
        <b>
          <Nb>{incident.title}</Nb>
        </b>
        <span className="inc-p">
          <St kind={open ? 'doing' : 'done'} />
          {isRelease(incident) ? (open ? release.watched : release.ended) : PHASE_WORD[incident.phase]}
        </span>
        <span className="dim">
          {incident.commander ?? (isRelease(incident) ? release.noLeadShort : text.noCommander)}
        </span>
        <span className="dim">
          {text.since} <Time at={incident.declaredAt} show="day" now={now} />
        </span>
        <span className="dim inc-e">
          {text.entries(
            incident.entries.toLocaleString('en-US').replaceAll(',', '\u00a0'),
            incident.entries === 1,
          )}
        </span>
      </button>
    </li>
  );
}

export function IncidentsPage({ reading }: { reading: boolean }) {
  const services = useServices();
  const all = useIncidents();
  const error = useStore(services.incidents.store, (s) => s.error);
  const now = useNow();
  const [find, setFind] = useState('');
  const words = find.trim().toLowerCase();
  const fits = (one: IncidentLine): boolean =>
    words === '' || `${one.label} ${one.title} ${one.commander ?? ''}`.toLowerCase().includes(words);
  const open = openIncidents(all).filter(fits);
  const releases = openReleases(all).filter(fits);
  const over = all
    .filter((one) => !isOpen(one) && fits(one))
    .sort((a, b) => b.declaredAt.localeCompare(a.declaredAt));
  const closed = over.filter((one) => !isRelease(one));
  const ended = over.filter(isRelease);
  const declared = all.filter((one) => !isRelease(one)).length;
  const move = (step: number): void => {
    const rows = [...document.querySelectorAll<HTMLElement>('.inc-r')];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
  };
  const group = room.keys.group;
  useCommands('view', () => [
    {
      id: 'inc.down',
      title: room.keys.down,
      keys: ['J', 'Down'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(1),
    },
    {
      id: 'inc.up',
      title: room.keys.up,
      keys: ['K', 'Up'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(-1),
    },
    {
      id: 'inc.find',
      title: text.filterLabel,
      keys: ['/'],
      group,
      keyOnly: true,
      run: () => document.getElementById('inc-find')?.focus(),
    },
  ]);
  return (
    <main id="main" tabIndex={-1} className="incs">
      <Pane id="room.timeline" label={text.title} className="pane incs-p">
        <header className="incs-h">
          <div>
            <h1>{text.title}</h1>
            <p className="dim">
              {reading
                ? text.reading
                : declared === 0
                  ? text.never
                  : open.length === 0 && words === ''
                    ? text.none
                    : ''}
            </p>
          </div>
          {all.length > 0 ? (
            <label className="find open">
              <Icon name="search" />
              <input
                id="inc-find"
                type="search"
                placeholder={text.filter}
                aria-label={text.filterLabel}
                value={find}
                onChange={(event) => setFind(event.target.value)}
              />
              <kbd>/</kbd>
            </label>
          ) : null}
          <Button icon="radio" onPress={() => openWatchRelease(services)}>
            {release.watch.title}
          </Button>
          <Button look="key" keys="D" icon="siren" onPress={() => openDeclare(services)}>
            {text.declare}
          </Button>
        </header>
        <Problem text={error ? `${text.failed}: ${error.message}` : null} className="incs-e" />
        <div className="incs-b">
          {declared === 0 && !reading ? <p className="incs-n">{text.why}</p> : null}
          {open.length > 0 ? (
            <>
              <h2 className="lg">{text.open}</h2>
              <ul>
                {open.map((one) => (
                  <Line key={one.id} incident={one} now={now} />
                ))}
              </ul>
            </>
          ) : null}
          {reading || (words !== '' && releases.length === 0) ? null : (
            <>
              <h2 className="lg">{release.list}</h2>
              {releases.length > 0 ? (
                <ul>
                  {releases.slice(0, SHOWN).map((one) => (
                    <Line key={one.id} incident={one} now={now} />
                  ))}
                </ul>
              ) : (
                <p className="incs-n">
                  {release.listNone} {release.listNoneWhy}
                </p>
              )}
            </>
          )}
          {closed.length > 0 ? (
            <>
              <h2 className="lg">{text.closed}</h2>
              <ul className="over">
                {closed.slice(0, SHOWN).map((one) => (
                  <Line key={one.id} incident={one} now={now} />
                ))}
              </ul>
            </>
          ) : null}
          {ended.length > 0 ? (
            <>
              <h2 className="lg">{release.listEnded}</h2>
              <ul>
                {ended.slice(0, SHOWN).map((one) => (
                  <Line key={one.id} incident={one} now={now} />
                ))}
              </ul>
            </>
          ) : null}
          {words !== '' && open.length + releases.length + over.length === 0 ? (
            <p className="incs-n">{text.nothing(find.trim())}</p>
          ) : null}
        </div>
      </Pane>
    </main>
  );
}
