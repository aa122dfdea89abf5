import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChromiumSubject, chromiumSubject } from './chromium-subject.ts';
import { echoBridge, eventually } from './conformance.ts';

const SVG = 'a'.repeat(64);
const blobs = new Map([
  [
    SVG,
    new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script>top.hacked=1</script></svg>'),
  ],
]);

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

describe('the Chromium window', () => {
  let subject: ChromiumSubject;
  let page: Page;
  let bridge: ReturnType<typeof echoBridge>;
  const logged = (part: string) =>
    eventually(() => expect(subject.lines.some((l) => l.message.includes(part))).toBe(true));

  beforeAll(async () => {
    subject = chromiumSubject(blobs);
    bridge = echoBridge();
    ({ page } = await subject.openPage(bridge));
  });
  beforeEach(async () => {
    bridge.asked.length = 0;
    subject.lines.length = 0;
    await page.goto('https://bulkhead.invalid/');
  });
  afterAll(() => subject.end());

  it('serves its page with the policy: no inline script, no handler, no eval, no style of a page', async () => {
    await page.locator('#button').click();
    expect(
      await page.evaluate(async () => {
        const g = globalThis as unknown as Record<string, unknown>;
        const script = document.createElement('script');
        script.textContent = 'globalThis.inlineRan = true';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: rgb(1, 2, 3)">x</p>');
        return {
          script: g['scriptRan'],
          inline: g['inlineRan'] ?? false,
          evaluated: g['evaluated'],
          made: g['made'],
          styled: getComputedStyle(document.querySelector('#styled') as Element).color === 'rgb(1, 2, 3)',
          secure: globalThis.isSecureContext,
        };
      }),
    ).toEqual({
      script: true,
      inline: false,
      evaluated: 'refused',
      made: 'refused',
      styled: false,
      secure: true,
    });
  });

  it.each([
    'data:text/html,<p>evil',
    'https://evil.example/',
    'http://127.0.0.1:9/',
    'about:blank',
    'file:///etc/passwd',
  ])('B19 a top-level navigation to %s does not stay', async (url) => {
    await page.evaluate((to) => {
      location.href = to;
    }, url);
    await sleep(300);
    await eventually(async () =>
      expect(await page.evaluate(() => document.querySelector('#text')?.textContent)).toContain('hosts'),
    );
    expect(new URL(page.url()).origin).toBe('https://bulkhead.invalid');
  });

  it('B20 a redirect chain out is not followed', async () => {
    await page.evaluate(() => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = '0;url=https://evil.example/';
      document.head.append(meta);
    });
    await sleep(500);
    await eventually(async () =>
      expect(await page.evaluate(() => document.querySelector('#text')?.textContent)).toContain('hosts'),
    );
  });

  it('B21 B22 B23 second windows are closed, whatever opens them', async () => {
    await page.evaluate(() => {
      window.open('https://bulkhead.invalid/');
      window.open('about:blank', 'named');
      window.open('data:text/html,x');
      document.body.insertAdjacentHTML(
        'beforeend',
        '<a id="named" target="evil" href="https://evil.example/">n</a><a id="own" href="/index.html">o</a>',
      );
    });
    await page.locator('#named').click();
    await page.locator('#own').click({ button: 'middle' });
    await page.locator('#own').click({ modifiers: ['Control'] });
    await sleep(300);
    await eventually(() => expect(page.context().pages().length).toBe(1));
    expect(
      await page.evaluate(() =>
        (globalThis as unknown as { bulkhead: { call(a: string, b: string): unknown } }).bulkhead.call(
          'x',
          '{}',
        ),
      ),
    ).toContain('x');
  });

  it('B24 a dropped file or piece of HTML does not replace the page', async () => {
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/html', '<img src=x onerror=alert(1)>');
      data.setData('text/uri-list', 'https://evil.example/');
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    });
    await sleep(200);
    expect(new URL(page.url()).origin).toBe('https://bulkhead.invalid');
  });

  it('C28 C29 C31 only files of the bundle come from the own origin', async () => {
    const read = (path: string) =>
      page.evaluate(
        (to) =>
          fetch(to).then(
            (r) => r.status,
            () => 0,
          ),
        path,
      );
    expect(await read('/index.html')).toBe(200);
    for (const path of [
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%5cpackage.json',
      '/%252e%252e/x.js',
      '/index.html%00',
    ])
      expect(await read(path), path).toBe(404);
    expect(await read('https://evil.invalid/index.html')).toBe(0);
  });

  it('a picture of the blobs is shown, its script is not run, and it opens as no page of ours', async () => {
    const shown = await page.evaluate(
      (src) =>
        new Promise((resolve) => {
          const image = new Image();
          image.onload = () => resolve(true);
          image.onerror = () => resolve(false);
          image.src = src;
        }),
      `/blob/${SVG}`,
    );
    expect(shown).toBe(true);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  });

  it('D35 a frame within the page is not answered, also when it has the own address', async () => {
    const session = await withoutPolicy(page);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        'beforeend',
        '<iframe src="/index.html"></iframe><iframe srcdoc="x"></iframe>',
      );
    });
    await eventually(() => expect(page.frames().length).toBe(3));
    await sleep(200);
    for (const frame of page.frames().slice(1)) {
      expect(await frame.evaluate(() => 'bulkhead' in globalThis)).toBe(false);
      const answer = await frame
        .evaluate(() =>
          (
            globalThis as unknown as { __bulkheadCall?: (a: string, b: string) => Promise<string> }
          ).__bulkheadCall?.('app.snapshot', '{}'),
        )
        .catch((error: Error) => error.message);
      expect(String(answer)).not.toContain('"ok":true');
    }
    expect(bridge.asked).toEqual([]);
    await logged('another frame or origin was refused');
    await session.detach();
  });

  it('D36 a frame that is gone before its answer breaks nothing', async () => {
    const session = await withoutPolicy(page);
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      void (
        frame.contentWindow as unknown as { __bulkheadCall?: (a: string, b: string) => Promise<string> }
      ).__bulkheadCall?.('x', '{}');
      frame.remove();
    });
    await sleep(200);
    expect(
      await page.evaluate(() =>
        (
          globalThis as unknown as { bulkhead: { call(a: string, b: string): Promise<string> } }
        ).bulkhead.call('still', '{}'),
      ),
    ).toContain('still');
    await session.detach();
  });

  it('D40 the bridge cannot be replaced, and a worker has none', async () => {
    const found = await page.evaluate(async () => {
      const g = globalThis as unknown as Record<string, unknown>;
      const before = g['bulkhead'];
      try {
        g['bulkhead'] = {};
        (g['bulkhead'] as Record<string, unknown>)['call'] = () => 'mine';
      } catch {
        // refused, as it should be
      }
      const worker = new Worker('/worker.js');
      const inWorker = await new Promise((resolve) => {
        worker.onmessage = (message) => resolve(message.data);
      });
      return { same: g['bulkhead'] === before, frozen: Object.isFrozen(before), inWorker };
    });
    expect(found).toEqual({ same: true, frozen: true, inWorker: 'undefined' });
  });
});

