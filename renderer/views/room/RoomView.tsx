// The room: the page in which people work on one incident. Without one named it opens the worst that is open, or the one release that is watched; without any it lists them.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { isClosed } from '../../../shared/incident/words.ts';
import { plan } from '../../../shared/text/plan-ui.ts';
import { release } from '../../../shared/text/release-ui.ts';
import { room } from '../../../shared/text/room-ui.ts';
import { PHASE_WORD } from '../../../shared/text/ui.ts';
import type { Command } from '../../app/command-list.ts';
import { useCommands } from '../../app/commands.ts';
import { openDeclareRelease } from '../../app/open.tsx';
import { useIncidents, useNav, useRoute, useServices } from '../../app/services.ts';
import { Button } from '../../components/Button.tsx';
import { Pane } from '../../components/Pane.tsx';
import { St } from '../../components/St.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { openIncidents, openReleases } from '../../state/stores.ts';
import { IncidentsPage } from '../incidents/IncidentsPage.tsx';
import { MakePlan } from '../plan/MakePlan.tsx';
import type { ViewProps } from '../view.ts';
import { Command as CommandColumn } from './command/Command.tsx';
import { Composer } from './composer/Composer.tsx';
import { createDrafts } from './composer/drafts.ts';
import { GlanceLine } from './GlanceLine.tsx';
import { Header } from './Header.tsx';
import { RightPane } from './plan/RightPane.tsx';
import { useQuestions } from './questions.tsx';
import { useReleaseQuestions } from './ReleaseHeader.tsx';
import { RoomContext, type RoomSession, useRoom, useRoomSession } from './session.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { useCompact } from './useCompact.ts';

export function RoomView({ params }: ViewProps) {
  const { incidents } = useServices();
  const all = useIncidents();
  const read = useStore(incidents.store, (s) => s.value !== null);
  const nav = useNav();
  const releases = openReleases(all);
  const only = releases.length === 1 ? releases[0] : undefined;
  const id = params.incident ?? openIncidents(all)[0]?.id ?? only?.id;
  // Once chosen it stays: closing the incident must not swap the room for another one.
  useEffect(() => {
    if (id && !params.incident) nav.set({ ...params, incident: id });
  }, [id, params, nav]);
  // The focus goes away with the room that is left: what stands in its place has it.
  const left = useRef(id);
  useEffect(() => {
    if (left.current !== undefined && left.current !== id && document.activeElement === document.body)
      document.getElementById('main')?.focus();
    left.current = id;
  }, [id]);
  if (id) return <OneRoom key={id} id={id} />;
  return <IncidentsPage reading={!read} />;
}

function OneRoom({ id }: { id: string }) {
  const session = useRoomSession(id);
  return session ? <Loaded session={session} /> : <Opening error={null} />;
}

function Opening({ error, retry }: { error: string | null; retry?: () => void }) {
  const nav = useNav();
  const main = useRef<HTMLElement>(null);
  // The room takes this page's place and the focus with it: a change of page gave it to this one.
  useLayoutEffect(() => {
    const node = main.current;
    return () => {
      if (!node?.contains(document.activeElement)) return;
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.getElementById('main')?.focus();
      });
    };
  }, []);
  return (
    <main id="main" tabIndex={-1} className="whole" ref={main}>
      {error === null ? (
        <>
          <h1 className="vh">{room.opening}</h1>
          <p className="dim">{room.opening}</p>
        </>
      ) : (
        <>
          <h1>
            <St kind="failed" />
            {room.openFailed}
          </h1>
          <p role="alert">{error}</p>
          <div className="ask-a">
            <Button onPress={retry}>{room.tryAgain}</Button>
            <Button look="quiet" onPress={() => nav.go('room')}>
              {room.incidents.title}
            </Button>
          </div>
        </>
      )}
    </main>
  );
}

function Loaded({ session }: { session: RoomSession }) {
  const incident = useStore(session.topic.store, (s) => s.value);
  const error = useStore(session.topic.store, (s) => s.error);
  const value = useMemo(() => (incident ? { session, incident } : null), [session, incident]);
  if (!value) return <Opening error={error?.message ?? null} retry={() => void session.topic.refresh()} />;
  return (
    <RoomContext.Provider value={value}>
      <RoomPage />
    </RoomContext.Provider>
  );
}

const storage = (): Storage | null => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
};

