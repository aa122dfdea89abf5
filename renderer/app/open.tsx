// The dialogs that more than one place opens.
import type { IncidentView } from '../../shared/contract/room.ts';
import { DeclareDialog } from '../views/declare/DeclareDialog.tsx';
import { trippedTargets } from '../views/declare/release.ts';
import { type WatchedBook, WatchRelease } from '../views/incidents/WatchRelease.tsx';
import { Palette } from '../views/palette/Palette.tsx';
import { IncidentsDialog } from './IncidentsDialog.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { NameDialog } from './NameDialog.tsx';
import type { Services } from './services.ts';

export const openDeclare = ({ dialogs }: Services, signals: readonly string[] = []): void => {
  dialogs.open((close) => <DeclareDialog onClose={close} signals={signals} />);
};
/** A release becomes an incident: the form, filled with what its open breakers say. */
export const openDeclareRelease = async (services: Services, incident: IncidentView): Promise<void> => {
  const targets = await trippedTargets(services.client, incident);
  services.dialogs.open((close) => (
    <DeclareDialog
      onClose={close}
      signals={[]}
      release={{ id: incident.id, label: incident.label, title: incident.title, targets }}
    />
  ));
};
export const openWatchRelease = ({ dialogs }: Services, book: WatchedBook | null = null): void => {
  dialogs.open((close) => <WatchRelease onClose={close} book={book} />);
};
export const openIncidentList = ({ dialogs }: Services): void => {
  dialogs.open((close) => <IncidentsDialog onClose={close} />);
};
export const openPalette = ({ dialogs }: Services): void => {
  dialogs.open((close) => <Palette onClose={close} />);
};
export const openKeys = ({ dialogs }: Services): void => {
  dialogs.open((close) => <KeysDialog onClose={close} />);
};
export const openName = ({ dialogs }: Services): void => {
  dialogs.open((close) => <NameDialog onClose={close} />);
};
