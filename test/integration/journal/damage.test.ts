// Damage, as it is found on disks: what verifies goes on in a writable room, what is missing is said, the damaged file is kept.
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { OpenJournal } from '../../../electron/journal/open.ts';
import { openJournal } from '../../../electron/journal/open.ts';
import { listSnapshots, snapshotDaily } from '../../../electron/journal/snapshots.ts';
import { add, codes, deps, noteEntry, open, tempFolder, testClock, texts, verifyFile } from './helpers.ts';

const PAGE = 4096;
const all = (n: number): string[] => Array.from({ length: n }, (_, i) => `note ${i + 1} ${'.'.repeat(100)}`);

/** A closed profile with `n` notes in one incident, all in journal.db (no WAL). */
function written(n: number): { folder: string; path: string; device: string } {
  const folder = tempFolder();
  const journal = open(folder);
  const done = journal.append(all(n).map((text) => noteEntry('inc-1', text)));
  if (!done.ok) throw new Error(done.error.message);
  journal.close();
  return { folder, path: join(folder, 'journal.db'), device: done.value[0]!.device };
}

/** A profile whose process died: the notes stand in the WAL, the database file is older. */
function crashed(n: number): { folder: string; path: string } {
  const folder = tempFolder();
  const journal = open(folder);
  for (const text of all(n)) add(journal, 'inc-1', text);
  const copy = tempFolder();
  for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(copy, file));
  rmSync(join(copy, 'journal.db-shm'), { force: true });
  journal.close();
  // A copy is a clone by its inode; the tests here are about damage, so it takes the place of the original.
  for (const file of readdirSync(folder)) rmSync(join(folder, file), { recursive: true });
  for (const file of readdirSync(copy)) copyFileSync(join(copy, file), join(folder, file));
  return { folder, path: join(folder, 'journal.db') };
}

function overwrite(path: string, at: number, bytes: Buffer): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, 0, bytes.length, at);
  closeSync(fd);
}

function flip(path: string, at: number): void {
  const fd = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, at);
  byte[0]! ^= 0x01;
  writeSync(fd, byte, 0, 1, at);
  closeSync(fd);
}

const notice = (journal: OpenJournal, code: string): string =>
  journal
    .notices()
    .filter((n) => n.code === code)
    .map((n) => n.text)
    .join('\n');

/** What holds after every repair: writable, verifying, a new device that says whom it succeeds, quiet at the next start. */
function expectGoesOn(folder: string, journal: OpenJournal, oldDevice: string | null): void {
  expect(journal.state()).toMatchObject({ writable: true });
  const more = add(journal, 'inc-1', 'and on it goes');
  if (oldDevice !== null) expect(more.device).not.toBe(oldDevice);
  const kept = join(folder, 'damaged');
  expect(readdirSync(kept).length).toBeGreaterThan(0);
  expect(notice(journal, 'journal-repaired')).toContain(kept);
  journal.close();
  const again = open(folder);
  expect(codes(again)).toEqual([]);
  expect(texts(again, 'inc-1').at(-1)).toBe('and on it goes');
  again.close();
}

