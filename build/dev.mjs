// npm run dev: the window in development; every change of the sources builds and opens it again (a build takes about a second).
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { ensureDisplay } from './display.mjs';
import {
  at,
  CHROMIUM,
  cleanEnv,
  ensurePrograms,
  ensureReady,
  hasBrowser,
  launch,
  node24,
  runToEnd,
  say,
  standing,
} from './lib.mjs';

const QUIET_MS = 150;

launch(async () => {
  await ensureReady({ build: false });
  if (!hasBrowser()) await ensurePrograms([CHROMIUM]);
  const display = await ensureDisplay();
  const env = cleanEnv({ NODE_ENV: 'development', ...display.env });
  const args = [
    at('dist', 'main', 'chromium-main.js'),
    ...process.argv.slice(2),
    '--why',
    'Chromium, for development.',
  ];
  let child = null;
  let restarting = false;
  let closed;
  const ended = new Promise((resolve) => {
    closed = resolve;
  });
  const start = () => {
    const started = spawn(node24(), args, { stdio: 'inherit', cwd: standing(), env });
    child = started;
    started.once('exit', (code) => {
      if (child !== started) return;
      child = null;
      if (!restarting && code === 0) closed(0);
      else if (!restarting) say(`ended with code ${code}; waiting for a change`);
    });
  };
  const stop = () =>
    new Promise((resolve) => {
      if (!child) resolve();
      else {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }
    });
  const again = async () => {
    restarting = true;
    const code = await runToEnd(node24(), [at('build', 'build.mjs')]);
    if (code === 0) {
      await stop();
      start();
    }
    restarting = false;
  };
  let timer = null;
  let turn = Promise.resolve();
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      turn = turn.then(again);
    }, QUIET_MS);
  };
  for (const folder of ['shared', 'electron', 'renderer']) watch(at(folder), { recursive: true }, changed);
  await again();
  say('watching shared/, electron/ and renderer/; close the window to end');
  const code = await ended;
  display.end();
  return code;
});
