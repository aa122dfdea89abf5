// The board: what is broken, in which regions, who says so, and what changed. It decides nothing; main judged it.
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Board } from '../../../shared/contract/health.ts';
import { board as words } from '../../../shared/text/board.ts';
import {
  cascadeWords,
  changeWords,
  mapWords,
  oursWords,
  overrideWords,
  pastWords,
} from '../../../shared/text/ours-ui.ts';
import { NOTHING_REPORTED, STATE_WORD, stateWord, ui } from '../../../shared/text/ui.ts';
import { openDeclare } from '../../app/actions.tsx';
import { type Command, useCommands } from '../../app/commands.ts';
import { focusPane } from '../../app/panes.ts';
import { useBoard, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';
import { type Glyph, S, stateGlyph } from '../../components/St.tsx';
import { useCall } from '../../state/use-call.ts';
import { FeedList } from '../feeds/FeedList.tsx';
import type { ViewProps } from '../registry.ts';
import { Cascade } from './Cascade.tsx';
import { CascadeDialog } from './CascadeDialog.tsx';
import { CellPanel } from './CellPanel.tsx';
import { Glance } from './Glance.tsx';
import { Inspector } from './Inspector.tsx';
import { type Low, LowPane, LowTabs } from './LowPane.tsx';
import { LargeMap, SmallMap, useMapPlaces } from './MapView.tsx';
import { Matrix } from './Matrix.tsx';
import { isTrouble } from './marks.ts';
import { OverrideDialog } from './OverrideDialog.tsx';
import { PastBar } from './PastBar.tsx';
import { PointsDialog } from './PointsDialog.tsx';
import { Signals } from './Signals.tsx';
import { ELSEWHERE, find, type Place, worstPlace } from './selection.ts';
import { UptimeDialog } from './UptimeDialog.tsx';
import { useOurs } from './use-ours.ts';
import { pastBoard, usePast } from './use-past.ts';
import { WhatIfDialog } from './WhatIfDialog.tsx';

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

function Legend({ board }: { board: Board }) {
  return (
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
  );
}

function Loaded({ board: live }: { board: Board }) {
  const services = useServices();
  const { panes, nav, dialogs, clock } = services;
  const [place, setPlace] = useState<Place | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [view, setView] = useState<'matrix' | 'map'>('matrix');
  const [chosen, setLow] = useState<Low | null>(null);
  const past = usePast();
  const ours = useOurs();
  const board = past.at !== null && past.answer ? pastBoard(live, past.answer) : live;
  // Until a person chooses, our services stand below where they are known, else the cell.
  const low: Low = past.at !== null ? 'cell' : (chosen ?? (ours.value?.configured ? 'ours' : 'cell'));
  // Until a person chooses, the worst cell is the one looked at.
  const at = place && find(board, place) ? place : worstPlace(board);
  const found = find(board, at);
  const map = useMapPlaces(board, found?.row.provider ?? null, past.at === null);
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
    found && region !== null && past.at === null ? { provider: found.row.provider, region } : null,
    board.rev,
    80,
  );
  const move = (to: Place): void => {
    setPlace(to);
    setOpened(null);
  };
  const toMatrix = (): void => void focusPane(panes, 'board.matrix');
  const after = (id: string) => (): void => void requestAnimationFrame(() => focusPane(panes, id));
  const go = (to: Place): void => {
    move(to);
    after('board.matrix')();
  };
  const openCell = (): void => {
    setLow('cell');
    after('board.cell')();
  };
  const showLow = (to: 'ours' | 'changes'): void => {
    setLow(to);
    past.setAt(null);
    after('board.low')();
  };
  const toggleMap = (): void => {
    setView(view === 'matrix' ? 'map' : 'matrix');
    after('board.matrix')();
  };
  const goBack = (): void => {
    if (past.at === null) past.setAt(clock.now());
  };
  const list = (): void => void dialogs.open((close) => <CascadeDialog onClose={close} />);
  const override = (): void => {
    if (!found || region === null || found.kind === 'absent' || past.at !== null) return;
    const cell = found.kind === 'cell' ? found.cell : null;
    const before =
      cell?.override ?? found.row.overrides?.find((o) => o.region === region && o.service === null) ?? null;
    dialogs.open((close) => (
      <OverrideDialog
        provider={found.row.provider}
        region={region}
        service={null}
        name={words.cellOf(found.row.name, region === 'global' ? '' : region)}
        sources={before?.sources ?? cell?.state ?? (found.kind === 'span' ? found.span.state : 'unknown')}
        before={before}
        onClose={close}
      />
    ));
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
      group: ui.cmd.goTo,
      icon: 'layout-grid',
      run: toMatrix,
    },
    { id: 'map', title: mapWords.view, keys: ['M'], group: ui.cmd.goTo, icon: 'layout-grid', run: toggleMap },
    {
      id: 'cascade',
      title: cascadeWords.list,
      keys: ['C'],
      group: ui.cmd.goTo,
      icon: 'history',
      run: list,
    },
    {
      id: 'ours',
      title: oursWords.title,
      keys: ['B'],
      group: ui.cmd.goTo,
      icon: 'layout-grid',
      run: () => showLow('ours'),
    },
    {
      id: 'changes',
      title: changeWords.title,
      group: ui.cmd.goTo,
      icon: 'history',
      run: () => showLow('changes'),
    },
    {
      id: 'ours.what-if',
      title: oursWords.whatIf,
      group: ui.cmd.goTo,
      run: () => void dialogs.open((close) => <WhatIfDialog start={null} onClose={close} />),
    },
    {
      id: 'ours.points',
      title: oursWords.points,
      detail: oursWords.pointsTitle,
      group: ui.cmd.goTo,
      run: () => void dialogs.open((close) => <PointsDialog onClose={close} />),
    },
    { id: 'past', title: pastWords.open, keys: ['H'], group: ui.cmd.goTo, icon: 'history', run: goBack },
    {
      id: 'uptime',
      title: pastWords.uptimeTitle,
      group: ui.cmd.goTo,
      icon: 'clock',
      run: () => void dialogs.open((close) => <UptimeDialog onClose={close} />),
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
      id: 'm.override',
      title: overrideWords.command,
      detail: overrideWords.ask,
      keys: ['Shift O'],
      group: ui.cmd.act,
      run: override,
    },
    {
      id: 'm.move',
      title: 'Move by cell',
      keys: ['Up', 'Down', 'Left', 'Right', 'Home', 'End'],
      group: '',
      keyOnly: true,
      repeats: true,
      run: toMatrix,
    },
    { id: 'm.open', title: 'Services of the cell', keys: ['Enter'], group: '', keyOnly: true, run: openCell },
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
  const tabs = <LowTabs low={low} onLow={(to) => (to === 'cell' ? openCell() : showLow(to))} />;
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || past.at === null) return;
    event.preventDefault();
    past.setAt(null);
    after('board.matrix')();
  };
  return (
    <main id="main" tabIndex={-1} className="board" onKeyDown={onEscape}>
      <h1 className="vh">{words.title}</h1>
      <Glance board={live} marked={marked} />
      <div className="bcols">
        <div className={past.at === null ? 'bleft' : 'bleft is-past'}>
          <Cascade board={board} onList={list} />
          <Pane id="board.matrix" label={words.regions} className="bmx">
            <div className="bh">
              <h2 className="ph">{words.regions}</h2>
              <Segment
                label={mapWords.view}
                value={view}
                options={[
                  { id: 'matrix', label: mapWords.matrix },
                  {
                    id: 'map',
                    label: (
                      <>
                        {mapWords.map}
                        <Keys keys="M" />
                      </>
                    ),
                  },
                ]}
                onChange={setView}
              />
              {past.at === null ? (
                <Button look="tiny" icon="history" keys="H" onPress={goBack} className="past-k">
                  {pastWords.title}
                </Button>
              ) : null}
              <Legend board={board} />
            </div>
            <PastBar past={past} />
            {!board.rows.length ? (
              <div className="none">
                <p>{words.noRows}</p>
                <p>
                  <Button onPress={() => nav.go('start')}>{words.start.title}</Button>
                </p>
              </div>
            ) : view === 'matrix' ? (
              <Matrix board={board} place={at} onMove={move} onOpen={openCell} />
            ) : (
              <LargeMap
                board={board}
                data={map}
                place={at}
                opened={opened}
                onPick={(to, open) => {
                  setPlace(to.place);
                  setOpened(to.elsewhere ? to.cell.region : null);
                  if (open) openCell();
                }}
              />
            )}
            {board.rows.length ? (
              <Inspector found={found} detail={asked.value} onOverride={past.at === null ? override : null} />
            ) : null}
          </Pane>
          <div className="blow">
            {low === 'cell' ? (
              <CellPanel
                board={board}
                found={found}
                detail={asked.value}
                error={asked.error}
                opened={at?.column === ELSEWHERE || found?.kind === 'elsewhere' ? opened : null}
                onOpenRegion={setOpened}
                onLeave={toMatrix}
                tabs={past.at === null ? tabs : null}
                past={past.at !== null}
              />
            ) : (
              <LowPane low={low} tabs={tabs} ours={ours} onLeave={toMatrix} />
            )}
            {view === 'matrix' && map.places.length ? <SmallMap board={board} data={map} /> : null}
          </div>
        </div>
        <aside className="bright" aria-label={words.side}>
          <Signals board={live} marked={marked} onMark={setMarked} />
          <FeedList board={live} />
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
