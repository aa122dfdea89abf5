// The folder templates/ of a pack: every Markdown file in it is a template of an update. A file with a problem keeps what it said.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTemplate, type UpdateTemplate } from '../../shared/pack/templates.ts';
import type { FileProblem } from '../../shared/pack/yaml.ts';
import { packText } from '../../shared/text/pack.ts';
import { templateText } from '../../shared/text/templates.ts';
import { diskReason } from '../files/atomic.ts';

export const TEMPLATES = 'templates';
const MAX_FILES = 60;

/** Name of the file -> template, in the order of the names. */
export type PackTemplates = ReadonlyMap<string, UpdateTemplate>;

export const NO_TEMPLATES: PackTemplates = new Map();

/** What reading a file gave: its text, why it cannot be read, or null when it is not there. */
type ReadText = (path: string) => Promise<{ readonly text: string } | { readonly problem: string } | null>;

export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Never rejects. `say`: a problem of a file, its name as seen from the pack. */
export async function readTemplates(
  pack: string,
  before: PackTemplates,
  textOf: ReadText,
  say: (file: string, problem: FileProblem) => void,
): Promise<PackTemplates> {
  const folder = join(pack, TEMPLATES);
  let names: string[];
  try {
    names = (await readdir(folder, { withFileTypes: true }))
      .filter((one) => !one.isDirectory() && /\.md$/i.test(one.name) && !one.name.startsWith('.'))
      .map((one) => one.name)
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const gone = code === 'ENOENT' || code === 'ENOTDIR';
    // A folder that was taken away takes its templates with it; one that cannot be read does not, nor a pack that is away as a whole.
    if (gone && (before.size === 0 || (await isThere(pack)))) return NO_TEMPLATES;
    const text = gone ? packText.gone : packText.unreadable(diskReason(error));
    say(TEMPLATES, { line: 1, column: 1, text });
    return before;
  }
  const found = new Map<string, UpdateTemplate>();
  if (names.length > MAX_FILES) say(TEMPLATES, { line: 1, column: 1, text: templateText.tooMany(MAX_FILES) });
  for (const name of names.slice(0, MAX_FILES)) {
    const file = `${TEMPLATES}/${name}`;
    const kept = before.get(name);
    const read = await textOf(join(folder, name));
    if (read === null) continue; // removed between the look and the reading
    if ('problem' in read) say(file, { line: 1, column: 1, text: read.problem });
    else {
      const { value, problems } = parseTemplate(read.text, name);
      for (const one of problems) say(file, one);
      if (value !== null) {
        found.set(name, value);
        continue;
      }
    }
    if (kept !== undefined) found.set(name, kept);
  }
  return found;
}
