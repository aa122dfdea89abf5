// A recording or a rehearsed night runs on a clock of its own: what is written then must never stand among real entries. A profile is
// for one or for the other, from its first start.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { appText } from '../../shared/text/app.ts';
import { diskReason } from '../files/atomic.ts';

/** Beside the journal of a profile that a recording or a rehearsal made. */
const MARK = 'practice';

/**
 * Says whether this profile may be opened for practice (a replay, a rehearsal) or in earnest, and remembers it for a new one.
 * Errors: `profile-in-earnest`, `profile-of-practice`, `profile-unwritable`.
 */
export function keepApart(folder: string, practice: boolean): Result<null> {
  const known = existsSync(join(folder, 'journal.db'));
  const marked = existsSync(join(folder, MARK));
  if (practice && known && !marked) return fail('profile-in-earnest', appText.inEarnest(folder));
  if (!practice && marked) return fail('profile-of-practice', appText.ofPractice(folder));
  if (practice && !marked) {
    try {
      writeFileSync(join(folder, MARK), '', { mode: 0o600 });
    } catch (error) {
      return fail('profile-unwritable', appText.unmarked(folder, diskReason(error)));
    }
  }
  return ok(null);
}
