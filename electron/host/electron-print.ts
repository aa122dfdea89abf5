// A PDF from a document of its own: a hidden window in a session of its own, script off, nothing reachable.
import { BrowserWindow, session } from 'electron';
import { fail, ok, type Result } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';

const PRINT_URL = 'bulkhead://print/';
export const PRINT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox";

/** Errors: `not-printed`. A4, backgrounds on, the document's own @page rules count. */
export async function printWithElectron(html: string): Promise<Result<Uint8Array>> {
  // No `persist:`: it lives in memory and goes with the window.
  const own = session.fromPartition(`print-${++printed}`);
  let window: BrowserWindow | null = null;
  try {
    own.protocol.handle(
      'bulkhead',
      () =>
        new Response(html, {
          headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PRINT_POLICY },
        }),
    );
    own.webRequest.onBeforeRequest((details, answer) =>
      answer({ cancel: details.url !== PRINT_URL && !details.url.startsWith('data:') }),
    );
    own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: own,
        javascript: false,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      },
    });
    await window.loadURL(PRINT_URL);
    const pdf = await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
    });
    return ok(new Uint8Array(pdf));
  } catch (error) {
    const why = (error as Error).message;
    return fail('not-printed', hostText.notPrinted(why));
  } finally {
    window?.destroy();
    own.protocol.unhandle('bulkhead');
  }
}

let printed = 0;
