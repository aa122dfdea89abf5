// The questions of the room that ask first, opened by keys, buttons and the composer: each is drawn in the folder of what it is about.
import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import type { TimelineRow } from '../../../shared/contract/room.ts';
import { openDeclareRelease } from '../../app/open.tsx';
import { useServices } from '../../app/services.ts';
import { AskCommand, AskRoles } from './command/questions.tsx';
import type { Phase, Severity } from './composer/commands.ts';
import { AskImpact, AskIntegrity, AskPhase, AskSeverity } from './dialogs/situation.tsx';
import { Versions } from './dialogs/Versions.tsx';
import { RoomContext, type RoomValue, useRoom } from './session.ts';
import { AskAmend, AskAnswer, AskErase, AskRetract } from './timeline/questions.tsx';

export interface Questions {
  severity(first: Severity | null): void;
  phase(first: Phase | null): void;
  roles(): void;
  command(): void;
  integrity(): void;
  impact(first?: string): void;
  answer(entry: string, question: string): void;
  amend(row: TimelineRow): void;
  retract(row: TimelineRow): void;
  erase(row: TimelineRow): void;
  versions(row: TimelineRow): void;
}

/** A dialog is drawn outside of the page; it gets the room handed along, live. */
export function InRoom({ room: value, children }: { room: RoomValue; children: ReactNode }) {
  const incident = useStore(value.session.topic.store, (s) => s.value) ?? value.incident;
  return <RoomContext.Provider value={{ session: value.session, incident }}>{children}</RoomContext.Provider>;
}

export function useQuestions(): Questions {
  const services = useServices();
  const { dialogs } = services;
  const value = useRoom();
  return useMemo(() => {
    // A release has neither severity nor phase; whoever asks for one means an incident.
    const turn =
      value.incident.mode === 'release' ? () => void openDeclareRelease(services, value.incident) : null;
    const open = (render: (close: () => void) => ReactNode): void => {
      dialogs.open((close) => <InRoom room={value}>{render(close)}</InRoom>);
    };
    return {
      severity: (first) => (turn ? turn() : open((close) => <AskSeverity onClose={close} first={first} />)),
      phase: (first) => (turn ? turn() : open((close) => <AskPhase onClose={close} first={first} />)),
      roles: () => open((close) => <AskRoles onClose={close} />),
      command: () => open((close) => <AskCommand onClose={close} />),
      integrity: () => open((close) => <AskIntegrity onClose={close} />),
      impact: (first = '') => open((close) => <AskImpact onClose={close} first={first} />),
      answer: (entry, question) =>
        open((close) => <AskAnswer onClose={close} entry={entry} question={question} />),
      amend: (row) => open((close) => <AskAmend onClose={close} row={row} />),
      retract: (row) => open((close) => <AskRetract onClose={close} row={row} />),
      erase: (row) => open((close) => <AskErase onClose={close} row={row} />),
      versions: (row) => open((close) => <Versions onClose={close} row={row} />),
    };
  }, [services, dialogs, value]);
}
