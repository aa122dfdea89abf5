// The board in the built window, over a stand-in for main: what is read, what the keys do, what a declaration sends.
import { bare, offline, outage, quiet } from './harness-ui/board-data.ts';
import { expect, incidentData, test } from './harness-ui/open.ts';

test('the matrix is one tab stop; arrows move, the inspector says the cell, Enter opens its services', async ({
  open,
}) => {
  const { page } = await open();
  const grid = page.getByRole('grid', { name: 'Provider by region health' });
  await expect(grid.locator('[tabindex="0"]')).toHaveCount(1);
  // Until somebody chooses, the worst cell is looked at.
  await expect(grid.locator('[aria-selected=true]')).toHaveAccessibleName(
    'AWS, us-east-1: Outage, 9 services',
  );
  await grid.locator('[aria-selected=true]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(grid.locator('[aria-selected=true]')).toBeFocused();
  const inspector = page.locator('.insp');
  await expect(inspector).toContainText('AWS us-west-2');
  await expect(inspector).toContainText('Degraded');
  await expect(inspector).toContainText('since 08:03:30Z');
  await page.keyboard.press('ArrowDown');
  await expect(inspector).toContainText('Nothing reported');
  await expect(inspector).toContainText('lists only trouble');
  await page.keyboard.press('End');
  await expect(inspector).toContainText('Google Cloud, elsewhere');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const service = page.getByRole('button', { name: 'dynamodb', exact: true });
  await expect(service).toBeFocused();
  await page.keyboard.press('Enter');
  const evidence = page.getByRole('list', { name: 'Evidence for dynamodb' });
  await expect(evidence).toContainText('We can confirm increased error rates');
  await expect(evidence).toContainText('Own probes');
  await page.keyboard.press('j');
  await expect(page.getByRole('button', { name: 'ec2', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(grid.locator('[aria-selected=true]')).toBeFocused();
});

test('the raw source is shown as text and never as markup', async ({ open }) => {
  const { page } = await open();
  await page.getByRole('button', { name: 'dynamodb', exact: true }).click();
  await page.getByRole('button', { name: 'Raw source' }).first().click();
  await expect(page.getByRole('region', { name: 'Raw source, AWS' })).toContainText(
    '<script>alert(1)</script>',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the eight states of a feed differ in word and in shape', async ({ open }) => {
  const board = outage();
  const all = [
    'not-heard',
    'fresh',
    'late',
    'stale',
    'unreachable',
    'unparseable',
    'offline',
    'paused',
  ] as const;
  const feeds = all.map((state, i) => ({ ...board.feeds[0]!, id: `f${i}`, name: `Feed ${i}`, state }));
  const { page } = await open({ data: { board: { ...board, feeds } } });
  const rows = page.locator('.fd-r');
  await expect(rows).toHaveCount(all.length);
  const words = await rows.locator('.s').allInnerTexts();
  const shapes = await rows.locator('.s use').evaluateAll((uses) => uses.map((u) => u.getAttribute('href')));
  expect(new Set(words).size).toBe(all.length);
  expect(new Set(shapes).size).toBe(all.length);
  // Every shape that is used is drawn somewhere.
  for (const shape of shapes) await expect(page.locator(`symbol${shape}`)).toHaveCount(1);
});

test('stale bad news stays bad, stale good news is unknown, and no internet is said without a modal', async ({
  open,
}) => {
  const { page } = await open({ data: { board: offline() } });
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('gridcell', { name: /^AWS, us-east-1: Outage, stale since/ })).toHaveClass(
    /c-sbad/,
  );
  await expect(grid.getByRole('gridcell', { name: /^AWS, ca-central-1: Unknown, offline/ })).toHaveClass(
    /c-unknown/,
  );
  await expect(page.getByRole('contentinfo')).toContainText('No internet since 08:08:40Z');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(grid.locator('.c-ok, .c-nr')).toHaveCount(0);
});

test('quiet: no trouble heard is said with what is not heard, and signals say since when', async ({
  open,
}) => {
  const { page } = await open({ data: { board: quiet() } });
  await expect(page.getByRole('region', { name: 'At a glance' })).toContainText('No trouble heard');
  await expect(page.getByText('No signals since 06:00:12Z, when the watch was set.')).toBeVisible();
  await expect(page.getByText('Azure is not heard.', { exact: false })).toBeVisible();
});

test('nothing watched: the board says so and leads to the first-run page', async ({ open }) => {
  const { page } = await open({ data: { board: bare() } });
  await page.getByRole('button', { name: 'Set the watch' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Set the watch' })).toBeVisible();
});

test('a list never moves under the pointer: what arrives is counted above it', async ({ open }) => {
  const { page } = await open();
  const list = page.getByRole('list', { name: 'Signals, newest first' });
  const first = list.locator('.sg-r').first();
  await first.hover();
  const before = await first.innerText();
  await page.evaluate(() => {
    const { signals } = window.harness.board;
    const one = { ...signals.latest[0]!, id: 'new-1', text: 'sts us-east-1: Outage', count: 1 };
    window.harness.changeBoard({
      signals: { ...signals, total: signals.total + 1, latest: [one, ...signals.latest] },
    });
  });
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  expect(await first.innerText()).toBe(before);
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(first).toContainText('sts us-east-1');
});

test('an older event of the board is dropped, a gap is fetched again', async ({ open }) => {
  const { page } = await open();
  const lead = page.locator('.gl-m').first();
  const set = (rev: number, text: string) =>
    page.evaluate(
      ([r, t]) => {
        const { board } = window.harness;
        const next = {
          ...board,
          rev: r,
          glance: { ...board.glance, broken: { ...board.glance.broken, lead: t } },
        };
        if (r > 2) window.harness.board = next;
        window.harness.emit('health.changed', { rev: r, board: next });
      },
      [rev, text] as const,
    );
  await set(1, 'an old word');
  await expect(lead).toContainText('3 regions we run on');
  await set(2, 'the next word');
  await expect(lead).toContainText('the next word');
  const calls = () =>
    page.evaluate(() => window.harness.calls.filter((c) => c.name === 'health.board').length);
  const asked = await calls();
  await set(9, 'after a gap');
  await expect(lead).toContainText('after a gap');
  expect(await calls()).toBe(asked + 1);
});

test('declare: D, one line, Ctrl Enter; impact is offered and never filled in', async ({ open }) => {
  const { page } = await open();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Declare an incident' });
  await expect(dialog.getByLabel('What is wrong, in one line')).toBeFocused();
  await expect(dialog.getByText('say what is wrong')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.type('Checkout and sign-in failing');
  await expect(dialog).toContainText('Not set. The clock reads since declared.');
  await expect(dialog.getByRole('button', { name: 'Started 07:48:20Z' })).toBeVisible();
  await expect(dialog).toContainText('AWS dynamodb us-east-1, 07:48:20Z');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  const input = await page.evaluate(
    () => window.harness.calls.find((c) => c.name === 'incidents.declare')?.input as Record<string, unknown>,
  );
  expect(input).toMatchObject({
    title: 'Checkout and sign-in failing',
    severity: 'SEV1',
    impactStarted: null,
    commander: true,
  });
  expect(input.signals).toHaveLength(12);
  await expect(page).toHaveURL(/#room\?incident=inc-1/);
});

test('declare: signals that arrive while it is open join, until the person has chosen', async ({ open }) => {
  const { page } = await open();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Declare an incident' });
  await page.keyboard.type('Checkout failing');
  await expect(dialog).toContainText('Taken from 12 signals');
  const arrive = (region: string, kind: 'worse' | 'better', minute: number) =>
    page.evaluate(
      ([where, turn, m]) => {
        const { signals } = window.harness.board;
        const [like] = signals.latest.filter((one) => one.kind === 'worse');
        window.harness.changeBoard({
          signals: {
            ...signals,
            latest: [
              {
                ...like!,
                id: `late-${where}-${turn}`,
                at: `2026-10-20T09:${m}:00.000Z`,
                text: `${where} late: Outage`,
                region: String(where),
                regions: [],
                services: [],
                kind: turn as 'worse',
                to: turn === 'worse' ? 'major-outage' : 'operational',
              },
              ...signals.latest,
            ],
          },
        });
      },
      [region, kind, minute] as const,
    );
  await arrive('sa-east-1', 'worse', 10);
  await arrive('ca-west-1', 'worse', 11);
  const told = dialog.getByRole('status').filter({ hasText: 'since this was opened' });
  await expect(told).toHaveText('2 more signals since this was opened');
  await expect(dialog).toContainText('Taken from 14 signals');
  await arrive('ca-west-1', 'better', 12);
  await expect(told).toHaveText('1 more signal since this was opened');
  // A choice of the person stays as it is.
  await dialog.getByRole('checkbox', { name: /sa-east-1/ }).uncheck();
  await arrive('af-south-1', 'worse', 13);
  await expect(page.locator('.sg-r', { hasText: 'af-south-1 late' })).toHaveCount(1);
  await expect(dialog).toContainText('Taken from 12 signals');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  const input = await page.evaluate(
    () => window.harness.calls.find((c) => c.name === 'incidents.declare')?.input as { signals: string[] },
  );
  expect(input.signals.filter((id) => id.startsWith('late-'))).toEqual([]);
});

test('declare takes the marked signals only, without what is unticked, and the time a person gives', async ({
  open,
}) => {
  const { page } = await open();
  const row = (text: string) => page.locator('.sg-r', { hasText: text });
  await row('sqs us-east-1').focus();
  await page.keyboard.press(' ');
  await row('lambda us-west-2').focus();
  await page.keyboard.press(' ');
  await expect(page.getByText('2 signals marked for D')).toBeVisible();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Taken from 2 signals');
  await dialog.getByRole('checkbox', { name: /us-west-2/ }).uncheck();
  await dialog.getByLabel('What is wrong, in one line').fill('Queues out');
  await dialog.getByRole('radio', { name: /^SEV2/ }).check();
  await dialog.getByRole('button', { name: 'Other time' }).click();
  await page.keyboard.type('09:40Z');
  await expect(dialog).toContainText('cannot lie in the future');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('When the impact started').fill('-12m');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  const input = await page.evaluate(
    () => window.harness.calls.find((c) => c.name === 'incidents.declare')?.input as { signals: string[] },
  );
  expect(input).toMatchObject({ title: 'Queues out', severity: 'SEV2', impactStarted: { typed: '-12m' } });
  expect(input.signals).toHaveLength(1);
});

test('a refused declaration stays open and says why', async ({ open }) => {
  const { page } = await open();
  await page.evaluate(() => {
    window.harness.answers['incidents.declare'] = () => {
      throw Object.assign(
        new Error('The journal cannot be written: disk full. Free some space and try again.'),
        {
          code: 'journal-read-only',
        },
      );
    };
  });
  await page.keyboard.press('d');
  await page.keyboard.type('Anything');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('disk full');
  await expect(page.getByLabel('What is wrong, in one line')).toHaveValue('Anything');
});

test('a feed says why it is not heard, and can be asked, paused and looked into', async ({ open }) => {
  const { page } = await open();
  await page.keyboard.press('f');
  await expect(page.getByRole('contentinfo')).toContainText('Keys: Feeds');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Fastly' });
  await expect(dialog).toContainText('is not found. Check the address');
  await dialog.getByRole('button', { name: 'Ask now' }).click();
  await expect(dialog.locator('.dec-h')).toContainText('Fresh');
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await expect(dialog).toContainText('Its cells are unknown, not healthy.');
  await expect(dialog.getByRole('button', { name: 'Ask now' })).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('button', { name: 'Remove feed' }).click();
  await expect(dialog).toContainText('is no longer asked');
  await dialog.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.locator('.fd-r', { hasText: 'Fastly' })).toHaveCount(0);
});

test('a feed is added by its address, after it was shown', async ({ open }) => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Add a feed' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a feed' });
  const address = dialog.getByLabel('Address of a status page or feed');
  await address.fill('status.example.net');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('https://');
  await address.fill('https://status.refused.example');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('refused the connection on port 443');
  await address.fill('https://status.example.net');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Delays in the example queue');
  const added = () => page.evaluate(() => window.harness.calls.some((c) => c.name === 'health.addFeed'));
  expect(await added()).toBe(false);
  await dialog.getByLabel('Name on the board').fill('Example');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  expect(await added()).toBe(true);
  await expect(page.locator('.fd-r', { hasText: 'Example' })).toBeVisible();
});

test('elsewhere opens as a list, a region of it as a cell, and "We run here" is kept', async ({ open }) => {
  const { page } = await open();
  await page.getByRole('grid').locator('[aria-selected=true]').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'me-south-1' }).click();
  await page.getByRole('button', { name: 'We run here' }).click();
  const input = await page.evaluate(
    () => window.harness.calls.findLast((c) => c.name === 'app.setSettings')?.input as { regions: string[] },
  );
  expect(input.regions).toContain('aws/me-south-1');
});

test('with an incident open the board leads to its room', async ({ open }) => {
  const { page } = await open({ data: { incidents: [incidentData()] } });
  await page.getByRole('button', { name: 'Open room' }).click();
  await expect(page).toHaveURL(new RegExp(`#room\\?incident=${incidentData().id}`));
});
