// Packs, our services, changes and notifications over a real folder and a health service whose feeds the test answers.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createChanges } from '../../../electron/changes/changes.ts';
import { createNotify } from '../../../electron/notify/notify.ts';
import { createOurs } from '../../../electron/ours/ours.ts';
import { createPacks } from '../../../electron/pack/packs.ts';
import { changeSourcesOf, sourcesOf } from '../../../electron/pack/sources.ts';
import { changesEvents } from '../../../shared/contract/changes.ts';
import type { SignalLine } from '../../../shared/contract/health.ts';
import { notifyEvents } from '../../../shared/contract/notify.ts';
import { oursCalls, oursEvents } from '../../../shared/contract/ours.ts';
import { packsCalls } from '../../../shared/contract/packs.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { type Desk, feed, log, openDesk, referencesWell } from '../health/desk.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'bulkhead-watch-'));
  closing.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
};
const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};
let ids = 0;
const nextId = { uuid: () => `id-${++ids}` };

const TOPOLOGY = `services:
  session-store:
    runsIn: [aws/us-east-1]
    needs: [aws/us-east-1/dynamodb]
  checkout:
    title: Checkout
    tier: 1
    owner: Shop
    costPerMinute: 100
    runsIn: [aws/us-east-1, gcp/europe-west1]
    needs: [session-store]
  search:
    needs:
      - any-of: [gcp/europe-west1/cloud-run, aws/us-east-1/lambda]
`;

/** What the application composes, over a folder of its own. */
function compose(desk: Desk, profile: string) {
  const emitted: { name: string; payload: unknown }[] = [];
  const emit = (name: string, payload: unknown): void => void emitted.push({ name, payload });
  const library: string[] = [];
  const packs = createPacks({
    profile,
    clock: desk.health.clock,
    ids: nextId,
    host: { chooseFolder: async () => ok(null), capabilities: { dialogs: false } as never },
    emit: emit as never,
    log,
    library: {
      add: async (path) => {
        library.push(path);
        return ok(`folder-${library.length}`);
      },
      remove: async (id) => void library.push(`removed ${id}`),
    },
    watch: true,
  });
  const ours = createOurs({
    clock: desk.health.clock,
    emit: emit as never,
    topology: () => packs.topology(),
    health: desk.health,
  });
  const changes = createChanges({
    profile,
    clock: desk.health.clock,
    emit: emit as never,
    log,
    owner: true,
    firstSignal: () => desk.health.firstSignal(),
    person: () => ({ name: 'Priya Raman' }),
  });
  desk.health.setOurs(ours);
  desk.health.onBoard(ours.look);
  packs.onChange(() => {
    desk.health.setPacks(sourcesOf(packs.packs(), desk.health.feedIds()));
    changes.setSources(changeSourcesOf(packs.packs()));
    ours.topologyChanged();
  });
  closing.push(
    () => packs.stop(),
    () => changes.stop(),
  );
  return { packs, ours, changes, emitted, library };
}

const aws = (status: string | null): string =>
  JSON.stringify(
    status === null
      ? []
      : [
          {
            date: '1792481300',
            arn: 'arn:aws:health:us-east-1::event/DYNAMODB/AWS_DYNAMODB_OPERATIONAL_ISSUE/one',
            region_name: 'N. Virginia',
            status,
            service: 'dynamodb-us-east-1',
            service_name: 'Amazon DynamoDB',
            summary: 'Increased error rates',
            event_log: [
              {
                timestamp: 1792481300,
                status: Number(status),
                summary: 'x',
                message: 'We are investigating.',
              },
            ],
            impacted_service_list: [],
          },
        ],
  );
const AWS = 'https://aws.example/feed';
const GCP = 'https://gcp.example/feed';
const openCloud = () =>
  openDesk([feed('aws', 'aws-currentevents'), feed('gcp', 'gcp-incidents')], {
    ...referencesWell,
    [AWS]: aws(null),
    [GCP]: '[]',
  });

