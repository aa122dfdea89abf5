// A runbook written into one of the chosen folders: a temporary name in the same folder, synced, then put in place. A file that is
// there is never replaced unless a person said so, and no name leads out of the folder.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isRunbookName } from '../../shared/runbook/file-name.ts';
import { libraryText } from '../../shared/text/library.ts';
import { diskReason, syncFolder } from '../files/atomic.ts';

const code = (error: unknown): string => (error as { code?: string }).code ?? '';

/** Errors `name-refused`, `file-exists` (with `replace` it is replaced), `not-written`. Answers the whole path. */
export async function writeRunbook(
  folder: string,
  name: string,
  text: string,
  replace: boolean,
): Promise<Result<string>> {
  if (!isRunbookName(name)) return fail('name-refused', libraryText.nameRefused(name));
  let root: string;
  try {
    root = await realpath(folder);
  } catch (error) {
    return fail('not-written', libraryText.notWritten(folder, diskReason(error)));
  }
  const path = join(root, name);
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there && !there.isFile()) return fail('not-written', libraryText.notAFile(name));
  if (there && !replace) return fail('file-exists', libraryText.fileExists(name));
  const temporary = join(root, `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    const handle = openSync(temporary, 'wx', 0o644);
    try {
      const bytes = Buffer.from(text, 'utf8');
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (replace) renameSync(temporary, path);
    else putNew(temporary, path);
    syncFolder(root);
    return ok(path);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (code(error) === 'EEXIST') return fail('file-exists', libraryText.fileExists(name));
    return fail('not-written', libraryText.notWritten(path, diskReason(error)));
  }
}

/** Gives the file its name only where nobody else has it: a link fails where a rename would replace. */
function putNew(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    // A disk without hard links: it was looked a moment ago, and that has to do.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EACCES'].includes(code(error))) throw error;
    if (lstatSync(path, { throwIfNoEntry: false }))
      throw Object.assign(new Error('exists'), { code: 'EEXIST' });
    renameSync(temporary, path);
    return;
  }
  rmSync(temporary, { force: true });
}
