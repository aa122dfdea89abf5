// Everything a person can do from the keyboard, registered by whoever can do it, while it is there. The key router, the keys
// dialog and the palette read this one list, so that none of them can name a thing that does not exist.
import type { IconName } from '../components/Icon.tsx';
import type { Glyph } from '../components/St.tsx';

/** `global`: every page. `view`: the page that is mounted. `pane:<id>`: while that pane has the keys. */
export type Scope = 'global' | 'view' | `pane:${string}`;

export interface Command {
  /** Unique among what is registered at one time. */
  readonly id: string;
  readonly title: string;
  /** What it asks or states before it acts; shown in the palette. */
  readonly detail?: string;
  /** Keys as engraved: `Ctrl K`, `D`, `Shift T`. The first is shown. */
  readonly keys?: readonly string[];
  /** Heading in the palette. */
  readonly group: string;
  readonly icon?: IconName;
  readonly glyph?: Glyph;
  /** Not in the palette: moves, and what is only a key. */
  readonly keyOnly?: boolean;
  /** In the palette only when something was typed (rows of data). */
  readonly foundOnly?: boolean;
  /** More words that find it. */
  readonly also?: string;
  /** Acts again while the key is held: moves only. */
  readonly repeats?: boolean;
  readonly run: () => void;
}

export interface CommandRegistry {
  /** Registers a list that is read anew each time; returns how to take it away. */
  add(scope: Scope, read: () => readonly Command[]): () => void;
  /** What acts now, nearest first: the active pane's, the page's, the window's. */
  active(pane: string | null): readonly { readonly scope: Scope; readonly command: Command }[];
}

export function createCommandRegistry(): CommandRegistry {
  const lists = new Map<symbol, { scope: Scope; read: () => readonly Command[] }>();
  const rank = (scope: Scope): number => (scope === 'global' ? 2 : scope === 'view' ? 1 : 0);
  return {
    add(scope, read) {
      const key = Symbol(scope);
      lists.set(key, { scope, read });
      return () => lists.delete(key);
    },
    active(pane) {
      return [...lists.values()]
        .filter(({ scope }) => !scope.startsWith('pane:') || scope === `pane:${pane}`)
        .sort((a, b) => rank(a.scope) - rank(b.scope))
        .flatMap(({ scope, read }) => read().map((command) => ({ scope, command })));
    },
  };
}
