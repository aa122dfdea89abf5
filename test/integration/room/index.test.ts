// The index against the pure functions: whatever arrives in whatever order, windows, counts and the Incident are those of the set.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rooms } from '../../../electron/room/rooms.ts';
import { openViewDb } from '../../../electron/room/view-schema.ts';
import type { TimelineRow } from '../../../shared/contract/room.ts';
import { FILTERS } from '../../../shared/incident/words.ts';
import { fold, inStateOrder, toView } from '../../../shared/journal/fold.ts';
import { filtersOf, groupOf, markOf, rowOf } from '../../../shared/journal/timeline.ts';
import { compareForList, type FoldEntry } from '../../../shared/journal/types.ts';
import { at, declared, entry, hlc, journal, signal } from '../../unit/fold/entries.ts';
import { ALL, memoryJournal, must, roomsOver, tempFolder } from './helpers.ts';

/** The timeline as a plain function of the set of entries: what the index has to answer, made the slow way. */
function expected(entries: readonly FoldEntry[]): TimelineRow[] {
  const sorted = inStateOrder(entries);
  const marks = sorted.map(markOf).filter((m) => m !== null);
  const firsts = new Map<string, { entry: FoldEntry; devices: Set<string> }>();
  const shown: { entry: FoldEntry; devices: number }[] = [];
  for (const e of sorted) {
    if (rowOf(e, []) === null) continue;
    const known = e.key === null ? undefined : firsts.get(e.key);
    if (known) {
      known.devices.add(e.device);
      continue;
    }
    if (e.key !== null) firsts.set(e.key, { entry: e, devices: new Set([e.device]) });
    shown.push({ entry: e, devices: 1 });
  }
  const place = (e: FoldEntry) => {
    const row = rowOf(
      e,
      marks.filter((m) => m.target === e.id),
    )!;
    return { ...e, occurredAt: row.occurredAt };
  };
  shown.sort((a, b) => compareForList(place(a.entry), place(b.entry)));
  const groups = new Map<string, TimelineRow>();
  const rows: TimelineRow[] = [];
  for (const { entry: e } of shown) {
    const group = groupOf(e);
    const found = group === null ? undefined : groups.get(group);
    if (found) {
      found.count += 1;
      continue;
    }
    const row = {
      ...rowOf(
        e,
        marks.filter((m) => m.target === e.id),
      )!,
      count: 1,
      seenBy: e.key === null ? 1 : firsts.get(e.key)!.devices.size,
    };
    if (group !== null) groups.set(group, row);
    rows.push(row);
  }
  return rows;
}

const read = (
  rooms: Rooms,
  filter: { only: (typeof FILTERS)[number]; find: string; retracted: boolean },
  more = {},
) =>
  must(
    rooms.handlers['timeline.window']({
      incident: 'inc',
      filter,
      offset: 0,
      limit: 200,
      around: null,
      ...more,
    }),
  );

// Erasing and amending signals that stand for others is exercised by name below; here every order has one answer.
const settled = journal.map((entries) => {
  const keyed = new Set(entries.filter((e) => e.kind === 'signal-linked').map((e) => e.id));
  return entries
    .filter((e) => e.body === null || !keyed.has(String(e.body['entry'])))
    .filter((e) => e.kind !== 'erased' && !(e.kind === 'signal-linked' && e.body === null));
});

