// How the stand-in browser is closed: by more than CSP. No network at all, no second windows, no talk of WebRTC, its sandbox on.
import type { chromium } from 'playwright-core';

type LaunchOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** What a page could use to reach a network even when every request is intercepted. */
export const CLOSED_FLAGS: readonly string[] = [
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--force-webrtc-ip-handling-policy',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
];

export interface Launch {
  readonly executable: string;
  readonly headless: boolean;
  readonly root: boolean;
  readonly size: { readonly width: number; readonly height: number };
}

export const launchOptions = ({ executable, headless, root, size }: Launch): LaunchOptions => ({
  executablePath: executable,
  headless,
  // Chromium refuses to run sandboxed as root.
  chromiumSandbox: !root,
  viewport: headless ? { width: size.width, height: size.height } : null,
  acceptDownloads: false,
  serviceWorkers: 'block',
  // The entry decides when to end; the driver must not end the process on a signal by itself.
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
  // --disable-popup-blocking would let pages open windows; --enable-automation draws a banner over the window.
  ignoreDefaultArgs: ['--disable-popup-blocking', '--enable-automation'],
  args: [
    `--app=data:text/html,${encodeURIComponent('<title>Bulkhead</title>')}`,
    `--window-size=${size.width},${size.height}`,
    // An alarm sounds whether or not anybody has touched the window; Electron's own default is the same.
    '--autoplay-policy=no-user-gesture-required',
    ...CLOSED_FLAGS,
  ],
});
