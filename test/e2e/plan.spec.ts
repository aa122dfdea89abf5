// Rollback plans on screen over a stand-in for main: the matrix by keys, the breaker and its choices, gates, reverts, preflight, making one. The rules behind are tested elsewhere.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import { axe } from './harness-ui/axe.ts';
import { openPlanStage, type PlanStageOptions, planView } from './harness-ui/plan.ts';

let stage: Awaited<ReturnType<typeof openPlanStage>>;
async function open(options: PlanStageOptions = {}): Promise<Page> {
  stage = await openPlanStage(options);
  await stage.page.waitForSelector('main');
  return stage.page;
}
/** Opens and gives the keys to the plan. */
async function openPlan(options: PlanStageOptions = {}): Promise<Page> {
  const page = await open(options);
  await expect(pane(page).locator('.pl-h')).toBeVisible();
  await page.keyboard.press('F6');
  await expect(page.locator('.kp')).toContainText('Plan');
  return page;
}
test.afterEach(async () => {
  const errors = stage.errors;
  await stage.close();
  expect(errors).toEqual([]);
});

const pane = (page: Page) => page.getByRole('complementary', { name: 'Plan' });
const dialog = (page: Page) => page.getByRole('dialog');
const last = () => stage.plan.acts.at(-1);
const panel = (page: Page) => page.locator('[data-breaker]');

test('the open breaker: who tripped it, evidence, untouched targets; the steps keep their marks', async () => {
  const page = await openPlan();
  await expect(pane(page)).toContainText('Held by breaker, eu-west-1');
  await expect(panel(page)).toContainText('9 % limit 5 %, baseline 1 %, 240 tries');
  await expect(panel(page)).toContainText('also worse in 0 of 3 targets that we have not touched');
  await expect(
    panel(page).getByRole('img', { name: 'Last readings of checkout errors in aws/eu-west-1' }),
  ).toBeVisible();
  await expect(
    pane(page).getByRole('button', { name: 'Verify, aws/eu-west-1: Done 09:01 UTC' }),
  ).toBeVisible();
  await expect(pane(page).getByRole('button', { name: 'Drain, aws/us-east-1: Locked' })).toBeVisible();
  await expect(pane(page)).toContainText('2 of 6 conditions');
  await expect(pane(page)).toContainText('04:12, ended by the trip. Again from zero when closed');
  await expect(pane(page)).toContainText('waits for the gate of wave 1');
  await expect(page.locator('[role=alert]', { hasText: 'Breaker open, aws/eu-west-1' })).toHaveCount(1);
});

