// Front matter: YAML between two `---` lines at the top of a Markdown file. A wrong one is said, and the document opens all the same.
import { LineCounter, parseDocument } from 'yaml';

export interface FrontMatter {
  readonly data: Readonly<Record<string, unknown>>;
  /** The Markdown after it. */
  readonly body: string;
  /** Lines before the body, so that a place in the body can be named in the file. */
  readonly bodyLine: number;
  readonly problems: readonly { readonly line: number; readonly column: number; readonly text: string }[];
}

const MAX = 64 * 1024;

/** Splits a document; never throws. Lines and columns count from 1 in the whole file. */
export function splitFrontMatter(source: string): FrontMatter {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const open = /^---[ \t]*\r?\n/.exec(text);
  if (!open) return { data: {}, body: text, bodyLine: 0, problems: [] };
  const rest = text.slice(open[0].length);
  const close = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m.exec(rest);
  if (!close) {
    // A document that opens with a rule is not a document with broken front matter.
    return { data: {}, body: text, bodyLine: 0, problems: [] };
  }
  const yaml = rest.slice(0, close.index);
  const head = open[0].length + close.index + close[0].length;
  const body = text.slice(head);
  const bodyLine = text.slice(0, head).split('\n').length - 1;
  if (yaml.length > MAX) {
    return {
      data: {},
      body,
      bodyLine,
      problems: [
        { line: 1, column: 1, text: `front matter is longer than ${MAX / 1024} kB and was not read` },
      ],
    };
  }
  const lines = new LineCounter();
  const doc = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems = doc.errors.map((error) => {
    const at = lines.linePos(error.pos[0]);
    return { line: at.line + 1, column: at.col, text: error.message };
  });
  if (problems.length > 0) return { data: {}, body, bodyLine, problems };
  let data: unknown;
  try {
    // maxAliasCount bounds the "billion laughs" of YAML.
    data = doc.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return { data: {}, body, bodyLine, problems: [{ line: 2, column: 1, text: (error as Error).message }] };
  }
  if (data === null || data === undefined) return { data: {}, body, bodyLine, problems: [] };
  if (typeof data !== 'object' || Array.isArray(data)) {
    return {
      data: {},
      body,
      bodyLine,
      problems: [{ line: 2, column: 1, text: 'front matter is not a map of names to values' }],
    };
  }
  return { data: data as Record<string, unknown>, body, bodyLine, problems: [] };
}

/** Text of a front matter value for people: lists joined, dates as written, nested maps as JSON. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return JSON.stringify(value);
}
