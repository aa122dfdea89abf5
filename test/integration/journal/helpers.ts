// A fresh profile folder per test, a clock that only the test moves, ids and salts that can be told apart.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach } from 'vitest';
import { openReadable } from '../../../electron/journal/database.ts';
import type { StoredEntry } from '../../../electron/journal/journal.ts';
import { type JournalDeps, type OpenJournal, openJournal } from '../../../electron/journal/open.ts';
import { prepareRows } from '../../../electron/journal/rows.ts';
import type { Verification } from '../../../shared/journal/proof.ts';
import { verifyEntries } from '../../../shared/journal/verify.ts';
import type { Clock } from '../../../shared/time/clock.ts';

export const START = Date.parse('2026-10-20T07:48:20.000Z');

export interface TestClock extends Clock {
  wall: number;
  up: number;
  pass(ms: number): void;
}

export function testClock(wall = START): TestClock {
  return {
    wall,
    up: 1_000_000,
    now() {
      return this.wall;
    },
    uptime() {
      return this.up;
    },
    pass(ms) {
      this.wall += ms;
      this.up += ms;
    },
  };
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0).reverse()) clean();
});
export const later = (clean: () => void): void => void cleanups.push(clean);

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulkhead-journal-'));
  later(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const deps = (folder: string, more: Partial<JournalDeps> = {}): JournalDeps => ({
  folder,
  clock: testClock(),
  ids: { uuid: () => v7() },
  random: (n) => randomBytes(n),
  machineId: 'machine-one',
  watch: false,
  ...more,
});

/** Opens or fails the test; closed after it. */
export function open(folder: string, more: Partial<JournalDeps> = {}): OpenJournal {
  const opened = openJournal(deps(folder, more));
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  later(() => opened.value.close());
  return opened.value;
}

export const noteEntry = (incident: string, text: string) => ({
  incident,
  kind: 'note',
  body: { text },
  actor: 'ada',
});

/** Appends or fails the test. */
export function add(journal: OpenJournal, incident: string, text: string): StoredEntry {
  const done = journal.append([noteEntry(incident, text)]);
  if (!done.ok) throw new Error(`${done.error.code}: ${done.error.message}`);
  return done.value[0]!;
}

/** Verifies the file as it stands, through a connection of its own. */
export function verifyFile(folder: string): Verification {
  const db = openReadable(join(folder, 'journal.db'));
  try {
    return verifyEntries(prepareRows(db).eachRow(0, -1));
  } finally {
    db.close();
  }
}

export const texts = (journal: OpenJournal, incident: string): string[] =>
  [...journal.iterate(incident)]
    .filter((entry) => entry.kind === 'note')
    .map((entry) => (entry.erased ? '(erased)' : (JSON.parse(entry.body) as { text: string }).text));

export const codes = (journal: OpenJournal): string[] => journal.notices().map((notice) => notice.code);
