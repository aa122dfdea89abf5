// Reading entries out of a database file whose structure cannot be trusted: every page of the file, and every page image in the
// WAL, is tried as a leaf of a table (https://sqlite.org/fileformat2.html). What comes out proves itself by its hashes, so a
// page read wrongly costs nothing. This finds what lies behind a zeroed page, a garbage header or a flipped byte in the WAL.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Insertable } from './rows.ts';

const PAGE = 4096;
const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const COLUMNS = 17;
const LEAF = 0x0d;
const MAX_PAYLOAD = 64 * 1024 * 1024;

/** Reads page `n` (from 1) as it stood in some place; null past the end. */
type PageReader = (n: number) => Buffer | null;

/** Every row that looks like an entry, from the database file and then from the WAL; null rows never come. Either may be absent. */
export function* scanPages(dbPath: string, walPath: string): IterableIterator<Insertable> {
  const db = openIfThere(dbPath);
  const wal = openIfThere(walPath);
  try {
    const page: PageReader = (n) => (db === null ? null : readAt(db, (n - 1) * PAGE, PAGE));
    const pages = db === null ? 0 : Math.floor(fstatSync(db).size / PAGE);
    for (let n = 1; n <= pages; n++) yield* leaf(page(n), n, page);
    if (wal === null) return;
    const frames = Math.floor((fstatSync(wal).size - WAL_HEADER) / (FRAME_HEADER + PAGE));
    // A row's overflow pages are images of the same WAL, written near its leaf, or older ones in the file.
    const latest = new Map<number, number>();
    const inWal: PageReader = (n) => {
      const frame = latest.get(n);
      return frame === undefined ? page(n) : readAt(wal, frame + FRAME_HEADER, PAGE);
    };
    const numbers: number[] = [];
    for (let f = 0; f < frames; f++) {
      const at = WAL_HEADER + f * (FRAME_HEADER + PAGE);
      const number = readAt(wal, at, 4)?.readUInt32BE(0) ?? 0;
      numbers.push(number);
      latest.set(number, at);
    }
    for (let f = 0; f < frames; f++) {
      const at = WAL_HEADER + f * (FRAME_HEADER + PAGE);
      yield* leaf(readAt(wal, at + FRAME_HEADER, PAGE), numbers[f]!, inWal);
    }
  } finally {
    if (db !== null) closeSync(db);
    if (wal !== null) closeSync(wal);
  }
}

function* leaf(page: Buffer | null, number: number, pages: PageReader): IterableIterator<Insertable> {
  if (page === null) return;
  const start = number === 1 ? 100 : 0;
  if (page[start] !== LEAF) return;
  const cells = page.readUInt16BE(start + 3);
  for (let c = 0; c < cells; c++) {
    const pointer = start + 8 + c * 2;
    if (pointer + 2 > PAGE) return;
    const row = cell(page, page.readUInt16BE(pointer), pages);
    if (row !== null) yield row;
  }
}

function cell(page: Buffer, at: number, pages: PageReader): Insertable | null {
  try {
    const length = varint(page, at);
    const rowid = varint(page, length.next);
    if (length.value < COLUMNS || length.value > MAX_PAYLOAD) return null;
    const payload = gather(page, rowid.next, length.value, pages);
    return payload === null ? null : record(payload, rowid.value);
  } catch (error) {
    if (error instanceof RangeError) return null; // Pointed outside its page: not a cell of ours, or a broken one.
    throw error;
  }
}

/** The whole payload of a cell, following its overflow pages. */
function gather(page: Buffer, at: number, length: number, pages: PageReader): Buffer | null {
  const most = PAGE - 35;
  if (length <= most) return at + length <= PAGE ? page.subarray(at, at + length) : null;
  const least = Math.floor(((PAGE - 12) * 32) / 255) - 23;
  const wanted = least + ((length - least) % (PAGE - 4));
  const local = wanted <= most ? wanted : least;
  const parts = [page.subarray(at, at + local)];
  let left = length - local;
  let next = page.readUInt32BE(at + local);
  while (left > 0) {
    const more = next === 0 ? null : pages(next);
    if (more === null) return null;
    const part = more.subarray(4, 4 + Math.min(left, PAGE - 4));
    parts.push(part);
    left -= part.length;
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

/** A record of an entry's seventeen columns, or null when it is something else. */
function record(payload: Buffer, row: number): Insertable | null {
  const header = varint(payload, 0);
  const values: (string | number | null)[] = [];
  let type = header.next;
  let at = header.value;
  while (type < header.value) {
    const serial = varint(payload, type);
    type = serial.next;
    const size = sizeOf(serial.value);
    if (size === null || at + size > payload.length) return null;
    values.push(columnValue(payload, at, serial.value, size));
    at += size;
  }
  if (values.length !== COLUMNS) return null;
  const [
    ,
    id,
    incident,
    kind,
    v,
    key,
    body,
    actor,
    device,
    seq,
    hlc,
    occurredAt,
    recordedAt,
    prev,
    salt,
    bodyHash,
    hash,
  ] = values;
  for (const value of [
    id,
    incident,
    kind,
    body,
    actor,
    device,
    hlc,
    occurredAt,
    recordedAt,
    prev,
    salt,
    bodyHash,
    hash,
  ]) {
    if (typeof value !== 'string') return null;
  }
  if (typeof v !== 'number' || typeof seq !== 'number' || (key !== null && typeof key !== 'string'))
    return null;
  return {
    row,
    id,
    incident,
    kind,
    v,
    key,
    body,
    actor,
    device,
    seq,
    hlc,
    occurredAt,
    recordedAt,
    prev,
    salt,
    bodyHash,
    hash,
  } as Insertable;
}

/** Bytes of a serial type; null for what an entry never holds (real numbers, blobs, reserved types). */
function sizeOf(serial: number): number | null {
  if (serial >= 13 && serial % 2 === 1) return (serial - 13) / 2;
  return ([0, 1, 2, 3, 4, 6, 8, null, 0, 0] as const)[serial] ?? null;
}

function columnValue(from: Buffer, at: number, serial: number, size: number): string | number | null {
  if (serial === 0) return null;
  if (serial === 8) return 0;
  if (serial === 9) return 1;
  if (serial >= 13) return from.toString('utf8', at, at + size);
  if (size === 8) return Number(from.readBigInt64BE(at));
  return from.readIntBE(at, size);
}

function varint(from: Buffer, at: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 9; i++) {
    const byte = from[at + i];
    if (byte === undefined) throw new RangeError('past the end');
    if (i === 8) return { value: value * 256 + byte, next: at + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  throw new RangeError('unreachable');
}

function readAt(fd: number, at: number, length: number): Buffer | null {
  const into = Buffer.alloc(length);
  return readSync(fd, into, 0, length, at) === length ? into : null;
}

const openIfThere = (path: string): number | null => (existsSync(path) ? openSync(path, 'r') : null);
