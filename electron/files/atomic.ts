// Whole files are replaced, never half written: a temporary name in the same folder, synced, then renamed.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Syncs a folder, so that a rename in it is on disk; Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes pieces one after the other; the old file stays until all of the new one is on disk. Throws the system's error. Returns bytes. */
export function writePiecesAtomic(path: string, pieces: Iterable<string | Uint8Array>, mode = 0o600): number {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = openSync(temporary, 'wx', mode);
  let bytes = 0;
  try {
    for (const piece of pieces) {
      const data = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      let at = 0;
      while (at < data.length) at += writeSync(handle, data, at);
      bytes += data.length;
    }
    fsyncSync(handle);
    closeSync(handle);
    renameSync(temporary, path);
    syncFolder(folder);
  } catch (error) {
    try {
      closeSync(handle);
    } catch {
      // already closed: the rename failed, not the write
    }
    rmSync(temporary, { force: true });
    throw error;
  }
  return bytes;
}

export const writeFileAtomic = (path: string, content: string | Uint8Array, mode?: number): number =>
  writePiecesAtomic(path, [content], mode);

/** The system's error in words a person can act on; the path is named by the caller, and what is meant when nothing is there. */
export function diskReason(error: unknown, missing = 'the folder is not there'): string {
  const code = (error as { code?: string }).code ?? '';
  switch (code) {
    case 'ENOENT':
      return missing;
    case 'EACCES':
    case 'EPERM':
      return 'you may not write or read there';
    case 'ENOSPC':
      return 'the disk is full';
    case 'EROFS':
      return 'the disk is read-only';
    case 'EISDIR':
      return 'it is a folder';
    case 'EEXIST':
      return 'a file has that name';
    case 'ENOTDIR':
      return 'a part of the path is not a folder';
    case 'ENAMETOOLONG':
      return 'the name is too long';
    case 'EFBIG':
      return 'the file would be too large for this disk';
    default:
      return (error as Error).message;
  }
}
