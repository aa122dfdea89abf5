import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../shared/time/clock.ts';
import { parseTime, type TimeContext, type TimeEntry } from '../../../shared/time/parse.ts';

const at0914: TimeContext = {
  now: '2026-10-20T09:14:27.000Z',
  zone: 'America/New_York',
  purpose: 'happened',
  impactStarted: '2026-10-20T07:48:20.000Z',
};
const brief = (entry: TimeEntry): string =>
  entry.kind === 'at'
    ? `${entry.instant} ${entry.precision}`
    : entry.kind === 'ask'
      ? `ask ${entry.choices.map((c) => c.instant).join(' ')}`
      : `refused ${entry.text}`;
const read = (typed: string, change: Partial<TimeContext> = {}): string =>
  brief(parseTime(typed, { ...at0914, ...change }));

describe('typed times', () => {
  it.each([
    ['', '2026-10-20T09:14:27.000Z second'],
    ['now', '2026-10-20T09:14:27.000Z second'],
    ['07:48', '2026-10-20T07:48:00.000Z minute'],
    ['7:48', '2026-10-20T07:48:00.000Z minute'],
    ['07:48Z', '2026-10-20T07:48:00.000Z minute'],
    ['07:48:20', '2026-10-20T07:48:20.000Z second'],
    ['~07:48', '2026-10-20T07:48:00.000Z about'],
    ['ca. 07:48', '2026-10-20T07:48:00.000Z about'],
    ['ca 07:48', '2026-10-20T07:48:00.000Z about'],
    ['07:40-07:50', '2026-10-20T07:40:00.000Z about'],
    ['07:40 to 07:50', '2026-10-20T07:40:00.000Z about'],
    ['-12m', '2026-10-20T09:02:00.000Z minute'],
    ['\u221212m', '2026-10-20T09:02:00.000Z minute'],
    ['12 min ago', '2026-10-20T09:02:00.000Z minute'],
    ['-1h5m', '2026-10-20T08:09:00.000Z minute'],
    ['-90s', '2026-10-20T09:12:57.000Z second'],
    ['yesterday 23:10', '2026-10-19T23:10:00.000Z minute'],
    ['yesterday 24:10', '2026-10-20T00:10:00.000Z minute'],
    ['2026-10-20 07:48', '2026-10-20T07:48:00.000Z minute'],
    ['2026-10-20T07:48:20.123Z', '2026-10-20T07:48:20.123Z second'],
    ['2026-10-20T07:48:20+02:00', '2026-10-20T05:48:20.000Z second'],
    ['2026-10-19 07:48 -04:00', '2026-10-19T11:48:00.000Z minute'],
    ['Sep 27 2017 13:06', '2017-09-27T13:06:00.000Z minute'],
    ['27 Sep 2017, 13:06', '2017-09-27T13:06:00.000Z minute'],
    ['Tue 20 Oct 2026 07:48', '2026-10-20T07:48:00.000Z minute'],
    ['20 Oct 07:48', '2026-10-20T07:48:00.000Z minute'],
    ['31 Dec 23:00', '2025-12-31T23:00:00.000Z minute'],
    ['20.10.2026 07:48', '2026-10-20T07:48:00.000Z minute'],
    ['05:02 EDT', '2026-10-20T09:02:00.000Z minute'],
    ['05:02 local', '2026-10-20T09:02:00.000Z minute'],
    ['05:02-04:00', '2026-10-20T09:02:00.000Z minute'],
  ])('%j is %s', (typed, expected) => {
    expect(read(typed)).toBe(expected);
  });

  it('echoes UTC and local, the distance, and what lies before impact', () => {
    const entry = parseTime('07:20', at0914);
    expect(entry).toMatchObject({
      echo: expect.stringMatching(/^07:20Z, 03:20 EDT, 1.h 54.min ago, before impact$/),
    });
    const same = parseTime('07:48', at0914);
    expect(same).toMatchObject({ kind: 'at', echo: expect.not.stringContaining('before impact') });
    expect(parseTime('-12m', at0914)).toMatchObject({ echo: expect.stringMatching(/, 12.min ago$/) });
  });

  it('names the day when it is not today, and for 24:10 always', () => {
    expect(parseTime('yesterday 23:10', at0914)).toMatchObject({
      echo: expect.stringContaining('Mon 19 Oct 2026'),
    });
    expect(parseTime('24:10', { ...at0914, now: '2026-10-20T00:30:00.000Z', zone: 'UTC' })).toMatchObject({
      kind: 'at',
      instant: '2026-10-20T00:10:00.000Z',
      echo: expect.stringContaining('Tue 20 Oct 2026'),
    });
  });

  it('offers both when local is nearer and UTC is over 90 minutes back: which 05:02?', () => {
    const entry = parseTime('05:02', at0914);
    expect(entry.kind).toBe('ask');
    if (entry.kind !== 'ask') return;
    expect(entry.question).toBe('Which 05:02?');
    expect(entry.choices.map((c) => c.echo.replaceAll('\u00a0', ' '))).toEqual([
      '05:02Z, 01:02 EDT, 4 h 12 min ago, before impact',
      '05:02 EDT = 09:02Z, 12 min ago',
    ]);
  });

  it('offers the local reading when the UTC one would lie ahead (east of Greenwich)', () => {
    expect(read('11:02', { zone: 'Europe/Berlin' })).toBe(
      'ask 2026-10-19T11:02:00.000Z 2026-10-20T09:02:00.000Z',
    );
    expect(read('2026-10-20 11:02', { zone: 'Europe/Berlin' })).toBe('ask 2026-10-20T09:02:00.000Z');
  });

  it('asks near midnight and never guesses the day', () => {
    const midnight = { now: '2026-10-21T00:10:00.000Z', zone: 'UTC' };
    expect(read('23:50', midnight)).toBe('ask 2026-10-20T23:50:00.000Z');
    expect(read('23:50Z', midnight)).toBe('ask 2026-10-20T23:50:00.000Z');
    expect(read('00:05', midnight)).toBe('2026-10-21T00:05:00.000Z minute');
    expect(read('00:20', { ...midnight, now: '2026-10-20T23:50:00.000Z', purpose: 'due' })).toBe(
      'ask 2026-10-21T00:20:00.000Z',
    );
    expect(read('24:20', { ...midnight, now: '2026-10-20T23:50:00.000Z', purpose: 'due' })).toBe(
      '2026-10-21T00:20:00.000Z minute',
    );
  });

  it('asks in the gap and in the overlap of a DST change', () => {
    const berlin = { zone: 'Europe/Berlin', now: '2026-11-01T12:00:00.000Z' };
    expect(read('2026-03-29 02:30 local', berlin)).toBe(
      'ask 2026-03-29T00:30:00.000Z 2026-03-29T01:30:00.000Z',
    );
    expect(read('2026-10-25 02:30 local', berlin)).toBe(
      'ask 2026-10-25T00:30:00.000Z 2026-10-25T01:30:00.000Z',
    );
    expect(read('2026-10-25 02:30 CET', berlin)).toBe('2026-10-25T01:30:00.000Z minute');
    // 03:10 EST on the morning of 1 November 2026, an hour after clocks went back: a bare 01:30 may be either, or UTC.
    const entry = read('01:30', { zone: 'America/New_York', now: '2026-11-01T07:10:00.000Z' });
    expect(entry).toBe('ask 2026-11-01T01:30:00.000Z 2026-11-01T06:30:00.000Z 2026-11-01T05:30:00.000Z');
  });

  it('asks about a day that a zone skipped (Pacific/Apia, 30 December 2011)', () => {
    const apia = { zone: 'Pacific/Apia', now: '2012-01-05T00:00:00.000Z' };
    expect(read('2011-12-30 12:00 local', apia)).toBe(
      'ask 2011-12-29T22:00:00.000Z 2011-12-30T22:00:00.000Z',
    );
    expect(read('2011-12-31 00:00 local', apia)).toBe('2011-12-30T10:00:00.000Z minute');
  });

  it('refuses the future for what happened and takes it for what is due', () => {
    expect(read('09:40')).toMatch(/^refused 09:40Z is 25.min ahead/);
    expect(read('+20m')).toMatch(/^refused/);
    expect(read('tomorrow 09:00')).toMatch(/^refused/);
    expect(read('09:40', { purpose: 'due' })).toBe('2026-10-20T09:40:00.000Z minute');
    expect(read('+20m', { purpose: 'due' })).toBe('2026-10-20T09:34:00.000Z minute');
    expect(read('tomorrow 09:00', { purpose: 'due' })).toBe('2026-10-21T09:00:00.000Z minute');
  });

  it.each([
    'lunch',
    '25:10',
    '07:61',
    '12m',
    '2026-10-20',
    'Sep 27 2017',
    'yesterday',
    '2026-02-30 07:00',
    '10/20/2026 07:48',
    '05:02 CEST',
    '1850-01-01 00:00',
    '-99999d',
    'x'.repeat(5000),
  ])('refuses %j with a way out', (typed) => {
    const entry = parseTime(typed, at0914);
    expect(entry.kind).toBe('refused');
    if (entry.kind === 'refused') expect(entry.text.length).toBeGreaterThan(20);
  });
});

