// Where the window is: a page and its parameters, kept in the address so that a reload opens the same place.
import { createStore, type StoreApi } from 'zustand/vanilla';

export const VIEW_IDS = ['board', 'room', 'runbooks', 'reports', 'start'] as const;
export type ViewId = (typeof VIEW_IDS)[number];

export interface Route {
  readonly view: ViewId;
  /** Each view names its own: the room takes `incident`. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Nav {
  readonly store: StoreApi<Route>;
  go(view: ViewId, params?: Readonly<Record<string, string>>): void;
  /** Changes parameters of the page in place, without a step in the history. */
  set(params: Readonly<Record<string, string>>): void;
  start(): () => void;
}

const isView = (word: string): word is ViewId => (VIEW_IDS as readonly string[]).includes(word);

/** `#room?incident=...`; what is not understood is the board. */
export function parseRoute(hash: string): Route {
  const [view = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return { view: isView(view) ? view : 'board', params: Object.fromEntries(new URLSearchParams(query)) };
}

export function routeHash(route: Route): string {
  const query = new URLSearchParams(route.params).toString();
  return `#${route.view}${query ? `?${query}` : ''}`;
}

export function createNav(win: Window): Nav {
  const store = createStore<Route>(() => parseRoute(win.location.hash));
  const read = (): void => store.setState(parseRoute(win.location.hash), true);
  return {
    store,
    go(view, params = {}) {
      const route = { view, params };
      if (routeHash(route) !== routeHash(store.getState())) win.history.pushState(null, '', routeHash(route));
      store.setState(route, true);
    },
    set(params) {
      const route = { view: store.getState().view, params };
      win.history.replaceState(null, '', routeHash(route));
      store.setState(route, true);
    },
    start() {
      win.addEventListener('popstate', read);
      win.addEventListener('hashchange', read);
      return () => {
        win.removeEventListener('popstate', read);
        win.removeEventListener('hashchange', read);
      };
    },
  };
}
