// The keys of a list whose rows open: arrows, J and K, Home and End move; one row is the tab stop, so that Tab leaves a list of hundreds.
import { type FocusEvent, type KeyboardEvent, useState } from 'react';

const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** `selector`: the rows within the list that carries `list`; each takes `stop(its index, how many there are)`. */
export function useRows(selector: string) {
  const [at, setAt] = useState(0);
  const rowsOf = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(selector)];
  return {
    list: {
      onFocus: (event: FocusEvent<HTMLElement>): void => {
        const row = rowsOf(event.currentTarget).indexOf(event.target);
        if (row >= 0) setAt(row);
      },
      onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const rows = rowsOf(event.currentTarget);
        const last = rows.length - 1;
        const step = STEP[event.key];
        const to =
          step === undefined
            ? { Home: 0, End: last }[event.key]
            : Math.max(0, Math.min(last, rows.indexOf(document.activeElement as HTMLElement) + step));
        if (to === undefined) return;
        event.preventDefault();
        rows[to]?.focus();
      },
    },
    /** What a row spreads: the tab stop, and where the keys arrive. */
    stop: (index: number, count: number) => {
      const here = index === Math.min(at, count - 1);
      return { tabIndex: here ? 0 : -1, 'data-pane-focus': here ? '' : undefined };
    },
  };
}
