import { describe, expect, it } from 'vitest';
import { createMainClock } from '../../../renderer/time/clock.ts';

const own = () => {
  let t = 0;
  return { clock: { now: () => 5_000_000 + t, uptime: () => t }, pass: (ms: number) => (t += ms) };
};

describe('the window’s clock', () => {
  it('is main’s, carried on by this machine’s monotonic clock', () => {
    const { clock, pass } = own();
    const main = createMainClock(clock);
    main.sync('2026-10-20T08:00:00.000Z');
    pass(1500);
    expect(new Date(main.now()).toISOString()).toBe('2026-10-20T08:00:01.500Z');
  });
  it('does not stutter over the bridge’s delay, and follows a real correction', () => {
    const { clock, pass } = own();
    const main = createMainClock(clock);
    main.sync('2026-10-20T08:00:00.000Z');
    pass(1000);
    main.sync('2026-10-20T08:00:00.900Z');
    expect(new Date(main.now()).toISOString()).toBe('2026-10-20T08:00:01.000Z');
    main.sync('2026-10-20T07:00:00.000Z');
    expect(new Date(main.now()).toISOString()).toBe('2026-10-20T07:00:00.000Z');
  });
  it('runs at a recording’s speed and stands when the recording has ended', () => {
    const { clock, pass } = own();
    const main = createMainClock(clock);
    main.sync('2025-10-20T07:00:00.000Z', 60);
    pass(2000);
    expect(new Date(main.now()).toISOString()).toBe('2025-10-20T07:02:00.000Z');
    main.sync('2025-10-20T07:02:00.000Z', 0);
    pass(60_000);
    expect(new Date(main.now()).toISOString()).toBe('2025-10-20T07:02:00.000Z');
  });
  it('keeps its time when it hears something that is no instant', () => {
    const { clock } = own();
    const main = createMainClock(clock);
    main.sync('2026-10-20T08:00:00.000Z');
    main.sync('soon');
    expect(new Date(main.now()).toISOString()).toBe('2026-10-20T08:00:00.000Z');
  });
});
