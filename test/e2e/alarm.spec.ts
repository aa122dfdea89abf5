// An alarm of a plan over the real application, by keyboard: it is told on every page, had by a named person with the first key of the
// line, and had still after a restart. In a rehearsal the open breaker sounds in the window and tells the system nothing.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { CallName, Input, Output } from '../../shared/contract/index.ts';
import { axe, expect, openApplication, test } from './harness/fixtures.ts';

test.describe.configure({ timeout: 180_000 });

/** A call of the contract from the window itself; a failure ends the test. */
async function call<N extends CallName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const answer = await page.evaluate(
    ([called, json]) => (window.bulkhead as NonNullable<typeof window.bulkhead>).call(called, json),
    [name, JSON.stringify(input)] as const,
  );
  const read = JSON.parse(answer) as { ok: boolean; value: Output<N>; error: { message: string } };
  if (!read.ok) throw new Error(`${name}: ${read.error.message}`);
  return read.value;
}

/** A plan whose first gate waits for a person. */
async function waiting(page: Page): Promise<{ incident: string; plan: string }> {
  const { id: incident } = await call(page, 'incidents.declare', {
    title: 'Checkout fails',
    severity: 'SEV2',
    signals: [],
    impactStarted: null,
    commander: false,
  });
  const { plan } = await call(page, 'plan.make', {
    incident,
    plan: {
      kind: 'rollback',
      title: 'Roll back checkout-api',
      change: {
        system: 'checkout-api',
        from: '4.18.0',
        to: '4.17.3',
        deployedAt: null,
        schema: 'reversible',
      },
      targets: ['lab/one', 'lab/two'],
      waves: [
        { name: 'canary', targets: ['lab/one'], bake: '1s', gate: 'manual' },
        { name: 'the rest', targets: ['lab/two'], bake: '1s', gate: 'manual' },
      ],
      body: '# Roll back\n\n## Each target\n\n1. Roll back\n\n## Revert a target\n\n1. Deploy 4.18.0\n',
    },
  });
  const act = (action: Input<'plan.do'>['action']) => call(page, 'plan.do', { incident, plan, action });
  await act({ do: 'accept-findings', reason: 'a lab' });
  await act({ do: 'start-plan' });
  await act({ do: 'finish-target', target: 'lab/one' });
  await act({ do: 'reading', target: 'lab/one', health: 'operational' });
  return { incident, plan };
}

const line = (page: Page) => page.getByRole('region', { name: 'Open, nobody has it yet' });
/** The line, while it speaks of the gate; feeds that cannot be reached here may stand in it, too. */
const alarm = (page: Page) => line(page).filter({ hasText: 'the gate of canary waits' });

test('a waiting gate is told on every page, had by the first key, and had after a restart', async ({
  profile,
}) => {
  const first = await openApplication({ profile });
  const { page } = first;
  await page.waitForSelector('main');
  const { incident, plan } = await waiting(page);

  // On a page that is not the room: the line above it, the sound, and what the plan does.
  await page.evaluate(() => {
    location.hash = '#runbooks';
  });
  await expect(line(page)).toContainText('checkout-api: the gate of canary waits for a person.', {
    timeout: 30_000,
  });
  await expect
    .poll(async () => (await call(page, 'notify.get', {})).open.filter((one) => one.alarm !== undefined))
    .toMatchObject([{ what: 'plan-gate', told: 1 }]);
  await expect(page.getByRole('region', { name: 'Incidents' })).toContainText(
    'Gate of canary waits: a person decides.',
  );
  await expect(page.getByRole('status').filter({ hasText: 'the gate of canary waits' })).toHaveCount(1);
  expect(await axe(page)).toEqual([]);

  // Silence acknowledges nothing.
  await page.keyboard.press('Control+m');
  await expect(line(page)).toContainText('Nothing is acknowledged by that.');
  await page.keyboard.press('Control+m');

  // Without a name nobody has it: the name is asked, then it is taken.
  const have = line(page).getByRole('button', { name: 'I have it' });
  await have.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.type('Marta Lindqvist');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await have.focus();
  await page.keyboard.press('Enter');
  await expect(alarm(page)).toHaveCount(0);

  await page.keyboard.press('Control+2');
  const panel = page.locator('[data-breaker]');
  await expect(panel).toContainText('Marta has it,');
  const glance = page.getByRole('region', { name: 'At a glance' });
  await expect(glance).toContainText('Gate of canary waits: a person decides.');
  await expect(glance).toContainText('the rest, 1 target');
  await expect(page.getByRole('feed')).toContainText('Marta Lindqvist: gate of canary waits.');
  await first.close();

  const again = await openApplication({ profile });
  await again.page.evaluate((id) => {
    location.hash = `#room?incident=${id}`;
  }, incident);
  await expect(again.page.locator('[data-breaker]')).toContainText('Marta has it,', { timeout: 30_000 });
  await expect(alarm(again.page)).toHaveCount(0);
  // Passing it is the act that ends it.
  await call(again.page, 'plan.do', {
    incident,
    plan,
    action: { do: 'pass-gate', wave: 'canary', reason: 'orders go through' },
  });
  await expect(again.page.getByRole('region', { name: 'At a glance' })).toContainText(
    'Start the rest, 1 target.',
  );
  await again.close();
});

