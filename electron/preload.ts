// The bridge of the sandboxed window: two functions, plain text both ways, nothing of Electron reachable behind them.
import { contextBridge, ipcRenderer } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from './host/channels.ts';

contextBridge.exposeInMainWorld('bulkhead', {
  call: (name: unknown, inputJson: unknown): Promise<string> =>
    ipcRenderer.invoke(CALL_CHANNEL, String(name), String(inputJson)),
  on: (listener: (topic: string, payloadJson: string) => void): (() => void) => {
    const forward = (_event: unknown, topic: unknown, payloadJson: unknown): void =>
      listener(String(topic), String(payloadJson));
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, forward);
    };
  },
});
