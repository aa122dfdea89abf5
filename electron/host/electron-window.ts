// Electron's one window: sandboxed and isolated, reopened when its renderer dies, closed for good when a person closes it.
import { BrowserWindow, type Session, type WebPreferences } from 'electron';
import type { Clock } from '../../shared/time/clock.ts';
import type { Log } from '../log/log.ts';
import { ELECTRON_ORIGIN } from './channels.ts';
import { bindCalls } from './electron-calls.ts';
import type { Bridge, WindowOptions } from './host.ts';

export interface WindowDeps {
  readonly session: Session;
  readonly preload: string;
  readonly packaged: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Written out whole, also where it repeats Electron's defaults: what protects people does not hang on a default. */
export const webPreferences = ({ session, preload, packaged }: WindowDeps): WebPreferences => ({
  session,
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools: !packaged,
});

/** A renderer that dies more often than this within a minute is not opened again by itself. */
const REOPENS_A_MINUTE = 3;

export interface OpenWindow {
  readonly window: BrowserWindow;
  readonly closed: Promise<void>;
}

export function openElectronWindow(options: WindowOptions, bridge: Bridge, deps: WindowDeps): OpenWindow {
  const { log, clock } = deps;
  const window = new BrowserWindow({
    title: options.title,
    width: options.width,
    height: options.height,
    minWidth: 800,
    minHeight: 560,
    useContentSize: true,
    show: false,
    backgroundColor: '#080d10',
    autoHideMenuBar: true,
    webPreferences: webPreferences(deps),
  });
  const stop = bindCalls({ window, bridge, log });
  const closed = new Promise<void>((resolve) => {
    window.once('closed', () => {
      stop();
      resolve();
    });
  });
  const load = (): void => {
    window.loadURL(ELECTRON_ORIGIN + options.path).catch((error: Error) => {
      if (window.isDestroyed()) return;
      log.error('the window could not be filled', { error });
      window.destroy();
    });
  };
  window.once('ready-to-show', () => window.show());
  const deaths: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    const now = clock.uptime();
    deaths.push(now);
    const recent = deaths.filter((at) => now - at < 60_000).length;
    log.error('the window’s renderer is gone', {
      reason: details.reason,
      exitCode: details.exitCode,
      recent,
    });
    if (recent <= REOPENS_A_MINUTE) load();
    else window.destroy();
  });
  load();
  return { window, closed };
}

/** Somebody started Bulkhead a second time on this profile: the first comes forward. */
export function bringForward(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
