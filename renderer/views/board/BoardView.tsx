// The board: what is broken, in which regions, who says so, and what changed. It decides nothing; main judged it.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Board } from '../../../shared/contract/health.ts';
import { board as words } from '../../../shared/text/board.ts';
import { NOTHING_REPORTED, STATE_WORD, stateWord, ui } from '../../../shared/text/ui.ts';
import { openDeclare } from '../../app/actions.tsx';
import { type Command, useCommands } from '../../app/commands.ts';
import { focusPane } from '../../app/panes.ts';
import { useBoard, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { type Glyph, S, stateGlyph } from '../../components/St.tsx';
import { useCall } from '../../state/use-call.ts';
import { FeedList } from '../feeds/FeedList.tsx';
import type { ViewProps } from '../registry.ts';
import { CellPanel } from './CellPanel.tsx';
import { Glance } from './Glance.tsx';
import { Inspector } from './Inspector.tsx';
import { Matrix } from './Matrix.tsx';
import { isTrouble } from './marks.ts';
import { Signals } from './Signals.tsx';
import { ELSEWHERE, find, type Place, worstPlace } from './selection.ts';

const LEGEND: readonly (readonly [Glyph, string])[] = [
  ['ok', STATE_WORD.operational],
  ['nr', NOTHING_REPORTED],
  ['maint', STATE_WORD.maintenance],
  ['degraded', STATE_WORD.degraded],
  ['partial', STATE_WORD['partial-outage']],
  ['outage', STATE_WORD['major-outage']],
  ['stale', 'Stale'],
  ['unknown', STATE_WORD.unknown],
];

/** Cells with trouble, so that the palette finds them by name. */
const cellCommands = (board: Board, go: (place: Place) => void): Command[] =>
  board.rows.flatMap((row) =>
    row.cells.flatMap((cell, i) => {
      const column = board.columns[i];
      if (!cell || !column) return [];
      return [
        {
          id: `cell.${row.provider}.${column.key}`,
          title: `${row.name} ${cell.region}`,
          detail: `${stateWord(cell.state, cell.basis)}${cell.services.length ? `, ${cell.services.join(', ')}` : ''}`,
          group: words.regions,
          glyph: stateGlyph(cell.state, cell.basis),
          foundOnly: !isTrouble(cell.state),
          run: () => go({ provider: row.provider, column: column.key }),
        },
      ];
    }),
  );

function Loaded({ board }: { board: Board }) {
  const services = useServices();
  const { panes, nav } = services;
  const [place, setPlace] = useState<Place | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [marked, setMarked] = useState<readonly string[]>([]);
  // Until a person chooses, the worst cell is the one looked at.
  const at = place && find(board, place) ? place : worstPlace(board);
  const found = find(board, at);
  const region =
    found?.kind === 'cell'
      ? found.cell.region
      : found?.kind === 'span'
        ? 'global'
        : found?.kind === 'elsewhere'
          ? opened
          : null;
  const asked = useCall(
    'health.cell',
    found && region !== null ? { provider: found.row.provider, region } : null,
    board.rev,
    80,
  );
  const move = (to: Place): void => {
    setPlace(to);
    setOpened(null);
  };
  const go = (to: Place): void => {
    move(to);
    requestAnimationFrame(() => focusPane(panes, 'board.matrix'));
  };
  useCommands('view', () => [
    // The window's own D, with the signals that were marked here.
    {
      id: 'declare',
      title: ui.cmd.declare,
      detail: marked.length ? words.taken(marked.length) : ui.cmd.declareAsk,
      keys: ['D'],
      group: ui.cmd.act,
      icon: 'siren',
      run: () => openDeclare(services, marked),
    },
    {
      id: 'matrix',
      title: words.regions,
      keys: ['M'],
      group: ui.cmd.goTo,
      icon: 'layout-grid',
      run: () => void focusPane(panes, 'board.matrix'),
    },
    {
      id: 'signals',
      title: words.signals,
      group: ui.cmd.goTo,
      icon: 'radio',
      run: () => void focusPane(panes, 'board.signals'),
    },
    ...cellCommands(board, go),
  ]);
  // Commands of a pane that are handled where the focus is, listed so that the keys dialog names them.
  useCommands('pane:board.matrix', [
    {
      id: 'm.move',
      title: 'Move by cell',
      keys: ['Up', 'Down', 'Left', 'Right', 'Home', 'End'],
      group: '',
      keyOnly: true,
      repeats: true,
      run: () => void focusPane(panes, 'board.matrix'),
    },
    {
      id: 'm.open',
      title: 'Services of the cell',
      keys: ['Enter'],
      group: '',
      keyOnly: true,
      run: () => void focusPane(panes, 'board.cell'),
    },
  ]);
  useCommands('pane:board.signals', [
    {
      id: 's.move',
      title: 'Next, previous signal',
      keys: ['J', 'K'],
      group: '',
      keyOnly: true,
      repeats: true,
      run: () => void focusPane(panes, 'board.signals'),
    },
    {
      id: 's.mark',
      title: words.take,
      keys: ['Space'],
      group: '',
      keyOnly: true,
      run: () => void focusPane(panes, 'board.signals'),
    },
  ]);
  return (
    <main id="main" tabIndex={-1} className="board">
      <h1 className="vh">{words.title}</h1>
      <Glance board={board} marked={marked} />
      <div className="bcols">
        <div className="bleft">
          <Pane id="board.matrix" label={words.regions} className="bmx">
            <div className="bh">
              <h2 className="ph">{words.regions}</h2>
              <ul className="legend" aria-label={words.legend}>
                {LEGEND.map(([kind, word]) => (
                  <li key={kind}>
                    <S kind={kind}>{word}</S>
                  </li>
                ))}
                {board.columns.some((c) => c.ours) ? (
                  <li className="here">
                    <i />
                    {words.weRun}
                  </li>
                ) : null}
              </ul>
            </div>
            {board.rows.length ? (
              <Matrix
                board={board}
                place={at}
                onMove={move}
                onOpen={() => {
                  setOpened(null);
                  focusPane(panes, 'board.cell');
                }}
              />
            ) : (
              <div className="none">
                <p>{words.noRows}</p>
                <p>
                  <Button onPress={() => nav.go('start')}>{words.start.title}</Button>
                </p>
              </div>
            )}
            {board.rows.length ? <Inspector found={found} detail={asked.value} /> : null}
          </Pane>
          <CellPanel
            board={board}
            found={found}
            detail={asked.value}
            error={asked.error}
            opened={at?.column === ELSEWHERE || found?.kind === 'elsewhere' ? opened : null}
            onOpenRegion={setOpened}
            onLeave={() => focusPane(panes, 'board.matrix')}
          />
        </div>
        <aside className="bright" aria-label={words.side}>
          <Signals board={board} marked={marked} onMark={setMarked} />
          <FeedList board={board} />
        </aside>
      </div>
    </main>
  );
}

export function BoardView(_props: ViewProps) {
  const services = useServices();
  const board = useBoard((b) => b);
  const error = useStore(services.board.store, (s) => s.error);
  useEffect(() => {
    if (!services.board.store.getState().value) void services.board.refresh();
  }, [services]);
  if (board) return <Loaded board={board} />;
  return (
    <main id="main" tabIndex={-1} className="whole">
      <h1 className={error ? undefined : 'vh'}>{error ? words.failed : words.title}</h1>
      {error ? (
        <>
          <Problem text={error.message} />
          <Button onPress={() => void services.board.refresh()}>{ui.tryAgain}</Button>
        </>
      ) : (
        <p className="dim">{words.reading}</p>
      )}
    </main>
  );
}
