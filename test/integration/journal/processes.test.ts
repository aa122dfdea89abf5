// Real processes, really killed, stopped, or at each other's throats. What was acknowledged is there afterwards, and the chain verifies.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { versionOf } from '../../../electron/journal/migrations.ts';
import { openJournal } from '../../../electron/journal/open.ts';
import { listSnapshots } from '../../../electron/journal/snapshots.ts';
import { tryOwn } from '../../../electron/profile/own.ts';
import { systemClock } from '../../../electron/time/systemClock.ts';
import { add, codes, deps, later, noteEntry, open, tempFolder, verifyFile } from './helpers.ts';
import { acknowledged, fakeTimeWorks, limitWorks, mountWorks, run, straceWorks } from './processes.ts';

/** After whatever happened: every acknowledged entry is there, the chain verifies, nothing alarming is said, the room goes on. */
function expectNothingLost(folder: string, acked: readonly string[], notices: readonly string[] = []): void {
  const journal = openJournal(deps(folder, { clock: systemClock, check: 'full' }));
  if (!journal.ok) throw new Error(journal.error.message);
  try {
    expect(codes(journal.value)).toEqual(notices);
    const there = new Set([...journal.value.iterate('inc-1')].map((entry) => entry.id));
    expect(acked.filter((id) => !there.has(id))).toEqual([]);
    expect(verifyFile(folder)).toMatchObject({ ok: true });
    expect(journal.value.append([noteEntry('inc-1', 'and on')]).ok).toBe(true);
  } finally {
    journal.value.close();
  }
}

