// The room's screen over a stand-in for main: keys, states, what is typed and what is written. The journal behind it is tested elsewhere.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import type { Output } from '../../shared/contract/index.ts';
import { ok, type Result } from '../../shared/result.ts';
import { axe } from './harness-ui/axe.ts';
import { openStage, type Stage, type StageOptions } from './harness-ui/room-stage.ts';

let stage: Stage;
const open = async (options: StageOptions = {}): Promise<Page> => {
  stage = await openStage(options);
  await stage.page.waitForSelector('main.room, main.incs');
  return stage.page;
};
test.afterEach(async () => {
  const errors = stage.errors;
  await stage.close();
  expect(errors).toEqual([]);
});

const feed = (page: Page) => page.getByRole('feed');
const entry = (page: Page, text: string) => feed(page).getByRole('article').filter({ hasText: text });
const composer = (page: Page) => page.getByLabel('Entry text');
const wrote = (name: string) =>
  stage.room.written.filter((call) => call.name === name).map((call) => call.input);

test('opens at the newest entry and reads bounded windows of 100,000', async () => {
  const page = await open({ filler: 100_000 });
  await expect(entry(page, 'confirm the storm')).toBeVisible();
  await expect(page.getByText(/of 100.024/)).toBeVisible();
  expect(await feed(page).getByRole('article').count()).toBeLessThan(60);
  const list = page.locator('.tl-list');
  await list.evaluate((node) => {
    node.scrollTop = node.scrollHeight / 2;
  });
  await expect(page.getByText(/line 5\d{4}/).first()).toBeVisible();
  await list.evaluate((node) => {
    node.scrollTop = 0;
  });
  await expect(
    page.getByText('line 1', { exact: true }).or(page.getByText('us-east-1: line 1')).first(),
  ).toBeVisible();
});

test('scrolling 100,000 entries costs less than a frame of the processor', async () => {
  const page = await open({ filler: 100_000 });
  await expect(entry(page, 'confirm the storm')).toBeVisible();
  // Processor time of the page's own thread: a busy machine makes frames late, it does not make them dearer.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async (): Promise<number> =>
    ((await devtools.send('Performance.getMetrics')).metrics.find((m) => m.name === 'TaskDuration')?.value ??
      0) * 1000;
  const before = await spent();
  const FRAMES = 60;
  await page.locator('.tl-list').evaluate(
    (node, frames) =>
      new Promise<void>((done) => {
        let n = 0;
        const step = (): void => {
          node.scrollTop -= 90;
          n += 1;
          if (n < frames) requestAnimationFrame(step);
          else done();
        };
        requestAnimationFrame(step);
      }),
    FRAMES,
  );
  const each = ((await spent()) - before) / FRAMES;
  console.log(`processor time per frame while scrolling 100,000 entries: ${each.toFixed(1)} ms`);
  // One frame is 16.7 ms; twice that leaves room for a cold, shared machine and still fails when rows cost more with length.
  expect(each).toBeLessThan(33);
});

test('N writes, Enter logs, the list follows', async () => {
  const page = await open();
  await page.keyboard.press('n');
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type('Pool is at 470 of 512 now');
  await page.keyboard.press('Enter');
  await expect(entry(page, 'Pool is at 470 of 512 now')).toBeVisible();
  await expect(composer(page)).toHaveValue('');
  expect(wrote('room.log')).toEqual([
    expect.objectContaining({ kind: 'note', text: 'Pool is at 470 of 512 now', occurred: null }),
  ]);
});

test('nothing typed is lost: a refusal keeps the text and says why, another page and a reload keep the draft', async () => {
  const page = await open();
  stage.room.failWrites('The disk is full. Free some space, then log again.');
  await composer(page).fill('/decision Hold wave 2.');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'The disk is full.' })).toBeVisible();
  await expect(composer(page)).toHaveValue('/decision Hold wave 2.');
  await page.keyboard.press('Control+3');
  await page.waitForSelector('main.rb');
  await page.keyboard.press('Control+2');
  await expect(composer(page)).toHaveValue('/decision Hold wave 2.');
  await page.reload();
  await expect(composer(page)).toHaveValue('/decision Hold wave 2.');
  stage.room.failWrites(null);
  await composer(page).press('Enter');
  await expect(entry(page, 'Hold wave 2.').last()).toBeVisible();
  expect(wrote('room.log')).toEqual([expect.objectContaining({ kind: 'decision', text: 'Hold wave 2.' })]);
});