/** Many signals of few places, events and hours, told by three machines in their own time. */
const storm = fc
  .array(
    fc.record({
      device: fc.constantFrom('dev-a', 'dev-b', 'dev-c'),
      ms: fc.nat({ max: 30 }),
      minutes: fc.nat({ max: 150 }),
      region: fc.constantFrom('r1', 'r2'),
      to: fc.constantFrom('degraded', 'operational'),
      event: fc.constantFrom('e1', null),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((rows) =>
    rows.map((r, i) =>
      signal(
        r.region,
        r.to,
        {
          device: r.device,
          seq: i + 1,
          hlc: hlc(r.ms),
          occurredAt: at(r.minutes * 60),
          key: `signal:aws/${r.region}/dynamodb:${r.event}:${r.to}`,
        },
        { event: r.event },
      ),
    ),
  );

describe('the index of a timeline', () => {
  it('folds repeats and confirmations the same in any order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(
        storm.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        async ([entries, shuffled]) => {
          const arriving = memoryJournal('inc');
          const rooms = roomsOver(arriving, tempFolder());
          for (const one of shuffled) {
            arriving.arrive([one]);
            await must(rooms.incident('inc'));
          }
          const rows = expected(entries);
          const window = await read(rooms, ALL);
          expect(window.rows).toEqual(rows);
          expect(window.counts).toMatchObject({ all: rows.length, signals: rows.length });
          expect(await must(rooms.incident('inc'))).toEqual(toView(fold('inc', entries)));
          const strip = await must(rooms.handlers['timeline.overview']({ incident: 'inc' }));
          expect(strip.marks.reduce((sum, mark) => sum + mark.n, 0)).toBe(rows.length);
          await rooms.stop();
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('answers the same for any order of arrival, in any portions, and as the pure functions do', async () => {
    await fc.assert(
      fc.asyncProperty(
        settled.chain((entries) =>
          fc.tuple(
            fc.constant(entries),
            fc.shuffledSubarray(entries, { minLength: entries.length }),
            fc.integer({ min: 1, max: 12 }),
          ),
        ),
        async ([entries, shuffled, portion]) => {
          if (entries.length === 0) return;
          const folder = tempFolder();
          const arriving = memoryJournal('inc');
          const rooms = roomsOver(arriving, folder);
          for (let i = 0; i < shuffled.length; i += portion) {
            arriving.arrive(shuffled.slice(i, i + portion));
            await must(rooms.incident('inc'));
          }
          expect(await must(rooms.incident('inc'))).toEqual(toView(fold('inc', entries)));
          const rows = expected(entries);
          for (const only of FILTERS) {
            for (const retracted of [true, false]) {
              const mine = rows.filter((r) => filtersOf(r).includes(only) && (retracted || !r.retracted));
              const window = await read(rooms, { only, find: '', retracted });
              expect(window.rows).toEqual(mine);
              expect(window.total).toBe(mine.length);
              expect(window.counts[only]).toBe(mine.length);
              expect(window.hidden).toBe(rows.length - mine.length);
            }
          }
          expect([...(await must(rooms.rows('inc')))]).toEqual(rows);
          await rooms.stop();
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it('windows at any offset, around an entry, and finds', async () => {
    const arriving = memoryJournal('inc');
    const rooms = roomsOver(arriving, tempFolder());
    const notes = Array.from({ length: 500 }, (_, i) =>
      entry('note', { text: i % 7 === 0 ? `DNS of us-east-1 number ${i}` : `nothing ${i}`, by: 'Ana' }),
    );
    arriving.arrive([declared(), ...notes]);
    const all = [...(await must(rooms.rows('inc')))];
    for (const offset of [0, 1, 199, 250, 251, 400, 499, 500, 501, 9000]) {
      const window = await read(rooms, ALL, { offset, limit: 100 });
      expect(window.rows).toEqual(all.slice(offset, offset + 100));
      expect(window.total).toBe(501);
    }
    const newest = await read(rooms, ALL, { offset: null, limit: 50 });
    expect(newest).toMatchObject({ offset: 451 });
    expect(newest.rows.at(-1)).toEqual(all.at(-1));
    const around = await read(rooms, ALL, { around: notes[250]!.id, limit: 20 });
    expect(around.rows.map((r) => r.id)).toContain(notes[250]!.id);
    expect(around.rows).toEqual(all.slice(around.offset, around.offset + 20));
    const found = await read(rooms, { ...ALL, find: 'dns US-EAST-1' });
    expect(found.total).toBe(72);
    expect(found.rows.every((r) => r.text.startsWith('DNS'))).toBe(true);
    expect((await read(rooms, { ...ALL, find: "dns ' nowhere%_" })).total).toBe(0);
    expect((await read(rooms, { ...ALL, find: 'dns number 49' }, { offset: 5 })).rows.length).toBeLessThan(
      72,
    );
    arriving.arrive([entry('note', { text: 'dns of us-east-1 again', by: 'Ana' })]);
    expect((await read(rooms, { ...ALL, find: 'dns us-east-1' })).total).toBe(73);
  });

  it('shows repeats once with a count, confirmations once with who saw them', async () => {
    const arriving = memoryJournal('inc');
    const rooms = roomsOver(arriving, tempFolder());
    const first = signal('us-east-1', 'degraded', { occurredAt: at(10) });
    const seen = signal('us-east-1', 'degraded', { device: 'dev-b', occurredAt: at(12) });
    const seenAgain = signal('us-east-1', 'degraded', { device: 'dev-b', occurredAt: at(14) });
    const repeat = signal('us-west-2', 'degraded', { occurredAt: at(5) });
    arriving.arrive([declared(), seenAgain, repeat, seen, first]);
    const { rows } = await read(rooms, { ...ALL, only: 'signals' });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id: repeat.id, count: 2 });
    const one = await read(rooms, ALL, { around: first.id, limit: 1 });
    expect(one.rows[0]?.id).toBe(repeat.id);
    const strip = await must(rooms.handlers['timeline.overview']({ incident: 'inc' }));
    expect(strip.marks.filter((m) => m.lane === 'signals')).toMatchObject([{ n: 1 }]);
  });

  it('folds on from checkpoints, also when something late arrives or is erased before one', async () => {
    const folder = tempFolder();
    const arriving = memoryJournal('inc');
    const rooms = roomsOver(arriving, folder);
    const entries: FoldEntry[] = [declared()];
    for (let i = 0; i < 2600; i++) {
      entries.push(entry(i % 3 ? 'note' : 'fact', { text: `n${i}`, state: 'confirmed', by: 'A' }));
    }
    arriving.arrive(entries);
    expect(await must(rooms.incident('inc'))).toEqual(toView(fold('inc', entries)));
    const db = new Database(join(folder, 'view.db'), { readonly: true });
    const kept = () => db.prepare('SELECT count(*) FROM checkpoints').pluck().get();
    expect(kept()).toBe(2);
    const { hlc: early } = entries[500]!;
    const late = entry('decision', { text: 'late', by: 'B' }, { device: 'dev-b', seq: 1, hlc: early });
    entries.push(late);
    arriving.arrive([late]);
    expect(await must(rooms.incident('inc'))).toEqual(toView(fold('inc', entries)));
    expect(kept()).toBeGreaterThan(0);
    db.close();
    // A process of its own, from the same files: the same Incident.
    const second = roomsOver(arriving, folder);
    expect(await must(second.incident('inc'))).toEqual(toView(fold('inc', entries)));
  });

  it('is made again when its file is broken, of another version, or of another journal', async () => {
    const folder = tempFolder();
    const path = join(folder, 'view.db');
    const entries = [declared(), entry('note', { text: 'one', by: 'A' })];
    const arriving = memoryJournal('inc');
    arriving.arrive(entries);
    const wanted = toView(fold('inc', entries));
    writeFileSync(path, 'this is no database, only words, and more than a header of them');
    const broken = roomsOver(arriving, folder);
    expect(await must(broken.incident('inc'))).toEqual(wanted);
    await broken.stop();
    const db = new Database(path);
    db.exec('CREATE TABLE other (a)');
    db.pragma('user_version = 999999');
    db.close();
    const newer = roomsOver(arriving, folder);
    expect(await must(newer.incident('inc'))).toEqual(wanted);
    await newer.stop();
    const repaired = memoryJournal('inc');
    const other = [declared({ hlc: hlc(1) }), entry('decision', { text: 'kept', by: 'A' })];
    repaired.arrive(other);
    const again = roomsOver(repaired, folder);
    expect(await must(again.incident('inc'))).toEqual(toView(fold('inc', other)));
    expect((await read(again, ALL)).total).toBe(2);
    await again.stop();
    rmSync(path);
    writeFileSync(`${path}-wal`, 'left over');
    expect((await read(roomsOver(repaired, folder), ALL)).total).toBe(2);
  });

  it('reads windows along an index and never sorts', () => {
    const { db } = openViewDb(join(tempFolder(), 'view.db'));
    for (const name of FILTERS) {
      const mask = name === 'all' ? '' : ` AND (mask & ${1 << (FILTERS.indexOf(name) - 1)}) != 0`;
      const plan = db
        .prepare(
          `EXPLAIN QUERY PLAN SELECT json FROM rows INDEXED BY rows_${name} WHERE inc = 1 AND under IS NULL${mask} AND retracted = 0 ORDER BY at DESC, hlc DESC, tie DESC LIMIT 1 OFFSET 1`,
        )
        .all()
        .map((row) => (row as { detail: string }).detail);
      expect(plan.join()).toContain(`rows_${name} (inc=?)`);
      expect(plan.join()).not.toContain('TEMP B-TREE');
    }
    db.close();
  });
});