test('a pack: watched, its mistakes named by line and column while what it said before counts', async () => {
  const desk = await openCloud();
  const pack = folder();
  writeFileSync(join(pack, 'topology.yaml'), TOPOLOGY);
  writeFileSync(
    join(pack, 'feeds.yaml'),
    'feeds:\n  alerts:\n    provider: shop\n    kind: alertmanager\n    url: http://alerts.example/api/v2/alerts\n  aws:\n    provider: acme\n    kind: rss\n    url: https://a.example/rss\n',
  );
  mkdirSync(join(pack, 'runbooks'));
  const { packs, library } = compose(desk, folder());
  await packs.start();
  const id = value(await packs.add(pack));
  const list = packsCalls['packs.list'].output.parse(value(await packs.handlers['packs.list']({})));
  expect(list.packs).toMatchObject([{ id, feeds: 2, services: 3, runbooks: true, problems: [] }]);
  expect(library).toEqual([join(pack, 'runbooks')]);
  const board = await desk.board();
  // Where our services run always has a column, and a feed of a pack is listed beside the built-in ones under an id of its own.
  expect(board.columns.filter((one) => one.ours).flatMap((one) => Object.values(one.codes))).toEqual(
    expect.arrayContaining(['us-east-1', 'europe-west1']),
  );
  expect(board.feeds.map((one) => one.id)).toEqual(['aws', 'gcp', 'alerts', `aws-${id.slice(-6)}`]);

  writeFileSync(
    join(pack, 'topology.yaml'),
    TOPOLOGY.replace('needs: [session-store]', 'needs: [sesion-store]'),
  );
  await expect
    .poll(async () => value(await packs.handlers['packs.list']({})).packs[0]?.problems, { timeout: 60_000 })
    .toEqual([
      expect.objectContaining({
        file: 'topology.yaml',
        line: 11,
        column: 13,
        text: expect.stringContaining('sesion-store'),
      }),
    ]);
  expect(packs.topology()?.services.size).toBe(3);

  rmSync(join(pack, 'feeds.yaml'));
  writeFileSync(join(pack, 'topology.yaml'), TOPOLOGY);
  await expect
    .poll(
      async () => value(await packs.handlers['packs.list']({})).packs[0]?.problems.map((one) => one.file),
      { timeout: 60_000 },
    )
    .toEqual(['feeds.yaml']);
  expect((await desk.board()).feeds).toHaveLength(4);
  value(await packs.handlers['packs.remove']({ pack: id }));
  expect((await desk.board()).feeds).toHaveLength(2);
  expect(library.at(-1)).toBe('removed folder-1');
  expect((await packs.add(join(pack, 'nothing'))).ok).toBe(false);
  expect((await packs.add(folder())).ok).toBe(false);
});

test('AWS Health events dropped in a folder by EventBridge are a feed', async () => {
  const desk = await openCloud();
  const pack = folder();
  mkdirSync(join(pack, 'events'));
  writeFileSync(join(pack, 'feeds.yaml'), 'feeds:\n  health:\n    provider: aws\n    folder: events\n');
  const { packs } = compose(desk, folder());
  await desk.health.start();
  value(await packs.add(pack));
  const event = (status: string): string =>
    JSON.stringify({
      'detail-type': 'AWS Health Event',
      source: 'aws.health',
      region: 'eu-west-1',
      detail: {
        eventArn: 'arn:aws:health:eu-west-1::event/LAMBDA/AWS_LAMBDA_OPERATIONAL_ISSUE/one',
        service: 'LAMBDA',
        eventTypeCode: 'AWS_LAMBDA_OPERATIONAL_ISSUE',
        eventTypeCategory: 'issue',
        eventRegion: 'eu-west-1',
        statusCode: status,
        startTime: 'Tue, 20 Oct 2026 06:50:00 GMT',
        eventDescription: [{ language: 'en_US', latestDescription: 'Increased error rates.' }],
      },
    });
  writeFileSync(join(pack, 'events', '1.json'), event('open'));
  writeFileSync(join(pack, 'events', '2.json'), 'half writ');
  for (let i = 0; i < 2; i += 1) {
    desk.pass(1);
    await desk.poll('health');
  }
  const said = () =>
    desk.health
      .readings()
      .filter((one) => one.source === 'health')
      .map(({ region, service, state }) => [region, service.toLowerCase(), state]);
  expect(said()).toEqual([['eu-west-1', 'lambda', expect.stringMatching(/degraded|outage/)]]);
  rmSync(join(pack, 'events'), { recursive: true });
  desk.pass(1);
  await desk.poll('health');
  await desk.poll('health');
  const line = (await desk.board()).feeds.find((one) => one.id === 'health');
  expect(line).toMatchObject({ state: 'unreachable', reason: expect.stringContaining('cannot be read') });
});

