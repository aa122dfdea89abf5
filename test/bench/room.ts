// A room of 100,000 entries: folding, opening, windowing, finding and writing, each beside a floor measured in the same run.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { type OpenJournal, openJournal } from '../../electron/journal/open.ts';
import { silentLog } from '../../electron/log/log.ts';
import { createBlobs } from '../../electron/room/blobs.ts';
import { foldEntry } from '../../electron/room/fold-entry.ts';
import { createRooms, type Rooms } from '../../electron/room/rooms.ts';
import { stopwatch, systemClock } from '../../electron/time/systemClock.ts';
import { apply, emptyIncident } from '../../shared/journal/fold.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import type { Result } from '../../shared/result.ts';
import { toInstant } from '../../shared/time/clock.ts';

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

const figure = (what: string, value: number, floor: number, reach: string): Figure => ({
  what,
  value,
  floor,
  ratio: value / floor,
  reach,
});

const BATCH = 1000;
const incidentOf = (size: number): string => `0199f0f4-7d20-7000-8000-${String(size).padStart(12, '0')}`;

/** A night's entries: signals, notes, decisions, facts, actions, one in ten typed late. */
function* night(size: number): Generator<NewEntry> {
  const incident = incidentOf(size);
  const start = Date.UTC(2025, 9, 20, 7, 48);
  const by = 'Marta Lindqvist';
  yield {
    incident,
    kind: 'declared',
    actor: 'marta',
    body: { label: 'INC-0001', title: 'Checkout fails', severity: 'SEV1', mode: 'real', by },
  };
  for (let i = 1; i < size; i++) {
    const at = toInstant(start + i * 500 - (i % 10 === 0 ? 900_000 : 0));
    const base = { incident, actor: 'marta', occurredAt: at };
    const text = `webhooks-out retries are draining the eu-west-1 session pool, ${i} of 512 in use`;
    if (i % 3 === 0) {
      const to = ['degraded', 'major-outage', 'operational'][(i % 7) % 3];
      const signal = {
        id: `s${i}`,
        at,
        provider: 'aws',
        region: `region-${i % 20}`,
        service: `svc-${i % 30}`,
        to,
        text,
      };
      yield {
        ...base,
        actor: 'bulkhead',
        kind: 'signal-linked',
        key: `signal:${i}`,
        body: { signal, by: '' },
      };
    } else if (i % 50 === 1) yield { ...base, kind: 'decision', body: { text, by } };
    else if (i % 50 === 2) yield { ...base, kind: 'fact', body: { text, state: 'confirmed', by } };
    else yield { ...base, kind: 'note', body: { text, by } };
  }
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const openAt = (folder: string): OpenJournal =>
  must(
    openJournal({
      folder,
      clock: systemClock,
      ids: { uuid: () => v7() },
      random: (n) => randomBytes(n),
      machineId: 'bench',
      watch: false,
      pollMs: 0,
    }),
  );

const roomsOf = (journal: OpenJournal, folder: string): Rooms =>
  createRooms({
    journal,
    clock: systemClock,
    ids: { uuid: () => v7() },
    person: () => ({ id: 'marta', name: 'Marta Lindqvist' }),
    emit: () => undefined,
    signals: () => [],
    library: { read: async () => ({ ok: false, error: { code: 'none', message: 'none' } }) },
    blobs: createBlobs(join(folder, 'blobs')),
    viewFolder: folder,
    log: silentLog,
  });

function fill(folder: string, size: number): void {
  const journal = openAt(folder);
  let batch: NewEntry[] = [];
  for (const entry of night(size)) {
    batch.push(entry);
    if (batch.length < BATCH) continue;
    must(journal.append(batch));
    batch = [];
  }
  if (batch.length > 0) must(journal.append(batch));
  journal.close();
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; value: T }> {
  const start = stopwatch();
  const value = await work();
  return { ms: stopwatch() - start, value };
}

const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
const at = (list: readonly number[], part: number): number =>
  sorted(list)[Math.min(list.length - 1, Math.floor(list.length * part))]!;

const ALL = { only: 'all', find: '', retracted: false } as const;

/** Start of a process over a profile until the list of incidents is there. Fresh each time. */
async function start(folder: string): Promise<number> {
  const { ms, value } = await timed(async () => {
    const journal = openAt(folder);
    const rooms = roomsOf(journal, folder);
    must(await rooms.handlers['incidents.list']({}));
    return { journal, rooms };
  });
  await value.rooms.stop();
  value.journal.close();
  return ms;
}

/** Opening a room in a fresh process until its Incident and its newest window are there. */
async function openRoom(folder: string, incident: string): Promise<number> {
  const journal = openAt(folder);
  const rooms = roomsOf(journal, folder);
  const { ms } = await timed(async () => {
    must(await rooms.handlers['room.open']({ incident }));
    must(await windowAt(rooms, incident, null));
  });
  await rooms.stop();
  journal.close();
  return ms;
}

const windowAt = (rooms: Rooms, incident: string, offset: number | null, find = '') =>
  rooms.handlers['timeline.window']({ incident, filter: { ...ALL, find }, offset, limit: 200, around: null });

/** Longest time in which the loop did not turn while something ran, milliseconds. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = stopwatch();
  let running = true;
  const tick = (): void => {
    const now = stopwatch();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  running = false;
  return longest;
}

/** Milliseconds; needs about a minute and 300 MB in the temporary folder. `size`: entries of the large room. */
export async function bench(size = 100_000): Promise<Figure[]> {
  const figures: Figure[] = [];
  const root = mkdtempSync(join(tmpdir(), 'bulkhead-bench-room-'));
  const [large, small] = [join(root, 'large'), join(root, 'small')];
  const incident = incidentOf(size);
  try {
    fill(large, size);
    fill(small, 1000);

    const journal = openAt(large);
    const scan = await timed(() => {
      let bytes = 0;
      for (const entry of journal.iterate(incident)) bytes += JSON.stringify(JSON.parse(entry.body)).length;
      return bytes;
    });
    const folded = await timed(() => {
      const acc = emptyIncident(incident);
      for (const entry of journal.iterate(incident)) apply(acc, foldEntry(entry));
      return acc.entries;
    });
    figures.push(figure(`fold of ${size} entries, against reading them`, folded.ms, scan.ms, '<= 2.5'));

    const rooms = roomsOf(journal, large);
    let first = 0;
    const stall = await longestStall(async () => {
      first = (await timed(() => rooms.incident(incident))).ms;
    });
    figures.push(figure('index and checkpoints made anew, against reading', first, scan.ms, '<= 25'));
    figures.push(figure('longest stall of the loop meanwhile, against a frame', stall, 16.7, '<= 3'));

    const windows: number[] = [];
    const raw: number[] = [];
    const db = new Database(join(large, 'view.db'), { readonly: true });
    const total = must(await windowAt(rooms, incident, null)).total;
    const statement = (order: string) =>
      db.prepare(
        `SELECT json FROM rows INDEXED BY rows_all WHERE inc = 1 AND under IS NULL AND retracted = 0 ORDER BY ${order} LIMIT 200 OFFSET ?`,
      );
    const forward = statement('at, hlc, tie');
    const back = statement('at DESC, hlc DESC, tie DESC');
    for (let i = 0; i < 200; i++) {
      const offset = (i * 7919) % total;
      raw.push(
        (
          await timed(() => {
            const half = offset > total / 2;
            const rows = (half ? back.all(total - offset) : forward.all(offset)) as { json: string }[];
            return rows.map((row) => JSON.parse(row.json));
          })
        ).ms,
      );
      windows.push((await timed(() => windowAt(rooms, incident, offset))).ms);
    }
    db.close();
    figures.push(
      figure(
        'window of 200 at any offset, p95, against the same SQL',
        at(windows, 0.95),
        at(raw, 0.95),
        '<= 1.5',
      ),
    );

    const finds: number[] = [];
    for (const word of ['draining', '99999', 'nowhere', 'pool, 77']) {
      finds.push((await timed(() => windowAt(rooms, incident, null, word))).ms);
    }
    figures.push(figure('first find of a word, slowest, against reading', at(finds, 1), scan.ms, '<= 0.5'));
    const again: number[] = [];
    for (let i = 0; i < 50; i++) {
      again.push((await timed(() => windowAt(rooms, incident, i * 500, 'draining'))).ms);
    }
    figures.push(
      figure('window of what was found, p95, against a window', at(again, 0.95), at(windows, 0.95), '<= 1.5'),
    );
    const strips: number[] = [];
    for (let i = 0; i < 20; i++) {
      strips.push((await timed(() => rooms.handlers['timeline.overview']({ incident }))).ms);
    }
    figures.push(figure('overview, p50, against a frame', at(strips, 0.5), 16.7, '<= 1'));

    must(await rooms.handlers['room.open']({ incident }));
    const bare: number[] = [];
    const logged: number[] = [];
    for (let i = 0; i < 200; i++) {
      const entry = { incident, kind: 'note', actor: 'marta', body: { text: `note ${i}`, by: 'Marta' } };
      bare.push((await timed(() => must(journal.append([entry])))).ms);
      must(await rooms.incident(incident));
      logged.push(
        (
          await timed(async () =>
            must(
              await rooms.handlers['room.log']({ incident, kind: 'note', text: `note ${i}`, occurred: null }),
            ),
          )
        ).ms,
      );
    }
    figures.push(
      figure(
        'a note logged, folded and told, p50, against the append',
        at(logged, 0.5),
        at(bare, 0.5),
        '<= 2',
      ),
    );
    await rooms.stop();
    journal.close();

    await start(small);
    const starts = { large: [] as number[], small: [] as number[] };
    const opens = { large: [] as number[], small: [] as number[] };
    await openRoom(small, incidentOf(1000));
    for (let i = 0; i < 9; i++) {
      starts.small.push(await start(small));
      starts.large.push(await start(large));
      opens.small.push(await openRoom(small, incidentOf(1000)));
      opens.large.push(await openRoom(large, incident));
    }
    figures.push(
      figure(
        `start with ${size} entries, p50, against 1,000`,
        at(starts.large, 0.5),
        at(starts.small, 0.5),
        '<= 1.1',
      ),
    );
    figures.push(
      figure(
        `room of ${size} entries opened, p50, against 1,000`,
        at(opens.large, 0.5),
        at(opens.small, 0.5),
        '<= 1.5',
      ),
    );
    return figures;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const figure of await bench()) process.stdout.write(`${JSON.stringify(figure)}\n`);
