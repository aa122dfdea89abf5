// The head (journal.md): the journal's last entry kept outside the database, so that a lost tail is noticed. Two fixed slots,
// overwritten in place in turn; a reader takes the larger valid one, so a half-written slot costs nothing.
import { type Sha256, sha256Text } from './chain.ts';

export interface Head {
  /** Place of the entry in the order of arrival. */
  readonly row: number;
  readonly device: string;
  readonly hash: string;
  /** Named so that the start can say what was lost in words of the room. */
  readonly incident: string;
  readonly seq: number;
}

/** One slot fills one disk sector. */
export const SLOT_BYTES = 512;
export const HEAD_BYTES = 2 * SLOT_BYTES;
/** Longest incident id and device id that fit a slot. */
export const MAX_ID = 100;

/** Byte offset of the slot that row `row` is written to. */
export const slotOffset = (row: number): number => (row % 2) * SLOT_BYTES;

/** One slot as ASCII text of exactly SLOT_BYTES: `bulkhead-head 1 ROW DEVICE HASH INCIDENT SEQ CHECK`, filled up, newline. */
export function encodeSlot(head: Head, sha: Sha256 = sha256Text): string {
  const said = `bulkhead-head 1 ${head.row} ${head.device} ${head.hash} ${head.incident} ${head.seq}`;
  return `${`${said} ${sha(said).slice(0, 16)}`.padEnd(SLOT_BYTES - 1, ' ')}\n`;
}

/** Reads one slot; null when it was never written, is torn, or was altered. */
export function decodeSlot(text: string, sha: Sha256 = sha256Text): Head | null {
  const line = text.trimEnd();
  const parts = line.split(' ');
  if (parts.length !== 8 || parts[0] !== 'bulkhead-head' || parts[1] !== '1') return null;
  const check = parts[7]!;
  if (sha(line.slice(0, -check.length - 1)).slice(0, 16) !== check) return null;
  const row = Number(parts[2]);
  const seq = Number(parts[6]);
  if (!Number.isSafeInteger(row) || row < 1 || !Number.isSafeInteger(seq) || seq < 1) return null;
  return { row, device: parts[3]!, hash: parts[4]!, incident: parts[5]!, seq };
}

/** The larger valid slot of a head file's text (two slots, ASCII), or null. */
export function decodeHead(text: string, sha: Sha256 = sha256Text): Head | null {
  const a = decodeSlot(text.slice(0, SLOT_BYTES), sha);
  const b = decodeSlot(text.slice(SLOT_BYTES, HEAD_BYTES), sha);
  if (a === null || b === null) return a ?? b;
  return a.row > b.row ? a : b;
}
