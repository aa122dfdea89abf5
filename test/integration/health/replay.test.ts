// Real outages, as they were recorded, through the very poller, judge and signals of live feeds: each has to tell a sane story.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { type ReplaySignal, replayFolder } from '../../../electron/health/replay/index.ts';
import type { FeedKindName } from '../../../electron/health/sources/index.ts';
import { isTrouble } from '../../../shared/health/worst.ts';
import { corpus } from '../../corpus.ts';
import { statuspage } from './desk.ts';

// Days of polls in a row, on whatever machine this is.
vi.setConfig({ testTimeout: 120_000 });

async function story(
  dir: string,
  kind: FeedKindName,
): Promise<{ polls: number; signals: readonly ReplaySignal[] }> {
  const told = await replayFolder({ dir, kind });
  if (!told.ok) throw new Error(told.error.message);
  expect(told.value.problems).toEqual([]);
  sane(told.value.signals);
  return told.value;
}

/** What no story may contain: going back in time, the same thing twice, a change that is none. */
function sane(signals: readonly ReplaySignal[]): void {
  const state = new Map<string, string>();
  let last = '';
  for (const one of signals) {
    expect(one.at >= last, `${one.at} after ${last}`).toBe(true);
    last = one.at;
    if (one.kind !== 'worse' && one.kind !== 'better') continue;
    expect(one.from).not.toBe(one.to);
    if (one.services.length !== 1 || one.regions.length !== 1) continue;
    const place = `${one.provider}/${one.region}/${one.service}`;
    expect(state.get(place), `${place} said twice`).not.toBe(one.to);
    state.set(place, one.to);
  }
  expect(new Set(signals.map((one) => `${one.at} ${one.text}`)).size).toBe(signals.length);
}

const recorded = (name: string) => corpus(`replay/${name}`);

describe('AWS us-east-1, Kinesis, 25 November 2020', () => {
  const dir = recorded('aws-2020-11-25-kinesis-us-east-1');
  test.skipIf(dir === null)('begins with Kinesis, names what followed, and ends well', async () => {
    const { polls, signals } = await story(dir!, 'aws-data-json');
    expect(polls).toBe(56);
    expect(signals[0]).toMatchObject({
      region: 'us-east-1',
      service: 'kinesis',
      from: null,
      at: '2020-11-25T14:46:58.000Z',
    });
    const followed = [...new Set(signals.filter((one) => one.kind === 'worse').map((one) => one.service))];
    expect(followed.slice(0, 4)).toEqual(['kinesis', 'cloudwatch', 'events', 'cognito']);
    expect(followed).toEqual(expect.arrayContaining(['ecs', 'eks', 'batch', 'workspaces', 'cloudfront']));
    expect(signals).toContainEqual(
      expect.objectContaining({
        service: 'kinesis',
        from: 'degraded',
        to: 'major-outage',
        at: '2020-11-25T16:59:16.000Z',
      }),
    );
    const open = new Map(signals.map((one) => [one.service, one.to]));
    expect([...open.values()].every((to) => to === 'operational')).toBe(true);
    // Copies of a cache alternate in this recording: nothing flaps by them.
    expect(signals.length).toBeLessThan(40);
  });
});

describe('Google Cloud, Service Control, 12 June 2025', () => {
  const dir = recorded('gcp-2025-06-12-service-control');
  test.skipIf(dir === null)(
    'names products in many regions in a line each, us-central1 to the last',
    async () => {
      const { signals } = await story(dir!, 'gcp-incidents');
      expect(signals.length).toBeLessThan(30);
      const worse = signals.filter((one) => one.kind === 'worse');
      expect(worse[0]).toMatchObject({ at: '2025-06-12T19:08:14.000Z', to: 'major-outage' });
      expect(worse[0]?.regions.length).toBeGreaterThan(40);
      expect(new Set(worse.flatMap((one) => one.services)).size).toBeGreaterThanOrEqual(50);
      const better = signals.filter((one) => one.kind === 'better' && one.to === 'operational');
      expect(better.length).toBeGreaterThan(2);
      const recoveredAt = better.find((one) => one.regions.includes('us-central1'))?.at;
      expect(recoveredAt).toBe('2025-06-13T02:41:34.000Z');
      expect(signals.at(-1)?.at).toBe(recoveredAt);
      expect(signals.at(-1)?.to).toBe('operational');
    },
  );
});

