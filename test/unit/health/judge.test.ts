// Each line of the domain's judgement as a property: worst last word, staleness never heals, silence is not health.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counts, disagreement, judge, type SourceWord, worstJudged } from '../../../shared/health/judge.ts';
import { STATES, type State } from '../../../shared/health/types.ts';
import { isTrouble, isWorse, rank, worst } from '../../../shared/health/worst.ts';
import { at } from './helpers.ts';

const state = fc.constantFrom(...STATES);
const word: fc.Arbitrary<SourceWord> = fc.record({
  type: fc.constantFrom('feed', 'probe', 'alert', 'person'),
  source: fc.string({ minLength: 1, maxLength: 4 }),
  name: fc.string({ minLength: 1, maxLength: 4 }),
  state: fc.option(state, { nil: null }),
  fresh: fc.boolean(),
  heardAt: fc.option(fc.integer({ min: 0, max: 500 }).map(at), { nil: null }),
  since: fc.option(fc.integer({ min: 0, max: 500 }).map(at), { nil: null }),
});
const words = fc.array(word, { maxLength: 6 });

describe('order of states', () => {
  test('unknown ranks above operational: silence is not health', () => {
    expect(STATES.map((one) => rank(one))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(isWorse('unknown', 'operational')).toBe(true);
    expect(isTrouble('unknown')).toBe(false);
  });

  test('worst does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(fc.option(state, { nil: null })), (states) => {
        expect(worst(states)).toBe(worst([...states].reverse()));
      }),
    );
  });
});

describe('judge', () => {
  test('the shown state is the worst of what the sources count for', () => {
    fc.assert(
      fc.property(words, (all) => {
        const shown = judge(all);
        for (const one of all) {
          const counted = counts(one);
          if (counted !== null) expect(isWorse(counted, shown.state)).toBe(false);
        }
      }),
    );
  });

  test('one more source never makes a cell better', () => {
    fc.assert(
      fc.property(words, word, (all, more) => {
        fc.pre(all.length > 0);
        expect(isWorse(judge(all).state, judge([...all, more]).state)).toBe(false);
      }),
    );
  });

  test('a source that goes stale never makes a cell better', () => {
    fc.assert(
      fc.property(words, fc.nat(), (all, which) => {
        fc.pre(all.length > 0);
        const staled = all.map((one, index) =>
          index === which % all.length ? { ...one, fresh: false } : one,
        );
        expect(isWorse(judge(all).state, judge(staled).state)).toBe(false);
      }),
    );
  });

  test('stale good news and stale silence are unknown, never healthy', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (all) => {
        const stale = all.map((one) => ({ ...one, fresh: false }));
        expect(judge(stale).state).not.toBe('operational');
        expect(judge(stale).stale).toBe(true);
      }),
    );
  });

  test('stale bad news stays as bad as it was, marked stale', () => {
    const base = { type: 'feed', source: 'aws', name: 'AWS', heardAt: at(5), since: at(1) } as const;
    for (const bad of STATES.filter((one) => isTrouble(one))) {
      expect(judge([{ ...base, state: bad, fresh: false }])).toMatchObject({
        state: bad,
        stale: true,
        staleSince: at(5),
        since: at(1),
        basis: 'stated',
      });
    }
  });

  test('"no feed, probes pass" is unknown', () => {
    const feed = {
      type: 'feed',
      source: 'f',
      name: 'Fastly',
      state: null,
      fresh: false,
      heardAt: null,
      since: null,
    } as const;
    const probe = {
      type: 'probe',
      source: 'p',
      name: 'probe',
      state: 'operational',
      fresh: true,
      heardAt: at(1),
      since: at(0),
    } as const;
    expect(judge([feed, probe]).state).toBe('unknown');
  });

  test('fresh silence of a list of trouble is nothing reported, never stated', () => {
    const silent = {
      type: 'feed',
      source: 'f',
      name: 'AWS',
      state: null,
      fresh: true,
      heardAt: at(1),
      since: null,
    } as const;
    expect(judge([silent])).toMatchObject({ state: 'operational', basis: 'nothing-reported', stale: false });
    const stated = { ...silent, state: 'operational' } as const;
    expect(judge([stated])).toMatchObject({ state: 'operational', basis: 'stated' });
  });

  test('nobody watching is unknown', () => {
    expect(judge([])).toMatchObject({ state: 'unknown', basis: 'nothing-reported' });
  });

  test('operational is only shown as stated when a fresh source stated it', () => {
    fc.assert(
      fc.property(words, (all) => {
        const shown = judge(all);
        if (shown.state === 'operational' && shown.basis === 'stated')
          expect(all.some((one) => one.fresh && one.state === 'operational')).toBe(true);
      }),
    );
  });

  test('sources that contradict are shown; silence, unknown and a "well" that is not heard any more contradict nobody', () => {
    fc.assert(
      fc.property(words, (all) => {
        const found = disagreement(all);
        const has = (state: State) => all.some((one) => one.state === state);
        const bad = has('degraded') || has('partial-outage') || has('major-outage');
        const well = all.some((one) => one.fresh && one.state === 'operational');
        expect(found !== null).toBe(well && bad);
      }),
    );
  });

  test('a cell is as bad as its worst service, and healthy only when everything in it is stated', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), (services) => {
        const judged = services.map(judge);
        const cell = worstJudged(judged)!;
        expect(rank(cell.state)).toBe(Math.min(...judged.map((one) => rank(one.state))));
        if (cell.state === 'operational' && cell.basis === 'stated')
          expect(judged.every((one) => one.basis === 'stated')).toBe(true);
      }),
    );
  });
});
