// The real application over the sample recording and the sample topology, by keyboard: what spread, what of ours is hit, declared with
// every region in trouble. Times are the recording's.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
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
  await writeFile(join(pack, 'feeds.yaml'), 'changes:\n  - file: changes.jsonl\n');
  await writeFile(
    join(pack, 'changes.jsonl'),
    '{"at":"2025-10-20T07:05:00Z","service":"checkout-api","version":"4.18.0","places":["aws/eu-west-1"],"by":"deploy bot"}\n',
  );
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

  // What was deployed before it stands on the same axis.
  const axis = page.getByRole('list', { name: 'Changes on this axis' });
  await expect(axis.getByRole('listitem').first()).toContainText('checkout-api 4.18.0 to eu-west-1,');

  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Cascade, in the order of failing' });
  await expect(dialog.locator('tbody tr').first()).toContainText('us-east-1');
  await expect(
    dialog.getByRole('list', { name: 'Changed before the first signal, the nearest first' }),
  ).toContainText('before the first signal');
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
  // Over a recording it stands in the recording's own time, and is ended as any other.
  await expect(override).toHaveCount(0);
  await expect(
    page.getByRole('gridcell', { name: /us-east-1: .*overridden by Marta Lindqvist/ }),
  ).toBeVisible();
  await page.keyboard.press('Enter');
  const standing = page.getByRole('region', { name: 'Overrides here' });
  await standing.getByRole('button', { name: 'End it' }).click();
  await expect(standing).toHaveCount(0);

  // An event that everybody knows: it leaves the columns by name, and is taken back.
  await page.getByRole('grid').locator('[aria-selected=true]').focus();
  await page.keyboard.press('e');
  const events = page.getByRole('dialog', { name: 'Open events, AWS' });
  const mark = events.getByRole('button', { name: /^Known until it changes/ }).first();
  await expect(mark).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(events.getByRole('listitem').first()).toContainText('Known until it changes, Marta Lindqvist');
  await shot(page, 'board-replay-events');
  expect(await axe(page)).toEqual([]);
  await expect(events.getByRole('button', { name: /^Take it back/ }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(mark).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(events).toHaveCount(0);

  // The beginning of the record, however far the keys went back: its glance and its signals, and what is broken now beside them.
  await page.keyboard.press('h');
  await expect(page.getByRole('slider', { name: 'Time shown' })).toBeFocused();
  for (let i = 0; i < 12; i += 1) await page.keyboard.press('PageUp');
  const then = page.getByRole('region', { name: 'At a glance, then' });
  await expect(then).toContainText('Mon 20 Oct 2025, 07:12Z');
  await expect(then).toContainText('PAST');
  await expect(then).toContainText('First dynamodb us-east-1 07:11:30Z');
  const signals = page.getByRole('region', { name: 'Signals', exact: true });
  await expect(signals).toContainText('1 until 07:12Z');
  await expect(page.getByText('Feeds are known as they are now')).toBeVisible();
  await shot(page, 'board-replay-past');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(cascade).toContainText('us-east-1');

  await page.keyboard.press('p');
  const probes = page.getByRole('dialog', { name: 'Probes' });
  await expect(probes).toContainText('Probes see what is now, so none is tried.');
  await page.keyboard.press('Escape');
  await expect(probes).toHaveCount(0);

  await page.keyboard.press('d');
  const declare = page.getByRole('dialog', { name: 'Declare an incident' });
  await expect(declare).toContainText('us-east-1');
  await page.keyboard.type('Sign-in and payments fail');
  await declare.getByRole('radio', { name: /SEV2/ }).check();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.room');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign-in and payments fail');
});
