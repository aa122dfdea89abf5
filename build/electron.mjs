// Whether Electron can be the window here: its binary installed, or fetched by its own installer within a bounded time.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, cleanEnv, manifest, node24, say } from './lib.mjs';

const folder = () => at('node_modules', 'electron');

/** Path of Electron's executable when it is installed whole, else null. */
export function installedElectron() {
  try {
    const wanted = manifest().devDependencies.electron;
    const found = readFileSync(join(folder(), 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    const path = join(folder(), 'dist', readFileSync(join(folder(), 'path.txt'), 'utf8').trim());
    return found === wanted && existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** A download that was refused is not tried again at every start: once in twelve hours, or when asked for outright. */
const failure = () => at('.state', 'electron-failed');
const AGAIN_MS = 12 * 3_600_000;

function failedLately(now) {
  try {
    if (now - statSync(failure()).mtimeMs < AGAIN_MS) return readFileSync(failure(), 'utf8');
  } catch {
    // never failed
  }
  return null;
}

/** Milliseconds until the download site has to answer, and until the download has to be done. */
const REACH_MS = 8_000;
const FETCH_MS = 300_000;

async function reachable(url) {
  // The installer knows proxies, the built-in fetch does not: with a proxy only the installer can tell.
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return null;
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(REACH_MS) });
    return null;
  } catch (error) {
    const what = error.cause?.code ?? error.cause?.message ?? error.name;
    return `${what} ${new URL(url).host}`;
  }
}

function runInstaller() {
  return new Promise((resolve) => {
    const child = spawn(node24(), [join(folder(), 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: cleanEnv(),
    });
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), FETCH_MS);
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(null);
      else if (signal) resolve(`no whole download within ${FETCH_MS / 60_000} minutes`);
      else resolve(reasonIn(text));
    });
  });
}

/** The line of the installer's error that says why. */
export function reasonIn(text) {
  const lines = text.split('\n').map((line) => line.trim());
  const line =
    lines.find((one) => /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|HTTPError|status|cert/i.test(one)) ?? lines[0];
  return (line || 'its installer failed without a word').slice(0, 200);
}

/** `{ path }`, or `{ why }`: one sentence's end for people. `asked`: a person said --host electron, so try again in any case. */
export async function findElectron({ asked = false, now = Date.now() } = {}) {
  const path = installedElectron();
  if (path) return { path, why: 'it is installed' };
  const before = asked ? null : failedLately(now);
  if (before) return { path: null, why: `Electron could not be fetched lately (${before})` };
  const site = process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com/';
  say(
    `fetching Electron ${manifest().devDependencies.electron} from ${new URL(site).host}; once, about 120 MB`,
  );
  const failed = (await reachable(site)) ?? (await runInstaller());
  const fetched = installedElectron();
  if (fetched) return { path: fetched, why: 'it was fetched' };
  const why = failed ?? 'its installer left no executable';
  mkdirSync(at('.state'), { recursive: true });
  writeFileSync(failure(), why);
  return { path: null, why: `Electron could not be fetched (${why})` };
}