describe('GitHub, 17 August 2026', () => {
  const dir = recorded('github-2026-08-17-critical');
  test.skipIf(dir === null)(
    'the critical incident counts from its first poll, whatever the indicator says',
    async () => {
      const { signals } = await story(dir!, 'statuspage');
      expect(signals[0]).toMatchObject({
        at: '2026-08-17T13:48:18.000Z',
        to: 'major-outage',
        event: 'Incident with GitHub.com',
      });
      expect(signals.some((one) => one.services.includes('copilot') && one.to === 'major-outage')).toBe(true);
      const end = signals.at(-1)!;
      expect(end).toMatchObject({ kind: 'no-longer-listed', event: 'Incident with GitHub.com' });
      // It left the list at 21:42 without a word: two more polls and five minutes later that is said, and not "resolved".
      expect(end.at).toBe('2026-08-17T21:47:00.000Z');
      expect(signals.find((one) => one.services.includes('copilot') && one.kind === 'better')?.at).toBe(
        '2026-08-17T21:42:00.000Z',
      );
    },
  );
});

describe('Cloudflare, 18 November 2025', () => {
  const dir = recorded('cloudflare-2025-11-18-bot-management');
  test.skipIf(dir === null)('permanent re-routings do not drown the incident', async () => {
    const { signals } = await story(dir!, 'statuspage');
    const outage = signals.find((one) => one.to === 'major-outage' && one.kind === 'worse');
    expect(outage).toMatchObject({
      event: 'Cloudflare Global Network experiencing issues',
      at: '2025-11-18T11:51:05.000Z',
    });
    const background = signals.filter((one) => one.event === null && one.services.includes('edge'));
    expect(background.length).toBeLessThan(12);
    expect(background.reduce((sum, one) => sum + one.count, 0)).toBeGreaterThan(200);
    expect(signals.length).toBeLessThan(40);
    expect(
      signals.filter((one) => isTrouble(one.to) && one.kind === 'worse').every((one) => one.event !== null),
    ).toBe(true);
  });
});

describe('a recording', () => {
  const dir = mkdtempSync(join(tmpdir(), 'bulkhead-recording-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('holds changed polls only: between them nothing goes stale, and what is said holds', async () => {
    const name = (time: string) => join(dir, `20261020T${time}Z.json`);
    writeFileSync(name('070000'), statuspage({ API: 'operational' }));
    writeFileSync(name('120000'), statuspage({ API: 'major_outage' }, { updatedAt: '2026-10-20T12:00:00Z' }));
    writeFileSync(name('180000'), statuspage({ API: 'operational' }, { updatedAt: '2026-10-20T18:00:00Z' }));
    writeFileSync(join(dir, 'notes.txt'), 'not a poll');
    const { polls, signals } = await story(dir, 'statuspage');
    expect(polls).toBe(3);
    expect(signals.map((one) => [one.at.slice(11, 16), one.kind, one.to])).toEqual([
      ['12:00', 'worse', 'major-outage'],
      ['18:00', 'better', 'operational'],
    ]);
  });

  test('that is none is refused with a sentence', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'bulkhead-empty-'));
    expect(await replayFolder({ dir: empty, kind: 'statuspage' })).toMatchObject({
      ok: false,
      error: { code: 'no-recording' },
    });
    rmSync(empty, { recursive: true });
    expect(await replayFolder({ dir: empty, kind: 'statuspage' })).toMatchObject({
      ok: false,
      error: { code: 'no-recording' },
    });
  });

  test('of garbage is told as problems, and nothing of it as health', async () => {
    const broken = mkdtempSync(join(tmpdir(), 'bulkhead-broken-'));
    writeFileSync(join(broken, '20261020T070000Z.json'), '{"page":');
    const told = await replayFolder({ dir: broken, kind: 'statuspage' });
    rmSync(broken, { recursive: true });
    expect(told.ok && told.value.signals.filter((one) => one.kind !== 'feed')).toEqual([]);
    expect(told.ok && told.value.problems.length).toBeGreaterThan(0);
  });
});
