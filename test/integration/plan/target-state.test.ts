// What a plan says of a target by its probes: well, over a limit, out, and unknown once nobody hears it. Silence is not health.
import { expect, it } from 'vitest';
import { MINUTE, planDesk, running, TARGETS } from './helpers.ts';

it('a probe says how its target is, and says nothing once it is silent', async () => {
  const desk = await planDesk();
  const plan = await running(desk);
  const [well = '', over = '', out = ''] = TARGETS;
  const stateOf = async (target: string) =>
    (await desk.view(plan)).targets.find((one) => one.id === target)?.reading.map((one) => one.state);
  desk.errors = (target) => (target === over ? 12 : target === out ? 95 : 0.5);
  desk.pass(MINUTE);
  expect(await stateOf(well)).toEqual(['operational']);
  expect(await stateOf(over)).toEqual(['degraded']);
  expect(await stateOf(out)).toEqual(['major-outage']);
  desk.errors = () => null;
  desk.pass(4 * MINUTE);
  expect(await stateOf(well)).toEqual(['unknown']);
  // Bad news stays until somebody says otherwise.
  expect(await stateOf(out)).toEqual(['major-outage']);
  expect((await desk.view(plan)).targets[0]?.baseline.map((one) => one.state)).toEqual(['operational']);
});
