// How bad it is and where it stands: severity, phase, data integrity, impact. Each asks first and states its effect.
import { useState } from 'react';
import { isClosed } from '../../../../shared/incident/words.ts';
import { fail } from '../../../../shared/result.ts';
import { INTEGRITY_SENTENCE, INTEGRITY_WORD, room } from '../../../../shared/text/room-ui.ts';
import { PHASE_WORD, SEVERITY } from '../../../../shared/text/ui.ts';
import { useApp } from '../../../app/services.ts';
import { Ask, AskChoice, AskField } from '../../../components/Ask.tsx';
import { Sev } from '../../../components/Sev.tsx';
import type { Phase, Severity } from '../composer/commands.ts';
import { STEPPER } from '../phases.ts';
import { useRoom, useWrite } from '../session.ts';

const text = room.ask;
type Close = { readonly onClose: () => void };

/** "Marta has command": nothing is refused for it, the entry says whose name it goes in. */
function NotCommander() {
  const { incident } = useRoom();
  const me = useApp((app) => app?.person?.name ?? '');
  if (!incident.commander || incident.commander === me) return null;
  return <p className="fine">{text.ownName(incident.commander)}</p>;
}

export function AskSeverity({ onClose, first }: Close & { first: Severity | null }) {
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

export function AskIntegrity({ onClose, onKept, why }: Close & { onKept?: () => void; why?: string }) {
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

export function AskPhase({ onClose, first }: Close & { first: Phase | null }) {
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

export function AskImpact({ onClose, first }: Close & { first: string }) {
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
