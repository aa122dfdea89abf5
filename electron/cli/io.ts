// How a command speaks: its answer on standard output (with --json one JSON document and nothing else), everything for people about
// the way there on standard error. Exit code 0 fine, 1 found a problem, 2 wrong usage.
import type { Failure } from '../../shared/result.ts';

export interface Io {
  readonly json: boolean;
  /** Text for people; nothing with --json. */
  line(text: string): void;
  /** The one document; nothing without --json. */
  document(value: unknown): void;
  /** A message for people, on standard error. */
  say(text: string): void;
}

export const EXIT = { fine: 0, problem: 1, usage: 2 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Wrong usage: what was wrong; the caller adds the command's usage line. */
export class UsageError extends Error {}

export function createIo(json: boolean, out: (text: string) => void, err: (text: string) => void): Io {
  return {
    json,
    line: (text) => {
      if (!json) out(`${text}\n`);
    },
    document: (value) => {
      if (json) out(`${JSON.stringify(value, null, 2)}\n`);
    },
    say: (text) => err(`${text}\n`),
  };
}

/** A failure as the command's whole answer: its sentence on standard error, `{error}` as the document. */
export function failed(io: Io, failure: Failure): Exit {
  io.document({ error: failure });
  io.say(failure.message);
  return EXIT.problem;
}

/** Columns for people: two spaces apart, the last one as long as it is. Text from outside cannot steer the terminal. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const clean = rows.map((row) => row.map((c) => printable(c)));
  const widths = (clean[0] ?? []).map((_, i) =>
    Math.min(60, Math.max(...clean.map((row) => (row[i] ?? '').length))),
  );
  return clean.map((row) =>
    row
      .map((c, i) => (i === row.length - 1 ? c : c.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** Escape sequences and other controls of a feed, a note or a file name are shown, not obeyed. */
export const printable = (text: string): string =>
  text
    .replace(/\r?\n/g, ' ')
    .replace(
      /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
      (c) => `\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}`,
    );
