// The bridge in Electron: calls are answered for the main frame of the one window on the own origin, for nobody else.
import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import { fail } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';
import type { Log } from '../log/log.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels.ts';
import { isOwn } from './electron-session.ts';
import type { Bridge } from './host.ts';

/** Returns how to stop answering and sending. */
export function bindCalls(deps: { window: BrowserWindow; bridge: Bridge; log: Log }): () => void {
  const { window, bridge, log } = deps;
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, inputJson: unknown) => {
    const why = whyRefused(event, window);
    if (why === null) return bridge.call(name as string, inputJson as string);
    log.warn('a call from another frame or origin was refused', { why });
    return JSON.stringify(fail('refused-sender', hostText.onlyMainFrame));
  });
  const stopEvents = bridge.onEvent((topic, payloadJson) => {
    if (!window.isDestroyed() && !window.webContents.isDestroyed())
      window.webContents.send(EVENT_CHANNEL, topic, payloadJson);
  });
  return () => {
    stopEvents();
    ipcMain.removeHandler(CALL_CHANNEL);
  };
}

/** A destroyed frame has no `senderFrame`; a sub-frame is not the main frame; a foreign page has another address. */
function whyRefused(event: IpcMainInvokeEvent, window: BrowserWindow): string | null {
  if (window.isDestroyed() || event.sender !== window.webContents) return 'another window';
  const frame = event.senderFrame;
  if (frame === null || frame.detached) return 'a frame that is gone';
  if (frame !== window.webContents.mainFrame) return 'a frame within the page';
  return isOwn(frame.url) ? null : 'another origin';
}
