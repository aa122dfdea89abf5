// A careful reader of CSV (RFC 4180): quotes, quotes within quotes, line breaks within quotes; the separator is the one of , ; and
// tab that occurs most often in the first line.

export interface CsvRow {
  /** Line in the file where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const MAX_CELLS = 200;

function separatorOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (one: string): number => first.split(one).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best), ',');
}

/** `cut`: line of a quote that is not closed, from which nothing is read; null when all are. */
export function readCsv(text: string): { readonly rows: readonly CsvRow[]; readonly cut: number | null } {
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let wasQuoted = false;
  let line = 1;
  let begins = 1;
  let quoteLine = 1;
  const endCell = (): void => {
    if (cells.length < MAX_CELLS) cells.push(wasQuoted ? cell : cell.trim());
    cell = '';
    wasQuoted = false;
  };
  const endRow = (): void => {
    endCell();
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begins, cells });
    cells = [];
    begins = line;
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    if (quoted) {
      if (char === '\n') line += 1;
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"' && cell.trim() === '' && !wasQuoted) {
      quoted = true;
      wasQuoted = true;
      quoteLine = line;
      cell = '';
    } else if (char === separator) endCell();
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i += 1;
      line += 1;
      endRow();
    } else cell += char;
  }
  if (quoted) return { rows, cut: quoteLine };
  if (cell !== '' || cells.length > 0) endRow();
  return { rows, cut: null };
}
