// What a typed line does: it is logged, opens its question, or says what is missing. The field beside it only holds the text.
import { useState } from 'react';
import { room } from '../../../../shared/text/room-ui.ts';
import type { Reading, TimeEntry } from '../../../../shared/time/parse.ts';
import { useQuestions } from '../questions.tsx';
import { useWrite } from '../session.ts';
import { readLine } from './commands.ts';
import { fullName } from './suggestions.ts';

const text = room.composer;

export interface LogOptions {
  readonly value: string;
  /** When it happened, as typed and as read; null for now. */
  readonly typed: string | null;
  readonly reading: TimeEntry | null;
  readonly chosen: Reading | null;
  readonly people: readonly string[];
  readonly blocked: string | null;
  readonly readTime: (words: string, purpose: 'happened' | 'due') => TimeEntry;
  /** A question took the line over; what was typed is in it. */
  readonly onAsked: () => void;
  /** The journal has it. `lead`: what it was logged as. */
  readonly onKept: (lead: string) => void;
}

/** Two readings: both are written out, and the one that is meant can be typed whole. */
const either = (time: Extract<TimeEntry, { kind: 'ask' }>): string =>
  text.either(
    time.question,
    time.choices.map((one) => one.echo),
  );

export function useLog(options: LogOptions) {
  const { value, typed, reading, chosen } = options;
  const write = useWrite();
  const ask = useQuestions();
  const [problem, setProblem] = useState<string | null>(null);
  const [hint, setHint] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const occurred = () => {
    if (reading === null || typed === null) return null;
    const kept = reading.kind === 'at' ? reading : reading.kind === 'ask' ? chosen : null;
    return kept ? { at: kept.instant, precision: kept.precision, typed } : null;
  };
  /** A refusal keeps the text and says why. */
  const send = async (lead: string, run: () => ReturnType<typeof write>): Promise<void> => {
    setBusy(true);
    const answer = await run();
    setBusy(false);
    if (!answer.ok) return setProblem(text.kept(answer.error.message));
    setProblem(null);
    setHint(null);
    options.onKept(lead);
  };
  const log = async (asNote = false): Promise<void> => {
    if (busy || options.blocked) return;
    const line = asNote ? ({ kind: 'log', as: 'note', text: value.trim() } as const) : readLine(value);
    switch (line.kind) {
      case 'empty':
        return;
      case 'unfinished':
        return setHint(text.unfinished(line.command));
      case 'unknown':
        // Entered twice: it is meant as it stands.
        if (hint === text.unknownCommand(line.word)) return log(true);
        return setHint(text.unknownCommand(line.word));
      case 'phase':
        options.onAsked();
        return ask.phase(line.to);
      case 'severity':
        options.onAsked();
        return ask.severity(line.to);
      case 'describe-impact':
        options.onAsked();
        return ask.impact(line.text);
      case 'impact': {
        const time = options.readTime(line.time, 'happened');
        if (time.kind === 'refused') return setHint(time.text);
        if (time.kind === 'ask') return setHint(either(time));
        return send(room.ask.impactStarted, () =>
          write('room.setMilestone', {
            name: 'impact-started',
            occurred: { at: time.instant, precision: time.precision, typed: line.time },
          }),
        );
      }
      case 'log': {
        let due: string | undefined;
        if ('due' in line && line.due !== undefined) {
          const time = options.readTime(line.due, 'due');
          if (time.kind === 'refused') return setHint(`${text.pastDue}: ${time.text}`);
          if (time.kind === 'ask') return setHint(either(time));
          due = time.instant;
        }
        return send(text.kinds[line.as], () =>
          write('room.log', {
            kind: line.as,
            text: line.text,
            occurred: occurred(),
            ...('factState' in line && line.factState ? { factState: line.factState } : {}),
            ...('owner' in line && line.owner ? { owner: fullName(line.owner, options.people) } : {}),
            ...(due ? { due } : {}),
          }),
        );
      }
    }
  };
  return {
    log,
    busy,
    problem,
    hint,
    /** The text is another one: what was said of the old one no longer holds. */
    changed: (): void => {
      setHint(null);
      if (problem !== null) setProblem(null);
    },
  };
}
