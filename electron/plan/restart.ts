// What a restart can tell of the time in which nobody watched, and whether the wall clock can be trusted (journal.md, three
// clocks). Pure.
import type { Beat } from './plan-db.ts';

/** What the two clocks may differ without anybody having set one. */
const SMALL_MS = 2000;

/**
 * By how much the wall clock moved while no process watched, in milliseconds; null when nothing speaks for it. `last`: the last
 * sign of life; `wrote`: recorded time of this machine's last entry, null when it has none.
 *
 * Uptime goes on through a stop of the process and through sleep, so the difference of the two clocks tells a set clock as long
 * as the machine itself was not restarted. After a restart of the machine only a clock that went back is certain.
 */
export function clockMoved(last: Beat | null, wrote: number | null, now: Beat): number | null {
  if (last !== null && now.uptime >= last.uptime) {
    const moved = now.wall - now.uptime - (last.wall - last.uptime);
    if (Math.abs(moved) <= SMALL_MS) return null;
    // The machine may have been started anew, later than that: its boot then lies after the last sign of life.
    if (now.wall - now.uptime <= last.wall) return Math.round(moved);
  }
  const before = Math.max(last?.wall ?? Number.NEGATIVE_INFINITY, wrote ?? Number.NEGATIVE_INFINITY);
  return now.wall < before - SMALL_MS ? Math.round(now.wall - before) : null;
}

/** What the clock may be off by its servers without a plan minding. */
const OFF_MS = 120_000;

/** May the machine itself have been started anew since the last sign of life? Then its wall clock needs another witness. */
export const startedAnew = (last: Beat | null, now: Beat): boolean =>
  last === null || now.uptime < last.uptime || now.wall - now.uptime > last.wall;

/**
 * By how much the clock moved while the machine was off, as servers see it; null: not by minutes. `off`: how far it is from theirs
 * now; `known`: how far it was as this machine knows, with every jump that is on the record.
 */
export const movedWhileOff = (off: number, known: number): number | null =>
  Math.abs(off - known) >= OFF_MS ? Math.round(off - known) : null;
