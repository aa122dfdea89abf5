// Pictures for people: test-results/shots/<name>.png.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const folder = join(import.meta.dirname, '..', '..', '..', 'test-results', 'shots');

/** Waits for fonts and settled animations, writes the window as it is shown, and returns the file's path. */
export async function shot(page: Page, name: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const path = join(folder, `${name.replace(/[^a-z0-9._-]+/gi, '-')}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}
