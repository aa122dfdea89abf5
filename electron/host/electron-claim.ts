// What Electron must hear before it is ready, and before any `await` of ours: the own scheme, the sandbox, the one instance.

import { join } from 'node:path';
import { app, protocol } from 'electron';

/** Switches that open the inside of a packaged application to another program (robustness G59). */
const OPENERS = [
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-publish-uid',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'js-flags',
  'disable-web-security',
  'load-extension',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
];

export type Claim = 'first' | 'second' | 'refused';

/**
 * `first`: this process is the application of this profile. `second`: the first one was told to come forward, end now.
 * `refused`: somebody started the packaged application with a switch that would open it; end now.
 */
export function claim(profile: string, packaged: boolean): Claim {
  if (packaged && OPENERS.some((name) => app.commandLine.hasSwitch(name))) return 'refused';
  protocol.registerSchemesAsPrivileged([
    { scheme: 'bulkhead', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  app.enableSandbox();
  app.setName('Bulkhead');
  // The lock lies in this folder: one instance per profile.
  app.setPath('userData', join(profile, 'electron'));
  return app.requestSingleInstanceLock() ? 'first' : 'second';
}
