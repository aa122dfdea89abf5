// The hybrid logical clock (journal.md, two orders): wall milliseconds and a counter, never going back, never rejecting.
// Text of fixed width, so that texts sort as times do: 12 hex digits of milliseconds, 4 hex digits of counter.

/** A peer further ahead than this is flagged, on the peer too. */
export const DRIFT_LIMIT_MS = 5 * 60 * 1000;

const COUNTER = 0x10000;
const MAX_MS = 2 ** 48 - 1;

export interface HlcParts {
  readonly ms: number;
  readonly counter: number;
}

/** Where a journal without entries starts. */
export const HLC_ZERO = '0000000000000000';

export const isHlc = (text: string): boolean => /^[0-9a-f]{16}$/.test(text);

export const formatHlc = ({ ms, counter }: HlcParts): string =>
  ms.toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0');

/** Reads a clock's text; what is not one counts as the beginning of time, because a merge never rejects. */
export function parseHlc(text: string): HlcParts {
  if (!isHlc(text)) return { ms: 0, counter: 0 };
  return { ms: Number.parseInt(text.slice(0, 12), 16), counter: Number.parseInt(text.slice(12), 16) };
}

/** The next reading after `last`, at wall time `wallMs` (milliseconds since the epoch). Always greater than `last`. */
export function tickHlc(last: string, wallMs: number): string {
  const wall = Number.isFinite(wallMs) ? Math.min(Math.max(0, Math.trunc(wallMs)), MAX_MS) : 0;
  const { ms, counter } = parseHlc(last);
  if (wall > ms) return formatHlc({ ms: wall, counter: 0 });
  if (counter + 1 < COUNTER) return formatHlc({ ms, counter: counter + 1 });
  // The counter carries into the milliseconds. Past the year 10889 there is nothing left to carry into: seq orders there.
  return ms < MAX_MS ? formatHlc({ ms: ms + 1, counter: 0 }) : formatHlc({ ms, counter });
}

/** The later of two readings: what the journal keeps after taking in somebody else's entry. Never rejects. */
export const mergeHlc = (mine: string, theirs: string): string => {
  const other = isHlc(theirs) ? theirs : HLC_ZERO;
  return other > mine ? other : mine;
};

/** How far a reading lies ahead of the wall, in milliseconds; negative when behind. */
export const aheadOf = (hlc: string, wallMs: number): number => parseHlc(hlc).ms - wallMs;
