// The watcher of the clocks, with clocks that the test moves.
import { describe, expect, test } from 'vitest';
import { createClockWatch } from '../../../electron/journal/clock-watch.ts';
import type { NewEntry } from '../../../shared/journal/types.ts';
import { fail, ok } from '../../../shared/result.ts';

function watched(incidents: string[]) {
  const state = { wall: 1_000_000_000, up: 5000, disk: true, kept: [] as NewEntry[], told: [] as number[] };
  const watch = createClockWatch({
    journal: {
      append(entries) {
        if (!state.disk) return fail('disk-full', 'full');
        state.kept.push(...entries);
        return ok([]);
      },
    },
    clock: { now: () => state.wall, uptime: () => state.up },
    incidents: () => incidents,
    onJump: (by) => state.told.push(by),
  });
  const pass = (ms: number): void => {
    state.wall += ms;
    state.up += ms;
  };
  return { state, watch, pass };
}

describe('22: the clock jumps while running', () => {
  test('every open incident learns by how much, once', () => {
    const { state, watch, pass } = watched(['a', 'b']);
    pass(60_000);
    expect(watch.look()).toBe(0);
    state.wall += 3 * 86_400_000;
    expect(watch.look()).toBe(3 * 86_400_000);
    pass(1000);
    expect(watch.look()).toBe(0);
    state.wall -= 90_000;
    expect(watch.look()).toBe(-90_000);
    expect(state.kept.map((e) => [e.incident, e.kind, e.body['by']])).toEqual([
      ['a', 'clock-jumped', 3 * 86_400_000],
      ['b', 'clock-jumped', 3 * 86_400_000],
      ['a', 'clock-jumped', -90_000],
      ['b', 'clock-jumped', -90_000],
    ]);
    expect(state.told).toEqual([3 * 86_400_000, -90_000]);
  });

  test('two seconds are a correction, more is a jump; small ones that add up count as one', () => {
    const { state, watch } = watched(['a']);
    state.wall += 2000;
    expect(watch.look()).toBe(0);
    state.wall += 1;
    expect(watch.look()).toBe(2001);
  });

  test('24: sleep is no jump: both clocks go on through it', () => {
    const { state, watch, pass } = watched(['a']);
    pass(8 * 3_600_000);
    expect(watch.look()).toBe(0);
    expect(state.kept).toEqual([]);
  });

  test('a jump that the disk refused is kept as soon as it takes it', () => {
    const { state, watch } = watched(['a']);
    state.disk = false;
    state.wall += 10_000;
    expect(watch.look()).toBe(10_000);
    state.wall += 5000;
    expect(watch.look()).toBe(5000);
    expect(state.kept).toEqual([]);
    state.disk = true;
    expect(watch.look()).toBe(0);
    expect(state.kept.map((e) => e.body['by'])).toEqual([15_000]);
    watch.look();
    expect(state.kept).toHaveLength(1);
  });

  test('without open incidents it is told, and nothing is written', () => {
    const { state, watch } = watched([]);
    state.wall += 10_000;
    watch.look();
    expect(state.told).toEqual([10_000]);
    expect(state.kept).toEqual([]);
    watch.start();
    watch.stop();
  });
});
