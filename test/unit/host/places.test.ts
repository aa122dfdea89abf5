import { describe, expect, it } from 'vitest';
import { findChromium } from '../../../electron/host/chromium-find.ts';
import { CLOSED_FLAGS, launchOptions } from '../../../electron/host/chromium-flags.ts';
import { proxyFromEnvironment, proxyFromPac } from '../../../electron/host/proxy.ts';

describe('the browser that stands in', () => {
  const find = (platform: NodeJS.Platform, env: Record<string, string>, there: string[]) =>
    findChromium({ platform, env, exists: (path) => there.includes(path) });

  it('is found on Linux, macOS and Windows', () => {
    expect(find('linux', { PATH: '/usr/local/bin:/usr/bin' }, ['/usr/bin/google-chrome'])).toBe(
      '/usr/bin/google-chrome',
    );
    const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    expect(find('darwin', { HOME: '/Users/ic' }, [edge])).toBe(edge);
    const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    expect(find('win32', { PROGRAMFILES: 'C:\\Program Files' }, [chrome])).toBe(chrome);
    expect(find('linux', { PATH: '/usr/bin' }, [])).toBeNull();
  });

  it('Chromium comes before Chrome, Chrome before Edge', () => {
    const all = ['/usr/bin/microsoft-edge', '/usr/bin/google-chrome', '/usr/bin/chromium'];
    expect(find('linux', { PATH: '/usr/bin' }, all)).toBe('/usr/bin/chromium');
    expect(find('linux', { PATH: '/usr/bin' }, all.slice(0, 2))).toBe('/usr/bin/google-chrome');
  });

  it('C34 is never taken from the folder somebody stands in', () => {
    expect(find('linux', { PATH: ':.:bin' }, ['chromium', './chromium', 'bin/chromium'])).toBeNull();
    expect(find('linux', { BULKHEAD_CHROMIUM: 'chromium' }, ['chromium'])).toBeNull();
  });

  it('runs sandboxed unless root, without the flags that open it', () => {
    const size = { width: 1, height: 1 };
    const options = launchOptions({ executable: '/c', headless: false, root: false, size });
    expect(options.chromiumSandbox).toBe(true);
    expect(options.ignoreDefaultArgs).toContain('--disable-popup-blocking');
    expect(options.args).toEqual(expect.arrayContaining([...CLOSED_FLAGS]));
    expect(options.args?.join(' ')).not.toMatch(/remote-debugging-port|disable-web-security|allow-running/);
    expect(CLOSED_FLAGS).toEqual([
      '--proxy-server=http://127.0.0.1:9',
      '--proxy-bypass-list=<-loopback>',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      '--force-webrtc-ip-handling-policy',
      '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    ]);
  });
});

describe('proxies', () => {
  const env = {
    HTTPS_PROXY: 'proxy.corp:3128',
    http_proxy: 'http://p:1',
    NO_PROXY: 'localhost, .corp,intra:8443,10.0.0.1',
  };
  it.each([
    ['https://status.example.com/', 'http://proxy.corp:3128'],
    ['http://example.com/', 'http://p:1'],
    ['https://localhost/', 'direct'],
    ['https://wiki.corp/', 'direct'],
    ['https://notcorp/', 'http://proxy.corp:3128'],
    ['https://intra:8443/', 'direct'],
    ['https://intra/', 'http://proxy.corp:3128'],
    ['https://10.0.0.1/', 'direct'],
    ['nonsense', 'direct'],
  ])('%s goes through %s', (url, proxy) => {
    expect(proxyFromEnvironment(url, env)).toBe(proxy);
  });

  it('NO_PROXY=* and no proxy at all are direct', () => {
    expect(proxyFromEnvironment('https://a.example/', { ...env, NO_PROXY: '*' })).toBe('direct');
    expect(proxyFromEnvironment('https://a.example/', {})).toBe('direct');
  });

  it('reads the system’s answer', () => {
    expect(proxyFromPac('PROXY a:8080; DIRECT')).toBe('http://a:8080');
    expect(proxyFromPac('HTTPS a:1')).toBe('https://a:1');
    expect(proxyFromPac('SOCKS5 a:1')).toBe('socks5://a:1');
    expect(proxyFromPac('DIRECT')).toBe('direct');
    expect(proxyFromPac('')).toBe('direct');
  });
});
