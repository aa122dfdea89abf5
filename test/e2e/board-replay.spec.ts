// The real application over the sample recording and the sample topology, by keyboard: what spread, what of ours is hit, declared with
// every region in trouble. Times are the recording's.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { axe, expect, shot, test } from './harness/fixtures.ts';

const root = join(import.meta.dirname, '..', '..');

test.describe.configure({ timeout: 180_000 });
test.use({
  replay: {
    dir: join(root, 'samples', 'recordings', 'aws-2025-10-20-us-east-1'),
    kind: 'aws-data-json',
    speed: 60,
  },
});

test('a recorded outage on the board, from the first failure to the room', async ({ page, profile }) => {
  const pack = join(profile, '..', `${profile.split(/[\\/]/).at(-1)}-pack`);
  await mkdir(pack);
  // The topology alone: nothing here may ask anybody outside of this machine.
  await copyFile(join(root, 'samples', 'pack', 'topology.yaml'), join(pack, 'topology.yaml'));
  await page.evaluate(() => {
    location.hash = '#start';
  });
  await page.getByLabel('Pack folder on this disk').fill(pack);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/6 services/).first()).toBeVisible();
  await page.getByLabel('Your name').fill('Marta Lindqvist');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');

  const cascade = page.getByRole('region', { name: 'Cascade' });
  await expect(cascade).toContainText('us-east-1', { timeout: 90_000 });
  await page.keyboard.press('b');
  const ours = page.locator('.svt.ours');
  await expect(ours).toContainText('session-store');
  await expect(ours.locator('.s-outage, .s-degraded, .s-partial').first()).toBeVisible({ timeout: 60_000 });
  await shot(page, 'board-replay-ours');
  expect(await axe(page)).toEqual([]);

  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Cascade, in the order of failing' });
  await expect(dialog.locator('tbody tr').first()).toContainText('us-east-1');
  await shot(page, 'board-replay-cascade');
  await page.keyboard.press('Escape');

  await page.keyboard.press('m');
  await expect(page.getByRole('img', { name: /World map\..*us-east-1/ })).toBeVisible();
  await shot(page, 'board-replay-map');
  await page.keyboard.press('m');

  await page.getByRole('grid').locator('[aria-selected=true]').focus();
  await page.keyboard.press('Shift+O');
  const override = page.getByRole('dialog', { name: /^Override AWS us-east-1/ });
  await override.getByLabel('Reason').fill('Rehearsed by the spec');
  await page.keyboard.press('Control+Enter');
  // A recording is not overridden: it is refused in words, and nothing that was typed is lost.
  await expect(override.getByRole('alert')).not.toBeEmpty();
  await expect(override.getByLabel('Reason')).toHaveValue('Rehearsed by the spec');
  await page.keyboard.press('Escape');
  await expect(override).toHaveCount(0);

  await page.keyboard.press('d');
  const declare = page.getByRole('dialog', { name: 'Declare an incident' });
  await expect(declare).toContainText('us-east-1');
  await page.keyboard.type('Sign-in and payments fail');
  await declare.getByRole('radio', { name: /SEV2/ }).check();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.room');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign-in and payments fail');
});
