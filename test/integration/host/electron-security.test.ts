import { afterEach, describe, expect, it, vi } from 'vitest';
import { CALL_CHANNEL } from '../../../electron/host/channels.ts';
import { claim } from '../../../electron/host/electron-claim.ts';
import { menuTemplate } from '../../../electron/host/electron-menu.ts';
import { PRINT_POLICY } from '../../../electron/host/electron-print.ts';
import { echoBridge } from './conformance.ts';
import { app, type BrowserWindow, reset, seen } from './electron-standin.ts';
import { electronSubject } from './electron-subject.ts';

vi.mock('electron', async () => import('./electron-standin.ts'));

let subject: ReturnType<typeof electronSubject>;
afterEach(() => subject?.end());

async function opened(packaged = false) {
  subject = electronSubject(packaged);
  const bridge = echoBridge();
  const driver = await subject.open(bridge);
  const window = seen.windows.at(-1) as BrowserWindow;
  const session = seen.sessions.get('persist:bulkhead');
  if (!session) throw new Error('the window has no session of its own');
  return { bridge, driver, window, contents: window.webContents, session };
}

const event = (url: string) => {
  let prevented = false;
  return {
    url,
    preventDefault: () => {
      prevented = true;
    },
    prevented: () => prevented,
  };
};

const FOREIGN = [
  'https://evil.example/',
  'data:text/html,x',
  'file:///etc/passwd',
  'bulkhead://evil/',
  'bulkhead://app.evil/',
  'javascript:1',
  'about:blank',
];

