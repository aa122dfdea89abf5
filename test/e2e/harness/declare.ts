// An incident declared by its key, as a person would do it on a profile that has none.
import { expect, type Page } from '@playwright/test';

/** Declares a SEV2 with that title; afterwards its room is open. */
export async function declareByKey(page: Page, title: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#room';
  });
  await page.waitForSelector('main.incs');
  const dialog = page.getByRole('dialog');
  // A window that has only just opened has no keys yet.
  await expect(async () => {
    await page.keyboard.press('d');
    await expect(dialog).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await dialog.getByRole('textbox').first().fill(title);
  await dialog.getByRole('radio', { name: /SEV2/ }).check();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.room');
}
