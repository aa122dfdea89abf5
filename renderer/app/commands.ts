// What a component can do, in the list of commands as long as it is mounted.
import { useLayoutEffect, useRef } from 'react';
import type { Command, Scope } from './command-list.ts';
import { useServices } from './services.ts';

/** Registers commands while the component is mounted. The list may be new on each render; the last one counts. */
export function useCommands(scope: Scope, commands: readonly Command[] | (() => readonly Command[])): void {
  const { commands: registry } = useServices();
  const latest = useRef(commands);
  latest.current = commands;
  // With the drawing, not after it: what is shown with its key takes the key at once.
  useLayoutEffect(
    () =>
      registry.add(scope, () => (typeof latest.current === 'function' ? latest.current() : latest.current)),
    [registry, scope],
  );
}
