// The whole service, from an answer to the board: what is not heard never looks healthy, and it is said once.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { FeedConfig } from '../../../electron/health/defaults.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { awsEvents, feed, openDesk, references, referencesWell, statuspage } from './desk.ts';

const AWS = 'https://aws.example/feed';
const ACME = 'https://acme.example/feed';
const aws = feed('aws', 'aws-currentevents');
const acme = feed('acme', 'statuspage');

describe('the states of a feed', () => {
  test('not heard, fresh, late, stale, unreachable, unparseable and paused are told apart', async () => {
    const desk = await openDesk([acme], { ...referencesWell, [ACME]: statuspage({ API: 'operational' }) });
    expect(await desk.state('acme')).toBe('not-heard');
    await desk.health.start();
    await desk.poll();
    expect(await desk.state('acme')).toBe('fresh');
    expect((await desk.board()).rows[0]?.span).toMatchObject({ state: 'operational' });
    desk.pass(3);
    expect(await desk.state('acme')).toBe('late');
    desk.pass(3);
    expect(await desk.state('acme')).toBe('stale');
    expect((await desk.board()).rows[0]?.span).toMatchObject({ state: 'unknown', stale: true });
    desk.answers[ACME] = 'down';
    await desk.poll();
    const down = (await desk.board()).feeds[0]!;
    expect(down.state).toBe('unreachable');
    expect(down.reason).toContain('refused');
    desk.answers[ACME] = '<html>Welcome to our hotel</html>';
    await desk.poll();
    expect(await desk.state('acme')).toBe('unparseable');
    await desk.health.handlers['health.setFeed']({ feed: 'acme', enabled: false });
    expect(await desk.state('acme')).toBe('paused');
  });

  test('bad news stays bad while its feed is silent, and nothing is healthy by it', async () => {
    const desk = await openDesk([aws], {
      ...referencesWell,
      [AWS]: awsEvents([{ service: 'dynamodb', code: 3 }]),
    });
    await desk.health.start();
    await desk.poll();
    const cell = async (region: string) => {
      const board = await desk.board();
      return board.rows[0]!.cells.find((one) => one?.region === region)!;
    };
    expect(await cell('us-east-1')).toMatchObject({
      state: 'major-outage',
      stale: false,
      services: ['dynamodb'],
    });
    expect(await cell('eu-west-1')).toMatchObject({ state: 'operational', basis: 'nothing-reported' });
    desk.answers[AWS] = 503;
    desk.pass(1);
    await desk.poll();
    expect(await cell('us-east-1')).toMatchObject({ state: 'major-outage', stale: true });
    expect((await cell('us-east-1')).staleSince).toBe('2026-10-20T07:00:00.000Z');
    expect(await cell('eu-west-1')).toMatchObject({ state: 'unknown', stale: true });
    expect((await desk.board()).glance.broken.state).toBe('broken');
  });

  test('a clock that is set back or forward makes nothing fresh and nothing stale', async () => {
    const desk = await openDesk([acme], { ...referencesWell, [ACME]: statuspage({ API: 'operational' }) });
    await desk.health.start();
    await desk.poll();
    desk.setWall(-3 * 1440);
    expect(await desk.state('acme')).toBe('fresh');
    desk.setWall(6 * 1440);
    expect(await desk.state('acme')).toBe('fresh');
    desk.pass(6);
    expect(await desk.state('acme')).toBe('stale');
  });
});

test('"nothing broken" is said only when everything we run on is heard', async () => {
  const desk = await openDesk(
    [aws, acme],
    { ...referencesWell, [AWS]: '[]', [ACME]: 'down' },
    { regions: ['aws/us-east-1'] },
  );
  const glance = async () => (await desk.board()).glance.broken;
  expect(await glance()).toMatchObject({ state: 'unknown', lead: 'No trouble heard' });
  await desk.health.start();
  await desk.poll();
  expect(await glance()).toMatchObject({ state: 'quiet', lead: 'Nothing broken' });
  expect((await glance()).lines.join()).toContain('ACME unreachable');
  desk.pass(6);
  expect(await glance()).toMatchObject({ state: 'unknown', lead: 'No trouble heard' });
});

