// The plan's own steps and its changes over the real application, by keyboard: ticked before, after and finally, a limit changed, a step
// corrected, the plan saved as a runbook, and a second one that takes over what is pending.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { parsePlan } from '../../shared/rollback/plan.ts';
import { declareByKey } from './harness/declare.ts';
import { axe, expect, test } from './harness/fixtures.ts';

const PLAN = `---
kind: rollback
title: Roll back checkout-api
owner: payments
change: { system: checkout-api, from: 4.18.0, to: 4.17.3, schema: reversible }
targets: [lab/one, lab/two, lab/three]
waves:
  - { name: canary, targets: [lab/one], bake: 1s, gate: manual }
  - { name: middle, targets: [lab/two], bake: 1s, gate: manual }
  - { name: the rest, targets: [lab/three], bake: 1s, gate: manual }
breaker:
  trip:
    - { health: worse-than-baseline }
    - { probe: checkout, errors: "> 5%", for: 3m }
---

# Roll back checkout-api

## Before

1. Freeze deployments

## Each target

1. Roll back
2. Verify

## After each wave

1. Say what the wave showed

## Finally

1. Undo the freezes
`;

test.describe.configure({ timeout: 180_000 });

const pane = (page: Page) => page.getByRole('complementary', { name: 'Plan' });
const ask = (page: Page) => page.getByRole('dialog');

async function confirm(page: Page, reason: string): Promise<void> {
  await ask(page).getByLabel('Reason').fill(reason);
  await page.keyboard.press('Control+Enter');
  await expect(ask(page)).toHaveCount(0);
}
/** The keys go to the plan, the hand to a row of it. */
async function at(page: Page, row: Locator): Promise<void> {
  await row.focus();
  await expect(page.locator('.kp')).toContainText('Plan');
}
async function fromRunbook(page: Page, title: RegExp): Promise<void> {
  await page.keyboard.press('Control+3');
  await page.getByRole('option', { name: title }).click();
  await page.getByRole('button', { name: 'Start as rollback plan' }).press('Enter');
}

test('own steps, changes, saving and taking over, in the real application', async ({ page, profile }) => {
  const folder = join(profile, '..', `plans-${Date.now()}`);
  await mkdir(folder);
  await writeFile(join(folder, 'rollback.md'), PLAN);
  await declareByKey(page, 'Checkout fails');
  await page.keyboard.press('Control+3');
  await page.getByLabel('Path of the folder').fill(folder);
  await page.keyboard.press('Enter');
  await fromRunbook(page, /Roll back checkout-api/);
  await expect(pane(page)).toContainText('Draft');
  const row = (name: string | RegExp) => pane(page).getByRole('button', { name });

  // Before is ticked beside preflight.
  await row(/^Step done: Freeze deployments/).press('Enter');
  await expect(pane(page)).toContainText('1 of 1 done');
  await expect(pane(page)).toContainText('Preflight');
  await row('Accept all findings').press('Enter');
  await confirm(page, 'a lab without probes');
  await expect(pane(page)).toContainText('Nothing open');
  await pane(page).locator('.pl-h').click();
  await page.keyboard.press('w');
  await page.keyboard.press('Control+Enter');
  await expect(pane(page)).toContainText('Running');
  await expect(ask(page)).toHaveCount(0);

  // A limit is changed, and says that it loosens; the last two waves change places.
  await at(page, row(/^middle/));
  await page.keyboard.press('Enter');
  await ask(page)
    .getByRole('radio', { name: /Limit of a breaker/ })
    .check();
  await ask(page).getByLabel('Limit', { exact: true }).fill('> 9%');
  await expect(ask(page)).toContainText('This loosens the breaker.');
  await confirm(page, 'retries double the errors');
  await expect(page.getByRole('feed')).toContainText('checkout errors > 9% for 3m');
  await expect(page.getByRole('feed')).toContainText('It loosens the plan.');
  await at(page, row(/^middle/));
  await page.keyboard.press('Enter');
  await ask(page)
    .getByRole('radio', { name: /Order of the waves/ })
    .check();
  await ask(page).getByRole('button', { name: 'the rest 2 of 2' }).press('Alt+ArrowUp');
  await confirm(page, 'the rest has spare capacity');
  await expect(page.getByRole('feed')).toContainText('waves in the order the rest, middle');

  // A step is corrected once for all.
  await at(page, row(/^Verify, lab\/two/));
  await page.keyboard.press('Enter');
  await ask(page)
    .getByRole('radio', { name: /Correct a step/ })
    .check();
  await ask(page).getByLabel('Title').fill('Verify ten orders');
  await ask(page).getByLabel('What stands under it').fill('Expect: ten of ten');
  await confirm(page, 'one order proves nothing');
  await expect(row(/^Verify ten orders, lab\/three/)).toBeVisible();

  // The canary is worked; what comes after it is ticked, and is in the timeline by name and place.
  for (const step of ['Roll back', 'Verify ten orders']) {
    await at(page, row(new RegExp(`^${step}, lab/one`)));
    await page.keyboard.press('x');
    await expect(row(new RegExp(`^${step}, lab/one: Done`))).toBeVisible();
  }
  const after = row(/^To do Say what the wave showed after canary/);
  await at(page, after);
  await page.keyboard.press('x');
  await expect(row(/^Done Say what the wave showed/)).toBeVisible();
  await expect(page.getByRole('feed')).toContainText('1. Say what the wave showed, after “canary”');
  expect(await axe(page)).toEqual([]);

  // Saved under another name: the file is read back to the same plan as the one that it was made from.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Save as a runbook');
  await page.keyboard.press('Enter');
  await ask(page).getByLabel('File name').fill('rollback.md');
  await page.keyboard.press('Control+Enter');
  await expect(ask(page)).toContainText('rollback.md is there already.');
  await ask(page).getByLabel('File name').fill('second.md');
  await page.keyboard.press('Control+Enter');
  await expect(ask(page)).toHaveCount(0);
  expect(parsePlan(await readFile(join(folder, 'second.md'), 'utf8'))).toEqual(parsePlan(PLAN));

  // A new plan from a runbook takes over what is pending in the one that runs; each shows the other.
  await writeFile(
    join(folder, 'newer.md'),
    PLAN.replaceAll('4.17.3', '4.17.2').replace('title: Roll back checkout-api', 'title: Back to 4.17.2'),
  );
  await expect(async () => {
    await page.keyboard.press('Control+3');
    await expect(page.getByRole('option', { name: /Back to 4\.17\.2/ })).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 30_000 });
  await fromRunbook(page, /Back to 4\.17\.2/);
  await expect(ask(page)).toContainText('Take over the pending targets of “Roll back checkout-api”?');
  await ask(page)
    .getByRole('radio', { name: /^Take over 2 targets/ })
    .check();
  await page.keyboard.press('Control+Enter');
  await expect(pane(page)).toContainText('It took over targets of “Roll back checkout-api”.');
  await row('Show Roll back checkout-api').press('Enter');
  await expect(pane(page)).toContainText('“Back to 4.17.2” took over 2 targets.');
  await rm(folder, { recursive: true });
});
