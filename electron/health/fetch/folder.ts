// A folder as the address of a feed: one JSON file per event, as a pipeline drops them (AWS Health over EventBridge). The files of
// the last month become one list, the oldest first, so that the newest word about an event is the last.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchText } from '../../../shared/text/health.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import { diskReason } from '../../files/atomic.ts';
import { failure } from './failures.ts';
import { FETCH_LIMITS, type FetchResult } from './fetcher.ts';

const SCHEME = 'folder:';
const MAX_FILES = 1000;
const MAX_AGE_MS = 31 * 86_400_000;
const MAX_FILE = 1024 * 1024;

export const folderUrl = (path: string): string => `${SCHEME}${path}`;

/** The folder of an address; null when it is none. */
export const folderOf = (url: string): string | null =>
  url.startsWith(SCHEME) ? url.slice(SCHEME.length) : null;

/** A file that was taken away between the look and the reading is no failure of the folder; everything else is thrown on. */
function gone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** Never rejects. A file that is no JSON is one problem of the list, not the end of it: it stands there as a text. */
export async function fetchFolder(path: string, clock: Clock): Promise<FetchResult> {
  const started = clock.uptime();
  try {
    const names = (await readdir(path)).filter((name) => /\.json$/i.test(name));
    const files: { path: string; at: number }[] = [];
    for (const name of names) {
      const found = await stat(join(path, name)).catch(gone);
      if (found === null) continue;
      if (found.isFile() && found.size <= MAX_FILE && clock.now() - found.mtimeMs < MAX_AGE_MS)
        files.push({ path: join(path, name), at: found.mtimeMs });
    }
    files.sort((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1));
    const parts: string[] = [];
    let total = 0;
    for (const file of files.slice(-MAX_FILES)) {
      const read = await readFile(file.path, 'utf8').catch(gone);
      if (read === null) continue;
      const text = read.replace(/^\uFEFF/, '').trim();
      total += text.length;
      if (total > FETCH_LIMITS.maxBytes)
        return { ok: false, error: failure('too-large', fetchText.tooLarge(path, FETCH_LIMITS.maxBytes)) };
      try {
        JSON.parse(text);
        parts.push(text);
      } catch {
        parts.push(JSON.stringify(`${file.path} is not JSON`));
      }
    }
    return {
      ok: true,
      value: {
        status: 200,
        notModified: false,
        bytes: new TextEncoder().encode(`[${parts.join(',\n')}]`),
        contentType: 'application/json',
        etag: null,
        lastModified: null,
        url: folderUrl(path),
        durationMs: Math.max(0, clock.uptime() - started),
        certificateUntil: null,
      },
    };
  } catch (error) {
    return { ok: false, error: failure('failed', fetchText.folder(path, diskReason(error))) };
  }
}
