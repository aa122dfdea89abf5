// Collects what was odd in one payload. Each unknown code is said once, and the list has an end.
import type { ParseProblem } from '../../../../shared/health/types.ts';
import { feedText } from '../../../../shared/text/feeds.ts';

const MOST = 60;

export interface Problems {
  add(code: string, text: string, where?: string): void;
  /** A code that the vocabulary does not have: said once per (what, value), however often it occurs. */
  unknownCode(what: string, value: unknown, where?: string): void;
  /** Said once per (code, what): the same defect in a thousand entries is one problem. */
  once(code: string, what: string, text: string, where?: string): void;
  list(): readonly ParseProblem[];
}

/** An object in the place of a code is told by its text: one with a `toString` of its own cannot be made a string. */
const keyOf = (value: unknown): string =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 80);

export function createProblems(): Problems {
  const kept: ParseProblem[] = [];
  const seen = new Set<string>();
  let dropped = 0;
  const add = (code: string, text: string, where?: string): void => {
    if (kept.length >= MOST) dropped += 1;
    else kept.push(where === undefined ? { code, text } : { code, text, where });
  };
  /** True the first time. A payload may invent endless values: the memory of what was said is bounded as well. */
  const first = (code: string, what: string): boolean => {
    const key = `${code}\n${what}`;
    if (seen.has(key)) return false;
    if (seen.size < 1000) seen.add(key);
    return true;
  };
  return {
    add,
    once: (code, what, text, where) => {
      if (first(code, what)) add(code, text, where);
    },
    unknownCode: (what, value, where) => {
      if (!first('unknown-code', `${what}\n${typeof value}\n${keyOf(value)}`)) return;
      if (kept.length >= MOST) dropped += 1;
      else add('unknown-code', feedText.unknownCode(what, value), where);
    },
    list: () => (dropped === 0 ? kept : [...kept, { code: 'more-problems', text: feedText.more(dropped) }]),
  };
}