test('our services follow the board: what is hit, by what, what it costs; what if; single points', async () => {
  const desk = await openCloud();
  const pack = folder();
  writeFileSync(join(pack, 'topology.yaml'), TOPOLOGY);
  const { packs, ours, emitted } = compose(desk, folder());
  await desk.health.start();
  value(await packs.add(pack));
  const states = async () => {
    const read = oursCalls['ours.services'].output.parse(value(await ours.handlers['ours.services']({})));
    return { read, states: Object.fromEntries(read.services.map((one) => [one.name, one.state])) };
  };
  // Nobody was heard yet: unknown, never well.
  await desk.poll();
  expect((await states()).states).toEqual({
    'session-store': 'operational',
    checkout: 'operational',
    search: 'operational',
  });
  desk.answers[AWS] = aws('3');
  desk.pass(1);
  await desk.poll();
  const { read, states: hit } = await states();
  expect(hit).toEqual({ 'session-store': 'major-outage', checkout: 'major-outage', search: 'operational' });
  expect(read).toMatchObject({ costPerMinute: 100, currency: 'EUR', hit: ['checkout', 'session-store'] });
  expect(read.services[0]).toMatchObject({ name: 'checkout', by: ['session-store'], owner: 'Shop' });
  expect(read.services.find((one) => one.name === 'session-store')).toMatchObject({
    by: ['aws/us-east-1/dynamodb'],
    blast: ['checkout'],
    where: [{ provider: 'aws', region: 'us-east-1', state: 'major-outage' }],
  });
  await expect
    .poll(() => emitted.filter((one) => one.name === 'ours.changed').length, { timeout: 60_000 })
    .toBeGreaterThan(1);
  for (const { name, payload } of emitted)
    if (name === 'ours.changed') oursEvents['ours.changed'].parse(payload);
  // The sources fall silent: bad news stays, good news is unknown.
  desk.answers[AWS] = 'down';
  desk.answers[GCP] = 'down';
  desk.pass(10);
  await desk.poll();
  desk.pass(1);
  await desk.poll();
  expect((await states()).states).toEqual({
    'session-store': 'major-outage',
    checkout: 'major-outage',
    search: 'unknown',
  });

  const gone = value(await ours.handlers['ours.whatIf']({ loss: { kind: 'provider', provider: 'aws' } }));
  expect(gone).toMatchObject({
    lost: ['session-store', 'checkout'],
    thinner: ['search'],
    costPerMinute: 100,
  });
  const points = oursCalls['ours.points'].output.parse(value(await ours.handlers['ours.points']({})));
  expect(points.single.map((one) => one.text)).toContain('aws/us-east-1/dynamodb');
  expect(points.providers.map((one) => one.text).sort()).toEqual(['aws', 'gcp']);

  // A person's word over one of ours.
  value(
    await desk.health.handlers['health.override']({
      provider: 'ours',
      region: 'global',
      service: 'checkout',
      state: 'degraded',
      mode: 'locked',
      hours: 1,
      reason: 'the fallback holds',
    }),
  );
  const over = (await states()).read.services.find((one) => one.name === 'checkout');
  expect(over).toMatchObject({ state: 'degraded', override: { by: 'Priya Raman', sources: 'major-outage' } });
});

