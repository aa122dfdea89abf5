// One owner per profile: the process that polls, synchronises and notifies. Its lock is owner.db; owner.pid beside it only helps a
// message to name the other one.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import * as say from '../../shared/text/journal.ts';
import { holdLock, type Owned } from './lock.ts';

/**
 * Tries to become the one process that polls, synchronises and notifies for this profile (architecture.md, run-time).
 * Errors: `owner-elsewhere` with `detail.pid` when it is known; `owner-unknown` when the folder cannot be used.
 */
export function tryOwn(folder: string, pid: number = process.pid): Result<Owned> {
  const note = join(folder, 'owner.pid');
  let held: Owned;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    held = holdLock(join(folder, 'owner.db'), 0);
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!code.startsWith('SQLITE_BUSY')) {
      return fail('owner-unknown', say.ownerUnknown(folder, code || String(error)));
    }
    const other = readPid(note);
    return fail('owner-elsewhere', say.ownerElsewhere(folder, other), { pid: other });
  }
  try {
    writeFileSync(note, `${pid}\n`, { mode: 0o600 });
  } catch {
    rmSync(note, { force: true }); // The lock holds without it; only the number in a message is missing.
  }
  return ok({
    release() {
      rmSync(note, { force: true });
      held.release();
    },
  });
}

function readPid(note: string): number | null {
  try {
    const pid = Number(readFileSync(note, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null; // The owner is just starting or its disk refuses: the message does without the number.
  }
}
