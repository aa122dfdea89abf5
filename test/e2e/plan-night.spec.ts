// A plan of 5 waves over 40 targets through the window, by keyboard, while an outage is replayed on loopback: AWS's page trips the
// breaker once, a probe of ours trips it once. Afterwards the documents, the command line and the journal's chain say the same.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import type { PlanView } from '../../shared/contract/plan.ts';
import { axe, expect, inElectron, keys, shot, test } from './harness/fixtures.ts';
import { type Night, startNight, TARGETS, WAVES } from './harness/night.ts';
import {
  acceptPreflight,
  ask,
  call,
  cellInHand,
  confirm,
  declare,
  draft,
  finishTarget,
  goTo,
  keysToPlan,
  pane,
  panel,
  setTheWatch,
  startWave,
  tabTo,
  viewOf,
  type Where,
  whereIs,
} from './harness/night-keys.ts';

const root = join(import.meta.dirname, '..', '..');
const [CANARY, FIRST, SECOND, THIRD, REST] = WAVES as unknown as [
  (typeof WAVES)[number],
  (typeof WAVES)[number],
  (typeof WAVES)[number],
  (typeof WAVES)[number],
  (typeof WAVES)[number],
];
/** The page of a provider is asked every 15 s and must say so twice; a probe is read once a minute. */
const POLLS = { timeout: 75_000 };

test.describe.configure({ timeout: 600_000 });

const bulkhead = async (...args: readonly string[]): Promise<{ code: number; out: string }> => {
  const cli = join(root, 'dist', 'main', 'cli.js');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { maxBuffer: 20_000_000 });
    return { code: 0, out: stdout };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    return { code: failed.code ?? -1, out: `${failed.stdout}${failed.stderr}` };
  }
};

const wave = (view: PlanView, name: string) => view.waves.find((one) => one.name === name)!;
const waveState = (page: Page, at: Where, name: string) => async () =>
  wave(await viewOf(page, at), name).state;
const breakerState = (page: Page, at: Where) => async () => (await viewOf(page, at)).breaker.state;

/** Milliseconds from each press to the frame that shows its answer. */
async function timed(page: Page, names: readonly string[]): Promise<number[]> {
  await page.evaluate(() => {
    const at = window as unknown as { took: number[] };
    at.took = [];
    const listen = (event: KeyboardEvent): void => {
      const from = event.timeStamp;
      requestAnimationFrame(() => setTimeout(() => at.took.push(performance.now() - from)));
    };
    window.addEventListener('keydown', listen, { capture: true });
  });
  for (const name of names) {
    const before = await page.evaluate(() => (window as unknown as { took: number[] }).took.length);
    await page.keyboard.press(name);
    await page.waitForFunction((n) => (window as unknown as { took: number[] }).took.length > n, before);
  }
  return page.evaluate(() => (window as unknown as { took: number[] }).took);
}

/** No finding, whatever the theme: a state is looked at in all three, at the smallest window. */
async function looksWell(page: Page, name: string): Promise<void> {
  // The real Electron's window has the size that it was opened with.
  if (!inElectron) await page.setViewportSize({ width: 1100, height: 720 });
  for (const theme of ['red', 'day', 'night']) {
    await page.keyboard.press('Control+Shift+L');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    // Colours pass over into the new theme: what is asked is what stays.
    await page.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          .filter((one) => one.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
          .map((one) => one.finished.catch(() => undefined)),
      ).then(() => undefined),
    );
    expect(await axe(page), `${name}, ${theme}`).toEqual([]);
    await shot(page, `plan-night-${name}-${theme}-1100`);
    // Nothing is wider than the window or the pane, and the panel at the bottom is in view whole.
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      `${name}, ${theme}`,
    ).toBeLessThanOrEqual(0);
    const outside = await page.evaluate(() => {
      const box = document.querySelector('.plan')?.getBoundingClientRect();
      return [...document.querySelectorAll<HTMLElement>('.plan .btn, .plan .pl-s, [data-breaker]')]
        .filter((node) => {
          const at = node.getBoundingClientRect();
          if (box === undefined) return false;
          // What stands in the list scrolls down with it; nothing scrolls sideways.
          const below = node.closest('.pl-b') === null && at.bottom > box.bottom + 0.5;
          return below || at.right > box.right + 0.5;
        })
        .map((node) => node.textContent);
    });
    expect(outside, `${name}, ${theme}`).toEqual([]);
    expect(
      await pane(page)
        .locator('.pl-b')
        .evaluate((node) => node.scrollWidth - node.clientWidth),
    ).toBeLessThanOrEqual(0);
  }
  if (!inElectron) await page.setViewportSize({ width: 1440, height: 900 });
  await shot(page, `plan-night-${name}`);
}

