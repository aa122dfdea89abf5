import { expect, test } from 'vitest';
import type { OverrideNote } from '../../../electron/health/overrides.ts';
import type { Input, Output } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/result.ts';
import { type Desk, feed, openDesk, referencesWell, statuspage } from '../health/desk.ts';

const URL = 'https://acme.example/feed';
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};
const override = async (
  desk: Desk,
  more: Partial<Input<'health.override'>>,
): Promise<Output<'health.override'>> =>
  value(
    await desk.health.handlers['health.override']({
      provider: 'acme',
      region: 'global',
      service: 'api',
      state: 'operational',
      mode: 'locked',
      hours: 2,
      reason: 'we run on the other one',
      ...more,
    } as never),
  );

async function broken(
  options: Parameters<typeof openDesk>[2] = {},
): Promise<{ desk: Desk; notes: OverrideNote[] }> {
  const desk = await openDesk(
    [feed('acme', 'statuspage')],
    { ...referencesWell, [URL]: statuspage({ API: 'major_outage', Site: 'operational' }) },
    { regions: ['acme/global'], ...options },
  );
  const notes: OverrideNote[] = [];
  desk.health.overrides.onNote((note) => void notes.push(note));
  await desk.health.start();
  await desk.poll();
  desk.pass(1);
  await desk.poll();
  return { desk, notes };
}
const cellState = async (desk: Desk): Promise<string | undefined> => {
  const { rows, columns } = await desk.board();
  const at = columns.findIndex((one) => one.codes['acme'] === 'global');
  return rows.find((one) => one.provider === 'acme')?.cells[at]?.state;
};

test('a better word changes what is shown and nothing under it; the board is not quiet while it stands', async () => {
  const { desk, notes } = await broken();
  expect(await cellState(desk)).toBe('major-outage');
  await override(desk, {});
  expect(await cellState(desk)).toBe('operational');
  const board = await desk.board();
  expect(board.glance.broken).toMatchObject({ state: 'unknown', lead: 'No trouble heard' });
  expect(board.glance.broken.lines.join(' ')).toContain('1 override');
  expect(board.overrides).toMatchObject([
    {
      by: 'Priya Raman',
      sources: 'major-outage',
      until: '2026-10-20T09:01:00.000Z',
      reason: 'we run on the other one',
    },
  ]);
  // Gates read the sources.
  const readings = desk.health.readings().filter((one) => one.service === 'api');
  expect(readings.map(({ sourceType, state }) => [sourceType, state])).toEqual([['feed', 'major-outage']]);
  expect(notes).toMatchObject([{ ended: null, by: 'Priya Raman', override: { state: 'operational' } }]);
  // The cell says who, and what the sources say.
  const cell = value(await desk.health.handlers['health.cell']({ provider: 'acme', region: 'global' }));
  const api = cell.services.find((one) => one.service === 'api')!;
  expect(api.state).toBe('operational');
  expect(api.sources.map(({ name, state }) => [name, state])).toEqual([
    ['Override by Priya Raman', 'operational'],
    ['ACME', 'major-outage'],
  ]);
});

test('a worse word is a reading of a person, which holds gates', async () => {
  const { desk } = await broken();
  await override(desk, { service: 'site', state: 'degraded', reason: 'half of the requests fail for us' });
  expect(desk.health.readings().filter((one) => one.service === 'site')).toMatchObject([
    { sourceType: 'feed', state: 'operational' },
    { sourceType: 'person', state: 'degraded', fresh: true },
  ]);
});

test('a lock ends by itself at its time, survives a restart before it, and is said both times', async () => {
  const { desk } = await broken();
  await override(desk, { hours: 1 });
  desk.pass(30);
  const again = await desk.reopen();
  const notes: OverrideNote[] = [];
  again.health.overrides.onNote((note) => void notes.push(note));
  await again.health.start();
  await again.poll();
  expect(await cellState(again)).toBe('operational');
  again.pass(31);
  await expect.poll(() => notes.length, { timeout: 60_000 }).toBe(1);
  expect(notes).toMatchObject([{ ended: 'time', by: '' }]);
  expect((await again.board()).overrides).toBeUndefined();
});

test('until the next change: ends when the word of the sources changes, not when they fall silent', async () => {
  const { desk, notes } = await broken();
  await override(desk, { mode: 'until-change', hours: 3 });
  await override(desk, { service: 'site', hours: 1 });
  desk.answers[URL] = 'down';
  desk.pass(61);
  await desk.poll();
  // The lock that is over by its time shows that everything was looked at.
  await expect.poll(() => notes.map((one) => one.ended), { timeout: 60_000 }).toEqual([null, null, 'time']);
  desk.answers[URL] = statuspage({ API: 'partial_outage', Site: 'operational' });
  desk.pass(1);
  await desk.poll();
  await expect.poll(() => notes.length, { timeout: 60_000 }).toBe(4);
  expect(notes[3]).toMatchObject({
    ended: 'change',
    reason: 'The sources said outage and say partial outage now.',
  });
});

