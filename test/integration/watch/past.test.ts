// The board as it was: glance, signals, cascade and our own probes of then, and a time that nobody watched is never healthy.
import { expect, test } from 'vitest';
import { healthCalls } from '../../../shared/contract/health.ts';
import { parseProbes } from '../../../shared/probes/spec.ts';
import type { Result } from '../../../shared/result.ts';
import { awsEvents, feed, openDesk, referencesWell } from '../health/desk.ts';

const AWS = 'https://aws.example/feed';
const SHOP = 'http://127.0.0.1:9/health';
const bad = [
  { service: 'dynamodb', code: 3 },
  { service: 'lambda', code: 2 },
] as const;
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};

async function night() {
  const desk = await openDesk(
    [feed('aws', 'aws-currentevents')],
    { ...referencesWell, [AWS]: '[]', [SHOP]: 'well' },
    { regions: ['aws/us-east-1'] },
  );
  const specs = parseProbes(
    `probes:\n  shop:\n    http: ${SHOP}\n    region: aws/us-east-1\n    every: 1m\n    failAfter: 1\n    wellAfter: 1\n`,
  ).value!;
  desk.health.setPacks({
    feeds: [],
    probes: specs.map((spec) => ({ id: 'probe-shop', spec })),
    paths: new Map(),
  });
  await desk.health.start();
  const minutes = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      desk.pass(1);
      await desk.poll('aws', 'probe-shop');
      await desk.told();
    }
  };
  return { desk, minutes };
}

test('a moment of the outage shows its own glance, signals, cascade and probes, not those of now', async () => {
  const { desk, minutes } = await night();
  await minutes(2);
  desk.answers[AWS] = awsEvents(bad);
  desk.answers[SHOP] = 503;
  await minutes(3);
  const live = (await desk.board()).rows.find((row) => row.provider === 'aws')!;
  expect(live.cells.find((one) => one?.region === 'us-east-1')?.services).toEqual(['dynamodb', 'lambda']);
  desk.answers[AWS] = '[]';
  desk.answers[SHOP] = 'well';
  await minutes(2);
  const at = async (minute: string) => {
    const answer = value(
      await desk.health.handlers['health.history']({ at: `2026-10-20T07:${minute}:00.000Z` }),
    );
    // What is shown is always what the contract says.
    return healthCalls['health.history'].output.parse(answer);
  };
  const before = await at('02');
  expect(before.watched).toBe(true);
  expect(before.broken).toMatchObject({ state: 'quiet', lead: 'Nothing broken' });
  expect(before.signals.total).toBe(0);
  expect(before.cascade).toBeUndefined();
  const during = await at('05');
  expect(during.broken).toMatchObject({ state: 'broken', lead: '1 region' });
  expect(during.broken.lines.join()).toContain('us-east-1 out');
  expect(during.signals.latest.map((one) => one.service)).toContain('dynamodb');
  expect(during.signals.latest.every((one) => one.at <= during.at)).toBe(true);
  expect(during.cascade?.lanes[0]?.region).toBe('us-east-1');
  const cell = (past: typeof during, provider: string) =>
    past.rows.find((row) => row.provider === provider)?.cells.find((one) => one?.region === 'us-east-1');
  expect(cell(during, 'aws')).toMatchObject({ state: 'major-outage', services: ['dynamodb', 'lambda'] });
  // What the probe sees stands in a row of its own, then as now.
  expect(during.rows.find((row) => row.provider === 'probes')).toMatchObject({ group: 'see' });
  expect(cell(during, 'probes')).toMatchObject({ state: 'major-outage', services: ['shop'] });
  // It answers again; of its last minutes too many tries failed.
  expect(cell(await at('07'), 'probes')).toMatchObject({ state: 'degraded', services: ['shop'] });
  const uptime = value(await desk.health.handlers['health.uptime']({ hours: 24 }));
  expect(uptime.regions.map((one) => one.provider)).not.toContain('probes');
});

test('in a time that nobody watched bad news is stale, good news is unknown, and the gap is said', async () => {
  const { desk, minutes } = await night();
  await minutes(1);
  desk.answers[AWS] = awsEvents(bad);
  await minutes(3);
  await desk.close();
  desk.pass(60);
  const again = await desk.reopen();
  await again.health.start();
  await again.poll('aws');
  await again.told();
  const past = value(await again.health.handlers['health.history']({ at: '2026-10-20T07:30:00.000Z' }));
  expect(past.watched).toBe(false);
  expect(past.gap).toEqual({ from: '2026-10-20T07:04:00.000Z', until: '2026-10-20T08:04:00.000Z' });
  expect(past.broken).toMatchObject({ state: 'unknown', lead: 'Nobody watched' });
  const cells = past.rows.find((row) => row.provider === 'aws')!.cells;
  expect(cells.find((one) => one?.region === 'us-east-1')).toMatchObject({
    state: 'major-outage',
    stale: true,
    staleSince: '2026-10-20T07:04:00.000Z',
  });
  for (const one of cells.filter((c) => c !== null && c.region !== 'us-east-1'))
    expect(one).toMatchObject({ state: 'unknown', stale: true });
});

test('before anybody spoke of a region its time is that of its provider: heard, and nothing reported', async () => {
  const desk = await openDesk(
    [feed('aws', 'aws-currentevents')],
    { ...referencesWell, [AWS]: '[]' },
    { regions: ['aws/us-east-1', 'aws/eu-west-1', 'gcp/europe-west1'] },
  );
  await desk.health.start();
  const minutes = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      desk.pass(1);
      await desk.poll();
      await desk.told();
    }
  };
  await minutes(4);
  desk.answers[AWS] = awsEvents(bad);
  await minutes(1);
  desk.pass(1);
  await desk.poll();
  await desk.told();
  const { regions } = value(await desk.health.handlers['health.uptime']({ hours: 1 }));
  const of = (name: string) => regions.find((one) => `${one.provider}/${one.region}` === name)!;
  expect(of('aws/us-east-1').watchedMs).toBeGreaterThanOrEqual(4 * 60_000);
  expect(of('aws/us-east-1').uptime).toBeGreaterThan(0.5);
  expect(of('aws/us-east-1').uptime).toBeLessThan(1);
  // Nothing was ever reported of it, by a source that was heard.
  expect(of('aws/eu-west-1')).toMatchObject({ ours: true, uptime: 1, brokenMs: 0 });
  // No source speaks of this one at all.
  expect(of('gcp/europe-west1')).toMatchObject({ ours: true, uptime: null, watchedMs: 0 });
});

test('a clock that is set back makes no time that was watched twice', async () => {
  const desk = await openDesk(
    [feed('aws', 'aws-currentevents')],
    { ...referencesWell, [AWS]: '[]' },
    { regions: ['aws/us-east-1'] },
  );
  await desk.health.start();
  const minutes = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      desk.pass(1);
      await desk.poll();
      await desk.told();
    }
  };
  await minutes(4);
  desk.setWall(-3);
  await minutes(3);
  const found = value(await desk.health.handlers['health.uptime']({ hours: 1 }));
  // Four minutes by the clock on the wall, whatever was watched in them twice.
  expect(found.regions[0]!.watchedMs).toBeGreaterThan(0);
  expect(found.regions[0]!.watchedMs).toBeLessThanOrEqual(4 * 60_000);
});
