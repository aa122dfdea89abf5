// Making entries inside a transaction: seq, prev and the hybrid clock are read where nobody else can write (journal.md).
import { canonicalText } from '../../shared/journal/canonical.ts';
import { SALT_BYTES, seal } from '../../shared/journal/chain.ts';
import { MAX_ID } from '../../shared/journal/head.ts';
import { HLC_ZERO, mergeHlc, tickHlc } from '../../shared/journal/hlc.ts';
import type { NewEntry } from '../../shared/journal/types.ts';
import { BulkheadError } from '../../shared/result.ts';
import * as say from '../../shared/text/journal.ts';
import { type Clock, fromInstant, toInstant } from '../../shared/time/clock.ts';
import type { StoredEntry } from './journal.ts';
import { type Rows, sha256 } from './rows.ts';

/** Largest body, in UTF-8 bytes of its text: what passes through a message server of default settings, with its envelope. */
const MAX_BODY_BYTES = 1_000_000;

/** Who makes an entry that no person made. */
export const AUTOMATIC_ACTOR = 'bulkhead';

export interface Ids {
  /** A new UUIDv7. */
  uuid(): string;
}

export interface Maker {
  readonly clock: Clock;
  readonly ids: Ids;
  /** That many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
  /** Version of the body that this Bulkhead writes for a kind. */
  readonly kindVersion: (kind: string) => number;
}

/** An entry checked and with its body as text: all that can be done before the transaction. */
export interface Prepared {
  readonly entry: NewEntry;
  readonly body: string;
}

/** Checks what a caller hands in. Throws BulkheadError `invalid-entry` or `body-too-large`. */
export function prepareEntry(entry: NewEntry): Prepared {
  const refuse = (why: string): never => {
    throw new BulkheadError('invalid-entry', say.badEntry(entry.kind, why), { kind: entry.kind });
  };
  if (!/^[!-~]+$/.test(entry.incident) || entry.incident.length > MAX_ID) {
    refuse(`its incident must have 1 to ${MAX_ID} characters without spaces`);
  }
  for (const name of ['kind', 'actor', 'key'] as const) {
    const value = entry[name];
    if (value === undefined && name === 'key') continue;
    if (typeof value !== 'string' || value === '' || !value.isWellFormed()) refuse(`its ${name} is no text`);
  }
  if (entry.occurredAt !== undefined) {
    const ms = fromInstant(entry.occurredAt);
    if (Number.isNaN(ms) || toInstant(ms) !== entry.occurredAt) {
      refuse(`its time "${entry.occurredAt}" is not an instant like 2026-10-20T07:48:20.000Z`);
    }
  }
  if (typeof entry.body !== 'object' || entry.body === null || Array.isArray(entry.body)) {
    refuse('its body is not an object');
  }
  let body: string;
  try {
    body = canonicalText(entry.body, 'body');
  } catch (error) {
    if (!(error instanceof BulkheadError)) throw error;
    return refuse(error.message);
  }
  const bytes = Buffer.byteLength(body);
  if (bytes > MAX_BODY_BYTES) {
    throw new BulkheadError('body-too-large', say.bodyTooLarge(entry.kind, bytes, MAX_BODY_BYTES), {
      bytes,
      most: MAX_BODY_BYTES,
    });
  }
  return { entry, body };
}

/** The latest clock reading this journal has seen, of its own entries and of others'. */
const latestHlc = (rows: Rows): string =>
  mergeHlc(rows.last()?.hlc ?? HLC_ZERO, rows.meta('hlc') ?? HLC_ZERO);

/** Writes entries as `device`. Must run inside BEGIN IMMEDIATE: chain ends and clock are read here. */
export function writeEntries(
  rows: Rows,
  device: string,
  entries: readonly Prepared[],
  make: Maker,
): StoredEntry[] {
  const ends = new Map<string, { seq: number; hash: string }>();
  let hlc = latestHlc(rows);
  return entries.map(({ entry, body }) => {
    const end = ends.get(entry.incident) ?? rows.chainEnd(entry.incident, device) ?? { seq: 0, hash: '' };
    const wall = make.clock.now();
    hlc = tickHlc(hlc, wall);
    const recordedAt = toInstant(wall);
    const sealed = seal(
      {
        id: make.ids.uuid(),
        incident: entry.incident,
        kind: entry.kind,
        v: make.kindVersion(entry.kind),
        key: entry.key ?? null,
        body,
        actor: entry.actor,
        device,
        seq: end.seq + 1,
        hlc,
        occurredAt: entry.occurredAt ?? recordedAt,
        recordedAt,
        prev: end.hash,
        salt: Buffer.from(make.random(SALT_BYTES)).toString('hex'),
      },
      sha256,
    );
    ends.set(entry.incident, { seq: sealed.seq, hash: sealed.hash });
    const row = rows.insert({ ...sealed, row: null });
    return { ...sealed, row, erased: false };
  });
}

/** Asks the system for random bytes by the page: asking for each salt costs more than hashing the entry. */
export function pooled(random: (bytes: number) => Uint8Array): (bytes: number) => Uint8Array {
  let pool: Uint8Array = new Uint8Array(0);
  let at = 0;
  return (bytes) => {
    if (at + bytes > pool.length) {
      pool = random(Math.max(4096, bytes));
      at = 0;
    }
    at += bytes;
    return pool.subarray(at - bytes, at);
  };
}
