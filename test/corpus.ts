// Recordings of real feeds lie beside the project, not in it. Tests that read them skip, saying so, when they are not there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = process.env['BULKHEAD_CORPUS'] ?? join(import.meta.dirname, '..', '..', 'shared', 'corpus');

/** Path of something in the corpus, or null (and one line on standard error) when the corpus is not there. */
export function corpus(path = ''): string | null {
  const full = join(root, path);
  if (existsSync(full)) return full;
  process.stderr.write(`skipped: no recording ${path} (set BULKHEAD_CORPUS to a folder of recordings)\n`);
  return null;
}
