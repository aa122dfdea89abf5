// The list of runbooks: filter and a virtual list of thousands with one selected. Moving never opens; Enter does.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import type { RunbookLine } from '../../../shared/contract/library.ts';
import { isPlanKind } from '../../../shared/runbook/kind.ts';
import { KIND_WORD } from '../../../shared/text/plan-ui.ts';
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { useCommands } from '../../app/commands.ts';
import { Icon } from '../../components/Icon.tsx';
import { Kbd } from '../../components/Kbd.tsx';
import { Pane } from '../../components/Pane.tsx';
import { St } from '../../components/St.tsx';
import { Folders } from './Folders.tsx';
import { filterRunbooks, marked, wordsOf } from './filter.ts';

type Listing = Output<'library.list'>;
const keys = runbooks.keys;
const thousands = (n: number): string => n.toLocaleString('en-US').replaceAll(',', '\u00a0');

const sameBook = (a: { folder: string; path: string } | null, b: { folder: string; path: string }): boolean =>
  a !== null && a.folder === b.folder && a.path === b.path;

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
          {isPlanKind(line.kind) ? `${KIND_WORD[line.kind as keyof typeof KIND_WORD]}, ` : null}
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
  /** Said above the list. */
  readonly note?: ReactNode;
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
              } else if (event.key === 'Escape') {
                // First what was typed goes, then the list has the keys.
                event.preventDefault();
                event.stopPropagation();
                if (typed !== '') setTyped('');
                else scroller.current?.focus();
              }
            }}
          />
          <kbd>/</kbd>
        </span>
        <p className="dim" role="status">
          {runbooks.count(thousands(lines.length), thousands(props.listing.runbooks.length))}.{' '}
          {runbooks.onDisk}
        </p>
        {props.note}
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
