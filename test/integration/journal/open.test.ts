// The journal on a whole disk: what is kept, in which form, and what the database refuses.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { brokenPragmas, openWritable } from '../../../electron/journal/database.ts';
import { readHead } from '../../../electron/journal/headFile.ts';
import { openJournal } from '../../../electron/journal/open.ts';
import { isCanonical } from '../../../shared/journal/canonical.ts';
import { bodyHashOf, envelopeHash } from '../../../shared/journal/chain.ts';
import {
  add,
  codes,
  deps,
  noteEntry,
  open,
  START,
  tempFolder,
  testClock,
  texts,
  verifyFile,
} from './helpers.ts';

describe('append and read', () => {
  test('an entry is filled in, chained, and comes back as it was returned', () => {
    const folder = tempFolder();
    const journal = open(folder);
    const first = add(journal, 'inc-1', 'first');
    const second = add(journal, 'inc-1', 'second');
    const other = add(journal, 'inc-2', 'other');
    expect(first).toMatchObject({ row: 1, seq: 1, prev: '', v: 1, key: null, erased: false });
    expect(first.recordedAt).toBe('2026-10-20T07:48:20.000Z');
    expect(first.occurredAt).toBe(first.recordedAt);
    expect(second).toMatchObject({ row: 2, seq: 2, prev: first.hash });
    expect(other).toMatchObject({ row: 3, seq: 1, prev: '' });
    expect(second.hlc > first.hlc && other.hlc > second.hlc).toBe(true);
    expect(isCanonical(first.body)).toBe(true);
    expect(first.salt).toMatch(/^[0-9a-f]{32}$/);
    expect(bodyHashOf(first.salt, first.body)).toBe(first.bodyHash);
    expect(envelopeHash(first)).toBe(first.hash);
    expect(first.device).toMatch(/^[0-9a-f]{64}$/);

    expect(journal.entry(second.id)).toEqual(second);
    expect(journal.entry('nothing')).toBeNull();
    expect(journal.read('inc-1', 1, 10)).toEqual([second]);
    expect(journal.readAll(0, 2)).toEqual([first, second]);
    expect([...journal.iterate('inc-2')]).toEqual([other]);
    expect(journal.incidents()).toEqual(['inc-1', 'inc-2']);
    expect(journal.count('inc-1')).toBe(2);
    expect(journal.lastRow()).toBe(3);
    expect(journal.state()).toMatchObject({
      entries: 3,
      savedAt: other.recordedAt,
      writable: true,
      reason: null,
      device: first.device,
    });
    expect(journal.notices()).toEqual([]);

    journal.close();
    const again = open(folder);
    expect(again.readAll(0, 10)).toEqual([first, second, other]);
    expect(add(again, 'inc-1', 'third')).toMatchObject({ seq: 3, prev: second.hash, device: first.device });
    expect(codes(again)).toEqual([]);
  });

  test('a batch is kept whole or not at all', () => {
    const journal = open(tempFolder());
    const good = journal.append([noteEntry('a', '1'), noteEntry('a', '2'), noteEntry('b', '3')]);
    expect(good.ok && good.value.map((e) => [e.incident, e.seq])).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 1],
    ]);
    const bad = journal.append([noteEntry('a', '4'), { ...noteEntry('a', '5'), body: { n: Number.NaN } }]);
    expect(bad).toMatchObject({ ok: false, error: { code: 'invalid-entry' } });
    expect(journal.lastRow()).toBe(3);
    expect(journal.append([])).toEqual({ ok: true, value: [] });
  });

  test.each([
    ['an undefined field', { body: { a: undefined } }],
    ['half a surrogate', { body: { a: '\ud800' } }],
    ['a time without milliseconds', { occurredAt: '2026-10-20T07:48:20Z' }],
    ['a time that does not exist', { occurredAt: '2026-13-20T07:48:20.000Z' }],
    ['no incident', { incident: '' }],
    ['an incident with a space', { incident: 'a b' }],
    ['an empty key', { key: '' }],
    ['an empty actor', { actor: '' }],
  ])('%s is refused in words', (_, change) => {
    const journal = open(tempFolder());
    const refused = journal.append([{ ...noteEntry('a', 'x'), ...change } as never]);
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-entry' } });
    expect(!refused.ok && refused.error.message).toMatch(/^This note cannot be kept: /);
    expect(journal.lastRow()).toBe(0);
  });

  test('32: a note of 10 MB is refused with a way out, one of nearly 1 MB is kept', () => {
    const journal = open(tempFolder());
    const big = journal.append([noteEntry('a', 'x'.repeat(10_000_000))]);
    expect(big).toMatchObject({ ok: false, error: { code: 'body-too-large' } });
    expect(!big.ok && big.error.message).toContain('Attach it as a file');
    add(journal, 'a', 'x'.repeat(999_000));
    expect(journal.count('a')).toBe(1);
  });

  test('what is typed back-dated keeps both times', () => {
    const journal = open(tempFolder());
    const done = journal.append([{ ...noteEntry('a', 'x'), occurredAt: '2026-10-20T07:00:00.000Z' }]);
    expect(done.ok && [done.value[0]!.occurredAt, done.value[0]!.recordedAt]).toEqual([
      '2026-10-20T07:00:00.000Z',
      '2026-10-20T07:48:20.000Z',
    ]);
  });
});

