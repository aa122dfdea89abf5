// What stands beside the cells, driven by keyboard over a stand-in for main: cascade, our services, map, overrides, changes, the past.
import { axe } from './harness/axe.ts';
import { quiet } from './harness-ui/board-data.ts';
import { expect, test } from './harness-ui/board-open.ts';
import { knownBoard, manyOpen, manyProbes, noServices, notify } from './harness-ui/board-ours.ts';

const last = (page: import('@playwright/test').Page, name: string) =>
  page.evaluate((n) => window.harness.calls.findLast((c) => c.name === n)?.input, name);

test('the cascade says what was first, how far it went, and C opens the whole list', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  const strip = page.getByRole('region', { name: 'Cascade' });
  await expect(strip).toContainText('First dynamodb us-east-1 07:48:20Z');
  await expect(strip).toContainText('3 regions, 9 services in 20\u00a0min.');
  await expect(strip).toContainText('Still spreading');
  await expect(strip.locator('svg path.fol')).toHaveCount(4);
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Cascade, in the order of failing' });
  const rows = dialog.locator('tbody tr');
  await expect(rows).toHaveCount(9);
  await expect(rows.first()).toContainText('dynamodb');
  await expect(rows.first()).toContainText('Ours that need it: session-store, identity');
  await expect(rows.nth(1)).toContainText('the provider: lambda uses dynamodb');
  await expect(rows.last()).toContainText('followed, no cause known');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('B gives the keys to our services; a service opens, what if it goes is asked, single points are listed', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  await page.keyboard.press('b');
  await expect(page.getByRole('contentinfo')).toContainText('Keys: Our services');
  await expect(page.getByRole('button', { name: 'session-store' })).toBeFocused();
  const row = page.locator('.svt.ours tbody tr').first();
  await expect(row).toContainText('Outage');
  await expect(row).toContainText('SPOF');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'identity' });
  await expect(dialog).toContainText('Payments team');
  await expect(dialog).toContainText('aws/us-east-1/dynamodb');
  await dialog.getByRole('button', { name: 'What if' }).click();
  const what = page.getByRole('dialog', { name: 'What if' });
  await expect(what).toContainText('payments-core');
  expect(await last(page, 'ours.whatIf')).toEqual({ loss: { kind: 'ours', service: 'identity' } });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Single points' }).click();
  const points = page.getByRole('dialog', { name: 'What everything hangs on' });
  await expect(points).toContainText('aws/us-east-1/dynamodb');
  await points.getByRole('radio', { name: 'Control planes' }).click();
  await expect(points).toContainText('IAM control plane, lives in aws/us-east-1');
  await page.keyboard.press('Escape');
});

