// A night in the room: the whole application without a window shows what the rehearsal on the command line answers.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../electron/log/log.ts';
import { createRehearsal } from '../../../electron/plan/rehearsal.ts';
import { rehearseFiles } from '../../../electron/rollback/rehearse.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { must, tempFolder } from '../room/helpers.ts';
import { openApp } from '../watch/open-app.ts';

const PLAN = 'samples/pack/runbooks/checkout-api-rollback.md';
const RELEASE = 'samples/pack/runbooks/checkout-api-release.md';
const nights = 'samples/pack/nights';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function play(night: string, speed: number, plan = PLAN) {
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-rehearsal-'));
  closing.push(() => rmSync(profile, { recursive: true, force: true }));
  const errors: unknown[] = [];
  const { call, stop } = await openApp(profile, {
    log: createLog((line) => {
      if (line.level === 'error') errors.push(line);
    }),
    rehearse: { plan, night, speed },
  });
  closing.push(stop);
  return { call, errors };
}

describe('a rehearsal in the room', () => {
  it('of a release is watched without an incident, and ends as the command line says', async () => {
    const night = join(nights, 'release-is-stopped.jsonl');
    const { end } = await must(
      Promise.resolve(rehearseFiles(readFileSync(RELEASE, 'utf8'), readFileSync(night, 'utf8'))),
    );
    expect(end).toMatchObject({ plan: 'aborted', breaker: 'open' });
    const { call, errors } = await play(night, 6000, RELEASE);
    const { incidents } = await call('incidents.list', {});
    expect(incidents).toMatchObject([{ mode: 'release', label: 'REL-0001' }]);
    await expect
      .poll(async () => (await call('app.snapshot', {})).replay?.ended, { timeout: 50_000, interval: 300 })
      .toBe(true);
    const { plan } = await call('plan.get', { incident: incidents[0]!.id, plan: 'rehearsal' });
    expect(plan).toMatchObject({ state: end.plan, breaker: { state: end.breaker } });
    expect(plan.targets.map((one) => [one.id, one.state])).toEqual(
      Object.entries(end.targets).map(([id, one]) => [id, one.state]),
    );
    expect(errors).toEqual([]);
  });

  it.each(['breaker-opens-in-a-bake.jsonl', 'laptop-asleep.jsonl'])(
    'ends as the command line says: %s',
    async (file) => {
      const night = join(nights, file);
      const { end } = await must(
        Promise.resolve(rehearseFiles(readFileSync(PLAN, 'utf8'), readFileSync(night, 'utf8'))),
      );
      const { call, errors } = await play(night, 6000);
      const { incidents } = await call('incidents.list', {});
      expect(incidents).toHaveLength(1);
      const incident = incidents[0]!.id;
      const get = async () => (await call('plan.get', { incident, plan: 'rehearsal' })).plan;
      await expect
        .poll(async () => (await call('app.snapshot', {})).replay?.ended, { timeout: 50_000, interval: 300 })
        .toBe(true);
      const view = await get();
      expect(view.state).toBe(end.plan);
      expect(view.breaker.state).toBe(end.breaker);
      expect(Object.fromEntries(view.waves.map((one) => [one.name, one.state]))).toEqual(
        Object.fromEntries(Object.entries(end.waves).map(([name, one]) => [name, one.state])),
      );
      expect(Object.fromEntries(view.targets.map((one) => [one.id, one.state]))).toEqual(
        Object.fromEntries(Object.entries(end.targets).map(([id, one]) => [id, one.state])),
      );
      expect(view.holds.map((one) => one.code)).toEqual(end.holds.map((one) => one.code));
      for (const wave of view.waves) {
        const { bake } = end.waves[wave.name]!;
        expect(Math.floor(wave.bake.watchedMs / 1000)).toBe(bake.watched);
        expect(wave.bake.gaps.map((one) => one.cause)).toEqual(bake.gaps.map((one) => one.cause));
      }
      // A line of a step names it, as on a live night.
      const { rows } = await call('timeline.window', {
        incident,
        filter: { only: 'all', find: '', retracted: false },
        offset: 0,
        limit: 60,
        around: null,
      });
      expect(rows.map((one) => one.text)).toContain('1. Shift traffic away, aws/us-west-2.');
      await expect(
        call('plan.do', { incident, plan: 'rehearsal', action: { do: 'start-plan' } }),
      ).rejects.toThrow('rehearsing');
      expect(errors).toEqual([]);
    },
    60_000,
  );

  it('says line and column of a night that cannot be read', () => {
    const file = join(tempFolder(), 'night.jsonl');
    writeFileSync(file, '{"at": "+00:00:00", "do": "dance", "by": "M"}\n');
    const make = (night: string) => () => createRehearsal({ plan: PLAN, night, speed: 1 }, systemClock);
    expect(make(file)).toThrow(/line 1/);
    expect(make(join(file, 'nowhere'))).toThrow(/cannot be read/);
  });
});
