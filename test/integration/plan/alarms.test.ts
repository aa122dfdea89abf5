// Alarms of plans: main derives them, a named person takes them by an entry, every machine and the next start know who has them; an
// act on the plan is an acknowledgement. And what is told of them: one mechanism, one sound for one thing.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../electron/log/log.ts';
import { createNotify, type Notify } from '../../../electron/notify/notify.ts';
import type { StandingAlarm } from '../../../electron/plan/plans.ts';
import { ok } from '../../../shared/result.ts';
import { code, must, tempFolder, window } from '../room/helpers.ts';
import { MINUTE, type PlanDesk, planDesk, running, WAVES, workWave } from './helpers.ts';

const have = (desk: PlanDesk, plan: string) =>
  desk.plans.handlers['plan.acknowledge']({ incident: desk.incident, plan });

/** A plan whose second wave has tripped the breaker. */
async function tripped(desk: PlanDesk): Promise<{ plan: string; bad: string }> {
  const plan = await running(desk);
  await workWave(desk, plan, WAVES[0]!.targets);
  desk.pass(12 * MINUTE);
  await workWave(desk, plan, WAVES[1]!.targets);
  const bad = WAVES[1]!.targets[1]!;
  desk.errors = (target) => (target === bad ? 12 : 0.5);
  desk.pass(4 * MINUTE);
  return { plan, bad };
}

describe('alarms of a plan', () => {
  it('a bake whose gate passed by itself calls for what comes next, until it is begun', async () => {
    const desk = await planDesk();
    const plan = await running(desk);
    await workWave(desk, plan, WAVES[0]!.targets);
    desk.pass(9 * MINUTE);
    expect(desk.alarms).toEqual([]);
    desk.pass(2 * MINUTE);
    expect(desk.alarms).toMatchObject([{ kind: 'bake', about: 'canary', had: false }]);
    expect(desk.nows()).toMatchObject([{ lead: 'Start wave 1, 4 targets.' }]);
    await workWave(desk, plan, [WAVES[1]!.targets[0]!]);
    expect(desk.alarms).toEqual([]);
  });

  it('an open breaker is had by a name, on the record, and stays so after a restart', async () => {
    const folder = tempFolder();
    const desk = await planDesk({ folder });
    const { plan, bad } = await tripped(desk);
    const [alarm] = (await desk.view(plan)).alarms;
    expect(alarm).toMatchObject({ kind: 'breaker', about: bad, had: null });
    desk.named = false;
    expect(await code(have(desk, plan))).toBe('no-name');
    desk.named = true;
    const took = await must(have(desk, plan));
    expect(took.alarms).toEqual([alarm!.key]);
    expect(desk.alarms).toMatchObject([{ had: true }]);
    expect(await code(have(desk, plan))).toBe('no-alarm');
    const had = (await desk.view(plan)).alarms[0]!.had;
    expect(had).toMatchObject({ by: 'Marta Lindqvist' });
    const row = (await window(desk.d, desk.incident)).rows.find((one) => one.id === took.entry);
    expect(row).toMatchObject({
      kind: 'breaker',
      lead: 'Has it',
      text: `Marta Lindqvist: breaker open, ${bad}.`,
      automatic: false,
    });
    // The next start reads it from the journal.
    desk.plans.stop();
    const again = await planDesk({ folder, incident: desk.incident, at: desk.d.clock.wall + 1000 });
    expect((await again.view(plan)).alarms).toMatchObject([{ key: alarm!.key, had }]);
    expect(again.alarms).toMatchObject([{ key: alarm!.key, had: true }]);
  });

  it('closed and open again is another occasion; an act on the plan takes it', async () => {
    const desk = await planDesk();
    const { plan, bad } = await tripped(desk);
    await must(have(desk, plan));
    const first = (await desk.view(plan)).alarms[0]!.key;
    await desk.act(plan, { do: 'breaker', choose: 'look-again', target: bad, reason: 'deploy settled' });
    expect(desk.alarms).toEqual([]);
    // It is looked at, and is as bad as before: open again.
    desk.repoll();
    desk.errors = (target) => (target === bad ? 40 : 0.5);
    desk.pass(8 * MINUTE);
    const second = (await desk.view(plan)).alarms[0]!;
    expect(second).toMatchObject({ kind: 'breaker', had: null });
    expect(second.key).not.toBe(first);
    expect((await desk.act(plan, { do: 'revert', target: bad, reason: 'it is ours' })).ok).toBe(true);
    expect((await desk.view(plan)).alarms).toMatchObject([
      { key: second.key, had: { by: 'Marta Lindqvist' } },
    ]);
  });

  it('a gate that waits is one alarm, and its pass ends it', async () => {
    const desk = await planDesk();
    const plan = await running(desk);
    await desk.act(plan, { do: 'set-gate', wave: 'canary', gate: 'manual', reason: 'first of its kind' });
    await workWave(desk, plan, WAVES[0]!.targets);
    desk.pass(12 * MINUTE);
    expect(desk.alarms).toMatchObject([{ kind: 'gate', about: 'canary', had: false }]);
    expect(desk.nows()).toMatchObject([
      { glyph: 'gate-wait', keys: 'gate', lead: 'Gate of canary waits: a person decides.' },
    ]);
    await desk.act(plan, { do: 'pass-gate', wave: 'canary', reason: 'all well' });
    // Passed by a person, who knows what comes next.
    expect(desk.alarms).toEqual([]);
  });
});

