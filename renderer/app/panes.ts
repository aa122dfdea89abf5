// Which pane has the letter keys. Focus and pointer give them; F6 walks the panes in the order of the page.
import { useCallback, useEffect } from 'react';
import { useStore } from 'zustand';
import type { PanesStore } from './panes-store.ts';
import { useServices } from './services.ts';

const inOrder = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.offsetParent !== null && !pane.closest('[inert]'),
  );

/** Gives the keys to a pane and puts the focus where it says (`data-pane-focus`), else on the pane itself. */
export function focusPane(store: PanesStore, id: string): boolean {
  const pane = document.querySelector<HTMLElement>(`[data-pane="${CSS.escape(id)}"]`);
  if (!pane) return false;
  store.setState({ active: id, label: pane.dataset.paneLabel ?? '' });
  // A row that the window folds away cannot have the focus.
  const rows = [...pane.querySelectorAll<HTMLElement>('[data-pane-focus]')];
  (rows.find((row) => row.offsetParent !== null) ?? pane).focus();
  return true;
}

/** The next pane of the page, or the one before it; from nowhere the first. */
export function cyclePane(store: PanesStore, step: 1 | -1): void {
  const panes = inOrder();
  if (!panes.length) return;
  const at = panes.findIndex((pane) => pane.dataset.pane === store.getState().active);
  const to = at < 0 ? 0 : (at + step + panes.length) % panes.length;
  focusPane(store, panes[to]?.dataset.pane ?? '');
}

/** A pane that was given the keys before it had anything to focus hands the focus on as soon as it has (`ready` changes). */
export function useFocusWhenReady(id: string, ready: unknown): void {
  useEffect(() => {
    const at = document.activeElement;
    if (ready && at instanceof HTMLElement && at.dataset.pane === id)
      at.querySelector<HTMLElement>('[data-pane-focus]')?.focus();
  }, [id, ready]);
}

export function usePane(id: string, label: string): { active: boolean; take: () => void } {
  const { panes } = useServices();
  const active = useStore(panes, (s) => s.active === id);
  const take = useCallback(() => {
    const state = panes.getState();
    if (state.active !== id || state.label !== label) panes.setState({ active: id, label });
  }, [panes, id, label]);
  useEffect(() => {
    // The first pane of a page has the keys when nobody took them.
    if (panes.getState().active === null) take();
    return () => {
      if (panes.getState().active === id) panes.setState({ active: null, label: '' });
    };
  }, [panes, id, take]);
  return { active, take };
}
