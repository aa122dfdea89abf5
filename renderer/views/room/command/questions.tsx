// Who holds which role: roles, command, and what becomes of the locks when command changes hands.

import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Override } from '../../../../shared/contract/watch.ts';
import type { Failure } from '../../../../shared/result.ts';
import { overridePlace, overrideText } from '../../../../shared/text/overrides.ts';
import { room } from '../../../../shared/text/room-ui.ts';
import { useApp, useServices } from '../../../app/services.ts';
import { Ask, AskChoice, AskField } from '../../../components/Ask.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { COMMANDER, isCommander, roleLines } from '../roles.ts';
import { useRoom, useWrite } from '../session.ts';

const text = room.ask;
type Close = { readonly onClose: () => void };

/** The locks that end when this person takes command from somebody else, the question about them, and its answer. */
function useLocks(to: string): {
  readonly answers: { readonly locks?: { id: string; keep: boolean }[] };
  readonly question: ReactNode;
  readonly refused: (error: Failure) => boolean;
} {
  const { incident } = useRoom();
  const { client } = useServices();
  const [locks, setLocks] = useState<readonly Override[]>([]);
  const [keep, setKeep] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const read = useCallback(async (): Promise<void> => {
    const answer = await client.call('room.locks', { incident: incident.id });
    if (answer.ok) setLocks(answer.value.locks);
    setProblem(answer.ok ? null : answer.error.message);
  }, [client, incident.id]);
  useEffect(() => void read(), [read]);
  const had = incident.commander;
  const asked = to !== '' && had !== null && had !== to ? locks : [];
  const choice = keep ? 'keep' : 'end';
  return {
    answers: asked.length === 0 ? {} : { locks: asked.map(({ id }) => ({ id, keep })) },
    question:
      asked.length === 0 ? (
        <Problem text={problem} />
      ) : (
        <>
          <p>{overrideText.endWithHandoff(asked.length)}</p>
          <ul className="ask-l fine">
            {asked.map((one) => (
              <li key={one.id}>
                {overrideText.lock(overridePlace(one), one.state, one.sources, one.by, one.until)}
              </li>
            ))}
          </ul>
          <AskChoice
            legend={overrideText.endWithHandoff(asked.length)}
            value={choice}
            onChange={(next) => setKeep(next === 'keep')}
            options={[
              {
                id: 'end' as const,
                label: overrideText.letEnd(asked.length),
                help: overrideText.letEndHelp,
              },
              { id: 'keep' as const, label: overrideText.keep(asked.length), help: overrideText.keepHelp },
            ]}
          />
          <Problem text={problem} />
        </>
      ),
    // One was made since the question was opened: it is asked about, in the same place.
    refused(error) {
      if (error.code !== 'locks-asked') return false;
      void read();
      return true;
    },
  };
}

export function AskRoles({ onClose }: Close) {
  const { incident } = useRoom();
  const write = useWrite();
  const me = useApp((app) => app?.person?.name ?? '');
  const lines = roleLines(incident.roles);
  const [names, setNames] = useState<Record<string, string>>(() =>
    Object.fromEntries(lines.map((line) => [line.role, line.name ?? ''])),
  );
  const [other, setOther] = useState('');
  const [otherName, setOtherName] = useState('');
  const known = [...new Set([me, ...incident.roles.map((r) => r.name ?? '')].filter(Boolean))];
  const changes = [
    ...lines
      .filter((line) => (names[line.role] ?? '').trim() !== (line.name ?? ''))
      .map((line) => ({ role: line.role, name: (names[line.role] ?? '').trim() || null })),
    ...(other.trim() && otherName.trim() ? [{ role: other.trim(), name: otherName.trim() }] : []),
  ];
  const locks = useLocks(changes.find((one) => isCommander(one.role))?.name ?? '');
  return (
    <Ask
      title={text.roles}
      effect={text.roleEffect}
      yes={text.roleSave}
      blocked={changes.length === 0 ? text.roleNone : null}
      onClose={onClose}
      onRefused={locks.refused}
      onYes={async () => {
        for (const change of changes) {
          const answer = await write('room.assignRole', {
            ...change,
            ...(isCommander(change.role) ? locks.answers : {}),
          });
          if (!answer.ok) return answer;
        }
        return { ok: true, value: null };
      }}
    >
      <div className="ask-rows">
        {lines.map((line, i) => (
          <AskField
            key={line.role}
            label={line.role}
            first={i === 0}
            value={names[line.role] ?? ''}
            max={120}
            list={known}
            onChange={(value) => setNames((now) => ({ ...now, [line.role]: value }))}
          />
        ))}
        <AskField label={text.roleOther} value={other} max={80} onChange={setOther} />
        <AskField label={text.roleName} value={otherName} max={120} list={known} onChange={setOtherName} />
      </div>
      {locks.question}
    </Ask>
  );
}

export function AskCommand({ onClose }: Close) {
  const { incident } = useRoom();
  const write = useWrite();
  const me = useApp((app) => app?.person?.name ?? '');
  const [name, setName] = useState(me);
  const role = incident.roles.find((r) => isCommander(r.role))?.role ?? COMMANDER;
  const locks = useLocks(name.trim());
  return (
    <Ask
      title={text.command}
      effect={text.commandEffect(
        incident.commander && incident.commander !== name.trim() ? incident.commander : null,
      )}
      yes={text.commandYes}
      blocked={name.trim() === '' ? text.commandNoName : null}
      onClose={onClose}
      onRefused={locks.refused}
      onYes={() => write('room.assignRole', { role, name: name.trim(), ...locks.answers })}
    >
      <AskField label={text.roleName} value={name} max={120} onChange={setName} first={me === ''} />
      {locks.question}
    </Ask>
  );
}
