// The real application with real probes against a server on loopback: what each failure says, by keyboard, on the board and in the list of all.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axe, expect, shot, test } from './harness/fixtures.ts';

test.describe.configure({ timeout: 120_000 });

test('own probes: well, refused, too slow, the wrong status, the wrong body; the board says where and the list says why', async ({
  page,
  feeds,
  profile,
}) => {
  feeds.serve('/well', '{"status":"ok","checks":[{"status":"degraded"}]}');
  feeds.serve('/down', { status: 503, body: 'no' });
  feeds.serve('/slow', { body: 'ok', delay: 30_000 });
  const pack = join(profile, '..', `${profile.split(/[\\/]/).at(-1)}-pack`);
  await mkdir(pack);
  const probe = (name: string, rest: string) =>
    `  ${name}: { ${rest}, region: aws/us-east-1, every: 5s, failAfter: 1 }\n`;
  await writeFile(
    join(pack, 'probes.yaml'),
    `probes:\n${[
      probe('answers', `http: "${feeds.url}/well"`),
      probe('unavailable', `http: "${feeds.url}/down"`),
      probe('too-slow', `http: "${feeds.url}/slow", timeout: 1s`),
      probe('other-body', `http: "${feeds.url}/well", body: all good`),
      probe('other-json', `http: "${feeds.url}/well", json: { path: "$.checks[0].status", equals: ok }`),
      probe('refused', 'tcp: 127.0.0.1, port: 1'),
    ].join('')}`,
  );
  await page.evaluate(() => {
    location.hash = '#start';
  });
  await page.getByLabel('Pack folder on this disk').fill(pack);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/6 probes/).first()).toBeVisible();
  await page.getByLabel('Your name').fill('Marta Lindqvist');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');

  const cell = page.getByRole('gridcell', { name: /^Own probes, us-east-1: Outage, 5 services/ });
  await expect(cell).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: 'Probes' });
  await expect(dialog).toContainText('5 of 6 not well');
  const row = (name: string) => dialog.locator('[data-row]', { hasText: name });
  await expect(row('unavailable')).toContainText('Answered 503 instead of 200.');
  await expect(row('other-body')).toContainText('The answer does not hold "all good".');
  await expect(row('other-json')).toContainText('$.checks[0].status is "degraded" instead of "ok".');
  await expect(row('refused')).toContainText('127.0.0.1:1 refused the connection.');
  await expect(row('too-slow')).toContainText(/within 1 s/);
  await expect(row('answers')).toContainText('Healthy');

  // To the one that answers, by keys alone: its chart, and that its normal is not known yet.
  await page.keyboard.type('answers');
  await page.keyboard.press('ArrowDown');
  await expect(row('answers')).toBeFocused();
  const detail = dialog.getByRole('region', { name: 'Probe answers' });
  await expect(detail.getByRole('img', { name: /^Last tries of answers: / })).toBeVisible();
  await expect(detail).toContainText('Its normal is not known yet.');
  await expect(detail).toContainText('inside, no path');
  await shot(page, 'board-probes-real');
  expect(await axe(page)).toEqual([]);

  // It is well again as soon as it answers as it should, asked by hand.
  feeds.serve('/down', 'yes');
  await dialog.getByRole('textbox').fill('unavailable');
  await dialog.getByRole('button', { name: 'Check now' }).focus();
  await expect(async () => {
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('region', { name: 'Probe unavailable' })).not.toContainText('Outage', {
      timeout: 2000,
    });
  }).toPass({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