describe('typed times, in general', () => {
  const zone = fc.constantFrom(
    'UTC',
    'America/New_York',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Asia/Kathmandu',
  );
  const moment = fc
    .integer({ min: Date.UTC(2011, 0, 1), max: Date.UTC(2030, 0, 1) })
    .map((s) => toInstant(s));

  it('never throws and never answers what happened with a time ahead', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.stringMatching(/^[~\-+ 0-9:.TZhms]{0,14}$/),
      fc.stringMatching(/^(yesterday|today|20 Oct) [0-2]?[0-9]:[0-5][0-9]( local|Z| EDT)?$/),
    );
    fc.assert(
      fc.property(word, zone, moment, (typed, z, now) => {
        const entry = parseTime(typed, { now, zone: z, purpose: 'happened' });
        const kept = entry.kind === 'at' ? [entry] : entry.kind === 'ask' ? entry.choices : [];
        for (const one of kept) expect(one.instant <= now).toBe(true);
        if (entry.kind === 'ask') expect(entry.choices.length).toBeGreaterThan(0);
      }),
      { numRuns: 600 },
    );
  });

  it('what is written as an ISO instant or with its UTC day comes back unshifted, in every zone', () => {
    fc.assert(
      fc.property(moment, zone, (instant, z) => {
        const context: TimeContext = { now: '2031-01-01T00:00:00.000Z', zone: z, purpose: 'happened' };
        expect(parseTime(instant, context)).toMatchObject({ kind: 'at', instant });
        const minutes = `${instant.slice(0, 16)}:00.000Z`;
        expect(parseTime(instant.slice(0, 16).replace('T', ' '), context)).toMatchObject({
          kind: 'at',
          instant: minutes,
        });
      }),
      { numRuns: 300 },
    );
  });
});
