// folders.json: which folders a person chose. Not rebuildable, so it is written atomically and set aside when it is broken.
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../files/atomic.ts';

const FILE = 'folders.json';
const schema = z.object({ folders: z.array(z.object({ id: z.string(), path: z.string() })) });
export type ChosenFolder = z.infer<typeof schema>['folders'][number];

/** `broken`: why the list that was there could not be used. */
export function loadFolders(profile: string): { folders: ChosenFolder[]; broken: string | null } {
  const file = join(profile, FILE);
  if (!existsSync(file)) return { folders: [], broken: null };
  try {
    return { folders: schema.parse(JSON.parse(readFileSync(file, 'utf8'))).folders, broken: null };
  } catch (error) {
    renameSync(file, `${file}.broken`);
    return { folders: [], broken: (error as Error).message.slice(0, 200) };
  }
}

/** The list as another process may have left it; null when there is none that can be used. Touches nothing. */
export function peekFolders(profile: string): ChosenFolder[] | null {
  try {
    return schema.parse(JSON.parse(readFileSync(join(profile, FILE), 'utf8'))).folders;
  } catch {
    return null;
  }
}

/** Changes whenever the list is written; empty while there is none. */
export function folderMark(profile: string): string {
  const there = statSync(join(profile, FILE), { throwIfNoEntry: false, bigint: true });
  return there === undefined ? '' : `${there.mtimeNs} ${there.ino} ${there.size}`;
}

export function saveFolders(profile: string, folders: readonly ChosenFolder[]): void {
  writeFileAtomic(join(profile, FILE), `${JSON.stringify({ folders }, null, 2)}\n`);
}
