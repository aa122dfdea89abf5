// What the owner does on the side, and that the queries everybody waits for use their indexes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createJournalCare } from '../../../electron/journal/care.ts';
import { openReadable } from '../../../electron/journal/database.ts';
import { listSnapshots } from '../../../electron/journal/snapshots.ts';
import { add, codes, noteEntry, open, tempFolder, testClock } from './helpers.ts';

describe('the owner’s care', () => {
  test('a snapshot a day, and damage in a long journal found without a restart', async () => {
    const folder = tempFolder();
    const writer = open(folder);
    writer.append(
      Array.from({ length: 2400 }, (_, n) => noteEntry('inc-1', `note ${n + 1} ${'.'.repeat(80)}`)),
    );
    writer.close();
    const path = join(folder, 'journal.db');
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('note 100 ') + 5]! ^= 1;
    writeFileSync(path, bytes);
    const journal = open(folder);
    expect(codes(journal)).toEqual([]);
    const troubles: string[] = [];
    const clock = testClock();
    const care = createJournalCare({ folder, journal, clock, onTrouble: (what) => troubles.push(what) });
    await care.tend();
    expect(codes(journal)).toContain('texts-lost');
    expect(add(journal, 'inc-1', 'on').row).toBeGreaterThan(2400);
    clock.pass(24 * 3_600_000);
    await care.tend();
    expect(listSnapshots(folder)).toHaveLength(2);
    expect(troubles).toEqual([]);
    care.start();
    care.stop();
  });

  test('a disk that refuses a snapshot is said', async () => {
    const folder = tempFolder();
    const journal = open(folder);
    add(journal, 'a', 'x');
    writeFileSync(join(folder, 'snapshots'), 'in the way');
    const troubles: string[] = [];
    await createJournalCare({
      folder,
      journal,
      clock: testClock(),
      onTrouble: (what) => troubles.push(what),
    }).tend();
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain('snapshots');
  });
});

test('reading, chaining and listing go by an index', () => {
  const folder = tempFolder();
  add(open(folder), 'a', 'x');
  const db = openReadable(join(folder, 'journal.db'));
  const plan = (sql: string): string =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
      .map((step) => step.detail)
      .join('; ');
  expect(plan("SELECT * FROM entries WHERE incident = 'a' AND row > 5 ORDER BY row LIMIT 10")).toBe(
    'SEARCH entries USING INDEX entries_incident (incident=? AND rowid>?)',
  );
  expect(
    plan("SELECT seq FROM entries WHERE incident = 'a' AND device = 'b' ORDER BY seq DESC LIMIT 1"),
  ).toBe('SEARCH entries USING COVERING INDEX entries_chain (incident=? AND device=?)');
  expect(plan("SELECT * FROM entries WHERE id = 'a'")).toContain('entries_id');
  expect(plan('SELECT * FROM entries WHERE row > 5 ORDER BY row LIMIT 10')).toContain('INTEGER PRIMARY KEY');
  expect(plan('SELECT min(incident) FROM entries WHERE incident > 1')).toContain('COVERING INDEX');
  db.close();
});
