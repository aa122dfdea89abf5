// replay DIR [--kind KIND] [--speed N]: a folder of recorded polls through the very poller, health and signals code.
// Exit 1 when a poll of it could not be read, or not as it is meant.
import { resolve } from 'node:path';
import { cliText } from '../../shared/text/cli.ts';
import { replayFolder } from '../health/replay/index.ts';
import { FEED_KIND_NAMES, feedKind } from '../health/sources/index.ts';
import { positionals, readOptions } from './args.ts';
import type { CliContext } from './context.ts';
import { columns, EXIT, type Exit, failed, printable, UsageError } from './io.ts';

export async function replay(context: CliContext): Promise<Exit> {
  const { io } = context;
  const options = readOptions(context.argv, ['kind', 'speed'], ['json']);
  const [dir] = positionals(options, ['DIR']);
  const wanted = options.value('kind');
  const kind = wanted === undefined ? null : feedKind(wanted);
  if (wanted !== undefined && kind === null) throw new UsageError(cliText.noKind(wanted, FEED_KIND_NAMES));
  const typed = options.value('speed');
  const speed = typed === undefined ? null : Number(typed);
  if (speed !== null && !(speed > 0)) throw new UsageError(cliText.badSpeed(typed!));
  const told = await replayFolder({ dir: resolve(dir), kind: kind?.kind ?? null, speed });
  if (!told.ok) return failed(io, told.error);
  const { polls, signals, problems } = told.value;
  io.document({ polls, signals, problems });
  io.line(cliText.replayed(polls, signals.length, problems.length));
  for (const line of columns(
    signals.map((s) => [
      s.at,
      s.provider,
      cliText.andMore(s.region, s.regions.length - 1),
      cliText.andMore(s.service, s.services.length - 1),
      `${s.from ?? '-'} -> ${s.to}`,
      s.text,
    ]),
  ))
    io.line(line);
  for (const problem of problems) io.say(printable(`${problem.code}: ${problem.text}`));
  return problems.length === 0 ? EXIT.fine : EXIT.problem;
}
