// npm start: sets everything up, takes Electron where it is or can be fetched, else an installed Chromium, and says which and why.

import { ensureDisplay } from './display.mjs';
import { findElectron } from './electron.mjs';
import {
  at,
  CHROMIUM,
  cleanEnv,
  ensurePrograms,
  ensureReady,
  hasBrowser,
  launch,
  node24,
  root,
  runToEnd,
  Stop,
  say,
  standing,
} from './lib.mjs';

const USAGE = `npm start -- [--profile DIR] [--replay DIR --kind KIND [--speed N]] [--rehearse PLAN.md NIGHT.jsonl [--speed N]] [--host electron|chromium|headless]`;
const NAMES = new Set(['profile', 'replay', 'kind', 'speed', 'host', 'rehearse', 'night']);

/** Checks what a person typed, strictly; the application itself ignores what it does not know. */
export function readOptions(argv) {
  const options = {};
  for (let index = 0; index < argv.length; index++) {
    const [, name, inline] = /^--([a-z]+)(?:=([\s\S]*))?$/.exec(argv[index]) ?? [];
    if (!name || !NAMES.has(name)) throw new Stop(`${argv[index]} is not an option.\n${USAGE}`);
    const value = inline ?? argv[++index];
    if (!value) throw new Stop(`--${name} needs a value after it.\n${USAGE}`);
    options[name] = value;
    if (name === 'rehearse' && argv[index + 1] && !argv[index + 1].startsWith('--'))
      options.night = argv[++index];
  }
  if (options.host && !['electron', 'chromium', 'headless'].includes(options.host))
    throw new Stop(`--host ${options.host} is not one of electron, chromium, headless.`);
  return options;
}

const isRoot = () => process.getuid?.() === 0;

async function chooseHost(wanted) {
  if (wanted === 'headless') return { kind: 'headless', why: 'Without a window, as asked.' };
  if (wanted === 'chromium') return { kind: 'chromium', why: 'Chromium, as asked.' };
  const electron = await findElectron({ asked: wanted === 'electron' });
  if (electron.path) return { kind: 'electron', path: electron.path, why: `Electron: ${electron.why}.` };
  if (wanted === 'electron') throw new Stop(`${electron.why}. Try npm start -- --host chromium.`);
  return { kind: 'chromium', why: `Chromium: ${electron.why}.` };
}

function commandOf(host, rest) {
  const said = [...rest, '--host', host.kind, '--why', host.why];
  if (host.kind !== 'electron') return [node24(), [at('dist', 'main', 'chromium-main.js'), ...said]];
  // Chromium's sandbox does not run as root.
  return [host.path, [...(isRoot() ? ['--no-sandbox'] : []), root, ...said]];
}

async function open(host, rest) {
  if (host.kind === 'chromium' && !hasBrowser()) await ensurePrograms([CHROMIUM]);
  const display = host.kind === 'headless' ? { env: {}, end: () => {} } : await ensureDisplay();
  say(host.why);
  const [command, args] = commandOf(host, rest);
  try {
    return await runToEnd(command, args, {
      cwd: standing(),
      env: cleanEnv({ NODE_ENV: 'production', ...display.env }),
    });
  } finally {
    display.end();
  }
}

/** Electron that ends at once (a sandbox the system forbids, a missing library) does not leave people without a window. */
const AT_ONCE_MS = 6_000;

async function main() {
  const options = readOptions(process.argv.slice(2));
  await ensureReady();
  const host = await chooseHost(options.host);
  const { host: _said, ...passed } = options;
  const rest = Object.entries(passed).flatMap(([name, value]) => [`--${name}`, value]);
  const began = process.hrtime.bigint();
  const code = await open(host, rest);
  const lasted = Number(process.hrtime.bigint() - began) / 1e6;
  if (code < 3 || host.kind !== 'electron' || options.host || lasted > AT_ONCE_MS) return code;
  return open({ kind: 'chromium', why: `Chromium: Electron ended at once (exit code ${code}).` }, rest);
}

launch(main);
