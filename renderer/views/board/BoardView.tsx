// The board: what is broken, in which regions, who says so, and what changed. It decides nothing; main judged it.
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Board } from '../../../shared/contract/health.ts';
import { board as words } from '../../../shared/text/board.ts';
import { pastMore } from '../../../shared/text/board-more.ts';
import { mapWords, pastWords } from '../../../shared/text/ours-ui.ts';
import { ui } from '../../../shared/text/ui.ts';
import { openDeclare, openPalette } from '../../app/open.tsx';
import { focusPane } from '../../app/panes.ts';
import { useBoard, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Keys } from '../../components/Kbd.tsx';
import { Pane } from '../../components/Pane.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Segment } from '../../components/Segment.tsx';
import { useCall } from '../../state/use-call.ts';
import { EventsDialog } from '../feeds/EventsDialog.tsx';
import { FeedList } from '../feeds/FeedList.tsx';
import { ProbesDialog } from '../probes/ProbesDialog.tsx';
import type { ViewProps } from '../view.ts';
import { useBoardCommands } from './board-commands.ts';
import { BoardTime } from './board-time.tsx';
import { Cascade } from './Cascade.tsx';
import { CascadeDialog } from './CascadeDialog.tsx';
import { CellPanel } from './CellPanel.tsx';
import { Glance } from './Glance.tsx';
import { Inspector } from './Inspector.tsx';
import { Legend } from './Legend.tsx';
import { type Low, LowPane, LowTabs } from './LowPane.tsx';
import { LargeMap, SmallMap, useMapPlaces } from './MapView.tsx';
import { Matrix } from './Matrix.tsx';
import { OurServiceDialog } from './OurServiceDialog.tsx';
import { OverrideDialog } from './OverrideDialog.tsx';
import { PastBar } from './PastBar.tsx';
import { PastGlance } from './PastGlance.tsx';
import { PointsDialog } from './PointsDialog.tsx';
import { Signals } from './Signals.tsx';
import { ELSEWHERE, type Found, find, type Place, worstPlace } from './selection.ts';
import { UptimeDialog } from './UptimeDialog.tsx';
import { useChanges } from './use-changes.ts';
import { useOurs } from './use-ours.ts';
import { pastBoard, usePast } from './use-past.ts';
import { WhatIfDialog } from './WhatIfDialog.tsx';

/** The region that the panel below speaks of; null: none, or the list under Elsewhere. */
const regionOf = (found: Found | null, opened: string | null): string | null =>
  found?.kind === 'cell'
    ? found.cell.region
    : found?.kind === 'span'
      ? 'global'
      : found?.kind === 'elsewhere'
        ? opened
        : null;

/** Feeds and their states are known as they are now alone. */
const PastFeeds = () => (
  <Pane id="board.feeds" label={words.feeds} className="bfd">
    <div className="bh">
      <h2 className="ph">{words.feeds}</h2>
    </div>
    <p className="none">{pastMore.feeds}</p>
  </Pane>
);