test('without a topology B says how to add a pack, and the cell stands below by itself', async ({
  openBoard,
}) => {
  const { page } = await openBoard({ data: { board: quiet() }, answers: { 'ours.services': noServices() } });
  await expect(page.getByRole('radio', { name: 'Cell' })).toBeChecked();
  await page.keyboard.press('b');
  await expect(
    page.getByText('A pack folder with a topology.yaml names them', { exact: false }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Add a pack folder' }).click();
  await expect(page.getByRole('heading', { name: /Packs/ })).toBeVisible();
});

test('M puts the map in the place of the matrix; its list moves by arrows and Enter opens the place', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  await page.keyboard.press('m');
  await expect(page.getByRole('grid')).toHaveCount(0);
  await expect(page.getByRole('img', { name: /^World map\. Outage: us-east-1/ })).toBeVisible();
  const list = page.getByRole('list', { name: 'Places on the map' });
  await expect(list.getByRole('button').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.insp')).toContainText('AWS');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'dynamodb', exact: true })).toBeVisible();
  await page.keyboard.press('m');
  await expect(page.getByRole('grid')).toBeVisible();
});

test('an override asks for a state, a reason and how long; its cell has a name for it, the inspector says who, and it is ended', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  const cell = page.getByRole('gridcell', { name: /sa-east-1: .*overridden by Priya Raman/ }).first();
  await cell.click();
  await expect(cell).toHaveClass(/c-ovr/);
  await expect(page.locator('.insp')).toContainText(
    'Override by Priya Raman, 1\u00a0h 47\u00a0min left; sources say Degraded',
  );
  await page.keyboard.press('Shift+O');
  const dialog = page.getByRole('dialog', { name: 'Override AWS sa-east-1' });
  await expect(dialog).toContainText('Gates and the breaker read what is under it');
  await expect(dialog).toContainText('Takes the place of the one by Priya Raman');
  await dialog.getByLabel('Shown instead').selectOption('major-outage');
  await expect(dialog).toContainText('it holds gates');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText('say why');
  await dialog.getByLabel('Hours, at most 12').fill('13');
  await dialog.getByLabel('Reason').fill('Seen from the office');
  await expect(dialog).toContainText('between 0.25 and 12 hours');
  await dialog.getByLabel('Hours, at most 12').fill('3');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  expect(await last(page, 'health.override')).toEqual({
    provider: 'aws',
    region: 'sa-east-1',
    service: null,
    state: 'major-outage',
    mode: 'locked',
    hours: 3,
    reason: 'Seen from the office',
  });
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Overrides here' }).getByRole('button', { name: 'End it' }).click();
  expect(await last(page, 'health.endOverride')).toMatchObject({ override: 'ovr-1' });
});

test('changes stand by closeness, and a typed one is echoed before it is kept', async ({ openBoard }) => {
  const { page } = await openBoard();
  await page.getByRole('radio', { name: 'Changes' }).click();
  const list = page.getByRole('list', { name: 'Changes' });
  await expect(list.getByRole('listitem').first()).toContainText(
    'checkout-api 4.18.0 to eu-west-1, 4 min before',
  );
  await expect(page.getByText('changes.jsonl:7')).toBeVisible();
  await page.getByRole('button', { name: 'Type a change' }).click();
  const dialog = page.getByRole('dialog', { name: 'A change, as it happened' });
  await dialog.getByLabel('What was changed').fill('identity');
  await dialog.getByLabel('Where', { exact: false }).fill('aws/us-east-1, nowhere');
  await dialog.getByLabel('When, UTC').fill('07:40');
  await expect(dialog).toContainText('07:40Z');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('nowhere is not a place');
  await dialog.getByLabel('Where', { exact: false }).fill('aws/us-east-1');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  expect(await last(page, 'changes.add')).toMatchObject({
    at: '2026-10-20T07:40:00.000Z',
    service: 'identity',
    places: ['aws/us-east-1'],
    by: 'Marta Lindqvist',
  });
});

test('H shows the past with the word PAST, says when nobody watched, and Esc is back to now', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  await page.keyboard.press('h');
  const slider = page.getByRole('slider', { name: 'Time shown' });
  await expect(slider).toBeFocused();
  // The word stands where the glance line was and at the slider; what is broken now is never out of sight.
  await expect(page.getByText('PAST', { exact: true })).toHaveCount(2);
  const glance = page.getByRole('region', { name: 'At a glance, then' });
  await expect(glance).toContainText('Nothing broken');
  await expect(glance).toContainText('3 regions we run on');
  await expect(page.getByRole('region', { name: 'Signals' })).toContainText('No signal until');
  await expect(page.getByRole('region', { name: 'Cascade' })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /^Own probes/ })).toBeVisible();
  await expect(page.getByText('Feeds are known as they are now')).toBeVisible();
  await expect(page.locator('.c-outage')).toHaveCount(0);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(page.getByText(/^Nobody watched from .* to 06:00Z\./)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(slider).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'At a glance', exact: true })).toBeVisible();
  // The same key leads there and back.
  await page.keyboard.press('h');
  await expect(slider).toBeFocused();
  await page.keyboard.press('h');
  await expect(slider).toHaveCount(0);
  await expect(page.locator('.c-outage').first()).toBeVisible();
});

test('what is open stands above the page until a named person has it', async ({ openBoard }) => {
  const { page } = await openBoard({ answers: { 'notify.get': notify() } });
  const line = page.getByRole('region', { name: 'Open, nobody has it yet' });
  await expect(line).toContainText('us-east-1 out, eu-west-1 degraded');
  await page.keyboard.press('Control+m');
  expect(await last(page, 'notify.snooze')).toEqual({ minutes: 10 });
  await line.getByRole('button', { name: 'I have it' }).click();
  expect(await last(page, 'notify.acknowledge')).toEqual({ item: 'n1' });
  await page.evaluate(
    (next) => window.harness.emit('notify.changed', { ...next, rev: 2, open: [] }),
    notify(),
  );
  await expect(line).toHaveCount(0);
});

test('probes of a cell say their rates and draw why', async ({ openBoard }) => {
  const { page } = await openBoard();
  await page.getByRole('gridcell', { name: /^Own probes, us-east-1/ }).dblclick();
  const here = page.getByRole('region', { name: 'Probes here' });
  await expect(here).toContainText('503 Service Unavailable, 41 in a row');
  await expect(here).toContainText('15 min: 68.3 % errors');
  await here.getByRole('button', { name: 'Chart' }).click();
  await expect(here.getByRole('img', { name: 'Last tries of checkout: 60 tries, 30 failed' })).toBeVisible();
});