test('arrows move by cell, X ticks at once, Ctrl Z takes it back, Y copies with the target in it', async () => {
  const page = await openPlan();
  const cell = (name: string) => pane(page).getByRole('button', { name });
  await expect(cell('Snapshot, aws/us-east-1: Doing 09:13 UTC')).toBeFocused();
  await expect(pane(page).locator('.mx [tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('x');
  await expect
    .poll(last)
    .toEqual({ do: 'step', target: 'aws/us-east-1', section: 'prepare', step: 2, to: 'done' });
  // The tick can be taken back from when main has answered; the key does nothing before.
  await expect(async () => {
    await page.keyboard.press('Control+z');
    expect(last()).toMatchObject({ step: 2, to: 'undone' });
  }).toPass();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(cell('Freeze, aws/sa-east-1: Done 08:31 UTC')).toBeFocused();
  await page.keyboard.press('Shift+K');
  await expect(dialog(page)).toContainText('Freeze in aws/sa-east-1 is not done');
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toContainText('a reason is asked');
  await page.keyboard.type('no freeze there');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(last)
    .toMatchObject({ do: 'step', section: 'prepare', step: 1, to: 'skipped', reason: 'no freeze there' });
});

test('a refusal is shown with its rule, and one for worse readings asks once more', async () => {
  const page = await openPlan({ picture: 'running' });
  stage.plan.refuse([
    { rule: '3', code: 'breaker-open', text: 'The breaker is open, tripped by aws/eu-west-1.' },
  ]);
  await page.keyboard.press('x');
  await expect(pane(page).getByRole('alert').filter({ hasText: 'The breaker is open' })).toContainText(
    'Not done.',
  );
  stage.plan.refuse([
    {
      rule: '1',
      code: 'worse-than-plan-baseline',
      text: 'aws/eu-west-1 is worse than when the plan started.',
    },
  ]);
  await page.keyboard.press('x');
  await expect(page.getByRole('dialog', { name: 'Tick “Roll back” done all the same?' })).toContainText(
    'With it aws/eu-west-1 starts: its readings of now become its baseline',
  );
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toMatchObject({ do: 'step', to: 'done', sure: true });
});

test('a dangerous step asks for the target’s name', async () => {
  const page = await openPlan({ picture: 'running' });
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('x');
  await expect(dialog(page)).toContainText('Dangerous step');
  await page.keyboard.press('Control+Enter');
  expect(stage.plan.acts).toEqual([]);
  await page.keyboard.type('aws/eu-west-1');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toMatchObject({ section: 'each', step: 1, to: 'done', confirm: 'aws/eu-west-1' });
});

test('H goes to the breaker, then opens its choices; the choice takes target and reason', async () => {
  const page = await openPlan();
  await page.keyboard.press('h');
  await expect(panel(page)).toBeFocused();
  await page.keyboard.press('h');
  await expect(dialog(page)).toContainText('The breaker is open');
  await dialog(page)
    .getByRole('radio', { name: /Look again/ })
    .check();
  await dialog(page).getByLabel('Reason').fill('retries are being capped');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toEqual({
    do: 'breaker',
    choose: 'look-again',
    target: 'aws/eu-west-1',
    reason: 'retries are being capped',
  });
});

test('H with a closed breaker says so instead of asking; a tick before the start says what starts the plan', async () => {
  const page = await openPlan({ picture: 'running' });
  await page.keyboard.press('h');
  await expect(pane(page)).toContainText('The breaker is closed: there is nothing to choose.');
  await expect(dialog(page)).toHaveCount(0);
  await stage.close();
  const other = await openPlan({ picture: 'draft' });
  await other.keyboard.press('x');
  await expect(pane(other)).toContainText('Not done. The plan has not been started; W starts it.');
  await other.keyboard.press('Shift+K');
  await expect(dialog(other)).toHaveCount(0);
  expect(stage.plan.acts).toEqual([]);
});

test('a plan that starts while its pane has the keys: the first arrow takes the focus to a cell', async () => {
  const page = await openPlan({ picture: 'draft' });
  const started = planView('running');
  stage.plan.set(() => started);
  await expect(pane(page).locator('.mx')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.mx [data-cell]:focus')).toHaveCount(1);
});

test('a wave that starts takes the hand from its head to its first gated step', async () => {
  const page = await openPlan({ picture: 'running' });
  const head = pane(page).getByRole('button', { name: /^wave 2/ });
  await head.focus();
  stage.plan.set((view) => ({
    ...view,
    waves: view.waves.map((one) =>
      one.name === 'wave 2' ? { ...one, state: 'running', startedAt: view.now } : one,
    ),
  }));
  await expect(page.locator('[data-cell="t:aws/us-east-1 3"]')).toBeFocused();
});

test('over, where every target stands comes first, and the matrix after it', async () => {
  const page = await openPlan({ picture: 'running' });
  stage.plan.set((view) => ({
    ...view,
    state: 'aborted',
    list: view.targets.map((one) => ({ target: one.id, text: 'on r417' })) as typeof view.list,
  }));
  const list = pane(page).getByRole('region', { name: 'What stands where' });
  await expect(list.getByRole('listitem')).toHaveCount(7);
  await expect(list.getByRole('listitem').first()).toBeInViewport();
});

test('done steps offer no tick in the foot; a column’s head tells titles that begin alike apart', async () => {
  const page = await openPlan({ picture: 'running' });
  stage.plan.set((view) => ({
    ...view,
    steps: view.steps.map((one) =>
      one.section === 'each' && one.number === 1
        ? { ...one, title: 'Shift traffic away from it' }
        : one.section === 'each' && one.number === 3
          ? { ...one, title: 'Shift traffic back and verify' }
          : one,
    ),
  }));
  const head = (name: string) => pane(page).getByRole('columnheader', { name });
  await expect(head('Shift traffic away from it')).toHaveText('Shiftaway');
  await expect(head('Shift traffic back and verify')).toHaveText('Shiftback');
  await expect(pane(page).getByRole('button', { name: /^Step done/ })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(pane(page).getByRole('button', { name: /^Step done/ })).toHaveCount(0);
  expect(await axe(page)).toEqual([]);
});

test('behind the checklists the plan goes on listening, and H comes from anywhere in the room', async () => {
  const page = await open({ picture: 'running' });
  await page.getByRole('tab', { name: 'Checklist' }).click();
  await expect(pane(page)).toHaveCount(0);
  stage.plan.set((view) => ({
    ...view,
    breaker: { ...view.breaker, state: 'open', since: view.now },
  }));
  await expect(page.locator('[role=alert]', { hasText: 'Breaker open' })).toHaveCount(1);
  await page.getByRole('tab', { name: /^Plan/ }).click();
  await page.getByRole('feed').getByRole('article').last().focus();
  await page.keyboard.press('h');
  await expect(panel(page)).toBeFocused();
});

test('override: by key with the name typed, or held for two seconds by Enter', async () => {
  const page = await openPlan();
  await page.keyboard.press('Shift+O');
  await dialog(page)
    .getByRole('radio', { name: /The breaker is open/ })
    .check();
  await dialog(page).getByLabel('Reason').fill('decided with AWS on the line');
  await page.keyboard.press('Control+Enter');
  expect(stage.plan.acts).toEqual([]);
  await dialog(page).getByLabel('Type aws/eu-west-1 to override').fill('aws/eu-west-1');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toMatchObject({ do: 'override', hold: 'breaker-open', target: 'aws/eu-west-1' });

  await panel(page)
    .getByRole('button', { name: /Hold to override/ })
    .focus();
  await page.keyboard.down('Enter');
  await page.waitForTimeout(500);
  await page.keyboard.up('Enter');
  await page.waitForTimeout(1800);
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.down('Enter');
  await page.waitForTimeout(2300);
  await page.keyboard.up('Enter');
  await expect(dialog(page)).toContainText('Override a hold');
  await expect(dialog(page).getByLabel(/Type .* to override/)).toHaveCount(0);
});

test('half-open: blocked choices stay readable and say why; without revert steps, Revert says so', async () => {
  const page = await openPlan({ picture: 'silent' });
  await expect(panel(page)).toContainText('Half-open, eu-west-1 is silent');
  await expect(panel(page)).toContainText('A choice is under way');
  await expect(panel(page).getByRole('button', { name: 'Try one' })).toHaveAttribute('aria-disabled', 'true');
  await stage.close();
  const other = await openPlan({ picture: 'no-revert' });
  await expect(panel(other)).toContainText('no revert steps');
});

test('the overview carries waves, bakes and changes, and says them to whoever does not see them', async () => {
  const page = await open();
  const strip = page.getByRole('figure', { name: /^Overview/ });
  await expect(strip.locator('.b-bake')).toHaveCount(2);
  await expect(strip.locator('.b-wave')).toHaveCount(2);
  await expect(strip.locator('.ln-t .b-gap')).toHaveCount(1);
  await expect(strip.locator('.k-fail')).toHaveCount(1);
  const said = strip.getByRole('list', { name: 'Waves, bakes and changes' });
  await expect(said.getByRole('listitem')).toHaveText([
    'Wave canary, 08:31:40Z to 08:49:10Z, gate passed',
    'Bake of canary, 08:38:00Z to 08:48:00Z, full',
    'wave 1, since 08:50:00Z',
    'Bake of wave 1, 09:03:10Z to 09:11:52Z, ended by a trip, Not watched 09:05:00Z to 09:07:00Z',
    'Change 07:44:10Z: edge-config r418 to us-east-1, 4 min before the first signal',
  ]);
  expect(await axe(page)).toEqual([]);
});

test('a change is linked by keyboard: it stands in the timeline, and once on the overview', async () => {
  const page = await open();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Link a change');
  await page.keyboard.press('Enter');
  const change = dialog(page).getByRole('checkbox', { name: /edge-config r418 to us-east-1/ });
  await expect(change).toBeFocused();
  await expect(dialog(page)).toContainText('choose a change');
  await page.keyboard.press('Space');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toHaveCount(0);
  await page.getByRole('searchbox').fill('edge-config r418');
  await expect(page.getByRole('feed')).toContainText('Change edge-config r418 to us-east-1');
  const said = page.getByRole('figure', { name: /^Overview/ }).getByRole('list');
  await expect(said.getByRole('listitem').filter({ hasText: 'Change 07:44:10Z' })).toHaveCount(1);
});

test('“I have it” is the first key of the alarm, writes who has it, and ends the sound', async () => {
  const page = await openPlan();
  const have = panel(page).getByRole('button', { name: 'I have it' });
  await page.keyboard.press('h');
  await page.keyboard.press('Tab');
  await expect(have).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('Marta has it,');
  await expect(have).toHaveCount(0);
  await expect(panel(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(panel(page).getByRole('button', { name: 'Try one' })).toBeFocused();
  expect(stage.plan.acknowledged).toEqual(['breaker:plan-7:1']);
});

test('a gate that waits is passed with a reason; what is not met is named first', async () => {
  const page = await openPlan({ picture: 'gate' });
  await expect(pane(page)).toContainText('5 of 6 conditions');
  await expect(pane(page)).toContainText(
    'Not watched 09:03:10Z to 09:05:40Z: this machine slept. Added to the end.',
  );
  await page.keyboard.press('v');
  await expect(dialog(page)).toContainText('Revert aws/eu-central-1');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await expect(dialog(page)).toContainText('aws/eu-central-1 was rolled back and is no better.');
  await page.keyboard.type('its drain was skipped; the next ones are drained');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toMatchObject({ do: 'pass-gate', wave: 'wave 1' });
});

test('a revert under way has the hand: X ticks its steps, and the second one asks for a pause', async () => {
  const page = await openPlan({ picture: 'revert' });
  await expect(panel(page)).toContainText('Reverting eu-west-1 to r418');
  await expect(panel(page)).toContainText('2 targets were reverted. Pause the plan?');
  await page.keyboard.press('x');
  await expect.poll(last).toMatchObject({ do: 'step', section: 'revert', step: 2, to: 'done' });
  await page.keyboard.press('Shift+P');
  await expect(dialog(page)).toContainText('Bakes and the breaker go on.');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toEqual({ do: 'pause' });
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press('Shift+A');
  await expect(dialog(page)).toContainText('aws/us-east-1 not begun, still on r418');
  await page.keyboard.press('Escape');
});

test('preflight: undecided first, questions by name, and the start waits for them', async () => {
  const page = await openPlan({ picture: 'draft' });
  await expect(pane(page)).toContainText('2 findings, 1 question left: fixed, or accepted by name');
  await page.keyboard.press('w');
  await expect(pane(page).getByRole('alert').filter({ hasText: 'open findings' })).toBeVisible();
  for (const reason of ['the break-glass role is used', 'its gate is by a person']) {
    await pane(page).getByRole('button', { name: 'Accept, with a reason' }).first().click();
    await dialog(page).getByLabel('Reason').fill(reason);
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page)).toHaveCount(0);
  }
  await pane(page)
    .getByRole('radiogroup', { name: /deployed since/ })
    .getByRole('radio', { name: 'Not known' })
    .click();
  await expect.poll(last).toMatchObject({ do: 'accept-finding', code: 'dependants', answer: 'not known' });
  await expect(pane(page)).toContainText('Nothing open');
  await page.keyboard.press('w');
  await expect(dialog(page)).toContainText('canary starts: 1 target.');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => stage.plan.acts.slice(-2).map((one) => one.do))
    .toEqual(['start-plan', 'start-wave']);
});

test('a runbook that is a plan starts as one; its problems carry line and column', async () => {
  const path = 'traffic/drain-region.md';
  const documents = { [path]: { meta: [{ name: 'kind', value: 'rollback' }] } };
  const hash = `runbooks?folder=folder-1&path=${encodeURIComponent(path)}&incident=inc-142`;
  let page = await open({
    noPlan: true,
    hash,
    documents,
    wrong: [{ line: 7, column: 3, text: 'Wave "rest" has no target.' }],
  });
  await page.getByRole('button', { name: 'Start as rollback plan' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'line 7, column 3' })).toContainText(
    'Wave "rest" has no target.',
  );
  await stage.close();
  page = await open({ noPlan: true, hash, documents });
  // It is what the runbook was written for: its key is the primary one, on the button and in words; the checklist stands second.
  await expect(page.getByRole('button', { name: 'Start as rollback plan' })).toHaveAttribute(
    'aria-keyshortcuts',
    'Control+Enter',
  );
  await expect(page.getByRole('heading', { level: 2, name: 'Start as rollback plan' })).toBeVisible();
  const list = page.getByRole('button', { name: 'Start checklist' });
  await expect(list).toBeVisible();
  expect(await list.getAttribute('aria-keyshortcuts')).toBeNull();
  await page.keyboard.press('Control+Enter');
  await expect(pane(page)).toContainText('Draft');
  expect(stage.plan.created).toEqual([{ incident: 'inc-142', folder: 'folder-1', path }]);
});

test('a library without a plan says so, what makes a runbook one, and leads to making one in the room', async () => {
  const page = await open({ noPlan: true });
  await page.getByRole('button', { name: 'Plan from a runbook' }).click();
  const said = page.getByRole('status').filter({ hasText: 'None of these runbooks is a plan' });
  await expect(said).toContainText(/kind:\srollback/);
  await said.getByRole('button', { name: 'Make a plan in the room' }).click();
  await expect(page.getByLabel('Add target')).toBeVisible();
  await page
    .getByRole('link', { name: 'Runbooks' })
    .or(page.getByRole('button', { name: 'Runbooks' }))
    .first()
    .click();
  await page.waitForSelector('main.rb');
  await expect(said).toHaveCount(0);
});

test('making a plan: targets typed and taken, waves proposed, moved by keys, saved to preflight', async () => {
  const page = await open({ noPlan: true });
  await page.getByRole('button', { name: 'Make a plan' }).click();
  const strip = page.getByRole('complementary', { name: 'Preflight' });
  await expect(strip).toContainText('System is empty.');
  await page.getByLabel('System').fill('edge-config');
  await page.getByLabel('From', { exact: true }).fill('r418');
  await page.getByLabel('To', { exact: true }).fill('r417');
  await page.getByLabel('Add target').fill('aws/ca-central-1, aws/us-west-2');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'aws/eu-west-1' }).click();
  await page.getByRole('button', { name: 'Propose waves' }).click();
  await expect(page.getByText('Canary and wave 1 share no failure domain.')).toBeVisible();
  await page.locator('[data-target="aws/us-west-2"]').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.locator('[data-target="aws/us-west-2"]')).toBeFocused();
  await expect(strip).toContainText('wave 1 has no target.');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(strip).toContainText('Nothing is missing here.');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(pane(page)).toContainText('Draft');
  expect(stage.plan.made[0]?.plan).toMatchObject({
    change: { system: 'edge-config', from: 'r418', to: 'r417' },
    waves: [
      { name: 'canary', targets: ['aws/ca-central-1'] },
      { name: 'wave 1', targets: ['aws/us-west-2'] },
      { name: 'wave 2', targets: ['aws/eu-west-1'] },
    ],
  });
  // Main runs the first preflight with it; it is not written twice.
  expect(stage.plan.acts).toEqual([]);
});

for (const [picture, theme] of [
  ['open', 'night'],
  ['gate', 'day'],
  ['silent', 'red'],
  ['revert', 'night'],
  ['draft', 'day'],
] as const)
  test(`no accessibility finding: ${picture}, ${theme}`, async () => {
    const page = await openPlan({ picture, theme });
    expect(await axe(page)).toEqual([]);
  });

test('at 1100 by 720 nothing of the pane is cut and the breaker’s keys are in view', async () => {
  const page = await openPlan({ width: 1100, height: 720 });
  const cut = await page.evaluate(() => {
    const box = document.querySelector('.plan')?.getBoundingClientRect();
    return [...document.querySelectorAll('.brk .btn')].filter((node) => {
      const own = node.getBoundingClientRect();
      return !box || own.right > box.right || own.bottom > box.bottom || own.left < box.left;
    }).length;
  });
  expect(cut).toBe(0);
  expect(
    await page.evaluate(
      () =>
        document.querySelector('.plan .pl-b')!.scrollWidth -
        document.querySelector('.plan .pl-b')!.clientWidth,
    ),
  ).toBeLessThanOrEqual(0);
});
