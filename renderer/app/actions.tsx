// What the window can do on any page, as commands: pages, declare, incidents, palette, keys, theme, type, panes, the person's name.
import { release } from '../../shared/text/release-ui.ts';
import { THEME_WORD, ui } from '../../shared/text/ui.ts';
import { isRelease } from '../state/stores.ts';
import { cellCommands } from '../views/board/cell-commands.ts';
import { views } from '../views/registry.ts';
import type { Command } from './command-list.ts';
import { useCommands } from './commands.ts';
import { openDeclare, openIncidentList, openKeys, openName, openPalette, openWatchRelease } from './open.tsx';
import { cyclePane } from './panes.ts';
import { VIEW_IDS } from './route.ts';
import { type Services, useServices } from './services.ts';
import { nextTheme, THEMES } from './theme.ts';

const look = (services: Services): Command[] => {
  const settings = services.app.store.getState().value?.settings;
  const set = (change: Partial<NonNullable<typeof settings>>) => (): void => {
    void services.client.call('app.setSettings', change);
  };
  return [
    {
      id: 'theme.next',
      title: ui.cmd.theme,
      keys: ['Ctrl Shift L'],
      group: ui.cmd.look,
      icon: 'moon',
      keyOnly: true,
      run: () => set({ theme: nextTheme(settings?.theme ?? 'night') })(),
    },
    ...THEMES.filter((t) => t !== settings?.theme).map(
      (theme): Command => ({
        id: `theme.${theme}`,
        title: ui.cmd.themeTo(THEME_WORD[theme]),
        group: ui.cmd.look,
        icon: 'moon',
        run: set({ theme }),
      }),
    ),
    settings?.type === 'large'
      ? {
          id: 'type.normal',
          title: ui.cmd.typeNormal,
          group: ui.cmd.look,
          icon: 'type',
          run: set({ type: 'normal' }),
        }
      : {
          id: 'type.large',
          title: ui.cmd.typeLarge,
          group: ui.cmd.look,
          icon: 'type',
          run: set({ type: 'large' }),
        },
  ];
};

/** The regions of the board, from any page; the board itself has them nearer, with the same names. */
const boardPlaces = ({ board, nav }: Services): Command[] => {
  const value = board.store.getState().value;
  if (value === null) return [];
  return cellCommands(value, ({ provider, column }) => nav.go('board', { provider, column })).map(
    (command) => ({ ...command, foundOnly: true }),
  );
};

export function useWindowCommands(): void {
  const services = useServices();
  useCommands('global', () => [
    {
      id: 'declare',
      title: ui.cmd.declare,
      detail: ui.cmd.declareAsk,
      keys: ['D'],
      group: ui.cmd.act,
      icon: 'siren',
      run: () => openDeclare(services),
    },
    {
      id: 'release.watch',
      title: release.watch.title,
      detail: release.endAsk,
      group: ui.cmd.act,
      icon: 'radio',
      also: release.word,
      run: () => openWatchRelease(services),
    },
    {
      id: 'incidents',
      title: ui.cmd.incidents,
      detail: ui.cmd.incidentsAsk,
      keys: ['Ctrl I'],
      group: ui.cmd.goTo,
      icon: 'layout-grid',
      run: () => openIncidentList(services),
    },
    {
      id: 'palette',
      title: ui.cmd.palette,
      keys: ['Ctrl K'],
      group: ui.cmd.goTo,
      keyOnly: true,
      run: () => openPalette(services),
    },
    {
      id: 'keys',
      title: ui.cmd.keys,
      keys: ['?'],
      group: ui.cmd.look,
      icon: 'keyboard',
      run: () => openKeys(services),
    },
    {
      id: 'pane.next',
      title: ui.cmd.nextPane,
      keys: ['F6'],
      group: ui.cmd.goTo,
      keyOnly: true,
      run: () => cyclePane(services.panes, 1),
    },
    {
      id: 'pane.previous',
      title: ui.cmd.prevPane,
      keys: ['Shift F6'],
      group: ui.cmd.goTo,
      keyOnly: true,
      run: () => cyclePane(services.panes, -1),
    },
    ...VIEW_IDS.filter((id) => views[id].digit !== null).map(
      (id): Command => ({
        id: `go.${id}`,
        title: views[id].label,
        keys: [`Ctrl ${views[id].digit}`],
        group: ui.cmd.goTo,
        icon: 'arrow-right',
        run: () => services.nav.go(id),
      }),
    ),
    {
      id: 'go.start',
      title: ui.cmd.start,
      detail: ui.cmd.startAsk,
      group: ui.cmd.goTo,
      icon: 'arrow-right',
      run: () => services.nav.go('start'),
    },
    { id: 'name', title: ui.cmd.name, group: ui.cmd.look, icon: 'user', run: () => openName(services) },
    ...look(services),
    ...boardPlaces(services),
    ...(services.incidents.store.getState().value ?? []).slice(0, 200).map(
      (incident): Command => ({
        id: `incident.${incident.id}`,
        title: ui.cmd.openIncident(incident.label, incident.title),
        detail: isRelease(incident) ? release.word : incident.severity,
        group: ui.incidents,
        icon: 'message-square',
        foundOnly: true,
        run: () => services.nav.go('room', { incident: incident.id }),
      }),
    ),
  ]);
}