describe('the Chromium window, ended from outside', () => {
  it('a page that crashes is opened again', async () => {
    const subject = chromiumSubject();
    const { page } = await subject.openPage(echoBridge());
    const session = await page.context().newCDPSession(page);
    void session.send('Page.crash').catch(() => {});
    await eventually(() => expect(subject.page()).not.toBe(page));
    expect(await subject.page().evaluate(() => 'bulkhead' in globalThis)).toBe(true);
    expect(subject.lines.some((line) => line.message.includes('crashed'))).toBe(true);
    await subject.end();
  });

  it('a browser that is killed is noticed as a closed window', async () => {
    const subject = chromiumSubject();
    const { page, closed } = await subject.openPage(echoBridge());
    const session = await page.context().browser()?.newBrowserCDPSession();
    await session?.send('Browser.crash').catch(() => {});
    await closed;
    await subject.end();
  });

  it('a person closing the window ends it', async () => {
    const subject = chromiumSubject();
    const { page, closed } = await subject.openPage(echoBridge());
    await page.evaluate(() => window.close()).catch(() => {});
    await page.close().catch(() => {});
    await closed;
    await subject.end();
  });
});

describe('silence: loopback TCP and UDP hear nothing while hostile pages are open', () => {
  const heard: string[] = [];
  const udp = createSocket('udp4');
  let tcp: Server;
  let port = 0;
  let udpPort = 0;

  beforeAll(async () => {
    tcp = createServer((socket) => {
      heard.push('tcp connection');
      socket.destroy();
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    port = (tcp.address() as AddressInfo).port;
    udp.on('message', () => heard.push('udp packet'));
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
    udpPort = udp.address().port;
  });
  afterAll(async () => {
    udp.close();
    await new Promise((resolve) => tcp.close(resolve));
  });

  it('the listeners do hear what is sent', async () => {
    const { connect } = await import('node:net');
    connect(port, '127.0.0.1').on('error', () => {});
    createSocket('udp4').send('x', udpPort, '127.0.0.1', function (this: unknown) {});
    await eventually(() => expect(new Set(heard)).toEqual(new Set(['tcp connection', 'udp packet'])));
    heard.length = 0;
  });

  it.each([
    ['with the policy', false],
    ['without the policy', true],
  ])('%s', async (_name, bypass) => {
    const subject = chromiumSubject();
    try {
      const { page } = await subject.openPage(echoBridge());
      if (bypass) await withoutPolicy(page);
      await page.evaluate(hostile, { tcp: `127.0.0.1:${port}`, udp: `127.0.0.1:${udpPort}` });
      await sleep(2500);
      await page.evaluate((to) => {
        location.href = to;
      }, `http://127.0.0.1:${port}/top`);
      await sleep(700);
      expect(heard).toEqual([]);
    } finally {
      await subject.end();
    }
  });
});

/** The page again, with the policy switched off in the browser until the session is detached. */
async function withoutPolicy(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  return session;
}

/** Runs in the page: every way out that a browser offers. */
async function hostile({ tcp, udp }: { tcp: string; udp: string }): Promise<void> {
  const attempt = (work: () => unknown): void => {
    try {
      void Promise.resolve(work()).catch(() => {});
    } catch {
      // refused, as it should be
    }
  };
  for (const base of [`http://${tcp}`, `http://localhost:${tcp.split(':')[1]}`]) {
    attempt(() => fetch(`${base}/fetch`, { mode: 'no-cors' }));
    attempt(() => navigator.sendBeacon(`${base}/beacon`, 'x'));
    attempt(() => new WebSocket(`ws${base.slice(4)}/socket`));
    attempt(() => new EventSource(`${base}/events`));
    attempt(() => {
      const request = new XMLHttpRequest();
      request.open('POST', `${base}/xhr`);
      request.send('x');
    });
    attempt(() => import(/* @vite-ignore */ `${base}/module.js`));
    attempt(() => new Worker(`${base}/worker.js`));
    attempt(() => window.open(`${base}/window`));
    attempt(() => document.fonts.add(new FontFace('evil', `url(${base}/font)`)));
    document.body.insertAdjacentHTML(
      'beforeend',
      `<img src="${base}/img"><img srcset="${base}/srcset 2x"><video src="${base}/video"></video><audio src="${base}/audio"></audio>
       <iframe src="${base}/frame"></iframe><iframe srcdoc="<img src='${base}/srcdoc'>"></iframe>
       <object data="${base}/object"></object><embed src="${base}/embed"><link rel="stylesheet" href="${base}/css">
       <link rel="preconnect" href="${base}"><link rel="dns-prefetch" href="${base}"><link rel="prefetch" href="${base}/prefetch">
       <link rel="preload" as="image" href="${base}/preload"><link rel="modulepreload" href="${base}/m.js">
       <link rel="prerender" href="${base}/prerender"><link rel="icon" href="${base}/icon"><link rel="manifest" href="${base}/manifest">
       <div style="background: url(${base}/background)">x</div><svg><image href="${base}/svg"/><use href="${base}/use#x"/></svg>
       <form id="form" action="${base}/form" method="post" target="_blank"><input name="a"></form>
       <a id="ping" href="/index.html" ping="${base}/ping" target="_blank">x</a>`,
    );
  }
  attempt(() => (document.querySelector('#form') as HTMLFormElement).submit());
  attempt(() => (document.querySelector('#ping') as HTMLElement).click());
  attempt(() => {
    const rules = document.createElement('script');
    rules.type = 'speculationrules';
    rules.textContent = JSON.stringify({ prefetch: [{ urls: [`http://${tcp}/speculation`] }] });
    document.head.append(rules);
  });
  const servers = [`stun:${udp}`, `turn:${udp}?transport=udp`, `turn:${tcp}?transport=tcp`];
  for (const urls of servers)
    attempt(async () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls, username: 'u', credential: 'c' }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
    });
  attempt(async () => {
    const peer = new RTCPeerConnection();
    peer.createDataChannel('x');
    await peer.setLocalDescription(await peer.createOffer());
    await peer.addIceCandidate({
      candidate: `candidate:1 1 udp 2130706431 127.0.0.1 ${udp.split(':')[1]} typ host`,
      sdpMid: '0',
    });
  });
  attempt(
    () =>
      new (globalThis as unknown as { WebTransport: new (url: string) => unknown }).WebTransport(
        `https://${udp}/`,
      ),
  );
  attempt(() => navigator.serviceWorker.register('/worker.js'));
}
