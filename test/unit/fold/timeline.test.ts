import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timelineRow } from '../../../shared/contract/room.ts';
import { fold } from '../../../shared/journal/fold.ts';
import {
  filtersOf,
  findWords,
  groupOf,
  historyOf,
  laneOf,
  markOf,
  rowOf,
} from '../../../shared/journal/timeline.ts';
import { binMarks, overviewOf } from '../../../shared/journal/timeline-overview.ts';
import type { FoldEntry } from '../../../shared/journal/types.ts';
import { at, declared, entry, journal, signal } from './entries.ts';

const row = (target: FoldEntry, ...others: FoldEntry[]) =>
  rowOf(
    target,
    others.map(markOf).filter((m) => m !== null),
  );

describe('timeline rows', () => {
  it('every entry has a row that the contract takes, or none, and never throws', () => {
    fc.assert(
      fc.property(journal, (entries) => {
        const marks = entries.map(markOf).filter((m) => m !== null);
        for (const e of entries) {
          const made = rowOf(
            e,
            marks.filter((m) => m.target === e.id),
          );
          if (made === null) continue;
          expect(timelineRow.safeParse({ ...made, count: 1, seenBy: 1 }).success).toBe(true);
          expect(filtersOf(made)).toContain('all');
          groupOf(e);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('an amended note shows the last words, what they were, and who said so', () => {
    const note = entry('note', { text: 'Peaked at 71 %', by: 'Ana' });
    const one = entry('entry-amended', { entry: note.id, text: 'Peaked at 65 %', reason: '', by: 'Tom' });
    const two = entry('entry-amended', {
      entry: note.id,
      text: 'Peaked at 61 %',
      reason: '71 % was the retry rate.',
      by: 'Tom',
      occurredAt: at(-300),
      precision: 'minute',
    });
    const expected = {
      lead: 'Note',
      text: 'Peaked at 61 %',
      was: 'Peaked at 65 %',
      versions: 3,
      amendedBy: 'Tom',
      amendReason: '71 % was the retry rate.',
      occurredAt: at(-300),
      precision: 'minute',
      by: 'Ana',
    };
    expect(row(note, one, two)).toMatchObject(expected);
    expect(row(note, two, one)).toMatchObject(expected);
    const history = historyOf(note, [markOf(two)!, markOf(one)!]);
    expect(history.map((v) => [v.what, v.text])).toEqual([
      ['written', 'Peaked at 71 %'],
      ['amended', 'Peaked at 65 %'],
      ['amended', 'Peaked at 61 %'],
    ]);
  });

  it('pins, retractions and erasures are flags; an erased body shows nothing of itself', () => {
    const note = entry('note', { text: 'token hunter2', by: 'Ana' });
    const pin = entry('entry-pinned', { entry: note.id, by: 'Ana' });
    const unpin = entry('entry-unpinned', { entry: note.id, by: 'Ana' });
    expect(row(note, pin)).toMatchObject({ pinned: true });
    expect(row(note, unpin, pin)).toMatchObject({ pinned: false });
    const retract = entry('entry-retracted', { entry: note.id, reason: 'Wrong room', by: 'Ana' });
    expect(row(note, retract)).toMatchObject({
      retracted: true,
      retractReason: 'Wrong room',
      text: 'token hunter2',
    });
    const erase = entry('erased', { entry: note.id, reason: 'a password', by: 'Ana' });
    const gone = row({ ...note, body: null }, erase);
    expect(gone).toMatchObject({
      kind: 'erased',
      erased: true,
      lead: 'Note',
      text: 'Erased by Ana: a password.',
    });
    expect(JSON.stringify(row(note, erase))).not.toContain('hunter2');
  });

  it('says what is kept and not understood', () => {
    expect(row(entry('wave-started', { plan: 'p' }))).toMatchObject({
      kind: 'unknown',
      lead: 'wave-started',
    });
    expect(row(entry('note', { text: 'x' }, { v: 3 }))?.text).toContain('newer Bulkhead');
    expect(row(entry('note', { text: 1 }))?.text).toContain('not as its kind says');
    expect(row(entry('note', null))).toMatchObject({ kind: 'erased' });
    expect(row(entry('entry-pinned', { entry: 'x', by: 'A' }))).toBeNull();
  });

  it('reads like the room', () => {
    expect(row(declared())).toMatchObject({ lead: 'Declared SEV1', text: 'Checkout fails', by: 'Marta' });
    expect(row(signal('us-east-1', 'degraded'))).toMatchObject({
      lead: 'AWS',
      text: 'dynamodb us-east-1: Degraded. Increased error rates',
      state: 'degraded',
      automatic: true,
    });
    const phase = { from: 'identified', to: 'rolling-back', reason: 'r418 is at fault', by: 'A' };
    expect(row(entry('phase-changed', phase))).toMatchObject({
      lead: 'Rolling back',
      text: 'Was identified. r418 is at fault.',
    });
    expect(
      row(entry('step-done', { checklist: 'c', step: 1, title: 'Drain', second: 'Tom', by: 'A' }))?.text,
    ).toBe('2. Drain, second person Tom.');
    expect(
      row(entry('step-done', { plan: 'p', step: 'Drain', target: 'aws/us-east-1', by: 'A' }))?.text,
    ).toBe('Drain, aws/us-east-1.');
    expect(row(entry('clock-jumped', { by: -10_800_000 }))?.text).toMatch(/set 3.h back/);
    const gap = { from: '2026-10-20T02:10:00.000Z', to: '2026-10-20T02:45:00.000Z' };
    expect(row(entry('not-watched', gap))?.text).toMatch(/^02:10:00Z to 02:45:00Z, 35.min\./);
  });
});

describe('repeats, filters, overview', () => {
  it('signals of one event to one state within the hour are one line; a relapse hours later is another', () => {
    const one = signal('us-east-1', 'degraded', { occurredAt: at(0) });
    expect(groupOf(signal('us-west-2', 'degraded', { occurredAt: at(60) }))).toBe(groupOf(one));
    expect(groupOf(signal('us-east-1', 'operational', { occurredAt: at(60) }))).not.toBe(groupOf(one));
    expect(groupOf(signal('us-east-1', 'degraded', { occurredAt: at(7200) }))).not.toBe(groupOf(one));
    expect(groupOf(entry('note', { text: 'x', by: 'A' }))).toBeNull();
  });
  it('retracted rows make no mark', () => {
    expect(laneOf({ kind: 'note', retracted: false })).toBe('notes');
    expect(laneOf({ kind: 'note', retracted: true })).toBeNull();
  });
  it('find takes words, in any case', () => {
    expect(findWords('  DNS  us-East-1 ')).toEqual(['dns', 'us-east-1']);
  });
  it('joins marks until they fit', () => {
    const counts = Array.from({ length: 30_000 }, (_, i) => ({
      lane: 'signals' as const,
      minute: 29_000_000 + i,
      n: 2,
    }));
    const marks = binMarks(counts);
    expect(marks.length).toBeLessThanOrEqual(2000);
    expect(marks.reduce((sum, m) => sum + m.n, 0)).toBe(60_000);
  });
  it('reaches from the first thing that happened to now, and names regions worst first', () => {
    const incident = fold('inc', [
      declared({ occurredAt: at(1440) }),
      signal('eu-west-1', 'degraded', { occurredAt: at(1260) }),
      signal('us-east-1', 'major-outage', { occurredAt: at(0) }),
      signal('us-east-1', 'operational', { occurredAt: at(9000) }),
    ]);
    const strip = overviewOf(incident, [], at(10_000));
    expect(strip).toMatchObject({ from: at(0), to: at(10_000) });
    expect(strip.regions[0]).toMatchObject({
      region: 'us-east-1',
      spans: [
        { from: at(0), to: at(9000), state: 'major-outage' },
        { from: at(9000), to: null, state: 'operational' },
      ],
    });
  });
});
