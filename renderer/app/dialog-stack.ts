// The stack of dialogs: each opens over what is there, and gives the focus back when it goes.
import type { ReactNode } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

interface OpenDialog {
  readonly id: number;
  readonly node: ReactNode;
  readonly from: Element | null;
}

export interface Dialogs {
  readonly store: StoreApi<{ readonly stack: readonly OpenDialog[] }>;
  /** Opens one over what is there; `render` gets how to close it. Returns the same. */
  open(render: (close: () => void) => ReactNode): () => void;
}

export function createDialogs(): Dialogs {
  const store = createStore<{ readonly stack: readonly OpenDialog[] }>(() => ({ stack: [] }));
  let last = 0;
  return {
    store,
    open(render) {
      last += 1;
      const id = last;
      const from = document.activeElement;
      const close = (): void => {
        const { stack } = store.getState();
        if (!stack.some((d) => d.id === id)) return;
        store.setState({ stack: stack.filter((d) => d.id !== id) });
        // After the page is no longer inert.
        requestAnimationFrame(() => {
          if (from instanceof HTMLElement && from.isConnected && from !== document.body) from.focus();
          else (document.querySelector<HTMLElement>('.has-keys') ?? document.getElementById('main'))?.focus();
        });
      };
      store.setState({ stack: [...store.getState().stack, { id, node: render(close), from }] });
      return close;
    },
  };
}
