// What every host must do, said once: run over headless, Chromium and a stand-in for Electron's module by the tests, and over the
// real Electron by the public workflow. Knows no test runner, so that it runs inside Electron's own main process too.
import assert from 'node:assert/strict';
import type { Bridge, Host } from '../../../electron/host/host.ts';

/** The page's side of an open window. */
export interface WindowDriver {
  /** What the page sees of the bridge: names of its functions, sorted. */
  surface(): Promise<string[]>;
  call(name: string, inputJson: string): Promise<string>;
  /** Events heard so far, as `topic payload`. */
  heard(): Promise<string[]>;
  /** Resolves when the host says that the window is closed. */
  readonly closed: Promise<void>;
}

export interface Subject {
  readonly host: Host;
  /** Opens the window on the test's own page; not called for a host without a window. */
  open(bridge: Bridge): Promise<WindowDriver>;
  /** Links handed to the system so far; null where the system is the real one. */
  readonly openedLinks: readonly string[] | null;
}

export interface Check {
  readonly name: string;
  run(subject: Subject): Promise<void>;
}

interface TestBridge extends Bridge {
  emit(topic: string, payloadJson: string): void;
  readonly asked: string[];
  readonly listeners: () => number;
}

/** Answers each call with its own name and input. */
export function echoBridge(): TestBridge {
  const listeners = new Set<(topic: string, payloadJson: string) => void>();
  const asked: string[] = [];
  return {
    asked,
    listeners: () => listeners.size,
    call: async (name, inputJson) => {
      asked.push(name);
      return JSON.stringify({ ok: true, value: { name, input: inputJson } });
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    emit: (topic, payloadJson) => {
      for (const listener of listeners) listener(topic, payloadJson);
    },
  };
}

/** Asks again until it holds; the last failure is thrown after twenty seconds. */
export async function eventually(holds: () => Promise<void> | void): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await holds();
      return;
    } catch (error) {
      if (tries >= 400) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const refusedLinks = [
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://ok.example@evil.example/',
  'smb://host/x',
];

export const conformance: readonly Check[] = [
  {
    name: 'what it cannot do it says, as a value with a way out, and what it can do it does',
    async run({ host }) {
      const { capabilities } = host;
      if (!capabilities.dialogs) {
        for (const answer of [await host.chooseFolder('t'), await host.chooseSaveFile('t', 'n.md', [])])
          assert.ok(!answer.ok && answer.error.code === 'not-here' && answer.error.message.length > 20);
      }
      const awake = await host.keepAwake('a plan runs');
      assert.equal(awake.ok, capabilities.keepAwake);
      if (awake.ok) {
        awake.value();
        awake.value();
      } else assert.equal(awake.error.code, 'not-here');
      const notified = await host.notify('title', 'body');
      if (!capabilities.notifications) assert.ok(!notified.ok && notified.error.code === 'not-here');
      const stop = host.onPower(() => {});
      stop();
      stop();
    },
  },
  {
    name: 'B25 B26 opens https and mailto only, and says why not',
    async run({ host, openedLinks }) {
      for (const url of refusedLinks) {
        const answer = await host.openExternal(url);
        assert.ok(!answer.ok, url);
        assert.ok(answer.error.message.length > 20);
      }
      if (openedLinks === null || !host.capabilities.openExternal) return;
      assert.deepEqual(openedLinks, []);
      assert.ok((await host.openExternal('https://status.example.com/')).ok);
      assert.deepEqual(openedLinks, ['https://status.example.com/']);
    },
  },
  {
    name: 'keeps secrets, tells an unknown one by null, and refuses a bad name',
    async run({ host }) {
      assert.deepEqual(await host.secretGet('never/kept'), { ok: true, value: null });
      assert.ok((await host.secretSet('webhook/ops', 'café ✓')).ok);
      assert.deepEqual(await host.secretGet('webhook/ops'), { ok: true, value: 'café ✓' });
      assert.equal((await host.secretSet('../x', 'y')).ok, false);
    },
  },
  {
    name: 'names a proxy or `direct` for every address',
    async run({ host }) {
      assert.match(await host.proxyFor('https://status.example.com/'), /^(?:direct|[a-z0-9]+:\/\/.+)$/);
    },
  },
  {
    name: 'prints a document with script off, or says that it cannot',
    async run({ host }) {
      const html = `<!doctype html><title>t</title><p>Printed</p><script>document.body.innerHTML = ''</script>
        <img src="http://127.0.0.1:9/x.png"><link rel="stylesheet" href="http://127.0.0.1:9/x.css">`;
      const printed = await host.print(html);
      assert.equal(printed.ok, host.capabilities.print);
      if (printed.ok) assert.equal(Buffer.from(printed.value.subarray(0, 5)).toString(), '%PDF-');
      else assert.equal(printed.error.code, 'not-here');
    },
  },
  {
    name: 'stays open until it is closed, and close may be called twice',
    async run(subject) {
      const bridge = echoBridge();
      let isClosed = false;
      const closed = subject.host.capabilities.window
        ? (await subject.open(bridge)).closed
        : subject.host.openWindow({ title: 't', width: 800, height: 600, path: '/' }, bridge);
      void closed.then(() => {
        isClosed = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(isClosed, false);
      await subject.host.close();
      await subject.host.close();
      await closed;
      assert.equal(bridge.listeners(), 0);
    },
  },
  {
    name: 'D40 the page gets two functions that pass text, and nothing else',
    async run(subject) {
      if (!subject.host.capabilities.window) return;
      const bridge = echoBridge();
      const window = await subject.open(bridge);
      assert.deepEqual(await window.surface(), ['call', 'on']);
      for (const input of [
        '{}',
        '{"a":"\u2028 é 🙂 \\u0000"}',
        JSON.stringify({ long: 'x'.repeat(900_000) }),
      ]) {
        const answer = JSON.parse(await window.call('room.note', input)) as {
          value: { name: string; input: string };
        };
        assert.equal(answer.value.name, 'room.note');
        assert.equal(answer.value.input, input);
      }
      await subject.host.close();
      await window.closed;
    },
  },
  {
    name: 'events reach the page in order',
    async run(subject) {
      if (!subject.host.capabilities.window) return;
      const bridge = echoBridge();
      const window = await subject.open(bridge);
      const sent = Array.from({ length: 200 }, (_, rev) => `health.changed {"rev":${rev}}`);
      for (let rev = 0; rev < 200; rev++) bridge.emit('health.changed', `{"rev":${rev}}`);
      await eventually(async () => assert.deepEqual(await window.heard(), sent));
      await subject.host.close();
      await window.closed;
    },
  },
  {
    name: 'has one window: a second is refused while the first is open',
    async run(subject) {
      if (!subject.host.capabilities.window) return;
      const bridge = echoBridge();
      const window = await subject.open(bridge);
      await assert.rejects(
        subject.host.openWindow({ title: 't', width: 800, height: 600, path: '/' }, bridge),
        (error: { code?: string }) => error.code === 'window-open',
      );
      assert.match(await window.call('still', '{}'), /still/);
      await subject.host.close();
      await window.closed;
    },
  },
];
