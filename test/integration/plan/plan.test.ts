// Plans over the real journal: forty targets in five waves through two trips, a kill in the middle of a bake, two processes.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createClockWatch } from '../../../electron/journal/clock-watch.ts';
import { rollbackSection } from '../../../shared/report/rollback-section.ts';
import { parsePlan } from '../../../shared/rollback/plan.ts';
import { code, must, START, tempFolder, window } from '../room/helpers.ts';
import { MINUTE, planDesk, planText, running, TARGETS, WAVES, workWave } from './helpers.ts';

describe('a plan of 5 waves over 40 targets', () => {
  it('is driven to its end through two trips of the breaker', async () => {
    const desk = await planDesk();
    expect(parsePlan(planText()).problems).toEqual([]);
    const plan = await running(desk);
    expect((await desk.view(plan)).state).toBe('running');
    expect(desk.awake).toBe(1);
    // Each of them has a column on the board for as long as the plan is not over.
    expect([...desk.plans.targets()].sort()).toEqual([...TARGETS].sort());

    // Wave 0 passes by itself once its bake is full, and not before.
    expect(await workWave(desk, plan, WAVES[0]!.targets)).toEqual([]);
    desk.pass(9 * MINUTE);
    let view = await desk.view(plan);
    expect(view.waves[0]!.state).toBe('baking');
    expect(view.waves[0]!.bake.watchedMs).toBeGreaterThan(8 * MINUTE);
    expect(Date.parse(view.waves[0]!.bake.endsAt!) - Date.parse(view.now)).toBeLessThanOrEqual(MINUTE + 1000);
    expect((await desk.act(plan, { do: 'start-wave', wave: 'wave 1' })).codes).toContain(
      'wave-before-not-passed',
    );
    desk.pass(2 * MINUTE);
    view = await desk.view(plan);
    expect(view.waves[0]!.gate).toMatchObject({ state: 'passed', passedBy: null });

    // The first trip: a target of wave 1 in its bake.
    expect(await workWave(desk, plan, WAVES[1]!.targets)).toEqual([]);
    desk.pass(3 * MINUTE);
    const bad = WAVES[1]!.targets[1]!;
    desk.errors = (target) => (target === bad ? 12 : 0.5);
    desk.pass(2 * MINUTE);
    view = await desk.view(plan);
    expect(view.breaker).toMatchObject({ state: 'open', tripped: { target: bad, evidence: { tries: 60 } } });
    expect(view.breaker.tripped!.evidence.value).toContain('12');
    expect(view.breaker.untouched).toMatchObject({ worse: 0, of: 34 });
    expect(view.waves[1]).toMatchObject({ state: 'held', bake: { endedBy: 'trip' } });
    expect(view.targets.find((one) => one.id === bad)!.marks).toContain('worse');
    expect(desk.alarms).toMatchObject([{ kind: 'breaker', about: bad, had: false, system: 'checkout-api' }]);
    expect(desk.nows()).toMatchObject([{ plan, glyph: 'brk-open', keys: 'breaker' }]);
    const next = WAVES[2]!.targets[0]!;
    expect((await desk.act(plan, { do: 'start-target', target: next })).codes).toContain('breaker-open');
    expect(view.breaker.choices.map((one) => [one.choose, one.forbids.length])).toEqual([
      ['try-one', 0],
      ['look-again', 0],
      ['accept', 0],
    ]);
    // Looked at again while it is well: it closes, not before the cool time, and the bake begins from zero.
    desk.errors = () => 0.5;
    desk.pass(MINUTE);
    expect(
      (await desk.act(plan, { do: 'breaker', choose: 'look-again', target: bad, reason: 'deploy settled' }))
        .ok,
    ).toBe(true);
    desk.pass(6 * MINUTE);
    view = await desk.view(plan);
    expect(view.breaker.state).toBe('closed');
    expect(view.waves[1]!.bake.watchedMs).toBeLessThan(3 * MINUTE);
    desk.pass(11 * MINUTE);
    expect((await desk.view(plan)).waves[1]!.state).toBe('passed');

    // The second trip, in wave 2, is accepted as not ours: its gate becomes manual.
    expect(await workWave(desk, plan, WAVES[2]!.targets)).toEqual([]);
    desk.pass(2 * MINUTE);
    const odd = WAVES[2]!.targets[3]!;
    desk.errors = (target) => (target === odd ? 9 : 0.5);
    desk.pass(2 * MINUTE);
    expect((await desk.view(plan)).breaker.state).toBe('open');
    expect(
      (await desk.act(plan, { do: 'breaker', choose: 'accept', target: odd, reason: 'the carrier says so' }))
        .ok,
    ).toBe(true);
    view = await desk.view(plan);
    expect(view.breaker.state).toBe('closed');
    expect(view.targets.find((one) => one.id === odd)).toMatchObject({ acceptedBy: 'Marta Lindqvist' });
    desk.errors = () => 0.5;
    desk.pass(12 * MINUTE);
    view = await desk.view(plan);
    expect(view.waves[2]!.state).toBe('at gate');
    expect(view.waves[2]!.gate.conditions.filter((one) => !one.met).map((one) => one.code)).toEqual([
      'manual',
    ]);
    expect((await desk.act(plan, { do: 'pass-gate', wave: 'wave 2', reason: ' ' })).codes).toEqual([
      'reason-needed',
    ]);
    expect((await desk.act(plan, { do: 'pass-gate', wave: 'wave 2', reason: 'all well' })).ok).toBe(true);

    for (const wave of WAVES.slice(3)) {
      expect(await workWave(desk, plan, wave.targets)).toEqual([]);
      desk.pass(12 * MINUTE);
    }
    expect((await desk.act(plan, { do: 'complete' })).ok).toBe(true);
    view = await desk.view(plan);
    expect(view.state).toBe('completed');
    expect(desk.plans.targets()).toEqual([]);
    expect(view.list).toHaveLength(40);
    expect(view.list.every((one) => one.text === 'on 4.17.3')).toBe(true);
    desk.plans.tick();
    expect(desk.awake).toBe(0);

    // Everything stands in the timeline with words, and in the Incident.
    const rows = (await window(desk.d, desk.incident)).rows;
    expect(rows.filter((row) => row.kind === 'unknown')).toEqual([]);
    expect((await must(desk.d.rooms.incident(desk.incident))).plans).toEqual([
      { id: plan, title: 'Roll back checkout', state: 'completed' },
    ]);
    const section = [...rollbackSection(await must(desk.plans.views(desk.incident)))].join('');
    expect(section).toContain('## Response and rollback');
    expect(section).toContain(`| ${bad} |`);
    expect(section).toContain('opened it, cleared');
    expect(section).toContain('opened it, accepted');
    expect(section).toContain(`| ${TARGETS[39]} | done | on 4.17.3 |`);
    expect([...rollbackSection([])]).toEqual([]);
    const revs = desk.shown.map((one) => one.rev);
    expect(revs).toEqual([...revs].sort((a, b) => a - b));
    expect(new Set(revs).size).toBe(revs.length);
    expect(desk.logged.filter((line) => line.level === 'error')).toEqual([]);
  }, 120_000);

  it('asks for the word of a dangerous step and for a second person, after what the machine forbids', async () => {
    const desk = await planDesk();
    const plan = await desk.make();
    const target = TARGETS[0]!;
    const step = { do: 'step', target, section: 'each', step: 1, to: 'done' } as const;
    expect((await desk.act(plan, step)).codes).toEqual(['plan-not-running']);
    expect((await desk.view(plan)).state).toBe('draft');
    const open = (await desk.view(plan)).findings;
    expect(open.length).toBeGreaterThan(0);
    expect((await desk.act(plan, { do: 'start-plan' })).codes).toEqual(['preflight']);
    for (const { code, about, question } of open) {
      const answer = question ? { answer: 'yes' as const } : {};
      expect(
        (await desk.act(plan, { do: 'accept-finding', code, about, reason: 'looked', ...answer })).ok,
      ).toBe(true);
    }
    expect((await desk.view(plan)).state).toBe('ready');
    expect((await desk.act(plan, { do: 'start-plan' })).ok).toBe(true);
    expect((await desk.act(plan, step)).codes).toEqual(['confirm-needed']);
    expect((await desk.act(plan, { ...step, confirm: 'away' })).ok).toBe(true);
    const two = { ...step, step: 2 } as const;
    expect((await desk.act(plan, { ...two, second: 'marta lindqvist' })).codes).toEqual(['second-needed']);
    expect((await desk.act(plan, { ...two, second: 'Tom, by phone' })).ok).toBe(true);
    const done = (await desk.view(plan)).targets[0]!;
    expect(done).toMatchObject({ state: 'running', on: 'between' });
    expect(done.steps.map((one) => one.state)).toEqual(['todo', 'done', 'done', 'todo']);
    const rows = (await window(desk.d, desk.incident)).rows;
    expect(rows.find((row) => row.text.includes('Deploy 4.17.3'))?.text).toContain('Tom, by phone');
    // A plan's entry is not retracted; the incident does not close over it without a reason.
    const row = rows.find((one) => one.entryKind === 'plan-started')!;
    expect(
      await code(desk.d.call['room.retract']({ incident: desk.incident, entry: row.id, reason: 'no' })),
    ).toBe('not-retractable');
    const close = { incident: desk.incident, phase: 'declined', reason: 'not one' } as const;
    expect(await code(desk.d.call['room.setPhase'](close))).toBe('plan-open');
    expect(await code(desk.d.call['room.setPhase']({ ...close, override: 'handed to the other room' }))).toBe(
      'ok',
    );
  });

  it('changes what is pending, and hears a reading that a person types', async () => {
    const desk = await planDesk();
    const plan = await running(desk);
    const target = TARGETS[39]!;
    const why = { reason: 'fewer people tonight' };
    expect((await desk.act(plan, { do: 'move-target', target, wave: 'wave 3', ...why })).ok).toBe(true);
    expect((await desk.act(plan, { do: 'add-target', target: 'cloud/new', wave: 'wave 4', ...why })).ok).toBe(
      true,
    );
    expect((await desk.act(plan, { do: 'remove-target', target: TARGETS[38]!, ...why })).ok).toBe(true);
    expect((await desk.act(plan, { do: 'set-gate', wave: 'wave 4', gate: 'manual', ...why })).ok).toBe(true);
    expect((await desk.act(plan, { do: 'set-pace', atOnce: 3, apartMs: 0, ...why })).ok).toBe(true);
    expect((await desk.act(plan, { do: 'set-bake', wave: 'wave 4', bakeMs: 5 * MINUTE, ...why })).ok).toBe(
      true,
    );
    expect((await desk.act(plan, { do: 'reorder', waves: ['canary'], ...why })).codes).toEqual([
      'not-pending',
    ]);
    expect(
      (
        await desk.act(plan, {
          do: 'set-step',
          section: 'each',
          step: 3,
          title: 'Verify twice',
          text: '',
          ...why,
        })
      ).ok,
    ).toBe(true);
    desk.errors = () => null;
    desk.pass(4 * MINUTE);
    let view = await desk.view(plan);
    expect(view.targets[0]).toMatchObject({ heard: true });
    expect(view.targets[0]!.silentSince).not.toBeNull();
    expect((await desk.act(plan, { do: 'reading', target: TARGETS[0]!, health: 'operational' })).ok).toBe(
      true,
    );
    view = await desk.view(plan);
    expect(view.targets[0]!.silentSince).toBeNull();
    expect(view.targets[0]!.reading.map((one) => one.text)).toContain('Healthy, says Marta Lindqvist');
    expect(view.targets).toHaveLength(40);
    expect(view.waves.find((one) => one.name === 'wave 3')!.targets).toContain(target);
    expect(view.waves.find((one) => one.name === 'wave 4')).toMatchObject({
      gate: { kind: 'manual' },
      bake: { neededMs: 5 * MINUTE },
    });
    expect(view.pace).toEqual({ atOnce: 3, apartMs: 0 });
    // Back to no limit, on the record.
    expect((await desk.act(plan, { do: 'set-pace', atOnce: null, apartMs: 0, ...why })).ok).toBe(true);
    expect((await desk.view(plan)).pace).toEqual({ atOnce: null, apartMs: 0 });
    expect(view.steps.find((one) => one.section === 'each' && one.number === 3)!.title).toBe('Verify twice');
  });

  it('a new version is a new plan that takes over what is pending', async () => {
    const desk = await planDesk();
    const old = await running(desk);
    const taken = TARGETS.slice(0, 3);
    const made = await must(
      desk.plans.handlers['plan.make']({
        incident: desk.incident,
        takesOver: old,
        plan: {
          kind: 'rollback',
          title: '',
          change: {
            system: 'checkout-api',
            from: '4.18.0',
            to: '4.17.2',
            deployedAt: null,
            schema: 'reversible',
          },
          targets: [...taken],
          waves: (await must(desk.plans.handlers['plan.propose']({ targets: [...taken] }))).waves,
        },
      }),
    );
    const text = (await must(desk.plans.handlers['plan.text']({ incident: desk.incident, plan: made.plan })))
      .text;
    expect(parsePlan(text).ok).toBe(true);
    const view = await desk.view(made.plan);
    expect(view.title).toBe('Roll checkout-api back to 4.17.2');
    expect(view.steps.some((one) => one.section === 'revert')).toBe(true);
    expect((await desk.view(old)).targets).toHaveLength(37);
    const wrong = await desk.plans.handlers['plan.create']({
      incident: desk.incident,
      folder: 'f',
      path: 'plan.md',
      takesOver: 'nothing',
    });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'no-plan' } });
  });
});

