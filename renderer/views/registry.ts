// The pages of the window. A page is a component, its name, its place in the bar and the pane that has the keys when it opens.
import type { ComponentType } from 'react';
import { ui } from '../../shared/text/ui.ts';
import type { ViewId } from '../app/route.ts';
import { BoardView } from './board/BoardView.tsx';
import { ReportsView } from './reports/ReportsView.tsx';
import { RoomView } from './room/RoomView.tsx';
import { RunbooksView } from './runbooks/RunbooksView.tsx';
import { StartView } from './start/StartView.tsx';
import type { ViewProps } from './view.ts';

export interface ViewDef {
  readonly label: string;
  /** Digit of `Ctrl n` and place in the bar; null: not in the bar. */
  readonly digit: string | null;
  readonly component: ComponentType<ViewProps>;
  /** The pane that has the letter keys when the page opens. */
  readonly pane: string;
  /** The page carries Broken, Now, Next or the incident itself, so the incident line is not repeated above it. */
  readonly ownIncidentLine: boolean;
}

export const views: Record<ViewId, ViewDef> = {
  board: {
    label: ui.page.board,
    digit: '1',
    component: BoardView,
    pane: 'board.matrix',
    ownIncidentLine: true,
  },
  room: {
    label: ui.page.room,
    digit: '2',
    component: RoomView,
    pane: 'room.timeline',
    ownIncidentLine: true,
  },
  runbooks: {
    label: ui.page.runbooks,
    digit: '3',
    component: RunbooksView,
    pane: 'runbooks.list',
    ownIncidentLine: false,
  },
  reports: {
    label: ui.page.reports,
    digit: '5',
    component: ReportsView,
    pane: 'reports.options',
    ownIncidentLine: false,
  },
  start: {
    label: ui.page.start,
    digit: null,
    component: StartView,
    pane: 'start.watch',
    ownIncidentLine: true,
  },
};