interface Told {
  readonly notify: Notify;
  readonly shown: string[];
  readonly had: string[];
  pass(ms: number): void;
  sounds(): Promise<number>;
}

function telling(options: { silent?: boolean; profile?: string; refuse?: string } = {}): Told {
  let now = Date.parse('2026-10-20T07:48:20.000Z');
  let uptime = 0;
  let n = 0;
  const shown: string[] = [];
  const had: string[] = [];
  const notify = createNotify({
    profile: options.profile ?? mkdtempSync(join(tmpdir(), 'bulkhead-alarms-')),
    clock: { now: () => now, uptime: () => uptime },
    ids: { uuid: () => `id-${++n}` },
    host: {
      notify: async (title, body) => {
        shown.push(`${title} | ${body}`);
        return ok(null);
      },
      capabilities: { notifications: true } as never,
    },
    emit: () => undefined,
    log: createLog(() => undefined),
    person: () => ({ name: 'Marta Lindqvist' }),
    ours: () => true,
    haveAlarms: async (incident, plan, keys) => {
      if (options.refuse)
        return { ok: false, error: { code: options.refuse, message: 'no', detail: undefined } } as never;
      had.push(`${incident} ${plan} ${keys.join()}`);
      return ok(null);
    },
    silent: options.silent ?? false,
  });
  return {
    notify,
    shown,
    had,
    pass(ms) {
      now += ms;
      uptime += ms;
    },
    sounds: async () => (await must(notify.handlers['notify.get']({}))).sounds,
  };
}

const alarm = (change: Partial<StandingAlarm> = {}): StandingAlarm => ({
  incident: 'inc-1',
  plan: 'plan-1',
  key: 'breaker:plan-1:1',
  kind: 'breaker',
  about: 'aws/eu-west-1',
  system: 'checkout-api',
  title: 'Roll back checkout-api',
  since: '2026-10-20T07:48:20.000Z',
  had: false,
  ...change,
});

