// What SQLite and the file system say, as failures people can act on.
import { BulkheadError, type Failure } from '../../shared/result.ts';
import * as say from '../../shared/text/journal.ts';

export type Trouble = 'full' | 'refused' | 'busy' | 'damaged' | 'other';

const codeOf = (error: unknown): string =>
  typeof (error as { code?: unknown })?.code === 'string' ? (error as { code: string }).code : '';

/** Which kind of trouble an error of SQLite or of the file system is. */
export function troubleOf(error: unknown): Trouble {
  const code = codeOf(error);
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE' || code === 'ENOSPC' || code === 'EDQUOT') {
    return 'full';
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'damaged';
  if (code.startsWith('SQLITE_BUSY')) return 'busy';
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_IOERR') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'SQLITE_PERM' ||
    typeof (error as { syscall?: unknown })?.syscall === 'string' // EROFS, EACCES, EIO, EFBIG, ENOTDIR, ...
  ) {
    return 'refused';
  }
  return 'other';
}

/** Why the disk refuses, in words. */
export const reasonOf = (error: unknown, path: string): string =>
  troubleOf(error) === 'full' ? say.diskFull(path) : say.diskRefuses(path, codeOf(error) || String(error));

/** The failure a caller gets when an append did not reach the disk. Errors that are not about the disk are thrown on. */
export function failureOf(error: unknown, path: string): Failure {
  if (error instanceof BulkheadError) {
    return { code: error.code, message: error.message, detail: error.detail };
  }
  switch (troubleOf(error)) {
    case 'full':
      return { code: 'disk-full', message: say.notKept(say.diskFull(path)) };
    case 'refused':
      return { code: 'journal-read-only', message: say.notKept(reasonOf(error, path)) };
    case 'busy':
      return { code: 'journal-busy', message: say.notKept(say.journalBusy(path)) };
    case 'damaged':
      return { code: 'journal-damaged', message: say.notKept(say.journalDamagedNow(path)) };
    case 'other':
      throw error;
  }
}
