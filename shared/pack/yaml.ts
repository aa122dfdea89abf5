// YAML of a pack against a schema: every problem names line and column in the file, and what is right is kept out of doubt.
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { yamlSyntax } from '../text/yaml.ts';
import { misfits } from './problems.ts';

export interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export interface YamlRead<T> {
  /** Null when there is any problem: a half-read topology would say wrong things about what survives. */
  readonly value: T | null;
  readonly problems: readonly FileProblem[];
  /** Line and column of a path in the file, for problems found later. */
  at(path: readonly PropertyKey[]): { readonly line: number; readonly column: number };
}

const MAX = 2 * 1024 * 1024;
const TOO_DEEP = 'nested too deeply to be read';

/** Keys that stand in their map already, at most a hundred. */
function keysTwice(root: Node | null): { readonly key: string; readonly offset: number }[] {
  const found: { key: string; offset: number }[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0 && found.length < 100) {
    const node = waiting.pop();
    if (isSeq(node)) waiting.push(...[...node.items].reverse());
    if (!isMap(node)) continue;
    const keys = new Set<string>();
    for (const { key } of node.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      if (keys.has(name)) found.push({ key: name, offset: key.range?.[0] ?? 0 });
      keys.add(name);
    }
    for (const pair of [...node.items].reverse()) waiting.push(pair.value);
  }
  return found;
}

/** Reads and checks; never throws. Over 2 MB, over 50 aliases, or a key twice is a problem. */
export function readYaml<S extends z.ZodType>(text: string, schema: S): YamlRead<z.output<S>> {
  const nowhere = { line: 1, column: 1 };
  if (text.length > MAX) {
    return {
      value: null,
      problems: [{ ...nowhere, text: `longer than ${MAX / 1048576} MB; split it` }],
      at: () => nowhere,
    };
  }
  const lines = new LineCounter();
  let doc: ReturnType<typeof parseDocument>;
  try {
    // Keys that stand twice are looked for below: the parser's own look compares each with all before it.
    doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  } catch {
    return {
      value: null,
      problems: [{ ...nowhere, text: TOO_DEEP }],
      at: () => nowhere,
    };
  }
  const place = (offset: number): { line: number; column: number } => {
    const pos = lines.linePos(offset);
    return { line: pos.line, column: pos.col };
  };
  const at = (path: readonly PropertyKey[]): { line: number; column: number } => {
    let node: Node | null | undefined = doc.contents as Node | null;
    let best = node?.range?.[0] ?? 0;
    for (const key of path) {
      if (isMap(node)) {
        const pair = node.items.find((p) => isScalar(p.key) && String(p.key.value) === String(key));
        if (!pair) break;
        best = (pair.key as Node).range?.[0] ?? best;
        node = pair.value as Node | null;
      } else if (isSeq(node)) {
        node = node.items[Number(key)] as Node | undefined;
        best = node?.range?.[0] ?? best;
      } else break;
    }
    return place(best);
  };
  if (doc.errors.length > 0) {
    const tabs = doc.errors.filter(({ code }) => code === 'TAB_AS_INDENT');
    const problems = (tabs.length > 0 ? tabs : doc.errors).slice(0, 1000).flatMap((e, i, all) => {
      const where = place(e.pos[0]);
      // What is told of a line after its first mistake is mostly a consequence.
      if (i > 0 && place(all[i - 1]!.pos[0]).line === where.line) return [];
      return [{ ...where, text: /call stack/i.test(e.message) ? TOO_DEEP : yamlSyntax(e.code, e.message) }];
    });
    return { value: null, problems: problems.slice(0, 100), at };
  }
  const again = keysTwice(doc.contents as Node | null);
  if (again.length > 0) {
    const problems = again.map(({ key, offset }) => ({
      ...place(offset),
      text: `the key ${JSON.stringify(key)} stands here twice`,
    }));
    return { value: null, problems, at };
  }
  let data: unknown;
  try {
    data = doc.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return { value: null, problems: [{ ...nowhere, text: (error as Error).message }], at };
  }
  const checked = schema.safeParse(data ?? {});
  if (checked.success) return { value: checked.data, problems: [], at };
  const said = new Set<string>();
  const problems = checked.error.issues.slice(0, 100).flatMap((issue) =>
    misfits(schema, issue, data ?? {}).flatMap(({ path, text }) => {
      // One statement about one place.
      const place = path.map(String).join('\u0000');
      if (said.has(place)) return [];
      said.add(place);
      return [{ ...at(path), text }];
    }),
  );
  return { value: null, problems: problems.slice(0, 100), at };
}
