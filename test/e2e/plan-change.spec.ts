// A plan's own steps, changes of a running plan, taking over, saving, and targets from the topology: by keyboard, over a stand-in for main.
import { expect, test } from '@playwright/test';
import type { Locator, Page } from 'playwright-core';
import { axe } from './harness-ui/axe.ts';
import { openPlanStage, type PlanStageOptions } from './harness-ui/plan.ts';

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

/** Up or down with the arrows until the row has the focus. */
async function walkTo(page: Page, row: Locator, key: 'ArrowUp' | 'ArrowDown'): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if (await row.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${await row.getAttribute('aria-label')} is not reached with ${key}`);
}

/** Arrows of a group of radios until the wanted one is checked; the dialog has the first in hand. */
async function choose(page: Page, name: RegExp): Promise<void> {
  const wanted = dialog(page).getByRole('radio', { name });
  await expect(dialog(page).getByRole('radio').first()).toBeFocused();
  await page.keyboard.press('Space');
  for (let i = 0; i < 12 && !(await wanted.isChecked()); i++) await page.keyboard.press('ArrowDown');
  await expect(wanted).toBeChecked();
}
async function tabTo(page: Page, node: Locator): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if (await node.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('is not reached with Tab');
}

test('steps of Before and after a wave: in the matrix, ticked by the same keys, taken back, and said while left', async () => {
  const page = await openPlan({ picture: 'running', own: true });
  const row = (name: string | RegExp) => pane(page).getByRole('button', { name });
  await expect(pane(page)).toContainText('1 step of Before is not done. 1 step after canary is not done.');
  // Of a folded wave only what is left stands there; of one that has not baked, nothing yet.
  await expect(row('To do Compare the error budget after canary')).toBeVisible();
  await expect(row(/Say in the room what the wave showed/)).toHaveCount(0);
  await expect(row(/after wave 1/)).toHaveCount(0);
  await walkTo(page, row(/Tell the customers on the bridge/), 'ArrowUp');
  await page.keyboard.press('s');
  await expect.poll(last).toEqual({ do: 'plan-step', section: 'before', step: 2, to: 'doing' });
  await expect(row(/^Doing Tell the customers/)).toBeFocused();
  await expect(pane(page)).toContainText('Last tick: Tell the customers on the bridge, Before');
  await page.keyboard.press('x');
  await expect.poll(last).toEqual({ do: 'plan-step', section: 'before', step: 2, to: 'done' });
  await expect(row(/^Done Tell the customers/)).toBeFocused();
  await expect(pane(page)).toContainText('Last tick: Tell the customers on the bridge, Before');
  await page.keyboard.press('Control+z');
  await expect.poll(last).toEqual({ do: 'plan-step', section: 'before', step: 2, to: 'undone' });
  await walkTo(page, row('To do Compare the error budget after canary'), 'ArrowDown');
  await page.keyboard.press('Shift+K');
  await expect(dialog(page)).toContainText('Compare the error budget, after canary, is not done');
  await page.keyboard.type('no budget is kept for it');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toEqual({
    do: 'plan-step',
    section: 'after',
    wave: 'canary',
    step: 2,
    to: 'skipped',
    reason: 'no budget is kept for it',
  });
});

test('Finally is one line until it is due; its dangerous step asks for the system’s name', async () => {
  const page = await openPlan({ picture: 'running', own: true });
  const head = pane(page).getByRole('button', { name: /^Finally/ });
  await walkTo(page, head, 'ArrowDown');
  await expect(head).toContainText('2 steps, after the last wave');
  await page.keyboard.press('Space');
  await expect(head).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(pane(page).getByRole('button', { name: 'To do Undo the freezes Finally' })).toBeFocused();
  await page.keyboard.press('x');
  await expect(dialog(page)).toContainText('Dangerous step');
  await page.keyboard.type('edge-config');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toMatchObject({ section: 'finally', step: 1, to: 'done', confirm: 'edge-config' });
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press('Shift+A');
  await expect(dialog(page)).toContainText('2 steps of Finally are not done: Undo the freezes');
  await page.keyboard.press('Escape');
});

test('before the start Before is ticked beside preflight, and what is left of it is said at the start', async () => {
  const page = await openPlan({ picture: 'draft', own: true });
  await tabTo(page, pane(page).getByRole('button', { name: /^Step done: Freeze deployments/ }));
  await page.keyboard.press('Enter');
  await expect.poll(last).toEqual({ do: 'plan-step', section: 'before', step: 1, to: 'done' });
  await expect(pane(page)).toContainText('1 of 2 done');
  // The key turns under the finger, and takes the tick back.
  await expect(pane(page).getByRole('button', { name: /^Undo: Freeze deployments/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(last).toEqual({ do: 'plan-step', section: 'before', step: 1, to: 'undone' });
  await expect(pane(page)).toContainText('0 of 2 done');
  await page.keyboard.press('Enter');
  await expect(pane(page)).toContainText('1 of 2 done');
  stage.plan.set((view) => ({ ...view, actions: { ...view.actions, 'start-plan': [] } }));
  await expect(pane(page).getByRole('button', { name: /^Start plan/ })).not.toHaveAttribute('aria-disabled');
  await page.keyboard.press('w');
  await expect(dialog(page)).toContainText('1 step of Before is not done.');
  await page.keyboard.press('Escape');
});

test('a step is corrected once: title, marks and commands edited, the difference shown', async () => {
  const page = await openPlan({ picture: 'running' });
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('Change aws/eu-west-1');
  await choose(page, /Correct a step/);
  await expect(dialog(page).getByLabel('Step', { exact: true })).toHaveValue('each 2');
  await expect(dialog(page)).toContainText('3 targets have done it as it read before');
  await expect(dialog(page)).toContainText('nothing is different yet');
  await tabTo(page, dialog(page).getByLabel('Title'));
  await page.keyboard.press('End');
  await page.keyboard.type(', one node at a time');
  await page.keyboard.press('Tab');
  await page.keyboard.type('two-person');
  const difference = dialog(page).getByRole('group', { name: 'The difference' });
  await expect(difference).toContainText('2. Roll back, one node at a time {two-person}');
  await expect(difference.locator('.out')).toHaveText(/2\. Roll back$/);
  await tabTo(page, dialog(page).getByLabel('Reason'));
  await page.keyboard.type('all nodes at once took the region down');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toMatchObject({
    do: 'set-step',
    section: 'each',
    step: 2,
    title: 'Roll back, one node at a time',
    reason: 'all nodes at once took the region down',
  });
  expect((last() as { text: string }).text).toContain('   edgectl deploy r417 --region {{target}}');
});

test('a breaker’s limit is changed: what cannot be read has its column, what loosens says so', async () => {
  const page = await openPlan({ picture: 'running' });
  await walkTo(page, pane(page).getByRole('button', { name: /^wave 1/ }), 'ArrowUp');
  await page.keyboard.press('Enter');
  await choose(page, /Limit of a breaker/);
  const limit = dialog(page).getByLabel('Limit', { exact: true });
  await expect(limit).toHaveValue('> 5%');
  await tabTo(page, limit);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('> five');
  await expect(dialog(page)).toContainText('Limit, column 3: not a limit of this rule');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('> 4%');
  await expect(dialog(page)).toContainText('This does not loosen the breaker.');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('> 8%');
  await expect(dialog(page)).toContainText('This loosens the breaker.');
  await tabTo(page, dialog(page).getByLabel('Reason'));
  await page.keyboard.type('retries double the errors');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toEqual({
    do: 'set-limit',
    rule: '2',
    limit: '> 8%',
    margin: '5',
    for: '3m',
    reason: 'retries double the errors',
  });
});

test('waves that have not begun are put in another order with Alt and the arrows', async () => {
  const page = await openPlan({ picture: 'draft', theme: 'day' });
  await tabTo(page, pane(page).getByRole('tab', { name: 'Preflight' }));
  await page.keyboard.press('ArrowRight');
  await tabTo(page, pane(page).locator('.mx [tabindex="0"]'));
  await walkTo(page, pane(page).getByRole('button', { name: /^canary/ }), 'ArrowUp');
  await page.keyboard.press('Enter');
  await choose(page, /Order of the waves/);
  const second = dialog(page).getByRole('button', { name: 'wave 2 3 of 3' });
  await tabTo(page, second);
  await page.keyboard.press('Alt+ArrowUp');
  await expect(dialog(page).getByRole('button', { name: 'wave 2 2 of 3' })).toBeFocused();
  expect(await axe(page)).toEqual([]);
  await tabTo(page, dialog(page).getByLabel('Reason'));
  await page.keyboard.type('wave 2 has spare capacity');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toEqual({
    do: 'reorder',
    waves: ['canary', 'wave 2', 'wave 1'],
    reason: 'wave 2 has spare capacity',
  });
});

test('two reports of one step stand side by side with their names, and one key settles it', async () => {
  const page = await openPlan({ picture: 'running' });
  stage.plan.set((view) => ({
    ...view,
    targets: view.targets.map((target) =>
      target.id === 'aws/eu-west-1'
        ? {
            ...target,
            marks: ['disputed'],
            steps: target.steps.map((step) =>
              step.section === 'each' && step.number === 2
                ? {
                    ...step,
                    state: 'failed',
                    disputed: true,
                    reports: [
                      { state: 'done', by: 'Priya Raman', at: view.now },
                      { state: 'failed', by: 'Tom Okafor', at: view.now },
                    ],
                  }
                : step,
            ),
          }
        : target,
    ),
  }));
  const reports = pane(page).getByRole('list', { name: 'Reports of this step' });
  await expect(reports).toContainText('Done Priya Raman');
  await expect(reports).toContainText('Failed Tom Okafor');
  await expect(pane(page)).toContainText('Tick it again to settle it.');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('x');
  await expect.poll(last).toMatchObject({ do: 'step', section: 'each', step: 2, to: 'done' });
});

test('two commanders after a split are said, and taking command settles it', async () => {
  const page = await openPlan({ picture: 'running', split: true });
  await expect(pane(page)).toContainText('2 commanders: Marta Lindqvist, Tom Okafor. One has to yield.');
  await expect(page.getByRole('complementary', { name: 'Command' })).toContainText('and Tom Okafor');
  expect(await axe(page)).toEqual([]);
  await expect(pane(page).getByRole('button', { name: /^Take command/ })).toBeVisible();
  await page.keyboard.press('Shift+T');
  await expect(dialog(page)).toContainText('Take command');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => stage.room.written.filter((one) => one.name === 'room.assignRole').map((one) => one.input))
    .toMatchObject([{ role: expect.stringMatching(/commander/i), name: 'Marta Lindqvist' }]);
});

const OVERLAP = [
  {
    plan: 'plan-7',
    title: 'Roll back edge-config r418 to r417, drain us-east-1',
    state: 'running' as const,
    taken: ['aws/us-west-2'],
    stay: ['aws/ca-central-1'],
    left: 6,
  },
];

async function makePlan(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make a plan' }).press('Enter');
  await page.getByLabel('System').fill('edge-config');
  await page.getByLabel('From', { exact: true }).fill('r418');
  await page.getByLabel('To', { exact: true }).fill('r416');
}

test('targets come from the topology, with who sees each; typed ones are still taken', async () => {
  const page = await open({ noPlan: true });
  await makePlan(page);
  const places = page.getByRole('region', { name: 'Where edge-config runs' });
  const place = (name: RegExp) => places.getByRole('checkbox', { name });
  await expect(place(/aws\/sa-east-1.*nobody of ours sees it/)).toBeVisible();
  await expect(place(/aws\/us-east-1.*it leans on dynamodb there/)).toBeVisible();
  await place(/aws\/ca-central-1/).focus();
  await page.keyboard.press('Space');
  await expect(place(/aws\/ca-central-1/)).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.getByLabel('Add target').fill('lab/typed');
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: 'Waves' });
  await expect(table.getByRole('row', { name: /aws\/us-west-2/ })).toContainText('probe sign-in');
  await expect(table.getByRole('row', { name: /lab\/typed/ })).toContainText('nobody of ours sees it');
  expect(await axe(page)).toEqual([]);
  await place(/aws\/ca-central-1/).focus();
  await page.keyboard.press('Space');
  await expect(table.getByRole('row', { name: /aws\/ca-central-1/ })).toHaveCount(0);
  await page.getByLabel('System').fill('unheard-of');
  await expect(page.getByText('unheard-of does not stand in the topology.')).toBeVisible();
});

test('a new plan asks before it names targets that are pending in one that runs', async () => {
  const page = await open({ noPlan: true, overlap: OVERLAP });
  await makePlan(page);
  await page.getByLabel('Add target').fill('aws/us-west-2, aws/ca-central-1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toContainText(
    'Take over the pending targets of “Roll back edge-config r418 to r417',
  );
  await page.keyboard.press('Control+Enter');
  expect(stage.plan.made).toEqual([]);
  await choose(page, /^Take over 1 target/);
  await expect(dialog(page)).toContainText(
    'aws/us-west-2 is taken out of that plan and stands in the new one',
  );
  await expect(dialog(page)).toContainText('aws/ca-central-1 has begun there, and stays there as well');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(pane(page)).toContainText('Draft');
  expect(stage.plan.made).toMatchObject([{ takesOver: 'plan-7' }]);
  stage.plan.set((view) => ({
    ...view,
    takesOver: { plan: 'plan-7', title: 'Roll back edge-config r418 to r417' },
  }));
  await expect(pane(page)).toContainText('It took over targets of “Roll back edge-config r418 to r417”.');
  await expect(
    pane(page).getByRole('button', { name: 'Show Roll back edge-config r418 to r417' }),
  ).toBeVisible();
});

test('from a runbook it is asked the same, and may be left', async () => {
  const path = 'traffic/drain-region.md';
  const page = await open({
    noPlan: true,
    overlap: OVERLAP,
    hash: `runbooks?folder=folder-1&path=${encodeURIComponent(path)}&incident=inc-142`,
    documents: { [path]: { meta: [{ name: 'kind', value: 'rollback' }] } },
  });
  await page.getByRole('button', { name: 'Start as rollback plan' }).press('Enter');
  await choose(page, /^Leave them there/);
  await page.keyboard.press('Control+Enter');
  await expect(pane(page)).toContainText('Draft');
  expect(stage.plan.created).toEqual([{ incident: 'inc-142', folder: 'folder-1', path }]);
});

test('a yes to replace one file is no yes to another', async () => {
  const page = await openPlan({ picture: 'draft', exists: true });
  await tabTo(page, pane(page).getByRole('button', { name: 'Save as a runbook' }));
  await page.keyboard.press('Enter');
  const name = dialog(page).getByLabel('File name');
  const replace = dialog(page).getByRole('checkbox', { name: 'Replace the file that is there' });
  await expect(name).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('one.md');
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toContainText('one.md is there already.');
  await tabTo(page, replace);
  await page.keyboard.press('Space');
  await expect(replace).toBeChecked();
  await tabTo(page, name);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('two.md');
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toContainText('two.md is there already.');
  await expect(replace).not.toBeChecked();
  expect(stage.plan.saved.map((one) => one.replace)).toEqual([false, false]);
});

test('a change that changes nothing is not kept: bake, gate, pace', async () => {
  const page = await openPlan({ picture: 'running' });
  await walkTo(page, pane(page).getByRole('button', { name: /^wave 2/ }), 'ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('Change wave 2');
  await dialog(page).getByLabel('Reason').fill('the night is long');
  for (const what of ['Bake', 'Gate', 'Pace']) {
    await dialog(page).getByRole('radio', { name: what, exact: true }).check();
    await expect(dialog(page)).toContainText('nothing is different yet');
  }
  await dialog(page).getByRole('radio', { name: 'Bake', exact: true }).check();
  await dialog(page).getByLabel('Bake, minutes').fill('15');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => stage.plan.acts)
    .toEqual([{ do: 'set-bake', wave: 'wave 2', bakeMs: 900_000, reason: 'the night is long' }]);
});

test('the number of targets at once is not made up where the plan has none', async () => {
  const page = await openPlan({ picture: 'running' });
  stage.plan.set((view) => ({ ...view, pace: { ...view.pace, atOnce: null } }));
  await walkTo(page, pane(page).getByRole('button', { name: /^wave 2/ }), 'ArrowDown');
  await page.keyboard.press('Enter');
  await choose(page, /^Pace/);
  await expect(dialog(page).getByLabel('At once')).toHaveValue('');
  await dialog(page).getByLabel('Minutes apart').fill('5');
  await expect(dialog(page)).not.toContainText('This loosens');
  await dialog(page).getByLabel('At once').fill('0');
  await expect(dialog(page)).toContainText('1 or more at once, or nothing for no limit');
  await dialog(page).getByLabel('At once').fill('');
  await dialog(page).getByLabel('Reason').fill('the database asks for it');
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toMatchObject({ do: 'set-pace', atOnce: null, apartMs: 300_000 });
});

test('the pace is set back to no limit, and the question says that this loosens', async () => {
  const page = await openPlan({ picture: 'running' });
  stage.plan.set((view) => ({ ...view, pace: { atOnce: 2, apartMs: 120_000 } }));
  await walkTo(page, pane(page).getByRole('button', { name: /^wave 2/ }), 'ArrowDown');
  await page.keyboard.press('Enter');
  await choose(page, /^Pace/);
  await expect(dialog(page)).toContainText('Left empty: no limit.');
  await expect(dialog(page)).not.toContainText('This loosens');
  await dialog(page).getByLabel('At once').fill('');
  await expect(dialog(page)).toContainText('This loosens the plan. The entry says so: it is an override.');
  await page.keyboard.press('Control+Enter');
  expect(stage.plan.acts).toEqual([]);
  await dialog(page).getByLabel('Reason').fill('four people have joined');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(last)
    .toEqual({ do: 'set-pace', atOnce: null, apartMs: 120_000, reason: 'four people have joined' });
});

test('a held key answers one question: the one that opens in its place is not answered with it', async () => {
  const page = await openPlan({ picture: 'running' });
  await page.locator('[data-cell="t:aws/sa-east-1 0"]').focus();
  await page.keyboard.press('x');
  await expect(dialog(page).getByLabel('Type aws/sa-east-1')).toBeFocused();
  stage.plan.refuse([
    { rule: '5', code: 'worse-than-plan-baseline', text: 'It is worse than at the start.' },
  ]);
  await page.keyboard.type('aws/sa-east-1');
  await page.keyboard.down('Control');
  await page.keyboard.down('Enter');
  const sure = page.getByRole('dialog', { name: 'Tick all steps of aws/sa-east-1 done all the same?' });
  await expect(sure).toBeVisible();
  for (let i = 0; i < 3; i++) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.keyboard.up('Control');
  await expect(sure).toBeVisible();
  expect(stage.plan.acts).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect.poll(last).toMatchObject({ do: 'finish-target', sure: true });
});

test('a plan is saved as a runbook; a file that is there is replaced only when a person says so', async () => {
  const page = await openPlan({ picture: 'draft', exists: true, theme: 'red' });
  await tabTo(page, pane(page).getByRole('button', { name: 'Save as a runbook' }));
  await page.keyboard.press('Enter');
  const name = dialog(page).getByLabel('File name');
  await expect(name).toBeFocused();
  await expect(name).toHaveValue('roll-back-edge-config-r418-to-r417-drain-us-east-1.md');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('../edge.md');
  await expect(dialog(page).getByRole('button', { name: /^Save/ })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('edge.md');
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toContainText('edge.md is there already.');
  await tabTo(page, dialog(page).getByRole('checkbox', { name: 'Replace the file that is there' }));
  await page.keyboard.press('Space');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toHaveCount(0);
  await expect(pane(page)).toContainText('Saved as edge.md.');
  expect(stage.plan.saved.map((one) => [one.folder, one.name, one.replace])).toEqual([
    ['folder-1', 'edge.md', false],
    ['folder-1', 'edge.md', true],
  ]);
});

for (const [picture, theme] of [
  ['open', 'day'],
  ['running', 'red'],
  ['draft', 'night'],
] as const)
  test(`no accessibility finding with own steps: ${picture}, ${theme}`, async () => {
    const page = await openPlan({ picture, theme, own: true, width: 1100, height: 720 });
    expect(await axe(page)).toEqual([]);
    expect(
      await page.evaluate(
        () =>
          document.querySelector('.plan .pl-b')!.scrollWidth -
          document.querySelector('.plan .pl-b')!.clientWidth,
      ),
    ).toBeLessThanOrEqual(0);
  });

test('large type in the smallest window: nothing stands beyond its right edge, no phase under the clocks', async () => {
  const page = await openPlan({ picture: 'open', own: true, type: 'large', width: 1100, height: 720 });
  const right = (selector: string) =>
    page
      .locator(selector)
      .evaluateAll((nodes) => Math.max(...nodes.map((n) => n.getBoundingClientRect().right)));
  for (const selector of ['.bar > *', '.clocks > *', 'main.room', '.ih-r', '.plan .pl-h > *'])
    expect(await right(selector), selector).toBeLessThanOrEqual(1101);
  const edge = await page.locator('.ih-r').evaluate((node) => node.getBoundingClientRect().left);
  expect(await right('.phases li')).toBeLessThanOrEqual(edge);
});
