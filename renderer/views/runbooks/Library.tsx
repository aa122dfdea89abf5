// The list of runbooks: filter, folders, and a virtual list of thousands with one selected. Moving never opens; Enter does.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import type { RunbookLine } from '../../../shared/contract/library.ts';
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { useCommands } from '../../app/commands.ts';
import { useDialogs } from '../../app/dialogs.tsx';
import { useApp, useClient, useNow, useServices } from '../../app/services.ts';
import { Ask } from '../../components/Ask.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Kbd } from '../../components/Kbd.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { St } from '../../components/St.tsx';
import { Time } from '../../components/Time.tsx';
import { filterRunbooks, marked, wordsOf } from './filter.ts';

type Listing = Output<'library.list'>;
const keys = runbooks.keys;
const thousands = (n: number): string => n.toLocaleString('en-US').replaceAll(',', '\u00a0');

export const sameBook = (
  a: { folder: string; path: string } | null,
  b: { folder: string; path: string },
): boolean => a !== null && a.folder === b.folder && a.path === b.path;

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  let at = 0;
  return (
    <>
      {marked(text, words).map((piece) => {
        const key = at;
        at += piece.text.length;
        return piece.hit ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
      })}
    </>
  );
}

/** Adds a folder: through the host's dialog where there is one, else by its path. */
export function AddFolder({ first }: { first: boolean }) {
  const client = useClient();
  const dialogs = useApp((app) => app?.host.capabilities.dialogs ?? false);
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async (typed: string | null): Promise<void> => {
    setBusy(true);
    const answer = await client.call('library.addFolder', { path: typed });
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok) setPath('');
  };
  return (
    <div className="lib-add">
      {dialogs ? (
        <Button look={first ? 'key' : 'plain'} icon="folder-open" busy={busy} onPress={() => void add(null)}>
          {runbooks.chooseFolder}
        </Button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim() !== '') void add(path.trim());
          }}
        >
          <label>
            <span className="lg">{runbooks.none.path}</span>
            <input
              className="inp mono"
              value={path}
              placeholder={runbooks.none.placeholder}
              maxLength={4096}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setPath(event.target.value)}
            />
          </label>
          <Button
            type="submit"
            look={first ? 'key' : 'tiny'}
            busy={busy}
            blocked={path.trim() === '' ? runbooks.none.needed : null}
          >
            {runbooks.none.add}
          </Button>
        </form>
      )}
      <Problem text={problem} />
    </div>
  );
}

function Folders({ folders }: { folders: Listing['folders'] }) {
  const client = useClient();
  const dialogs = useDialogs();
  const now = useNow();
  const { announce } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const remove = (folder: Listing['folders'][number]): void => {
    dialogs.open((close) => (
      <Ask
        title={runbooks.removeTitle}
        effect={runbooks.removeEffect(folder.path)}
        yes={runbooks.removeYes}
        onClose={close}
        onYes={() => client.call('library.removeFolder', { folder: folder.id })}
      />
    ));
  };
  const refresh = async (): Promise<void> => {
    const answer = await client.call('library.refresh', {});
    setProblem(answer.ok ? null : answer.error.message);
    if (answer.ok) announce.status(runbooks.refreshed);
  };
  return (
    <details className="lib-f" open={folders.some((one) => one.problem !== null) || undefined}>
      <summary>
        {runbooks.folders}
        <span className="n">{folders.length}</span>
        {folders.some((one) => one.problem) ? <St kind="failed" label={runbooks.problem} /> : null}
      </summary>
      <ul>
        {folders.map((one) => (
          <li key={one.id}>
            <p>
              <span className="mono" title={one.path}>
                {one.path}
              </span>
              <button
                type="button"
                className="occ-x"
                aria-label={runbooks.removeFolder(one.path)}
                title={runbooks.removeFolder(one.path)}
                onClick={() => remove(one)}
              >
                <Icon name="x" />
              </button>
            </p>
            <p className="dim">
              {runbooks.files(one.files)}
              {one.readAt ? (
                <>
                  , {runbooks.readAt} <Time at={one.readAt} show="day" now={now} />
                </>
              ) : null}
            </p>
            {one.problem ? <Problem text={one.problem} /> : null}
            {one.withoutOwner > 0 ? <p className="dim">{runbooks.noOwner(one.withoutOwner)}</p> : null}
          </li>
        ))}
      </ul>
      <div className="lib-fa">
        <Button look="tiny" icon="refresh-cw" onPress={() => void refresh()}>
          {runbooks.refresh}
        </Button>
      </div>
      <AddFolder first={false} />
      <Problem text={problem} />
    </details>
  );
}