describe('damaged files', () => {
  test('9: one flipped byte in a text: only the chain sees it; the entry keeps its place, its text is said to be lost', () => {
    const { folder, path, device } = written(50);
    const at = readFileSync(path).indexOf('note 20 ');
    flip(path, at + 5);
    const bare = new Database(path, { readonly: true });
    expect(bare.pragma('integrity_check', { simple: true })).toBe('ok');
    bare.close();
    const journal = open(folder);
    expect(notice(journal, 'journal-repaired')).toContain('text of entry 20');
    expect(notice(journal, 'texts-lost')).toContain('incident inc-1 the text of entry 20');
    const wanted = all(50);
    wanted[19] = '(erased)';
    expect(texts(journal, 'inc-1')).toEqual(wanted);
    expect(verifyFile(folder)).toMatchObject({ ok: true, withheld: 1, devices: 2 });
    const succeeded = [...journal.iterate('inc-1')].find((entry) => entry.kind === 'device-succeeded')!;
    expect(JSON.parse(succeeded.body)).toMatchObject({ device, seq: 50 });
    // The damaged file is the damaged file.
    const kept = join(folder, 'damaged', readdirSync(join(folder, 'damaged'))[0]!, 'journal.db');
    expect(readFileSync(kept).indexOf('note 20 ')).toBe(-1);
    expectGoesOn(folder, journal, device);
  });

  test('9: with a snapshot that has the text, nothing is lost at all', async () => {
    const { folder, path, device } = written(50);
    await snapshotDaily(folder, path, testClock());
    flip(path, readFileSync(path).indexOf('note 20 ') + 5);
    const journal = open(folder);
    expect(texts(journal, 'inc-1')).toEqual(all(50));
    expect(codes(journal)).toEqual(['journal-repaired', 'snapshot', 'new-device']);
    expect(notice(journal, 'journal-repaired')).toContain('nothing is missing');
    expectGoesOn(folder, journal, device);
  });

  test('9: a flipped byte in an envelope: the entry is missing by incident and sequence', () => {
    const { folder, path, device } = written(50);
    const content = readFileSync(path);
    // The actor stands in each row right after the body.
    const at = content.indexOf('ada', content.indexOf('note 30 '));
    flip(path, at);
    const journal = open(folder);
    expect(notice(journal, 'entries-missing')).toBe(
      `Missing in incident inc-1: entry 30 of device ${device.slice(0, 12)}.`,
    );
    expect(notice(journal, 'snapshot')).toContain('no snapshot');
    expect(texts(journal, 'inc-1')).toEqual(all(50).filter((_, i) => i !== 29));
    expect(verifyFile(folder).breaks.map((b) => [b.code, b.seq])).toEqual([['missing', 30]]);
    expectGoesOn(folder, journal, device);
  });

  test('10: any one page zeroed: what stands on the others is kept, what is missing is said', () => {
    const whole = written(60);
    const pages = statSync(whole.path).size / PAGE;
    expect(pages).toBeGreaterThan(15);
    for (let page = 0; page < pages; page++) {
      const { folder, path, device } = written(60);
      overwrite(path, page * PAGE, Buffer.alloc(PAGE));
      const journal = open(folder);
      const found = texts(journal, 'inc-1');
      // One leaf of the table holds at most ten of these entries; an index or inner page holds none.
      expect(found.length, `page ${page + 1}`).toBeGreaterThanOrEqual(50);
      if (found.length < 60)
        expect(notice(journal, 'entries-missing')).toContain('Missing in incident inc-1');
      expect(codes(journal)).toContain('journal-repaired');
      expectGoesOn(folder, journal, device);
    }
  }, 300_000);

  test.each([1, 100, 4096, 5000, 60_000])('10: truncated to %i bytes', (size) => {
    const { folder, path, device } = written(60);
    truncateSync(path, size);
    const journal = open(folder);
    const found = texts(journal, 'inc-1');
    if (size === 60_000) expect(found.length).toBeGreaterThan(3);
    expect(notice(journal, 'entries-missing')).toMatch(/Missing in incident inc-1: entries .*60 of device/);
    expectGoesOn(folder, journal, device);
  });

  test('11: a garbage header costs no entry', () => {
    const { folder, path, device } = written(60);
    overwrite(path, 0, Buffer.alloc(100, 0xa5));
    const journal = open(folder);
    expect(texts(journal, 'inc-1')).toEqual(all(60));
    expect(notice(journal, 'journal-repaired')).toContain('cannot be read as a database');
    expectGoesOn(folder, journal, device);
  });

  test('11: the file is something else entirely', () => {
    const { folder, path, device } = written(10);
    writeFileSync(path, 'Dear diary, '.repeat(2000));
    const journal = open(folder);
    expect(texts(journal, 'inc-1')).toEqual([]);
    expect(notice(journal, 'entries-missing')).toContain('entries 1 to 10');
    expectGoesOn(folder, journal, device);
  });

  test('12: one flipped bit in the WAL: SQLite drops the rest of it silently; the head notices, the pages give it back', () => {
    const { folder, path } = crashed(100);
    const wal = `${path}-wal`;
    expect(statSync(wal).size).toBeGreaterThan(200 * PAGE);
    flip(wal, Math.floor(statSync(wal).size / 2));
    const copy = tempFolder();
    for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, join(copy, `x.db${suffix}`));
    const bare = new Database(join(copy, 'x.db'));
    expect(bare.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(bare.prepare('SELECT count(*) FROM entries').pluck().get()).toBeLessThan(100);
    bare.close();
    const journal = open(folder);
    expect(notice(journal, 'journal-repaired')).toMatch(/entries at its end are gone.*nothing is missing/s);
    expect(texts(journal, 'inc-1')).toEqual(all(100));
    expect(verifyFile(folder).ok).toBe(true);
    expectGoesOn(folder, journal, null);
  });

  test('13: the WAL deleted: what was only there is said, by incident and sequence', () => {
    const { folder, path } = crashed(40);
    rmSync(`${path}-wal`);
    const journal = open(folder);
    expect(notice(journal, 'entries-missing')).toMatch(
      /Missing in incident inc-1: entries \d+ to 40 of device/,
    );
    expectGoesOn(folder, journal, null);
  });

  test('13: the WAL deleted after a checkpoint in the middle: the rest is there', () => {
    const folder = tempFolder();
    const journal = open(folder);
    for (const text of all(20)) add(journal, 'inc-1', text);
    const side = new Database(join(folder, 'journal.db'));
    side.pragma('wal_checkpoint(TRUNCATE)');
    side.close();
    const device = add(journal, 'inc-1', 'the last one').device;
    const copy = tempFolder();
    for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(copy, file));
    journal.close();
    for (const file of ['journal.db', 'journal.head']) copyFileSync(join(copy, file), join(folder, file));
    const again = open(folder);
    expect(texts(again, 'inc-1')).toEqual(all(20));
    expect(notice(again, 'entries-missing')).toContain('entry 21 of device');
    expectGoesOn(folder, again, device);
  });

  test('14: a foreign WAL beside the journal: our entries stay, the stranger’s do not come in unproven', () => {
    const ours = written(30);
    const theirs = crashed(50);
    copyFileSync(`${theirs.path}-wal`, `${ours.path}-wal`);
    const journal = open(ours.folder);
    const mine = [...journal.iterate('inc-1')].filter((e) => e.device === ours.device && e.kind === 'note');
    expect(mine.map((e) => (JSON.parse(e.body) as { text: string }).text)).toEqual(all(30));
    expect(codes(journal)).toContain('journal-repaired');
    expect(verifyFile(ours.folder).ok).toBe(true);
    expectGoesOn(ours.folder, journal, ours.device);
  });

  test('14: a foreign shm is nothing', () => {
    const ours = crashed(30);
    writeFileSync(`${ours.path}-shm`, Buffer.alloc(32768, 0x5a));
    const journal = open(ours.folder);
    expect(texts(journal, 'inc-1')).toEqual(all(30));
    expect(codes(journal).filter((code) => code !== 'new-device')).toEqual([]);
  });

  test('15: an old backup put back: the start says which entries are gone, and the old chain is not continued', () => {
    const { folder, path, device } = written(20);
    const backup = join(tempFolder(), 'backup.db');
    copyFileSync(path, backup);
    const later = open(folder);
    for (let n = 21; n <= 25; n++) add(later, 'inc-1', `note ${n}`);
    later.close();
    copyFileSync(backup, path);
    const journal = open(folder);
    expect(notice(journal, 'journal-repaired')).toContain('5 entries at its end are gone');
    expect(notice(journal, 'entries-missing')).toContain('entries 21 to 25');
    const succeeded = [...journal.iterate('inc-1')].find((entry) => entry.kind === 'device-succeeded')!;
    expect(JSON.parse(succeeded.body)).toMatchObject({
      device,
      seq: 20,
      missing: [{ device, first: 21, last: 25 }],
    });
    expectGoesOn(folder, journal, device);
  });

  test('15: an old backup put back and written to by a Bulkhead that did not know', () => {
    const { folder, path, device } = written(20);
    const backup = join(tempFolder(), 'backup.db');
    copyFileSync(path, backup);
    const later = open(folder);
    for (let n = 21; n <= 25; n++) add(later, 'inc-1', `note ${n}`);
    later.close();
    const head = readFileSync(join(folder, 'journal.head'));
    copyFileSync(backup, path);
    rmSync(join(folder, 'journal.head'));
    const unknowing = open(folder);
    for (let n = 21; n <= 30; n++) add(unknowing, 'inc-1', `other ${n}`);
    unknowing.close();
    writeFileSync(join(folder, 'journal.head'), head);
    const journal = open(folder);
    expect(notice(journal, 'journal-repaired')).toContain('not the one that was kept beside it');
    expect(texts(journal, 'inc-1')).toHaveLength(30);
    expectGoesOn(folder, journal, device);
  });

  test('the journal file is gone: the snapshot fills in', async () => {
    const { folder, path, device } = written(20);
    await snapshotDaily(folder, path, testClock());
    const later = open(folder);
    add(later, 'inc-1', 'after the snapshot');
    later.close();
    rmSync(path);
    const journal = open(folder);
    expect(texts(journal, 'inc-1')).toEqual(all(20));
    expect(notice(journal, 'snapshot')).toMatch(/^20 entries came from the snapshot of 2026-10-20/);
    expect(notice(journal, 'entries-missing')).toContain('entry 21 of device');
    expectGoesOn(folder, journal, device);
  });

  test('a head that is garbage or gone is no damage', () => {
    for (const content of [null, '', 'x'.repeat(1024), 'y'.repeat(100_000)]) {
      const { folder } = written(5);
      if (content === null) rmSync(join(folder, 'journal.head'));
      else writeFileSync(join(folder, 'journal.head'), content);
      const journal = open(folder);
      expect(codes(journal)).toEqual([]);
      expect(texts(journal, 'inc-1')).toEqual(all(5));
    }
  });

  test('damage met while open: the room goes on in the same journal object', () => {
    const folder = tempFolder();
    const journal = open(folder);
    const done = journal.append(all(400).map((text) => noteEntry('inc-1', text)));
    expect(done.ok).toBe(true);
    journal.close();
    const again = open(folder, { check: 'quick' });
    const path = join(folder, 'journal.db');
    const at = readFileSync(path).indexOf('note 50 ');
    overwrite(path, Math.floor(at / PAGE) * PAGE, Buffer.alloc(PAGE));
    expect(texts(again, 'inc-1').length).toBeGreaterThan(380);
    expect(codes(again)).toContain('journal-repaired');
    expect(add(again, 'inc-1', 'on').seq).toBe(2);
  });

  test.each(['deleted', 'replaced by an old copy'])(
    'the file is %s while it is open: nothing is lost',
    (how) => {
      const { folder, path } = written(20);
      const old = join(tempFolder(), 'old.db');
      copyFileSync(path, old);
      const journal = open(folder);
      for (let n = 21; n <= 25; n++) add(journal, 'inc-1', `note ${n}`);
      rmSync(path);
      rmSync(`${path}-wal`);
      if (how !== 'deleted') copyFileSync(old, path);
      expect(add(journal, 'inc-1', 'note 26').seq).toBe(2);
      expect(texts(journal, 'inc-1')).toEqual([
        ...all(20),
        ...[21, 22, 23, 24, 25, 26].map((n) => `note ${n}`),
      ]);
      expect(notice(journal, 'journal-repaired')).toContain('nothing is missing');
      expect(listSnapshots(folder)).toEqual([]);
      expectGoesOn(folder, journal, null);
    },
  );

  test('damage in an old part of a long journal is found by verifyAll, and mended', async () => {
    const { folder, path } = written(2500);
    flip(path, readFileSync(path).indexOf('note 50 ') + 5);
    const journal = open(folder);
    expect(codes(journal)).toEqual([]);
    const found = await journal.verifyAll();
    expect(found.breaks.map((b) => [b.code, b.seq])).toEqual([['body', 50]]);
    expect(codes(journal)).toContain('texts-lost');
    expect((await journal.verifyAll()).ok).toBe(true);
  });

  test('a repair cut short after its last move ends at the next start', () => {
    const { folder, path, device } = written(30);
    flip(path, readFileSync(path).indexOf('note 20 ') + 5);
    open(folder).close();
    const kept = join(folder, 'damaged', readdirSync(join(folder, 'damaged'))[0]!);
    writeFileSync(join(folder, 'journal.repairing'), kept);
    const journal = open(folder);
    expect(existsSync(join(folder, 'journal.repairing'))).toBe(false);
    expect(texts(journal, 'inc-1')).toHaveLength(30);
    expectGoesOn(folder, journal, device);
  });

  test('the whole folder taken away while it is open: written again from what is still open', () => {
    const { folder } = written(20);
    const journal = open(folder);
    add(journal, 'inc-1', 'note 21');
    rmSync(folder, { recursive: true });
    add(journal, 'inc-1', 'note 22');
    expect(texts(journal, 'inc-1')).toEqual([...all(20), 'note 21', 'note 22']);
    expect(codes(journal)).toContain('journal-repaired');
  });

  test('a process that is not the owner leaves damage alone and reads what can be read', () => {
    const { folder, path } = written(50);
    flip(path, readFileSync(path).indexOf('note 20 ') + 5);
    const before = readFileSync(path);
    const journal = open(folder, { mayRepair: false });
    expect(codes(journal)).toContain('journal-damaged');
    expect(journal.append([noteEntry('inc-1', 'x')])).toMatchObject({
      ok: false,
      error: { code: 'journal-read-only' },
    });
    expect(journal.count('inc-1')).toBe(50);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(join(folder, 'damaged'))).toBe(false);
  });

  test('a repair cut short between any two moves is done again', () => {
    // The states a repair passes through, made by hand: marker written, WAL moved, database moved, new one in place.
    for (const step of ['marker', 'wal', 'database']) {
      const { folder, path } = crashed(30);
      const kept = join(folder, 'damaged', 'cut-short');
      const wal = `${path}-wal`;
      flip(wal, Math.floor(statSync(wal).size / 2));
      writeFileSync(join(folder, 'journal.repairing'), kept);
      if (step !== 'marker') {
        mkdirSync(kept, { recursive: true });
        renameSync(wal, join(kept, 'journal.db-wal'));
      }
      if (step === 'database') renameSync(path, join(kept, 'journal.db'));
      const journal = open(folder);
      expect(texts(journal, 'inc-1'), step).toEqual(all(30));
      expect(existsSync(join(folder, 'journal.repairing'))).toBe(false);
      expectGoesOn(folder, journal, null);
    }
  });
});

