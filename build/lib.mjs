// Set-up shared by the launchers: packages when the lock changed, the pinned Node, the system's programs, a build when sources changed.
// Plain built-ins of Node 20, since nothing is installed yet when it runs. Everything it says goes to standard error.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const at = (...parts) => join(root, ...parts);
const state = at('.state');

export const say = (text) => process.stderr.write(`bulkhead: ${text}\n`);

/** Ends the launcher with a sentence instead of a stack. */
export class Stop extends Error {}

/** Runs a launcher's main function; a Stop is a sentence, anything else is a bug with its stack. */
export function launch(main) {
  main().then(
    (code) => process.exit(code ?? 0),
    (error) => {
      say(error instanceof Stop ? error.message : error.stack);
      process.exit(1);
    },
  );
}

export const manifest = () => JSON.parse(readFileSync(at('package.json'), 'utf8'));

/** What children may inherit: nothing that turns Node or Electron into something else (robustness G59). */
export function cleanEnv(extra = {}) {
  const env = { ...process.env, ...extra };
  for (const name of Object.keys(env))
    if (
      /^(NODE_OPTIONS|NODE_PATH|NODE_REPL_EXTERNAL_MODULE|NODE_INSPECT_RESUME_ON_START|ELECTRON_RUN_AS_NODE)$/i.test(
        name,
      )
    )
      delete env[name];
  return env;
}

/** Runs to the end; resolves to the exit code (128 + signal number is not told apart: 1). Signals are passed on. */
export function runToEnd(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: root, env: cleanEnv(), ...options });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.once('error', reject);
    child.once('exit', (code) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}

/** Absolute path of a program in the absolute folders of PATH, or null. */
export function findProgram(name) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin']) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
    try {
      accessSync(path, constants.X_OK);
      if (statSync(path).isFile()) return path;
    } catch {
      // not here
    }
  }
  return null;
}

// --- packages -------------------------------------------------------------------------------------------------------------

/** npm as the person called it, else the one in PATH. On Windows npm is a script that only a shell starts; the arguments are ours. */
async function npm(args) {
  const cli = process.env.npm_execpath;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const stdio = ['ignore', 2, 2];
  const code =
    cli && /npm-cli\.c?js$/.test(cli)
      ? await runToEnd(process.execPath, [cli, ...args, ...quiet], { stdio })
      : await runToEnd('npm', [...args, ...quiet], { stdio, shell: process.platform === 'win32' });
  if (code !== 0)
    throw new Stop(`"npm ${args.join(' ')}" failed (see above). Is the package registry reachable?`);
}

/** True when node_modules holds what the lock says: every package, in its version. */
function modulesMatchLock() {
  try {
    const lock = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
    const installed = JSON.parse(readFileSync(at('node_modules', '.package-lock.json'), 'utf8')).packages;
    for (const [path, wanted] of Object.entries(lock)) {
      if (path === '') continue;
      const found = installed[path];
      if (!found && (wanted.optional || wanted.devOptional || wanted.peer)) continue;
      if (!found || found.version !== wanted.version || found.integrity !== wanted.integrity) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** The pinned Node's binary, from the `node` package. */
export const node24 = () =>
  at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function nodeIsRight(wanted) {
  if (!existsSync(node24())) return false;
  const { stdout } = spawnSync(node24(), ['--version'], { encoding: 'utf8', env: cleanEnv() });
  return (stdout ?? '').trim() === `v${wanted}`;
}

async function ensureModules() {
  const wanted = manifest().devDependencies.node;
  if (!modulesMatchLock()) {
    say('installing packages (npm ci); this takes a minute the first time');
    await npm(['ci']);
  }
  if (nodeIsRight(wanted)) return;
  say(`fetching Node ${wanted}`);
  await npm(['rebuild', 'node', '--ignore-scripts=false']);
  if (!nodeIsRight(wanted))
    throw new Stop(`Node ${wanted} was not installed by its package; remove node_modules and try again.`);
}

// --- build ----------------------------------------------------------------------------------------------------------------

function hashTree(hash, path) {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = join(path, entry.name);
    if (entry.isDirectory()) hashTree(hash, full);
    else if (entry.isFile())
      hash
        .update(`${full.slice(root.length)}\0`)
        .update(readFileSync(full))
        .update('\0');
  }
}

/** Hash over everything that a build reads. */
export function sourcesHash() {
  const hash = createHash('sha256');
  for (const folder of ['shared', 'electron', 'renderer']) hashTree(hash, at(folder));
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'build/build.mjs'])
    hash.update(readFileSync(at(file)));
  return hash.digest('hex');
}

