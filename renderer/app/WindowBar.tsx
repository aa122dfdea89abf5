// The window bar: brand, pages, the palette's door, the two clocks.
import { ui } from '../../shared/text/ui.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { dayShort, duration, hms, local } from '../../shared/time/format.ts';
import { Icon } from '../components/Icon.tsx';
import { Keys } from '../components/Kbd.tsx';
import { Mark } from '../components/St.tsx';
import { views } from '../views/registry.ts';
import { openPalette } from './open.tsx';
import { routeHash, VIEW_IDS } from './route.ts';
import { useApp, useNav, useNow, useRoute, useServices, useZone } from './services.ts';

function Clocks() {
  const now = useNow();
  const [time, zone] = local(now, useZone()).split(' ');
  // A recording has a clock of its own; nobody can say that it is wrong.
  const off = useApp((app) => (app?.replay ? null : (app?.clockOff ?? null)));
  const replay = useApp((app) => app?.replay ?? null);
  return (
    <div className="clocks" role="timer" aria-label={ui.clocks} aria-live="off">
      <div className="ck ck-local">
        <span className="ck-l">{time}</span>
        <span className="lg">{zone}</span>
      </div>
      <div className="ck ck-utc">
        <time className="ck-u" dateTime={toInstant(now)} title={toInstant(now)}>
          {hms(now)}
          {off === null ? null : <span className="ck-q">?</span>}
        </time>
        {off === null ? null : (
          <span className="lg ck-off" role="status">
            {ui.clockOff(duration(Math.abs(off)), off > 0)}
          </span>
        )}
        <span className="lg">
          {replay === null ? ui.utc : replay.room === undefined ? ui.recorded : ui.rehearsed}
          <br />
          {dayShort(now)}
        </span>
      </div>
    </div>
  );
}

export function WindowBar() {
  const services = useServices();
  const nav = useNav();
  const route = useRoute();
  return (
    <header className="bar">
      <a
        className="brand"
        href={routeHash({ view: 'board', params: {} })}
        onClick={(event) => {
          event.preventDefault();
          nav.go('board');
        }}
      >
        <Mark />
        <span>{ui.product}</span>
      </a>
      <nav className="nav" aria-label={ui.mainNav}>
        {VIEW_IDS.filter((id) => views[id].digit !== null).map((id) => (
          <a
            key={id}
            href={routeHash({ view: id, params: {} })}
            aria-current={route.view === id ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              nav.go(id);
            }}
          >
            {views[id].label}
            <kbd>Ctrl {views[id].digit}</kbd>
          </a>
        ))}
      </nav>
      <button type="button" className="cmdk" onClick={() => openPalette(services)}>
        <Icon name="search" />
        <span>
          <span className="lo">{ui.search}</span>
          <span className="sh">{ui.searchShort}</span>
        </span>
        <Keys keys="Ctrl K" />
      </button>
      <Clocks />
    </header>
  );
}