function useRoomCommands(): void {
  const nav = useNav();
  const ask = useQuestions();
  const { incident } = useRoom();
  const keys = room.keys;
  const group = keys.group;
  const detail = keys.asks;
  useReleaseCommands();
  const incidentOnly: Command[] = [
    {
      id: 'room.severity',
      title: keys.severity,
      detail,
      keys: ['Shift S'],
      group,
      icon: 'siren',
      run: () => ask.severity(null),
    },
    {
      id: 'room.phase',
      title: keys.phase,
      detail,
      keys: ['P'],
      group,
      icon: 'arrow-right',
      run: () => ask.phase(null),
    },
  ];
  useCommands('view', () => [
    { id: 'room.take', title: keys.take, detail, keys: ['Shift T'], group, icon: 'user', run: ask.command },
    { id: 'room.roles', title: keys.roles, detail, keys: ['Shift R'], group, icon: 'user', run: ask.roles },
    ...(incident.mode === 'release' ? [] : incidentOnly),
    { id: 'room.integrity', title: keys.integrity, detail, group, icon: 'hard-drive', run: ask.integrity },
    { id: 'room.impact', title: keys.impact, detail, group, icon: 'radio', run: () => ask.impact() },
    {
      id: 'room.runbook',
      title: keys.runbook,
      group,
      icon: 'book-open',
      run: () => nav.go('runbooks', { incident: incident.id }),
    },
    {
      id: 'room.export',
      title: keys.export,
      keys: ['E'],
      group,
      icon: 'file-text',
      run: () => nav.go('reports', { incident: incident.id }),
    },
  ]);
}

/** In a release D means this release; without one it would declare something else. */
function useReleaseCommands(): void {
  const services = useServices();
  const ask = useReleaseQuestions();
  const { incident } = useRoom();
  useCommands('view', () =>
    incident.mode !== 'release'
      ? []
      : incident.closedAt !== null
        ? [
            {
              id: 'release.again',
              title: release.again,
              detail: release.endAsk,
              group: release.word,
              icon: 'undo-2',
              run: ask.again,
            },
          ]
        : [
            {
              id: 'declare',
              title: release.turn,
              detail: release.turnAsk,
              keys: ['D'],
              group: release.word,
              icon: 'siren',
              run: () => void openDeclareRelease(services, incident),
            },
            {
              id: 'release.end',
              title: release.end,
              detail: release.endAsk,
              group: release.word,
              icon: 'check',
              run: ask.end,
            },
          ],
  );
}

type Tab = 'timeline' | 'command';

function RoomPage() {
  const { incident } = useRoom();
  const nav = useNav();
  const { client, panes } = useServices();
  const compact = useCompact();
  const [tab, setTab] = useState<Tab>('timeline');
  const drafts = useMemo(() => createDrafts(storage(), memoryOf(client)), [client]);
  const watched = incident.mode === 'release';
  useRoomCommands();
  const making = useRoute().params.make === 'plan';
  const planned = incident.plans.length > 0 || incident.checklists.length === 0;
  // The room is read after the page was opened, so the keys are given to its timeline here.
  useEffect(() => {
    if (making) return;
    // A release is about its plan.
    if (watched && planned) panes.setState({ active: 'room.plan', label: plan.pane });
    else panes.setState({ active: 'room.timeline', label: room.timeline.pane });
  }, [panes, making, watched, planned]);
  const narrow = compact || watched;
  const shown: Tab = narrow ? tab : 'timeline';
  return (
    <main id="main" tabIndex={-1} className={watched ? 'room rel' : 'room'}>
      <Header />
      <GlanceLine />
      {making ? (
        <MakePlan />
      ) : (
        <div className="cols">
          {narrow ? null : (
            <Pane id="room.command" label={room.command.pane} as="aside" className="pane cmd">
              <CommandColumn />
            </Pane>
          )}
          <Pane id="room.timeline" label={room.timeline.pane} className="pane tl">
            <Tabs<Tab>
              label={room.timeline.tabs}
              tabs={[
                { id: 'timeline', label: room.timeline.pane },
                ...(narrow ? [{ id: 'command' as const, label: room.command.pane }] : []),
              ]}
              selected={shown}
              onSelect={setTab}
              panelId="room-panel"
            >
              <span className="sp1" />
              <Button look="quiet" keys="E" onPress={() => nav.go('reports', { incident: incident.id })}>
                {room.timeline.export}
              </Button>
            </Tabs>
            {!watched && isClosed(incident.phase) ? (
              <p className="closed-n">
                <St kind="done" />
                {room.closedLine(PHASE_WORD[incident.phase])}
              </p>
            ) : null}
            <div
              id="room-panel"
              role="tabpanel"
              aria-label={shown === 'timeline' ? room.timeline.pane : room.command.pane}
              className="tl-p"
            >
              {shown === 'timeline' ? (
                <Timeline />
              ) : (
                <div className="cmd">
                  <CommandColumn />
                </div>
              )}
            </div>
            <Composer drafts={drafts} />
          </Pane>
          <RightPane />
        </div>
      )}
    </main>
  );
}

/** Where drafts stay when the window has no storage: as long as its client, so across pages. */
const memories = new WeakMap<object, Map<string, string>>();
function memoryOf(owner: object): Map<string, string> {
  const held = memories.get(owner) ?? new Map<string, string>();
  memories.set(owner, held);
  return held;
}
