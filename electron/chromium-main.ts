// Entry of the Chromium host, and of the application without a window. Run with Node 24; the launcher is build/start.mjs.
import { join } from 'node:path';
import { BulkheadError } from '../shared/result.ts';
import { createApp } from './app.ts';
import { parseArguments } from './arguments.ts';
import { createChromiumHost } from './host/chromium.ts';
import { findChromium, isExecutable } from './host/chromium-find.ts';
import { printWithChromium } from './host/chromium-print.ts';
import { createHeadlessHost } from './host/headless.ts';
import { openProfile, run } from './host/run.ts';
import { tendProcess } from './host/signals.ts';
import { systemClock } from './time/systemClock.ts';

async function main(): Promise<void> {
  const { env, platform } = process;
  const args = parseArguments(process.argv.slice(2), { cwd: process.cwd(), env, platform });
  if (!args.ok) throw new BulkheadError(args.error.code, args.error.message);
  const executable = findChromium({ platform, env, exists: isExecutable });
  const headless = args.value.host === 'headless';
  if (executable === null && !headless)
    throw new BulkheadError('no-browser', 'No Chromium, Chrome or Edge was found. Install one, or Electron.');
  const profile = openProfile(args.value.profile);
  await run({
    create: createApp,
    clock: systemClock,
    args: args.value,
    profile,
    host: ({ log, blob }) => {
      const print = executable ? (html: string) => printWithChromium({ executable, html }) : undefined;
      if (headless || executable === null) return createHeadlessHost({ profile: profile.path, env, print });
      const bundle = join(import.meta.dirname, '..', 'renderer');
      return createChromiumHost({
        executable,
        profile: profile.path,
        bundle,
        blob,
        clock: systemClock,
        log,
        env,
      });
    },
    onReady: tendProcess,
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `bulkhead: ${error instanceof BulkheadError ? error.message : (error as Error).stack}\n`,
    );
    process.exit(1);
  },
);
