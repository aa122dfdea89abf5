// The status line: where the data is and when it was last saved, what is not there, who has the keys, who sits here.

import { useStore } from 'zustand';
import { THEME_WORD, ui } from '../../shared/text/ui.ts';
import { fromInstant } from '../../shared/time/clock.ts';
import { inSentence, sameDay, utc } from '../../shared/time/format.ts';
import { Icon } from '../components/Icon.tsx';
import { Kbd } from '../components/Kbd.tsx';
import { St } from '../components/St.tsx';
import { openKeys, openName } from './open.tsx';
import { useApp, useBoard, useClient, useNow, useServices } from './services.ts';
import { nextTheme } from './theme.ts';

/** `1 284`: thousands apart by a thin, non-breaking space. */
const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u00a0');

function Journal() {
  const journal = useApp((app) => app?.journal ?? null);
  const path = useApp((app) => app?.profile.path ?? '');
  // The time of saving is real time, also while a recording is replayed.
  const now = useApp((app) => app?.now ?? null);
  if (!journal) return <li>{ui.loading}</li>;
  if (!journal.writable) {
    return (
      <li className="bad">
        <St kind="failed" />
        <span>{ui.readOnly}</span>
      </li>
    );
  }
  const saved = journal.savedAt ? fromInstant(journal.savedAt) : null;
  const when =
    saved === null
      ? null
      : now && sameDay(saved, fromInstant(now))
        ? ui.saved(utc(saved))
        : ui.savedDay(inSentence(saved, now ? fromInstant(now) : saved));
  return (
    <li title={path}>
      <St kind="done" />
      <span>
        {ui.journalOn}
        <span className="lo">
          , {journal.entries ? ui.entries(grouped(journal.entries), journal.entries === 1) : ui.empty}
        </span>
        {when ? `, ${when}` : ''}
      </span>
    </li>
  );
}

function Offline() {
  const offline = useBoard((board) => board?.offline ?? null);
  const now = useNow();
  if (!offline) return null;
  return (
    <li title={offline.text}>
      <Icon name="unplug" />
      <span>{ui.offline(inSentence(fromInstant(offline.since), now))}</span>
    </li>
  );
}

export function StatusLine() {
  const services = useServices();
  const client = useClient();
  const person = useApp((app) => app?.person?.name ?? null);
  const theme = useApp((app) => app?.settings.theme ?? 'night');
  const profile = useApp((app) => app?.profile ?? null);
  const pane = useStore(services.panes, (s) => s.label);
  return (
    <footer className="foot">
      <ul className="fl">
        <Journal />
        <Offline />
        {profile?.temporary ? (
          <li>
            <Icon name="hard-drive" />
            <span>{ui.temporary}</span>
          </li>
        ) : null}
        {profile && !profile.owner ? (
          <li title={ui.notOwner}>
            <Icon name="hard-drive" />
            <span className="cut">{ui.notOwner}</span>
          </li>
        ) : null}
      </ul>
      <ul className="fl fr">
        {pane ? (
          <li className="kp" title={ui.keysTitle}>
            <span>
              {ui.keysLabel} <b>{pane}</b>
            </span>
            <Kbd keys="F6" />
          </li>
        ) : null}
        <li className="who">
          <button type="button" className="ft" onClick={() => openName(services)} title={ui.setName}>
            {person ?? ui.noName}
          </button>
        </li>
        <li>
          <button
            type="button"
            className="ft"
            title={ui.cmd.theme}
            onClick={() => void client.call('app.setSettings', { theme: nextTheme(theme) })}
          >
            {THEME_WORD[theme]}
            <span className="keys lo">
              <Kbd keys="Ctrl Shift L" />
            </span>
          </button>
        </li>
        <li>
          <button type="button" className="ft" onClick={() => openKeys(services)}>
            {ui.allKeys}
            <Kbd keys="?" />
          </button>
        </li>
      </ul>
    </footer>
  );
}
