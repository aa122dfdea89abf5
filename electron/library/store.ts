// library.db: what the last reading of each folder found. Rebuildable: a file that cannot be opened is made anew.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface FolderRecord {
  readonly id: string;
  readonly path: string;
  readonly readAt: string | null;
  readonly problem: string | null;
}

export interface FileRecord {
  readonly folder: string;
  readonly path: string;
  readonly changedAt: number;
  readonly bytes: number;
  readonly title: string;
  readonly owner: string;
  readonly tags: readonly string[];
  readonly steps: number;
  readonly kind: string;
  readonly problem: string | null;
}

const SCHEMA = `
  CREATE TABLE folder (id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, readAt TEXT, problem TEXT) STRICT;
  CREATE TABLE file (
    folder TEXT NOT NULL REFERENCES folder(id) ON DELETE CASCADE, path TEXT NOT NULL, changedAt INTEGER NOT NULL, bytes INTEGER NOT NULL,
    title TEXT NOT NULL, owner TEXT NOT NULL, tags TEXT NOT NULL, steps INTEGER NOT NULL, problem TEXT, kind TEXT NOT NULL,
    PRIMARY KEY (folder, path)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 2;
`;

function open(file: string): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('busy_timeout = 5000');
  const version = db.pragma('user_version', { simple: true });
  if (version === 0) {
    db.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
  } else if (version !== 2) {
    db.close();
    throw new Error(`library.db is of version ${String(version)}`);
  }
  return db;
}

/** Opens or makes `library.db` in a profile folder. */
export function openLibraryStore(folder: string) {
  const file = join(folder, 'library.db');
  let db: Database.Database;
  try {
    db = open(file);
  } catch {
    // Rebuildable by definition: the folders themselves are kept in folders.json.
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    db = open(file);
  }
  const upsertFolder = db.prepare(
    'INSERT INTO folder (id, path, readAt, problem) VALUES (@id, @path, @readAt, @problem) ON CONFLICT (id) DO UPDATE SET path = @path, readAt = @readAt, problem = @problem',
  );
  const upsertFile = db.prepare(
    'INSERT OR REPLACE INTO file (folder, path, changedAt, bytes, title, owner, tags, steps, problem, kind) VALUES (@folder, @path, @changedAt, @bytes, @title, @owner, @tags, @steps, @problem, @kind)',
  );
  const allFolders = db.prepare('SELECT id, path, readAt, problem FROM folder ORDER BY path');
  const allFiles = db.prepare('SELECT * FROM file ORDER BY folder, path LIMIT 20000');
  const ofFolder = db.prepare('SELECT path, changedAt, bytes FROM file WHERE folder = ?');
  const removeFile = db.prepare('DELETE FROM file WHERE folder = ? AND path = ?');
  const removeFolder = db.prepare('DELETE FROM folder WHERE id = ?');
  type Row = Omit<FileRecord, 'tags'> & { tags: string };
  return {
    folders: () => allFolders.all() as FolderRecord[],
    putFolder: (record: FolderRecord) => void upsertFolder.run(record),
    removeFolder: (id: string) => void removeFolder.run(id),
    files: (): FileRecord[] =>
      (allFiles.all() as Row[]).map((r) => ({ ...r, tags: JSON.parse(r.tags) as string[] })),
    known: (id: string) =>
      new Map(
        (ofFolder.all(id) as { path: string; changedAt: number; bytes: number }[]).map((r) => [r.path, r]),
      ),
    apply: db.transaction((id: string, put: readonly FileRecord[], gone: readonly string[]) => {
      for (const file of put) upsertFile.run({ ...file, tags: JSON.stringify(file.tags) });
      for (const path of gone) removeFile.run(id, path);
    }),
    close: () => db.close(),
  };
}
