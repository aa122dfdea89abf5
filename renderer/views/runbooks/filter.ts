// Finding a runbook in the list: every word must occur in its title, path, owner or tags; those with the words in the title come first. Pure.
import type { RunbookLine } from '../../../shared/contract/library.ts';

export const wordsOf = (typed: string): string[] => typed.toLowerCase().split(/\s+/).filter(Boolean);

export function fits(line: RunbookLine, words: readonly string[]): boolean {
  const text = `${line.title}\n${line.path}\n${line.owner}\n${line.tags.join('\n')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The order of the list is kept within each of the two groups. */
export function filterRunbooks(lines: readonly RunbookLine[], typed: string): readonly RunbookLine[] {
  const words = wordsOf(typed);
  if (words.length === 0) return lines;
  const found = lines.filter((line) => fits(line, words));
  const inTitle = (line: RunbookLine): boolean =>
    words.every((word) => line.title.toLowerCase().includes(word));
  return [...found.filter(inTitle), ...found.filter((line) => !inTitle(line))];
}

export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** A text cut at the words that were looked for, so that they can be marked. Joined, the pieces are the text. */
export function marked(text: string, words: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  const lower = text.toLowerCase();
  // Lowering may change the length of a text (İ); then nothing is marked rather than the wrong letters.
  if (words.length === 0 || lower.length !== text.length) return [{ text, hit: false }];
  let at = 0;
  while (at < text.length) {
    let next = -1;
    let length = 0;
    for (const word of words) {
      const found = lower.indexOf(word, at);
      if (found >= 0 && (next < 0 || found < next || (found === next && word.length > length))) {
        next = found;
        length = word.length;
      }
    }
    if (next < 0) break;
    if (next > at) pieces.push({ text: text.slice(at, next), hit: false });
    pieces.push({ text: text.slice(next, next + length), hit: true });
    at = next + length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}