test('packs say what is wrong with file, line and column; a region is picked from the catalogue', async ({
  openBoard,
}) => {
  const { page } = await openBoard({ hash: '#start' });
  await expect(page.getByText('topology.yaml, line 14, column 9')).toBeVisible();
  // Nothing typed: said at the field, until something is.
  const field = page.getByLabel('Pack folder on this disk');
  await page.getByRole('button', { name: 'Use pack' }).click();
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription('Write the path of the pack folder first.');
  await expect(
    page.getByRole('alert').filter({ hasText: 'Write the path of the pack folder' }),
  ).toBeVisible();
  await field.fill('/home/marta/ops/other');
  await expect(page.getByText('Write the path of the pack folder first.')).toHaveCount(0);
  await page.keyboard.press('Enter');
  expect(await last(page, 'packs.add')).toEqual({ path: '/home/marta/ops/other' });
  const options = page.locator('datalist option');
  expect(await options.evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value))).toContain(
    'azure/westeurope',
  );
  await page.getByLabel('Any region gets worse').click();
  expect(await last(page, 'notify.set')).toEqual({ anyWorse: true });
});

test('E lists the open events, the longest open first; one is marked known and taken back by keyboard', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  await page.getByRole('grid').locator('[aria-selected=true]').focus();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Open events, AWS' });
  await expect(dialog).toContainText('3 open, 1 known, the longest open first');
  const first = dialog.getByRole('button', { name: 'Take it back: Increased Error Rates and Latencies' });
  await expect(first).toBeFocused();
  const row = dialog.getByRole('listitem').first();
  await expect(row).toContainText('279 services: ec2, s3, lambda, rds, dynamodb and 274 more');
  await expect(row).toContainText('Known until it changes, Priya Raman');
  await page.keyboard.press('Enter');
  expect(await last(page, 'health.unmarkKnown')).toEqual({
    feed: 'aws',
    event: 'arn:aws:health:me-south-1::event/EC2/1',
  });
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  expect(await last(page, 'health.markKnown')).toMatchObject({
    event: 'arn:aws:health:us-east-1::event/DYNAMODB/2',
  });
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid').locator('[aria-selected=true]')).toBeFocused();
});

test('a known event without a name asks for the name first', async ({ openBoard }) => {
  const { page } = await openBoard();
  await page.evaluate(() => {
    window.harness.answers['health.markKnown'] = () => {
      throw Object.assign(new Error('A known event stands under a name. Say yours first.'), {
        code: 'no-name',
      });
    };
  });
  await page.getByRole('grid').locator('[aria-selected=true]').focus();
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Known until it changes: Lambda' }).click();
  await expect(page.getByRole('dialog').last()).toContainText('name');
});

test('known trouble stands under Elsewhere with its shape and no weight, and is named there', async ({
  openBoard,
}) => {
  const { page } = await openBoard({ data: { board: knownBoard() } });
  const cell = page.getByRole('gridcell', { name: /^AWS, elsewhere: .*1 region with known trouble/ });
  await expect(cell).toBeVisible();
  await expect(cell).not.toHaveClass(/e-outage/);
  const known = page.getByRole('gridcell', { name: /^AWS, eu-west-1: Outage, known/ });
  await expect(known).toHaveClass(/c-known/);
  await known.click();
  await expect(page.locator('.insp')).toContainText('Known until it changes');
});

test('changes stand on the axis of the cascade and in its list, the nearest before the first signal marked', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  const axis = page.getByRole('list', { name: 'Changes on this axis' });
  await expect(axis.getByRole('listitem')).toHaveCount(2);
  await expect(axis.getByRole('listitem').first()).toContainText(
    'checkout-api 4.18.0 to eu-west-1, 4 min before the first signal',
  );
  await expect(axis.getByRole('listitem').first()).toHaveClass(/near1/);
  await page.keyboard.press('c');
  const list = page
    .getByRole('dialog', { name: 'Cascade, in the order of failing' })
    .getByRole('list', { name: 'Changed before the first signal, the nearest first' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list.getByRole('listitem').first()).toContainText('4 min before');
});

test('an answer that takes longer than the list is asked for is shown all the same', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  await page.evaluate(() => {
    const { answers } = window.harness;
    const soon = answers['health.probes'];
    answers['health.probes'] = (input) =>
      new Promise((resolve) => setTimeout(() => resolve(soon?.(input)), 4500));
  });
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: 'Probes' });
  await expect(dialog.locator('[data-row]').first()).toBeVisible({ timeout: 30_000 });
});

