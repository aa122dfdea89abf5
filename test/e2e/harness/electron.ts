// The same specs in the real Electron's window, unpackaged: BULKHEAD_HOST=electron (the public workflow). The application runs in a
// process of its own there, so a spec that needs canned answers skips itself by `inElectron`.
import { _electron } from '@playwright/test';
import type { Replay } from '../../../electron/host/application.ts';
import type { Opened } from './fixtures.ts';

export async function openElectron(options: {
  root: string;
  profile: string;
  replay: Replay | null;
  env: Record<string, string | undefined>;
}): Promise<Opened> {
  const { root, profile, replay } = options;
  const recorded = replay
    ? ['--replay', replay.dir, '--kind', replay.kind, '--speed', String(replay.speed)]
    : [];
  const env = Object.fromEntries(
    Object.entries(options.env).filter((pair): pair is [string, string] => !!pair[1]),
  );
  const application = await _electron.launch({
    args: [root, '--profile', profile, ...recorded],
    env,
    cwd: profile,
  });
  await application.evaluate(({ shell }) => {
    const links: string[] = [];
    (globalThis as unknown as { links: string[] }).links = links;
    shell.openExternal = async (url) => void links.push(url);
  });
  return {
    profile,
    page: await application.firstWindow(),
    openedLinks: () => application.evaluate(() => (globalThis as unknown as { links: string[] }).links),
    close: () => application.close(),
  };
}
