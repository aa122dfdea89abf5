// Walks a runbook folder: Markdown files only, nothing hidden, no symbolic links (they may lead out of the folder).
import { lstat, opendir } from 'node:fs/promises';
import { join, sep } from 'node:path';

export interface FoundFile {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since the epoch, as the file system has it. */
  readonly changedAt: number;
}

export const MAX_FILES = 20_000;
const SKIP = new Set(['node_modules', 'vendor', '__pycache__']);

/** Throws the system's error when the folder itself cannot be read; a file that vanishes meanwhile is left out. */
export async function scanFolder(root: string): Promise<{ files: FoundFile[]; more: boolean }> {
  const files: FoundFile[] = [];
  const folders = [''];
  let more = false;
  while (folders.length > 0) {
    const at = folders.pop()!;
    let dir: Awaited<ReturnType<typeof opendir>>;
    try {
      dir = await opendir(join(root, at));
    } catch (error) {
      if (at === '') throw error;
      continue;
    }
    for await (const entry of dir) {
      if (entry.name.startsWith('.') || SKIP.has(entry.name)) continue;
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name)) {
        if (files.length >= MAX_FILES) {
          more = true;
          continue;
        }
        const stat = await lstat(join(root, path.split('/').join(sep))).catch(() => null);
        if (stat?.isFile()) files.push({ path, bytes: stat.size, changedAt: Math.floor(stat.mtimeMs) });
      }
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, more };
}