test('P lists five hundred probes: found, walked by keys, and the chart says by which method one is unusual', async ({
  openBoard,
}) => {
  const { page } = await openBoard({ answers: { 'health.probes': { probes: manyProbes(500) } } });
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: 'Probes' });
  const find = dialog.getByRole('textbox', { name: /^Find by name/ });
  await expect(find).toBeFocused();
  await expect(dialog).toContainText('84 of 500 not well');
  // Only what is seen exists.
  expect(await dialog.getByRole('listitem').count()).toBeLessThan(60);
  await page.keyboard.press('ArrowDown');
  await expect(dialog.locator('[data-row]').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(dialog.locator('[data-row]:focus')).toContainText('probe-499');
  await expect(dialog.getByRole('region', { name: 'Probe probe-499' })).toBeVisible();
  await page.keyboard.press('Home');
  await expect(dialog.locator('[data-row]:focus')).toContainText('probe-000');
  await expect(dialog.getByRole('region', { name: 'Probe probe-000' })).toContainText(
    'modified z-score (Iglewicz and Hoaglin 1993); baseline of 120 tries',
  );
  await expect(
    dialog.getByRole('img', { name: /^Last tries of probe-000: 60 tries, 30 failed/ }),
  ).toBeVisible();
  await find.fill('gcp probe-33');
  await expect(dialog.getByRole('listitem')).toHaveCount(5);
  await dialog.getByRole('radio', { name: 'Not well' }).click();
  await expect(dialog).toContainText('No probe is like that.');
  await find.fill('');
  expect(await axe(page)).toEqual([]);
});

test('a hundred open notifications are one list; each is had by name, all at once, and silence is chosen', async ({
  openBoard,
}) => {
  const { page } = await openBoard({ answers: { 'notify.get': manyOpen() } });
  const line = page.getByRole('region', { name: 'Open, nobody has it yet' });
  // The time beside the newest text is the newest one's.
  await expect(line).toContainText('07:56:20Z');
  await expect(line).toContainText('142 more');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('notifications');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Notifications' });
  await expect(dialog).toContainText('143 open, nobody has them yet');
  const rows = dialog.getByRole('list', { name: 'Open, oldest first' }).getByRole('listitem');
  await expect(rows).toHaveCount(100);
  await expect(rows.first().getByRole('button')).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  expect(await last(page, 'notify.acknowledge')).toEqual({ item: 'n1' });
  // It goes away with the focus on it: the row in its place has the focus, after the last one the dialog; the keys go on.
  const told = (change: object) =>
    page.evaluate(([was, now]) => window.harness.emit('notify.changed', { ...was, ...now }), [
      manyOpen(),
      change,
    ] as const);
  await told({ rev: 2, total: 142, open: manyOpen().open.filter((one) => one.id !== 'n1') });
  await expect(rows).toHaveCount(99);
  await expect(rows.nth(1)).toContainText('Provider 2:');
  await expect(rows.nth(1).getByRole('button')).toBeFocused();
  // A held key is one press: the row that came into its place is not had with it.
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  const had = () => page.evaluate(() => window.harness.calls.filter((c) => c.name === 'notify.acknowledge'));
  expect((await had()).map((c) => c.input)).toEqual([{ item: 'n1' }, { item: 'n2' }]);
  await told({ rev: 3, total: 0, open: [] });
  await expect(rows).toHaveCount(0);
  expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') instanceof Element)).toBe(
    true,
  );
  await told({ rev: 4 });
  await expect(rows).toHaveCount(100);
  // Silence and settings are a key away, however long the list is.
  await dialog.getByRole('radio', { name: 'Open' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: 'Silence and settings' })).toBeFocused();
  await dialog.getByRole('button', { name: '30 min' }).focus();
  await page.keyboard.press('Enter');
  expect(await last(page, 'notify.snooze')).toEqual({ minutes: 30 });
  await dialog.getByLabel(/^Sound, again every 5 minutes/).click();
  expect(await last(page, 'notify.set')).toEqual({ sound: false });
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('radio', { name: 'Who had what' }).click();
  await expect(dialog).toContainText('Priya Raman has it, 06:12:00Z');
  await dialog.getByRole('radio', { name: 'Open' }).click();
  await dialog.getByRole('button', { name: 'I have all' }).click();
  expect(await last(page, 'notify.acknowledge')).toEqual({ item: null });
  expect(await axe(page)).toEqual([]);
});

test('uptime over a day, a week and a month by arrows, with the time nobody watched', async ({
  openBoard,
}) => {
  const { page } = await openBoard();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('uptime');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Uptime, from our own record' });
  await expect(dialog.getByRole('row').nth(1)).toContainText('98.32');
  await expect(dialog.getByRole('row').nth(2)).toContainText('nobody watched');
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: '7 d' })).toBeChecked();
  expect(await last(page, 'health.uptime')).toEqual({ hours: 168 });
  await page.keyboard.press('ArrowRight');
  expect(await last(page, 'health.uptime')).toEqual({ hours: 720 });
  expect(await axe(page)).toEqual([]);
});