test('a valid empty feed in the middle of an outage is no recovery', async () => {
  const desk = await openDesk([aws], {
    ...referencesWell,
    [AWS]: awsEvents([{ service: 'dynamodb', code: 3 }]),
  });
  await desk.health.start();
  await desk.poll();
  desk.pass(1);
  await desk.poll();
  expect(desk.signals.map((one) => one.kind)).toEqual(['worse']);
  desk.answers[AWS] = '[]';
  for (let minute = 0; minute < 5; minute += 1) {
    desk.pass(1);
    await desk.poll();
    const cell = (await desk.board()).rows[0]!.cells.find((one) => one?.region === 'us-east-1');
    expect(cell).toMatchObject({ state: 'major-outage', noLongerListed: true });
  }
  desk.pass(1);
  await desk.poll();
  const cell = (await desk.board()).rows[0]!.cells.find((one) => one?.region === 'us-east-1');
  expect(cell).toMatchObject({ state: 'operational', basis: 'nothing-reported', noLongerListed: true });
  expect(desk.signals.map((one) => one.kind)).toEqual(['worse', 'no-longer-listed']);
  expect(desk.signals[1]?.text).toContain('not resolved');
});

test('an older cached copy is not fresh, and after ten minutes of it the feed is stale', async () => {
  const page = (status: string, minute: number) =>
    statuspage({ API: status }, { updatedAt: `2026-10-20T06:${String(minute).padStart(2, '0')}:00.000Z` });
  const desk = await openDesk([acme], { ...referencesWell, [ACME]: page('major_outage', 30) });
  await desk.health.start();
  await desk.poll();
  desk.answers[ACME] = page('operational', 10);
  for (let minute = 1; minute <= 4; minute += 1) {
    desk.pass(1);
    await desk.poll();
  }
  expect(await desk.state('acme')).toBe('late');
  expect((await desk.board()).feeds[0]?.reason).toContain('older copies');
  for (let minute = 5; minute <= 12; minute += 1) {
    desk.pass(1);
    await desk.poll();
  }
  expect(await desk.state('acme')).toBe('stale');
  expect((await desk.board()).rows[0]?.span).toMatchObject({ state: 'major-outage', stale: true });
});

describe('our own connectivity', () => {
  const feeds = ['one', 'two', 'three', 'four', 'five'].map((id) => feed(id, 'statuspage'));
  const url = (id: string) => `https://${id}.example/feed`;
  const well = Object.fromEntries(feeds.map((one) => [url(one.id), statuspage({ API: 'operational' })]));

  test('a lost path is said once, everything on it is unknown, and only differences are told when it returns', async () => {
    const desk = await openDesk(feeds, { ...referencesWell, ...well });
    await desk.health.start();
    await desk.poll();
    desk.pass(1);
    await desk.poll();
    for (const key of Object.keys(desk.answers)) desk.answers[key] = 'down';
    for (let minute = 0; minute < 8; minute += 1) {
      desk.pass(1);
      await desk.poll();
    }
    const lost = await desk.board();
    expect(desk.signals.map((one) => one.kind)).toEqual(['path']);
    expect(lost.offline?.text).toContain('No internet');
    expect(new Set(lost.feeds.map((one) => one.state))).toEqual(new Set(['offline']));
    expect(lost.glance).toMatchObject({
      broken: { state: 'unknown' },
      now: { lead: 'No internet since 07:02Z' },
    });
    desk.answers = { ...referencesWell, ...well, [url('two')]: statuspage({ API: 'major_outage' }) };
    desk.pass(1);
    await desk.poll();
    desk.pass(1);
    await desk.poll();
    expect((await desk.board()).offline).toBeNull();
    expect(desk.signals.map((one) => [one.kind, one.provider, one.to])).toEqual([
      ['path', 'internet', 'unknown'],
      ['path', 'internet', 'operational'],
      ['worse', 'two', 'major-outage'],
    ]);
  });

  test('a captive portal that answers 200 to everything is a lost path', async () => {
    const desk = await openDesk(feeds, { ...referencesWell, ...well });
    await desk.health.start();
    await desk.poll();
    for (const key of Object.keys(desk.answers)) desk.answers[key] = '<html>Sign in to the hotel</html>';
    desk.pass(1);
    await desk.poll();
    expect((await desk.board()).offline).not.toBeNull();
    expect(desk.signals.map((one) => one.kind)).toEqual(['path']);
  });

  test('while references answer, it is the feeds that are broken, not we', async () => {
    const desk = await openDesk(feeds, { ...referencesWell });
    await desk.health.start();
    await desk.poll();
    expect((await desk.board()).offline).toBeNull();
    expect(desk.asked.filter((one) => one.startsWith('http://ref-')).length).toBeGreaterThanOrEqual(3);
    const portal = { ...referencesWell, [references[0]!.url]: 'wrong', [references[1]!.url]: 500 };
    const partly = await openDesk(feeds, portal);
    await partly.health.start();
    await partly.poll();
    expect((await partly.board()).offline).toBeNull();
  });
});