test('in the room the panel has the key, and the line above the page does not ask twice', async ({
  profile,
}) => {
  const { page, close } = await openApplication({ profile });
  await page.waitForSelector('main');
  await call(page, 'app.setPerson', { name: 'Priya Raman' });
  const { incident } = await waiting(page);
  await page.evaluate((id) => {
    location.hash = `#room?incident=${id}`;
  }, incident);
  const panel = page.locator('[data-breaker]');
  await expect(panel.getByRole('button', { name: 'I have it' })).toBeVisible({ timeout: 30_000 });
  await expect(alarm(page)).toHaveCount(0);
  await expect
    .poll(async () => (await call(page, 'notify.get', {})).open.filter((one) => one.alarm !== undefined))
    .toMatchObject([{ what: 'plan-gate', told: 1 }]);
  expect(await axe(page)).toEqual([]);
  // Behind the checklists the panel is not seen: then the line speaks.
  await page.getByRole('tab', { name: /Checklist/ }).click();
  await expect(line(page)).toContainText('the gate of canary waits');
  await line(page).getByRole('button', { name: 'I have it' }).focus();
  await page.keyboard.press('Enter');
  await expect(alarm(page)).toHaveCount(0);
  await expect(page.getByRole('feed')).toContainText('Priya Raman: gate of canary waits.');
  await close();
});

test('a rehearsed breaker sounds in the window; the glance line counts what the night does', async ({
  profile,
}) => {
  const samples = join(import.meta.dirname, '..', '..', 'samples', 'pack');
  const { page, close } = await openApplication({
    profile,
    rehearse: {
      plan: join(samples, 'runbooks', 'checkout-api-rollback.md'),
      night: join(samples, 'nights', 'breaker-opens-in-a-bake.jsonl'),
      speed: 60,
    },
  });
  // The room of the rehearsal opens by itself, and the window says what it is.
  await page.waitForSelector('main.room');
  await expect(page.locator('.ban.replay')).toContainText('Rehearsing Roll back checkout-api');
  const glance = page.getByRole('region', { name: 'At a glance' });
  await expect(glance).toContainText(/is at “/, { timeout: 30_000 });
  await expect(glance).toContainText('Canary bakes.', { timeout: 30_000 });
  await expect(glance).toContainText('Bake of canary full');
  await expect(glance).toContainText('Decide on eu-west-1.', { timeout: 60_000 });
  await expect(glance).toContainText('Breaker may close');
  await expect.poll(async () => (await call(page, 'notify.get', {})).tone).toBe('breaker');
  // Silencing it is no act on the plan: a rehearsal takes it, by name.
  await call(page, 'app.setPerson', { name: 'Marta Lindqvist' });
  const panel = page.locator('[data-breaker]');
  await page.keyboard.press('h');
  await expect(panel).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('Marta has it,');
  await close();
});
