// Entry of the Electron host. Everything up to `claim` runs before any await: Electron takes it before it is ready or not at all.
import { join } from 'node:path';
import { app } from 'electron';
import { BulkheadError } from '../shared/result.ts';
import { hostText } from '../shared/text/host.ts';
import { createApp } from './app.ts';
import { parseArguments } from './arguments.ts';
import { createElectronHost } from './host/electron.ts';
import { claim } from './host/electron-claim.ts';
import { holdQuit, sayAndExit } from './host/electron-end.ts';
import { openProfile, run } from './host/run.ts';
import { tendProcess } from './host/signals.ts';
import { systemClock } from './time/systemClock.ts';

const around = { cwd: process.cwd(), env: process.env, platform: process.platform };
const args = parseArguments(process.argv.slice(1), around);
if (!args.ok) sayAndExit(args.error.message, 2);
else {
  const profile = openProfile(args.value.profile);
  const packaged = app.isPackaged;
  const taken = claim(profile.path, packaged);
  if (taken === 'second') app.exit(0);
  else if (taken === 'refused') sayAndExit(hostText.openToDebuggers, 2);
  else {
    const ended = holdQuit();
    const dist = join(import.meta.dirname, '..');
    const bundle = join(dist, 'renderer');
    const preload = join(dist, 'main', 'preload.cjs');
    app
      .whenReady()
      .then(() =>
        run({
          create: createApp,
          clock: systemClock,
          args: { ...args.value, why: args.value.why || 'Electron, the packaged application.' },
          profile,
          host: ({ log, blob }) =>
            createElectronHost({
              profile: profile.path,
              bundle,
              preload,
              packaged,
              blob,
              clock: systemClock,
              log,
              env: process.env,
            }),
          onReady: tendProcess,
        }),
      )
      .then(
        () => ended(0),
        (error: unknown) =>
          sayAndExit(error instanceof BulkheadError ? error.message : String((error as Error).stack), 1),
      );
  }
}
