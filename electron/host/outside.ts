// The system around a host that has no Electron: its browser, its notifications. Programs are started without a shell.
import { spawn } from 'node:child_process';
import { delimiter, isAbsolute, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';
import type { Log } from '../log/log.ts';
import { isExecutable } from './chromium-find.ts';
import { checkExternal } from './external.ts';

export interface Outside {
  readonly opens: boolean;
  readonly notifies: boolean;
  open(url: string): Promise<Result<null>>;
  notify(title: string, body: string): Promise<Result<null>>;
}

export type Run = (command: string, args: readonly string[]) => Promise<boolean>;

export function createOutside(deps: {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  log: Log;
  run?: Run;
}): Outside {
  const run = deps.run ?? runDetached;
  const opener = openerOf(deps.platform, deps.env);
  const notifier = deps.platform === 'linux' ? inPath('notify-send', deps.env) : null;
  return {
    opens: opener !== null,
    notifies: notifier !== null,
    async open(url) {
      const checked = checkExternal(url);
      if (!checked.ok) {
        deps.log.warn('a link was refused', { url: url.slice(0, 200), why: checked.error.message });
        return checked;
      }
      if (opener === null) return fail('not-here', hostText.noOpener(checked.value));
      if (await run(opener[0] ?? '', [...opener.slice(1), checked.value])) return ok(null);
      return fail('not-opened', hostText.notOpened(checked.value, null));
    },
    async notify(title, body) {
      if (notifier === null) return fail('not-here', hostText.noNotifications);
      const plain = body.slice(0, 400).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
      if (await run(notifier, ['--app-name=Bulkhead', '--', title.slice(0, 120), plain])) return ok(null);
      return fail('not-notified', hostText.notNotified);
    },
  };
}

function openerOf(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string[] | null {
  if (platform === 'darwin') return ['/usr/bin/open'];
  // Not `cmd /c start`: its command line gives `&` in an address a meaning.
  if (platform === 'win32')
    return [
      join(env['SYSTEMROOT'] ?? 'C:\\Windows', 'System32', 'rundll32.exe'),
      'url.dll,FileProtocolHandler',
    ];
  const found = inPath('xdg-open', env);
  return found ? [found] : null;
}

function inPath(name: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((path) => isAbsolute(path));
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** Starts a program that outlives us and says whether it could be started. */
const runDetached: Run = (command, args) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true, shell: false });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