test('changes: a file that grows, payloads in a folder, typed ones; ranked before the first signal', async () => {
  const desk = await openCloud();
  const pack = folder();
  const profile = folder();
  mkdirSync(join(pack, 'deployments'));
  writeFileSync(join(pack, 'feeds.yaml'), 'changes:\n  - file: changes.jsonl\n  - folder: deployments\n');
  writeFileSync(
    join(pack, 'changes.jsonl'),
    '{"at":"2026-10-20T06:00:00Z","service":"search","version":"7"}\n',
  );
  const { packs, changes, emitted } = compose(desk, profile);
  await packs.start();
  await changes.start();
  value(await packs.add(pack));
  const list = async () =>
    value(
      await changes.handlers['changes.list']({
        from: null,
        until: null,
        firstSignal: '2026-10-20T07:00:00.000Z',
      }),
    );
  await expect.poll(async () => (await list()).total, { timeout: 60_000 }).toBe(1);
  appendFileSync(
    join(pack, 'changes.jsonl'),
    '{"at":"2026-10-20T06:56:00Z","service":"checkout","version":"4.18.0","places":["aws/eu-west-1"]}\noops\n',
  );
  writeFileSync(
    join(pack, 'deployments', '1.json'),
    JSON.stringify({
      deployment: {
        created_at: '2026-10-20T05:00:00Z',
        ref: 'v2',
        environment: 'production',
        sha: 'a',
        creator: { login: 'jonas' },
      },
      repository: { name: 'identity' },
    }),
  );
  await expect.poll(async () => (await list()).total, { timeout: 60_000 }).toBe(3);
  const added = value(
    await changes.handlers['changes.add']({
      at: '2026-10-20T06:59:00.000Z',
      service: 'dns',
      version: '',
      places: [],
      by: '',
      text: 'TTL',
      url: '',
    }),
  );
  const all = await list();
  expect(all.changes.map(({ service, rank, source }) => [service, rank, source])).toEqual([
    ['identity', 4, '1.json'],
    ['search', 3, 'changes.jsonl'],
    ['checkout', 2, 'changes.jsonl'],
    ['dns', 1, 'typed'],
  ]);
  expect(all.changes[2]!.line).toBe('checkout 4.18.0 to eu-west-1, 4 min before the first signal');
  expect(all.changes[3]).toMatchObject({ id: added.change, by: 'Priya Raman' });
  expect(all.problems).toMatchObject([{ line: 3 }]);
  expect(
    (
      await changes.handlers['changes.add']({
        at: '2027-01-01T00:00:00.000Z',
        service: 'x',
        version: '',
        places: [],
        by: '',
        text: '',
        url: '',
      })
    ).ok,
  ).toBe(false);
  for (const { name, payload } of emitted)
    if (name === 'changes.changed') changesEvents['changes.changed'].parse(payload);
  // Typed ones are there after a restart.
  const again = compose(desk, profile).changes;
  await again.start();
  expect(
    value(await again.handlers['changes.list']({ from: null, until: null, firstSignal: null })).total,
  ).toBe(1);
});

const signal = (more: Partial<SignalLine>): SignalLine => ({
  id: nextId.uuid(),
  at: '2026-10-20T07:48:20.000Z',
  began: null,
  provider: 'aws',
  region: 'us-east-1',
  service: 'dynamodb',
  from: 'operational',
  to: 'major-outage',
  feed: 'aws',
  source: 'AWS',
  event: null,
  text: 'dynamodb us-east-1: Outage',
  regions: ['us-east-1'],
  services: ['dynamodb'],
  newRegion: true,
  kind: 'worse',
  count: 1,
  ...more,
});

