// What components get handed in: one object, made in main.tsx, given by context. There are no singletons.
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppSnapshot } from '../../shared/contract/app.ts';
import type { Board } from '../../shared/contract/health.ts';
import type { IncidentLine } from '../../shared/contract/room.ts';
import type { Client } from '../state/client.ts';
import type { Topic } from '../state/topic.ts';
import type { MainClock } from '../time/clock.ts';
import type { Announcer } from './announce.ts';
import type { CommandRegistry } from './command-list.ts';
import type { Dialogs } from './dialog-stack.ts';
import type { PanesStore } from './panes-store.ts';
import type { Nav } from './route.ts';

export interface Services {
  readonly client: Client;
  readonly clock: MainClock;
  readonly app: Topic<AppSnapshot>;
  readonly board: Topic<Board>;
  readonly incidents: Topic<readonly IncidentLine[]>;
  readonly nav: Nav;
  readonly panes: PanesStore;
  readonly commands: CommandRegistry;
  readonly dialogs: Dialogs;
  readonly announce: Announcer;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('a component was drawn outside of the window');
  return services;
}

export const useClient = (): Client => useServices().client;

/** A value of a topic as it is now; null until the first answer. */
function useTopic<T, S>(topic: Topic<T>, select: (value: T | null) => S): S {
  return useStore(topic.store, (s) => select(s.value));
}

export const useApp = <S>(select: (app: AppSnapshot | null) => S): S => useTopic(useServices().app, select);
export const useBoard = <S>(select: (board: Board | null) => S): S => useTopic(useServices().board, select);

const NONE: readonly IncidentLine[] = [];
export const useIncidents = (): readonly IncidentLine[] =>
  useTopic(useServices().incidents, (v) => v ?? NONE);

/** Milliseconds of the window's clock, anew each second. Use it in small components: each use redraws every second. */
export const useNow = (): number => useStore(useServices().clock.ticker, (s) => s.now);

/** The second clock's zone; empty: the machine's own. */
export const useZone = (): string => useApp((app) => app?.settings.zone ?? '');

export const useRoute = () => useStore(useServices().nav.store);
export const useNav = (): Nav => useServices().nav;
