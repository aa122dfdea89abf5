// The hand of the person at the keyboard: what a spec does with a plan, key by key, waiting for what the window shows. Nothing here
// clicks; what no key reaches fails.
import { expect, type Locator, type Page } from '@playwright/test';
import type { PlanView } from '../../../shared/contract/plan.ts';

export const pane = (page: Page): Locator => page.getByRole('complementary', { name: 'Plan' });
export const panel = (page: Page): Locator => page.locator('[data-breaker]');
export const ask = (page: Page): Locator => page.getByRole('dialog');

/** A call of the contract, for what a spec compares the window with. */
export async function call<T>(page: Page, name: string, input: unknown): Promise<T> {
  const answer = JSON.parse(
    await page.evaluate(
      ([what, json]) =>
        (
          window as unknown as { bulkhead: { call(name: string, input: string): Promise<string> } }
        ).bulkhead.call(what, json),
      [name, JSON.stringify(input)] as const,
    ),
  ) as { ok: boolean; value: T; error?: { code: string; message: string } };
  if (!answer.ok) throw new Error(`${name}: ${answer.error?.code} ${answer.error?.message}`);
  return answer.value;
}

export interface Where {
  readonly incident: string;
  readonly label: string;
  readonly plan: string;
}

/** The one incident of the profile and its plan. */
export async function whereIs(page: Page): Promise<Where> {
  const { incidents } = await call<{ incidents: { id: string; label: string }[] }>(
    page,
    'incidents.list',
    {},
  );
  const [one] = incidents;
  if (!one) throw new Error('there is no incident');
  const { incident } = await call<{ incident: { plans: { id: string }[] } }>(page, 'room.open', {
    incident: one.id,
  });
  return { incident: one.id, label: one.label, plan: incident.plans[0]?.id ?? '' };
}

export const viewOf = async (page: Page, { incident, plan }: Where): Promise<PlanView> =>
  (await call<{ plan: PlanView }>(page, 'plan.get', { incident, plan })).plan;

