// No window: for the command line, for tests, and for a machine that only watches.
import { join } from 'node:path';
import { fail, type Result } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';
import type { Bridge, Capabilities, Host, WindowOptions } from './host.ts';
import { proxyFromEnvironment } from './proxy.ts';
import { createSecrets } from './secrets.ts';

export interface HeadlessDeps {
  readonly profile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where a browser for printing is, when one is; see chromium-print.ts. */
  readonly print?: (html: string) => Promise<Result<Uint8Array>>;
}

export function createHeadlessHost(deps: HeadlessDeps): Host {
  const secrets = createSecrets({ path: join(deps.profile, 'secrets.json'), keyring: null, env: deps.env });
  const waiting = new Set<() => void>();
  const capabilities: Capabilities = {
    window: false,
    dialogs: false,
    notifications: false,
    print: deps.print !== undefined,
    openExternal: false,
    secrets: 'file',
    keepAwake: false,
    suspendEvents: false,
    tray: false,
    badge: false,
  };
  return {
    kind: 'headless',
    capabilities,
    /** There is no window; it "stays open" until `close`, so that an application without one runs the same way. */
    openWindow: (_options: WindowOptions, _bridge: Bridge) =>
      new Promise<void>((resolve) => {
        const alive = setInterval(() => {}, 2 ** 30); // a promise alone keeps no process running
        waiting.add(() => {
          clearInterval(alive);
          resolve();
        });
      }),
    close: async () => {
      for (const resolve of waiting) resolve();
      waiting.clear();
    },
    chooseFolder: async () => notHere(say.folder),
    chooseSaveFile: async () => notHere(say.file),
    notify: async () => notHere(say.notify),
    openExternal: async () => notHere(say.link),
    print: async (html) => (deps.print ? deps.print(html) : notHere(say.print)),
    secretGet: secrets.get,
    secretSet: secrets.set,
    keepAwake: async () => notHere(say.awake),
    onPower: () => () => {},
    proxyFor: async (url) => proxyFromEnvironment(url, deps.env),
  };
}

const say = hostText.headless;
const notHere = (what: string): Result<never> => fail('not-here', hostText.headlessCannot(what));
