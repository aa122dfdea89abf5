// Patience: what has to hold before it is told, and what has to be said before it is over.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memoryFromJson, memoryToJson } from '../../../shared/health/judge-memory.ts';
import { STATES, type State } from '../../../shared/health/types.ts';
import { isWorse, rank } from '../../../shared/health/worst.ts';
import { at, event, obs, payload, watching } from './helpers.ts';

const out = payload([obs('dynamodb', 'major-outage', { event: 'e1' })], [event('e1')]);
const empty = payload([]);

describe('damping', () => {
  test('a state is told after two polls, with the time at which it was first heard', () => {
    const feed = watching();
    expect(feed.poll(0, out).places).toEqual([]);
    const second = feed.same(1);
    expect(second.places).toMatchObject([{ from: null, to: 'major-outage', at: at(0), event: 'e1' }]);
    expect(feed.same(2).places).toEqual([]);
  });

  test('a state that lasts one poll is not told, and is counted', () => {
    const feed = watching();
    const well = payload([obs('api', 'operational')], [], { statesAll: true });
    const bad = payload([obs('api', 'degraded')], [], { statesAll: true });
    for (let minute = 0; minute < 40; minute += 2) {
      expect(feed.poll(minute, bad).places).toEqual([]);
      expect(feed.poll(minute + 1, well).places).toEqual([]);
    }
    const [place] = feed.memory().places.values();
    expect(place?.flaps).toBe(20);
  });

  test('a state that gets worse at every poll is told as far as it has held', () => {
    const feed = watching();
    const say = (state: State) => payload([obs('api', state)], [], { statesAll: true });
    feed.poll(0, say('operational'));
    feed.poll(1, say('degraded'));
    expect(feed.poll(2, say('major-outage')).places).toMatchObject([{ to: 'degraded', at: at(1) }]);
    expect(feed.same(3).places).toMatchObject([{ from: 'degraded', to: 'major-outage', at: at(2) }]);
  });

  test('whatever a feed says, what is told was said by two polls in a row at least as strongly', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 30 }), (said) => {
        const feed = watching();
        let before: State = 'operational';
        let told: State = 'operational';
        let last = '';
        said.forEach((state, minute) => {
          const { places } = feed.poll(minute, payload([obs('api', state)], [], { statesAll: true }));
          for (const change of places) {
            const to = change.to ?? 'operational';
            // Both of the last two polls were on this side of what was told before, and neither milder than this.
            for (const one of [before, state]) {
              if (isWorse(to, told)) expect(rank(one)).toBeLessThanOrEqual(rank(to));
              else expect(rank(one)).toBeGreaterThanOrEqual(rank(to));
            }
            expect(to).not.toBe(told);
            expect(change.at >= last).toBe(true);
            told = to;
            last = change.at;
          }
          before = state;
        });
      }),
    );
  });
});

describe('recovery needs a word', () => {
  test('an event that vanishes stays for two more good polls and five minutes, then is no longer listed', () => {
    const feed = watching();
    feed.poll(0, out);
    feed.same(1);
    for (let minute = 2; minute < 7; minute += 1) {
      expect(feed.poll(minute, empty).places).toEqual([]);
      expect(feed.told('dynamodb')).toBe('major-outage');
    }
    const end = feed.poll(7, empty);
    expect(end.places).toMatchObject([
      { from: 'major-outage', to: null, how: 'no-longer-listed', at: at(7) },
    ]);
    expect(end.events).toMatchObject([{ how: 'no-longer-listed' }]);
    expect(feed.memory().places.values().next().value?.unlistedAt).toBe(at(7));
  });

  test('five minutes alone are not enough: two more good polls are needed', () => {
    const feed = watching();
    feed.poll(0, out);
    feed.same(1);
    feed.poll(2, empty);
    expect(feed.poll(20, empty).places).toEqual([]);
    expect(feed.poll(21, empty).places).toHaveLength(1);
  });

  test('an event that comes back within its grace was never gone', () => {
    const feed = watching();
    feed.poll(0, out);
    feed.same(1);
    feed.poll(2, empty);
    feed.poll(3, empty);
    for (let minute = 4; minute < 20; minute += 1) expect(feed.poll(minute, out).places).toEqual([]);
    expect(feed.told('dynamodb')).toBe('major-outage');
  });

  test('a word of resolution is a recovery, and is told as one', () => {
    const feed = watching();
    feed.poll(0, out);
    feed.same(1);
    const over = payload([], [event('e1', { status: 'resolved', endedAt: at(9) })]);
    feed.poll(10, over);
    expect(feed.same(11).places).toMatchObject([
      { from: 'major-outage', to: 'operational', how: 'word', at: at(10), event: 'e1' },
    ]);
    // The resolution left the list: nothing is reported any more, and that is no news.
    expect(feed.poll(12, empty).places).toEqual([]);
    expect(feed.same(13).places).toEqual([]);
  });

  test('a place that an open event no longer names is no longer listed, not healthy', () => {
    const feed = watching();
    const both = payload(
      [obs('dynamodb', 'major-outage', { event: 'e1' }), obs('lambda', 'major-outage', { event: 'e1' })],
      [event('e1', { services: ['dynamodb', 'lambda'] })],
    );
    feed.poll(0, both);
    feed.same(1);
    let told: readonly unknown[] = [];
    for (let minute = 2; minute < 9; minute += 1) told = [...told, ...feed.poll(minute, out).places];
    expect(told).toMatchObject([{ place: { service: 'lambda' }, how: 'no-longer-listed' }]);
  });

  test('a component that is listed states itself: no farewell is needed', () => {
    const feed = watching();
    const bad = payload([obs('api', 'degraded', { event: 'i1' })], [event('i1')], { statesAll: true });
    const well = payload([obs('api', 'operational')], [event('i1')], { statesAll: true });
    feed.poll(0, bad);
    feed.same(1);
    feed.poll(2, well);
    expect(feed.same(3).places).toMatchObject([
      { from: 'degraded', to: 'operational', how: 'word', at: at(2) },
    ]);
  });

  test('no sequence without a good word ends in a told recovery by word', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 3, maxLength: 60 }), (listed) => {
        const feed = watching();
        listed.forEach((yes, minute) => {
          const { places } = feed.poll(minute, yes ? out : empty);
          for (const change of places)
            if (change.to === null || change.to === 'operational')
              expect(change.how).toBe('no-longer-listed');
        });
      }),
    );
  });

  test('an open event that names nothing still has a place', () => {
    const feed = watching();
    feed.poll(0, payload([], [event('e2', { regions: [], services: [] })]));
    expect(feed.same(1).places).toMatchObject([{ place: { region: 'global' }, to: 'major-outage' }]);
  });
});