describe('the database keeps the promise', () => {
  test('every pragma holds after a write, on a new file and on a reopened one', () => {
    const path = join(tempFolder(), 'journal.db');
    for (let round = 0; round < 2; round++) {
      const db = openWritable(path);
      db.exec('CREATE TABLE IF NOT EXISTS t (x); INSERT INTO t VALUES (1)');
      expect(brokenPragmas(db)).toEqual([]);
      expect(db.pragma('synchronous', { simple: true })).toBe(2);
      db.close();
    }
    // What would happen without the care: the compiled default sets in with the first write.
    const bare = new Database(path);
    bare.exec('INSERT INTO t VALUES (2)');
    expect(brokenPragmas(bare).join()).toContain('synchronous is 1');
    bare.close();
  });

  test.each([
    ['UPDATE entries SET body = \'{"text":"forged"}\' WHERE row = 1', 'never changed'],
    ["UPDATE entries SET body = '', salt = '' WHERE row = 1", 'never changed'],
    ['UPDATE entries SET seq = 9 WHERE row = 1', 'never changed'],
    ['DELETE FROM entries WHERE row = 1', 'never deleted'],
    ['REPLACE INTO entries SELECT * FROM entries WHERE row = 1', 'never replaced'],
    [
      'INSERT OR REPLACE INTO entries SELECT 99,id,incident,kind,v,key,body,actor,device,seq,hlc,occurredAt,recordedAt,prev,salt,bodyHash,hash FROM entries WHERE row = 1',
      'never replaced',
    ],
  ])('refused even by a connection without our care: %s', (sql, why) => {
    const folder = tempFolder();
    const journal = open(folder);
    add(journal, 'a', 'x');
    const db = new Database(join(folder, 'journal.db'));
    expect(() => db.exec(sql)).toThrow(why);
    db.close();
    expect(texts(journal, 'a')).toEqual(['x']);
  });

  test('the files are for this user alone', () => {
    const folder = join(tempFolder(), 'profile');
    const journal = open(folder);
    add(journal, 'a', 'x');
    const mode = (name: string) => statSync(join(folder, name)).mode & 0o777;
    expect(mode('.')).toBe(0o700);
    expect(mode('journal.db')).toBe(0o600);
    expect(mode('journal.db-wal')).toBe(0o600);
    expect(mode('device.key')).toBe(0o600);
    expect(mode('journal.head')).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual([
      'device.key',
      'journal.db',
      'journal.db-shm',
      'journal.db-wal',
      'journal.head',
    ]);
  });

  test('the head follows each commit', () => {
    const folder = tempFolder();
    const journal = open(folder);
    for (let n = 1; n <= 5; n++) {
      const entry = add(journal, 'a', `${n}`);
      expect(readHead(join(folder, 'journal.head'))).toEqual({
        row: n,
        device: entry.device,
        hash: entry.hash,
        incident: 'a',
        seq: n,
      });
    }
    expect(statSync(join(folder, 'journal.head')).size).toBe(1024);
  });
});

