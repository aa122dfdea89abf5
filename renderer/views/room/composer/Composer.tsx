// The composer: one line that becomes an entry. Nothing typed is lost: the draft is kept until the journal has it, and a refusal leaves the text and says why.
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { room } from '../../../../shared/text/room-ui.ts';
import { toInstant } from '../../../../shared/time/clock.ts';
import { parseTime, type Reading, type TimeEntry } from '../../../../shared/time/parse.ts';
import { useCommands } from '../../../app/commands.ts';
import { useApp, useServices, useZone } from '../../../app/services.ts';
import { Button } from '../../../components/Button.tsx';
import { Kbd } from '../../../components/Kbd.tsx';
import { Problem } from '../../../components/Problem.tsx';
import { useQuestions } from '../questions.tsx';
import { useRoom, useWrite } from '../session.ts';
import { COMMANDS, putIn, readLine, type Suggestion, wordAt } from './commands.ts';
import type { Drafts } from './drafts.ts';
import { Suggest } from './Suggest.tsx';
import { TimeEcho, TimeField } from './TimeField.tsx';

const text = room.composer;
/** Names and targets offered at once. */
const OFFERED = 7;

export function Composer({ drafts }: { drafts: Drafts }) {
  const services = useServices();
  const { session, incident } = useRoom();
  const write = useWrite();
  const ask = useQuestions();
  const zone = useZone();
  const person = useApp((app) => app?.person?.name ?? '');
  const journal = useApp((app) => app?.journal ?? null);
  const [value, setValue] = useState(() => drafts.read(session.id).text);
  const [typed, setTyped] = useState<string | null>(() => drafts.read(session.id).time || null);
  const [chosen, setChosen] = useState<Reading | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [hint, setHint] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [caret, setCaret] = useState(0);
  const [at, setAt] = useState(-1);
  const [closed, setClosed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const caretWanted = useRef<number | null>(null);
  const list = useId();

  useEffect(() => {
    drafts.write(session.id, { text: value, time: typed ?? '' });
  }, [drafts, session.id, value, typed]);

  // Grows with the text up to six lines.
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again for every text
  useLayoutEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 132)}px`;
    if (caretWanted.current !== null) {
      box.setSelectionRange(caretWanted.current, caretWanted.current);
      caretWanted.current = null;
    }
  }, [value]);

  const readTime = (words: string, purpose: 'happened' | 'due'): TimeEntry =>
    parseTime(words, {
      now: toInstant(services.clock.now()),
      zone,
      purpose,
      impactStarted: incident.impactStartedAt,
    });
  const reading = typed === null || typed.trim() === '' ? null : readTime(typed, 'happened');
  const timeBlock =
    reading === null || reading.kind === 'at'
      ? null
      : reading.kind === 'ask'
        ? chosen && reading.choices.some((one) => one.instant === chosen.instant)
          ? null
          : reading.question
        : text.timeNeeded;
  const blocked = journal && !journal.writable ? text.readOnly(journal.reason ?? '') : timeBlock;

  const people = useMemo(
    () =>
      [
        ...new Set([
          person,
          ...incident.roles.map((one) => one.name ?? ''),
          ...incident.actions.map((one) => one.owner ?? ''),
          ...incident.facts.map((one) => one.by),
        ]),
      ].filter(Boolean),
    [person, incident],
  );
  const word = closed ? null : wordAt(value, caret);
  // A release has neither phase nor severity.
  const has = (one: string): boolean =>
    incident.mode !== 'release' || (one !== 'phase' && one !== 'severity');
  const offer = (): readonly Suggestion[] => {
    if (!word) return [];
    const begins = (one: string): boolean => one.toLowerCase().includes(word.typed.toLowerCase());
    if (word.sign === '/')
      return COMMANDS.filter((one) => has(one.word) && one.word.startsWith(word.typed.toLowerCase())).map(
        (one) => ({
          value: `/${one.word}`,
          hint: text.hints[one.word],
        }),
      );
    if (word.sign === '@')
      return people
        .filter(begins)
        .slice(0, OFFERED)
        .map((one) => ({
          value: `@${one}`,
          hint: incident.roles.find((role) => role.name === one)?.role ?? '',
        }));
    return incident.affected
      .filter((one) => begins(one.region))
      .slice(0, OFFERED)
      .map((one) => ({ value: `#${one.region}`, hint: one.provider }));
  };
  const options = offer();
  // What stands there whole needs no suggestion.
  const offered =
    options.length === 1 && word && options[0]?.value === `${word.sign}${word.typed}` ? [] : options;

  const change = (next: string, position: number): void => {
    setValue(next);
    setCaret(position);
    setAt(-1);
    setClosed(false);
    setHint(null);
    if (problem !== null) setProblem(null);
  };
  const pick = (option: Suggestion): void => {
    if (!word) return;
    const put = putIn(value, caret, word.from, option.value);
    caretWanted.current = put.caret;
    change(put.text, put.caret);
    field.current?.focus();
  };
  const cleared = (lead: string): void => {
    setValue('');
    setTyped(null);
    setChosen(null);
    setProblem(null);
    setHint(null);
    drafts.write(session.id, { text: '', time: '' });
    services.announce.status(text.logged(lead));
    field.current?.focus();
  };

  const occurred = () => {
    if (reading === null || typed === null) return null;
    const kept = reading.kind === 'at' ? reading : reading.kind === 'ask' ? chosen : null;
    return kept ? { at: kept.instant, precision: kept.precision, typed } : null;
  };

  const log = async (asNote: boolean): Promise<void> => {
    if (busy || blocked) return;
    const line = asNote ? ({ kind: 'log', as: 'note', text: value.trim() } as const) : readLine(value);
    switch (line.kind) {
      case 'empty':
        return;
      case 'unfinished':
        return setHint(text.unfinished(line.command));
      case 'unknown': {
        if (hint === text.unknownCommand(line.word)) return log(true);
        return setHint(text.unknownCommand(line.word));
      }
      case 'phase':
        setValue('');
        return ask.phase(line.to);
      case 'severity':
        setValue('');
        return ask.severity(line.to);
      case 'describe-impact':
        setValue('');
        return ask.impact(line.text);
      case 'impact': {
        const time = readTime(line.time, 'happened');
        if (time.kind === 'refused') return setHint(time.text);
        // Two readings: both are written out, and the one that is meant can be typed whole.
        if (time.kind === 'ask')
          return setHint(
            text.either(
              time.question,
              time.choices.map((one) => one.echo),
            ),
          );
        setBusy(true);
        const answer = await write('room.setMilestone', {
          name: 'impact-started',
          occurred: { at: time.instant, precision: time.precision, typed: line.time },
        });
        setBusy(false);
        return answer.ok ? cleared(room.ask.impactStarted) : setProblem(text.kept(answer.error.message));
      }
      case 'log': {
        let due: string | undefined;
        if ('due' in line && line.due !== undefined) {
          const time = readTime(line.due, 'due');
          if (time.kind === 'refused') return setHint(`${text.pastDue}: ${time.text}`);
          if (time.kind === 'ask')
            return setHint(
              text.either(
                time.question,
                time.choices.map((one) => one.echo),
              ),
            );
          due = time.instant;
        }
        setBusy(true);
        const answer = await write('room.log', {
          kind: line.as,
          text: line.text,
          occurred: occurred(),
          ...('factState' in line && line.factState ? { factState: line.factState } : {}),
          ...('owner' in line && line.owner ? { owner: fullName(line.owner, people) } : {}),
          ...(due ? { due } : {}),
        });
        setBusy(false);
        return answer.ok ? cleared(text.kinds[line.as]) : setProblem(text.kept(answer.error.message));
      }
    }
  };

  const toggleTime = (): void => {
    if (typed === null) setTyped('');
    else document.querySelector<HTMLInputElement>('.occ-i')?.focus();
  };
  useCommands('view', [
    {
      id: 'room.note',
      title: room.keys.note,
      keys: ['N'],
      group: room.keys.group,
      icon: 'message-square',
      run: () => field.current?.focus(),
    },
    {
      id: 'room.time',
      title: room.keys.time,
      keys: ['Ctrl ;'],
      group: room.keys.group,
      icon: 'clock',
      run: toggleTime,
    },
  ]);

  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (offered.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((now) =>
        now < 0 ? (step > 0 ? 0 : offered.length - 1) : (now + step + offered.length) % offered.length,
      );
      return;
    }
    const marked = offered[at] ?? (event.key === 'Tab' && !event.shiftKey ? offered[0] : undefined);
    if (marked && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault();
      pick(marked);
      return;
    }
    if (event.key === 'Escape' && offered.length > 0) {
      event.preventDefault();
      event.stopPropagation();
      setClosed(true);
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void log(false);
    }
  };
  const sync = (): void => setCaret(field.current?.selectionStart ?? 0);
  const time = {
    typed,
    reading,
    chosen,
    onChoose: setChosen,
    onEnter: () => void (value.trim() ? log(false) : field.current?.focus()),
  };

  return (
    <form
      className="comp"
      aria-label={text.form}
      onSubmit={(event) => {
        event.preventDefault();
        void log(false);
      }}
    >
      <Problem text={problem} className="comp-p" />
      <TimeEcho {...time} />
      <Suggest id={list} options={offered} at={at} onPick={pick} />
      <div className="comp-r">
        <TimeField
          {...time}
          onTyped={(next) => {
            setTyped(next);
            setChosen(null);
            if (next === null) field.current?.focus();
          }}
        />
        <textarea
          ref={field}
          rows={1}
          data-pane-focus=""
          aria-label={text.text}
          placeholder={text.placeholder}
          maxLength={20_000}
          value={value}
          aria-haspopup="listbox"
          aria-controls={offered.length > 0 ? list : undefined}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 && offered.length > 0 ? `${list}-${at}` : undefined}
          onChange={(event) => change(event.target.value, event.target.selectionStart)}
          onSelect={sync}
          onKeyDown={onKey}
          onBlur={() => setClosed(true)}
          onFocus={() => setClosed(false)}
        />
        <Button type="submit" look="key" keys="Enter" busy={busy} blocked={blocked}>
          {text.log}
        </Button>
      </div>
      <p className="hints" aria-live="polite">
        {hint !== null ? (
          <span className="near">{hint}</span>
        ) : (
          <>
            {COMMANDS.filter((one) => one.word !== 'note' && has(one.word)).map((one) => (
              <code key={one.word}>/{one.word}</code>
            ))}
            <span>
              <Kbd keys="@" /> {text.person}
            </span>
            <span>
              <Kbd keys="#" /> {text.target}
            </span>
            <span className="r lo">
              <Kbd keys="N" /> {text.note}
            </span>
          </>
        )}
      </p>
    </form>
  );
}

/** `@Priya` means the one person here whose name begins like that; else the word as typed. */
export function fullName(typed: string, people: readonly string[]): string {
  const fits = people.filter((one) => one.toLowerCase().startsWith(typed.toLowerCase()));
  return fits.length === 1 ? (fits[0] ?? typed) : typed;
}
