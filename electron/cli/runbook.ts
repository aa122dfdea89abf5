// runbook add | list | show
import { resolve } from 'node:path';
import { cliText } from '../../shared/text/cli.ts';
import { positionals, readOptions } from './args.ts';
import type { CliContext } from './context.ts';
import { columns, EXIT, type Exit, failed } from './io.ts';

export async function runbookAdd(context: CliContext): Promise<Exit> {
  const [dir] = positionals(readOptions(context.argv, [], ['json']), ['DIR']);
  const core = await context.core();
  const added = await core.library.add(resolve(dir));
  if (!added.ok) return failed(context.io, added.error);
  const { folders } = await core.library.list();
  const folder = folders.find((f) => f.id === added.value);
  context.io.document({ folder: added.value, path: resolve(dir), files: folder?.files ?? 0 });
  context.io.line(cliText.folderAdded(resolve(dir), folder?.files ?? 0));
  return EXIT.fine;
}

export async function runbookList(context: CliContext): Promise<Exit> {
  const { io } = context;
  positionals(readOptions(context.argv, [], ['json']), []);
  const core = await context.core();
  await core.library.refresh();
  const { folders, runbooks } = await core.library.list();
  io.document({ folders, runbooks });
  if (folders.length === 0) io.line(cliText.noFolders);
  for (const line of columns(runbooks.map((r) => [r.path, cliText.steps(r.steps), r.owner || '-', r.title])))
    io.line(line);
  const problems = folders.filter((f) => f.problem !== null);
  for (const folder of problems) io.say(folder.problem!);
  return problems.length > 0 ? EXIT.problem : EXIT.fine;
}

/** By its path as `runbook list` shows it. `--json`: the document with its steps and safe markup; else its text as it stands. */
export async function runbookShow(context: CliContext): Promise<Exit> {
  const { io } = context;
  const [path] = positionals(readOptions(context.argv, [], ['json']), ['PATH']);
  const core = await context.core();
  let { folders, runbooks } = await core.library.list();
  if (!runbooks.some((r) => r.path === path)) {
    await core.library.refresh();
    ({ folders, runbooks } = await core.library.list());
  }
  const found = runbooks.filter((r) => r.path === path);
  if (folders.length === 0) return failed(io, { code: 'no-folder', message: cliText.noFolders });
  if (found.length === 0) return failed(io, { code: 'no-such-runbook', message: cliText.noRunbook(path) });
  const read = await core.library.read(found[0]!.folder, path);
  if (!read.ok) return failed(io, read.error);
  io.document(read.value);
  // A document goes out as written but for control characters: it may hold escape sequences.
  io.line(read.value.text.replace(/[^\P{Cc}\n\t]/gu, ''));
  return EXIT.fine;
}
