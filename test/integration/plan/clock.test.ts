// A clock that moved while the machine was off: uptime cannot tell, the dates of servers can. Real servers on loopback that tell the
// truth and that lie.
import { afterEach, describe, expect, it } from 'vitest';
import type { FeedConfig } from '../../../electron/health/defaults.ts';
import { createHealth, type Health } from '../../../electron/health/health.ts';
import { type FeedServer, startFeedServer } from '../../e2e/harness/feed-server.ts';
import { log, statuspage } from '../health/desk.ts';
import { declare, tempFolder, window } from '../room/helpers.ts';
import { MINUTE, type PlanDesk, planDesk, running, WAVES, workWave } from './helpers.ts';

const HOUR = 60 * MINUTE;
const closing: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Servers, each by its own idea of the time: how far it is from the truth. */
async function servers(...lies: readonly number[]): Promise<readonly (readonly [FeedServer, number])[]> {
  const made: (readonly [FeedServer, number])[] = [];
  for (const lie of lies) {
    const server = await startFeedServer();
    closing.push(() => server.close());
    made.push([server, lie]);
  }
  return made;
}

/** A health service by the desk's clock that asks these servers; `truth`: what time it really is, now. */
async function asks(
  desk: PlanDesk,
  list: readonly (readonly [FeedServer, number])[],
  truth: () => number,
): Promise<{ readonly health: Health; poll(): Promise<void> }> {
  const feeds = list.map(
    ([server], i): FeedConfig => ({
      id: `page-${i}`,
      name: `Page ${i}`,
      kind: 'statuspage',
      provider: `page-${i}`,
      url: `${server.url}/summary.json`,
      intervalMs: 60_000,
      staleAfterMs: 300_000,
      enabled: true,
      builtIn: false,
      privateHost: '127.0.0.1',
    }),
  );
  let n = 0;
  const health = await createHealth({
    host: { proxyFor: async () => 'direct' },
    clock: desk.d.clock,
    ids: { uuid: () => `h-${++n}` },
    random: () => 0,
    folder: tempFolder(),
    emit: () => undefined,
    settings: () => ({ regions: [] }),
    log,
    owner: true,
    feeds,
    references: [],
    // By default this machine is no witness against itself.
    clockHosts: () => true,
  });
  closing.push(() => health.stop());
  return {
    health,
    async poll() {
      for (const [server, lie] of list)
        server.serve('/summary.json', {
          body: statuspage({ api: 'operational' }),
          headers: { date: new Date(truth() + lie).toUTCString() },
        });
      await health.checkOnce();
    },
  };
}

interface Night {
  readonly folder: string;
  readonly incident: string;
  readonly other: string;
  readonly plan: string;
  /** Truth when the machine went off, in the bake of the first wave. */
  readonly wall: number;
}

/** A plan in its first bake, on a machine whose clock is off by so much all the time; then it is switched off. */
async function switchedOff(offBy = 0): Promise<Night> {
  const folder = tempFolder();
  let health: Health | null = null;
  const desk = await planDesk({
    folder,
    uptime: 100 * HOUR,
    extra: { clockOff: () => health?.clockOff() ?? null },
  });
  const other = (await declare(desk.d)).id;
  const honest = await asks(desk, await servers(0, 0), () => desk.d.clock.wall - offBy);
  health = honest.health;
  await honest.poll();
  const plan = await running(desk);
  await workWave(desk, plan, WAVES[0]!.targets);
  desk.pass(4 * MINUTE);
  desk.plans.stop();
  return { folder, incident: desk.incident, other, plan, wall: desk.d.clock.wall - offBy };
}

