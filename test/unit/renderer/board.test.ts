import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellWeight, cellWord, feedGlyph, signalGlyph } from '../../../renderer/views/board/marks.ts';
import {
  continents,
  ELSEWHERE,
  find,
  headCode,
  movePlace,
  rowsInOrder,
  worstPlace,
} from '../../../renderer/views/board/selection.ts';
import { around, mergeSignals, splitNew, suggested } from '../../../renderer/views/board/signal-list.ts';
import { byNeed, feedShort, feedSummary, limitShare } from '../../../renderer/views/feeds/feed-list.ts';
import { STATES } from '../../../shared/health/types.ts';
import { firstSignal, suggestSeverity, takenRegions } from '../../../shared/incident/suggest.ts';
import { NOW } from '../../e2e/harness-ui/app-data.ts';
import { bare, outage, quiet, SIGNALS } from '../../e2e/harness-ui/board-data.ts';

const board = outage();

describe('the matrix', () => {
  it('begins at the worst cell of ours, and somewhere when all is quiet or nothing is there', () => {
    expect(worstPlace(board)).toEqual({ provider: 'aws', column: 'us-east-1' });
    expect(worstPlace(quiet())).toEqual({ provider: 'aws', column: 'ca-central-1' });
    expect(worstPlace(bare())).toBeNull();
  });
  it('moves by cell, stays at the edges, and keeps the column across a row that is one sentence', () => {
    const at = { provider: 'cloudflare', column: 'eu-west-1' };
    const fastly = movePlace(board, at, 'ArrowDown');
    expect(fastly).toEqual({ provider: 'fastly', column: 'eu-west-1' });
    expect(find(board, fastly)?.kind).toBe('span');
    const github = movePlace(board, fastly, 'ArrowDown');
    expect(movePlace(board, github, 'ArrowDown')).toEqual({ provider: 'probe', column: 'eu-west-1' });
    expect(movePlace(board, at, 'End').column).toBe(ELSEWHERE);
    expect(movePlace(board, { provider: 'aws', column: 'ca-central-1' }, 'ArrowLeft').column).toBe(
      'ca-central-1',
    );
    expect(movePlace(board, { provider: 'aws', column: 'ca-central-1' }, 'ArrowUp').provider).toBe('aws');
  });
  it('always leads to a place that is there', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { maxLength: 60 }), (moves) => {
        let at = worstPlace(board)!;
        for (const key of moves) at = movePlace(board, at, key);
        expect(find(board, at)).not.toBeNull();
      }),
    );
  });
  it('finds a place that is gone as what is nearest to it', () => {
    expect(find(board, { provider: 'aws', column: 'gone' })?.kind).toBe('elsewhere');
    expect(find(board, { provider: 'gone', column: 'us-east-1' })).toBeNull();
    expect(find(board, { provider: 'gcp', column: 'eu-west-1' })?.kind).toBe('absent');
  });
  it('puts what we see after what providers say, and heads show the code of the selected provider', () => {
    expect(rowsInOrder(board).map((r) => r.group)).toEqual(['say', 'say', 'say', 'say', 'say', 'say', 'see']);
    expect(continents(board.columns).map((c) => [c.name, c.span])).toEqual([
      ['Americas', 5],
      ['Europe', 3],
      ['Asia Pacific', 3],
    ]);
    const column = board.columns[1]!;
    expect(headCode(column, 'azure')).toBe('eastus');
    expect(headCode(board.columns[6]!, 'aws')).toBe('europe-west1');
  });
});

describe('marks', () => {
  it('gives each state a weight of its own, and nothing reported never that of healthy', () => {
    const weights = STATES.map((state) => cellWeight({ state, basis: 'stated', stale: false }));
    expect(new Set(weights).size).toBe(STATES.length);
    expect(cellWeight({ state: 'operational', basis: 'nothing-reported', stale: false })).not.toBe(
      cellWeight({ state: 'operational', basis: 'stated', stale: false }),
    );
  });
  it('keeps the shape and word of stale bad news, with since', () => {
    const cell = { state: 'major-outage', basis: 'stated', stale: true } as const;
    expect(cellWeight(cell)).toBe('c-outage c-sbad');
    expect(cellWord(cell, '09:05Z')).toBe('Outage, stale since 09:05Z');
    expect(cellWord({ state: 'unknown', basis: 'stated', stale: true }, '09:05Z')).toBe('Unknown');
  });
  it('has a shape for each state of a feed and each kind of signal', () => {
    const states = [
      'not-heard',
      'fresh',
      'late',
      'stale',
      'unreachable',
      'unparseable',
      'offline',
      'paused',
    ] as const;
    expect(new Set(states.map(feedGlyph)).size).toBe(states.length);
    expect(signalGlyph({ kind: 'path', to: 'unknown' })).toBe('offline');
    expect(signalGlyph({ kind: 'worse', to: 'degraded' })).toBe('degraded');
    expect(signalGlyph({ kind: 'info', to: 'major-outage' })).toBe('info');
  });
});

