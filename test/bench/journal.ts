// How close the journal comes to the disk it stands on: each figure beside a floor measured in the same run, turn by turn.
import { randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { prepareEntry, writeEntries } from '../../electron/journal/append.ts';
import { type Db, openReadable, openWritable } from '../../electron/journal/database.ts';
import { migrate } from '../../electron/journal/migrations.ts';
import { openJournal } from '../../electron/journal/open.ts';
import { prepareRows, sha256 } from '../../electron/journal/rows.ts';
import { stopwatch, systemClock } from '../../electron/time/systemClock.ts';
import { createVerifier } from '../../shared/journal/verify.ts';

export interface Figure {
  readonly what: string;
  /** Milliseconds. */
  readonly value: number;
  /** Milliseconds of the floor in the same run. */
  readonly floor: number;
  readonly ratio: number;
  /** What the ratio should reach. */
  readonly reach: string;
}

const FRAMES = 5;
const FRAME = 4096 + 24;
const make = {
  clock: systemClock,
  ids: { uuid: () => v7() },
  random: (n: number) => randomBytes(n),
  kindVersion: () => 1,
};
const note = (n: number) => ({
  incident: '0199f0f4-7d20-7000-8000-0000000000aa',
  kind: 'note',
  body: {
    text: `us-east-1 dynamodb: increased error rates, seen by the checkout team ${n} ${'.'.repeat(120)}`,
  },
  actor: '0199f0f4-7d20-7000-8000-0000000000bb',
});

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
const timed = (work: () => void): number => {
  const start = stopwatch();
  work();
  return stopwatch() - start;
};
const figure = (what: string, value: number, floor: number, reach: string): Figure => ({
  what,
  value,
  floor,
  ratio: value / floor,
  reach,
});

/** All figures of the journal. Takes about twenty seconds; uses a temporary folder on the disk of the system's. */
export async function bench(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-bench-'));
  try {
    return [...appends(folder), ...ingest(folder), ...reading(folder)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const opened = (folder: string) => {
  const journal = openJournal({ ...make, folder, watch: false });
  if (!journal.ok) throw new Error(journal.error.message);
  return journal.value;
};

/** One entry, acknowledged: against the same bytes overwritten and synced, and against SQLite alone with the same row. */
function appends(folder: string): Figure[] {
  const journal = opened(join(folder, 'append'));
  const raw = openSync(join(folder, 'raw'), 'w+');
  const frames = Buffer.alloc(FRAMES * FRAME, 1);
  for (let i = 0; i < 400; i++) writeSync(raw, frames, 0, frames.length, i * frames.length);
  fsyncSync(raw);
  const bare = new Database(join(folder, 'bare.db'));
  bare.pragma('journal_mode = WAL');
  bare.pragma('synchronous = FULL');
  bare.exec(`CREATE TABLE entries (row INTEGER PRIMARY KEY, id TEXT, incident TEXT, kind TEXT, v INTEGER, key TEXT, body TEXT,
    actor TEXT, device TEXT, seq INTEGER, hlc TEXT, occurredAt TEXT, recordedAt TEXT, prev TEXT, salt TEXT, bodyHash TEXT, hash TEXT);
    CREATE UNIQUE INDEX a ON entries (id); CREATE UNIQUE INDEX b ON entries (incident, device, seq); CREATE INDEX c ON entries (incident);`);
  const insert = bare.prepare(
    `INSERT INTO entries VALUES (@row, @id, @incident, @kind, @v, @key, @body, @actor, @device, @seq, @hlc, @occurredAt, @recordedAt,
     @prev, @salt, @bodyHash, @hash)`,
  );
  const times = { journal: [] as number[], raw: [] as number[], bare: [] as number[] };
  for (let n = 0; n < 1200; n++) {
    let row: object = {};
    times.journal.push(
      timed(() => {
        const done = journal.append([note(n)]);
        if (!done.ok) throw new Error(done.error.message);
        row = done.value[0]!;
      }),
    );
    times.raw.push(
      timed(() => {
        writeSync(raw, frames, 0, frames.length, (n % 400) * frames.length);
        fdatasyncSync(raw);
      }),
    );
    times.bare.push(timed(() => void insert.run(row)));
  }
  journal.close();
  closeSync(raw);
  bare.close();
  const after = (list: readonly number[]): number => median(list.slice(200));
  return [
    figure(
      'durable append, p50, against overwriting 5 frames and fdatasync',
      after(times.journal),
      after(times.raw),
      '<= 1.5',
    ),
    figure(
      'durable append, p50, against the bare SQLite insert of the same row',
      after(times.journal),
      after(times.bare),
      '<= 1.5',
    ),
  ];
}

/** Batches of 500 as they arrive from elsewhere: the same with synchronous OFF is the floor; the ratio is of speeds. */
function ingest(folder: string): Figure[] {
  const opens = ['FULL', 'OFF'].map((synchronous) => {
    const db = openWritable(join(folder, `ingest-${synchronous}.db`));
    db.pragma(`synchronous = ${synchronous}`);
    migrate(db, () => {});
    return { db, rows: prepareRows(db) };
  });
  const batch = Array.from({ length: 500 }, (_, n) => prepareEntry(note(n)));
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < 24; round++) {
    opens.forEach(({ db, rows }, which) => {
      const write = (): void =>
        void db.transaction(() => writeEntries(rows, 'd'.repeat(64), batch, make)).immediate();
      times[which]!.push(timed(write));
    });
  }
  for (const { db } of opens) db.close();
  const [full, off] = [median(times[0]), median(times[1])];
  return [
    {
      what: 'batch ingest of 500, speed against synchronous OFF',
      value: full,
      floor: off,
      ratio: off / full,
      reach: '>= 0.5',
    },
  ];
}

/** 100,000 entries: verified against merely read; and opened, against opening 1,000. */
function reading(folder: string): Figure[] {
  const sizes = [1000, 100_000];
  const folders = sizes.map((size) => {
    const name = join(folder, `long-${size}`);
    const journal = opened(name);
    for (let done = 0; done < size; done += 1000) {
      const kept = journal.append(Array.from({ length: 1000 }, (_, n) => note(done + n)));
      if (!kept.ok) throw new Error(kept.error.message);
    }
    journal.close();
    return name;
  });
  const db = openReadable(join(folders[1]!, 'journal.db'));
  const verify: number[] = [];
  const scan: number[] = [];
  for (let round = 0; round < 5; round++) {
    scan.push(timed(() => void scanned(db)));
    verify.push(timed(() => verified(db)));
  }
  db.close();
  const starts: number[][] = [[], []];
  for (let round = 0; round < 9; round++) {
    folders.forEach((name, which) => {
      starts[which]!.push(timed(() => opened(name).close()));
    });
  }
  return [
    figure(
      'verification of 100,000 entries, against a read-only scan of the same rows',
      median(verify),
      median(scan),
      '<= 2.5',
    ),
    figure(
      'opening 100,000 entries, against opening 1,000 (all of these are verified)',
      median(starts[1]!),
      median(starts[0]!),
      '<= 1.1',
    ),
  ];
}

function scanned(db: Db): number {
  let length = 0;
  for (const entry of prepareRows(db).eachRow(0, -1)) length += entry.body.length;
  return length;
}

function verified(db: Db): void {
  const verifier = createVerifier(sha256);
  for (const entry of prepareRows(db).eachRow(0, -1)) verifier.add(entry);
  if (!verifier.finish().ok) throw new Error('the journal of the benchmark does not verify');
}

if (import.meta.main) for (const figure of await bench()) process.stdout.write(`${JSON.stringify(figure)}\n`);