test('notifications: chosen ones only, a storm is one, again every five minutes until a named person acknowledges', async () => {
  let now = Date.parse('2026-10-20T07:48:20.000Z');
  let uptime = 0;
  let person: { name: string } | null = null;
  const shown: string[] = [];
  const emitted: unknown[] = [];
  const profile = folder();
  const make = () =>
    createNotify({
      profile,
      clock: { now: () => now, uptime: () => uptime },
      ids: nextId,
      host: {
        notify: async (title, body) => {
          shown.push(`${title} | ${body}`);
          return ok(null);
        },
        capabilities: { notifications: true } as never,
      },
      emit: ((_name: string, payload: unknown) => void emitted.push(payload)) as never,
      log,
      person: () => person,
      ours: (provider, region) => provider === 'aws' && region === 'us-east-1',
      haveAlarms: async () => ok(null),
      silent: false,
    });
  // It looks once a second.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  closing.push(() => vi.useRealTimers());
  const notify = make();
  notify.start();
  closing.push(() => notify.stop());
  const pass = async (seconds: number): Promise<void> => {
    now += seconds * 1000;
    uptime += seconds * 1000;
    await vi.advanceTimersByTimeAsync(1000);
  };
  const open = async () => value(await notify.handlers['notify.get']({})).open;
  notify.noteSignals([signal({ provider: 'gcp', region: 'us-west1', regions: ['us-west1'] })]);
  expect(await open()).toEqual([]);
  // A storm: forty lines of one provider, and a feed that is lost.
  for (let i = 0; i < 40; i += 1)
    notify.noteSignals([signal({ service: `s${i}`, text: `s${i} us-east-1: Outage` })]);
  notify.noteSignals([
    signal({
      kind: 'feed',
      feed: 'azure',
      provider: 'azure',
      source: 'Azure',
      to: 'unknown',
      text: 'Unreachable',
    }),
  ]);
  await pass(1);
  expect(shown).toEqual([]);
  await pass(4);
  expect(shown).toEqual(['Worse where we run | AWS: s39 us-east-1: Outage And 1 more.']);
  expect((await open()).map(({ what, count }) => [what, count])).toEqual([
    ['ours-worse', 40],
    ['feed-stale', 1],
  ]);
  // More of the same does not sound by itself.
  notify.noteSignals([signal({})]);
  await pass(120);
  expect(shown).toHaveLength(1);
  await pass(181);
  expect(shown).toHaveLength(2);
  expect(shown[1]).toMatch(/^2 items not acknowledged/);
  // Snoozed: nothing, then again.
  value(await notify.handlers['notify.snooze']({ minutes: 30 }));
  await pass(600);
  expect(shown).toHaveLength(2);
  // The feed is back: there is nothing to acknowledge of it.
  notify.noteSignals([signal({ kind: 'feed', feed: 'azure', provider: 'azure', to: 'operational' })]);
  expect((await open()).map(({ what }) => what)).toEqual(['ours-worse']);
  expect((await notify.handlers['notify.acknowledge']({ item: null })).ok).toBe(false);
  person = { name: 'Marta Lindqvist' };
  // What is open is kept over a restart.
  expect(value(await make().handlers['notify.get']({})).open).toHaveLength(1);
  value(await notify.handlers['notify.acknowledge']({ item: null }));
  expect(await open()).toEqual([]);
  await pass(3600);
  expect(shown).toHaveLength(2);
  for (const payload of emitted) notifyEvents['notify.changed'].parse(payload);
});

test('what our services depend on counts as broken, though we do not run there', async () => {
  const desk = await openCloud();
  const pack = folder();
  writeFileSync(
    join(pack, 'topology.yaml'),
    'services:\n  shop:\n    runsIn: [gcp/europe-west1]\n    needs: [aws/us-east-1/dynamodb]\n',
  );
  const { packs, ours } = compose(desk, folder());
  await desk.health.start();
  value(await packs.add(pack));
  await desk.poll();
  expect((await desk.board()).glance.broken.lead).toBe('Nothing broken');
  desk.answers[AWS] = aws('3');
  desk.pass(1);
  await desk.poll();
  expect(value(await ours.handlers['ours.services']({})).hit).toEqual(['shop']);
  expect((await desk.board()).glance.broken).toMatchObject({
    state: 'broken',
    lead: '1 region, 1 service',
    lines: ['us-east-1 out'],
  });
  // Its feed falls silent: nothing is quiet for a feed that we depend on.
  desk.answers[AWS] = aws(null);
  for (let minute = 0; minute < 8; minute += 1) {
    desk.pass(1);
    await desk.poll();
  }
  expect((await desk.board()).glance.broken.lead).toBe('Nothing broken');
  desk.answers[AWS] = 'down';
  desk.pass(10);
  await desk.poll();
  expect((await desk.board()).glance.broken).toMatchObject({ state: 'unknown', lead: 'No trouble heard' });
});
