// One pack read from its folder: what its files say, and every problem with file, line and column. A file with a problem keeps
// what it said before: a slip of the pen in a topology must not empty the board.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackProblem } from '../../shared/contract/packs.ts';
import { type PackFeeds, parseFeeds } from '../../shared/pack/feeds.ts';
import type { FileProblem } from '../../shared/pack/yaml.ts';
import { type ProbeSpec, parseProbes } from '../../shared/probes/spec.ts';
import { packText } from '../../shared/text/pack.ts';
import { parseTopology } from '../../shared/topology/parse.ts';
import type { Topology } from '../../shared/topology/types.ts';
import { diskReason } from '../files/atomic.ts';
import { sizeOfPlain } from '../files/plain.ts';
import { detectKind, feedKind } from '../health/sources/index.ts';
import { isThere, NO_TEMPLATES, type PackTemplates, readTemplates } from './templates.ts';

/** What the files of a pack say. Null: there is no such file, or it never was right. */
export interface PackFiles {
  readonly feeds: PackFeeds | null;
  readonly probes: readonly ProbeSpec[] | null;
  readonly topology: Topology | null;
  readonly runbooks: boolean;
  readonly templates: PackTemplates;
  readonly problems: readonly PackProblem[];
}

export const NO_FILES: PackFiles = {
  feeds: null,
  probes: null,
  topology: null,
  runbooks: false,
  templates: NO_TEMPLATES,
  problems: [],
};

const MAX_BYTES = 8 * 1024 * 1024;

const kindOf = (kind: string | null, url: string): string | null =>
  kind === null ? detectKind(url, null) : (feedKind(kind)?.kind ?? null);

type Text = { readonly text: string } | { readonly problem: string } | null;

async function textOf(path: string): Promise<Text> {
  try {
    const size = await sizeOfPlain(path);
    if (size > MAX_BYTES) return { problem: packText.unreadable(`it is over ${MAX_BYTES / 1048576} MB`) };
    return { text: (await readFile(path, 'utf8')).replace(/^\uFEFF/, '') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? null
      : { problem: packText.unreadable(diskReason(error)) };
  }
}

/** Reads the folder of a pack. Never rejects. */
export async function readPack(path: string, before: PackFiles): Promise<PackFiles> {
  const problems: PackProblem[] = [];
  const say = (file: string, one: FileProblem): void => {
    problems.push({ file, line: one.line, column: one.column, text: one.text.slice(0, 1000) });
  };
  async function file<T>(
    name: string,
    kept: T | null,
    parse: (text: string) => { readonly value: T | null; readonly problems: readonly FileProblem[] },
  ): Promise<T | null> {
    const read = await textOf(join(path, name));
    if (read === null) {
      if (kept !== null) say(name, { line: 1, column: 1, text: packText.gone });
      return kept;
    }
    if ('problem' in read) {
      say(name, { line: 1, column: 1, text: read.problem });
      return kept;
    }
    const parsed = parse(read.text);
    for (const one of parsed.problems.slice(0, 100)) say(name, one);
    return parsed.value ?? kept;
  }
  const feeds = await file('feeds.yaml', before.feeds, (text) => parseFeeds(text, kindOf));
  // Which paths a file defines that cannot be read is not known: that they are missing would be a second word for one mistake.
  const paths = feeds === null && problems.length > 0 ? null : new Set(feeds?.paths.keys() ?? []);
  const topology = await file('topology.yaml', before.topology, (text) => {
    const read = parseTopology(text);
    return { value: read.topology, problems: read.problems };
  });
  const probes = await file('probes.yaml', before.probes, (text) => parseProbes(text, paths));
  const runbooks = await stat(join(path, 'runbooks')).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const templates = await readTemplates(path, before.templates, textOf, say);
  // Nothing is kept of a pack that has been away since the start: without a word its services and feeds would just not be there.
  if (problems.length === 0 && !(await isThere(path))) say('.', { line: 1, column: 1, text: packText.away });
  return { feeds, probes, topology, runbooks, templates, problems };
}
