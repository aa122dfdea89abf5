// Content-addressed files: attachments and the exact texts of revisions that checklists were started from (journal.md, files of a
// profile). Written atomically and synced; a name that exists already holds the very same bytes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { roomText } from '../../shared/text/room.ts';
import { diskReason, writeFileAtomic } from '../files/atomic.ts';

export interface Blobs {
  /** Keeps the bytes and answers their SHA-256 in hex; on disk before it returns. Error: `blob-not-written`. */
  put(bytes: Uint8Array): Result<string>;
  /** The bytes; null when there are none of that name, or they are no longer the ones the name says. */
  read(sha256: string): Uint8Array | null;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function createBlobs(folder: string): Blobs {
  const pathOf = (sha: string): string => join(folder, sha.slice(0, 2), sha);
  const read = (sha: string): Uint8Array | null => {
    if (!/^[0-9a-f]{64}$/.test(sha)) return null;
    const path = pathOf(sha);
    if (!existsSync(path)) return null;
    const bytes = readFileSync(path);
    return digest(bytes) === sha ? bytes : null;
  };
  return {
    read,
    put(bytes) {
      const sha = digest(bytes);
      try {
        // A damaged file of that name is replaced, not trusted.
        if (read(sha) !== null) return ok(sha);
        mkdirSync(join(folder, sha.slice(0, 2)), { recursive: true, mode: 0o700 });
        writeFileAtomic(pathOf(sha), bytes);
        return ok(sha);
      } catch (error) {
        return fail('blob-not-written', roomText.blobNotWritten(folder, diskReason(error)));
      }
    },
  };
}