function Item({ line, words }: { line: RunbookLine; words: readonly string[] }) {
  return (
    <>
      <b>
        <Marked text={line.title} words={words} />
      </b>
      <span className="mono">
        <Marked text={line.path} words={words} />
      </span>
      {line.problem ? (
        <span className="near">
          <St kind="held" /> {runbooks.problem}
        </span>
      ) : (
        <span className="dim">
          {line.owner ? <Marked text={line.owner} words={words} /> : runbooks.ownerless},{' '}
          {runbooks.steps(line.steps)}
          {words.length > 0 && line.tags.length > 0 ? (
            <>
              , <Marked text={line.tags.join(', ')} words={words} />
            </>
          ) : null}
        </span>
      )}
    </>
  );
}

export function Library(props: {
  readonly listing: Listing;
  readonly open: { folder: string; path: string } | null;
  readonly onOpen: (line: RunbookLine) => void;
}) {
  const [typed, setTyped] = useState('');
  const words = useMemo(() => wordsOf(typed), [typed]);
  const lines = useMemo(() => filterRunbooks(props.listing.runbooks, typed), [props.listing.runbooks, typed]);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      lines.findIndex((one) => sameBook(props.open, one)),
    ),
  );
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const cursor = Math.min(at, lines.length - 1);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 62,
    overscan: 6,
    getItemKey: (index) => `${lines[index]?.folder} ${lines[index]?.path}`,
  });
  const folders = props.listing.folders;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first hit is selected when the words change
  useEffect(() => {
    if (words.length > 0) {
      setAt(0);
      virtual.scrollToOffset(0);
    }
  }, [words]);
  const move = (by: number): void => {
    const to = Math.min(lines.length - 1, Math.max(0, cursor + by));
    setAt(to);
    if (to >= 0) virtual.scrollToIndex(to, { align: 'auto' });
  };
  const open = (): void => {
    const line = lines[cursor];
    if (line) props.onOpen(line);
  };
  const group = keys.group;
  useCommands('pane:runbooks.list', () => [
    {
      id: 'rb.down',
      title: keys.down,
      keys: ['J', 'Down'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(1),
    },
    {
      id: 'rb.up',
      title: keys.up,
      keys: ['K', 'Up'],
      group,
      keyOnly: true,
      repeats: true,
      run: () => move(-1),
    },
    { id: 'rb.open', title: keys.open, keys: ['Enter'], group, keyOnly: true, run: open },
  ]);
  useCommands('view', () => [
    {
      id: 'rb.find',
      title: keys.find,
      keys: ['/'],
      group,
      icon: 'search',
      run: () => {
        field.current?.focus();
        field.current?.select();
      },
    },
  ]);
  return (
    <Pane id="runbooks.list" label={runbooks.list} as="aside" className="pane lib">
      <div className="lib-s">
        <span className="find wide">
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            value={typed}
            placeholder={runbooks.filter}
            aria-label={runbooks.filterLabel}
            aria-controls="rb-list"
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
              if (by) {
                event.preventDefault();
                move(by);
              } else if (event.key === 'Enter' && !event.ctrlKey) {
                event.preventDefault();
                open();
              } else if (event.key === 'Escape' && typed !== '') {
                event.preventDefault();
                event.stopPropagation();
                setTyped('');
              }
            }}
          />
          <kbd>/</kbd>
        </span>
        <p className="dim" role="status">
          {runbooks.count(thousands(lines.length), thousands(props.listing.runbooks.length))}.{' '}
          {runbooks.onDisk}
        </p>
      </div>
      <div
        className="lib-b"
        ref={scroller}
        role="listbox"
        id="rb-list"
        tabIndex={0}
        data-pane-focus=""
        aria-label={runbooks.results}
        aria-activedescendant={lines[cursor] ? `rb-o-${cursor}` : undefined}
      >
        {lines.length === 0 ? <p className="none">{runbooks.nothing(typed.trim())}</p> : null}
        <div className="virtual-in" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (!line) return null;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
              <div
                key={item.key}
                id={`rb-o-${item.index}`}
                data-index={item.index}
                ref={virtual.measureElement}
                role="option"
                tabIndex={-1}
                aria-selected={item.index === cursor}
                aria-posinset={item.index + 1}
                aria-setsize={lines.length}
                className={[
                  'lib-i',
                  item.index === cursor ? 'sel' : '',
                  sameBook(props.open, line) ? 'is-open' : '',
                ]
                  .filter(Boolean)
                  .join(' ')}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => {
                  setAt(item.index);
                  props.onOpen(line);
                }}
              >
                <Item line={line} words={words} />
              </div>
            );
          })}
        </div>
      </div>
      <Folders folders={folders} />
      <p className="lib-k" aria-hidden="true">
        <Kbd keys="J K" /> {runbooks.move} <Kbd keys="Enter" /> {runbooks.open}{' '}
        <span className="lo">
          <Kbd keys="Ctrl Enter" /> {runbooks.startKey}
        </span>
      </p>
      <span className="vh">{ui.page.runbooks}</span>
    </Pane>
  );
}