describe('what is told of alarms', () => {
  it('at once, without the quiet minute of signals, and again every five minutes until somebody has it', async () => {
    const told = telling();
    const gate = alarm({ key: 'gate:plan-1:wave 1:1', kind: 'gate', about: 'wave 1' });
    told.notify.setAlarms([gate]);
    expect(told.shown).toEqual(['Gate waits | checkout-api: the gate of wave 1 waits for a person.']);
    told.pass(1000);
    told.notify.setAlarms([gate, alarm()]);
    expect(told.shown[1]).toBe('Breaker open | checkout-api: the breaker is open, aws/eu-west-1 is worse.');
    const snapshot = await must(told.notify.handlers['notify.get']({}));
    expect(snapshot).toMatchObject({ sounds: 2, tone: 'breaker' });
    // The same said again is not told again.
    told.notify.setAlarms([gate, alarm()]);
    told.pass(4 * MINUTE);
    told.notify.setAlarms([gate, alarm()]);
    expect(await told.sounds()).toBe(2);
    told.pass(MINUTE);
    told.notify.setAlarms([gate, alarm()]);
    expect(told.shown[2]).toMatch(/^2 items not acknowledged|^1 item not acknowledged/);
    told.notify.setAlarms([{ ...gate, had: true }, alarm({ had: true })]);
    told.pass(60 * MINUTE);
    told.notify.setAlarms([{ ...gate, had: true }, alarm({ had: true })]);
    expect(await told.sounds()).toBe(3);
    expect((await must(told.notify.handlers['notify.get']({}))).open).toEqual([]);
  });

  it('silence takes nothing: it sounds when the ten minutes are over', async () => {
    const told = telling();
    await must(told.notify.handlers['notify.snooze']({ minutes: 10 }));
    told.notify.setAlarms([alarm()]);
    told.pass(9 * MINUTE);
    told.notify.setAlarms([alarm()]);
    expect(await told.sounds()).toBe(0);
    expect((await must(told.notify.handlers['notify.get']({}))).open).toMatchObject([
      { what: 'plan-breaker', told: 0, alarm: { incident: 'inc-1', plan: 'plan-1' } },
    ]);
    told.pass(2 * MINUTE);
    told.notify.setAlarms([alarm()]);
    expect(await told.sounds()).toBe(1);
  });

  it('“I have it” above the page writes the entry; what the journal refuses stays open', async () => {
    const told = telling();
    told.notify.setAlarms([alarm()]);
    await must(told.notify.handlers['notify.acknowledge']({ item: null }));
    expect(told.had).toEqual(['inc-1 plan-1 breaker:plan-1:1']);
    expect((await must(told.notify.handlers['notify.get']({}))).open).toEqual([]);
    const full = telling({ refuse: 'disk-full' });
    full.notify.setAlarms([alarm()]);
    expect(await code(full.notify.handlers['notify.acknowledge']({ item: null }))).toBe('disk-full');
    expect((await must(full.notify.handlers['notify.get']({}))).open).toHaveLength(1);
  });

  it('pressed twice, or after somebody else took it: nobody is said to have had what they had not', async () => {
    const late = telling({ refuse: 'no-alarm' });
    late.notify.setAlarms([alarm()]);
    await must(late.notify.handlers['notify.acknowledge']({ item: null }));
    expect(await must(late.notify.handlers['notify.get']({}))).toMatchObject({ open: [], had: [] });
  });

  it('a rehearsal, a replay or a drill shows it in its window and tells the system nothing', async () => {
    const told = telling({ silent: true });
    told.notify.setAlarms([alarm()]);
    expect(await told.sounds()).toBe(1);
    expect(told.shown).toEqual([]);
  });

  it('after a restart an alarm of before is told only when the plans say that it still stands', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'bulkhead-alarms-'));
    const before = telling({ profile });
    before.notify.setAlarms([alarm()]);
    const after = telling({ profile });
    after.pass(20 * MINUTE);
    expect((await must(after.notify.handlers['notify.get']({}))).open).toHaveLength(1);
    after.notify.setAlarms([]);
    expect((await must(after.notify.handlers['notify.get']({}))).open).toEqual([]);
    expect(await after.sounds()).toBe(0);
  });
});
