// The board at four in the morning: by keys alone, in the smallest window and in large type. Over a stand-in for main.
import { appData } from './harness-ui/app-data.ts';
import { quiet } from './harness-ui/board-data.ts';
import { expect, test } from './harness-ui/board-open.ts';
import { noServices } from './harness-ui/board-ours.ts';

test('a short window folds what is fresh into one line that has the keys and unfolds; what is late stays', async ({
  openBoard,
}) => {
  const board = quiet();
  const fresh = board.feeds
    .filter((feed) => feed.state === 'fresh')
    .map((feed, i) => (i === 0 ? { ...feed, state: 'late' as const } : feed));
  const { page } = await openBoard({
    size: { width: 1100, height: 720 },
    data: { board: { ...board, feeds: fresh } },
    answers: { 'ours.services': noServices() },
  });
  const feeds = page.getByRole('region', { name: 'Feeds' });
  await expect(feeds.getByRole('button', { name: / Late / })).toBeVisible();
  const folded = feeds.getByRole('button', { name: /^3 fresh/ });
  await page.evaluate(
    (next) => window.harness.changeBoard({ feeds: next }),
    fresh.map((feed) => ({ ...feed, state: 'fresh' as const })),
  );
  await page.keyboard.press('f');
  const all = feeds.getByRole('button', { name: /^4 fresh/ });
  await expect(all).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await expect(feeds.locator('.fd-r').nth(3)).toBeFocused();
  await expect(folded).toHaveCount(0);
});

test('what if: the first answer that is missing has the keys; the ring of a strip stands around it', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  await page.getByRole('button', { name: 'What if' }).click();
  await expect(
    page.getByRole('textbox', { name: 'Region' }).or(page.getByLabel('Region', { exact: true })),
  ).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Single points' }).click();
  const strip = page.getByRole('dialog').getByRole('radiogroup');
  await page.keyboard.press('ArrowRight');
  expect(await strip.evaluate((node) => getComputedStyle(node).outlineStyle)).toBe('solid');
});

test('in the small window nothing of Now is cut, a region that is not drawn is said, and no part of a word stands alone', async ({
  openBoard,
}) => {
  const { page } = await openBoard({ size: { width: 1100, height: 720 } });
  const cut = await page
    .getByRole('region', { name: 'At a glance' })
    .locator('.gl-m, .gl-s, .gl-m .cut')
    .evaluateAll((nodes) =>
      nodes
        .filter((n) => n.scrollWidth > n.clientWidth + 1 || n.scrollHeight > n.clientHeight + 2)
        .map((n) => n.textContent),
    );
  expect(cut).toEqual([]);
  await expect(page.getByRole('region', { name: 'Cascade' })).toContainText('1 region not drawn');
  const list = page.locator('.insp .svc');
  const box = await list.boundingBox();
  const line = await page.locator('.insp').boundingBox();
  expect(box && line && (box.width >= 100 || box.y >= line.y + line.height)).toBe(true);
});

test('four in the morning: a list of thirty is one tab stop, Home and End move in it, Esc leads back from every pane, / finds what we run', async ({
  openBoard,
}) => {
  const { page } = await openBoard({ size: { width: 1100, height: 720 } });
  const cell = page.getByRole('grid').locator('[aria-selected=true]');
  const foot = page.getByRole('contentinfo');
  await page.keyboard.press('b');
  await page.keyboard.press('End');
  await expect(page.getByRole('button', { name: 'internal-22' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(foot).toContainText('Keys: Signals');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'internal-22' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByRole('button', { name: 'session-store' })).toBeFocused();
  for (const pane of ['Our services', 'Signals', 'Feeds']) {
    await expect(foot).toContainText(`Keys: ${pane}`);
    await page.keyboard.press('Escape');
    await expect(cell).toBeFocused();
    for (let i = 0; i < 5 && pane !== 'Feeds'; i += 1) {
      await page.keyboard.press('F6');
      const next = pane === 'Our services' ? 'Signals' : 'Feeds';
      if ((await foot.innerText()).includes(next)) break;
    }
  }
  await page.keyboard.press('/');
  await page.keyboard.type('payments-core');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'payments-core' })).toBeVisible();
  await page.keyboard.press('Escape');
  // The list under Elsewhere moves by the same keys.
  await cell.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'me-south-1' })).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByRole('button', { name: 'me-central-1' })).toBeFocused();
});

test('large type in the small window: the map and the line under it stay within the page, the time of the past is whole', async ({
  openBoard,
}) => {
  const app = appData();
  const { page } = await openBoard({
    size: { width: 1100, height: 720 },
    data: { app: { ...app, settings: { ...app.settings, type: 'large' } } },
  });
  await page.keyboard.press('m');
  await expect(page.getByRole('img', { name: /^World map/ })).toBeVisible();
  const line = await page.locator('.insp').boundingBox();
  const foot = await page.getByRole('contentinfo').boundingBox();
  expect(line && foot && line.y + line.height <= foot.y).toBe(true);
  await page.keyboard.press('h');
  const time = page.getByRole('region', { name: 'At a glance, then' }).locator('.gl-m .cut').nth(1);
  await expect(time).toContainText('Z');
  expect(await time.evaluate((n) => n.scrollWidth <= n.clientWidth)).toBe(true);
});

test('in the small window the head of the signals keeps its keys when signals are marked; whose override it is, is whole', async ({
  openBoard,
}) => {
  const { page } = await openBoard({ size: { width: 1100, height: 720 } });
  await page.locator('.sg-r').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  const head = page.getByRole('region', { name: 'Signals', exact: true }).locator('.bh');
  await expect(head).toContainText('2 signals marked for D');
  expect(await head.evaluate((n) => n.scrollWidth <= n.clientWidth)).toBe(true);
  const flag = page.locator('.svt.ours td', { has: page.locator('.ovm') });
  expect(await flag.evaluate((n) => n.scrollWidth <= n.clientWidth)).toBe(true);
});