describe('35: a newer schema opened by an older application', () => {
  test('it says so and touches nothing', () => {
    const { folder, path } = written(5);
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    const state = () =>
      readdirSync(folder)
        .sort()
        .map((file) => [file, readFileSync(join(folder, file)).toString('latin1')]);
    const before = state();
    for (const readOnly of [false, true]) {
      const opened = openJournal(deps(folder, { readOnly }));
      expect(opened).toMatchObject({ ok: false, error: { code: 'newer-file', detail: { version: 99 } } });
      expect(!opened.ok && opened.error.message).toContain('newer Bulkhead');
    }
    expect(state()).toEqual(before);
  });
});

describe('snapshots', () => {
  test('one a day, seven kept, each a journal that verifies', async () => {
    const { folder, path } = written(20);
    const clock = testClock();
    for (let day = 0; day < 10; day++) {
      expect(await snapshotDaily(folder, path, clock)).not.toBeNull();
      expect(await snapshotDaily(folder, path, clock)).toBeNull();
      clock.pass(24 * 3_600_000);
    }
    const list = listSnapshots(folder);
    expect(list.map((s) => s.name)).toEqual([
      '2026-10-29',
      '2026-10-28',
      '2026-10-27',
      '2026-10-26',
      '2026-10-25',
      '2026-10-24',
      '2026-10-23',
    ]);
    const db = new Database(list[0]!.path, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM entries').pluck().get()).toBe(20);
    db.close();
  });

  test('after an erasure no snapshot holds the text', async () => {
    const folder = tempFolder();
    const journal = open(folder);
    const secret = add(journal, 'inc-1', 'hunter2-hunter2');
    const clock = testClock();
    await snapshotDaily(folder, join(folder, 'journal.db'), clock);
    clock.pass(24 * 3_600_000);
    await snapshotDaily(folder, join(folder, 'journal.db'), clock);
    expect(journal.erase(secret.id, 'password', 'ada', 'Ada').ok).toBe(true);
    const left = listSnapshots(folder);
    expect(left).toHaveLength(1);
    expect(readFileSync(left[0]!.path, 'latin1')).not.toContain('hunter2');
  });
});