test('another word over the same place takes the place of the first; ending one by hand is said, and once', async () => {
  const { desk, notes } = await broken();
  await override(desk, {});
  const second = await override(desk, { state: 'degraded' });
  await override(desk, { service: null, state: 'unknown', reason: 'nobody can say' });
  expect(desk.health.overrides.active()).toHaveLength(2);
  expect(await cellState(desk)).toBe('unknown');
  value(await desk.health.handlers['health.endOverride']({ override: second.id, reason: 'wrong one' }));
  expect(notes.map(({ ended }) => ended)).toEqual([null, 'replaced', null, null, 'person']);
  expect(desk.health.overrides.active()).toHaveLength(1);
  expect((await desk.health.handlers['health.endOverride']({ override: second.id, reason: '' })).ok).toBe(
    false,
  );
});

test('a lock ends with the incident it was made in, also when another is open and when nobody looked; one made before any with the last', async () => {
  let open: readonly string[] | null = null;
  const { desk } = await broken({ incidents: () => open });
  await override(desk, { service: 'site', reason: 'before any incident' });
  open = ['inc-1'];
  await override(desk, { reason: 'in the first' });
  await override(desk, { service: null, mode: 'until-change', reason: 'no lock' });
  open = ['inc-1', 'inc-2'];
  await override(desk, { service: 'other', reason: 'in both' });
  const again = await desk.reopen();
  const notes: OverrideNote[] = [];
  again.health.overrides.onNote((note) => void notes.push(note));
  const reasons = (): string[] => again.health.overrides.active().map((one) => one.reason);
  // What is open is not known while the journals are read: that ends nothing.
  open = null;
  await again.health.start();
  await again.poll();
  expect(reasons()).toHaveLength(4);
  open = ['inc-2'];
  await expect.poll(reasons, { timeout: 60_000 }).not.toContain('in the first');
  expect(reasons().sort()).toEqual(['before any incident', 'in both', 'no lock']);
  open = [];
  await expect.poll(reasons, { timeout: 60_000 }).toEqual(['no lock']);
  expect(notes.map(({ ended, incidents, override }) => [override.reason, ended, incidents])).toEqual([
    ['in the first', 'resolved', ['inc-1']],
    ['before any incident', 'resolved', []],
    ['in both', 'resolved', ['inc-1', 'inc-2']],
  ]);
});

test('a handoff ends the locks of its incident that nobody keeps, and no others', async () => {
  let open: readonly string[] = ['inc-1'];
  const { desk, notes } = await broken({ incidents: () => open });
  const ended = await override(desk, { reason: 'in the first' });
  const kept = await override(desk, { service: 'site', reason: 'kept' });
  await override(desk, { service: null, mode: 'until-change', reason: 'no lock' });
  open = ['inc-2'];
  const second = await override(desk, { service: 'other', reason: 'in the second' });
  open = ['inc-1', 'inc-2'];
  const { locksOf, handedOver, active } = desk.health.overrides;
  expect(locksOf('inc-1').map((one) => one.id)).toEqual([ended.id, kept.id]);
  expect(locksOf('inc-2').map((one) => one.id)).toEqual([second.id]);
  handedOver('inc-1', new Set([ended.id, second.id]), 'Kenji Mori');
  expect(
    active()
      .map((one) => one.reason)
      .sort(),
  ).toEqual(['in the second', 'kept', 'no lock']);
  expect(notes.at(-1)).toMatchObject({ ended: 'handoff', by: 'Kenji Mori', incidents: ['inc-1'] });
  expect(await cellState(desk)).toBe('operational'); // the word over the whole region stands
});

test('nobody without a name overrides', async () => {
  const { desk } = await broken({ person: null });
  await expect(override(desk, {})).rejects.toThrow('no-name');
});

test('the record: the board as it was, uptime with the time that nobody watched, counts of what broke', async () => {
  const desk = await openDesk(
    [feed('acme', 'statuspage')],
    { ...referencesWell, [URL]: statuspage({ API: 'operational' }) },
    { regions: ['acme/global'] },
  );
  await desk.health.start();
  const minutes = async (count: number, status: string): Promise<void> => {
    desk.answers[URL] = statuspage({ API: status });
    for (let i = 0; i < count; i += 1) {
      desk.pass(1);
      await desk.poll();
    }
    await desk.told();
  };
  await minutes(3, 'operational');
  await minutes(2, 'major_outage');
  await minutes(2, 'operational');
  await desk.close();
  const again = await desk.reopen();
  again.pass(60);
  const uptime = value(await again.health.handlers['health.uptime']({ hours: 2 }));
  const region = uptime.regions.find((one) => one.provider === 'acme' && one.region === 'global')!;
  expect(region).toMatchObject({ ours: true, incidents: 1, worst: 'major-outage' });
  expect(region.watchedMs + region.notWatchedMs).toBe(2 * 3_600_000);
  // Nobody watched before the start nor in the last hour; of the seven minutes the signs of life say how much.
  expect(region.notWatchedMs).toBeGreaterThanOrEqual(110 * 60_000);
  const past = value(await again.health.handlers['health.history']({ at: '2026-10-20T07:05:00.000Z' }));
  const column = past.columns.findIndex((one) => one.codes['acme'] === 'global');
  expect(past.rows.find((one) => one.provider === 'acme')?.cells[column]).toMatchObject({
    state: 'major-outage',
    services: ['api'],
  });
  const before = value(await again.health.handlers['health.history']({ at: '2026-10-20T06:00:00.000Z' }));
  expect(before).toMatchObject({ watched: false, rows: [] });
});
