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
import { useRoom } from '../session.ts';
import { putIn, type Suggestion, wordAt } from './commands.ts';
import type { Drafts } from './drafts.ts';
import { Suggest } from './Suggest.tsx';
import { commandsOf, peopleOf, suggestions } from './suggestions.ts';
import { TimeEcho, TimeField } from './TimeField.tsx';
import { useLog } from './use-log.ts';

const text = room.composer;

export function Composer({ drafts }: { drafts: Drafts }) {
  const services = useServices();
  const { session, incident } = useRoom();
  const zone = useZone();
  const person = useApp((app) => app?.person?.name ?? '');
  const journal = useApp((app) => app?.journal ?? null);
  const [value, setValue] = useState(() => drafts.read(session.id).text);
  const [typed, setTyped] = useState<string | null>(() => drafts.read(session.id).time || null);
  const [chosen, setChosen] = useState<Reading | null>(null);
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

  const people = useMemo(() => peopleOf(person, incident), [person, incident]);
  const { log, busy, problem, hint, changed } = useLog({
    value,
    typed,
    reading,
    chosen,
    people,
    blocked,
    readTime,
    onAsked: () => setValue(''),
    onKept: (lead) => {
      setValue('');
      setTyped(null);
      setChosen(null);
      drafts.write(session.id, { text: '', time: '' });
      services.announce.status(text.logged(lead));
      field.current?.focus();
    },
  });
  const word = closed ? null : wordAt(value, caret);
  const offered = suggestions(word, incident, people);

  const change = (next: string, position: number): void => {
    setValue(next);
    setCaret(position);
    setAt(-1);
    setClosed(false);
    changed();
  };
  const pick = (option: Suggestion): void => {
    if (!word) return;
    const put = putIn(value, caret, word.from, option.value);
    caretWanted.current = put.caret;
    change(put.text, put.caret);
    field.current?.focus();
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
      void log();
    }
  };
  const sync = (): void => setCaret(field.current?.selectionStart ?? 0);
  const time = {
    typed,
    reading,
    chosen,
    onChoose: setChosen,
    onEnter: () => void (value.trim() ? log() : field.current?.focus()),
  };

  return (
    <form
      className="comp"
      aria-label={text.form}
      onSubmit={(event) => {
        event.preventDefault();
        void log();
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
            {commandsOf(incident)
              .filter((one) => one.word !== 'note')
              .map((one) => (
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
