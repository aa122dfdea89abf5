// A release over the real application, by keyboard: watched from the palette, its phased plan started from the runbooks, its breaker
// opened by a typed reading; D and Ctrl Enter make it an incident, in the same journal. Then one that ends as it should.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { axe, expect, test } from './harness/fixtures.ts';

const PLAN = `---
kind: phased-deployment
title: Release checkout-api 4.19.0
owner: payments
change:
  system: checkout-api
  to: 4.19.0
  schema: reversible
targets: [lab/one, lab/two]
waves:
  - { name: canary, targets: [lab/one], bake: 2s, gate: manual }
  - { name: the rest, targets: [lab/two], bake: 2s, gate: manual }
breaker:
  trip:
    - { health: worse-than-baseline }
---

# Release checkout-api 4.19.0

## Each target

1. Deploy 4.19.0

## Revert a target

1. Put 4.18.1 back
`;

test.describe.configure({ timeout: 180_000 });

/** A command of the palette, found by its words. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const search = page.getByRole('combobox');
  await search.fill(words);
  await expect(page.getByRole('option', { name: words }).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(search).toHaveCount(0);
}

/** The dialog with that heading: dialogs follow each other quickly. */
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });

async function addBooks(page: Page, folder: string): Promise<void> {
  await mkdir(folder);
  // The first start opens its own page; a key before that is nobody's.
  await expect(page.getByText('Bulkhead keeps your incident room on this machine')).toBeVisible();
  await writeFile(join(folder, 'release.md'), PLAN);
  await page.keyboard.press('Control+3');
  await page.getByLabel('Path of the folder').fill(folder);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: /Release checkout-api/ })).toBeVisible();
}

/** Preflight: run, its findings accepted by name, its questions answered. */
async function settlePreflight(page: Page): Promise<void> {
  const pane = page.getByRole('complementary', { name: 'Plan' });
  const ask = page.getByRole('dialog');
  await pane.getByRole('button', { name: 'Run again' }).click();
  await expect(pane).toContainText(/left: fixed, or accepted by name|Nothing open/);
  const all = pane.getByRole('button', { name: 'Accept all findings' });
  const one = pane.getByRole('button', { name: 'Accept, with a reason' });
  const accept = async (): Promise<void> => {
    await ask.getByLabel('Reason').fill('a lab without probes');
    await page.keyboard.press('Control+Enter');
    await expect(ask).toHaveCount(0);
  };
  if (await all.isVisible()) {
    await all.click();
    await accept();
  }
  while ((await one.count()) > 0) {
    await one.first().click();
    await accept();
  }
  for (const group of await pane.getByRole('radiogroup').all()) {
    if ((await group.getByRole('radio', { checked: true }).count()) > 0) continue;
    await group.getByRole('radio', { name: 'Yes' }).click();
    await expect(group.getByRole('radio', { name: 'Yes' })).toHaveAttribute('aria-checked', 'true');
  }
  await expect(pane).toContainText('Nothing open');
}

