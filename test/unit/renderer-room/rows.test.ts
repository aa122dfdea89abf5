import { describe, expect, it } from 'vitest';
import {
  createRows,
  KEEP,
  positionOf,
  type WindowRequest,
} from '../../../renderer/views/room/timeline/rows.ts';
import type { TimelineRow, TimelineWindow } from '../../../shared/contract/room.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

const ALL = { only: 'all', find: '', retracted: false } as const;
const START = Date.parse('2026-10-20T07:48:20.000Z');

const row = (n: number): TimelineRow => ({
  id: `e${n}`,
  kind: 'note',
  entryKind: 'note',
  occurredAt: new Date(START + n * 1000).toISOString(),
  recordedAt: new Date(START + n * 1000).toISOString(),
  precision: 'second',
  lead: 'Note',
  text: `row ${n}`,
  state: null,
  by: 'Ana Costa',
  automatic: false,
  pinned: false,
  retracted: false,
  erased: false,
  versions: 1,
  was: null,
  amendedBy: null,
  amendedAt: null,
  amendReason: null,
  retractReason: null,
  count: 1,
  seenBy: 1,
});

function journal(total: number) {
  const list = Array.from({ length: total }, (_, n) => row(n));
  const asked: WindowRequest[] = [];
  let broken = false;
  return {
    list,
    asked,
    breakIt: (to: boolean) => {
      broken = to;
    },
    ask: async (request: WindowRequest): Promise<Result<TimelineWindow>> => {
      asked.push(request);
      if (broken) return fail('journal-closed', 'The journal cannot be read.');
      const at = request.around ? list.findIndex((r) => r.id === request.around) : -1;
      const offset =
        at >= 0
          ? Math.max(0, at - Math.floor(request.limit / 2))
          : (request.offset ?? Math.max(0, list.length - request.limit));
      return ok({
        rev: 1,
        total: list.length,
        offset,
        rows: list.slice(offset, offset + request.limit),
        counts: { all: list.length } as TimelineWindow['counts'],
        hidden: 0,
      });
    },
  };
}
const settle = () => new Promise((done) => setTimeout(done, 5));

describe('the rows this window holds', () => {
  it('open at the newest and read only what is looked at', async () => {
    const source = journal(100_000);
    const rows = createRows(source.ask, ALL);
    expect(await rows.open(null)).toBe(99_999);
    expect(rows.row(99_999)?.id).toBe('e99999');
    rows.look(50_010, 50_040);
    await settle();
    expect(rows.row(50_020)?.id).toBe('e50020');
    expect(source.asked).toHaveLength(2);
    expect(source.asked.every((request) => request.limit <= 200)).toBe(true);
  });

  it('let go of rows far away and ask for them again', async () => {
    const source = journal(20_000);
    const rows = createRows(source.ask, ALL);
    await rows.open(null);
    for (let at = 0; at < 10_000; at += 100) {
      rows.look(at, at + 50);
      await settle();
    }
    let held = 0;
    for (let i = 0; i < 20_000; i++) if (rows.row(i)) held += 1;
    expect(held).toBeLessThanOrEqual(KEEP);
    expect(rows.row(0)).toBeNull();
    rows.look(0, 30);
    await settle();
    expect(rows.row(0)?.id).toBe('e0');
  });

  it('answer where a kept entry went when something was inserted before it', async () => {
    const source = journal(500);
    const rows = createRows(source.ask, ALL);
    await rows.open(null);
    source.list.splice(10, 0, { ...row(9), id: 'late' });
    expect(await rows.changed('e450')).toBe(451);
    expect(rows.row(451)?.id).toBe('e450');
    expect(rows.state().total).toBe(501);
  });

  it('keep what is drawn when reading fails, and go on after a retry', async () => {
    const source = journal(500);
    const rows = createRows(source.ask, ALL);
    await rows.open(null);
    source.breakIt(true);
    rows.look(0, 20);
    await settle();
    expect(rows.state().error?.code).toBe('journal-closed');
    expect(rows.row(499)?.id).toBe('e499');
    source.breakIt(false);
    rows.retry();
    await settle();
    expect(rows.state().error).toBeNull();
    expect(rows.row(0)?.id).toBe('e0');
  });

  it('drop the answers of a filter that is no longer set', async () => {
    const source = journal(500);
    const rows = createRows(source.ask, ALL);
    const slow = rows.open(null);
    rows.setFilter({ ...ALL, only: 'notes' });
    expect(await slow).toBeNull();
    expect(rows.state().read).toBe(false);
  });

  it('find a time by halving', async () => {
    const source = journal(100_000);
    const rows = createRows(source.ask, ALL);
    await rows.open(null);
    expect(await positionOf(new Date(START + 31_337_500).toISOString(), rows)).toBe(31_338);
    expect(await positionOf('2000-01-01T00:00:00.000Z', rows)).toBe(0);
    expect(await positionOf('2100-01-01T00:00:00.000Z', rows)).toBe(99_999);
    expect(source.asked.length).toBeLessThan(60);
  });
});
