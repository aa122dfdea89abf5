// The runbooks page over a stand-in for main: finding, reading safely, starting. What main sanitises is tested elsewhere; here its answer is distrusted.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import { axe } from './harness-ui/axe.ts';
import { openStage, type Stage, type StageOptions } from './harness-ui/room-stage.ts';
import { HOSTILE_HTML } from './harness-ui/runbooks.ts';

const STORM = 'runbooks?folder=folder-1&path=traffic%2Fstop-retry-storm.md';

let stage: Stage;
const open = async (options: StageOptions = {}): Promise<Page> => {
  stage = await openStage({ hash: 'runbooks', ...options });
  await stage.page.waitForSelector('main.rb, main.rb-none');
  return stage.page;
};
test.afterEach(async () => {
  const errors = stage.errors;
  await stage.close();
  expect(errors).toEqual([]);
});
const list = (page: Page) => page.getByRole('listbox', { name: 'Runbooks' });

test('a runbook is found by words and opened with Enter; only the rows in view exist', async () => {
  const page = await open();
  expect(await list(page).getByRole('option').count()).toBeLessThan(40);
  await page.keyboard.press('/');
  await page.keyboard.type('quorum');
  await expect(page.getByText('1 of 408 runbooks.')).toBeVisible();
  await expect(list(page).locator('mark').first()).toHaveText('quorum');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Session store: lost quorum' })).toBeVisible();
  await page.getByLabel('Filter runbooks').fill('nowhere at all');
  await expect(page.getByText('No runbook has “nowhere at all”')).toBeVisible();
});

test('J and K move without opening, Enter opens', async () => {
  const page = await open();
  await list(page).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1, name: 'Choose a runbook' })).toBeVisible();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { level: 1, name: 'Drain a region and move sessions' }),
  ).toBeVisible();
});

test('Esc in the filter clears it, then gives the keys to the list; without a folder F6 leads to its field', async () => {
  const page = await open();
  await page.keyboard.press('/');
  await page.keyboard.type('quorum');
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Filter runbooks')).toHaveValue('');
  await expect(page.getByLabel('Filter runbooks')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(list(page)).toBeFocused();
  await stage.close();
  const none = await open({ folders: 'none' });
  await none.keyboard.press('F6');
  await expect(none.getByLabel('Path of the folder')).toBeFocused();
});

test('links: runbooks open here, https outside, parts scroll', async () => {
  const page = await open({ hash: STORM });
  await page.getByRole('link', { name: 'the paper' }).click();
  await expect.poll(() => stage.library.opened).toEqual(['https://example.org/retries']);
  await page.getByText('Outline, 3 headings').click();
  await page.getByRole('button', { name: 'Steps', exact: true }).click();
  await page.getByRole('link', { name: 'Session store: lost quorum' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Session store: lost quorum' })).toBeVisible();
  expect(page.url()).toContain('data%2Fsession-store-quorum.md');
});

test('robustness A1 to A17: markup that got past main does nothing here', async () => {
  const page = await open({
    hash: STORM,
    documents: { 'traffic/stop-retry-storm.md': { html: HOSTILE_HTML, title: 'Hostile' } },
  });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await expect(page.getByText('styled')).toBeVisible();
  const body = page.locator('.rd-b');
  expect(
    await body
      .locator('script,style,svg,math,form,iframe,object,embed,base,meta,link,button[formaction],noscript')
      .count(),
  ).toBe(0);
  expect(
    await body.evaluate((node) =>
      [...node.querySelectorAll('*')].flatMap((el) =>
        el
          .getAttributeNames()
          .filter((name) => /^on|^style$|^data-y$|^srcdoc$|^formaction$|^name$/.test(name)),
      ),
    ),
  ).toEqual([]);
  expect(await body.locator('a').count()).toBe(0);
  expect(await body.locator('img').count()).toBe(1);
  expect(await body.locator('[id]').evaluateAll((all) => all.every((el) => el.id.startsWith('rb-')))).toBe(
    true,
  );
  for (const dead of await body.locator('.dead').all()) await dead.click();
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => (window as unknown as { hit?: string }).hit ?? null)).toBeNull();
  expect(requests.filter((url) => url.includes('evil'))).toEqual([]);
  expect(stage.library.opened).toEqual([]);
  // The picture of the own origin is not in this stand-in, and the page's policy says aloud what it blocked while the markup was read.
  const expected = /404|Content Security Policy/;
  stage.errors.splice(0, stage.errors.length, ...stage.errors.filter((line) => !expected.test(line)));
});

test('values fill the text as they are typed; missing ones wait, starting does not', async () => {
  const page = await open({ hash: STORM });
  await expect(page.getByText('2 values still missing')).toBeVisible();
  await page.getByLabel('region').fill('eu-west-1');
  await expect(page.locator('.rd-b .var').filter({ hasText: 'eu-west-1' }).first()).toBeVisible();
  await expect(page.getByText('1 value still missing')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.room');
  expect(stage.room.written).toEqual([
    {
      name: 'checklist.start',
      input: {
        incident: 'inc-142',
        folder: 'folder-1',
        path: 'traffic/stop-retry-storm.md',
        values: { service: 'webhooks-out', region: 'eu-west-1', cap: '1' },
      },
    },
  ]);
  await expect(page.getByRole('complementary', { name: 'Checklist' })).toContainText('Stop a retry storm');
});

test('no folder: the path is typed, and a wrong one says so', async () => {
  const page = await open({ folders: 'none' });
  await page.getByLabel('Path of the folder').fill('/nowhere');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'There is no folder /nowhere' })).toBeVisible();
  await page.getByLabel('Path of the folder').fill('/home/marta/runbooks');
  await page.keyboard.press('Enter');
  await expect(list(page)).toBeVisible();
});

test('unreadable folder, broken file, very long document, no steps', async () => {
  const page = await open({ folders: 'unreadable' });
  await expect(page.getByText('permission denied')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('not-text');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'NUL bytes' })).toBeVisible();
  await page.getByLabel('Filter runbooks').fill('everything');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Only its beginning is shown')).toBeAttached();
  await expect(page.getByText('No steps were found in this document.')).toBeVisible();
  expect(await page.locator('.rd').evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true);
});

test('without an incident the form says so and declares', async () => {
  const page = await open({ hash: STORM, none: true });
  await expect(page.getByText('No incident is open. A checklist is part of one.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /Declare incident/ })).toBeVisible();
});

for (const theme of ['night', 'red', 'day'] as const) {
  test(`axe finds nothing in runbooks, ${theme}`, async () => {
    const page = await open({ hash: STORM, theme });
    await expect(page.getByRole('heading', { level: 1, name: 'Stop a retry storm' })).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });
}
