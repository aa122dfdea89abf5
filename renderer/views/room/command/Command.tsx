// The command column: who decides, what is affected, what is known, what is open. Everything in it comes from entries.
import { type ReactNode, useState } from 'react';
import { calledBy } from '../../../../shared/text/people.ts';
import { FACT_WORD, INTEGRITY_WORD, room } from '../../../../shared/text/room-ui.ts';
import { stateWord } from '../../../../shared/text/ui.ts';
import { fromInstant } from '../../../../shared/time/clock.ts';
import { useApp, useNow } from '../../../app/services.ts';
import { Button } from '../../../components/Button.tsx';
import { Keys } from '../../../components/Kbd.tsx';
import { Nb } from '../../../components/Nb.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { type Glyph, St, stateGlyph } from '../../../components/St.tsx';
import { Time } from '../../../components/Time.tsx';
import { useQuestions } from '../questions.tsx';
import { isCommander, roleLines } from '../roles.ts';
import { useRoom, useWrite } from '../session.ts';

const text = room.command;

function Section(props: { title: string; right?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h2 className="ph">
        {props.title}
        {props.right}
      </h2>
      {props.children}
    </section>
  );
}

function Roles() {
  const { incident } = useRoom();
  const ask = useQuestions();
  const write = useWrite();
  const me = useApp((app) => app?.person?.name ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (role: string): Promise<void> => {
    if (isCommander(role)) return ask.command();
    if (me === '') return ask.roles();
    const answer = await write('room.assignRole', { role, name: me });
    setProblem(answer.ok ? null : answer.error.message);
  };
  return (
    <Section title={text.roles} right={<Keys keys="Shift R" />}>
      <ul className="roles">
        {roleLines(incident.roles).map((line) => (
          <li key={line.role} className={line.name === null ? 'empty' : undefined}>
            <span className="ro-r" title={line.role}>
              {line.short}
            </span>
            <span
              className="ro-n"
              title={[line.name, ...line.others].filter(Boolean).join(', ') || undefined}
            >
              {line.name ?? text.unfilled}{' '}
              {line.others.length > 0 ? <span className="near">{text.andOthers(line.others)}</span> : null}
              {line.name !== null && line.name === me ? <span className="dim">{text.you}</span> : null}
            </span>
            <span className="ro-s">
              {line.name === null ? (
                <Button look="tiny" label={`${text.take}: ${line.role}`} onPress={() => void take(line.role)}>
                  {text.take}
                </Button>
              ) : line.since ? (
                <Time at={line.since} show="zm" />
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
    </Section>
  );
}

function Affected() {
  const { incident } = useRoom();
  const bad = incident.affected.filter((one) => one.state !== 'operational').length;
  return (
    <Section
      title={text.affected}
      right={
        incident.affected.length ? (
          <span className="phn">{text.regions(bad, incident.affected.length)}</span>
        ) : undefined
      }
    >
      {incident.affected.length === 0 ? (
        <p className="cm-none">{text.noAffected}</p>
      ) : (
        <ul className="aff">
          {incident.affected.map((one) => (
            <li key={`${one.provider} ${one.region}`} title={one.services.join(', ')}>
              <St kind={stateGlyph(one.state)} label={stateWord(one.state)} />
              <b>
                <Nb>{one.region}</Nb>
              </b>
              <span>
                {one.provider}
                {one.state === 'operational'
                  ? `, ${text.recovered}`
                  : one.services.length === 1
                    ? `, ${one.services[0]}`
                    : one.services.length > 1
                      ? `, ${text.services(one.services.length)}`
                      : ''}
              </span>
              <Time at={one.since} show="zm" />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Facts() {
  const { incident } = useRoom();
  const order = { confirmed: 0, suspected: 1, 'ruled-out': 2 } as const;
  const facts = [...incident.facts].sort((a, b) => order[a.state] - order[b.state]);
  return (
    <Section title={text.facts} right={<Keys keys="/fact" />}>
      {facts.length === 0 ? (
        <p className="cm-none">{text.noFacts}</p>
      ) : (
        <ol className="facts">
          {facts.map((fact) => (
            <li
              key={fact.entry}
              className={fact.state === 'suspected' ? 'maybe' : fact.state === 'ruled-out' ? 'no' : undefined}
              title={fact.by}
            >
              <b>{FACT_WORD[fact.state]}</b>
              <Nb>{fact.text}</Nb>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}

function Due({ at, owner }: { at: string | null; owner: string | null }) {
  const now = useNow();
  const rest = at === null ? null : fromInstant(at) - now;
  return (
    <span className={rest !== null && rest < 5 * 60_000 ? 'dim near' : 'dim'}>
      {owner ? `${calledBy(owner)} ` : ''}
      {at ? <Time at={at} show="zm" /> : null}
      {rest !== null && rest < 0 ? ` ${text.late}` : ''}
    </span>
  );
}

function Actions() {
  const { incident } = useRoom();
  const write = useWrite();
  const [problem, setProblem] = useState<string | null>(null);
  const open = incident.actions
    .filter((one) => one.state === 'open')
    .sort((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1));
  const finish = async (action: string): Promise<void> => {
    const answer = await write('room.finishAction', { action, done: true });
    setProblem(answer.ok ? null : answer.error.message);
  };
  return (
    <Section
      title={text.actions}
      right={<span className="phn">{text.actionsOf(incident.openActions, incident.totalActions)}</span>}
    >
      {open.length === 0 ? (
        <p className="cm-none">{text.noActions}</p>
      ) : (
        <ul className="acts">
          {open.map((one) => (
            <li key={one.entry} title={one.text}>
              <button
                type="button"
                className="tick"
                title={text.finish}
                aria-label={text.finishTitle(one.text)}
                onClick={() => void finish(one.entry)}
              >
                <St kind="todo" />
              </button>
              <span>
                <Nb>{one.text}</Nb>
              </span>
              <Due at={one.due} owner={one.owner} />
            </li>
          ))}
        </ul>
      )}
      <Problem text={problem} />
    </Section>
  );
}

function Questions() {
  const { incident } = useRoom();
  const ask = useQuestions();
  if (incident.questions.length === 0) return null;
  return (
    <Section title={text.questions} right={<span className="phn">{incident.questions.length}</span>}>
      <ul className="facts qs">
        {incident.questions.map((one) => (
          <li key={one.entry} title={one.by}>
            <span>
              <Nb>{one.text}</Nb>
            </span>
            <Button
              look="tiny"
              label={`${text.answer}: ${one.text}`}
              onPress={() => ask.answer(one.entry, one.text)}
            >
              {text.answer}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const INTEGRITY_GLYPH: Record<keyof typeof INTEGRITY_WORD, Glyph> = {
  unknown: 'unknown',
  'none-compromised': 'done',
  suspected: 'degraded',
  confirmed: 'outage',
};

function Integrity() {
  const { incident } = useRoom();
  const ask = useQuestions();
  const { state, basis, by } = incident.integrity;
  return (
    <Section
      title={text.integrity}
      right={
        <span className="phn">
          <Button look="tiny" label={`${text.change}: ${text.integrity}`} onPress={() => ask.integrity()}>
            {text.change}
          </Button>
        </span>
      }
    >
      <p className={`integ s-${INTEGRITY_GLYPH[state]}`}>
        <St kind={INTEGRITY_GLYPH[state]} />
        <b>{INTEGRITY_WORD[state]}</b>
        {by ? <span className="dim">{by}</span> : null}
      </p>
      {basis || state === 'unknown' ? (
        <p className="cm-none">{basis || (/[12]/.test(incident.severity) ? text.integrityUnknown : '')}</p>
      ) : null}
    </Section>
  );
}

function Impact() {
  const { incident } = useRoom();
  const ask = useQuestions();
  return (
    <Section
      title={text.impact}
      right={
        <span className="phn">
          <Button look="tiny" label={`${text.change}: ${text.impact}`} onPress={() => ask.impact()}>
            {text.change}
          </Button>
        </span>
      }
    >
      {incident.impact ? (
        <p className="impact">{incident.impact}</p>
      ) : (
        <p className="cm-none">{text.noImpact}</p>
      )}
    </Section>
  );
}

export function Command() {
  return (
    <>
      <Roles />
      <Affected />
      <Facts />
      <Actions />
      <Questions />
      <Integrity />
      <Impact />
    </>
  );
}
