// When feeds are asked, and what one lost connection means.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createEngine } from '../../../electron/health/engine.ts';
import { createFeedPoll } from '../../../electron/health/feed-poll.ts';
import { failure } from '../../../electron/health/fetch/failures.ts';
import type { FetchResult } from '../../../electron/health/fetch/fetcher.ts';
import { createParser } from '../../../electron/health/parser.ts';
import { createPoller, nextDelay } from '../../../electron/health/poller.ts';
import { openMemoryStore } from '../../../electron/health/store.ts';
import { feedState, isBelieved, lateAfterMs } from '../../../shared/health/judge-feed.ts';
import { feed, statuspage } from '../../integration/health/desk.ts';

const hint = (more = {}) => ({ ok: true, again: false, failures: 0, retryAfterMs: null, ...more });

describe('the next poll', () => {
  test('is an interval away, with a tenth of jitter', () => {
    expect(nextDelay(60_000, hint(), 0)).toBe(54_000);
    expect(nextDelay(60_000, hint(), 1)).toBe(66_000);
  });

  test('moves away after failures, ten intervals at most', () => {
    const after = (failures: number) => nextDelay(60_000, hint({ ok: false, failures }), 0.5);
    expect([1, 2, 3, 4, 5, 50].map(after)).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000]);
  });

  test('honours Retry-After within bounds', () => {
    const after = (retryAfterMs: number) =>
      nextDelay(60_000, hint({ ok: false, failures: 1, retryAfterMs }), 0.5);
    expect([0, 120_000, 10 ** 9].map(after)).toEqual([60_000, 120_000, 3_600_000]);
  });

  test('is never at once and never further than an hour or ten intervals', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 3_600_000 }),
        fc.boolean(),
        fc.boolean(),
        fc.nat(100),
        fc.option(fc.nat(), { nil: null }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (interval, ok, again, failures, retryAfterMs, random) => {
          const delay = nextDelay(interval, { ok, again, failures, retryAfterMs }, random);
          expect(delay).toBeGreaterThan(0);
          expect(delay).toBeLessThanOrEqual(Math.max(3_600_000, interval * 10) * 1.1);
        },
      ),
    );
  });
});

test('no more than so many at once, and everyone gets a turn', async () => {
  let under = 0;
  let most = 0;
  const asked: string[] = [];
  const poller = createPoller({
    clock: { now: () => 0, uptime: () => 0 },
    random: () => 0,
    maxAtOnce: 3,
    poll: async (id) => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((done) => setTimeout(done, 1));
      under -= 1;
      asked.push(id);
      return hint();
    },
  });
  for (let index = 0; index < 20; index += 1) poller.add(`f${index}`, 60_000);
  poller.start();
  await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(20), { timeout: 60_000 });
  await poller.stop();
  expect(most).toBe(3);
  expect(new Set(asked).size).toBe(20);
  expect(asked).toHaveLength(20);
});

test('one lost connection after good answers is tried again soon, before anything is said; the second one counts', async () => {
  let now = 1_000_000;
  const clock = { now: () => now, uptime: () => now };
  const store = openMemoryStore([]);
  const engine = createEngine({
    store,
    clock,
    ids: { uuid: () => `${now}` },
    ours: () => false,
    onSignals: () => undefined,
    onChange: () => undefined,
  });
  engine.add(feed('acme', 'statuspage'));
  const well: FetchResult = {
    ok: true,
    value: {
      status: 200,
      notModified: false,
      bytes: new TextEncoder().encode(statuspage({ API: 'operational' })),
      contentType: 'application/json',
      etag: null,
      lastModified: null,
      url: 'https://acme.example/',
      durationMs: 1,
    },
  };
  const down: FetchResult = { ok: false, error: failure('refused', 'refused. It is tried again.') };
  let answer: FetchResult = well;
  const poll = createFeedPoll({
    engine,
    fetch: async (): Promise<FetchResult> => answer,
    parser: createParser(),
    paths: null,
    clock,
    unchangedOf: 'taken',
  });
  const state = () => engine.stateOf(engine.get('acme')!);
  expect(await poll('acme', false)).toMatchObject({ ok: true });
  answer = down;
  now += 60_000;
  const first = await poll('acme', false);
  expect(first).toMatchObject({ ok: false, again: true });
  expect(nextDelay(60_000, first, 0.5)).toBe(10_000);
  expect(state()).toBe('fresh');
  now += 10_000;
  expect(await poll('acme', false)).toMatchObject({ ok: false, again: false, failures: 2 });
  expect(state()).toBe('unreachable');
  // A person who asks wants to know now.
  answer = well;
  await poll('acme', false);
  answer = down;
  await poll('acme', true);
  expect(state()).toBe('unreachable');
  store.close();
});

