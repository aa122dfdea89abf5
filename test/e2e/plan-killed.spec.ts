// Killed in the middle of a bake and opened again after its end: the time that nobody watched is hatched and said, the gate has not
// passed; it passes by itself when the rest has been watched. A real process with its window, ended by SIGKILL.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PlanView } from '../../shared/contract/plan.ts';
import { axe, expect, inElectron, openApplication, shot, test } from './harness/fixtures.ts';
import { startNight } from './harness/night.ts';
import { pane, viewOf, type Where } from './harness/night-keys.ts';

const root = join(import.meta.dirname, '..', '..');
const BAKE_MS = 30_000;
/** A probe is read once a minute: no less may count as silence. */
const STALE_MS = 75_000;

test.describe.configure({ timeout: 400_000 });
test.skip(inElectron, 'the process that is killed is the one with the Chromium host');

interface Told extends Where {
  readonly bake: PlanView['waves'][number]['bake'];
}

/** The command line beside the window; anything but success throws. */
const bulkhead = async (...args: readonly string[]): Promise<string> => {
  const cli = join(root, 'dist', 'main', 'cli.js');
  return (await promisify(execFile)(process.execPath, [cli, ...args], { maxBuffer: 20_000_000 })).stdout;
};

async function untilBaking(profile: string, pack: string): Promise<{ told: Told; kill(): Promise<void> }> {
  const script = join(import.meta.dirname, 'harness', 'killed-app.ts');
  const child = spawn(process.execPath, [script, profile, pack], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told = await new Promise<Told>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(JSON.parse(text) as Told);
    });
    child.once('exit', (code) => reject(new Error(`ended early with ${code}: ${text}`)));
  });
  return {
    told,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('killed in a bake, opened after its end: the gap is on the bar, and its gate has not passed', async ({
  profile,
}) => {
  const night = await startNight({ bake: `${BAKE_MS / 1000}s`, stale: `${STALE_MS / 1000}s` });
  const { told, kill } = await untilBaking(profile, night.folder);
  expect(told.bake.endedAt).toBeNull();
  expect(told.bake.gaps).toEqual([]);
  const planned = Date.parse(told.bake.endsAt ?? '');
  await kill();
  const killed = Date.now();
  expect(planned).toBeGreaterThan(killed);

  // Nobody watches; another process shows it and decides nothing.
  const stdout = await bulkhead('plan', 'show', told.label, '--json', '--profile', profile);
  expect((JSON.parse(stdout) as { plans: PlanView[] }).plans[0]?.waves[0]?.state).toBe('baking');

  // After its planned end, and longer than a silence that still counts as watched.
  const reopen = Math.max(planned, killed + STALE_MS) + 3000;
  await expect.poll(() => Date.now(), { timeout: STALE_MS + BAKE_MS }).toBeGreaterThan(reopen);
  const again = await openApplication({ profile });
  const { page } = again;
  await page.waitForSelector('main');
  await page.keyboard.press('Control+2');
  const bar = pane(page).getByRole('progressbar', { name: 'Bake, canary' });
  await expect(bar).toBeVisible();

  // In the window: the hatched part, its cause in words, and a gate that is not passed.
  await expect(bar.locator('i.gap')).toHaveCount(1);
  await expect(pane(page)).toContainText(/Not watched .* to .*: Bulkhead was closed\. Added to the end\./);
  const view = await viewOf(page, told);
  const canary = view.waves[0]!;
  expect(canary.state).toBe('baking');
  expect(canary.gate).toMatchObject({ state: 'closed', passedAt: null });
  expect(canary.gate.conditions[0]).toMatchObject({ code: 'bake-not-full', met: false });
  expect(canary.bake.watchedMs).toBeLessThan(BAKE_MS);
  const [gap] = canary.bake.gaps;
  expect(canary.bake.gaps).toHaveLength(1);
  expect(gap?.cause).toBe('closed');
  expect(Date.parse(gap?.from ?? '')).toBeLessThanOrEqual(killed);
  expect(Date.parse(gap?.to ?? '')).toBeGreaterThan(planned);
  const share = await bar
    .locator('i.gap')
    .evaluate((node) => node.getBoundingClientRect().width / (node.parentElement?.clientWidth ?? 1));
  expect(share).toBeGreaterThan(0.4);
  expect(await axe(page)).toEqual([]);
  await shot(page, 'plan-killed-gap');

  // The rest is watched, and only then does the gate pass by itself.
  await expect
    .poll(async () => (await viewOf(page, told)).waves[0]?.state, { timeout: 60_000 })
    .toBe('passed');
  const after = (await viewOf(page, told)).waves[0]!;
  expect(after.gate.passedBy).toBeNull();
  const length = Date.parse(after.bake.endedAt ?? '') - Date.parse(after.bake.startedAt ?? '');
  const lost = Date.parse(gap?.to ?? '') - Date.parse(gap?.from ?? '');
  expect(length - lost).toBeGreaterThanOrEqual(BAKE_MS - 1000);
  await expect(pane(page)).toContainText('by itself');

  // And in the entries: one gap with its cause, and after it one pass by the machine.
  const file = join(profile, 'killed.json');
  await bulkhead('incident', 'export', told.label, '--format', 'json', '--out', file, '--profile', profile);
  const { entries } = JSON.parse(await readFile(file, 'utf8')) as {
    entries: { kind: string; body: string }[];
  };
  const decided = entries.filter((one) => ['bake-gap', 'bake-ended', 'gate-passed'].includes(one.kind));
  expect(decided.map((one) => one.kind)).toEqual(['bake-gap', 'bake-ended', 'gate-passed']);
  expect(JSON.stringify(decided[0]?.body)).toContain('closed');
  await bulkhead('incident', 'verify', file);
  await again.close();
  await night.close();
});
