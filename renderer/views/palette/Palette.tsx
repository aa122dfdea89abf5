// The palette: everything that can be done here and everything that can be gone to, by its words. It says what each will ask.
import { Fragment, useEffect, useId, useMemo, useRef, useState } from 'react';
import { ui } from '../../../shared/text/ui.ts';
import { Dialog } from '../../app/dialogs.tsx';
import { useServices } from '../../app/services.ts';
import { Icon } from '../../components/Icon.tsx';
import { Kbd, Keys } from '../../components/Kbd.tsx';
import { St } from '../../components/St.tsx';
import { pieces, queryWords, search } from './search.ts';
import { useRunbookCommands } from './use-runbooks.ts';

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return (
    <>
      {pieces(text, words).map((piece, i) =>
        i % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one string, in order
          <mark key={i}>{piece}</mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one string, in order
          <Fragment key={i}>{piece}</Fragment>
        ),
      )}
    </>
  );
}

export function Palette({ onClose }: { onClose: () => void }) {
  const { commands, panes } = useServices();
  const [all] = useState(() => {
    const seen = new Set<string>();
    return commands
      .active(panes.getState().active)
      .map(({ command }) => command)
      .filter((c) => !c.keyOnly && !seen.has(c.id) && seen.add(c.id));
  });
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const books = useRunbookCommands(query);
  const groups = useMemo(() => search([...all, ...books], query), [all, books, query]);
  const flat = useMemo(() => groups.flatMap((g) => g.items), [groups]);
  const words = queryWords(query);
  const index = Math.min(at, Math.max(0, flat.length - 1));
  const chosen = flat[index];

  // biome-ignore lint/correctness/useExhaustiveDependencies: keeps the chosen row in sight after each move
  useEffect(() => {
    list.current?.querySelector('.sel')?.scrollIntoView({ block: 'nearest' });
  }, [index, groups]);

  const run = (command: (typeof all)[number] | undefined): void => {
    if (!command) return;
    onClose();
    // After the page has the focus back, so that a dialog opened now returns it there.
    requestAnimationFrame(() => requestAnimationFrame(() => command.run()));
  };
  let n = -1;
  return (
    <Dialog className="pal" label={ui.palette} onClose={onClose}>
      <div className="pal-i">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${base}l`}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${base}${index}` : undefined}
          aria-label={ui.search}
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder={ui.search}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            const step =
              event.key === 'ArrowDown'
                ? 1
                : event.key === 'ArrowUp'
                  ? -1
                  : event.key === 'PageDown'
                    ? 8
                    : event.key === 'PageUp'
                      ? -8
                      : 0;
            if (step && flat.length) {
              event.preventDefault();
              setAt(
                Math.abs(step) === 1
                  ? (index + step + flat.length) % flat.length
                  : Math.max(0, Math.min(flat.length - 1, index + step)),
              );
            } else if (event.key === 'Enter') {
              event.preventDefault();
              run(chosen);
            }
          }}
        />
        <Keys keys="Esc" />
      </div>
      <div className="pal-l" id={`${base}l`} role="listbox" aria-label={ui.results} ref={list}>
        {groups.map((group) => (
          <div role="group" aria-label={group.group} key={group.group}>
            <h3 className="lg" role="presentation">
              {group.group}
            </h3>
            {group.items.map((command) => {
              n += 1;
              const i = n;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox above
                <div
                  key={command.id}
                  id={`${base}${i}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={i === index}
                  className={i === index ? 'pal-o sel' : 'pal-o'}
                  onPointerMove={() => setAt(i)}
                  onClick={() => run(command)}
                >
                  <span className="pg-g">
                    {command.glyph ? (
                      <St kind={command.glyph} />
                    ) : command.icon ? (
                      <Icon name={command.icon} />
                    ) : null}
                  </span>
                  <span className="pg-t">
                    <Marked text={command.title} words={words} />
                  </span>
                  <span className="pg-d">{command.detail}</span>
                  {command.keys?.[0] ? <Keys keys={command.keys[0]} /> : <span />}
                </div>
              );
            })}
          </div>
        ))}
        {flat.length === 0 ? (
          <div className="none" role="presentation">
            <p>{ui.paletteEmpty(query)}</p>
            <p>{ui.paletteEmptyWay}</p>
          </div>
        ) : null}
      </div>
      <p className="pal-f">
        <span>
          <Kbd keys="Up Down" /> {ui.paletteMove}
        </span>
        <span>
          <Kbd keys="Enter" /> {ui.paletteChoose}
        </span>
        <span className="r" role="status">
          {query ? `${flat.length} ${ui.results.toLowerCase()}` : ''}
        </span>
      </p>
    </Dialog>
  );
}
