// The command line: the same services without a window.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { BulkheadError } from '../shared/result.ts';
import { cliText } from '../shared/text/cli.ts';
import { hostText } from '../shared/text/host.ts';
import { defaultProfile } from './arguments.ts';
import { COMMANDS, usage } from './cli/commands.ts';
import type { CliContext } from './cli/context.ts';
import { createIo, EXIT, type Exit, failed, type Io, printable, UsageError } from './cli/io.ts';
import { type Core, openCore } from './core.ts';
import { diskReason } from './files/atomic.ts';
import { createHealth, type Health } from './health/health.ts';
import { createHeadlessHost } from './host/headless.ts';
import { version } from './host/version.ts';
import { refuseNewer } from './journal/connect.ts';
import { silentLog } from './log/log.ts';
import { systemClock } from './time/systemClock.ts';

/** Takes `--profile DIR` out of the arguments; it may stand before or after the command. */
function takeProfile(argv: readonly string[]): { profile: string | null; rest: string[] } {
  const rest: string[] = [];
  let profile: string | null = null;
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i]!;
    if (word === '--') return { profile, rest: [...rest, ...argv.slice(i)] };
    if (word === '--profile') {
      profile = argv[++i] ?? '';
    } else if (word.startsWith('--profile=')) profile = word.slice('--profile='.length);
    else rest.push(word);
    if (profile === '') throw new UsageError('--profile needs a folder after it.');
  }
  return { profile, rest };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new BulkheadError('no-profile', hostText.noProfile(folder, diskReason(error)));
  }
}

async function run(io: Io, typed: readonly string[]): Promise<Exit> {
  const { profile: wanted, rest } = takeProfile(typed);
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  const asked = own.includes('--help') || own.includes('-h') || own[0] === 'help';
  const words = rest.filter((w) => !w.startsWith('-')).slice(own[0] === 'help' ? 1 : 0);
  if (asked) {
    // What was asked for is the answer; of one command or area if it is named.
    const near = [2, 1].map((n) =>
      COMMANDS.filter((c) => words.length >= n && c.words.slice(0, n).every((w, i) => words[i] === w)),
    );
    const text = usage(near.find((list) => list.length > 0) ?? COMMANDS);
    if (io.json) io.say(text);
    else io.line(text);
    return EXIT.fine;
  }
  if (words.length === 0) {
    io.say(usage());
    return EXIT.usage;
  }
  const command = COMMANDS.find((c) => c.words.every((w, i) => words[i] === w));
  if (!command) {
    io.say(
      `${cliText.noCommand(words.slice(0, 2).join(' '))}\n${usage(COMMANDS.filter((c) => c.words[0] === words[0]))}`,
    );
    return EXIT.usage;
  }
  const argv = [...rest];
  for (const word of command.words) argv.splice(argv.indexOf(word), 1);

  const folder =
    wanted === null ? defaultProfile({ platform: process.platform, env: process.env }) : resolve(wanted);
  const host = createHeadlessHost({ profile: folder, env: process.env });
  const ids = { uuid: () => uuidv7() };
  const clock = systemClock;
  let core: Core | null = null;
  let health: Health | null = null;
  const context: CliContext = {
    io,
    argv,
    clock,
    zone: () => core?.settings.get().zone ?? '',
    core: async (by) => {
      if (core) return core;
      makeFolder(folder);
      core = await openCore({
        profile: folder,
        clock,
        ids,
        log: silentLog,
        host,
        emit: () => {},
        version,
        watch: false,
        owner: false,
        signals: () => [],
        ...(by ? { by } : {}),
      });
      for (const notice of core.journal.notices()) io.say(notice.text);
      return core;
    },
    health: async () => {
      makeFolder(folder);
      const known = refuseNewer(folder);
      if (!known.ok) throw new BulkheadError(known.error.code, known.error.message);
      health ??= await createHealth({
        folder,
        clock,
        ids,
        random: Math.random,
        host,
        emit: () => {},
        log: silentLog,
        owner: false,
        settings: () => ({ regions: [] }),
      });
      return health;
    },
  };
  try {
    return await command.run(context);
  } catch (error) {
    if (error instanceof UsageError) {
      io.say(`${printable(error.message)}\n${usage([command])}`);
      return EXIT.usage;
    }
    if (error instanceof BulkheadError) return failed(io, { code: error.code, message: error.message });
    throw error;
  } finally {
    await (health as Health | null)?.stop();
    await (core as Core | null)?.stop();
  }
}

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const io = createIo(
    argv.includes('--json'),
    (text) => process.stdout.write(text),
    (text) => process.stderr.write(text),
  );
  // A reader that goes away (`| head`) ends the command quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? EXIT.fine : EXIT.problem),
  );
  try {
    process.exitCode = await run(io, argv);
  } catch (error) {
    if (error instanceof UsageError) {
      io.say(`${printable(error.message)}\n${usage()}`);
      process.exitCode = EXIT.usage;
      return;
    }
    io.document({ error: { code: 'internal', message: (error as Error).message } });
    io.say(cliText.internal((error as Error).stack ?? String(error)));
    process.exitCode = EXIT.problem;
  }
}

await main();