async function openBoth(night: Night, page: Page): Promise<Where> {
  await setTheWatch(page, night.folder);
  // A baseline needs words: every probe and the page have been heard before the plan is made.
  await expect
    .poll(async () => {
      const { probes } = await call<{ probes: { state: string }[] }>(page, 'health.probes', {});
      return probes.filter((one) => one.state === 'operational').length;
    })
    .toBe(TARGETS.length);
  await declare(page, 'Checkout fails after 4.18.0');
  await draft(page, /Roll back checkout-api/);
  await acceptPreflight(page, 'looked at with the team of payments');
  return whereIs(page);
}

test('5 waves, 40 targets, an outage that trips the breaker twice, and what is written of it', async ({
  page,
  profile,
}) => {
  const night = await startNight({ bake: '6s', stale: '3m' });
  const at = await openBoth(night, page);

  await startWave(page, CANARY.name);
  await expect(pane(page)).toContainText('Running');

  // Canary: the first target step by step, the second at once.
  const [canary = '', other = ''] = CANARY.targets;
  await goTo(page, canary, 1);
  await page.keyboard.press('x');
  await expect(pane(page).getByRole('button', { name: `Freeze deployments, ${canary}: Done` })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('s');
  await expect(pane(page).getByRole('button', { name: `Roll back, ${canary}: Doing` })).toBeFocused();
  await page.keyboard.press('x');
  await expect(pane(page).getByRole('button', { name: `Roll back, ${canary}: Done` })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('x');
  await expect(
    pane(page).getByRole('button', { name: `Verify the first hundred checkouts, ${canary}: Done` }),
  ).toBeFocused();
  await finishTarget(page, other);
  await expect(pane(page).getByRole('progressbar', { name: 'Bake, canary' })).toBeVisible();
  expect(await axe(page)).toEqual([]);
  // The wave folds while somebody writes: the words stay words, and no key of theirs acts on the plan.
  await page.keyboard.press('n');
  await page.keyboard.type('canary looks well, ');
  await expect(pane(page)).toContainText('by itself');
  await expect.poll(waveState(page, at, 'canary')).toBe('passed');
  await page.keyboard.type('waves go on');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('feed')).toContainText('canary looks well, waves go on');

  // Wave 1: two of four are done when AWS's page says that DynamoDB is out in one of them.
  const [tripped = '', second = '', tried = '', last = ''] = FIRST.targets;
  await startWave(page, FIRST.name);
  await finishTarget(page, tripped);
  await finishTarget(page, second);
  night.replay('outage');

  // While nobody says anything yet: forty rows by keyboard.
  await goTo(page, tripped, 0);
  await page.keyboard.press('End');
  expect(await cellInHand(page)).toBe(`t:${tripped} 4`);
  await page.keyboard.press('Home');
  expect(await cellInHand(page)).toBe(`t:${tripped} 0`);
  await page.keyboard.press('PageDown');
  expect(await cellInHand(page)).toBe(`w:${SECOND.name} 0`);
  await page.keyboard.press('Control+End');
  expect(await cellInHand(page)).toBe(`t:${REST.targets.at(-1)} 0`);
  await page.keyboard.press('PageUp');
  expect(await cellInHand(page)).toBe(`w:${REST.name} 0`);
  await page.keyboard.press('Control+Home');
  expect(await cellInHand(page)).toBe(`w:${CANARY.name} 0`);
  const took = await timed(page, [
    ...Array.from({ length: 20 }, () => 'ArrowDown'),
    ...Array.from({ length: 10 }, () => 'ArrowUp'),
    ...['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Control+End', 'Control+Home', 'PageDown', 'PageUp'],
  ]);
  const sorted = [...took].sort((x, y) => x - y);
  const nine = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  const said = `median ${sorted[sorted.length >> 1]?.toFixed(0)} ms, nine of ten within ${nine.toFixed(0)} ms, slowest ${sorted.at(-1)?.toFixed(0)} ms`;
  test.info().annotations.push({ type: 'keys at 40 targets', description: said });
  expect(nine, said).toBeLessThan(100);

  await expect(panel(page)).toContainText('Breaker open, eu-west-1', POLLS);
  const evidence = (await viewOf(page, at)).breaker;
  expect(evidence.tripped).toMatchObject({ target: tripped, evidence: { source: 'feed:aws-page' } });
  expect(evidence.untouched).toMatchObject({ worse: 1, of: 36 });
  await expect(panel(page)).toContainText('dynamodb major outage');
  await expect(panel(page)).toContainText('baseline operational');
  await expect(panel(page)).toContainText('1 of 36');
  await expect(pane(page)).toContainText('Held by breaker, eu-west-1');
  await expect(page.locator('[role=alert]', { hasText: `Breaker open, ${tripped}` })).toHaveCount(1);
  await looksWell(page, 'open');
  // What is pending may not start, and the refusal names the breaker.
  await goTo(page, last, 2);
  await page.keyboard.press('s');
  await expect(pane(page).getByRole('alert').filter({ hasText: 'Not done.' })).toContainText('breaker');

  // H goes to the breaker, H again asks; one target is tried alone.
  await page.keyboard.press('h');
  await expect(panel(page)).toBeFocused();
  await page.keyboard.press('h');
  await expect(ask(page)).toContainText('The breaker is open');
  await page.keyboard.press('Space');
  await expect(ask(page).getByRole('radio', { name: /Try one/ })).toBeChecked();
  const onTarget = ask(page).getByRole('combobox');
  await tabTo(page, onTarget);
  await page.keyboard.type(tried);
  await expect(onTarget).toHaveValue(tried);
  await tabTo(page, ask(page).getByRole('textbox'));
  await page.keyboard.type('Google does not run on DynamoDB');
  await confirm(page);
  await expect(panel(page)).toContainText('Half-open, trying one: europe-west1');
  await looksWell(page, 'half-open');
  night.replay('recovered');
  await finishTarget(page, tried);
  await expect.poll(breakerState(page, at), POLLS).toBe('closed');
  await expect(panel(page)).toHaveCount(0);
  await finishTarget(page, last);
  await expect.poll(waveState(page, at, FIRST.name), POLLS).toBe('passed');
  expect(wave(await viewOf(page, at), FIRST.name).gate.passedBy).toBeNull();

  // Wave 2: one of its targets begins to fail after it was rolled back.
  const [bad = ''] = SECOND.targets;
  const left = SECOND.targets.at(-1) ?? '';
  await startWave(page, SECOND.name);
  await finishTarget(page, bad);
  night.failing.add(bad);
  for (const target of SECOND.targets.slice(1, -1)) await finishTarget(page, target);
  await looksWell(page, 'running');
  await expect(panel(page)).toContainText('Breaker open, eu-west-2', POLLS);
  const probe = (await viewOf(page, at)).breaker.tripped!;
  expect(probe).toMatchObject({ target: bad, evidence: { limit: '> 5%', baseline: '0 %' } });
  expect(probe.evidence.tries).toBeGreaterThanOrEqual(5);
  await expect(panel(page)).toContainText(`${probe.evidence.tries} tries`);

  // Accepted: not ours. Its gate is a person's from now on.
  await keysToPlan(page);
  await page.keyboard.press('h');
  await expect(panel(page)).toBeFocused();
  await page.keyboard.press('h');
  await expect(ask(page)).toContainText('The breaker is open');
  await page.keyboard.press('ArrowUp');
  await expect(ask(page).getByRole('radio', { name: /Accept/ })).toBeChecked();
  await tabTo(page, ask(page).getByRole('textbox'));
  await page.keyboard.type('the carrier in London says so');
  await confirm(page);
  await expect.poll(breakerState(page, at)).toBe('closed');
  night.failing.delete(bad);
  await finishTarget(page, left);
  await expect(panel(page)).toContainText('Gate of wave 2 waits');
  await expect(panel(page)).toContainText('accepted');
  await looksWell(page, 'gate-waits');
  await keysToPlan(page);
  await page.keyboard.press('g');
  await expect(ask(page)).toContainText('wave 2');
  await page.keyboard.type('London is degraded by its carrier, orders go through');
  await confirm(page);
  await expect.poll(waveState(page, at, SECOND.name)).toBe('passed');

  // Wave 3: one target is taken back and tried again.
  const [back = ''] = THIRD.targets;
  await startWave(page, THIRD.name);
  await finishTarget(page, back);
  await page.keyboard.press('v');
  await expect(ask(page)).toContainText(`Revert ${back}`);
  await page.keyboard.type('orders were doubled');
  await confirm(page);
  await expect(panel(page)).toContainText('Reverting eu-south-1 to 4.18.0');
  await looksWell(page, 'reverting');
  await goTo(page, back, 1);
  await page.keyboard.press('x');
  await expect.poll(async () => targetState(await viewOf(page, at), back)).toBe('reverted');
  await goTo(page, back, 0);
  await page.keyboard.press('r');
  await expect(ask(page)).toContainText(back);
  await confirm(page);
  for (const target of THIRD.targets) await finishTarget(page, target);
  await expect.poll(waveState(page, at, THIRD.name), POLLS).toBe('passed');

  // The rest, one of it left as it is; its gate is by a person.
  const skipped = REST.targets.at(-1) ?? '';
  await startWave(page, REST.name);
  for (const target of REST.targets.slice(0, -1)) await finishTarget(page, target);
  await goTo(page, skipped, 0);
  await page.keyboard.press('Shift+K');
  await page.keyboard.type('closed down tomorrow');
  await confirm(page);
  await expect(panel(page)).toContainText('Gate of the rest waits');
  await keysToPlan(page);
  await page.keyboard.press('g');
  await page.keyboard.type('all well');
  await confirm(page);

  await tabTo(page, pane(page).getByRole('button', { name: 'Complete plan' }));
  await page.keyboard.press('Enter');
  await expect(ask(page).getByRole('listitem')).toHaveCount(TARGETS.length);
  await confirm(page);
  await expect(pane(page)).toContainText('Completed');
  const list = pane(page).getByRole('region', { name: 'What stands where' });
  await expect(list.getByRole('listitem')).toHaveCount(TARGETS.length);
  await expect(list).toContainText(`${back} on 4.17.3`);
  await expect(list).toContainText(`${skipped} skipped, still on 4.18.0`);
  await looksWell(page, 'completed');

  await written(page, profile, at, { tripped, bad, skipped });
  await night.close();
});

test('looked at again and closed; aborted with what stands where; names of any length', async ({ page }) => {
  const night = await startNight({ bake: '10m', stale: '3m', long: true });
  const at = await openBoth(night, page);
  const long = night.targets[0] ?? '';
  const half = night.targets[1] ?? '';
  await startWave(page, CANARY.name);
  await finishTarget(page, long);
  night.failing.add(long);
  await expect(panel(page)).toContainText('Breaker open', POLLS);
  await looksWell(page, 'long-names-open');
  night.failing.delete(long);
  // What a probe says is of its last minute: a look that begins before it is clean sees the old failures.
  await expect
    .poll(async () => {
      const target = (await viewOf(page, at)).targets.find((one) => one.id === long);
      return target?.reading.find((one) => one.source.startsWith('probe:'))?.text;
    }, POLLS)
    .toContain('errors 0 %');

  // The default of the three: nothing is worked, the target is heard for a while without a failure, then it closes.
  await keysToPlan(page);
  await page.keyboard.press('h');
  await expect(panel(page)).toBeFocused();
  await page.keyboard.press('h');
  await page.keyboard.press('ArrowDown');
  await expect(ask(page).getByRole('radio', { name: /Look again/ })).toBeChecked();
  await tabTo(page, ask(page).getByRole('textbox'));
  await page.keyboard.type('the cell was restarted');
  await confirm(page);
  await expect(panel(page)).toContainText('Half-open, looking again at');
  await expect(page.getByRole('progressbar', { name: `Look, ${long}` })).toBeVisible();
  await expect.poll(breakerState(page, at), POLLS).toBe('closed');

  // Half-done when it is aborted: said by name, before and after.
  await goTo(page, half, 2);
  await page.keyboard.press('s');
  await expect(pane(page).getByRole('button', { name: `Roll back, ${half}: Doing` })).toBeFocused();
  await page.keyboard.press('Shift+A');
  await expect(ask(page).getByRole('listitem').filter({ hasText: half })).toContainText('half-done');
  await page.keyboard.type('another way is taken');
  await confirm(page);
  await expect(pane(page)).toContainText('Aborted');
  const list = pane(page).getByRole('region', { name: 'What stands where' });
  await expect(list.getByRole('listitem').filter({ hasText: half })).toContainText('half-done, being worked');
  await looksWell(page, 'aborted');
  await night.close();
});

const targetState = (view: PlanView, id: string) => view.targets.find((one) => one.id === id)?.state;

/** The documents and the command line, over the same profile while the window is open. */
async function written(
  page: Page,
  profile: string,
  at: Where,
  { tripped, bad, skipped }: { tripped: string; bad: string; skipped: string },
): Promise<void> {
  const view = await viewOf(page, at);
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { level: 1, name: 'Export' })).toBeVisible();
  const paths = { md: join(profile, 'night.md'), json: join(profile, 'night.json') };
  for (const [format, name] of [
    ['md', /Markdown/],
    ['json', /JSON/],
  ] as const) {
    const radio = page.getByRole('radio', { name });
    if (!(await radio.isChecked())) {
      await tabTo(page, page.locator('input[type=radio]:checked').first());
      for (let i = 0; i < 6 && !(await radio.isChecked()); i++) await page.keyboard.press('ArrowDown');
    }
    await expect(radio).toBeChecked();
    await tabTo(page, page.getByLabel('Path of the file'));
    await keys(page, 'Control+a');
    await page.keyboard.type(paths[format]);
    await page.keyboard.press('Control+Enter');
    await expect(page.locator('.ex-r')).toContainText(`Written to ${paths[format]}`);
  }
  const document = await readFile(paths.md, 'utf8');
  const section = document.slice(document.indexOf('## Response and rollback'));
  for (const { name } of WAVES)
    expect(section).toMatch(new RegExp(`\\| ${name} \\| passed \\|.*\\d+\\ss of 6\\ss watched, full`));
  expect(section).toMatch(new RegExp(`\\| ${tripped} \\| .*dynamodb major outage.* \\| opened it, cleared`));
  expect(section).toMatch(
    new RegExp(
      `\\| ${bad} \\| .*errors [\\d.]+\\s%, limit \\\\?> 5%, baseline 0\\s%.* \\| opened it, accepted`,
    ),
  );
  expect(section).toContain(`| ${skipped} | skipped |`);
  for (const target of TARGETS) expect(section).toContain(`| ${target} |`);
  const exported = JSON.parse(await readFile(paths.json, 'utf8')) as { entries: { kind: string }[] };
  const kinds = exported.entries.map((one) => one.kind);
  expect(kinds.filter((kind) => kind === 'breaker-opened')).toHaveLength(2);
  expect(kinds.filter((kind) => kind === 'trip-accepted')).toHaveLength(1);
  expect(kinds.filter((kind) => kind === 'gate-passed')).toHaveLength(5);

  const shown = await bulkhead('plan', 'show', at.label, '--json', '--profile', profile);
  expect(shown.code, shown.out).toBe(0);
  const { plans } = JSON.parse(shown.out) as { plans: PlanView[] };
  expect(plans).toHaveLength(1);
  const said = plans[0]!;
  const facts = (one: PlanView) => ({
    state: one.state,
    list: one.list,
    breaker: one.breaker.state,
    trips: one.breaker.trips.map(({ target, status, opened, evidence }) => [
      target,
      status,
      opened,
      evidence.value,
    ]),
    waves: one.waves.map(({ name, state, gate, bake }) => [
      name,
      state,
      gate.passedAt,
      bake.endedBy,
      bake.gaps,
    ]),
  });
  expect(facts(said)).toEqual(facts(view));
  const verified = await bulkhead('incident', 'verify', paths.json);
  expect(verified.code, verified.out).toBe(0);
  expect(await cellInHand(page)).toBeNull();
}