/** Tab until it has the focus: what this cannot reach, nobody reaches without a mouse. */
export async function tabTo(page: Page, wanted: Locator, most = 80): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let i = 0; i < most; i++) {
    if (await wanted.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by ${most} presses of Tab: ${wanted}`);
}

/** Confirms the question that stands open and waits until it is gone; the plan has the focus again, whatever went away with it. */
export async function confirm(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter');
  await expect(ask(page)).toHaveCount(0);
  await expect
    .poll(() =>
      page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane')),
    )
    .toBe('room.plan');
}

/** First start: a name, the pack, done. */
export async function setTheWatch(page: Page, folder: string): Promise<void> {
  await page.waitForSelector('main.fr1');
  await tabTo(page, page.getByLabel('Pack folder on this disk'));
  await page.keyboard.type(folder);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/40 probes/).first()).toBeVisible();
  await tabTo(page, page.getByLabel('Your name'));
  await page.keyboard.type('Marta Lindqvist');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.board');
}

export async function declare(page: Page, title: string): Promise<void> {
  await page.keyboard.press('d');
  const line = ask(page).getByRole('textbox').first();
  await expect(line).toBeFocused();
  await page.keyboard.type(title);
  await tabTo(page, ask(page).getByRole('radio').first());
  await page.keyboard.press('ArrowDown');
  await expect(ask(page).getByRole('radio', { name: /SEV2/ })).toBeChecked();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('main.room');
}

/** From the library into the room, as a draft. */
export async function draft(page: Page, title: RegExp): Promise<void> {
  await page.keyboard.press('Control+3');
  await expect(page.getByRole('option', { name: title })).toBeVisible();
  await page.keyboard.press('Enter');
  const start = page.getByRole('button', { name: 'Start as rollback plan' });
  await expect(start).toBeVisible();
  await tabTo(page, start);
  await page.keyboard.press('Enter');
  await page.waitForSelector('main.room');
  await expect(pane(page)).toContainText('Draft');
}

/** F6 until the plan has the keys. */
export async function keysToPlan(page: Page): Promise<void> {
  for (let i = 0; i < 8; i++) {
    if (await page.evaluate(() => !!document.activeElement?.closest('[data-pane="room.plan"]'))) return;
    await page.keyboard.press('F6');
  }
  throw new Error('F6 does not reach the plan');
}

/** Preflight is run again, and everything it finds is accepted with a reason; its questions count as not known. */
export async function acceptPreflight(page: Page, reason: string): Promise<void> {
  await keysToPlan(page);
  await tabTo(page, pane(page).getByRole('button', { name: 'Run again' }));
  await page.keyboard.press('Enter');
  const all = pane(page).getByRole('button', { name: 'Accept all findings' });
  const one = pane(page).getByRole('button', { name: 'Accept, with a reason' });
  await expect(pane(page)).toContainText('left: fixed, or accepted by name');
  if (await all.isVisible()) {
    await tabTo(page, all);
    await page.keyboard.press('Enter');
  } else if (await one.first().isVisible()) {
    await tabTo(page, one.first());
    await page.keyboard.press('Enter');
  }
  if ((await all.count()) + (await one.count()) > 0) {
    await expect(ask(page)).toBeVisible();
    await page.keyboard.type(reason);
    await confirm(page);
  }
  // Questions are answered by name, each answer is a tick; what is answered goes below what is open.
  const open = pane(page).locator('[role=radiogroup]:not(:has([aria-checked=true]))');
  for (let left = await open.count(); left > 0; left--) {
    await tabTo(page, open.first().getByRole('radio').first());
    await page.keyboard.press('Space');
    await expect(open).toHaveCount(left - 1);
  }
  await expect(pane(page)).toContainText('Nothing open');
}

/** `t:aws/us-east-1 3`: the cell that has the focus; null outside of the matrix. */
export const cellInHand = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-cell') ?? null);

/** Goes to a cell with the arrows. */
export async function goTo(page: Page, target: string, col: number): Promise<void> {
  await keysToPlan(page);
  const wanted = `t:${target}`;
  const order = await page.evaluate(() => [
    ...new Set(
      [...document.querySelectorAll('.mx [data-cell]')].map((node) =>
        (node.getAttribute('data-cell') ?? '').replace(/ \d+$/, ''),
      ),
    ),
  ]);
  for (let i = 0; i < 80; i++) {
    const at = await cellInHand(page);
    const [, row = '', column = ''] = /^(.+) (\d+)$/.exec(at ?? '') ?? [];
    if (at === null) {
      // Somewhere else in the pane: the chosen cell is one Tab stop of it.
      const chosen = page.locator('.mx [data-cell][tabindex="0"]');
      await tabTo(page, chosen);
      continue;
    }
    if (row !== wanted) {
      await page.keyboard.press(order.indexOf(row) < order.indexOf(wanted) ? 'ArrowDown' : 'ArrowUp');
      continue;
    }
    if (Number(column) === col) return;
    await page.keyboard.press(Number(column) < col ? 'ArrowRight' : 'ArrowLeft');
  }
  throw new Error(`the arrows do not reach ${target}, ${col}`);
}

/** The next wave by its key. */
export async function startWave(page: Page, name: string): Promise<void> {
  await keysToPlan(page);
  await page.keyboard.press('w');
  await expect(ask(page)).toContainText(name);
  await confirm(page);
}

/** All steps that a target has left, at once; the focus is back on its row afterwards. */
export async function finishTarget(page: Page, target: string): Promise<void> {
  await goTo(page, target, 0);
  await page.keyboard.press('x');
  await expect(ask(page)).toContainText(target);
  await confirm(page);
  await expect(page.locator(`.mx [data-cell="t:${target} 0"]`)).toBeFocused();
}
