// Runs inside the page, before its own scripts: the same two functions that the preload gives Electron's window.
// It is sent as text, so it may use nothing from outside itself.

export function installBridge({ origin, binding }: { origin: string; binding: string }): void {
  const page = globalThis as unknown as Record<string, unknown> & {
    top: unknown;
    location: { origin: string };
  };
  const send = page[binding] as (name: string, inputJson: string) => Promise<string>;
  if (page.top !== globalThis || page.location.origin !== origin || typeof send !== 'function') return;
  const listeners = new Set<(topic: string, payloadJson: string) => void>();
  const bridge = Object.freeze({
    call: (name: unknown, inputJson: unknown) => send(String(name), String(inputJson)),
    on(listener: (topic: string, payloadJson: string) => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  });
  Object.defineProperty(page, 'bulkhead', { value: bridge, enumerable: true });
  Object.defineProperty(page, '__bulkheadPush', {
    value: (topic: string, payloadJson: string) => {
      for (const listener of [...listeners]) listener(topic, payloadJson);
    },
  });
}