describe('1: killed', () => {
  test('1: SIGKILL at any moment of 500 appends, again and again', async () => {
    const folder = tempFolder();
    const acked: string[] = [];
    let cut = 0;
    for (let round = 0; round < 12; round++) {
      const process = run(['append', folder, '500', `r${round}`]);
      await process.said(/^open /);
      // From the very first append to late ones, by count and then a little more by time.
      await process.said(/^ack /);
      await wait(round * 9);
      process.child.kill('SIGKILL');
      const { lines, signal } = await process.ended;
      if (signal === 'SIGKILL') cut++;
      acked.push(...acknowledged(lines));
      expectNothingLost(folder, acked);
    }
    expect(cut).toBeGreaterThan(6);
    expect(acked.length).toBeGreaterThan(12);
    expect(verifyFile(folder).devices).toBe(1);
  }, 300_000);

  test.skipIf(!straceWorks)(
    '1: SIGKILL at the Nth write and the Nth sync call',
    async () => {
      const folder = tempFolder();
      add(open(folder), 'inc-1', 'first');
      const acked: string[] = [];
      for (const [call, nth] of [
        ['pwrite64', 3],
        ['pwrite64', 12],
        ['pwrite64', 25],
        ['pwrite64', 31],
        ['pwrite64', 44],
        ['pwrite64', 97],
        ['fsync', 1],
        ['fsync', 2],
        ['fsync', 5],
        ['fsync', 9],
      ] as const) {
        const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=SIGKILL:when=${nth}`];
        const process = run(
          ['append', folder, '30', `${call}-${nth}`],
          ['strace', '-f', '-qq', '-o', '/dev/null', ...inject],
        );
        const { lines } = await process.ended;
        expect(lines.at(-1), `${call} ${nth} did not kill`).not.toBe('done');
        acked.push(...acknowledged(lines));
        expectNothingLost(folder, acked);
      }
    },
    120_000,
  );

  test('18: SIGKILL inside a migration: before or after, never between, with the snapshot beside it', async () => {
    const folder = tempFolder();
    const journal = open(folder);
    for (let n = 0; n < 8; n++) {
      journal.append(
        Array.from({ length: 1000 }, (_, i) => noteEntry('inc-1', `${n} ${i} ${'.'.repeat(300)}`)),
      );
    }
    const count = journal.lastRow();
    journal.close();
    const seen = new Set<number>();
    for (const delay of [0, 15, 30, 60, 90, 130, 180, 250, 400, 15_000]) {
      const process = run(['migrate', folder]);
      await process.said(/^migrating/);
      await Promise.race([wait(delay), process.ended]);
      process.child.kill('SIGKILL');
      await process.ended;
      const db = new Database(join(folder, 'journal.db'));
      const version = versionOf(db);
      const later = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").pluck().get();
      expect(later).toBe(version === 2 ? 1 : 0);
      if (version === 2) expect(db.prepare('SELECT count(*) FROM later').pluck().get()).toBe(count);
      expect(db.prepare('SELECT count(*) FROM entries').pluck().get()).toBe(count);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
      seen.add(version);
      for (const { path } of listSnapshots(folder)) {
        const snapshot = new Database(path, { readonly: true });
        expect(versionOf(snapshot)).toBe(1);
        expect(snapshot.prepare('SELECT count(*) FROM entries').pluck().get()).toBe(count);
        snapshot.close();
      }
      if (version === 2) break;
    }
    expect([...seen].sort()).toEqual([1, 2]);
    expect(listSnapshots(folder).map((s) => s.name)).toEqual(['before-2']);
  }, 300_000);

  test('19: SIGKILL inside a snapshot: there is a whole one or none', async () => {
    const folder = tempFolder();
    const journal = open(folder);
    for (let n = 0; n < 8; n++) {
      journal.append(
        Array.from({ length: 1000 }, (_, i) => noteEntry('inc-1', `${n} ${i} ${'.'.repeat(300)}`)),
      );
    }
    let whole = 0;
    let none = 0;
    for (const delay of [0, 10, 20, 40, 80, 15_000]) {
      const process = run(['snapshot', folder]);
      await process.said(/^snapshotting/);
      await Promise.race([wait(delay), process.ended]);
      process.child.kill('SIGKILL');
      await process.ended;
      const list = listSnapshots(folder);
      if (list.length === 0) {
        none++;
        continue;
      }
      whole++;
      const db = new Database(list[0]!.path, { readonly: true });
      expect(db.prepare('SELECT count(*) FROM entries').pluck().get()).toBe(8000);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
      break;
    }
    expect(none).toBeGreaterThan(0);
    expect(whole).toBe(1);
    expect(readdirSync(join(folder, 'snapshots')).some((name) => name.endsWith('.part'))).toBe(false);
  }, 300_000);
});

describe.skipIf(!straceWorks)('disks that fail', () => {
  const strace = (call: string, what: string): string[] => [
    'strace',
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    `trace=${call}`,
    '-e',
    `inject=${call}:${what}`,
  ];

  test('4: EIO from the sync: not acknowledged, said, and the next one is tried again', async () => {
    const folder = tempFolder();
    open(folder).close();
    const { lines } = await run(['append', folder, '20'], strace('fsync', 'error=EIO:when=5')).ended;
    expect(lines.at(-1)).toBe('done');
    const refused = lines.filter((line) => line.startsWith('refused '));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatch(/^refused journal-read-only Nothing was kept\. The disk .* refuses to write/);
    expect(acknowledged(lines)).toHaveLength(19);
    expectNothingLost(folder, acknowledged(lines));
  }, 150_000);

  test('6: ENOSPC at the Nth write: not acknowledged, said, and the next one is tried again', async () => {
    const folder = tempFolder();
    open(folder).close();
    for (const nth of [20, 25, 33]) {
      const { lines } = await run(['append', folder, '20'], strace('pwrite64', `error=ENOSPC:when=${nth}`))
        .ended;
      const refused = lines.filter((line) => line.startsWith('refused '));
      expect(refused.length, `write ${nth}`).toBe(1);
      expect(refused[0]).toMatch(/^refused disk-full Nothing was kept\. The disk .* is full/);
      expect(acknowledged(lines)).toHaveLength(19);
      expectNothingLost(folder, acknowledged(lines));
    }
  }, 150_000);

  test('one sync for each acknowledged append, and one a second for the head', async () => {
    const count = async (n: number): Promise<number> => {
      const folder = tempFolder();
      const { lines, errors } = await run(
        ['append', folder, `${n}`],
        ['strace', '-f', '-qq', '-c', '-e', 'trace=fsync,fdatasync'],
      ).ended;
      expect(lines.at(-1)).toBe('done');
      return [...errors.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?f(?:data)?sync$/gm)].reduce(
        (sum, match) => sum + Number(match[1]),
        0,
      );
    };
    const [few, many] = [await count(20), await count(420)];
    expect(few).toBeGreaterThanOrEqual(20);
    expect((many - few) / 400).toBeLessThanOrEqual(1.05);
    expect((many - few) / 400).toBeGreaterThanOrEqual(1);
  }, 300_000);
});

describe('disks that are full or closed', () => {
  test.skipIf(!mountWorks)(
    '5: a disk that is full, and has space again',
    async () => {
      const folder = tempFolder();
      const script = `mount -t tmpfs -o size=600k tmpfs ${folder} && "$@"; echo "end $?"; ls ${folder} >&2;
      mount -o remount,size=10m ${folder} && "$@"`;
      const process = run(['append', folder, '400'], ['unshare', '-m', 'sh', '-c', script, 'sh']);
      const { lines, errors } = await process.ended;
      expect(errors).toContain('journal.db');
      const first = lines.slice(
        0,
        lines.findIndex((line) => line.startsWith('end ')),
      );
      const second = lines.slice(first.length + 1);
      const refused = first.filter((line) => line.startsWith('refused '));
      expect(refused.length).toBeGreaterThan(10);
      for (const line of refused) expect(line).toMatch(/^refused disk-full .*Free some space and try again/);
      const acked = acknowledged(first);
      expect(acked.length).toBeGreaterThan(20);
      // The second process goes on with the next row on the same device: it saw all that was acknowledged, and lost none.
      expect(second.filter((line) => line.startsWith('notice '))).toEqual([]);
      expect(second.filter((line) => line.startsWith('open '))).toEqual(
        first.filter((line) => line.startsWith('open ')),
      );
      expect(second.filter((line) => line.startsWith('ack '))).toHaveLength(400);
      expect(Number(second.find((line) => line.startsWith('ack '))!.split(' ')[2])).toBe(acked.length + 1);
    },
    60_000,
  );

  test.skipIf(!limitWorks)(
    '7: a file size limit',
    async () => {
      const folder = tempFolder();
      open(folder).close();
      const { lines } = await run(['append', folder, '300'], ['prlimit', '--fsize=900000']).ended;
      const refused = lines.filter((line) => line.startsWith('refused '));
      expect(lines.at(-1)).toBe('done');
      for (const line of refused) expect(line).toMatch(/^refused journal-read-only Nothing was kept/);
      expect(refused.length + acknowledged(lines).length).toBe(300);
      expect(acknowledged(lines).length).toBeGreaterThan(10);
      expect(acknowledged(lines).length).toBeLessThan(300);
      expectNothingLost(folder, acknowledged(lines));
    },
    30_000,
  );

  test.skipIf(!mountWorks)(
    '8: a read-only file system: opens, reads, says that and why it does not write',
    async () => {
      const folder = tempFolder();
      const journal = open(folder);
      for (let n = 1; n <= 5; n++) add(journal, 'inc-1', `note ${n}`);
      journal.close();
      const script = `mount --bind ${folder} ${folder} && mount -o remount,ro,bind ${folder} && exec "$@"`;
      const { lines } = await run(['append', folder, '1'], ['unshare', '-m', 'sh', '-c', script, 'sh']).ended;
      expect(lines.find((line) => line.startsWith('notice read-only'))).toMatch(/refuses to write/);
      expect(lines.find((line) => line.startsWith('refused '))).toMatch(/^refused journal-read-only/);
      expect(lines.at(-1)).toBe('done');
      expectNothingLost(folder, []);
    },
    30_000,
  );

  test.skipIf(!mountWorks)(
    '8: a read-only file system with a WAL left by a crash',
    async () => {
      const folder = tempFolder();
      const writer = run(['append', folder, '50']);
      await writer.said(/^ack .* 20$/);
      writer.child.kill('SIGKILL');
      const acked = acknowledged((await writer.ended).lines);
      const script = `mount --bind ${folder} ${folder} && mount -o remount,ro,bind ${folder} && exec "$@"`;
      const { lines } = await run(['append', folder, '1'], ['unshare', '-m', 'sh', '-c', script, 'sh']).ended;
      expect(lines.find((line) => line.startsWith('refused '))).toMatch(/^refused journal-read-only/);
      expectNothingLost(folder, acked);
    },
    30_000,
  );
});

describe('several processes', () => {
  test('16: two writers at once never fork a chain', async () => {
    const folder = tempFolder();
    open(folder).close();
    const both = [run(['append', folder, '300', 'a']), run(['append', folder, '300', 'b'])];
    const ends = await Promise.all(both.map((process) => process.ended));
    const acked = ends.flatMap(({ lines }) => acknowledged(lines));
    expect(acked).toHaveLength(600);
    expect(verifyFile(folder)).toMatchObject({ ok: true, entries: 600, devices: 1 });
    // They really took turns: neither wrote all of its entries in one go.
    const journal = open(folder);
    const writers = [...journal.iterate('inc-1')]
      .map((entry) => (entry.body.includes('"a ') ? 'a' : 'b'))
      .join('');
    journal.close();
    expect(writers.match(/ab/g)?.length ?? 0).toBeGreaterThan(0);
    expectNothingLost(folder, acked);
  }, 300_000);

  test('two processes that make the profile at the same moment become one device', async () => {
    const folder = join(tempFolder(), 'new');
    const all = await Promise.all([1, 2, 3].map((n) => run(['append', folder, '20', `${n}`]).ended));
    expect(new Set(all.map(({ lines }) => lines.find((line) => line.startsWith('open ')))).size).toBe(1);
    expect(verifyFile(folder)).toMatchObject({ ok: true, entries: 60, devices: 1 });
  }, 300_000);

  test('an entry of another process is noticed within a second', async () => {
    const folder = tempFolder();
    const journal = open(folder, { clock: systemClock, watch: true });
    const heard = new Promise<unknown>((resolve) => journal.onChange(resolve));
    await run(['append', folder, '1']).ended;
    const started = systemClock.now();
    expect(await heard).toEqual({ from: 1, to: 1 });
    expect(systemClock.now() - started).toBeLessThan(1000);
  }, 150_000);

  test('17: one owner per profile; the lock dies with its process, and a killed one leaves none behind', async () => {
    const folder = tempFolder();
    const first = run(['own', folder]);
    await first.said(/^owned/);
    const second = tryOwn(folder);
    expect(second).toMatchObject({
      ok: false,
      error: { code: 'owner-elsewhere', detail: { pid: first.child.pid } },
    });
    expect(!second.ok && second.error.message).toContain(`process ${first.child.pid}`);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(existsSync(join(folder, 'owner.pid'))).toBe(true);
    const third = tryOwn(folder);
    expect(third.ok).toBe(true);
    const fourth = await run(['own', folder]).ended;
    expect(fourth.lines[0]).toMatch(/^failed owner-elsewhere/);
    if (third.ok) third.value.release();
    const fifth = tryOwn(folder);
    expect(fifth.ok).toBe(true);
    if (fifth.ok) fifth.value.release();
  }, 150_000);

  test('17: two owners in one process are told apart too', () => {
    const folder = tempFolder();
    const first = tryOwn(folder);
    expect(first.ok).toBe(true);
    expect(tryOwn(folder)).toMatchObject({ ok: false, error: { code: 'owner-elsewhere' } });
    if (first.ok) first.value.release();
  });

  test('24: a stopped process keeps its place; whoever waits is told, and both go on after', async () => {
    const folder = tempFolder();
    const paced = run(['pace', folder]);
    await paced.said(/^open /);
    later(() => paced.child.kill('SIGKILL'));
    paced.child.stdin!.write('before\n');
    await paced.said(/^ack .* 1$/);
    paced.child.kill('SIGSTOP');
    const journal = open(folder, { clock: systemClock });
    add(journal, 'inc-1', 'while it slept');
    paced.child.kill('SIGCONT');
    paced.child.stdin!.write('after\n');
    await paced.said(/^ack .* 3$/);
    paced.child.stdin!.end();
    await paced.ended;
    expect(verifyFile(folder)).toMatchObject({ ok: true, entries: 3, devices: 1 });
  }, 150_000);

  test('24: stopped while it holds the write lock: a typed refusal after five seconds, then on it goes', async () => {
    const folder = tempFolder();
    const journal = open(folder, { clock: systemClock });
    const holder = run(['hold', folder]);
    later(() => holder.child.kill('SIGKILL'));
    await holder.said(/^holding/);
    holder.child.kill('SIGSTOP');
    const refused = journal.append([noteEntry('inc-1', 'x')]);
    expect(refused).toMatchObject({ ok: false, error: { code: 'journal-busy' } });
    expect(journal.state().writable).toBe(true);
    holder.child.kill('SIGCONT');
    holder.child.stdin!.end();
    await holder.ended;
    expect(add(journal, 'inc-1', 'y').seq).toBe(1);
  }, 150_000);
});

describe.skipIf(!fakeTimeWorks)('21: clocks', () => {
  test('21: three days back at the start: said, and the order holds', async () => {
    const folder = tempFolder();
    const first = await run(['append', folder, '3']).ended;
    const env = ['env', 'FAKETIME_DONT_FAKE_MONOTONIC=1', 'faketime', '-f', '-3d'];
    const second = await run(['append', folder, '3'], env).ended;
    expect(second.lines.find((line) => line.startsWith('notice '))).toMatch(
      /^notice clock-back .*stands 3 days before/,
    );
    const third = await run(
      ['append', folder, '3'],
      ['env', 'FAKETIME_DONT_FAKE_MONOTONIC=1', 'faketime', '-f', '+3d'],
    ).ended;
    expect(third.lines.at(-1)).toBe('done');
    const acked = [first, second, third].flatMap(({ lines }) => acknowledged(lines));
    expect(acked).toHaveLength(9);
    const journal = open(folder, { clock: systemClock });
    const entries = [...journal.iterate('inc-1')];
    expect(entries.map((entry) => entry.hlc)).toEqual(entries.map((entry) => entry.hlc).sort());
    journal.close();
    expectNothingLost(folder, acked, ['clock-back']);
  }, 150_000);
});
