// One listener for all keys. A dialog keeps its own; text fields keep letters; then the active pane, the page and the window are asked in that order.
import { useEffect } from 'react';
import { actsInFields, inField, matches } from './keys.ts';
import { useServices } from './services.ts';

export function useKeyRouter(): void {
  const { commands, panes, dialogs } = useServices();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || dialogs.store.getState().stack.length) return;
      const field = inField(event.target);
      if (field && event.key === 'Escape') {
        // Leaving a field gives the letters back to its pane.
        const pane = (event.target as HTMLElement).closest<HTMLElement>('[data-pane]');
        (event.target as HTMLElement).blur();
        pane?.focus();
        event.preventDefault();
        return;
      }
      for (const { command } of commands.active(panes.getState().active)) {
        const key = command.keys?.find((k) => matches(k, event));
        if (!key || (field && !actsInFields(key))) continue;
        if (key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('button,a'))
          continue;
        event.preventDefault();
        if (!event.repeat || command.repeats) command.run();
        return;
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [commands, panes, dialogs]);
}
