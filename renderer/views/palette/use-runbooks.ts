// Runbooks for the palette: the library is asked for once somebody has typed, so that a palette that is only opened asks nothing.
import { useMemo } from 'react';
import type { RunbookLine } from '../../../shared/contract/library.ts';
import { ui } from '../../../shared/text/ui.ts';
import type { Command } from '../../app/command-list.ts';
import { useNav, useRoute } from '../../app/services.ts';
import { useCall } from '../../state/use-call.ts';

const ASK = {};
const NONE: readonly RunbookLine[] = [];
/** Letters from which on a library is worth reading. */
const LETTERS = 2;

export function useRunbookCommands(query: string): readonly Command[] {
  const nav = useNav();
  const { incident } = useRoute().params;
  const typed = query.trim().length >= LETTERS;
  const runbooks = useCall('library.list', typed ? ASK : null).value?.runbooks ?? NONE;
  return useMemo(
    () =>
      runbooks.map(({ folder, path, title, owner, tags }) => ({
        id: `runbook.${folder}.${path}`,
        title: ui.paletteRunbook(title),
        detail: owner || path,
        group: ui.page.runbooks,
        icon: 'book-open',
        foundOnly: true,
        also: `${path} ${tags.join(' ')}`,
        // In a room it is read with that incident, to be started there.
        run: () => nav.go('runbooks', { folder, path, ...(incident === undefined ? {} : { incident }) }),
      })),
    [runbooks, nav, incident],
  );
}
