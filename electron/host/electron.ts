// The product's host. Made after Electron is ready; what comes before that is electron-claim.ts.
import { join } from 'node:path';
import {
  app,
  type BrowserWindow,
  dialog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  session,
  shell,
} from 'electron';
import { BulkheadError, fail, ok, type Result } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Log } from '../log/log.ts';
import { createAssets } from './assets.ts';
import { ELECTRON_ORIGIN } from './channels.ts';
import { guardAllContents } from './electron-guard.ts';
import { installMenu } from './electron-menu.ts';
import { printWithElectron } from './electron-print.ts';
import { closeSession } from './electron-session.ts';
import { bringForward, openElectronWindow } from './electron-window.ts';
import { checkExternal } from './external.ts';
import type { Bridge, Capabilities, FileFilter, Host, WindowOptions } from './host.ts';
import { proxyFromPac } from './proxy.ts';
import { createSecrets, type Keyring } from './secrets.ts';

export interface ElectronDeps {
  readonly profile: string;
  /** The renderer's bundle. */
  readonly bundle: string;
  /** Absolute path of `preload.cjs`. */
  readonly preload: string;
  readonly packaged: boolean;
  readonly blob: (sha256: string) => Promise<Uint8Array | null>;
  readonly clock: Clock;
  readonly log: Log;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createElectronHost(deps: ElectronDeps): Host {
  const { log } = deps;
  const keyring = openKeyring(log);
  const secrets = createSecrets({ path: join(deps.profile, 'secrets.json'), keyring, env: deps.env });
  const assets = createAssets({ root: deps.bundle, origin: ELECTRON_ORIGIN, blob: deps.blob });
  let window: BrowserWindow | null = null;

  guardAllContents(app, log);
  installMenu(process.platform, deps.packaged);
  app.on('second-instance', () => bringForward(window));
  app.on('activate', () => bringForward(window));

  const capabilities: Capabilities = {
    window: true,
    dialogs: true,
    notifications: Notification.isSupported(),
    print: true,
    openExternal: true,
    secrets: keyring ? 'keyring' : 'file',
    keepAwake: true,
    suspendEvents: true,
    tray: false,
    badge: false,
  };

  const openWindow = async (options: WindowOptions, bridge: Bridge): Promise<void> => {
    if (window) throw new BulkheadError('window-open', hostText.oneWindow);
    const own = session.fromPartition('persist:bulkhead');
    await closeSession(own, { assets, log });
    const { preload, packaged, clock } = deps;
    const opened = openElectronWindow(options, bridge, { session: own, preload, packaged, clock, log });
    window = opened.window;
    await opened.closed;
    window = null;
  };

  return {
    kind: 'electron',
    capabilities,
    openWindow,
    close: async () => window?.close(),
    chooseFolder: (title) => chooseFolder(window, title),
    chooseSaveFile: (title, name, filters) => chooseSaveFile(window, title, name, filters),
    notify: (title, body) => notify(title, body),
    openExternal: (url) => openExternal(url, log),
    print: printWithElectron,
    secretGet: secrets.get,
    secretSet: secrets.set,
    keepAwake: async () => keepAwake(),
    onPower,
    proxyFor,
  };
}

/** Linux without a keyring encrypts with a key that everybody knows; that is refused, and the capability says `file`. */
function openKeyring(log: Log): Keyring | null {
  const weak = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (weak || !safeStorage.isEncryptionAvailable()) {
    log.warn('the system has no keyring; secrets are kept in a file that only this user can read');
    return null;
  }
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}

async function chooseFolder(window: BrowserWindow | null, title: string): Promise<Result<string | null>> {
  const options = {
    title,
    properties: ['openDirectory', 'createDirectory'],
  } satisfies Electron.OpenDialogOptions;
  const chosen = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
  return ok(chosen.canceled ? null : (chosen.filePaths[0] ?? null));
}

async function chooseSaveFile(
  window: BrowserWindow | null,
  title: string,
  suggestedName: string,
  filters: readonly FileFilter[],
): Promise<Result<string | null>> {
  const options = {
    title,
    defaultPath: suggestedName,
    filters: filters.map(({ name, extensions }) => ({ name, extensions: [...extensions] })),
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  } satisfies Electron.SaveDialogOptions;
  const chosen = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
  return ok(chosen.canceled || !chosen.filePath ? null : chosen.filePath);
}

async function notify(title: string, body: string): Promise<Result<null>> {
  if (!Notification.isSupported()) return fail('not-here', hostText.noNotifications);
  new Notification({ title: title.slice(0, 120), body: body.slice(0, 400) }).show();
  return ok(null);
}

async function openExternal(url: string, log: Log): Promise<Result<null>> {
  const checked = checkExternal(url);
  if (!checked.ok) {
    log.warn('a link was refused', { url: url.slice(0, 200), why: checked.error.message });
    return checked;
  }
  try {
    await shell.openExternal(checked.value);
    return ok(null);
  } catch (error) {
    return fail('not-opened', hostText.notOpened(checked.value, (error as Error).message));
  }
}

function keepAwake(): Result<() => void> {
  const held = powerSaveBlocker.start('prevent-app-suspension');
  return ok(() => {
    if (powerSaveBlocker.isStarted(held)) powerSaveBlocker.stop(held);
  });
}

function onPower(listener: (what: 'suspend' | 'resume') => void): () => void {
  const suspend = (): void => listener('suspend');
  const resume = (): void => listener('resume');
  powerMonitor.on('suspend', suspend);
  powerMonitor.on('resume', resume);
  return () => {
    powerMonitor.off('suspend', suspend);
    powerMonitor.off('resume', resume);
  };
}

/** The system's proxy, looked up in a session of its own: the window's session has none that works. */
async function proxyFor(url: string): Promise<string> {
  const lookup = session.fromPartition('proxy-lookup');
  return proxyFromPac(await lookup.resolveProxy(url));
}
