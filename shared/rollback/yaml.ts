// The YAML of a front matter, read so that hostile text costs neither time nor the stack.
import {
  type Document,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  type LineCounter,
  parseDocument,
  visit,
} from 'yaml';

/** Splits a document into front matter and body; null when it has none. `from` is the offset of the YAML text. */
export function splitFront(
  text: string,
): { yaml: string; from: number; body: string; bodyLine: number } | null {
  const open = /^\uFEFF?---[ \t]*\r?\n/.exec(text);
  if (!open) return null;
  const from = open[0].length;
  const close = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m.exec(text.slice(from));
  if (!close) return null;
  const end = from + close.index;
  const bodyFrom = end + close[0].length;
  return {
    yaml: text.slice(from, end),
    from,
    body: text.slice(bodyFrom),
    bodyLine: text.slice(0, bodyFrom).split('\n').length - 1,
  };
}

/** The parsed document, or why it cannot be read at all. */
export function readYaml(text: string, counter: LineCounter): Document | Error {
  try {
    return parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  } catch (error) {
    return error as Error;
  }
}

const DEEPEST = 20;
export const TOO_DEEP = `The front matter is nested more than ${DEEPEST} levels deep; a plan needs four.`;

/** The reader of YAML gives up on very deep text by running out of stack, and says so in words of its own. */
export const tooDeep = (message: string): boolean => /call stack|stack overflow/i.test(message);

/** A key that is itself a list or a map costs exponential time to turn into text, and no plan nests deeply: both are refused. */
export function findTangle(root: unknown): { at: number; text: string } | null {
  const open: { node: unknown; depth: number }[] = [{ node: root, depth: 0 }];
  for (let one = open.pop(); one; one = open.pop()) {
    if (!isCollection(one.node)) continue;
    const at = one.node.range?.[0] ?? 0;
    if (one.depth > DEEPEST) return { at, text: TOO_DEEP };
    for (const item of one.node.items) {
      if (!isPair(item)) open.push({ node: item, depth: one.depth + 1 });
      else if (isCollection(item.key) || isAlias(item.key))
        return {
          at,
          text: 'A key of the front matter is a list or a map. Write a word before each colon, or put text in quotes.',
        };
      else open.push({ node: item.value, depth: one.depth + 1 });
    }
  }
  return null;
}

/** `from: 1.10` is the version 1.10, not the number 1.1: a bare number stays as it is written. */
export function keepVersions(doc: Document, raw: unknown): void {
  const change = (raw as { change?: unknown }).change;
  if (!change || typeof change !== 'object') return;
  for (const key of ['from', 'to'] as const) {
    let node = doc.getIn(['change', key], true);
    if (isAlias(node)) node = node.resolve(doc);
    if (isScalar(node) && typeof node.value === 'number' && node.source !== undefined)
      (change as Record<string, unknown>)[key] = node.source;
  }
}

/** Values that stand for others (`*name`), counted with those inside them. */
export const MOST_ALIASES = 100;
export const TOO_MANY_ALIASES = `The front matter uses its anchors more than ${MOST_ALIASES} times over; write the values out.`;

/** Where the first of them stands. */
export function firstAlias(doc: Document): number {
  let at = 0;
  visit(doc, {
    Alias(_, node) {
      at = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return at;
}