describe('after a restart', () => {
  test('the last words stand with their true age, and nothing is better than before', async () => {
    const desk = await openDesk([aws, acme], {
      ...referencesWell,
      [AWS]: awsEvents([{ service: 'dynamodb', code: 3 }]),
      [ACME]: statuspage({ API: 'operational' }),
    });
    await desk.health.start();
    await desk.poll();
    desk.pass(1);
    await desk.poll();
    expect(desk.signals).toHaveLength(1);
    desk.pass(60);
    const again = await desk.reopen();
    const board = await again.board();
    expect(board.feeds.map((one) => one.state)).toEqual(['stale', 'stale']);
    expect(board.feeds[0]?.fetchedAt).toBe('2026-10-20T07:01:00.000Z');
    const cell = board.rows[0]!.cells.find((one) => one?.region === 'us-east-1');
    expect(cell).toMatchObject({ state: 'major-outage', stale: true });
    expect(board.rows[1]?.span).toMatchObject({ state: 'unknown' });
    expect(board.signals.total).toBe(1);
    expect(board.signals.latest[0]?.id).toBe(desk.signals[0]?.id);
    // The same words again are no news.
    await again.health.start();
    await again.poll();
    again.pass(1);
    await again.poll();
    expect(again.signals).toEqual([]);
    expect(await again.state('aws')).toBe('fresh');
  });

  test('a file that cannot be read is set aside and said; one of a newer version is left alone', async () => {
    const first = await openDesk([acme], { ...referencesWell, [ACME]: statuspage({ API: 'operational' }) });
    await first.close();
    const path = join(first.folder, 'health.db');
    writeFileSync(path, 'this is no database, but somebody saved it here'.repeat(200));
    const second = await openDesk([acme], first.answers, { folder: first.folder });
    expect(second.health.notices).toHaveLength(1);
    expect(second.health.notices[0]).toContain('set aside');
    expect((await second.board()).feeds.map((one) => one.state)).toEqual(['not-heard']);
    await second.close();
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(path);
    const third = await openDesk([acme], first.answers, { folder: first.folder });
    expect(third.health.notices[0]).toContain('newer');
    await third.health.start();
    await third.poll();
    expect(await third.state('acme')).toBe('fresh');
    await third.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a feed that was removed stays removed, one that was added stays added', async () => {
    const added = 'https://shop.example/api/v2/summary.json';
    const desk = await openDesk([acme], {
      ...referencesWell,
      [added]: statuspage({ Checkout: 'degraded_performance' }),
    });
    const { handlers } = desk.health;
    await desk.health.start();
    const preview = await handlers['health.previewFeed']({ url: 'https://shop.example/' });
    expect(preview).toMatchObject({ ok: true, value: { kind: 'statuspage', observations: 1 } });
    const kept = await handlers['health.addFeed']({
      url: 'https://shop.example/',
      kind: 'statuspage',
      name: 'Shop',
      provider: 'shop',
    });
    expect(kept.ok).toBe(true);
    expect(
      await handlers['health.addFeed']({ url: added, kind: 'statuspage', name: 'x', provider: 'x' }),
    ).toMatchObject({
      ok: false,
      error: { code: 'already-watched' },
    });
    await handlers['health.removeFeed']({ feed: 'acme' });
    const again = await desk.reopen();
    expect((await again.board()).feeds.map((one) => [one.name, one.url])).toEqual([['Shop', added]]);
  });
});

