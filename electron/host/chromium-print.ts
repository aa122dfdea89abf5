// A PDF from a document of its own: a short-lived headless browser with script off and no network.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { fail, ok, type Result } from '../../shared/result.ts';
import { hostText } from '../../shared/text/host.ts';
import { launchOptions } from './chromium-flags.ts';

/** Errors: `not-printed`. A4, backgrounds on, the document's own @page rules count. */
export async function printWithChromium(job: {
  executable: string;
  html: string;
}): Promise<Result<Uint8Array>> {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-print-'));
  try {
    const size = { width: 1240, height: 1754 };
    const root = process.getuid?.() === 0;
    const context = await chromium.launchPersistentContext(folder, {
      ...launchOptions({ executable: job.executable, headless: true, root, size }),
      javaScriptEnabled: false,
    });
    try {
      const page = context.pages()[0] ?? (await context.newPage());
      await context.route('**/*', (route) =>
        route.request().url().startsWith('data:') ? route.continue() : route.abort('blockedbyclient'),
      );
      await page.setContent(job.html, { waitUntil: 'load', timeout: 30_000 });
      return ok(
        new Uint8Array(await page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true })),
      );
    } finally {
      await context.close();
    }
  } catch (error) {
    const why = String((error as Error).message ?? error).split('\n')[0];
    return fail('not-printed', hostText.notPrinted(why ?? ''));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