const BUILT = [
  'main/main.js',
  'main/chromium-main.js',
  'main/cli.js',
  'main/preload.cjs',
  'renderer/index.html',
];

async function ensureBuild() {
  const stamp = join(state, 'build');
  const hash = sourcesHash();
  const same = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (same && BUILT.every((file) => existsSync(at('dist', file)))) return;
  say('building');
  const code = await runToEnd(node24(), [at('build', 'build.mjs')], { stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new Stop('the build failed (see above).');
}

export function stampBuild(hash) {
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, 'build'), hash);
}

// --- the system's programs ------------------------------------------------------------------------------------------------

const isRoot = () => process.getuid?.() === 0;

/** `wanted`: `{ program, package, what }`. As root on Debian they are installed; otherwise a sentence says what to install. */
export async function ensurePrograms(wanted) {
  if (process.platform !== 'linux') return;
  const missing = wanted.filter(({ program }) => findProgram(program) === null);
  if (missing.length === 0) return;
  const packages = missing.flatMap((item) => item.packages);
  const apt = findProgram('apt-get');
  const sentence = `missing: ${missing.map((item) => `${item.program} (${item.what})`).join(', ')}`;
  if (!isRoot() || !apt)
    throw new Stop(
      `${sentence}. Install it first${apt ? `: sudo apt-get install ${packages.join(' ')}` : ''}.`,
    );
  say(`${sentence}; installing ${packages.join(' ')}`);
  const env = cleanEnv({ DEBIAN_FRONTEND: 'noninteractive' });
  const options = { stdio: ['ignore', 2, 2], env };
  await runToEnd(apt, ['-qq', 'update'], options);
  const code = await runToEnd(apt, ['-qq', '-y', '--no-install-recommends', 'install', ...packages], options);
  if (code !== 0) throw new Stop(`apt-get could not install ${packages.join(' ')} (see above).`);
  const still = wanted.filter(({ program }) => findProgram(program) === null);
  if (still.length > 0)
    throw new Stop(`still missing after the installation: ${still.map((i) => i.program).join(', ')}.`);
}

export const CHROMIUM = {
  program: 'chromium',
  packages: ['chromium', 'fonts-dejavu-core'],
  what: 'the window where Electron is not to be had, and the end-to-end tests',
};
export const ALERTMANAGER = {
  program: 'prometheus-alertmanager',
  packages: ['prometheus-alertmanager'],
  what: 'a real peer of the alert feed, in the tests',
};
export const XVFB = { program: 'Xvfb', packages: ['xvfb'], what: 'a display where there is none' };

const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/** On Linux: any browser that can stand in (the application itself looks further, electron/host/chromium-find.ts). */
export const hasBrowser = () =>
  process.platform !== 'linux' ||
  !!process.env.BULKHEAD_CHROMIUM ||
  BROWSERS.some((name) => findProgram(name));

export const hasDisplay = () =>
  process.platform !== 'linux' || !!process.env.DISPLAY || !!process.env.WAYLAND_DISPLAY;

// --- all of it ------------------------------------------------------------------------------------------------------------

/** One set-up at a time: a second launcher waits for the first instead of tearing its packages away. */
async function underLock(work) {
  mkdirSync(state, { recursive: true });
  const lock = join(state, 'setup.lock');
  for (let waited = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!holderLives(lock)) rmSync(lock, { force: true });
      else if (!waited) {
        say('another set-up is running here; waiting for it');
        waited = true;
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function holderLives(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')) || -1, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Packages, the pinned Node and, unless told otherwise, the build. */
export function ensureReady({ build = true } = {}) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Stop(`Node 20 or later is needed; this is ${major}.${minor}.`);
  return underLock(async () => {
    await ensureModules();
    if (build) await ensureBuild();
  });
}

/** Where the person stands: npm itself moves to the project's root, and says where it came from. */
export const standing = () => (process.env.npm_lifecycle_event && process.env.INIT_CWD) || process.cwd();