describe('the state of a feed', () => {
  const facts = {
    enabled: true,
    pathLost: false,
    heardAgeMs: 1000,
    olderForMs: null,
    outcome: 'good',
    intervalMs: 60_000,
    staleAfterMs: 300_000,
  } as const;

  test.each([
    ['paused', { enabled: false, pathLost: true }],
    ['offline', { pathLost: true, outcome: 'unreachable' }],
    ['not-heard', { heardAgeMs: null, outcome: null }],
    ['unreachable', { outcome: 'unreachable' }],
    ['unreachable', { outcome: 'unreachable', heardAgeMs: null }],
    ['unparseable', { outcome: 'unparseable' }],
    ['fresh', {}],
    ['late', { heardAgeMs: lateAfterMs(60_000) }],
    ['late', { olderForMs: 60_000 }],
    ['stale', { heardAgeMs: 300_000 }],
    ['stale', { olderForMs: 600_000 }],
    ['stale', { heardAgeMs: -3_600_000 }],
  ] as const)('%s', (word, more) => {
    expect(feedState({ ...facts, ...more })).toBe(word);
  });

  test('only fresh and late are believed, and an answer never gets fresher by waiting', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (age, more) => {
        const before = isBelieved(feedState({ ...facts, heardAgeMs: age }));
        const after = isBelieved(feedState({ ...facts, heardAgeMs: age + more }));
        expect(after && !before).toBe(false);
      }),
    );
  });
});

test('a payload over the limit is parsed in a worker; one that takes too long is broken off', async () => {
  const bytes = new TextEncoder().encode(statuspage({ API: 'major_outage' }));
  const context = { provider: 'acme', now: '2026-10-20T07:00:00.000Z' };
  const inWorker = createParser({ inWorker: 10 });
  const [result, second] = await Promise.all([
    inWorker.parse('statuspage', bytes, context),
    inWorker.parse('statuspage', bytes, context),
  ]);
  expect(result.observations).toMatchObject([{ service: 'api', state: 'major-outage' }]);
  expect(second).toEqual(result);
  await inWorker.stop();
  const impatient = createParser({ inWorker: 10, maxMs: 1 });
  const slow = await impatient.parse('statuspage', bytes, context);
  expect(slow).toMatchObject({ usable: false, problems: [{ code: 'too-slow' }] });
  await impatient.stop();
});

test('an answer that was on its way when its feed got another address is about another one', async () => {
  const clock = { now: () => Date.parse('2026-10-20T07:00:00.000Z'), uptime: () => 1000 };
  const store = openMemoryStore([]);
  const engine = createEngine({
    store,
    clock,
    ids: { uuid: () => 'one' },
    ours: () => false,
    onSignals: () => undefined,
    onChange: () => undefined,
  });
  const parser = createParser();
  let during: () => void = () => undefined;
  const value = {
    ...{ status: 200, notModified: false, contentType: '', etag: null, lastModified: null },
    ...{ url: 'https://old.example/', durationMs: 1 },
    bytes: new TextEncoder().encode(statuspage({ API: 'major_outage' })),
  };
  const poll = createFeedPoll({
    engine,
    fetch: async (): Promise<FetchResult> => {
      during();
      return { ok: true, value };
    },
    parser: {
      ...parser,
      parse: async (...of) => {
        const read = await parser.parse(...of);
        inParse();
        return read;
      },
    },
    paths: null,
    clock,
    unchangedOf: 'taken',
  });
  let inParse: () => void = () => undefined;
  const config = (url: string) => feed('shop', 'statuspage', { url });
  const places = () => engine.get('shop')!.memory.places.size;
  const moved = () => engine.add(config('https://new.example/'));
  // While it was asked, while it was read, and not at all.
  for (const [fetching, parsing, taken] of [
    [moved, () => undefined, 0],
    [() => undefined, moved, 0],
    [() => undefined, () => undefined, 1],
  ] as const) {
    engine.add(config('https://old.example/'));
    during = fetching;
    inParse = parsing;
    await poll('shop', false);
    expect(places()).toBe(taken);
  }
  await parser.stop();
  store.close();
});
