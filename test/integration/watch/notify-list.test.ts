// What the list of notifications shows: the newest text with its own time, everything that is open counted, and who had what.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createNotify } from '../../../electron/notify/notify.ts';
import type { SignalLine } from '../../../shared/contract/health.ts';
import { notifyCalls } from '../../../shared/contract/notify.ts';
import { ok } from '../../../shared/result.ts';
import { log } from '../health/desk.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const signal = (provider: string, at: string, text: string): SignalLine => ({
  id: `${provider}-${at}`,
  at,
  began: null,
  provider,
  region: 'us-east-1',
  service: 'dynamodb',
  from: 'operational',
  to: 'major-outage',
  feed: provider,
  source: provider.toUpperCase(),
  event: null,
  text,
  regions: ['us-east-1'],
  services: ['dynamodb'],
  newRegion: true,
  kind: 'worse',
  count: 1,
});

function desk() {
  const profile = mkdtempSync(join(tmpdir(), 'bulkhead-notify-'));
  closing.push(() => rmSync(profile, { recursive: true, force: true }));
  let ids = 0;
  const make = () =>
    createNotify({
      profile,
      clock: { now: () => Date.parse('2026-10-20T08:00:00.000Z'), uptime: () => 1 },
      ids: {
        uuid: () => {
          ids += 1;
          return `id-${ids}`;
        },
      },
      host: { notify: async () => ok(null), capabilities: { notifications: false } as never },
      emit: (() => undefined) as never,
      log,
      person: () => ({ name: 'Marta Lindqvist' }),
      haveAlarms: async () => ok(null),
      ours: (provider) => provider === 'aws',
      silent: true,
    });
  const get = async (notify: ReturnType<typeof make>) => {
    const answer = await notify.handlers['notify.get']({});
    if (!answer.ok) throw new Error(answer.error.message);
    return notifyCalls['notify.get'].output.parse(answer.value);
  };
  return { make, get };
}

test('the newest text stands with its own time, and the first one is kept', async () => {
  const { make, get } = desk();
  const notify = make();
  notify.noteSignals([signal('aws', '2026-10-20T07:41:30.000Z', 'dynamodb us-east-1: Degraded')]);
  expect((await get(notify)).open[0]).not.toHaveProperty('lastAt');
  notify.noteSignals([signal('aws', '2026-10-20T07:56:00.000Z', 'sqs us-east-1: Outage')]);
  const item = (await get(notify)).open[0];
  expect(item).toMatchObject({
    at: '2026-10-20T07:41:30.000Z',
    lastAt: '2026-10-20T07:56:00.000Z',
    text: 'AWS: sqs us-east-1: Outage',
    count: 2,
  });
  // It is on disk with it.
  expect((await get(make())).open[0]).toMatchObject({ lastAt: '2026-10-20T07:56:00.000Z' });
});

test('more than the list shows is counted and moves up; who had what is told, the newest first', async () => {
  const { make, get } = desk();
  const notify = make();
  await notify.handlers['notify.set']({ anyWorse: true });
  for (let i = 0; i < 130; i += 1)
    notify.noteSignals([signal(`p${i}`, '2026-10-20T07:50:00.000Z', `thing ${i}`)]);
  const before = await get(notify);
  expect([before.open.length, before.total]).toEqual([100, 130]);
  await notify.handlers['notify.acknowledge']({ item: before.open[0]!.id });
  await notify.handlers['notify.acknowledge']({ item: before.open[1]!.id });
  const after = await get(notify);
  expect([after.open.length, after.total]).toEqual([100, 128]);
  expect(after.open.at(-1)?.text).toContain('thing 101');
  expect(after.had).toEqual([
    { text: 'P1: thing 1', by: 'Marta Lindqvist', at: '2026-10-20T08:00:00.000Z' },
    { text: 'P0: thing 0', by: 'Marta Lindqvist', at: '2026-10-20T08:00:00.000Z' },
  ]);
});

test('alarms over a full list are kept over a restart, and the settings with them', async () => {
  const { make, get } = desk();
  const notify = make();
  await notify.handlers['notify.set']({ anyWorse: true, sound: false });
  const many = Array.from({ length: 1000 }, (_, i) => signal(`p${i}`, '2026-10-20T07:50:00.000Z', 'thing'));
  notify.noteSignals(many);
  notify.setAlarms([
    {
      incident: 'i',
      plan: 'p',
      key: 'breaker:p:1',
      kind: 'breaker',
      about: 'aws/us-east-1',
      system: 'checkout-api',
      title: 'Roll back',
      since: '2026-10-20T07:55:00.000Z',
      had: false,
    },
  ]);
  expect((await get(notify)).open[0]).toMatchObject({ what: 'plan-breaker' });
  const again = make();
  expect(again.notices).toEqual([]);
  const shown = await get(again);
  expect(shown).toMatchObject({ settings: { anyWorse: true, sound: false }, total: 1001 });
  expect(shown.open[0]).toMatchObject({ what: 'plan-breaker' });
});