/** The machine two minutes later, started anew, with its clock off by so much; these servers are asked. */
async function switchedOn(night: Night, offBy: number, ...lies: readonly number[]) {
  let health: Health | null = null;
  const start = night.wall + 2 * MINUTE;
  const desk = await planDesk({
    folder: night.folder,
    incident: night.incident,
    alsoOpen: [night.other],
    at: start + offBy,
    uptime: MINUTE,
    extra: { clockOff: () => health?.clockOff() ?? null },
  });
  const list = await asks(desk, await servers(...lies), () => desk.d.clock.wall - offBy);
  health = list.health;
  const holds = async (): Promise<string[]> => (await desk.view(night.plan)).holds.map((one) => one.code);
  const jumps = async (incident: string) =>
    (await window(desk.d, incident)).rows.filter((row) => row.kind === 'clock');
  return { desk, poll: list.poll, health: list.health, holds, jumps, truth: () => desk.d.clock.wall - offBy };
}

describe('a clock that moved while the machine was off', () => {
  it.each([3, -3])(
    'by %i hours: is on record in every open incident, bakes stop, gates wait for a person',
    async (hours) => {
      const night = await switchedOff();
      const by = hours * HOUR;
      const { desk, poll, holds, jumps, truth } = await switchedOn(night, by, 0, 0, 0);
      await poll();
      desk.pass(10_000);
      expect(await holds()).toContain('clock-untrusted');
      const view = await desk.view(night.plan);
      // Everything waits for a person: somebody is called.
      expect(desk.alarms.map((one) => [one.kind, one.had])).toContainEqual(['clock', false]);
      // Plan time is what it would be, had nobody touched the clock.
      expect(Math.abs(Date.parse(view.now) - truth())).toBeLessThan(10_000);
      expect((await jumps(night.incident)).map((row) => row.lead)).toContain('Clock not trusted');
      // Back is seen by this machine itself, in the rooms of its plans; forward only by the servers.
      if (hours > 0) expect(await jumps(night.other)).toHaveLength(1);
      desk.pass(20 * MINUTE);
      expect((await desk.view(night.plan)).waves[0]!.state).toBe('baking');
      // Nothing was lost of what is heard: a named person goes on, and the bake fills.
      await desk.act(night.plan, { do: 'override', hold: 'clock-untrusted', reason: 'checked by hand' });
      expect(desk.alarms.map((one) => one.kind)).not.toContain('clock');
      desk.pass(8 * MINUTE);
      const on = (await desk.view(night.plan)).waves[0]!;
      expect(on.state).toBe('passed');
      expect(on.bake.gaps.map((one) => one.cause)).toContain('clock-untrusted');
      // Said once: the next look finds nothing new.
      await poll();
      desk.pass(MINUTE);
      expect((await jumps(night.incident)).length).toBeLessThanOrEqual(2);
      expect(await holds()).not.toContain('clock-untrusted');
    },
  );

  it.each([
    ['one server', [-3 * HOUR]],
    ['two that disagree', [0, -3 * HOUR]],
    ['one liar among three', [0, 500, -3 * HOUR]],
  ])('is not believed of %s', async (_, lies) => {
    const night = await switchedOff();
    const { desk, poll, holds, jumps } = await switchedOn(night, 0, ...lies);
    await poll();
    desk.pass(10_000);
    expect(await holds()).not.toContain('clock-untrusted');
    expect(await jumps(night.incident)).toEqual([]);
  });

  it('is no news where the clock was off by as much before; people are told all the same', async () => {
    const night = await switchedOff(10 * MINUTE);
    const { desk, poll, holds, jumps, health } = await switchedOn(night, 10 * MINUTE, 0, 0);
    await poll();
    desk.pass(10_000);
    expect(await holds()).not.toContain('clock-untrusted');
    expect(await jumps(night.incident)).toEqual([]);
    expect(health.clockSaid()).toBe(10 * MINUTE);
  });

  it('waits for servers for a moment before anything is decided, and goes on without them', async () => {
    const night = await switchedOff();
    const { desk, holds } = await switchedOn(night, 0);
    const heard = async (): Promise<string | null> =>
      (await desk.view(night.plan)).targets[0]!.reading[0]?.at ?? null;
    const old = await heard();
    desk.repoll();
    desk.pass(5000);
    expect(await heard()).toBe(old);
    desk.pass(MINUTE);
    expect(await heard()).not.toBe(old);
    expect(await holds()).not.toContain('clock-untrusted');
  });
});
