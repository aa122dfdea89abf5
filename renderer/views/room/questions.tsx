// The questions of the room that ask first: severity, phase, roles, command, data integrity, impact, and those about one entry. Opened by keys, buttons and the composer.

import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { TimelineRow } from '../../../shared/contract/room.ts';
import { isClosed } from '../../../shared/incident/words.ts';
import { fail } from '../../../shared/result.ts';
import { INTEGRITY_SENTENCE, INTEGRITY_WORD, room } from '../../../shared/text/room-ui.ts';
import { PHASE_WORD, SEVERITY } from '../../../shared/text/ui.ts';
import { openDeclareRelease } from '../../app/actions.tsx';
import { useApp, useServices } from '../../app/services.ts';
import { Ask, AskChoice, AskField } from '../../components/Ask.tsx';
import { Sev } from '../../components/Sev.tsx';
import { AskCommand, AskRoles } from './command/questions.tsx';
import type { Phase, Severity } from './composer/commands.ts';
import { Versions } from './dialogs/Versions.tsx';
import { STEPPER } from './phases.ts';
import { RoomContext, type RoomValue, useRoom, useWrite } from './session.ts';

const text = room.ask;
type Close = { readonly onClose: () => void };

/** "Marta has command": nothing is refused for it, the entry says whose name it goes in. */
function NotCommander() {
  const { incident } = useRoom();
  const me = useApp((app) => app?.person?.name ?? '');
  if (!incident.commander || incident.commander === me) return null;
  return <p className="fine">{text.ownName(incident.commander)}</p>;
}

function AskSeverity({ onClose, first }: Close & { first: Severity | null }) {
  const { incident } = useRoom();
  const write = useWrite();
  const [to, setTo] = useState<Severity | null>(first ?? incident.severity);
  const [reason, setReason] = useState('');
  const same = to === null || to === incident.severity;
  return (
    <Ask
      title={text.severity}
      effect={same || to === null ? undefined : text.severityEffect(incident.severity, to)}
      yes={text.severity}
      blocked={same ? text.severitySame : reason.trim() === '' ? text.reasonNeeded : null}
      onClose={onClose}
      onYes={() => write('room.setSeverity', { severity: to ?? incident.severity, reason: reason.trim() })}
    >
      <AskChoice
        legend={text.severity}
        first
        value={to}
        onChange={setTo}
        options={(['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const).map((id) => ({
          id,
          label: <Sev severity={id} />,
          help: SEVERITY[id].what,
        }))}
      />
      <AskField label={text.reason} value={reason} onChange={setReason} required />
      <NotCommander />
    </Ask>
  );
}

type IntegrityWord = keyof typeof INTEGRITY_WORD;

function AskIntegrity({ onClose, onKept, why }: Close & { onKept?: () => void; why?: string }) {
  const { incident } = useRoom();
  const write = useWrite();
  const [state, setState] = useState<IntegrityWord>(incident.integrity.state);
  const [basis, setBasis] = useState(incident.integrity.basis);
  return (
    <Ask
      title={text.integrityQuestion}
      effect={why}
      yes={text.integritySet}
      blocked={state !== 'unknown' && basis.trim() === '' ? text.integrityBasisNeeded : null}
      onClose={onClose}
      onKept={onKept}
      onYes={() => write('room.setIntegrity', { state, basis: basis.trim() })}
    >
      <AskChoice
        legend={text.integrityQuestion}
        first
        value={state}
        onChange={setState}
        options={(Object.keys(INTEGRITY_WORD) as IntegrityWord[]).map((id) => ({
          id,
          label: INTEGRITY_WORD[id],
          help: INTEGRITY_SENTENCE[id],
        }))}
      />
      <AskField label={text.integrityBasis} value={basis} onChange={setBasis} area />
    </Ask>
  );
}

