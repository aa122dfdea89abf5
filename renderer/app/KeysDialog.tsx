// All keys that act now, read from the same list that the router asks.
import { useId, useMemo } from 'react';
import { ui } from '../../shared/text/ui.ts';
import { Keys } from '../components/Kbd.tsx';
import type { Command } from './command-list.ts';
import { Dialog } from './dialogs.tsx';
import { useServices } from './services.ts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { commands, panes } = useServices();
  const heading = useId();
  const groups = useMemo(() => {
    const paneNames = new Map(
      [...document.querySelectorAll<HTMLElement>('[data-pane]')].map((p) => [
        p.dataset.pane,
        p.dataset.paneLabel,
      ]),
    );
    const found = new Map<string, Command[]>();
    // A page may answer a key of the window in its own way; it is listed once, under Everywhere.
    const windowIds = new Set(
      commands.active(null).flatMap(({ scope, command }) => (scope === 'global' ? [command.id] : [])),
    );
    const seen = new Set<string>();
    for (const pane of [panes.getState().active, ...paneNames.keys()]) {
      for (const { scope, command } of commands.active(pane ?? null)) {
        if (!command.keys?.length || seen.has(`${scope} ${command.id}`)) continue;
        if (scope !== 'global' && windowIds.has(command.id)) continue;
        seen.add(`${scope} ${command.id}`);
        const name =
          scope === 'global'
            ? ui.everywhere
            : scope === 'view'
              ? ui.onThisPage
              : (paneNames.get(scope.slice(5)) ?? scope.slice(5));
        found.set(name, [...(found.get(name) ?? []), command]);
      }
    }
    return [...found].sort(([a], [b]) => Number(a === ui.everywhere) - Number(b === ui.everywhere));
  }, [commands, panes]);
  return (
    <Dialog className="keys-d" labelledBy={heading} onClose={onClose}>
      <header className="dec-h">
        <h2 id={heading}>{ui.keysTitleDialog}</h2>
        <button type="button" className="btn quiet r" onClick={onClose}>
          <span>{ui.close}</span>
          <Keys keys="Esc" />
        </button>
      </header>
      <div className="keys-b" tabIndex={0} role="region" aria-label={ui.allKeys}>
        {groups.map(([name, list]) => (
          <section key={name}>
            <h3 className="lg">{name}</h3>
            <dl>
              {list.map((command) => (
                <div key={command.id}>
                  <dt>
                    <Keys keys={command.keys ?? []} />
                    <span className="vh">{command.keys?.join(', ')}</span>
                  </dt>
                  <dd>{command.title}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="pal-f">{ui.keysMove}</p>
    </Dialog>
  );
}