test('a time is echoed before it is kept, refused when it lies ahead, and asked when it could be two', async () => {
  const page = await open();
  await composer(page).fill('Retries began');
  await page.keyboard.press('Control+;');
  const time = page.getByLabel('When it happened, UTC unless a zone is written');
  await time.fill('09:40Z');
  await expect(page.getByText(/ahead/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Log/ })).toHaveAttribute('aria-disabled', 'true');
  await time.fill('-12m');
  await expect(page.getByText(/09:02(?::\d\d)?Z.*12\smin ago/)).toBeVisible();
  await time.fill('05:02');
  const choices = page.getByRole('radiogroup', { name: 'Which time is meant' });
  await expect(choices.getByRole('radio')).toHaveCount(2);
  await expect(choices.locator('[aria-checked=true]')).toHaveCount(0);
  await time.press('Enter');
  expect(wrote('room.log')).toEqual([]);
  await choices.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(composer(page)).toHaveValue('');
  expect(wrote('room.log')).toEqual([
    expect.objectContaining({
      text: 'Retries began',
      occurred: { at: '2026-10-20T09:02:00.000Z', precision: 'minute', typed: '05:02' },
    }),
  ]);
  await expect(entry(page, 'Retries began')).toContainText('rec. 09:14');
});

test('commands: suggestions, facts, actions with owner and due time, an unknown one asks', async () => {
  const page = await open();
  await composer(page).fill('/fa');
  await expect(page.getByRole('option', { name: /\/fact/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(composer(page)).toHaveValue('/fact ');
  await page.keyboard.type('confirmed r418 pins sessions');
  await page.keyboard.press('Enter');
  await expect(composer(page)).toHaveValue('');
  await page.keyboard.type('/action cap retries @Pri');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.type('due 09:30');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Command' })).toContainText('cap retries');
  await page.keyboard.type('/etc/hosts changed');
  await page.keyboard.press('Enter');
  await expect(page.getByText('/etc/hosts is not a command.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(entry(page, '/etc/hosts changed')).toBeVisible();
  expect(wrote('room.log')).toEqual([
    expect.objectContaining({ kind: 'fact', factState: 'confirmed', text: 'r418 pins sessions' }),
    expect.objectContaining({
      kind: 'action',
      text: 'cap retries',
      owner: 'Priya Raman',
      due: '2026-10-20T09:30:00.000Z',
    }),
    expect.objectContaining({ kind: 'note', text: '/etc/hosts changed' }),
  ]);
});

test('one entry by keys: move, pin, amend, versions, retract with a count, erase behind a typed word', async () => {
  const page = await open();
  await expect(entry(page, 'confirm the storm')).toBeVisible();
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(entry(page, 'Who runs the eu-west-1 probe host?')).toBeFocused();
  await page.keyboard.press('.');
  await expect(entry(page, 'Who runs the eu-west-1 probe host?')).toContainText('Pinned');
  await page.keyboard.press('a');
  const ask = page.getByRole('dialog');
  await ask.getByLabel('Text').fill('Who runs the eu-west-1 probe machine?');
  await ask.getByLabel(/Reason/).fill('wording');
  await page.keyboard.press('Control+Enter');
  await expect(ask).toBeHidden();
  const amended = entry(page, 'machine?');
  await expect(amended.locator('del')).toHaveText('host?');
  await expect(amended.locator('ins')).toHaveText('machine?');
  await amended.getByRole('button', { name: '2 versions' }).click();
  await expect(page.getByRole('dialog', { name: 'Versions' })).toContainText('host?');
  await page.keyboard.press('Escape');
  await amended.focus();
  await amended.getByRole('button', { name: 'Retract' }).click();
  await expect(ask.getByRole('button', { name: /Retract entry/ })).toHaveAttribute('aria-disabled', 'true');
  await ask.getByLabel('Reason').fill('asked elsewhere');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('2 retracted entries hidden')).toBeVisible();
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(entry(page, 'asked elsewhere').locator('s')).toBeVisible();
  const note = entry(page, 'Session check from the bastion');
  await note.focus();
  await note.getByRole('button', { name: 'Erase' }).click();
  await ask.getByLabel('Reason').fill('a token was pasted');
  await page.keyboard.press('Control+Enter');
  await expect(ask).toBeVisible();
  await ask.getByLabel('Type erase to confirm').fill('erase');
  await page.keyboard.press('Control+Enter');
  await expect(entry(page, 'Erased. The chain still verifies.')).toBeVisible();
  expect(wrote('room.erase')).toEqual([expect.objectContaining({ reason: 'a token was pasted' })]);
});

test('new entries do not move what is read; they are counted, and End goes there', async () => {
  const page = await open({ filler: 2000 });
  await expect(entry(page, 'confirm the storm')).toBeVisible();
  const list = page.locator('.tl-list');
  await list.evaluate((node) => {
    node.scrollTop = 12_000;
  });
  await expect(page.getByText(/us-east-1: line 4\d\d/).first()).toBeVisible();
  const top = () =>
    list.evaluate((node) => {
      const box = node.getBoundingClientRect();
      const first = [...node.querySelectorAll('article')].find(
        (a) => a.getBoundingClientRect().bottom > box.top + 2,
      );
      return first?.textContent;
    });
  // The list measures what it draws; it has come to rest when it shows the same twice.
  let before = await top();
  await expect
    .poll(async () => {
      const was = before;
      before = await top();
      return before === was;
    })
    .toBe(true);
  stage.room.append({ kind: 'note', lead: 'Note', text: 'a new line', by: 'Jonas Beck' });
  stage.room.append({
    kind: 'note',
    lead: 'Note',
    text: 'a late line',
    by: 'Jonas Beck',
    occurredAt: '2026-10-20T07:40:01.000Z',
  });
  await expect(page.getByRole('button', { name: '2 new' })).toBeVisible();
  expect(await top()).toBe(before);
  await page.keyboard.press('End');
  await expect(entry(page, 'a new line')).toBeVisible();
  await expect(page.getByRole('button', { name: /new$/ })).toBeHidden();
  stage.room.append({ kind: 'note', lead: 'Note', text: 'followed', by: 'Jonas Beck' });
  await expect(entry(page, 'followed')).toBeInViewport();
});

test('over a long span the times of the overview stand on one line, inside the strip', async () => {
  for (const days of [3, 6, 9, 20]) {
    const page = await open({
      extend: ({ room, now }) => ({
        'timeline.overview': (async (input: never) => {
          const told = (await room.handlers['timeline.overview']?.(input)) as Result<
            Output<'timeline.overview'>
          >;
          const from = new Date(Date.parse(now()) - days * 86_400_000).toISOString();
          return told.ok ? ok({ ...told.value, from }) : told;
        }) as never,
      }),
    });
    const labels = page.locator('.ov-ax span');
    await expect(labels.last()).toBeVisible();
    const strip = await page.locator('.ov').boundingBox();
    for (const label of await labels.all()) {
      const box = await label.boundingBox();
      expect(box?.height, `${days} days`).toBeLessThan(24);
      expect(box?.x ?? 0, `${days} days`).toBeGreaterThanOrEqual(strip?.x ?? 0);
      expect((box?.x ?? 0) + (box?.width ?? 0), `${days} days`).toBeLessThanOrEqual(
        (strip?.x ?? 0) + (strip?.width ?? 0),
      );
    }
    if (days !== 20) await stage.close();
  }
});

test('filters, find and the overview lead to a place in the list', async () => {
  const page = await open({ filler: 500 });
  await page.getByRole('button', { name: /^Decisions/ }).click();
  await expect(feed(page).getByRole('article')).toHaveCount(15);
  await page.getByRole('button', { name: /^All \d/ }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('retry storm');
  await expect(page.getByText(/1 to 2 of 2/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/of 524/)).toBeVisible();
  const strip = page.getByRole('slider', { name: /Go to this time/ });
  const box = (await strip.boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.5, box.y + 10);
  await expect(entry(page, 'Session check from the bastion')).toBeInViewport();
});

test('severity, phase with the question of data integrity, roles and command ask first', async () => {
  const page = await open();
  const ask = page.getByRole('dialog');
  await page.keyboard.press('Shift+S');
  await ask.getByRole('radio', { name: /SEV2/ }).check();
  await ask.getByLabel('Reason').fill('only checkout now');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.ih .sev')).toContainText(['SEV2']);
  await expect(ask).toBeHidden();
  await page.keyboard.press('p');
  await ask.getByRole('radio', { name: 'Resolved' }).check();
  await page.keyboard.press('Control+Enter');
  await expect(ask.getByText(/Data integrity is unknown/)).toBeVisible();
  await ask.getByRole('radio', { name: /None compromised/ }).check();
  await ask.getByLabel('On what basis').fill('checksums of all stores match');
  await page.keyboard.press('Control+Enter');
  await expect(ask).toBeHidden();
  await expect(page.getByText('The journal can still be written; P opens the incident again.')).toBeVisible();
  expect(wrote('room.setIntegrity')).toEqual([
    expect.objectContaining({ state: 'none-compromised', basis: 'checksums of all stores match' }),
  ]);
  await page.keyboard.press('p');
  await ask.getByRole('radio', { name: 'Investigating' }).check();
  await ask.getByLabel('Reason').fill('broken again');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.phases .cur')).toContainText('Investigating');
  await expect(ask).toBeHidden();
  await page.keyboard.press('Shift+T');
  await expect(ask).toContainText('I have command');
  await page.keyboard.press('Control+Enter');
  await expect(ask).toBeHidden();
  await page.keyboard.press('Shift+R');
  await ask.getByLabel('Scribe').fill('Kenji Mori');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('complementary', { name: 'Command' })).toContainText('Kenji Mori');
});

test('taking command asks about the locks in the same question: they end, or one key keeps them', async () => {
  const lock = (id: string, service: string) => ({
    id,
    provider: 'aws',
    region: 'us-east-1',
    service,
    state: 'operational' as const,
    mode: 'locked' as const,
    reason: 'moved away from it',
    by: 'Marta Lindqvist',
    at: '2026-10-20T08:30:00.000Z',
    until: '2026-10-20T10:30:00.000Z',
    sources: 'major-outage' as const,
  });
  const page = await open({ locks: [lock('l1', 'dynamodb'), lock('l2', 'sqs')], person: 'Priya Raman' });
  const ask = page.getByRole('dialog');
  await page.keyboard.press('Shift+T');
  await expect(ask.locator('p', { hasText: '2 locks end with this handoff. Keep them?' })).toBeVisible();
  await expect(ask.getByRole('listitem').first()).toHaveText(
    'aws us-east-1 dynamodb shown as healthy by Marta Lindqvist until 10:30Z, the sources say outage',
  );
  expect(await axe(page)).toEqual([]);
  // Who comes back to her own command hands nothing over.
  await ask.getByLabel('Name').fill('Marta Lindqvist');
  await expect(ask.getByText(/with this handoff/)).toHaveCount(0);
  await ask.getByLabel('Name').fill('Priya Raman');
  await expect(ask.getByRole('radio', { name: /Let them end/ })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(ask.getByRole('radio', { name: /Let them end/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(ask.getByRole('radio', { name: /Keep them/ })).toBeChecked();
  await page.keyboard.press('Control+Enter');
  await expect(ask).toBeHidden();
  expect(wrote('room.assignRole')).toEqual([
    expect.objectContaining({
      name: 'Priya Raman',
      locks: [
        { id: 'l1', keep: true },
        { id: 'l2', keep: true },
      ],
    }),
  ]);
  await expect(entry(page, 'Kept 2 locks: aws us-east-1 dynamodb, aws us-east-1 sqs.')).toBeVisible();
});

test('a checklist: start, done, danger typed, two people, skip with a reason, undo', async () => {
  const page = await open({ checklist: true });
  const pane = page.getByRole('complementary', { name: 'Checklist' });
  const ask = page.getByRole('dialog');
  await pane.getByText('Confirm the storm').click();
  await page.keyboard.press('s');
  await expect(pane.getByRole('img', { name: 'Doing' })).toBeVisible();
  await expect(page.locator('.gl-doing')).toContainText('Confirm the storm');
  await page.keyboard.press('x');
  await expect(pane.getByRole('img', { name: 'Done', exact: true })).toBeVisible();
  await expect(pane.locator('.stp.cur')).toContainText('Cap retries');
  await page.keyboard.press('Shift+K');
  await expect(ask.getByText('a reason is asked')).toBeVisible();
  await ask.getByLabel('Reason').fill('cap is 1 already');
  await page.keyboard.press('Control+Enter');
  await expect(pane.locator('.stp.cur')).toContainText('Pause the queue');
  await page.keyboard.press('y');
  await expect(pane.getByRole('status')).toContainText('copy needs ticket');
  await page.keyboard.press('x');
  await expect(ask).toContainText('queuectl pause webhooks-out --region eu-west-1');
  await page.keyboard.press('Control+Enter');
  await expect(ask).toBeVisible();
  await ask.getByLabel('Type eu-west-1 to confirm').fill('eu-west-1');
  await page.keyboard.press('Control+Enter');
  await expect(pane.locator('.stp.cur')).toContainText('Let half through');
  await page.keyboard.press('x');
  await ask.getByLabel('Second person').fill('Marta Lindqvist');
  await expect(ask.getByText('the second person is somebody else')).toBeVisible();
  await ask.getByLabel('Second person').fill('Priya Raman, by phone');
  await page.keyboard.press('Control+Enter');
  await expect(pane).toContainText('4 of 4 steps');
  await page.keyboard.press('Control+z');
  await expect(pane).toContainText('3 of 4 steps');
  expect(wrote('checklist.step').map((input) => (input as { to: string }).to)).toEqual([
    'doing',
    'done',
    'skipped',
    'done',
    'done',
    'undone',
  ]);
});

test('panes take the keys with F6, dialogs keep the focus and give it back', async () => {
  const page = await open({ checklist: true });
  await expect(page.getByText('Keys: Timeline').first()).toBeAttached();
  await page.keyboard.press('F6');
  await expect(page.locator('.foot')).toContainText('Checklist');
  await page.keyboard.press('F6');
  await expect(page.locator('.foot')).toContainText('Command');
  await page.keyboard.press('p');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
  for (let i = 0; i < 12; i++) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('compact: Command becomes a tab, the find field opens when it is used', async () => {
  const page = await open({ width: 1100, height: 720, checklist: true });
  await expect(page.getByRole('complementary', { name: 'Command' })).toBeHidden();
  await page.getByRole('tab', { name: 'Command' }).click();
  await expect(page.getByRole('heading', { name: /Open actions/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('decision');
  await expect(page.getByLabel('Find in entries').last()).toHaveValue('decision');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test('read only: the reason stands beside the key, and the text stays', async () => {
  const page = await open({ readOnly: true });
  await composer(page).fill('still here');
  await page.keyboard.press('Enter');
  await expect(page.locator('.comp')).toContainText('Cannot write the journal: The disk is full.');
  await expect(composer(page)).toHaveValue('still here');
  expect(stage.room.written).toEqual([]);
});

test('no incident: the list says why and declares', async () => {
  const page = await open({ none: true });
  await expect(page.getByRole('heading', { name: 'Incidents' })).toBeVisible();
  await expect(page.getByText('None was declared on this machine yet.')).toBeVisible();
  await page.getByRole('button', { name: /Declare incident/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
});

for (const theme of ['night', 'red', 'day'] as const) {
  test(`axe finds nothing in the room, ${theme}`, async () => {
    const page = await open({ theme, checklist: true });
    await expect(entry(page, 'confirm the storm')).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('p');
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await axe(page)).toEqual([]);
  });
}