describe('the list of signals', () => {
  it('holds what is read and counts what came', () => {
    expect(splitNew(SIGNALS, null)).toEqual({ fresh: [], shown: SIGNALS });
    const held = splitNew(SIGNALS, SIGNALS[3]!.id);
    expect(held.fresh).toHaveLength(3);
    expect(held.shown[0]).toBe(SIGNALS[3]);
    expect(splitNew(SIGNALS, 'gone').shown).toBe(SIGNALS);
  });
  it('joins pages without doubling', () => {
    expect(mergeSignals(SIGNALS.slice(0, 5), SIGNALS.slice(3, 8)).map((s) => s.id)).toEqual(
      SIGNALS.slice(0, 8).map((s) => s.id),
    );
  });
  it('splits a line around its word', () => {
    expect(around('lambda eu-west-1: Degraded', 'Degraded')).toEqual(['lambda eu-west-1: ', 'Degraded', '']);
    expect(around('ec2 us-east-1: Degraded. Degraded launches', 'Degraded')[0]).toBe('ec2 us-east-1: ');
    expect(around('no word', 'Outage')).toEqual(['no word', '', '']);
  });
});

describe('a declaration', () => {
  const now = Date.parse(NOW);
  it('begins with what got worse lately and is not better again', () => {
    const taken = suggested(SIGNALS, [], now);
    expect(taken.every((s) => s.kind === 'worse')).toBe(true);
    expect(taken).toHaveLength(12);
    const first = SIGNALS.find((s) => s.text.startsWith('sqs us-east-1'))!;
    const better = { ...first, id: 'b', kind: 'better' as const, at: NOW };
    expect(suggested([better, ...SIGNALS], [], now).map((s) => s.id)).not.toContain(first.id);
    const many = { ...first, id: 'm', regions: ['us-east-1', 'us-west-1'], services: ['sqs', 'sns'] };
    // Better in one of its places is not better in all of them.
    expect(suggested([better, many], [], now).map((s) => s.id)).toEqual(['m']);
    expect(takenRegions([many])[0]).toMatchObject({ others: ['us-west-1'], services: ['sqs', 'sns'] });
    expect(suggested(SIGNALS, [], now + 13 * 3_600_000)).toEqual([]);
  });
  it('takes only what was marked, when something was', () => {
    expect(suggested(SIGNALS, [SIGNALS[4]!.id], now)).toEqual([SIGNALS[4]]);
  });
  it('groups by region, worst first, and names the earliest by when it began', () => {
    const taken = suggested(SIGNALS, [], now);
    const regions = takenRegions(taken);
    expect(regions[0]).toMatchObject({ region: 'us-east-1', worst: 'major-outage' });
    expect(regions.flatMap((r) => r.signals).sort()).toEqual(taken.map((s) => s.id).sort());
    expect(firstSignal(taken)?.service).toBe('dynamodb');
    expect(firstSignal([])).toBeNull();
  });
  it('suggests a severity by the regions we run on, and none where they are not touched', () => {
    expect(suggestSeverity(board)?.severity).toBe('SEV1');
    expect(suggestSeverity(quiet())).toBeNull();
    // Until somebody said where we run, every column counts.
    const none = { ...board, columns: board.columns.map((c) => ({ ...c, ours: false })) };
    expect(suggestSeverity(none)?.severity).toBe('SEV1');
    const only = (key: string) => ({
      ...board,
      columns: board.columns.map((c) => ({ ...c, ours: c.key === key })),
    });
    expect(suggestSeverity(only('us-east-1'))?.severity).toBe('SEV2');
    expect(suggestSeverity(only('us-west-2'))?.severity).toBe('SEV3');
  });
});

describe('feeds', () => {
  it('puts what is not heard first and paused last, and counts in words', () => {
    const order = byNeed(board.feeds).map((f) => f.state);
    expect(order[0]).toBe('unreachable');
    expect(order.at(-1)).toBe('paused');
    expect(feedSummary(board.feeds)).toBe(
      '3 fresh, 1 unreachable, 1 not readable, 1 stale, 1 not heard yet, 1 late, 1 paused',
    );
  });
  it('is short where there is little room: many states as one share, nothing without feeds', () => {
    expect(feedShort(board.feeds)).toBe('3 of 9 fresh');
    expect(feedShort(board.feeds.filter((f) => ['fresh', 'stale', 'unreachable'].includes(f.state)))).toBe(
      '3 fresh, 1 unreachable, 1 stale',
    );
    expect(feedShort([])).toBe('');
  });
  it('fills the bar to the limit and never beyond', () => {
    const feed = { staleAfterMs: 100, state: 'fresh' } as const;
    expect(limitShare(0, feed)).toBe(0);
    expect(limitShare(100, feed)).toBe(81.5);
    expect(limitShare(10_000, feed)).toBe(100);
    expect(limitShare(null, feed)).toBe(100);
  });
});