describe('a bake that nobody watched', () => {
  it('shows the gap after a restart, and its gate has not passed', async () => {
    const folder = tempFolder();
    const before = await planDesk({ folder, uptime: 100 * MINUTE });
    const plan = await running(before);
    await workWave(before, plan, WAVES[0]!.targets);
    before.pass(4 * MINUTE);
    const lastRead = before.d.clock.wall;
    // Stopped without a word in the middle of the bake; opened again after it would have ended.
    before.plans.stop();
    const after = await planDesk({
      folder,
      incident: before.incident,
      at: lastRead + 30 * MINUTE,
      uptime: 134 * MINUTE,
    });
    let view = await after.view(plan);
    expect(view.waves[0]).toMatchObject({ state: 'baking', gate: { state: 'closed' } });
    expect(view.waves[0]!.bake.endsAt).toBeNull();
    expect(view.waves[0]!.bake.gaps).toMatchObject([{ to: null }]);
    expect(view.targets[0]!.silentSince).not.toBeNull();
    after.pass(MINUTE);
    view = await after.view(plan);
    const [gap] = view.waves[0]!.bake.gaps;
    expect(gap!.cause).toBe('closed');
    expect(Date.parse(gap!.from)).toBeGreaterThan(lastRead - MINUTE);
    expect(Date.parse(gap!.to!) - Date.parse(gap!.from)).toBeGreaterThan(29 * MINUTE);
    expect(view.waves[0]!.bake.watchedMs).toBeLessThan(6 * MINUTE);
    expect(view.waves[0]!.state).toBe('baking');
    const kinds = [...after.d.journal.iterate(after.incident)].map((entry) => entry.kind);
    expect(kinds.filter((kind) => kind === 'bake-gap')).toHaveLength(1);
    expect(kinds).not.toContain('clock-jumped');
    after.pass(7 * MINUTE);
    expect((await after.view(plan)).waves[0]!.state).toBe('passed');
  });

  it('does not trust a clock that was set across the restart; a person goes on', async () => {
    const folder = tempFolder();
    const before = await planDesk({ folder, uptime: 100 * MINUTE });
    const plan = await running(before);
    await workWave(before, plan, WAVES[0]!.targets);
    before.pass(4 * MINUTE);
    const wall = before.d.clock.wall;
    before.plans.stop();
    // Two hours back, half a minute later by the uptime.
    const after = await planDesk({
      folder,
      incident: before.incident,
      at: wall - 120 * MINUTE,
      uptime: 104.5 * MINUTE,
    });
    after.pass(20 * MINUTE);
    let view = await after.view(plan);
    expect(view.waves[0]!.state).toBe('baking');
    expect(view.holds.map((hold) => hold.code)).toContain('clock-untrusted');
    expect(Math.abs(Date.parse(view.now) - (wall + 20.5 * MINUTE))).toBeLessThan(MINUTE);
    expect(
      (await after.act(plan, { do: 'override', hold: 'clock-untrusted', reason: 'checked by hand' })).ok,
    ).toBe(true);
    after.pass(8 * MINUTE);
    view = await after.view(plan);
    expect(view.waves[0]!.state).toBe('passed');
    expect(view.waves[0]!.bake.gaps.map((one) => one.cause)).toContain('clock-untrusted');
  });

  it.each([2, -3])('a clock that is set by %i hours during a bake moves nothing', async (hours) => {
    const by = hours * 60 * MINUTE;
    let look = (): void => undefined;
    const desk = await planDesk({ uptime: 100 * MINUTE, extra: { lookAtClock: () => look() } });
    const watch = createClockWatch({
      journal: desk.d.journal,
      clock: desk.d.clock,
      incidents: () => desk.plans.live(),
    });
    look = () => void watch.look();
    const plan = await running(desk);
    await workWave(desk, plan, WAVES[0]!.targets);
    desk.pass(4 * MINUTE);
    const before = await desk.view(plan);
    const { uptime } = desk.d.clock;
    desk.d.clock.wall += by;
    desk.d.clock.uptime = () => uptime() - by;
    desk.plans.tick();
    let view = await desk.view(plan);
    expect(view.now).toBe(before.now);
    expect(view.waves[0]!.state).toBe('baking');
    expect(view.waves[0]!.bake.endsAt).toBe(before.waves[0]!.bake.endsAt);
    desk.repoll();
    desk.pass(4 * MINUTE);
    view = await desk.view(plan);
    expect(view.waves[0]).toMatchObject({ state: 'baking', bake: { gaps: [] } });
    desk.pass(3 * MINUTE);
    view = await desk.view(plan);
    expect(view.waves[0]!.state).toBe('passed');
    expect(
      Date.parse(view.waves[0]!.bake.endedAt!) - Date.parse(view.waves[0]!.bake.startedAt!),
    ).toBeLessThan(11 * MINUTE);
  });

  it('survives the end of its process by SIGKILL', async () => {
    const folder = tempFolder();
    const script = fileURLToPath(new URL('./killed.ts', import.meta.url));
    const child = spawn(process.execPath, [script, folder, String(START)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const told = await new Promise<{ incident: string; plan: string; wall: number }>((resolve, reject) => {
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('\n')) resolve(JSON.parse(text));
      });
      child.on('exit', () => reject(new Error(`ended early: ${text}`)));
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    // Another process shows it, and decides nothing.
    const cli = fileURLToPath(new URL('../../../electron/cli.ts', import.meta.url));
    const shown = await promisify(execFile)(
      process.execPath,
      [cli, 'plan', 'show', told.incident, '--json', '--profile', folder],
      { maxBuffer: 10_000_000 },
    );
    const document = JSON.parse(shown.stdout);
    expect(document.plans.map((one: { id: string; state: string }) => [one.id, one.state])).toEqual([
      [told.plan, 'running'],
    ]);
    expect(document.plans[0].waves[0].gate.conditions[0]).toMatchObject({
      code: 'bake-not-full',
      met: false,
    });
    const after = await planDesk({
      folder,
      incident: told.incident,
      at: told.wall + 25 * MINUTE,
      uptime: 200 * MINUTE,
    });
    after.pass(MINUTE);
    const view = await after.view(told.plan);
    expect(view.waves[0]).toMatchObject({ state: 'baking', gate: { state: 'closed', passedAt: null } });
    expect(view.waves[0]!.bake.gaps).toHaveLength(1);
    expect(view.waves[0]!.bake.watchedMs).toBeLessThan(6 * MINUTE);
  }, 60_000);
});

describe('two processes over one profile', () => {
  it('what the other one writes is folded, and only the owner decides', async () => {
    const folder = tempFolder();
    const owner = await planDesk({ folder, watch: true });
    const plan = await running(owner);
    const other = await planDesk({ folder, incident: owner.incident, owner: false, at: owner.d.clock.wall });
    expect((await other.view(plan)).watch.here).toBe(true);
    const target = WAVES[0]!.targets[0]!;
    expect((await other.act(plan, { do: 'finish-target', target, confirm: target, second: 'Tom' })).ok).toBe(
      true,
    );
    await workWave(owner, plan, [WAVES[0]!.targets[1]!]);
    owner.plans.tick();
    const kinds = () => [...owner.d.journal.iterate(owner.incident)].map((entry) => entry.kind);
    expect(kinds().filter((kind) => kind === 'bake-started')).toHaveLength(1);
    other.plans.tick();
    expect(kinds().filter((kind) => kind === 'bake-started')).toHaveLength(1);
    expect((await other.view(plan)).waves[0]!.state).toBe('baking');
    expect((await other.act(plan, { do: 'pause' })).ok).toBe(true);
    expect((await owner.view(plan)).state).toBe('paused');
  });
});
