// Snapshots of the journal: seven daily ones, and one before each migration; whole databases of their own, in `snapshots/`.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { type Db, openReadable } from './database.ts';

const DAILY_KEPT = 7;

export interface Snapshot {
  readonly path: string;
  /** `2026-11-24`; `before-2` for the one before migration 2; `rescued` from a file that was taken away while open. */
  readonly name: string;
}

const folderOf = (folder: string): string => join(folder, 'snapshots');

const rank = ({ name }: Snapshot): number => (name === RESCUED ? 0 : isDaily(name) ? 1 : 2);
const isDaily = (name: string): boolean => /^\d/.test(name);
/** Everything a connection can still read of a file that is no longer at its place. */
export const RESCUED = 'rescued';

/** Snapshots of a profile: a rescued one, then the newest daily first, those before migrations last. */
export function listSnapshots(folder: string): readonly Snapshot[] {
  const dir = folderOf(folder);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .flatMap((file) => {
      const name = /^journal-(\d{4}-\d{2}-\d{2}|before-\d+|rescued)\.db$/.exec(file)?.[1];
      return name === undefined ? [] : [{ path: join(dir, file), name }];
    })
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? 1 : -1));
}

/** The day's snapshot if there is none yet, page by page between other work; null when today's is there. Older than seven go. */
export async function snapshotDaily(folder: string, path: string, clock: Clock): Promise<string | null> {
  const today = toInstant(clock.now()).slice(0, 10);
  if (listSnapshots(folder).some((snapshot) => snapshot.name === today)) return null;
  const to = join(folderOf(folder), `journal-${today}.db`);
  const from = openReadable(path);
  try {
    mkdirSync(folderOf(folder), { recursive: true, mode: 0o700 });
    rmSync(`${to}.part`, { force: true });
    await from.backup(`${to}.part`, { progress: () => 100 });
  } finally {
    from.close();
  }
  renameSync(`${to}.part`, to);
  const daily = listSnapshots(folder).filter((snapshot) => isDaily(snapshot.name));
  for (const old of daily.slice(DAILY_KEPT)) rmSync(old.path);
  return to;
}

/** A snapshot at once, through a connection that is open: before a migration, or in place of those that held an erased text. */
export function snapshotNow(db: Db, folder: string, name: string): string {
  mkdirSync(folderOf(folder), { recursive: true, mode: 0o700 });
  const to = join(folderOf(folder), `journal-${name}.db`);
  rmSync(`${to}.part`, { force: true });
  db.prepare('VACUUM INTO ?').run(`${to}.part`);
  renameSync(`${to}.part`, to);
  return to;
}

/**
 * After an erasure no snapshot may go on holding the text: a new one of today takes the place of all that are there.
 * Only when there are any; files kept after damage are evidence and are not touched.
 */
export function replaceSnapshots(db: Db, folder: string, clock: Clock): void {
  const old = listSnapshots(folder);
  if (old.length === 0) return;
  const fresh = snapshotNow(db, folder, toInstant(clock.now()).slice(0, 10));
  for (const snapshot of old) if (snapshot.path !== fresh) rmSync(snapshot.path);
}
