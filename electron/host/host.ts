// What the application needs of the place it runs in, and nothing else. Only this folder knows Electron or a browser driver.
import type { Result } from '../../shared/result.ts';

/** What this host can do; the renderer hides what is not there and asks nothing else about the host. */
export interface Capabilities {
  readonly window: boolean;
  readonly dialogs: boolean;
  readonly notifications: boolean;
  readonly print: boolean;
  readonly openExternal: boolean;
  /** `keyring`, `file` (0600) or `environment`; said to the user. */
  readonly secrets: 'keyring' | 'file' | 'environment';
  readonly keepAwake: boolean;
  readonly suspendEvents: boolean;
  readonly tray: boolean;
  readonly badge: boolean;
}

/** Answers the renderer's calls: JSON text in, JSON text out. Never throws. */
export interface Bridge {
  call(name: string, inputJson: string): Promise<string>;
  /** Registers a listener for events to the renderer (`topic`, payload as JSON text); returns how to stop. */
  onEvent(listener: (topic: string, payloadJson: string) => void): () => void;
}

export interface WindowOptions {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** Path within the app's own origin, with query. */
  readonly path: string;
}

export interface FileFilter {
  readonly name: string;
  readonly extensions: readonly string[];
}

export interface Host {
  readonly kind: 'electron' | 'chromium' | 'headless';
  readonly capabilities: Capabilities;
  /** Opens the one window; resolves when it is closed by the user or `close`. */
  openWindow(options: WindowOptions, bridge: Bridge): Promise<void>;
  close(): Promise<void>;
  /** Asks for a folder or a place to write; null when the person left the dialog. */
  chooseFolder(title: string): Promise<Result<string | null>>;
  chooseSaveFile(
    title: string,
    suggestedName: string,
    filters: readonly FileFilter[],
  ): Promise<Result<string | null>>;
  notify(title: string, body: string): Promise<Result<null>>;
  /** Opens https and mailto in the system's browser after a check; everything else is refused. */
  openExternal(url: string): Promise<Result<null>>;
  /** Bytes of a PDF from a document of its own, script off. */
  print(html: string): Promise<Result<Uint8Array>>;
  secretGet(name: string): Promise<Result<string | null>>;
  secretSet(name: string, value: string): Promise<Result<null>>;
  /** Keeps the machine awake while held; returns how to let go. */
  keepAwake(reason: string): Promise<Result<() => void>>;
  onPower(listener: (what: 'suspend' | 'resume') => void): () => void;
  /** Proxy for a URL as the host knows it (`direct` or a proxy URL), for the fetcher. */
  proxyFor(url: string): Promise<string>;
}