test('a release is watched, its breaker opens, one key makes it an incident', async ({ page, profile }) => {
  const folder = join(profile, '..', `releases-${Date.now()}`);
  await addBooks(page, folder);

  // The incidents page lists releases apart, and says so where there is none.
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { name: 'Releases, watched' })).toBeVisible();
  await expect(page.getByText('No release is watched.')).toBeVisible();
  expect(await axe(page)).toEqual([]);

  await command(page, 'Watch a release');
  const watch = dialog(page, 'Watch a release');
  await expect(watch.getByText('say what is released')).toBeVisible();
  await watch.getByLabel('What is released, in one line').fill('checkout-api 4.19.0');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.room.rel');
  const header = page.locator('header.ih');
  await expect(header).toContainText('Release, no incident');
  await expect(header).toContainText('REL-0001');
  await expect(header.getByRole('list', { name: 'Phase' })).toHaveCount(0);
  await expect(page.getByRole('feed')).toContainText('Release REL-0001 watched');
  expect(await axe(page)).toEqual([]);

  // Its plan comes from the runbooks, into this release.
  await command(page, 'Plan from a runbook');
  await page.getByRole('option', { name: /Release checkout-api/ }).click();
  await expect(page.getByRole('button', { name: 'Watch as a new release' })).toBeVisible();
  await page.getByRole('button', { name: 'Start as phased deployment' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('main.room.rel');
  const pane = page.getByRole('complementary', { name: 'Plan' });
  await expect(pane).toContainText('Draft');
  // The plan is the main thing: it has the keys.
  await expect(page.locator('[data-pane="room.plan"]')).toHaveClass(/has-keys/);
  await settlePreflight(page);
  await page.keyboard.press('w');
  await page.waitForSelector('[role=dialog]');
  await page.keyboard.press('Control+Enter');
  await expect(pane).toContainText('Running');
  await pane.getByRole('button', { name: 'Deploy 4.19.0, lab/one: To do' }).focus();
  await page.keyboard.press('s');
  await expect(pane.getByRole('button', { name: /Deploy 4.19.0, lab\/one: Doing/ })).toBeVisible();

  // A release is not ended over its plan without a reason.
  await command(page, 'End release');
  const end = dialog(page, 'End the release');
  await expect(end.getByLabel(/How it ended/)).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(end).toContainText('“Release checkout-api 4.19.0” still runs');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(end).toHaveCount(0);

  // What a person sees in the target counts as one of ours.
  await pane.getByRole('button', { name: /Deploy 4.19.0, lab\/one: Doing/ }).focus();
  await command(page, 'Type a reading');
  const ask = page.getByRole('dialog');
  await ask.getByRole('radio', { name: 'Outage', exact: true }).check();
  await ask.getByLabel('What you see').fill('no order goes through');
  await page.keyboard.press('Control+Enter');
  await expect(ask).toHaveCount(0);
  const breaker = page.locator('[data-breaker]');
  await expect(breaker).toContainText('Breaker open', { timeout: 30_000 });
  await expect(breaker.getByRole('button', { name: /Make this an incident/ })).toBeVisible();
  await expect(header).toContainText('The breaker is open');
  expect(await axe(page)).toEqual([]);

  // One key: the form is filled, with the target that got worse.
  await page.keyboard.press('d');
  const turn = dialog(page, 'Turn this release into an incident');
  await expect(turn.getByRole('textbox').first()).toHaveValue('checkout-api 4.19.0: lab/one got worse');
  await expect(turn.getByRole('radio', { name: /SEV2/ })).toBeChecked();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(turn).toHaveCount(0);
  await expect(page.locator('main.room.rel')).toHaveCount(0);
  await expect(header).toContainText('INC-0001');
  await expect(header.getByRole('list', { name: 'Phase' })).toBeVisible();

  // The same timeline and the same plan.
  const feed = page.getByRole('feed');
  await expect(feed).toContainText('Declared SEV2, was REL-0001');
  await expect(feed).toContainText('Breaker opened');
  const find = page.getByRole('searchbox', { name: 'Find in entries' });
  await find.fill('REL-0001');
  await expect(feed).toContainText('Release REL-0001 watched');
  await find.fill('');
  await page.keyboard.press('Escape');
  await expect(find).not.toBeFocused();
  await expect(pane).toContainText('Held by breaker');
  await expect(breaker).toContainText('Breaker open');
  await expect(breaker.getByRole('button', { name: /Make this an incident/ })).toHaveCount(0);
  expect(await axe(page)).toEqual([]);

  // Closing it over the plan is asked for a reason, in the same question.
  await page.keyboard.press('p');
  const phase = dialog(page, 'Change phase');
  await phase.getByRole('radio', { name: /Resolved/ }).check();
  await page.keyboard.press('Control+Enter');
  await phase.getByRole('radio', { name: /None compromised/ }).check();
  await phase.getByLabel('On what basis').fill('orders were refused, none was changed');
  await page.keyboard.press('Control+Enter');
  await expect(phase).toContainText('“Release checkout-api 4.19.0” still runs');
  await phase.getByLabel('Why it is closed over its plan').fill('the other room carries it on');
  await page.keyboard.press('Control+Enter');
  await expect(phase).toHaveCount(0);
  await expect(feed).toContainText('the other room carries it on');

  // Nothing is left among the releases.
  await page.keyboard.press('Control+i');
  const list = dialog(page, 'Incidents');
  await expect(list).toContainText('INC-0001');
  await expect(list).not.toContainText('Releases, watched');
  await page.keyboard.press('Escape');
  await rm(folder, { recursive: true });
});

test('from a runbook without any room, and to a good end', async ({ page, profile }) => {
  const folder = join(profile, '..', `releases-${Date.now()}`);
  await addBooks(page, folder);
  await page.getByRole('option', { name: /Release checkout-api/ }).click();
  await expect(page.getByRole('button', { name: 'Watch as a release' })).toHaveAttribute(
    'aria-keyshortcuts',
    'Control+Enter',
  );
  await page.keyboard.press('Control+Enter');
  const watch = dialog(page, 'Watch a release');
  await expect(watch.getByRole('textbox')).toHaveValue('Release checkout-api 4.19.0');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.room.rel');
  await expect(page.getByRole('complementary', { name: 'Plan' })).toContainText('Draft');
  // What says that the room is opened had the focus, and is gone: the room has it.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('main.room') instanceof Element))
    .toBe(true);

  // A draft holds nobody back.
  await command(page, 'End release');
  const end = dialog(page, 'End the release');
  await end.getByLabel(/How it ended/).fill('put off until Monday');
  await page.keyboard.press('Control+Enter');
  await expect(end).toHaveCount(0);
  const header = page.locator('header.ih');
  await expect(header).toContainText('Ended: put off until Monday');
  await expect(header.getByRole('button', { name: /Turn into an incident/ })).toHaveCount(0);
  expect(await axe(page)).toEqual([]);

  await page.keyboard.press('Control+2');
  await page.waitForSelector('main.incs');
  await expect(page.getByRole('heading', { name: 'Releases, ended' })).toBeVisible();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('main.incs') instanceof Element))
    .toBe(true);
  await page.keyboard.press('j');
  await expect(page.locator('.inc-r')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForSelector('main.room.rel');

  // Its document is a release's.
  await page.keyboard.press('e');
  await page.waitForSelector('main.ex');
  await expect(page.locator('main.ex')).toContainText('Release REL-0001: Release checkout-api 4.19.0');
  await expect(page.locator('main.ex')).not.toContainText('Time to detect');

  // An end that was none: it is watched again, from its room, and D means this release again.
  await page.goBack();
  await page.waitForSelector('main.room.rel');
  await command(page, 'Watch again');
  const again = dialog(page, 'Watch the release again');
  await again.getByLabel(/Why/).fill('lab/two was forgotten');
  await page.keyboard.press('Control+Enter');
  await expect(again).toHaveCount(0);
  await expect(header.getByRole('button', { name: /Turn into an incident/ })).toBeVisible();
  await expect(page.getByRole('feed')).toContainText('Release watched again');
  await expect(page.getByRole('feed')).toContainText('lab/two was forgotten');
  await rm(folder, { recursive: true });
});
