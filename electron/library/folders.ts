// folders.json: which folders a person chose. Not rebuildable, so it is written atomically and set aside when it is broken.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../files/atomic.ts';

const schema = z.object({ folders: z.array(z.object({ id: z.string(), path: z.string() })) });
export type ChosenFolder = z.infer<typeof schema>['folders'][number];

/** `broken`: why the list that was there could not be used. */
export function loadFolders(profile: string): { folders: ChosenFolder[]; broken: string | null } {
  const file = join(profile, 'folders.json');
  if (!existsSync(file)) return { folders: [], broken: null };
  try {
    return { folders: schema.parse(JSON.parse(readFileSync(file, 'utf8'))).folders, broken: null };
  } catch (error) {
    renameSync(file, `${file}.broken`);
    return { folders: [], broken: (error as Error).message.slice(0, 200) };
  }
}

export function saveFolders(profile: string, folders: readonly ChosenFolder[]): void {
  writeFileAtomic(join(profile, 'folders.json'), `${JSON.stringify({ folders }, null, 2)}\n`);
}
