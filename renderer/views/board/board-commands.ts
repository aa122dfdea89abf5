// What the keys of the board do: those of the page, those of the matrix and those of the signals. The view hands in what they act on.
import type { Board } from '../../../shared/contract/health.ts';
import type { OurServiceView } from '../../../shared/contract/ours.ts';
import { board as words } from '../../../shared/text/board.ts';
import { knownWords, probeListWords } from '../../../shared/text/board-more.ts';
import {
  cascadeWords,
  changeWords,
  mapWords,
  oursWords,
  overrideWords,
  pastWords,
} from '../../../shared/text/ours-ui.ts';
import { stateWord, ui } from '../../../shared/text/ui.ts';
import type { Command } from '../../app/command-list.ts';
import { useCommands } from '../../app/commands.ts';
import { stateGlyph } from '../../components/St.tsx';
import { cellCommands } from './cell-commands.ts';
import { whereLine } from './ours-list.ts';
import type { Place } from './selection.ts';

export interface BoardActs {
  readonly declare: () => void;
  readonly go: (place: Place) => void;
  readonly toMatrix: () => void;
  readonly toSignals: () => void;
  readonly toggleMap: () => void;
  readonly cascade: () => void;
  readonly showLow: (low: 'ours' | 'changes') => void;
  readonly whatIf: () => void;
  readonly points: () => void;
  /** Back in time, or to now when the past is shown. */
  readonly togglePast: () => void;
  readonly uptime: () => void;
  readonly probes: () => void;
  readonly events: () => void;
  readonly override: () => void;
  readonly openCell: () => void;
  readonly find: () => void;
  readonly openOurs: (name: string) => void;
}

/** What we run, by name: as many as the topology has. */
const oursCommands = (services: readonly OurServiceView[], open: (name: string) => void): Command[] =>
  services.map((service) => ({
    id: `ours.${service.name}`,
    title: service.name,
    detail: [stateWord(service.state, service.basis), whereLine(service)].filter(Boolean).join(', '),
    group: oursWords.title,
    glyph: stateGlyph(service.state, service.basis),
    foundOnly: true,
    also: `${service.title} ${service.owner ?? ''}`,
    run: () => open(service.name),
  }));

/** `marked`: signals taken for a declaration; `past`: a moment of the past is shown. */
export function useBoardCommands(
  board: Board,
  services: readonly OurServiceView[],
  marked: number,
  past: boolean,
  acts: BoardActs,
): void {
  useCommands('view', () => [
    // The window's own D, with the signals that were marked here.
    {
      id: 'declare',
      title: ui.cmd.declare,
      detail: marked ? words.taken(marked) : ui.cmd.declareAsk,
      keys: ['D'],
      group: ui.cmd.act,
      icon: 'siren',
      run: acts.declare,
    },
    { id: 'matrix', title: words.regions, group: ui.cmd.goTo, icon: 'layout-grid', run: acts.toMatrix },
    {
      id: 'map',
      title: mapWords.view,
      keys: ['M'],
      group: ui.cmd.goTo,
      icon: 'layout-grid',
      run: acts.toggleMap,
    },
    ...(board.cascade
      ? ([
          {
            id: 'cascade',
            title: cascadeWords.list,
            keys: ['C'],
            group: ui.cmd.goTo,
            icon: 'history',
            run: acts.cascade,
          },
        ] satisfies Command[])
      : []),
    {
      id: 'ours',
      title: oursWords.title,
      keys: ['B'],
      group: ui.cmd.goTo,
      icon: 'layout-grid',
      run: () => acts.showLow('ours'),
    },
    {
      id: 'changes',
      title: changeWords.title,
      group: ui.cmd.goTo,
      icon: 'history',
      run: () => acts.showLow('changes'),
    },
    {
      id: 'probes',
      title: probeListWords.command,
      detail: probeListWords.commandAsk,
      keys: ['P'],
      group: ui.cmd.goTo,
      icon: 'radio',
      run: acts.probes,
    },
    {
      id: 'ours.what-if',
      title: oursWords.whatIf,
      group: ui.cmd.goTo,
      icon: 'layout-grid',
      run: acts.whatIf,
    },
    {
      id: 'ours.points',
      title: oursWords.points,
      detail: oursWords.pointsTitle,
      group: ui.cmd.goTo,
      icon: 'layout-grid',
      run: acts.points,
    },
    {
      id: 'past',
      title: past ? pastWords.now : pastWords.open,
      keys: ['H'],
      group: ui.cmd.goTo,
      icon: 'history',
      run: acts.togglePast,
    },
    { id: 'uptime', title: pastWords.uptimeTitle, group: ui.cmd.goTo, icon: 'clock', run: acts.uptime },
    { id: 'signals', title: words.signals, group: ui.cmd.goTo, icon: 'radio', run: acts.toSignals },
    { id: 'board.find', title: words.find, keys: ['/'], group: ui.cmd.goTo, keyOnly: true, run: acts.find },
    ...cellCommands(board, acts.go),
    ...oursCommands(services, acts.openOurs),
  ]);
  // Commands of a pane that are handled where the focus is, listed so that the keys dialog names them.
  useCommands('pane:board.matrix', [
    {
      id: 'm.override',
      title: overrideWords.command,
      detail: overrideWords.ask,
      keys: ['Shift O'],
      group: ui.cmd.act,
      icon: 'pencil-line',
      run: acts.override,
    },
    {
      id: 'm.events',
      title: knownWords.command,
      detail: knownWords.commandAsk,
      keys: ['E'],
      group: ui.cmd.goTo,
      icon: 'radio',
      run: acts.events,
    },
    {
      id: 'm.move',
      title: words.moveByCell,
      keys: ['Up', 'Down', 'Left', 'Right', 'Home', 'End'],
      group: '',
      keyOnly: true,
      repeats: true,
      run: acts.toMatrix,
    },
    { id: 'm.open', title: words.openCell, keys: ['Enter'], group: '', keyOnly: true, run: acts.openCell },
  ]);
  useCommands('pane:board.signals', [
    {
      id: 's.move',
      title: words.moveSignal,
      keys: ['J', 'K'],
      group: '',
      keyOnly: true,
      repeats: true,
      run: acts.toSignals,
    },
    { id: 's.mark', title: words.take, keys: ['Space'], group: '', keyOnly: true, run: acts.toSignals },
  ]);
}
