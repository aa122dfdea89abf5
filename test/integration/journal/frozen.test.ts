// Journals of every released version, as they were written: they open, verify, and fold as they did.
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { summary } from '../../fixtures/journal/summary.ts';
import { add, codes, open, tempFolder, testClock, verifyFile } from './helpers.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/journal');
const versions = readdirSync(fixtures).filter((name) => /^v\d+$/.test(name));

describe.each(versions)('the frozen journal of %s', (version) => {
  const copy = (): string => {
    const folder = tempFolder();
    cpSync(join(fixtures, version), folder, { recursive: true });
    return folder;
  };
  const expected = JSON.parse(readFileSync(join(fixtures, version, 'expected.json'), 'utf8')) as object;
  const clock = testClock(Date.parse('2026-10-21T00:00:00.000Z'));

  test('opens, and folds as it did', () => {
    const journal = open(copy(), { readOnly: true, clock });
    expect(codes(journal)).toEqual([]);
    expect(summary(journal)).toEqual(expected);
  });

  test('verifies, and its text erased then is erased now', () => {
    const folder = copy();
    expect(verifyFile(folder)).toMatchObject({ ok: true, erased: 1, withheld: 0 });
    expect(readFileSync(join(folder, 'journal.db'), 'latin1')).not.toContain('hunter2');
  });

  test('goes on as a new device, because this is a copy', () => {
    const folder = copy();
    const journal = open(folder, { clock });
    expect(codes(journal)).toEqual(['new-device']);
    const before = (expected as { entries: { device: string }[] }).entries;
    expect(add(journal, 'inc-new', 'now').device).not.toBe(before[0]!.device);
    expect(journal.readAll(0, before.length)).toEqual(before);
    expect(verifyFile(folder)).toMatchObject({ ok: true, devices: 2 });
  });
});

test('there is at least one', () => {
  expect(versions).toContain('v1');
});
