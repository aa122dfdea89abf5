// One open room as this window holds it: the bounded incident, the rows of the timeline, the overview. Made when the room is shown, let go after.
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CallName, Input, Output } from '../../../shared/contract/index.ts';
import type { IncidentView, Overview, TimelineFilter } from '../../../shared/contract/room.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import { useServices } from '../../app/services.ts';
import type { Client } from '../../state/client.ts';
import { createTopic, type Topic } from '../../state/topic.ts';
import { createRows, type Rows } from './timeline/rows.ts';

export const ALL_ROWS: TimelineFilter = { only: 'all', find: '', retracted: false };
/** The overview is drawn anew at most this often while entries arrive, in milliseconds. */
const OVERVIEW_EVERY = 2000;

export interface OverviewState {
  readonly value: Overview | null;
  readonly error: Failure | null;
}

/** A tick of this window that can be undone: which step of which checklist. */
export interface Tick {
  readonly checklist: string;
  readonly step: number;
  readonly title: string;
}

export interface RoomSession {
  readonly id: string;
  readonly topic: Topic<IncidentView>;
  readonly rows: Rows;
  readonly overview: StoreApi<OverviewState>;
  readonly filter: StoreApi<TimelineFilter>;
  /** Which instants the list shows now; the overview draws it as its window. */
  readonly shown: StoreApi<{ readonly from: string; readonly to: string } | null>;
  readonly ticks: StoreApi<{ readonly list: readonly Tick[] }>;
  /** Grows when something was written to this incident; the list answers by reading again. */
  readonly written: StoreApi<{ readonly total: number; readonly rev: number }>;
  dispose(): void;
}

function createRoomSession(client: Client, id: string): RoomSession {
  const topic = createTopic<IncidentView, 'room.changed'>(client, {
    event: 'room.changed',
    async fetch() {
      const answer = await client.call('room.open', { incident: id });
      return answer.ok
        ? { ok: true, value: { rev: answer.value.rev, value: answer.value.incident } }
        : answer;
    },
    take: (payload) => payload.incident,
    accept: (payload) => payload.incident.id === id,
  });
  const filter = createStore<TimelineFilter>(() => ALL_ROWS);
  const rows = createRows(
    (request) => client.call('timeline.window', { incident: id, ...request }),
    ALL_ROWS,
  );
  const overview = createStore<OverviewState>(() => ({ value: null, error: null }));
  const written = createStore(() => ({ total: 0, rev: 0 }));
  const stopFilter = filter.subscribe((next) => rows.setFilter(next));

  let waiting: ReturnType<typeof setTimeout> | null = null;
  let reading = false;
  let stopped = false;
  const readOverview = async (): Promise<void> => {
    reading = true;
    const answer = await client.call('timeline.overview', { incident: id });
    reading = false;
    if (stopped) return;
    overview.setState(answer.ok ? { value: answer.value, error: null } : { error: answer.error });
  };
  const overviewSoon = (): void => {
    waiting ??= setTimeout(() => {
      waiting = null;
      if (reading) overviewSoon();
      else void readOverview();
    }, OVERVIEW_EVERY);
  };

  const stopEvents = client.on('room.changed', (payload) => {
    if (payload.incident.id !== id) return;
    written.setState({ total: payload.total, rev: payload.rev });
    overviewSoon();
  });
  void topic.refresh();
  void readOverview();

  return {
    id,
    topic,
    rows,
    overview,
    filter,
    shown: createStore<{ readonly from: string; readonly to: string } | null>(() => null),
    ticks: createStore<{ readonly list: readonly Tick[] }>(() => ({ list: [] })),
    written,
    dispose() {
      stopped = true;
      if (waiting) clearTimeout(waiting);
      stopEvents();
      stopFilter();
      rows.dispose();
      topic.stop();
    },
  };
}

/** The session of an incident for as long as the component is shown; null for the first moment. */
export function useRoomSession(id: string): RoomSession | null {
  const { client } = useServices();
  const [session, setSession] = useState<RoomSession | null>(null);
  useEffect(() => {
    const made = createRoomSession(client, id);
    setSession(made);
    return () => {
      made.dispose();
      setSession(null);
    };
  }, [client, id]);
  return session;
}

export interface RoomValue {
  readonly session: RoomSession;
  readonly incident: IncidentView;
}
export const RoomContext = createContext<RoomValue | null>(null);

export function useRoom(): RoomValue {
  const room = useContext(RoomContext);
  if (!room) throw new Error('a part of the room was drawn outside of a room');
  return room;
}

export const useRows = () => {
  const { rows } = useRoom().session;
  useSyncExternalStore(rows.subscribe, rows.state);
  return rows;
};

/** Calls of the room name their incident by themselves. */
export type RoomWrite = <N extends CallName>(
  name: N,
  input: Omit<Input<N>, 'incident'>,
) => Promise<Result<Output<N>>>;

export function useWrite(): RoomWrite {
  const { client } = useServices();
  const { session } = useRoom();
  return (name, input) => client.call(name, { ...input, incident: session.id } as Input<typeof name>);
}
