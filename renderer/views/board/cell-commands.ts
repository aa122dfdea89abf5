// The regions of the board by name, for the palette of every page.
import type { Board } from '../../../shared/contract/health.ts';
import { board as words } from '../../../shared/text/board.ts';
import { stateWord } from '../../../shared/text/ui.ts';
import type { Command } from '../../app/command-list.ts';
import { stateGlyph } from '../../components/St.tsx';
import { isNews } from './marks.ts';
import type { Place } from './selection.ts';

/** Cells with trouble stand in the palette, the others are found by name. */
export const cellCommands = (board: Board, go: (place: Place) => void): Command[] =>
  board.rows.flatMap((row) =>
    row.cells.flatMap((cell, i) => {
      const column = board.columns[i];
      if (!cell || !column) return [];
      return [
        {
          id: `cell.${row.provider}.${column.key}`,
          title: `${row.name} ${cell.region}`,
          detail: `${stateWord(cell.state, cell.basis)}${cell.services.length ? `, ${cell.services.join(', ')}` : ''}`,
          group: words.regions,
          glyph: stateGlyph(cell.state, cell.basis),
          foundOnly: !isNews(cell),
          run: () => go({ provider: row.provider, column: column.key }),
        },
      ];
    }),
  );