describe('polls that go back in time', () => {
  const well = payload([obs('api', 'operational')], [], { statesAll: true, asOf: at(0) });
  const bad = payload([obs('api', 'major-outage')], [], { statesAll: true, asOf: at(5) });

  test('an older copy changes nothing and is not fresh', () => {
    const feed = watching();
    feed.poll(5, bad);
    feed.same(6);
    const older = feed.poll(7, well);
    expect(older.verdict).toBe('older');
    expect(older.places).toEqual([]);
    expect(feed.memory().heardAt).toBe(at(6));
    expect(feed.memory().olderSince).toBe(at(7));
    expect(feed.same(8).verdict).toBe('older');
    expect(feed.poll(9, { ...bad, asOf: at(6) }).verdict).toBe('taken');
    expect(feed.memory().olderSince).toBeNull();
  });

  test('old and new copies in turn never make a service flap', () => {
    const feed = watching();
    feed.poll(5, bad);
    feed.same(6);
    for (let minute = 7; minute < 60; minute += 2) {
      expect(feed.poll(minute, well).places).toEqual([]);
      expect(feed.poll(minute + 1, bad).places).toEqual([]);
    }
    expect(feed.told('api')).toBe('major-outage');
    expect([...feed.memory().places.values()][0]?.flaps).toBe(0);
  });

  test('after an hour of copies whose own time moves on, what they say is its word: the page lives and was set back', () => {
    const feed = watching();
    feed.poll(50, { ...bad, asOf: at(50) });
    feed.poll(51, { ...well, asOf: at(2) });
    expect(feed.poll(110, { ...well, asOf: at(40) }).verdict).toBe('older');
    expect(feed.poll(112, { ...well, asOf: at(42) }).verdict).toBe('taken');
  });

  test('one old copy, or two of two caches in turn, for hours is no recovery', () => {
    const feed = watching();
    feed.poll(5, bad);
    feed.same(6);
    for (let minute = 7; minute < 300; minute += 4) {
      feed.poll(minute, well);
      expect(feed.poll(minute + 1, { ...well, asOf: at(3) }).verdict).toBe('older');
    }
    expect(feed.told('api')).toBe('major-outage');
    expect(memoryFromJson(memoryToJson(feed.memory()))).toEqual(feed.memory());
    // Nothing else for a day: no cache is that old.
    expect(feed.poll(7 + 24 * 60, well).verdict).toBe('taken');
  });

  test('a clock that ran ahead once does not silence it', () => {
    const ahead = watching();
    ahead.poll(0, { ...bad, asOf: at(9999) });
    expect(ahead.poll(1, well).verdict).toBe('taken');
  });
});

test('a memory survives as JSON, and a damaged one is not believed', () => {
  const feed = watching();
  feed.poll(0, out);
  feed.same(1);
  feed.poll(2, empty);
  const kept = memoryFromJson(memoryToJson(feed.memory()));
  expect(kept).toEqual(feed.memory());
  expect(memoryFromJson('{"format":1')).toBeNull();
  expect(memoryFromJson('{"format":2}')).toBeNull();
  expect(memoryFromJson('[]')).toBeNull();
});
