// A small plan over the real application, by keyboard: taken from a runbook, preflight answered, started, ticked, a reading typed, its gate passed by name.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declareByKey } from './harness/declare.ts';
import { expect, test } from './harness/fixtures.ts';

const PLAN = `---
kind: rollback
title: Roll back checkout-api
owner: payments
change:
  system: checkout-api
  from: 4.18.0
  to: 4.17.3
  deployedAt: 2026-10-20T07:44:00Z
  schema: reversible
targets: [lab/one, lab/two]
waves:
  - { name: canary, targets: [lab/one], bake: 2s, gate: manual }
  - { name: the rest, targets: [lab/two], bake: 2s, gate: manual }
breaker:
  trip:
    - { health: worse-than-baseline }
---

# Roll back checkout-api

## Prepare each target

1. Freeze

## Each target

1. Roll back
2. Verify

## Revert a target

1. Deploy 4.18.0
`;

test.describe.configure({ timeout: 180_000 });

test('a plan from the runbooks to a passed gate', async ({ page, profile }) => {
  const folder = join(profile, '..', `plans-${Date.now()}`);
  await mkdir(folder);
  await writeFile(join(folder, 'rollback.md'), PLAN);
  await declareByKey(page, 'Checkout fails');
  const ask = page.getByRole('dialog');

  await page.keyboard.press('Control+3');
  await page.getByLabel('Path of the folder').fill(folder);
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /Roll back checkout-api/ }).click();
  await page.getByRole('button', { name: 'Start as rollback plan' }).click();
  await page.waitForSelector('main.room');
  const pane = page.getByRole('complementary', { name: 'Plan' });
  await expect(pane).toContainText('Draft');

  // Preflight is run, and what it finds is accepted by name; questions are part of it.
  await page.keyboard.press('F6');
  await pane.getByRole('button', { name: 'Run again' }).click();
  await expect(pane).toContainText(/left: fixed, or accepted by name|Nothing open/);
  const all = pane.getByRole('button', { name: 'Accept all findings' });
  const one = pane.getByRole('button', { name: 'Accept, with a reason' });
  if (await all.isVisible()) {
    await all.click();
    await ask.getByLabel('Reason').fill('a lab without probes');
    await page.keyboard.press('Control+Enter');
    await expect(ask).toHaveCount(0);
  }
  while ((await one.count()) > 0) {
    await one.first().click();
    await ask.getByLabel('Reason').fill('a lab without probes');
    await page.keyboard.press('Control+Enter');
    await expect(ask).toHaveCount(0);
  }
  for (const group of await pane.getByRole('radiogroup').all()) {
    if ((await group.getByRole('radio', { checked: true }).count()) === 0) {
      await group.getByRole('radio', { name: 'Yes' }).click();
      await expect(group.getByRole('radio', { name: 'Yes' })).toHaveAttribute('aria-checked', 'true');
    }
  }
  await expect(pane).toContainText('Nothing open');

  await page.keyboard.press('w');
  await expect(ask).toContainText('canary starts');
  await page.keyboard.press('Control+Enter');
  await expect(pane).toContainText('Running');
  await page.keyboard.press('F6');
  await pane.getByRole('button', { name: 'Roll back, lab/one: To do' }).focus();
  await page.keyboard.press('s');
  await expect(pane.getByRole('button', { name: /Roll back, lab\/one: Doing/ })).toBeVisible();
  await page.keyboard.press('x');
  await expect(pane.getByRole('button', { name: /Roll back, lab\/one: Done/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('x');
  await expect(pane.getByRole('button', { name: /Verify, lab\/one: Done/ })).toBeVisible();

  // Typed by a person, it counts as one of ours: the bake is watched and its gate waits.
  await page.keyboard.press('ArrowRight');
  await pane.getByRole('button', { name: 'Type a reading' }).click();
  await ask.getByRole('radio', { name: 'Healthy' }).check();
  await ask.getByLabel('What you see').fill('ten of ten orders went through');
  await page.keyboard.press('Control+Enter');
  await expect(ask).toHaveCount(0);
  const panel = page.locator('[data-breaker]');
  await expect(panel).toContainText('Gate of canary waits', { timeout: 30_000 });

  await page.keyboard.press('g');
  await ask.getByLabel('Reason').fill('orders go through in lab/one');
  await page.keyboard.press('Control+Enter');
  await expect(ask).toHaveCount(0);
  await expect(pane).toContainText('Gate passed');
  await expect(page.getByRole('feed')).toContainText('orders go through in lab/one');
  await rm(folder, { recursive: true });
});
