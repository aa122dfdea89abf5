import { describe, expect, it } from 'vitest';
import {
  day,
  distance,
  duration,
  elapsed,
  inSentence,
  local,
  stamp,
  utc,
} from '../../../shared/time/format.ts';
import { offsetAt, readWall, wallAt } from '../../../shared/time/zone.ts';

const at = '2026-10-20T07:48:20.000Z';
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('times as people read them', () => {
  it('writes UTC first and says what is not known', () => {
    expect(utc(at)).toBe('07:48:20Z');
    expect(utc(at, 'minute')).toBe('07:48Z');
    expect(utc(at, 'about')).toBe('~07:48Z');
    expect(stamp(at)).toBe('2026-10-20 07:48:20Z');
    expect(day(at)).toBe('Tue 20 Oct 2026');
    expect(inSentence(at, '2026-10-21T00:00:00.000Z')).toBe('Tue 20 Oct 07:48:20Z');
  });
  it('writes local with the name people use', () => {
    expect(local('2026-10-20T09:14:27.000Z', 'America/New_York')).toBe('05:14 EDT');
    expect(local('2026-10-20T09:14:27.000Z', 'Europe/Berlin')).toBe('11:14 CEST');
    expect(local('2026-12-20T09:14:27.000Z', 'Europe/Berlin', true)).toBe('10:14:27 CET');
    expect(local('2011-12-30T10:00:00.000Z', 'Pacific/Apia')).toMatch(/^00:00 /);
    expect(day('2011-12-30T10:00:00.000Z', 'Pacific/Apia')).toBe('Sat 31 Dec 2011');
  });
  it.each([
    [14_000, '14 s'],
    [160_999, '2 min 40 s'],
    [120_000, '2 min'],
    [7_059_999, '1 h 57 min'],
    [187_200_000, '2 d 4 h'],
    [-5, '0 s'],
  ])('%d ms lasts %s, truncated', (ms, words) => {
    expect(plain(duration(ms))).toBe(words);
    expect(duration(ms)).not.toContain(`${words.split(' ')[0]} `);
  });
  it('claims no seconds that it does not have', () => {
    expect(plain(duration(160_000, true))).toBe('about 2 min');
    expect(plain(duration(20_000, true))).toBe('about 0 min');
  });
  it.each([
    [213_000, '03:33'],
    [5_187_000, '1:26:27'],
    [187_800_000, '2 d 04:10'],
    [-130_000, '+02:10'],
  ])('a clock of %d ms reads %s', (ms, words) => {
    expect(plain(elapsed(ms))).toBe(words);
  });
  it('says how far away', () => {
    expect(plain(distance(at, '2026-10-20T08:00:20.000Z'))).toBe('12 min ago');
    expect(plain(distance(at, '2026-10-20T07:23:20.000Z'))).toBe('25 min ahead');
  });
  it('knows gaps, overlaps and a skipped day', () => {
    expect(readWall(Date.UTC(2026, 2, 29, 2, 30), 'Europe/Berlin').instants).toEqual([]);
    expect(readWall(Date.UTC(2026, 9, 25, 2, 30), 'Europe/Berlin').instants).toHaveLength(2);
    expect(readWall(Date.UTC(2011, 11, 30, 12), 'Pacific/Apia').skipped).toHaveLength(2);
    expect(offsetAt(Date.UTC(2026, 0, 1), 'Asia/Kathmandu')).toBe(20_700_000);
    expect(wallAt(Date.UTC(2026, 0, 1), 'Asia/Kathmandu')).toBe(Date.UTC(2026, 0, 1, 5, 45));
  });
});
