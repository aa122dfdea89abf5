// What a line in the composer means: text to log, or a slash command. Pure; the composer only carries it out.
import type { Input } from '../../../../shared/contract/index.ts';
import { PHASES, SEVERITIES } from '../../../../shared/incident/words.ts';

export type LogKind = Input<'room.log'>['kind'];
export type Phase = (typeof PHASES)[number];
export type Severity = (typeof SEVERITIES)[number];
export type FactState = NonNullable<Input<'room.log'>['factState']>;

export type Line =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'log';
      readonly as: LogKind;
      readonly text: string;
      readonly factState?: FactState;
      readonly owner?: string;
      /** A time as typed after `due`; the composer reads it with the clock. */
      readonly due?: string;
    }
  /** A command whose text is still to come: `/decision`. */
  | { readonly kind: 'unfinished'; readonly command: string }
  | { readonly kind: 'phase'; readonly to: Phase | null }
  | { readonly kind: 'severity'; readonly to: Severity | null }
  | { readonly kind: 'impact'; readonly time: string }
  | { readonly kind: 'describe-impact'; readonly text: string }
  | { readonly kind: 'unknown'; readonly word: string };

/** Commands in the order of the hint line; each with what comes after it. */
export const COMMANDS = [
  { word: 'decision', takes: 'text' },
  { word: 'fact', takes: 'text' },
  { word: 'action', takes: 'text' },
  { word: 'question', takes: 'text' },
  { word: 'note', takes: 'text' },
  { word: 'phase', takes: 'phase' },
  { word: 'severity', takes: 'severity' },
  { word: 'impact', takes: 'time' },
] as const;

const FACT_WORDS: readonly [RegExp, FactState][] = [
  [/^confirmed\b[:,]?\s*/i, 'confirmed'],
  [/^suspected\b[:,]?\s*/i, 'suspected'],
  [/^(?:ruled[ -]out)\b[:,]?\s*/i, 'ruled-out'],
];

const OWNER = /(?:^|\s)@(?:"([^"]+)"|([\p{L}\p{N}._-]+))/u;
const DUE = /(?:^|\s)due\s+(\S+(?:\s*Z)?)\s*$/i;

function action(rest: string): Line {
  let text = rest;
  const due = DUE.exec(text)?.[1];
  if (due) text = text.replace(DUE, '');
  const owner = OWNER.exec(text);
  if (owner) text = text.replace(OWNER, ' ');
  text = text.replace(/\s+/g, ' ').trim();
  if (text === '') return { kind: 'unfinished', command: 'action' };
  return {
    kind: 'log',
    as: 'action',
    text,
    ...(owner ? { owner: owner[1] ?? owner[2] } : {}),
    ...(due ? { due } : {}),
  };
}

function fact(rest: string): Line {
  let text = rest;
  let factState: FactState = 'suspected';
  for (const [word, state] of FACT_WORDS) {
    if (word.test(text)) {
      text = text.replace(word, '');
      factState = state;
      break;
    }
  }
  if (text.trim() === '') return { kind: 'unfinished', command: 'fact' };
  return { kind: 'log', as: 'fact', text: text.trim(), factState };
}

const oneOf = <T extends string>(options: readonly T[], typed: string): T | null => {
  const word = typed.trim().toLowerCase().replace(/\s+/g, '-');
  if (word === '') return null;
  return options.find((option) => option.toLowerCase().startsWith(word)) ?? null;
};

/** Reads a line as typed. `/` in front makes a command; a second `/` (`//etc/hosts`) writes the text as it stands. */
export function readLine(typed: string): Line {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('//')) return { kind: 'log', as: 'note', text: text.slice(1) };
  const command = /^\/([a-z]*)(?:\s+|$)([\s\S]*)$/i.exec(text);
  if (!command) {
    if (text.startsWith('/')) return { kind: 'unknown', word: text.split(/\s/)[0] ?? text };
    return { kind: 'log', as: 'note', text };
  }
  const word = (command[1] ?? '').toLowerCase();
  const rest = (command[2] ?? '').trim();
  switch (word) {
    case 'note':
    case 'decision':
    case 'question':
      return rest === '' ? { kind: 'unfinished', command: word } : { kind: 'log', as: word, text: rest };
    case 'fact':
      return fact(rest);
    case 'action':
      return action(rest);
    case 'phase':
      return { kind: 'phase', to: oneOf(PHASES, rest) };
    case 'severity':
      return { kind: 'severity', to: oneOf(SEVERITIES, /^\d$/.test(rest) ? `SEV${rest}` : rest) };
    case 'impact':
      if (rest === '') return { kind: 'unfinished', command: 'impact' };
      return /^[\d~+-]|^(?:yesterday|today|ca\.?)\b/i.test(rest)
        ? { kind: 'impact', time: rest }
        : { kind: 'describe-impact', text: rest };
    default:
      return { kind: 'unknown', word: `/${command[1]}` };
  }
}

export interface Suggestion {
  /** What is shown and put in. */
  readonly value: string;
  readonly hint: string;
}

/** The word under the caret when it begins a command, a person or a target; null otherwise. */
export function wordAt(
  text: string,
  caret: number,
): { readonly sign: '/' | '@' | '#'; readonly typed: string; readonly from: number } | null {
  const before = text.slice(0, caret);
  const found = /(^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (found) {
    const sign = found[2] === '@' ? '@' : '#';
    return { sign, typed: found[3] ?? '', from: caret - (found[3] ?? '').length - 1 };
  }
  const command = /^\/([a-z]*)$/i.exec(before);
  return command ? { sign: '/', typed: command[1] ?? '', from: 0 } : null;
}

/** Puts a chosen suggestion in place of the word under the caret; a name with spaces stands in quotes after `@`. */
export function putIn(
  text: string,
  caret: number,
  from: number,
  value: string,
): { readonly text: string; readonly caret: number } {
  const sign = value[0] ?? '';
  const name = value.slice(1);
  const quoted = sign === '@' && /\s/.test(name) ? `@"${name}"` : value;
  const head = `${text.slice(0, from)}${quoted} `;
  return { text: head + text.slice(caret).replace(/^\s+/, ''), caret: head.length };
}
