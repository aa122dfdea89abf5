// Stands for Electron's module where its binary is not: the calls that the host makes, kept and answered in memory.
// `standsFor` makes a name that Electron does not have an error of types, so that the stand-in cannot drift from the real one.
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

const standsFor =
  <T>() =>
  <S extends object>(standIn: S & { [K in keyof S]: K extends keyof T | 'test' ? unknown : never }): S =>
    standIn;

type Answer = (...args: never[]) => unknown;

/** What the host did, for tests to look at. */
export const seen = {
  switches: new Set<string>(),
  firstInstance: true,
  schemes: [] as Electron.CustomScheme[],
  paths: new Map<string, string>(),
  exits: [] as number[],
  opened: [] as string[],
  windows: [] as BrowserWindow[],
  sessions: new Map<string, FakeSession>(),
  keyring: 'gnome_libsecret' as string,
  handlers: new Map<string, Answer>(),
  /** Stays: the preload is a module, which runs once. */
  exposed: new Map<string, unknown>(),
  chosen: { canceled: true, filePaths: [] as string[], filePath: '' },
  proxy: 'DIRECT',
};

export function reset(): void {
  seen.switches.clear();
  seen.firstInstance = true;
  seen.schemes = [];
  seen.paths.clear();
  seen.exits = [];
  seen.opened = [];
  seen.windows = [];
  seen.sessions.clear();
  seen.keyring = 'gnome_libsecret';
  seen.handlers.clear();
  seen.proxy = 'DIRECT';
  app.removeAllListeners();
  powerMonitor.removeAllListeners();
  ipcRenderer.removeAllListeners();
}

class FakeSession extends EventEmitter {
  handler: ((request: { method: string; url: string }) => Promise<Response> | Response) | null = null;
  beforeRequest: ((details: { url: string }, answer: (a: { cancel: boolean }) => void) => void) | null = null;
  permissionRequest: Answer | null = null;
  permissionCheck: Answer | null = null;
  device: Answer | null = null;
  proxy: unknown = null;
  spelling = true;
  protocol = standsFor<Electron.Protocol>()({
    handle: (_scheme: string, handler: NonNullable<FakeSession['handler']>) => {
      this.handler = handler;
    },
    unhandle: () => {
      this.handler = null;
    },
  });
  webRequest = standsFor<Electron.WebRequest>()({
    onBeforeRequest: (listener: NonNullable<FakeSession['beforeRequest']>) => {
      this.beforeRequest = listener;
    },
  });
  setPermissionRequestHandler(handler: Answer): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Answer): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: Answer): void {
    this.device = handler;
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spelling = enabled;
  }
  async setProxy(proxy: unknown): Promise<void> {
    this.proxy = proxy;
  }
  async resolveProxy(): Promise<string> {
    return seen.proxy;
  }
}

class FakeContents extends EventEmitter {
  mainFrame = { url: '', detached: false };
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  webrtc = '';
  destroyed = false;
  send(channel: string, ...args: unknown[]): void {
    ipcRenderer.emit(channel, { sender: 'the event object of ipcRenderer' }, ...args);
  }
  setWindowOpenHandler(handler: NonNullable<FakeContents['openHandler']>): void {
    this.openHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webrtc = policy;
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  async printToPDF(): Promise<Buffer> {
    return Buffer.from('%PDF-1.4 stand-in');
  }
}

export class BrowserWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new FakeContents();
  readonly calls: string[] = [];
  destroyed = false;
  minimized = false;
  loads: string[] = [];
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    seen.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loads.push(url);
    const session = this.options.webPreferences?.session as unknown as FakeSession;
    const answer = await session.handler?.({ method: 'GET', url });
    if (answer?.status !== 200) throw new Error(`ERR_FAILED ${url}`);
    this.webContents.mainFrame = { url, detached: false };
    if (!this.destroyed) this.emit('ready-to-show');
  }
  show(): void {
    this.calls.push('show');
  }
  focus(): void {
    this.calls.push('focus');
  }
  restore(): void {
    this.calls.push('restore');
    this.minimized = false;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  close(): void {
    this.destroy();
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.webContents.destroyed = true;
    this.emit('closed');
  }
}

export const app = Object.assign(
  new EventEmitter(),
  standsFor<Electron.App>()({
    isPackaged: false,
    commandLine: standsFor<Electron.CommandLine>()({ hasSwitch: (name: string) => seen.switches.has(name) }),
    enableSandbox: () => void seen.switches.add('sandbox-enabled'),
    setName: () => {},
    setPath: (name: string, path: string) => void seen.paths.set(name, path),
    requestSingleInstanceLock: () => seen.firstInstance,
    whenReady: async () => {},
    isReady: () => false,
    exit: (code: number) => void seen.exits.push(code),
  }),
);

export const protocol = standsFor<Electron.Protocol>()({
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => {
    seen.schemes = schemes;
  },
});

export const session = standsFor<typeof Electron.session>()({
  fromPartition: (name: string): FakeSession => {
    const found = seen.sessions.get(name) ?? new FakeSession();
    seen.sessions.set(name, found);
    return found;
  },
});

export const ipcMain = standsFor<Electron.IpcMain>()({
  handle: (channel: string, answer: Answer) => {
    if (seen.handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
    seen.handlers.set(channel, answer);
  },
  removeHandler: (channel: string) => void seen.handlers.delete(channel),
});

export const ipcRenderer = Object.assign(
  new EventEmitter(),
  standsFor<Electron.IpcRenderer>()({
    invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
      const window = seen.windows.find((one) => !one.destroyed);
      const event = { sender: window?.webContents, senderFrame: window?.webContents.mainFrame };
      return (seen.handlers.get(channel) as (...all: unknown[]) => unknown)(event, ...args);
    },
  }),
);

export const contextBridge = standsFor<Electron.ContextBridge>()({
  exposeInMainWorld: (name: string, api: unknown) => void seen.exposed.set(name, api),
});

export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true;
  }
  show(): void {}
}

export const dialog = standsFor<Electron.Dialog>()({
  showOpenDialog: async () => seen.chosen,
  showSaveDialog: async () => seen.chosen,
  showErrorBox: () => {},
});

export const powerMonitor = new EventEmitter();

const held = new Set<number>();
export const powerSaveBlocker = standsFor<Electron.PowerSaveBlocker>()({
  start: () => {
    held.add(held.size + 1);
    return held.size;
  },
  stop: (id: number) => held.delete(id),
  isStarted: (id: number) => held.has(id),
});

export const safeStorage = standsFor<Electron.SafeStorage>()({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => seen.keyring,
  encryptString: (text: string) => Buffer.from(`sealed:${Buffer.from(text).toString('base64')}`),
  decryptString: (bytes: Buffer) => {
    if (!bytes.toString().startsWith('sealed:')) throw new Error('not mine');
    return Buffer.from(bytes.toString().slice(7), 'base64').toString();
  },
});

export const shell = standsFor<Electron.Shell>()({
  openExternal: async (url: string) => void seen.opened.push(url),
});

export const Menu = standsFor<typeof Electron.Menu>()({
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: () => {},
});
