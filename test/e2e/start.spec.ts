// npm start as a person runs it, on the Chromium host: what it says, the second start, and that nothing stays behind.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..');

interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number>;
}

function start(profile: string, host: string, ...more: string[]): Started {
  let text = '';
  const args = [join(root, 'build', 'start.mjs'), '--host', host, '--profile', profile, ...more];
  const proxied = { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
  const child = spawn(process.execPath, args, {
    cwd: profile, // a folder that is not the project
    env: {
      ...process.env,
      ...proxied,
      npm_lifecycle_event: '',
      NODE_OPTIONS: '--no-deprecation',
      ELECTRON_RUN_AS_NODE: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += String(chunk);
    });
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
  return { child, said: () => text, ended };
}

/** The environment of the application's own process. */
function environmentOf(profile: string): string {
  const pid = readdirSync('/proc').find((name) => {
    try {
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      return line.includes('chromium-main.js') && line.includes(profile);
    } catch {
      return false;
    }
  });
  return pid ? readFileSync(`/proc/${pid}/environ`, 'utf8') : '';
}

/** Processes whose command line names the profile. */
function processesOf(profile: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(profile) && readlinkSync(`/proc/${pid}/exe`) ? [line] : [];
      } catch {
        return [];
      }
    });
}

const logOf = (profile: string): string => {
  const file = join(profile, 'logs', 'bulkhead.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

test.describe('npm start', () => {
  test.skip(process.platform !== 'linux', 'looks into /proc: Linux only');
  test.setTimeout(180_000);
  let profile = '';
  test.beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'bulkhead start '));
  });
  test.afterEach(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));

  test('says which host and why, tells a second start to look at the first, and leaves no process', async () => {
    const first = start(profile, 'chromium');
    await expect.poll(() => logOf(profile) || first.said(), { timeout: 90_000 }).toContain('"starting"');
    expect(first.said()).toContain('Chromium, as asked.');
    await expect
      .poll(() => processesOf(join(profile, 'browser')).length, { timeout: 60_000 })
      .toBeGreaterThan(1);

    const before = logOf(profile);
    const second = start(profile, 'chromium');
    expect(await second.ended).toBe(1);
    expect(second.said()).toMatch(/bulkhead: .*(?:open|use|runs|already)/i);
    expect(second.said()).not.toMatch(/ at .*\.js:\d+/);
    expect(logOf(profile)).toBe(before);

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    await expect.poll(() => processesOf(profile), { timeout: 15_000 }).toEqual([]);
  });

  test('runs without a window, and ends when it is asked to', async () => {
    const only = start(profile, 'headless');
    await expect.poll(() => logOf(profile) || only.said(), { timeout: 90_000 }).toContain('"starting"');
    expect(existsSync(join(profile, 'browser'))).toBe(false);
    const environment = environmentOf(profile); // robustness G59
    expect(environment).toContain('PATH=');
    expect(environment).not.toMatch(/NODE_OPTIONS=|ELECTRON_RUN_AS_NODE=/);
    only.child.kill('SIGTERM');
    expect(await only.ended).toBe(0);
    await expect.poll(() => processesOf(profile), { timeout: 15_000 }).toEqual([]);
  });

  test('says what was mistyped, and starts nothing', async () => {
    const wrong = start(profile, 'firefox');
    expect(await wrong.ended).toBe(1);
    expect(wrong.said()).toContain('not one of electron, chromium, headless');
    expect(existsSync(join(profile, 'logs'))).toBe(false);
  });
});
