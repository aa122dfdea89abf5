// A profile in a temporary folder, a clock that only the test moves, and rooms over the real journal.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach } from 'vitest';
import type { Journal, StoredEntry } from '../../../electron/journal/journal.ts';
import { type OpenJournal, openJournal } from '../../../electron/journal/open.ts';
import { createLog, type LogLine } from '../../../electron/log/log.ts';
import { createBlobs } from '../../../electron/room/blobs.ts';
import { createRooms, type RoomDeps, type Rooms, type SignalEvidence } from '../../../electron/room/rooms.ts';
import type { EventName, Payload } from '../../../shared/contract/index.ts';
import { events } from '../../../shared/contract/index.ts';
import type { FoldEntry } from '../../../shared/journal/types.ts';
import type { Result } from '../../../shared/result.ts';
import { toInstant } from '../../../shared/time/clock.ts';

export const START = Date.parse('2026-10-20T08:12:00.000Z');

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});
export const later = (clean: () => void | Promise<void>): void => void cleanups.push(clean);

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-room-'));
  later(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Desk {
  readonly folder: string;
  readonly journal: OpenJournal;
  readonly rooms: Rooms;
  readonly call: Rooms['handlers'];
  readonly clock: { wall: number; now(): number; uptime(): number };
  readonly told: { name: EventName; payload: Payload<EventName> }[];
  readonly logged: LogLine[];
  who: { id: string; name: string };
}

export interface DeskOptions {
  readonly folder?: string;
  readonly signals?: readonly SignalEvidence[];
  readonly library?: RoomDeps['library'];
  readonly changes?: RoomDeps['changes'];
  readonly ours?: readonly string[];
  readonly locks?: RoomDeps['locks'];
  readonly at?: number;
  readonly watch?: boolean;
}

/** One process over a profile. Every event is checked against the contract. */
export function desk(options: DeskOptions = {}): Desk {
  const folder = options.folder ?? tempFolder();
  const clock = {
    wall: options.at ?? START,
    now() {
      return this.wall;
    },
    uptime() {
      return this.wall;
    },
  };
  const told: Desk['told'] = [];
  const logged: LogLine[] = [];
  const opened = openJournal({
    folder,
    clock,
    ids: { uuid: () => v7() },
    random: (n) => randomBytes(n),
    machineId: 'machine-one',
    watch: options.watch ?? false,
    pollMs: options.watch ? 50 : 0,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const made = { who: { id: 'marta', name: 'Marta Lindqvist' } };
  const rooms = createRooms({
    journal: opened.value,
    clock,
    ids: { uuid: () => v7() },
    person: () => made.who,
    emit: (name, payload) => {
      told.push({ name, payload: events[name].parse(payload) as Payload<EventName> });
    },
    signals: (ids) => (options.signals ?? []).filter((s) => ids.includes(s.id)),
    library:
      options.library ??
      ({
        read: async () => ({ ok: false, error: { code: 'no-folder', message: 'There is no such folder.' } }),
      } as const),
    blobs: createBlobs(join(folder, 'blobs')),
    viewFolder: folder,
    log: createLog((line) => logged.push(line)),
    ours: () => options.ours ?? [],
    ...(options.changes ? { changes: options.changes } : {}),
    ...(options.locks ? { locks: options.locks } : {}),
  });
  later(async () => {
    await rooms.stop();
    opened.value.close();
  });
  return Object.assign(made, {
    folder,
    journal: opened.value,
    rooms,
    call: rooms.handlers,
    clock,
    told,
    logged,
  });
}

export async function must<T>(promise: Promise<Result<T>>): Promise<T> {
  const result = await promise;
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

export async function code<T>(promise: Promise<Result<T>>): Promise<string> {
  const result = await promise;
  return result.ok ? 'ok' : result.error.code;
}

export const declare = (d: Desk, more: Partial<Parameters<Rooms['handlers']['incidents.declare']>[0]> = {}) =>
  must(
    d.call['incidents.declare']({
      title: 'Checkout fails',
      severity: 'SEV1',
      signals: [],
      impactStarted: null,
      commander: true,
      ...more,
    }),
  );

export const ALL = { only: 'all', find: '', retracted: false } as const;

export const window = (d: Desk, incident: string, more: Record<string, unknown> = {}) =>
  must(d.call['timeline.window']({ incident, filter: ALL, offset: null, limit: 200, around: null, ...more }));

export const signal = (change: Partial<SignalEvidence> = {}): SignalEvidence => ({
  id: 's1',
  at: '2026-10-20T07:51:00.000Z',
  began: '2026-10-20T07:48:20.000Z',
  provider: 'aws',
  region: 'us-east-1',
  service: 'dynamodb',
  from: 'operational',
  to: 'major-outage',
  feed: 'aws',
  source: 'AWS Health',
  event: 'arn:1',
  text: 'Increased error rates.',
  regions: ['us-east-1'],
  services: ['dynamodb'],
  newRegion: true,
  kind: 'worse',
  count: 1,
  fetchedAt: '2026-10-20T07:51:00.000Z',
  excerpt: '{"status": 3}',
  ...change,
});

/** A journal in memory that takes entries as they are given, in any order: what arrives from other machines. */
export function memoryJournal(incident: string): Journal & { arrive(entries: readonly FoldEntry[]): void } {
  const stored: StoredEntry[] = [];
  const listeners = new Set<(rows: { from: number; to: number }) => void>();
  const page = (after: number, limit: number) => stored.filter((e) => e.row > after).slice(0, limit);
  return {
    arrive(entries) {
      const from = stored.length + 1;
      for (const entry of entries) {
        const row = stored.length + 1;
        stored.push({
          ...entry,
          body: entry.body === null ? '' : JSON.stringify(entry.body),
          erased: entry.body === null,
          prev: '',
          salt: '',
          bodyHash: '',
          hash: '',
          row,
        });
      }
      for (const listener of listeners) listener({ from, to: stored.length });
    },
    append: () => ({ ok: false, error: { code: 'journal-read-only', message: 'Only arrivals here.' } }),
    read: (id, after, limit) => (id === incident ? page(after, limit) : []),
    readAll: page,
    *iterate() {
      yield* stored;
    },
    entry: (id) => stored.find((e) => e.id === id) ?? null,
    incidents: () => (stored.length > 0 ? [incident] : []),
    count: () => stored.length,
    lastRow: () => stored.length,
    erase: () => ({ ok: false, error: { code: 'journal-read-only', message: 'Only arrivals here.' } }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state: () => ({
      entries: stored.length,
      savedAt: null,
      writable: true,
      reason: null,
      device: 'dev-a',
      path: '',
    }),
    notices: () => [],
    close: () => undefined,
  };
}

/** Rooms over a journal in memory. */
export function roomsOver(journal: Journal, folder: string): Rooms {
  const rooms = createRooms({
    journal,
    clock: { now: () => START, uptime: () => START },
    ids: { uuid: () => v7() },
    person: () => ({ id: 'marta', name: 'Marta' }),
    emit: () => undefined,
    signals: () => [],
    library: { read: async () => ({ ok: false, error: { code: 'none', message: 'none' } }) },
    blobs: createBlobs(join(folder, 'blobs')),
    viewFolder: folder,
    log: createLog(() => undefined),
  });
  later(() => rooms.stop());
  return rooms;
}

export const instant = (ms: number): string => toInstant(ms);