function AskPhase({ onClose, first }: Close & { first: Phase | null }) {
  const { incident } = useRoom();
  const write = useWrite();
  const closed = isClosed(incident.phase);
  const [to, setTo] = useState<Phase | null>(first ?? (closed ? 'investigating' : incident.phase));
  const [reason, setReason] = useState('');
  /** Main refused to resolve because nobody has said whether data was harmed: that question is asked in the same dialog. */
  const [asked, setAsked] = useState<string | null>(null);
  const [state, setState] = useState<IntegrityWord | 'override' | null>(null);
  const [basis, setBasis] = useState('');
  /** Main refused to close over a plan that still runs: it is asked why. */
  const [planOpen, setPlanOpen] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const same = to === null || to === incident.phase;
  const closing = to !== null && isClosed(to) && !closed;
  const opening = to !== null && closed && !isClosed(to);
  const blocked = same
    ? text.phaseSame
    : asked !== null && state === null
      ? text.integrityChoose
      : asked !== null && basis.trim() === ''
        ? text.integrityBasisNeeded
        : planOpen !== null && state !== 'override' && why.trim() === ''
          ? text.reasonNeeded
          : (opening || to === 'declined') && reason.trim() === ''
            ? text.reasonNeeded
            : null;
  const submit = async () => {
    if (to === null) return fail('no-phase', text.phaseSame);
    if (asked !== null && state !== null && state !== 'override') {
      const kept = await write('room.setIntegrity', { state, basis: basis.trim() });
      if (!kept.ok) return kept;
    }
    return write('room.setPhase', {
      phase: to,
      reason: reason.trim(),
      ...(asked !== null && state === 'override'
        ? { override: basis.trim() }
        : planOpen !== null
          ? { override: why.trim() }
          : {}),
    });
  };
  return (
    <Ask
      title={opening ? text.reopen : text.phase}
      effect={
        closing
          ? text.closeEffect
          : opening
            ? text.reopenEffect
            : same || to === null
              ? undefined
              : text.phaseEffect(PHASE_WORD[incident.phase], PHASE_WORD[to])
      }
      yes={opening ? text.reopen : text.phase}
      blocked={blocked}
      onClose={onClose}
      onYes={submit}
      onRefused={(error) => {
        if (error.code === 'plan-open' && planOpen === null) setPlanOpen(error.message);
        else if (error.code === 'integrity-unknown' && asked === null) setAsked(error.message);
        else return false;
        return true;
      }}
    >
      <AskChoice
        legend={text.phase}
        first
        value={to}
        onChange={(next) => {
          setTo(next);
          setAsked(null);
          setPlanOpen(null);
        }}
        options={[...STEPPER, 'declined' as const].map((id) => ({
          id,
          label: PHASE_WORD[id],
          help: id === incident.phase ? room.now.toLowerCase() : undefined,
        }))}
      />
      {asked === null ? null : (
        <>
          <p className="err" role="alert">
            {asked}
          </p>
          <AskChoice
            legend={text.integrityQuestion}
            value={state}
            onChange={setState}
            options={[
              ...(['none-compromised', 'suspected', 'confirmed'] as const).map((id) => ({
                id,
                label: INTEGRITY_WORD[id],
                help: INTEGRITY_SENTENCE[id],
              })),
              { id: 'override' as const, label: text.override },
            ]}
          />
          <AskField
            label={state === 'override' ? text.overrideReason : text.integrityBasis}
            value={basis}
            onChange={setBasis}
            area
            required
          />
        </>
      )}
      {planOpen === null || state === 'override' ? null : (
        <>
          <p className="err" role="alert">
            {planOpen}
          </p>
          <AskField label={text.overPlan} value={why} area required onChange={setWhy} />
        </>
      )}
      <AskField
        label={opening || to === 'declined' ? text.reason : text.reasonOptional}
        value={reason}
        onChange={setReason}
      />
      <NotCommander />
    </Ask>
  );
}

function AskImpact({ onClose, first }: Close & { first: string }) {
  const { incident } = useRoom();
  const write = useWrite();
  const [value, setValue] = useState(first || incident.impact);
  return (
    <Ask
      title={text.impact}
      yes={text.amendKeep}
      blocked={value.trim() === incident.impact ? text.amendSame : null}
      onClose={onClose}
      onYes={() => write('room.setImpact', { text: value.trim() })}
    >
      <AskField label={text.impactText} value={value} max={4000} area first onChange={setValue} />
    </Ask>
  );
}

function AskAnswer({ onClose, entry, question }: Close & { entry: string; question: string }) {
  const write = useWrite();
  const [value, setValue] = useState('');
  return (
    <Ask
      title={text.answer}
      effect={question}
      yes={text.answer}
      blocked={value.trim() === '' ? text.reasonNeeded : null}
      onClose={onClose}
      onYes={() => write('room.answer', { question: entry, text: value.trim(), occurred: null })}
    >
      <AskField label={text.answerText} value={value} max={20_000} area first onChange={setValue} required />
    </Ask>
  );
}

function AskAmend({ onClose, row }: Close & { row: TimelineRow }) {
  const write = useWrite();
  const [value, setValue] = useState(row.text);
  const [reason, setReason] = useState('');
  return (
    <Ask
      title={text.amend}
      effect={text.amendEffect}
      yes={text.amendKeep}
      wide
      blocked={value.trim() === row.text.trim() || value.trim() === '' ? text.amendSame : null}
      onClose={onClose}
      onYes={() => write('room.amend', { entry: row.id, text: value.trim(), reason: reason.trim() })}
    >
      <AskField label={text.amendText} value={value} max={20_000} area first onChange={setValue} />
      <AskField label={text.reasonOptional} value={reason} onChange={setReason} />
    </Ask>
  );
}

function AskRetract({ onClose, row }: Close & { row: TimelineRow }) {
  const write = useWrite();
  const [reason, setReason] = useState('');
  return (
    <Ask
      title={text.retract}
      effect={text.retractEffect}
      yes={text.retract}
      blocked={reason.trim() === '' ? text.reasonNeeded : null}
      onClose={onClose}
      onYes={() => write('room.retract', { entry: row.id, reason: reason.trim() })}
    >
      <blockquote className="ask-q">{row.text}</blockquote>
      <AskField label={text.reason} value={reason} onChange={setReason} first required />
    </Ask>
  );
}

function AskErase({ onClose, row }: Close & { row: TimelineRow }) {
  const write = useWrite();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  return (
    <Ask
      title={text.erase}
      effect={text.eraseEffect}
      yes={text.erase}
      danger
      blocked={
        reason.trim() === ''
          ? text.reasonNeeded
          : typed.trim().toLowerCase() !== text.eraseWord
            ? text.eraseType(text.eraseWord)
            : null
      }
      onClose={onClose}
      onYes={() => write('room.erase', { entry: row.id, reason: reason.trim() })}
    >
      <AskField label={text.reason} value={reason} onChange={setReason} first required />
      <AskField label={text.eraseType(text.eraseWord)} value={typed} max={40} mono onChange={setTyped} />
    </Ask>
  );
}

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
