// Names, titles and ids as one plain line. What is only blanks, markup or control characters names nothing: it counts as missing, so
// that whoever asks falls back to the next field instead of keeping an empty name.
import { plainLine } from './html.ts';
import { asText, type Fields, own } from './json.ts';

/** The line that a value (a string, or digits) stands for; null when no text is left of it. */
export function lineOf(value: unknown, max = 300): string | null {
  const written = asText(value);
  const line = written === null ? '' : plainLine(written, max);
  return line === '' ? null : line;
}

/** The same of a field. */
export const line = (fields: Fields, name: string, max = 300): string | null =>
  lineOf(own(fields, name), max);
