// A display where there is none: Xvfb on a number it finds by itself, ended with its last window.
import { spawn } from 'node:child_process';
import { cleanEnv, ensurePrograms, findProgram, hasDisplay, Stop, XVFB } from './lib.mjs';

/** `{ env, end }`: what to add to a child's environment, and how to take the display away. Nothing to do where there is one. */
export async function ensureDisplay() {
  if (hasDisplay()) return { env: {}, end: () => {} };
  await ensurePrograms([XVFB]);
  const child = spawn(
    findProgram('Xvfb'),
    ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], env: cleanEnv() },
  );
  const number = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Stop('Xvfb did not start within 15 s.')), 15_000);
    let text = '';
    child.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(late);
      resolve(text.trim());
    });
    child.once('exit', () => reject(new Stop('Xvfb ended at once; try xvfb-run npm start.')));
  });
  const end = () => child.kill('SIGTERM');
  process.once('exit', end);
  return { env: { DISPLAY: `:${number}` }, end };
}