describe('erase', () => {
  test('body and salt go, the chain stays, and the bytes leave the disk', () => {
    const folder = tempFolder();
    const journal = open(folder);
    const secret = add(journal, 'a', 'password hunter2-hunter2');
    add(journal, 'a', 'after');
    const record = journal.erase(secret.id, 'a password', 'ada', 'Ada');
    expect(record).toMatchObject({ ok: true, value: { kind: 'erased', incident: 'a', seq: 3 } });
    expect(record.ok && JSON.parse(record.value.body)).toEqual({
      entry: secret.id,
      reason: 'a password',
      by: 'Ada',
    });
    expect(journal.entry(secret.id)).toEqual({ ...secret, body: '', salt: '', erased: true });
    expect(verifyFile(folder)).toMatchObject({ ok: true, entries: 3, erased: 1, withheld: 0 });
    for (const file of ['journal.db', 'journal.db-wal']) {
      expect(readFileSync(join(folder, file), 'latin1')).not.toContain('hunter2');
    }
    expect(journal.erase(secret.id, 'again', 'ada', 'Ada')).toMatchObject({
      ok: false,
      error: { code: 'cannot-erase' },
    });
    expect(record.ok && journal.erase(record.value.id, 'the record', 'ada', 'Ada')).toMatchObject({
      ok: false,
      error: { code: 'cannot-erase' },
    });
    expect(journal.erase('nothing', 'x', 'ada', 'Ada')).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
    expect(journal.lastRow()).toBe(3);
    journal.close();
    expect(codes(open(folder))).toEqual([]);
  });
});

describe('two openings of one profile', () => {
  test('the other one sees the entries, and the chain does not fork', () => {
    const folder = tempFolder();
    const window = open(folder);
    const line = open(folder);
    const heard: unknown[] = [];
    const stop = window.onChange((rows) => heard.push(rows));
    add(window, 'a', '1');
    add(line, 'a', '2');
    add(line, 'a', '3');
    expect(heard).toEqual([{ from: 1, to: 1 }]);
    window.poll();
    expect(heard).toEqual([
      { from: 1, to: 1 },
      { from: 2, to: 3 },
    ]);
    expect(add(window, 'a', '4')).toMatchObject({ seq: 4, row: 4 });
    stop();
    add(window, 'a', '5');
    expect(heard.length).toBe(3);
    expect(verifyFile(folder)).toMatchObject({ ok: true, entries: 5, devices: 1 });
  });

  test('a listener that throws does not undo what is kept', () => {
    const errors: unknown[] = [];
    const journal = open(tempFolder(), { onListenerError: (error) => errors.push(error) });
    journal.onChange(() => {
      throw new Error('view broke');
    });
    expect(add(journal, 'a', 'x').row).toBe(1);
    expect(errors).toHaveLength(1);
  });

  test('read-only reads, and says why it does not write', () => {
    const folder = tempFolder();
    add(open(folder), 'a', 'x');
    const reader = open(folder, { readOnly: true });
    expect(texts(reader, 'a')).toEqual(['x']);
    expect(reader.append([noteEntry('a', 'y')])).toMatchObject({
      ok: false,
      error: { code: 'journal-read-only' },
    });
    expect(reader.state()).toMatchObject({ writable: false });
    const nothing = openJournal(deps(join(folder, 'nowhere'), { readOnly: true }));
    expect(nothing).toMatchObject({ ok: false, error: { code: 'journal-read-only' } });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('after close, everything says so', () => {
    const journal = open(tempFolder());
    journal.close();
    expect(journal.append([noteEntry('a', 'x')])).toMatchObject({
      ok: false,
      error: { code: 'journal-closed' },
    });
    expect(() => journal.lastRow()).toThrow(/was closed/);
  });
});

describe('long journals', () => {
  test('the opening looks at the end, verifyAll at everything', async () => {
    const folder = tempFolder();
    const journal = open(folder, { clock: testClock(START) });
    for (let n = 0; n < 6; n++) {
      const done = journal.append(Array.from({ length: 500 }, (_, i) => noteEntry('a', `${n} ${i}`)));
      expect(done.ok).toBe(true);
    }
    const found = await journal.verifyAll();
    expect(found).toMatchObject({ ok: true, entries: 3000 });
    expect(found.text[0]).toMatch(/^All 3,000 entries of 1 incident verify/);
    journal.close();
    expect(open(folder).count('a')).toBe(3000);
  });
});