test('the cell, the raw payload and the evidence of a signal say what the provider said', async () => {
  const desk = await openDesk([aws], {
    ...referencesWell,
    [AWS]: awsEvents([{ service: 'dynamodb', code: 3 }]),
  });
  await desk.health.start();
  await desk.poll();
  desk.pass(1);
  await desk.poll();
  const { handlers } = desk.health;
  const cell = await handlers['health.cell']({ provider: 'aws', region: 'us-east-1' });
  expect(cell).toMatchObject({
    ok: true,
    value: {
      services: [
        {
          service: 'dynamodb',
          state: 'major-outage',
          sources: [{ feed: 'aws', stated: true, text: 'We are investigating.' }],
        },
      ],
    },
  });
  const raw = await handlers['health.raw']({ feed: 'aws' });
  expect(raw.ok && raw.value.text.startsWith('[{"date":"1792479600"')).toBe(true);
  expect(desk.health.evidence([desk.signals[0]!.id, 'nobody'])).toMatchObject([
    {
      provider: 'aws',
      region: 'us-east-1',
      service: 'dynamodb',
      excerpt: 'We are investigating.',
      newRegion: true,
    },
  ]);
  const page = await handlers['health.signals']({ before: null, limit: 10 });
  expect(page).toMatchObject({ ok: true, value: { total: 1 } });
});

test('one event over many places is one line', async () => {
  const incident = {
    id: 'i1',
    name: 'Everything is slow',
    status: 'investigating',
    impact: 'major',
    created_at: '2026-10-20T06:50:00Z',
    updated_at: '2026-10-20T06:55:00Z',
    incident_updates: [{ id: 'u', body: 'Looking.', status: 'investigating', affected_components: null }],
    components: Array.from({ length: 30 }, (_, index) => ({ id: `c${index}`, name: `Service ${index}` })),
  };
  const components = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`Service ${index}`, 'partial_outage']),
  );
  const desk = await openDesk([acme], {
    ...referencesWell,
    [ACME]: statuspage(components, { incidents: [incident] }),
  });
  await desk.health.start();
  await desk.poll();
  desk.pass(1);
  await desk.poll();
  expect(desk.signals).toHaveLength(1);
  expect(desk.signals[0]).toMatchObject({
    event: 'Everything is slow',
    to: 'partial-outage',
    began: '2026-10-20T06:50:00.000Z',
  });
  expect(desk.signals[0]?.services.length).toBeGreaterThanOrEqual(30);
});

test('an event marked known is not broken and no news until it changes', async () => {
  const desk = await openDesk([aws], {
    ...referencesWell,
    [AWS]: awsEvents([{ service: 'ec2', region: 'me-south-1', code: 3 }]),
  });
  await desk.health.start();
  await desk.poll();
  desk.pass(1);
  await desk.poll();
  const id = 'arn:aws:health:me-south-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/1';
  expect((await desk.board()).glance.broken.state).toBe('broken');
  expect(desk.health.markKnown('aws', id).ok).toBe(true);
  expect((await desk.board()).glance.broken.state).toBe('quiet');
  desk.answers[AWS] = awsEvents([{ service: 'ec2', region: 'me-south-1', code: 2 }]);
  desk.pass(1);
  await desk.poll();
  expect((await desk.board()).glance.broken.state).toBe('broken');
});

test('only the owner polls and changes feeds; what it found is shown to the others', async () => {
  const desk = await openDesk([acme], { ...referencesWell, [ACME]: statuspage({ API: 'major_outage' }) });
  await desk.health.start();
  await desk.poll();
  const other = await openDesk([acme], desk.answers, { folder: desk.folder, owner: false });
  await other.health.start();
  expect(await other.health.handlers['health.pollNow']({ feed: 'acme' })).toMatchObject({
    error: { code: 'not-owner' },
  });
  expect((await other.board()).rows[0]?.span).toMatchObject({ state: 'major-outage' });
  expect(other.asked).toEqual([]);
  const checked = await other.health.checkOnce();
  expect(checked.map((one) => [one.id, one.state])).toEqual([['acme', 'fresh']]);
  expect(desk.health.evidence([]).length).toBe(0);
});

