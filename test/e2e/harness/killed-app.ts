// The application with its window in a process of its own, to be killed: takes the night's plan by keyboard into the bake of its first
// wave, says so in one line, and goes on until it is killed. node killed-app.ts PROFILE PACK
import { systemClock } from '../../../electron/time/systemClock.ts';
import { openApplication } from './fixtures.ts';
import { TARGETS, WAVES } from './night.ts';
import {
  acceptPreflight,
  call,
  declare,
  draft,
  finishTarget,
  setTheWatch,
  startWave,
  viewOf,
  whereIs,
} from './night-keys.ts';

const [profile = '', pack = ''] = process.argv.slice(2);
const until = async (what: string, is: () => Promise<boolean>): Promise<void> => {
  const from = systemClock.uptime();
  while (!(await is())) {
    if (systemClock.uptime() - from > 60_000) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const { page } = await openApplication({ profile });
await setTheWatch(page, pack);
await until('the probes', async () => {
  const { probes } = await call<{ probes: { state: string }[] }>(page, 'health.probes', {});
  return probes.filter((one) => one.state === 'operational').length === TARGETS.length;
});
await declare(page, 'Checkout fails after 4.18.0');
await draft(page, /Roll back checkout-api/);
await acceptPreflight(page, 'looked at with the team of payments');
const at = await whereIs(page);
await startWave(page, 'canary');
for (const target of WAVES[0]?.targets ?? []) await finishTarget(page, target);
// In the middle: some of it has been watched, most of it has not.
await until('the middle of the bake', async () => {
  const { bake } = (await viewOf(page, at)).waves[0]!;
  return bake.watchedMs > bake.neededMs / 4;
});
process.stdout.write(`${JSON.stringify({ ...at, bake: (await viewOf(page, at)).waves[0]!.bake })}\n`);
