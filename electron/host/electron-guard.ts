// Every web contents of the application, whoever made it: stays on the own origin, opens nothing, embeds nothing.
import type { App, WebContents } from 'electron';
import type { Log } from '../log/log.ts';
import { isOwn } from './electron-session.ts';

export function guardAllContents(app: App, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}

function guardContents(contents: WebContents, log: Log): void {
  const hold = (event: { preventDefault(): void; readonly url: string }): void => {
    if (isOwn(event.url)) return;
    log.warn('a navigation away was refused', { url: event.url.slice(0, 200) });
    event.preventDefault();
  };
  contents.on('will-navigate', (event) => hold(event));
  contents.on('will-redirect', (event) => hold(event));
  contents.on('will-frame-navigate', (event) => hold(event));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('a second window was refused', { url: url.slice(0, 200) });
    return { action: 'deny' };
  });
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
