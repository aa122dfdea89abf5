// The window's session, closed: own scheme only, no permissions but writing text to the clipboard, no downloads, a proxy that is not there.
import type { Session } from 'electron';
import type { Log } from '../log/log.ts';
import type { Assets } from './assets.ts';
import { ELECTRON_ORIGIN } from './channels.ts';

/** True for the own origin and nothing that only begins like it. */
export const isOwn = (url: string): boolean =>
  url === ELECTRON_ORIGIN || url.startsWith(`${ELECTRON_ORIGIN}/`);

const GRANTED = 'clipboard-sanitized-write';

export async function closeSession(session: Session, deps: { assets: Assets; log: Log }): Promise<void> {
  const { assets, log } = deps;
  session.protocol.handle('bulkhead', async (request) => {
    const { status, headers, body } = await assets(request.method, request.url);
    return new Response(Buffer.from(body), { status, headers: { ...headers } });
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = isOwn(details.url) || /^(?:blob:bulkhead:\/\/app\/|data:|devtools:)/.test(details.url);
    if (!own) log.warn('a request to the outside was refused', { url: details.url.slice(0, 200) });
    answer({ cancel: !own });
  });
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const granted = permission === GRANTED && details.isMainFrame && isOwn(details.requestingUrl);
    if (!granted) log.warn('a permission was refused', { permission, url: contents?.getURL().slice(0, 200) });
    answer(granted);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === GRANTED && isOwn(origin.replace(/\/$/, '')),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    log.warn('a download was refused', { url: item.getURL().slice(0, 200) });
    event.preventDefault();
  });
  session.setSpellCheckerEnabled(false); // it would fetch dictionaries
  await session.setProxy({
    mode: 'fixed_servers',
    proxyRules: 'http://127.0.0.1:9',
    proxyBypassRules: '<-loopback>',
  });
}
