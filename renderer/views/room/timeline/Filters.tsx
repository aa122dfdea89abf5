// Which rows are listed: by kind, by words, with or without retracted ones. Counts come from main.
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { FILTERS } from '../../../../shared/incident/words.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { useCommands } from '../../../app/commands.ts';
import { Icon } from '../../../components/Icon.tsx';
import { useRoom, useRows } from '../session.ts';

const text = room.timeline;
/** Typing waits this long before the list is read anew, in milliseconds. */
const PAUSE = 150;

export function Filters() {
  const { session } = useRoom();
  const filter = useStore(session.filter);
  const { counts } = useRows().state();
  const [typed, setTyped] = useState(filter.find);
  const [wide, setWide] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const held = useRef(counts);
  if (Object.keys(counts).length) held.current = counts;

  useEffect(() => {
    const timer = setTimeout(() => {
      const find = typed.trim();
      if (find !== session.filter.getState().find) session.filter.setState({ find });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, session]);
  useEffect(() => {
    if (wide) field.current?.focus();
  }, [wide]);
  // Cleared from elsewhere ("Show all entries").
  useEffect(() => {
    if (filter.find === '') setTyped('');
  }, [filter.find]);

  const find = (): void => {
    setWide(true);
    field.current?.focus();
    field.current?.select();
  };
  useCommands('view', [
    {
      id: 'room.find',
      title: room.keys.find,
      keys: ['/'],
      group: room.keys.timeline,
      icon: 'search',
      run: find,
    },
  ]);

  return (
    <div className="filt" role="toolbar" aria-label={text.filter}>
      {FILTERS.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={filter.only === name}
          onClick={() => session.filter.setState({ only: name })}
        >
          {text.names[name]}
          <span className="n">{held.current[name] ?? ''}</span>
        </button>
      ))}
      <span className={wide || typed ? 'find open' : 'find'}>
        <button type="button" className="find-b" aria-label={text.findLabel} tabIndex={-1} onClick={find}>
          <Icon name="search" />
        </button>
        <input
          ref={field}
          type="search"
          placeholder={text.find}
          aria-label={text.findLabel}
          maxLength={400}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => setWide(false)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && typed !== '') {
              event.preventDefault();
              event.stopPropagation();
              setTyped('');
            }
          }}
        />
        <kbd>/</kbd>
      </span>
    </div>
  );
}
