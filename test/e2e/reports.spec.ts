// The reports page over a stand-in for main: options, the document on paper, where it was written.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import { axe } from './harness-ui/axe.ts';
import { openStage, type Stage, type StageOptions } from './harness-ui/room-stage.ts';

let stage: Stage;
const open = async (options: StageOptions = {}): Promise<Page> => {
  stage = await openStage({ hash: 'reports', ...options });
  await stage.page.waitForSelector('main.ex, main.whole, main.room');
  return stage.page;
};
test.afterEach(async () => {
  const errors = stage.errors;
  await stage.close();
  expect(errors).toEqual([]);
});

test('E in the room opens the export of that incident', async () => {
  const page = await open({ hash: 'room' });
  await page.waitForSelector('main.room');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { level: 1, name: 'Export' })).toBeVisible();
  expect(page.url()).toContain('incident=inc-142');
});

test('Esc leads back to the room it was opened from, also when another incident was chosen here', async () => {
  const page = await open({ hash: 'room' });
  await page.waitForSelector('main.room');
  await page.keyboard.press('e');
  await page.waitForSelector('main.ex');
  await expect(page.getByRole('button', { name: 'Back to the room' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.waitForSelector('main.room');
  expect(page.url()).toContain('#room?incident=inc-142');
  await page.keyboard.press('e');
  await page.waitForSelector('main.ex');
  await page.locator('select').first().selectOption({ label: 'INC-0143 Invoice mail late' });
  await expect.poll(() => page.url()).toContain('incident=inc-143');
  await page.getByRole('button', { name: 'Back to the room' }).click();
  await page.waitForSelector('main.room');
  expect(page.url()).toContain('#room?incident=inc-142');
});

test('the preview is the document: drawn, as source, as JSON, without automatic rows', async () => {
  const page = await open();
  const panel = page.getByRole('tabpanel', { name: 'Preview' });
  await expect(panel.getByRole('cell', { name: /dynamodb us-east-1/ })).toBeVisible();
  await page.getByRole('checkbox', { name: /Automatic rows/ }).uncheck();
  await expect(panel.getByRole('cell', { name: /dynamodb us-east-1/ })).toBeHidden();
  await expect(page.getByText(/19 entries/)).toBeVisible();
  await page.getByRole('tab', { name: 'Source' }).click();
  await expect(panel).toContainText('| UTC | Event | Who |');
  await page.getByRole('radio', { name: /JSON/ }).check();
  await expect(panel).toContainText('"bulkhead-incident"');
});

test('without a dialog the path is typed; the answer says where and with which hash', async () => {
  const page = await open();
  await page.keyboard.press('Control+Enter');
  expect(stage.library.saved).toEqual([]);
  await page.getByLabel('Path of the file').fill('/home/marta/');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.ex-r')).toContainText('Written to /home/marta/INC-0142-timeline.md');
  await expect(page.getByText('9c41e0a7'.repeat(8))).toBeVisible();
  expect(stage.library.saved).toEqual([
    expect.objectContaining({ incident: 'inc-142', path: '/home/marta/INC-0142-timeline.md' }),
  ]);
  await page.getByLabel('Path of the file').fill('/full/x.md');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'the disk is full' })).toBeVisible();
});

test('with a dialog the host asks where', async () => {
  const page = await open({ dialogs: true });
  await expect(page.getByLabel('Path of the file')).toBeHidden();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.ex-r')).toContainText('Written to /home/marta/INC-0142-timeline.md');
  expect(stage.library.saved).toEqual([expect.objectContaining({ path: null })]);
});

test('nothing to export says so, and leads to declaring', async () => {
  const page = await open({ none: true });
  await expect(page.getByRole('heading', { name: 'No incident to export.' })).toBeVisible();
  await page.getByRole('button', { name: 'Declare incident' }).click();
  await expect(page.getByRole('dialog', { name: 'Declare an incident' })).toBeVisible();
});

for (const theme of ['night', 'red', 'day'] as const) {
  test(`axe finds nothing in reports, ${theme}`, async () => {
    const page = await open({ theme });
    await expect(page.getByRole('cell', { name: /Declared SEV1/ })).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });
}