function Loaded({ board: live, from }: { board: Board; from: Place | null }) {
  const services = useServices();
  const { panes, nav, dialogs, clock } = services;
  const [place, setPlace] = useState<Place | null>(from);
  const [opened, setOpened] = useState<string | null>(null);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [view, setView] = useState<'matrix' | 'map'>('matrix');
  const [chosen, setLow] = useState<Low | null>(null);
  const past = usePast();
  const ours = useOurs();
  const isPast = past.at !== null;
  const board = isPast ? pastBoard(live, past.answer) : live;
  const changes = useChanges(board.cascade?.first?.node.at ?? null);
  // Until a person chooses, our services stand below where they are known, else the cell.
  const low: Low = isPast ? 'cell' : (chosen ?? (ours.value?.configured ? 'ours' : 'cell'));
  // Until a person chooses, the worst cell is the one looked at.
  const at = place && find(board, place) ? place : worstPlace(board);
  const found = find(board, at);
  // Without a feed there is no shape to explain and no past to go to; while the past is shown its bar stays.
  const watched = isPast || live.rows.length > 0;
  const map = useMapPlaces(board, found?.row.provider ?? null, !isPast);
  const region = regionOf(found, opened);
  const asked = useCall(
    'health.cell',
    found && region !== null && !isPast ? { provider: found.row.provider, region } : null,
    board.rev,
    80,
  );
  const toMatrix = (): void => void focusPane(panes, 'board.matrix');
  const after = (id: string) => (): void => void requestAnimationFrame(() => focusPane(panes, id));
  const move = (to: Place): void => {
    setPlace(to);
    setOpened(null);
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
  const toNow = (): void => {
    past.setAt(null);
    after('board.matrix')();
  };
  const list = (): void =>
    void dialogs.open((close) => (
      <CascadeDialog board={isPast ? board : null} changes={changes} onClose={close} />
    ));
  const override = (): void => {
    if (!found || region === null || found.kind === 'absent' || isPast) return;
    const cell = found.kind === 'cell' ? found.cell : null;
    const before =
      cell?.override ?? found.row.overrides?.find((o) => o.region === region && o.service === null) ?? null;
    dialogs.open((close) => (
      <OverrideDialog
        provider={cell?.provider ?? asked.value?.provider ?? found.row.provider}
        region={region}
        service={null}
        name={words.cellOf(found.row.name, region === 'global' ? '' : region)}
        sources={before?.sources ?? cell?.state ?? (found.kind === 'span' ? found.span.state : 'unknown')}
        before={before}
        onClose={close}
      />
    ));
  };
  useBoardCommands(board, ours.value?.services ?? [], marked.length, isPast, {
    declare: () => openDeclare(services, marked),
    go: (to) => {
      move(to);
      after('board.matrix')();
    },
    toMatrix,
    toSignals: () => void focusPane(panes, 'board.signals'),
    toggleMap: () => {
      setView(view === 'matrix' ? 'map' : 'matrix');
      after('board.matrix')();
    },
    cascade: list,
    showLow,
    whatIf: () => void dialogs.open((close) => <WhatIfDialog start={null} onClose={close} />),
    points: () => void dialogs.open((close) => <PointsDialog onClose={close} />),
    togglePast: () => (isPast ? toNow() : past.setAt(clock.now())),
    uptime: () => void dialogs.open((close) => <UptimeDialog onClose={close} />),
    probes: () => void dialogs.open((close) => <ProbesDialog start={null} onClose={close} />),
    events: () => {
      if (found && !isPast)
        dialogs.open((close) => (
          <EventsDialog provider={found.row.provider} name={found.row.name} feed={null} onClose={close} />
        ));
    },
    override,
    openCell,
    find: () => openPalette(services),
    openOurs: (name) => void dialogs.open((close) => <OurServiceDialog name={name} onClose={close} />),
  });
  const tabs = <LowTabs low={low} onLow={(to) => (to === 'cell' ? openCell() : showLow(to))} />;
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (isPast) {
      event.preventDefault();
      toNow();
    } else if (!(event.target as Element).closest('[data-pane="board.matrix"]')) {
      event.preventDefault();
      toMatrix();
    }
  };
  return (
    <BoardTime at={past.at}>
      <main id="main" tabIndex={-1} className={isPast ? 'board is-past' : 'board'} onKeyDown={onEscape}>
        <h1 className="vh">{words.title}</h1>
        {past.at === null ? (
          <Glance board={live} marked={marked} />
        ) : (
          <PastGlance live={live} then={board} past={past} at={past.at} />
        )}
        <div className="bcols">
          <div className="bleft">
            <Cascade board={board} changes={changes} onList={list} />
            <Pane id="board.matrix" label={words.regions} className="bmx">
              <div className="bh">
                <h2 className="ph">{words.regions}</h2>
                {watched ? (
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
                ) : null}
                {isPast || !watched ? null : (
                  <Button
                    look="tiny"
                    icon="history"
                    keys="H"
                    onPress={() => past.setAt(clock.now())}
                    className="past-k"
                  >
                    {pastWords.title}
                  </Button>
                )}
                {watched ? <Legend board={board} /> : null}
              </div>
              <PastBar past={past} onNow={toNow} />
              {!board.rows.length ? (
                isPast ? null : (
                  <div className="none">
                    <p>{words.noRows}</p>
                    <p>
                      <Button look="key" onPress={() => nav.go('start')}>
                        {words.start.title}
                      </Button>
                    </p>
                  </div>
                )
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
                <Inspector found={found} detail={asked.value} onOverride={isPast ? null : override} />
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
                  tabs={isPast ? null : tabs}
                  past={isPast}
                />
              ) : (
                <LowPane low={low} tabs={tabs} ours={ours} onLeave={toMatrix} />
              )}
              {view === 'matrix' && map.places.length ? <SmallMap board={board} data={map} /> : null}
            </div>
          </div>
          <aside className="bright" aria-label={words.side}>
            <Signals key={isPast ? 'past' : 'now'} board={board} marked={marked} onMark={setMarked} />
            {isPast ? <PastFeeds /> : <FeedList board={live} />}
          </aside>
        </div>
      </main>
    </BoardTime>
  );
}

/** `provider` and `column` in the address: where one stands at first. */
export function BoardView({ params }: ViewProps) {
  const services = useServices();
  const board = useBoard((b) => b);
  const error = useStore(services.board.store, (s) => s.error);
  useEffect(() => {
    if (!services.board.store.getState().value) void services.board.refresh();
  }, [services]);
  const { provider, column } = params;
  const from = provider !== undefined && column !== undefined ? { provider, column } : null;
  // Led here again from elsewhere: stand there.
  if (board) return <Loaded key={from ? JSON.stringify(from) : ''} board={board} from={from} />;
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
