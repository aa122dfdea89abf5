// The room over the real journal: declared, written, ticked, resolved, exported, and all of it still there when the window opens again.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declareByKey } from './harness/declare.ts';
import { expect, openApplication, test } from './harness/fixtures.ts';

const RUNBOOK = `---
owner: Traffic team
---
# Stop a retry storm

Use this when retries are five times the usual rate.

## Steps

1. Confirm the storm

   \`\`\`sh
   promq 'rate(client_retries_total{region="{{region}}"}[1m])'
   \`\`\`

2. Cap retries
`;

test.describe.configure({ timeout: 150_000 });

test('from declaring to the exported timeline, and again after a restart', async ({
  page,
  profile,
  opened,
}) => {
  const folder = join(profile, '..', `runbooks-${Date.now()}`);
  await mkdir(folder);
  await writeFile(join(folder, 'storm.md'), RUNBOOK);
  await declareByKey(page, 'Checkout fails in us-east-1');
  const feed = page.getByRole('feed');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Checkout fails in us-east-1');
  await page.keyboard.press('n');
  await page.keyboard.type('/decision Roll back r418 first.');
  await page.keyboard.press('Enter');
  await expect(feed).toContainText('Roll back r418 first.');
  await page.keyboard.type('/impact -10m');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Elapsed since impact')).toBeVisible();

  await page.keyboard.press('Control+3');
  await page.getByLabel('Path of the folder').fill(folder);
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /Stop a retry storm/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Stop a retry storm' })).toBeVisible();
  await page.getByLabel('region').fill('us-east-1');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.room');
  const pane = page.getByRole('complementary', { name: 'Checklist' });
  await pane.getByText('Confirm the storm').click();
  await page.keyboard.press('s');
  await expect(pane.getByRole('img', { name: 'Doing' })).toBeVisible();
  await page.keyboard.press('x');
  await expect(pane).toContainText('1 of 2 steps');
  await expect(feed).toContainText('Confirm the storm');

  await page.keyboard.press('e');
  const out = join(folder, 'timeline.md');
  const path = page.getByLabel('Path of the file');
  if (await path.isVisible()) await path.fill(out);
  await expect(page.getByRole('tabpanel', { name: 'Preview' })).toContainText('Roll back r418 first.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.ex-r')).toContainText('Written to');
  expect(await readFile(out, 'utf8')).toContain('Roll back r418 first.');

  await opened.close();
  const again = await openApplication({ profile });
  await again.page.evaluate(() => {
    location.hash = '#room';
  });
  await again.page.waitForSelector('main.room');
  await expect(again.page.getByRole('feed')).toContainText('Roll back r418 first.');
  await expect(again.page.getByRole('complementary', { name: 'Checklist' })).toContainText('1 of 2 steps');
  await again.close();
  await rm(folder, { recursive: true });
});

test('whoever reads the newest goes on reading the newest, whoever reads above keeps the place', async ({
  page,
}) => {
  const call = (name: string, input: object): Promise<{ ok: boolean; value: Record<string, string> }> =>
    page.evaluate(
      async ([name, input]) =>
        JSON.parse(
          await (
            globalThis as unknown as { bulkhead: { call(name: string, input: string): Promise<string> } }
          ).bulkhead.call(name, input),
        ),
      [name, JSON.stringify(input)] as const,
    );
  const declared = await call('incidents.declare', {
    title: 'Checkout fails',
    severity: 'SEV2',
    signals: [],
    impactStarted: null,
    commander: false,
  });
  const incident = declared.value['id'] ?? '';
  const write = async (from: number, to: number): Promise<void> => {
    for (let n = from; n <= to; n++) {
      const text = `note ${n}${', and a second line of it'.repeat(n % 3 === 0 ? 6 : 0)}`;
      expect(await call('room.log', { incident, kind: 'note', text, occurred: null })).toMatchObject({
        ok: true,
      });
    }
  };
  await page.evaluate((id) => {
    location.hash = `#room?incident=${id}`;
  }, incident);
  await page.waitForSelector('main.room');
  const list = page.locator('.tl-list');
  const rest = () => list.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
  await write(1, 40);
  await expect(page.getByRole('feed')).toContainText('note 40');
  await expect.poll(rest).toBeLessThan(4);
  // A line above the page takes height from the list: what is read stays the newest.
  await page.setViewportSize({ width: 1440, height: 760 });
  await expect.poll(rest).toBeLessThan(4);
  await write(41, 46);
  await expect(page.getByRole('feed')).toContainText('note 46');
  await expect.poll(rest).toBeLessThan(4);

  await list.evaluate((box) => {
    box.scrollTop = 0;
  });
  await expect(page.getByRole('feed')).toContainText('Checkout fails');
  await write(47, 49);
  await expect(page.getByRole('button', { name: /3 new/ })).toBeVisible();
  expect(await list.evaluate((box) => box.scrollTop)).toBeLessThan(4);
  await page.getByRole('button', { name: /3 new/ }).press('Enter');
  await expect(page.getByRole('feed')).toContainText('note 49');
  await expect.poll(rest).toBeLessThan(4);
});
