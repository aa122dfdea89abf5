// The window around every page: keys, panes, palette, themes, what stays said, and that axe finds nothing.
import { axe } from './harness/axe.ts';
import { appData, NOW } from './harness-ui/app-data.ts';
import { bare, long, offline, quiet } from './harness-ui/board-data.ts';
import { expect, incidentData, type OpenOptions, test } from './harness-ui/open.ts';

test('pages by Ctrl and digit, by the bar, and by the address after a reload', async ({ open }) => {
  const { page } = await open();
  await page.keyboard.press('Control+3');
  const nav = page.getByRole('navigation', { name: 'Main' });
  await expect(nav.getByRole('link', { name: 'Runbooks' })).toHaveAttribute('aria-current', 'page');
  await page.reload();
  await expect(nav.getByRole('link', { name: 'Runbooks' })).toHaveAttribute('aria-current', 'page');
  await nav.getByRole('link', { name: 'Board' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
  // Nothing stands in the bar that is not there.
  await expect(nav.getByRole('link')).toHaveText([/Board/, /Room/, /Runbooks/, /Reports/]);
});

test('F6 gives the keys to the next pane, with a line along its top and its name in the status line', async ({
  open,
}) => {
  const { page } = await open();
  const foot = page.getByRole('contentinfo');
  await expect(foot).toContainText('Keys: Regions');
  const names = ['Services', 'Signals', 'Feeds', 'Regions'];
  for (const name of names) {
    await page.keyboard.press('F6');
    await expect(foot).toContainText(`Keys: ${name}`);
    await expect(page.locator('.has-keys')).toHaveCount(1);
    await expect(page.locator('.has-keys')).toHaveAccessibleName(name);
    expect(await page.evaluate(() => document.activeElement?.closest('.has-keys') !== null)).toBe(true);
  }
  await page.keyboard.press('Shift+F6');
  await expect(foot).toContainText('Keys: Feeds');
});

test('letters do nothing in a text field, Ctrl keys do', async ({ open }) => {
  const { page } = await open({ hash: '#start' });
  const name = page.getByLabel('Your name');
  await name.fill('');
  await name.pressSequentially('d?f');
  await expect(name).toHaveValue('d?f');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible();
});

const SHELF = {
  rev: 1,
  folders: [{ id: 'f1', path: '/books', files: 1, readAt: '2026-10-20T09:00:00.000Z', problem: null }],
  runbooks: [
    {
      folder: 'f1',
      path: 'storm.md',
      title: 'Stop a retry storm',
      owner: 'payments',
      tags: ['sqs'],
      steps: 4,
      bytes: 900,
      changedAt: '2026-10-20T09:00:00.000Z',
      problem: null,
    },
  ],
};

test('the palette finds what exists, runs it, and gives the focus back', async ({ open }) => {
  const { page } = await open({ data: { incidents: [incidentData()] } });
  await page.evaluate((shelf) => {
    window.harness.answers['library.list'] = () => shelf;
  }, SHELF);
  await page.keyboard.press('F6');
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox', { name: 'Search or run a command' });
  await expect(box).toBeFocused();
  await page.keyboard.type('us-west-2 aws');
  await expect(page.getByRole('option').first()).toContainText('AWS us-west-2');
  await page.keyboard.press('Enter');
  await expect(page.locator('.insp')).toContainText('AWS us-west-2');
  await expect(page.getByRole('gridcell', { selected: true })).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('inc-0142');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#room\?incident=/);
  // A region and a runbook are found from any page.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('us-east-1 aws');
  await expect(page.getByRole('option').first()).toContainText('AWS us-east-1');
  await page.keyboard.press('Enter');
  await expect(page.locator('.insp')).toContainText('AWS us-east-1');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('retry storm');
  await expect(page.getByRole('option', { name: 'Runbook: Stop a retry storm' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#runbooks\?folder=f1&path=storm\.md/);
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('qqqq');
  await expect(page.getByText('Nothing matches “qqqq”.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a dialog keeps the focus, makes the page inert, and returns the focus', async ({ open }) => {
  const { page } = await open();
  const button = page.getByRole('button', { name: 'Add a feed' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.shell')).toHaveAttribute('inert', '');
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('? lists the keys that act now', async ({ open }) => {
  const { page } = await open();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog).toContainText('Declare an incident');
  await expect(dialog).toContainText('Move by cell');
  await expect(dialog).not.toContainText('Cascade');
});

test('Ctrl Shift L goes through the themes; type is set on the first-run page', async ({ open }) => {
  const { page } = await open();
  const html = page.locator('html');
  for (const theme of ['red', 'day', 'night']) {
    await page.keyboard.press('Control+Shift+L');
    await expect(html).toHaveAttribute('data-theme', theme);
  }
  await page.goto(`${page.url().split('#')[0]}#start`);
  await page.getByRole('radio', { name: 'Large' }).click();
  await expect(html).toHaveAttribute('data-type', 'large');
});

test('a clock that is off says so beside the time, and no more when it is right', async ({ open }) => {
  const { page } = await open();
  const clocks = page.getByRole('timer', { name: 'Clocks' });
  await expect(clocks).not.toContainText('clock off');
  await page.evaluate(() => window.harness.changeApp({ clockOff: 3 * 3_600_000 }));
  await expect(clocks).toContainText('clock off by 3 h');
  await expect(clocks.locator('.ck-q')).toHaveText('?');
  const box = await clocks.boundingBox();
  expect(box && box.x + box.width).toBeLessThanOrEqual(1440);
  await page.evaluate(() => window.harness.changeApp({ clockOff: null }));
  await expect(clocks).not.toContainText('clock off');
});

test('a journal that cannot be written is the one full-width alarm', async ({ open }) => {
  const { page } = await open();
  await page.evaluate(() =>
    window.harness.changeApp({
      journal: { entries: 3, savedAt: null, writable: false, reason: 'disk full' },
    }),
  );
  await expect(
    page.getByRole('alert').filter({ hasText: 'Cannot write the journal: disk full' }),
  ).toBeVisible();
  await expect(page.getByRole('contentinfo')).toContainText('Read only');
});

test('a notice stays until it is read, the worst first', async ({ open }) => {
  const notices = [
    { id: 'a', level: 'info' as const, text: 'The clock of this machine is 3 s off.', since: NOW },
    { id: 'b', level: 'warning' as const, text: 'The journal of INC-0140 lost its last line.', since: NOW },
  ];
  const { page } = await open({ data: { app: appData({ notices }) } });
  const banner = page.locator('.ban.notice');
  await expect(banner).toContainText('lost its last line');
  await expect(banner).toContainText('1 more');
  await banner.getByRole('button', { name: 'Seen' }).click();
  await expect(banner).toContainText('3 s off');
  await banner.getByRole('button', { name: 'Seen' }).click();
  await expect(banner).toHaveCount(0);
});

test('a replay says so, and the clock is the recording’s at its speed', async ({ open }) => {
  const replay = { name: 'aws-2025-10-20', speed: 60, clock: '2025-10-20T07:11:36.000Z', ended: false };
  const { page } = await open({ data: { app: appData({ replay }) } });
  await expect(page.locator('.ban.replay')).toContainText('Replaying aws-2025-10-20 at 60×');
  await expect(page.getByLabel('Clocks')).toContainText('Recorded');
  const minute = async (): Promise<number> =>
    Date.parse((await page.locator('.ck-u').getAttribute('datetime')) ?? '') / 60_000;
  const first = await minute();
  await expect.poll(minute).toBeGreaterThan(first + 1);
  expect(new Date(first * 60_000).getUTCFullYear()).toBe(2025);
});

test('other pages carry the incident line with every open incident; the board does not repeat it', async ({
  open,
}) => {
  const incidents = [
    incidentData({ id: 'b', label: 'INC-0143', severity: 'SEV3', title: 'Slow search' }),
    incidentData(),
    incidentData({ id: 'c', label: 'INC-0139', phase: 'resolved', title: 'Old' }),
  ];
  const { page } = await open({ data: { incidents }, hash: '#runbooks' });
  const line = page.getByRole('region', { name: 'Incidents' });
  await expect(line).toContainText('INC-0142');
  await expect(line).toContainText('INC-0143');
  await expect(line).not.toContainText('INC-0139');
  await expect(line.getByRole('timer')).toContainText(/^23:\d\d$/);
  await page.keyboard.press('Control+i');
  const dialog = page.getByRole('dialog', { name: 'Incidents' });
  await expect(dialog).toContainText('2 open');
  await expect(dialog).toContainText('Old');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#room\?incident=b/);
  await page.keyboard.press('Control+1');
  await expect(line).toHaveCount(0);
});

test('first run: what is chosen is kept, and the board opens', async ({ open }) => {
  const app = appData({ person: null });
  const { page } = await open({
    data: { app: { ...app, settings: { ...app.settings, firstRunDone: false } } },
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Set the watch' })).toBeVisible();
  await page.getByLabel('Your name').fill('Priya Raman');
  await page.getByRole('checkbox', { name: /^AWS/ }).uncheck();
  await page.getByLabel('Folder on this disk', { exact: true }).fill('/srv/runbooks');
  await page.getByRole('button', { name: 'Use it', exact: true }).click();
  await page.getByLabel('Region, as provider/region').fill('nonsense');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Write it as provider/region')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('grid')).toBeVisible();
  const calls = await page.evaluate(() => window.harness.calls.map((c) => [c.name, JSON.stringify(c.input)]));
  expect(calls).toContainEqual(['app.setPerson', '{"name":"Priya Raman"}']);
  expect(calls).toContainEqual(['health.setFeed', '{"feed":"aws","enabled":false}']);
  expect(calls).toContainEqual(['library.addFolder', '{"path":"/srv/runbooks"}']);
  expect(calls).toContainEqual(['app.setSettings', '{"firstRunDone":true}']);
  await expect(page.getByRole('contentinfo')).toContainText('Priya Raman');
});

test('first run in the small window: what Tab reaches is never under the key that stays', async ({
  open,
}) => {
  const { page } = await open({ hash: '#start', size: { width: 1100, height: 720 } });
  await page.getByLabel('Your name').focus();
  const hidden: string[] = [];
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Tab');
    const under = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return null;
      const box = at.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return at.contains(top) || top?.contains(at) ? null : at.outerHTML.slice(0, 80);
    });
    if (under) hidden.push(under);
  }
  expect(hidden).toEqual([]);
});

test('main that does not answer is said, with a way out', async ({ open }) => {
  const { page } = await open();
  await page.evaluate(() => {
    window.harness.answers['health.board'] = () => {
      throw Object.assign(new Error('The feeds are not open yet. Try again in a moment.'), {
        code: 'not-ready',
      });
    };
    window.harness.board.rev = 5;
    window.harness.emit('health.changed', { rev: 9, board: window.harness.board });
  });
  // The board that was there stays: it is the last word.
  await expect(page.getByRole('grid')).toBeVisible();
});

test('without main the page says so and does not break', async ({ harness }) => {
  const page = await harness.browser.newPage();
  await page.goto(harness.url);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Bulkhead does not answer');
  await expect(page.getByText('Start Bulkhead and use its window.')).toBeVisible();
  await page.close();
});

const looks: Record<string, OpenOptions & { act?: string[] }> = {
  'outage, night': {},
  'outage, compact': { size: { width: 1100, height: 720 } },
  'outage, red': { data: { app: withLook('red', 'normal') } },
  'outage, day': { data: { app: withLook('day', 'normal') } },
  'outage, large type': { data: { app: withLook('night', 'large') } },
  'offline, day': { data: { board: offline(), app: withLook('day', 'normal') } },
  quiet: { data: { board: quiet() } },
  bare: { data: { board: bare() } },
  long: { data: { board: long() } },
  declare: { act: ['d'] },
  'declare, red': { act: ['d'], data: { app: withLook('red', 'normal') } },
  palette: { act: ['Control+k'] },
  keys: { act: ['?'] },
  incidents: { act: ['Control+i'], data: { incidents: [incidentData()] } },
  start: { hash: '#start' },
  'start, day': { hash: '#start', data: { app: withLook('day', 'normal') } },
};
function withLook(theme: 'night' | 'red' | 'day', type: 'normal' | 'large') {
  const app = appData();
  return { ...app, settings: { ...app.settings, theme, type } };
}

for (const [name, { act, ...options }] of Object.entries(looks)) {
  test(`axe finds nothing, nothing is wider than the window, targets are 24 px: ${name}`, async ({
    open,
  }) => {
    const { page } = await open(options);
    await expect(page.locator('html')).toHaveAttribute(
      'data-theme',
      options.data?.app?.settings.theme ?? 'night',
    );
    for (const key of act ?? []) await page.keyboard.press(key);
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button,a[href],select,input:not([type=checkbox],[type=radio])',
        ),
      ]
        .filter((e) => e.offsetParent !== null && !e.closest('[inert]') && !e.classList.contains('skip'))
        .map((e) => ({ e, box: e.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 23.5 || box.width < 23.5)
        .map(({ e, box }) => `${e.className || e.tagName} ${e.innerText} ${box.width}x${box.height}`),
    );
    expect(small).toEqual([]);
  });
}