test('events to the window carry rising revisions and come at most twice a second', async () => {
  const desk = await openDesk([acme], { ...referencesWell, [ACME]: statuspage({ API: 'operational' }) });
  const started = systemClock.uptime();
  await desk.health.start();
  for (let time = 0; time < 20; time += 1) await desk.poll();
  await desk.told();
  // The first at once, then one each half second, however long the machine took.
  expect(desk.emitted.length).toBeLessThanOrEqual(2 + (systemClock.uptime() - started) / 500);
  const revs = desk.emitted.map((one) => one.rev);
  expect(revs).toEqual([...new Set(revs)].sort((a, b) => a - b));
  const last = desk.emitted.at(-1)!;
  expect(last.board.rev).toBe(last.rev);
  expect((await desk.board()).rev).toBe(last.rev);
});

test('a feed of a pack that is given another address, or another mapping, starts anew: nothing of the old one is confirmed', async () => {
  const OLD = 'https://old.example/feed';
  const NEW = 'https://new.example/feed';
  const desk = await openDesk([], {
    ...referencesWell,
    [OLD]: statuspage({ API: 'operational' }),
    [NEW]: statuspage({ Shop: 'major_outage' }),
  });
  // The same mark at both: a copy of the same server, or a file that is as old.
  desk.etags = { [OLD]: '"1"', [NEW]: '"1"' };
  const set = (url: string, more: Partial<FeedConfig> = {}) =>
    desk.health.setPacks({
      feeds: [feed('shop', 'statuspage', { url, builtIn: false, ...more })],
      probes: [],
      paths: new Map(),
    });
  const services = () => desk.health.readings().map((one) => [one.service, one.state]);
  await desk.health.start();
  set(OLD);
  await desk.poll('shop');
  desk.pass(1);
  await desk.poll('shop');
  expect(desk.conditions.at(-1)).toEqual([OLD, '"1"']);
  set(NEW);
  expect(services()).toEqual([]);
  await desk.poll('shop');
  expect(desk.conditions.find(([url]) => url === NEW)).toEqual([NEW, null]);
  expect(services()).toEqual([['shop', 'major-outage']]);
  // How often it is asked is no other address: what it said stays, also over a restart.
  set(NEW, { intervalMs: 120_000 });
  expect(services()).toEqual([['shop', 'major-outage']]);
  // The words of another provider, read from the very same bytes.
  set(NEW, { provider: 'market' });
  await desk.poll('shop');
  expect(desk.health.readings().map((one) => [one.provider, one.state])).toEqual([
    ['market', 'major-outage'],
  ]);
});

test('a feed of a pack may say how long a state holds before it is a signal, in the place of two polls', async () => {
  const desk = await openDesk([], { ...referencesWell });
  const said = () => desk.signals.filter((one) => one.to === 'major-outage').map((one) => one.feed);
  desk.health.setPacks({
    feeds: [
      feed('patient', 'statuspage', { builtIn: false, holdMs: 180_000 }),
      feed('polls', 'statuspage', { builtIn: false }),
    ],
    probes: [],
    paths: new Map(),
  });
  const answer = (status: string): void => {
    for (const id of ['patient', 'polls'])
      desk.answers[`https://${id}.example/feed`] = statuspage({ API: status });
  };
  const poll = async (minutes: number): Promise<void> => {
    desk.pass(minutes);
    await desk.poll('patient', 'polls');
  };
  answer('operational');
  await desk.health.start();
  await poll(0);
  await poll(1);
  answer('major_outage');
  await poll(1);
  expect(said()).toEqual([]);
  await poll(1);
  expect(said()).toEqual(['polls']);
  await poll(1);
  expect(said()).toEqual(['polls']);
  await poll(1);
  expect(said()).toEqual(['polls', 'patient']);
});

test('an answer that comes after its feed was given another address is not taken for it', async () => {
  const OLD = 'https://old.example/feed';
  const NEW = 'https://new.example/feed';
  const desk = await openDesk([], {
    ...referencesWell,
    [OLD]: statuspage({ API: 'major_outage' }),
    [NEW]: statuspage({ API: 'operational' }),
  });
  const set = (url: string) =>
    desk.health.setPacks({
      feeds: [feed('shop', 'statuspage', { url, builtIn: false })],
      probes: [],
      paths: new Map(),
    });
  await desk.health.start();
  set(OLD);
  const late = desk.poll('shop');
  set(NEW);
  await late;
  expect(desk.health.readings().map((one) => one.state)).not.toContain('major-outage');
  await desk.poll('shop');
  expect(desk.health.readings()).toMatchObject([{ state: 'operational' }]);
});
