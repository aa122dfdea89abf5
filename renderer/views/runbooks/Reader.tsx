// One runbook, as written: its head, its outline, its text with the values filled in. Links open runbooks here, https outside, nothing else.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RunbookDocument } from '../../../shared/contract/library.ts';
import { placeholders } from '../../../shared/runbook/variables.ts';
import { runbooks } from '../../../shared/text/runbooks-ui.ts';
import { useCommands } from '../../app/commands.ts';
import { useClient, useServices } from '../../app/services.ts';
import { copyText } from '../../components/copy.ts';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { SafeHtml } from '../../components/SafeHtml.tsx';
import { St } from '../../components/St.tsx';
import { type BuildOptions, type Link, partId, resolvePath } from '../../components/safe-html.ts';
import { isPlanBook } from '../plan/StartFromRunbook.tsx';
import { planMeta } from './meta.ts';

/** Heads of a document shown at once; the rest is in the outline and the text. */
const META = 6;

function fillText(
  document_: Pick<RunbookDocument, 'variables'>,
  values: Readonly<Record<string, string>>,
): BuildOptions['text'] {
  const known = new Set(document_.variables.map((one) => one.name));
  return (text, inCode, make) => {
    if (known.size === 0) return make.createTextNode(text);
    const found = placeholders(text, inCode).filter((one) => known.has(one.name));
    if (found.length === 0) return make.createTextNode(text);
    const out = make.createDocumentFragment();
    let at = 0;
    for (const one of found) {
      if (one.from < at) continue;
      out.append(text.slice(at, one.from));
      const value = values[one.name] ?? '';
      const mark = make.createElement('span');
      mark.className = value === '' ? 'var unset' : 'var';
      mark.title = one.name;
      mark.textContent = value === '' ? one.form : value;
      out.append(mark);
      at = one.to;
    }
    out.append(text.slice(at));
    return out;
  };
}

export function Reader(props: {
  readonly book: RunbookDocument;
  readonly values: Readonly<Record<string, string>>;
  readonly onOpen: (folder: string, path: string) => void;
}) {
  const { book, values } = props;
  const client = useClient();
  const { announce } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another document begins at its top
  useEffect(() => {
    scroller.current?.closest('.rd')?.scrollTo(0, 0);
    setProblem(null);
    setSaid(null);
  }, [book.folder, book.path]);

  const isPlan = isPlanBook(book);
  const meta = book.meta
    .filter((one) => !/^(?:title|owner|tags)$/i.test(one.name))
    .flatMap(({ name, value }) => {
      const shown = isPlan ? planMeta(name, value) : value;
      return shown === null ? [] : [{ name, value: shown }];
    });
  const options = useMemo<BuildOptions>(
    () => ({
      skipTitle: book.title,
      text: fillText(book, values),
      linkTitle: (link, href) =>
        link === null
          ? runbooks.linkDead(href)
          : link.kind === 'web'
            ? runbooks.linkOutside(link.url)
            : link.kind === 'runbook'
              ? link.path
              : href,
      code(pre, make) {
        const box = make.createElement('div');
        box.className = 'code';
        const button = make.createElement('button');
        button.type = 'button';
        button.className = 'btn quiet tiny';
        button.dataset.copy = '';
        button.textContent = runbooks.copy;
        const cap = make.createElement('kbd');
        cap.textContent = 'Y';
        button.append(cap);
        box.append(pre, button);
        return box;
      },
    }),
    [book, values],
  );

  const goTo = (id: string): void => {
    document.getElementById(partId(id))?.scrollIntoView({ block: 'start' });
  };
  const follow = async (link: Link): Promise<void> => {
    if (link.kind === 'part') return goTo(link.id);
    if (link.kind === 'web') {
      const answer = await client.call('app.openExternal', { url: link.url });
      return setProblem(answer.ok ? null : `${runbooks.linkFailed} ${answer.error.message}`);
    }
    const path = link.folder === null ? resolvePath(book.path, link.path) : link.path;
    if (path === null) return setProblem(runbooks.linkDead(link.path));
    props.onOpen(link.folder ?? book.folder, path);
  };
  const copy = useCallback(
    async (command: string): Promise<void> => {
      const taken = await copyText(command.replace(/\n$/, ''));
      const missing = book.variables
        .filter((one) => (values[one.name] ?? '') === '' && command.includes(one.form))
        .map((one) => one.name);
      const words = !taken
        ? runbooks.copyFailed
        : missing.length > 0
          ? runbooks.copyNeeds(missing)
          : runbooks.copied;
      setSaid(words);
      announce.status(words);
    },
    [book.variables, values, announce],
  );
  /** The block that has the focus, else the first that is seen whole or in part. */
  const copyInView = (): void => {
    const blocks = [...(scroller.current?.querySelectorAll<HTMLElement>('.code pre') ?? [])];
    const focused = blocks.find((one) => one.parentElement?.contains(document.activeElement));
    const seen = blocks.find((one) => {
      const box = one.getBoundingClientRect();
      return box.bottom > 160 && box.top < window.innerHeight - 40;
    });
    const block = focused ?? seen;
    if (block) void copy(block.textContent ?? '');
  };
  useCommands('pane:runbooks.reader', () => [
    {
      id: 'rb.copy',
      title: runbooks.keys.copy,
      keys: ['Y'],
      group: runbooks.keys.group,
      icon: 'copy',
      run: copyInView,
    },
  ]);

  return (
    <Pane id="runbooks.reader" label={runbooks.reader} className="pane rd">
      <header className="rd-h">
        <p className="mono dim">{book.path}</p>
        <h1 id="rb-t">{book.title}</h1>
        <dl className="meta">
          <div>
            <dt>{runbooks.ownerTerm}</dt>
            <dd>{book.owner || runbooks.ownerless}</dd>
          </div>
          {meta.slice(0, META).map((one) => (
            <div key={one.name} className={one.name === 'change' ? 'wide' : undefined}>
              <dt>{one.name}</dt>
              <dd title={one.value}>{one.value}</dd>
            </div>
          ))}
          {book.tags.length > 0 ? (
            <div>
              <dt>{runbooks.tagsTerm}</dt>
              <dd>{book.tags.slice(0, 8).join(', ')}</dd>
            </div>
          ) : null}
          <div>
            <dt>{runbooks.revision}</dt>
            <dd className="mono">{book.revision.slice(0, 10)}</dd>
          </div>
        </dl>
        {book.problems.length > 0 ? (
          <div className="rd-p">
            <p className="near">
              <St kind="held" /> {runbooks.problems}
            </p>
            <ul>
              {book.problems.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
        ) : null}
        {book.outline.length > 2 ? (
          <details className="rd-o">
            <summary>{runbooks.outline(book.outline.length)}</summary>
            <ol>
              {book.outline.map((one) => (
                <li key={one.anchor} className={`o-${Math.min(one.level, 4)}`}>
                  <button type="button" className="fold" onClick={() => goTo(one.anchor)}>
                    {one.text}
                  </button>
                </li>
              ))}
            </ol>
          </details>
        ) : null}
      </header>
      <div className="rd-s" ref={scroller}>
        <Problem text={problem} className="rd-e" />
        {said !== null ? <p className="rd-c fine">{said}</p> : null}
        <SafeHtml
          className="rd-b"
          html={book.html}
          options={options}
          onLink={(link) => void follow(link)}
          onCopy={(command) => void copy(command)}
        />
        {book.truncated ? <p className="rd-e near">{runbooks.truncated}</p> : null}
      </div>
    </Pane>
  );
}
