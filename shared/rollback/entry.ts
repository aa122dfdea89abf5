// What a rollback fold sees of the journal, and the one place where plan time is defined: the wall clock of the machine
// that wrote an entry, less every jump that this machine has reported (journal.md, three clocks).
import type { FoldEntry } from '../journal/types.ts';

export type { FoldEntry } from '../journal/types.ts';
export { compareForState } from '../journal/types.ts';

/** An entry still to be appended. `key` is set where a machine decides by itself: the first in order counts. */
export interface PlanEntry {
  readonly kind: string;
  readonly body: Record<string, unknown>;
  readonly key?: string;
}

/** Where and when a decision is taken. */
export interface Here {
  /** Plan time in milliseconds since the epoch: wall clock less the jumps of this device (`planTime`). */
  readonly now: number;
  readonly device: string;
  /** Devices that this one reaches at this moment, itself not among them. */
  readonly peers: readonly string[];
  /** Stretches of plan time in which this process did not run; names the cause of a gap in a bake. */
  readonly away?: readonly Away[];
  /** Plan time since when our own link to what watches is lost; null or left out: it is not. */
  readonly lost?: number | null;
}

/** A stretch, plan time in milliseconds, in which nobody watched, and why. */
export interface Away {
  readonly from: number;
  readonly to: number;
  readonly cause: GapCause;
}

/** Why a bake was not watched: application closed, machine asleep, sources silent, own link lost, clock not to be trusted. */
export type GapCause = 'closed' | 'asleep' | 'silent' | 'link-lost' | 'clock-untrusted';

/** Sum of the clock jumps of each device so far, in milliseconds. */
export type Jumps = Readonly<Record<string, number>>;

/** Plan time (milliseconds) of a wall-clock reading on a device. */
export const planTime = (jumps: Jumps, device: string, wall: number): number => wall - (jumps[device] ?? 0);

/** Plan time (milliseconds) of an entry. The plan counts by `recordedAt`; `occurredAt` is only shown (rule 14). */
export const entryTime = (jumps: Jumps, entry: FoldEntry): number =>
  planTime(jumps, entry.device, Date.parse(entry.recordedAt));