describe('Electron’s window', () => {
  it('is written down as sandboxed, isolated and without Node, whatever the defaults are', async () => {
    const { window } = await opened(true);
    expect(window.options.webPreferences).toMatchObject({
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
      devTools: false,
    });
    expect(window.options.webPreferences).not.toHaveProperty('enableBlinkFeatures');
    expect(window.loads).toEqual(['bulkhead://app/']);
  });

  it.each(FOREIGN)(
    'B19 B20 B24 a top-level navigation, a redirect or a drop to %s is refused',
    async (url) => {
      const { contents } = await opened();
      for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
        const navigation = event(url);
        contents.emit(name, navigation);
        expect(navigation.prevented(), name).toBe(true);
      }
      const home = event('bulkhead://app/');
      contents.emit('will-navigate', home);
      expect(home.prevented()).toBe(false);
    },
  );

  it.each(['javascript:alert(1)', 'https://evil.example/', 'about:blank', 'bulkhead://app/'])(
    'B21 B22 B23 a second window is refused: %s',
    async (url) => {
      const { contents } = await opened();
      expect(contents.openHandler?.({ url })).toEqual({ action: 'deny' });
    },
  );

  it('a webview is not attached', async () => {
    const { contents } = await opened();
    const attach = event('');
    contents.emit('will-attach-webview', attach);
    expect(attach.prevented()).toBe(true);
  });

  it('the session reaches the own origin only, through a proxy that is not there, and saves nothing', async () => {
    const { session, contents } = await opened();
    const cancelled = (url: string): boolean => {
      let cancel = false;
      session.beforeRequest?.({ url }, (answer) => {
        cancel = answer.cancel;
      });
      return cancel;
    };
    for (const url of [
      'http://127.0.0.1:9/',
      'https://evil.example/',
      'ws://evil.example/',
      'file:///etc/passwd',
      'bulkhead://evil/',
    ])
      expect(cancelled(url), url).toBe(true);
    expect(cancelled('bulkhead://app/index.html')).toBe(false);
    expect(session.proxy).toMatchObject({
      proxyRules: 'http://127.0.0.1:9',
      proxyBypassRules: '<-loopback>',
    });
    expect(contents.webrtc).toBe('disable_non_proxied_udp');
    expect(session.spelling).toBe(false);
    let prevented = false;
    session.emit(
      'will-download',
      { preventDefault: () => (prevented = true) },
      { getURL: () => 'https://x/' },
    );
    expect(prevented).toBe(true);
  });

  it('permissions: writing text to the clipboard from the own main frame, nothing else', async () => {
    const { session, contents } = await opened();
    const ask = (permission: string, requestingUrl: string, isMainFrame = true): boolean => {
      let granted = false;
      const answer = (given: boolean): void => {
        granted = given;
      };
      (session.permissionRequest as unknown as (...args: unknown[]) => void)(contents, permission, answer, {
        requestingUrl,
        isMainFrame,
      });
      return granted;
    };
    expect(ask('clipboard-sanitized-write', 'bulkhead://app/')).toBe(true);
    expect(ask('clipboard-sanitized-write', 'bulkhead://app/', false)).toBe(false);
    expect(ask('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
      'hid',
      'fullscreen',
    ])
      expect(ask(permission, 'bulkhead://app/'), permission).toBe(false);
    const check = session.permissionCheck as unknown as (
      contents: unknown,
      name: string,
      origin: string,
    ) => boolean;
    expect(check(null, 'clipboard-sanitized-write', 'bulkhead://app/')).toBe(true);
    expect(check(null, 'media', 'bulkhead://app/')).toBe(false);
    expect((session.device as unknown as () => boolean)()).toBe(false);
  });

  it('D35 a call from a sub-frame, another window or another origin gets a typed refusal, and it is logged', async () => {
    const { contents, bridge } = await opened();
    const ask = async (sender: unknown, senderFrame: unknown) => {
      const handler = seen.handlers.get(CALL_CHANNEL) as unknown as (...args: unknown[]) => Promise<string>;
      return JSON.parse(await handler({ sender, senderFrame }, 'app.snapshot', '{}')) as { ok: boolean };
    };
    expect((await ask(contents, contents.mainFrame)).ok).toBe(true);
    const refused = { ok: false, error: { code: 'refused-sender' } };
    expect(await ask(contents, { url: 'bulkhead://app/', detached: false })).toMatchObject(refused);
    expect(await ask({}, contents.mainFrame)).toMatchObject(refused);
    contents.mainFrame.url = 'https://evil.example/';
    expect(await ask(contents, contents.mainFrame)).toMatchObject(refused);
    contents.mainFrame.url = 'bulkhead://app.evil/';
    expect(await ask(contents, contents.mainFrame)).toMatchObject(refused);
    expect(bridge.asked).toEqual(['app.snapshot']);
    expect(subject.lines.filter((line) => line.message.includes('was refused')).length).toBe(4);
  });

  it('D36 a frame that is gone gets a typed refusal and breaks nothing', async () => {
    const { contents, window, driver } = await opened();
    const handler = seen.handlers.get(CALL_CHANNEL) as unknown as (...args: unknown[]) => Promise<string>;
    for (const senderFrame of [null, { ...contents.mainFrame, detached: true }])
      expect(JSON.parse(await handler({ sender: contents, senderFrame }, 'x', '{}'))).toMatchObject({
        error: { code: 'refused-sender' },
      });
    window.destroy();
    await driver.closed;
    expect(
      JSON.parse(await handler({ sender: contents, senderFrame: contents.mainFrame }, 'x', '{}')),
    ).toMatchObject({
      error: { code: 'refused-sender' },
    });
    expect(seen.handlers.has(CALL_CHANNEL)).toBe(false);
  });

  it('D40 listeners get text, never the event object of ipcRenderer', async () => {
    const { bridge } = await opened();
    const api = seen.exposed.get('bulkhead') as { on(listener: (...args: unknown[]) => void): () => void };
    const got: unknown[][] = [];
    const stop = api.on((...args) => got.push(args));
    bridge.emit('app.changed', '{}');
    stop();
    bridge.emit('app.changed', '{"rev":2}');
    expect(got).toEqual([['app.changed', '{}']]);
  });

  it('a renderer that crashes is opened again, three times a minute at most', async () => {
    const { contents, window, driver } = await opened();
    const crash = () => contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
    for (let time = 1; time <= 3; time++) {
      crash();
      expect(window.loads.length).toBe(1 + time);
    }
    crash();
    await driver.closed;
    expect(subject.lines.some((line) => line.level === 'error')).toBe(true);
  });

  it('C32 a second start brings the window forward, and nothing of its arguments is heard', async () => {
    const { window, bridge } = await opened();
    window.minimized = true;
    window.calls.length = 0;
    const hostile = [
      'bulkhead',
      '--no-sandbox',
      '--renderer-cmd-prefix=x',
      'bulkhead://incident/declare?title=x',
      '--profile=/tmp/y',
    ];
    app.emit('second-instance', {}, hostile, '/tmp/hostile', { profile: '/tmp/y' });
    expect(window.calls).toEqual(['restore', 'show', 'focus']);
    expect(window.loads).toEqual(['bulkhead://app/']);
    expect(bridge.asked).toEqual([]);
  });

  it('C33 no deep link is registered, so none can write', async () => {
    await opened();
    expect(app.listenerCount('open-url')).toBe(0);
    expect(app.listenerCount('open-file')).toBe(0);
    expect('setAsDefaultProtocolClient' in app).toBe(false);
  });

  it('secrets: the basic_text backend is refused, and the capability says file', async () => {
    reset();
    seen.keyring = 'basic_text';
    const real = electronSubject;
    subject = real();
    expect(subject.host.capabilities.secrets).toBe('keyring'); // reset by the subject itself
    await subject.end();
    seen.keyring = 'basic_text';
    const { createElectronHost } = await import('../../../electron/host/electron.ts');
    const { silentLog } = await import('../../../electron/log/log.ts');
    const { systemClock } = await import('../../../electron/time/systemClock.ts');
    const host = createElectronHost({
      profile: subject.profile,
      bundle: '/nowhere',
      preload: '/nowhere',
      packaged: false,
      blob: async () => null,
      clock: systemClock,
      log: silentLog,
      env: {},
    });
    expect(host.capabilities.secrets).toBe(process.platform === 'linux' ? 'file' : 'keyring');
  });

  it('printing has script off, a session of its own, and a policy of its own', async () => {
    subject = electronSubject();
    const printed = await subject.host.print('<p>x</p>');
    expect(printed.ok).toBe(true);
    const window = seen.windows.at(-1) as BrowserWindow;
    expect(window.options.show).toBe(false);
    expect(window.options.webPreferences).toMatchObject({
      javascript: false,
      sandbox: true,
      contextIsolation: true,
    });
    expect(window.destroyed).toBe(true);
    expect(PRINT_POLICY).toMatch(/^default-src 'none'/);
  });

  it('asks through dialogs, and a person who leaves one is null', async () => {
    subject = electronSubject();
    expect(await subject.host.chooseFolder('Runbooks')).toEqual({ ok: true, value: null });
    seen.chosen = { canceled: false, filePaths: ['/runbooks'], filePath: '/out.md' };
    expect(await subject.host.chooseFolder('Runbooks')).toEqual({ ok: true, value: '/runbooks' });
    expect(await subject.host.chooseSaveFile('Save', 'a.md', [])).toEqual({ ok: true, value: '/out.md' });
    seen.chosen = { canceled: true, filePaths: [], filePath: '' };
  });

  it('tells of suspend and resume until it is told to stop', async () => {
    const { powerMonitor } = await import('./electron-standin.ts');
    subject = electronSubject();
    const heard: string[] = [];
    const stop = subject.host.onPower((what) => heard.push(what));
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
    stop();
    powerMonitor.emit('suspend');
    expect(heard).toEqual(['suspend', 'resume']);
  });

  it('knows the system’s proxy', async () => {
    subject = electronSubject();
    seen.proxy = 'PROXY corp:3128; DIRECT';
    expect(await subject.host.proxyFor('https://a.example/')).toBe('http://corp:3128');
  });

  it('the menu has standard roles, and no developer tools in a packaged application', () => {
    const text = JSON.stringify(menuTemplate('darwin', true));
    for (const role of ['appMenu', 'fileMenu', 'editMenu', 'windowMenu', 'zoomIn'])
      expect(text).toContain(role);
    expect(text).not.toContain('toggleDevTools');
  });
});

describe('the claim, before Electron is ready', () => {
  it('registers the own scheme as standard and secure, without a way around the policy, and one instance per profile', () => {
    reset();
    expect(claim('/profile', false)).toBe('first');
    expect(seen.schemes).toEqual([
      { scheme: 'bulkhead', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(seen.switches.has('sandbox-enabled')).toBe(true);
    expect(seen.paths.get('userData')).toMatch(/^\/profile/);
    seen.firstInstance = false;
    expect(claim('/profile', false)).toBe('second');
  });

  it.each([
    'inspect',
    'inspect-brk',
    'remote-debugging-port',
    'remote-debugging-pipe',
    'disable-web-security',
    'js-flags',
    'load-extension',
    'renderer-cmd-prefix',
  ])('G59 the packaged application does not start with --%s', (name) => {
    reset();
    seen.switches.add(name);
    expect(claim('/profile', true)).toBe('refused');
    expect(claim('/profile', false)).toBe('first');
  });
});
