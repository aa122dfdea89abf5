// Histories are read in parts and from where they were read before; what comes out is what reading all of it would say.
import { describe, expect, test } from 'vitest';
import type { Question } from '../../../shared/rollback/breach.ts';
import { brokenRun } from '../../../shared/rollback/broken-run.ts';
import {
  follow,
  indexAfter,
  ofKind,
  ofProbe,
  probesHeard,
  type Trails,
  triesUpTo,
} from '../../../shared/rollback/history.ts';
import type { ProbeReading, Reading } from '../../../shared/rollback/readings.ts';

const SECOND = 1000;
const TARGET = 'aws/us-west-2';
const STALE = 300 * SECOND;

const probe = (name: string, at: number, errors = 0.2, tries = 20): ProbeReading => ({
  type: 'probe',
  source: `probe:${name}`,
  target: TARGET,
  name,
  at: at * SECOND,
  errors,
  tries,
});
const typed = (at: number): Reading => ({
  type: 'person',
  source: 'person',
  target: TARGET,
  at: at * SECOND,
  health: 'operational',
  by: 'Marta',
});

const history = (): Reading[] =>
  Array.from({ length: 60 }, (_, i) =>
    i % 7 === 3 ? typed(i * 10) : probe(i % 2 === 0 ? 'checkout' : 'sign-in', i * 10, i % 5, i % 4),
  );

const naive = (list: readonly Reading[], name: string) =>
  list.filter((reading) => reading.type === 'probe' && reading.name === name);

describe('the parts of a history', () => {
  test('they follow a list that grows', () => {
    const list = history();
    expect(ofProbe(list, 'checkout')).toEqual(naive(list, 'checkout'));
    list.push(probe('checkout', 700), typed(710), probe('other', 720));
    expect(ofProbe(list, 'checkout')).toEqual(naive(list, 'checkout'));
    expect(ofKind(list, 'person')).toEqual(list.filter(({ type }) => type === 'person'));
    expect(ofKind(list, 'alert')).toEqual([]);
    expect(probesHeard(list).sort()).toEqual(['checkout', 'other', 'sign-in']);
  });

  test('they follow one into which something older was put, and one that forgot its beginning', () => {
    const list = history();
    ofProbe(list, 'checkout');
    list.splice(list.length - 2, 0, probe('checkout', 575));
    expect(ofProbe(list, 'checkout')).toEqual(naive(list, 'checkout'));
    list.splice(0, 10);
    expect(ofProbe(list, 'checkout')).toEqual(naive(list, 'checkout'));
  });

  test('nothing before the index is later than the moment, and little after it is not', () => {
    const list = history();
    for (const at of [-5, 0, 95, 300, 2000]) {
      const index = indexAfter(list, at * SECOND);
      expect(list.slice(0, index).every((reading) => reading.at <= at * SECOND)).toBe(true);
      expect(list.slice(index).filter((reading) => reading.at < (at - 60) * SECOND)).toEqual([]);
    }
  });

  test('tries up to a moment are those of every reading until then', () => {
    const list = ofProbe(history(), 'checkout') as ProbeReading[];
    for (let at = -10; at < 700; at += 7) {
      const all = list.filter((reading) => reading.at <= at * SECOND);
      expect(triesUpTo(list, at * SECOND)).toBe(all.reduce((sum, reading) => sum + reading.tries, 0));
    }
  });
});

describe('a list that is added up', () => {
  const trails: Trails<number[]> = new WeakMap();
  const about = {};
  let read = 0;
  const times = (list: readonly Reading[], now: number, key = 'one') => [
    ...follow(
      trails,
      about,
      [key],
      list,
      now * SECOND,
      (): number[] => [],
      (sum, reading) => {
        read += 1;
        sum.push(reading.at / SECOND);
      },
    ),
  ];

  test('what was read is not read again; another question, an earlier time or a changed list is', () => {
    const list: Reading[] = [probe('checkout', 10), probe('checkout', 20), probe('checkout', 30)];
    expect(times(list, 25)).toEqual([10, 20]);
    expect(times(list, 40)).toEqual([10, 20, 30]);
    expect(read).toBe(3);
    expect(times(list, 15)).toEqual([10]);
    expect(times(list, 40, 'other')).toEqual([10, 20, 30]);
    list.splice(1, 1);
    expect(times(list, 40, 'other')).toEqual([10, 30]);
  });
});

describe('an unbroken run', () => {
  const rule = { id: 'errors', text: 'x', type: 'errors', probe: 'checkout' } as unknown as Parameters<
    typeof brokenRun
  >[0];
  const ask = (readings: readonly Reading[], since = -1): Question =>
    ({
      state: { plan: { breaker: { stale: STALE } } },
      target: TARGET,
      baseline: base,
      readings,
      since: since * SECOND,
      now: Number.MAX_SAFE_INTEGER,
    }) as unknown as Question;
  const base = { at: 0, readings: [] };
  const over = (reading: ProbeReading): boolean => reading.errors > 5;
  const run = (list: readonly Reading[], since = -1) => {
    const found = brokenRun(rule, ask(list, since), over);
    return found && [found.first.at / SECOND, found.last.at / SECOND, found.tries];
  };

  test('it goes on as readings come, ends with a calm one, and begins anew after a silence', () => {
    const list: Reading[] = Array.from({ length: 30 }, (_, i) => probe('checkout', i * 10));
    expect(run(list)).toBeNull();
    list.push(probe('checkout', 300, 20), probe('sign-in', 305, 0), probe('checkout', 310, 20));
    expect(run(list)).toEqual([300, 310, 40]);
    list.push(probe('checkout', 320, 30));
    expect(run(list)).toEqual([300, 320, 60]);
    list.push(probe('checkout', 315, 1, 0));
    expect(run(list)).toEqual([300, 320, 60]);
    list.push(probe('checkout', 330, 1));
    expect(run(list)).toBeNull();
    list.push(probe('checkout', 340, 50), probe('checkout', 641, 50));
    expect(run(list)).toEqual([641, 641, 20]);
  });

  test('another question of the same list is read on its own', () => {
    const list: Reading[] = Array.from({ length: 40 }, (_, i) => probe('checkout', i * 10, 20));
    expect(run(list)).toEqual([0, 390, 800]);
    expect(run(list, 200)).toEqual([210, 390, 380]);
    list.push(probe('checkout', 400, 20));
    expect(run(list)).toEqual([0, 400, 820]);
  });
});
