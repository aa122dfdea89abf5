// pack check DIR
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { cliText } from '../../shared/text/cli.ts';
import { packText } from '../../shared/text/pack.ts';
import { diskReason } from '../files/atomic.ts';
import { NO_FILES, readPack } from '../pack/read.ts';
import { positionals, readOptions } from './args.ts';
import type { CliContext } from './context.ts';
import { EXIT, type Exit, failed, printable } from './io.ts';

/** What the window would say of a pack, for an editor or a pipeline. Needs no profile. Exit 1 when a file has a problem. */
export async function packCheck({ io, argv }: CliContext): Promise<Exit> {
  const [dir] = positionals(readOptions(argv, [], ['json']), ['DIR']);
  const path = resolve(dir);
  let why = 'it is a file';
  try {
    if (statSync(path).isDirectory()) why = '';
  } catch (error) {
    why = diskReason(error);
  }
  if (why !== '') return failed(io, { code: 'no-pack', message: packText.missing(path, why) });
  const { feeds, probes, topology, runbooks, templates, problems } = await readPack(path, NO_FILES);
  const holds = {
    feeds: feeds?.feeds.length ?? 0,
    probes: probes?.length ?? 0,
    services: topology?.services.size ?? 0,
    templates: templates.size,
    runbooks,
  };
  const nothing = feeds === null && probes === null && topology === null && !runbooks && templates.size === 0;
  if (nothing && problems.length === 0)
    return failed(io, { code: 'no-pack', message: packText.holdsNothing(path) });
  io.document({ ok: problems.length === 0, path, ...holds, problems });
  for (const one of problems) io.line(printable(`${one.file}:${one.line}:${one.column}: ${one.text}`));
  io.line(cliText.packHolds(holds, problems.length));
  return problems.length === 0 ? EXIT.fine : EXIT.problem;
}
