// The text of one step taken apart for editing, and put together again. Pure, and without the parser.

export interface StepParts {
  /** `1. ` or `- [ ] `, as it is written. */
  readonly marker: string;
  readonly title: string;
  /** What stands in braces at the end of the first line: `danger, expect: 5m`. */
  readonly marks: string;
  /** The lines below the first, without the list's indent. */
  readonly body: string;
}

const MARKER = /^(\s*(?:[-*+]|\d+[.)])\s+)((?:\[[ xX]\]\s+)?)/;

export function splitStep(text: string): StepParts {
  const lines = text.split('\n');
  const first = lines[0] ?? '';
  const hit = MARKER.exec(first);
  const marker = hit ? hit[0] : '';
  const rest = first.slice(marker.length).trimEnd();
  const open = rest.endsWith('}') && !rest.endsWith('}}') ? rest.lastIndexOf('{') : -1;
  const marked = open >= 0 && rest[open - 1] !== '{';
  const width = hit?.[1]?.length ?? 0;
  const body = lines
    .slice(1)
    .map((line) => line.slice(Math.min(width, line.length - line.trimStart().length)))
    .join('\n')
    // Only empty lines go: what is indented further is a command.
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  return {
    marker,
    title: (marked ? rest.slice(0, open) : rest).trim(),
    marks: marked ? rest.slice(open + 1, -1).trim() : '',
    body,
  };
}

export function joinStep({ marker, title, marks, body }: StepParts): string {
  const own = marker === '' ? '1. ' : marker;
  const width = MARKER.exec(`${own}x`)?.[1]?.length ?? 3;
  const line = `${own}${title.trim()}${marks.trim() === '' ? '' : ` {${marks.trim()}}`}`;
  if (body.trim() === '') return line;
  const below = body
    .replace(/^(?:[ \t]*\n)+|\s+$/g, '')
    .split('\n')
    .map((one) => (one.trim() === '' ? '' : `${' '.repeat(width)}${one}`));
  return [line, '', ...below].join('\n');
}
