// packs.json: which packs a person added. Not rebuildable, so it is written atomically and set aside when it is broken.
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../files/atomic.ts';

const schema = z.object({
  packs: z
    .array(
      z.object({
        id: z.string(),
        path: z.string(),
        /** Its folder in the library; null when it has no runbooks, or a person had added that folder before. */
        runbooks: z.string().nullable().default(null),
      }),
    )
    .max(1000),
});
export type ChosenPack = z.infer<typeof schema>['packs'][number];

/** `broken`: why the list that was there could not be used. */
export function loadPacks(profile: string): { packs: ChosenPack[]; broken: string | null } {
  const file = join(profile, 'packs.json');
  if (!existsSync(file)) return { packs: [], broken: null };
  try {
    return { packs: schema.parse(JSON.parse(readFileSync(file, 'utf8'))).packs, broken: null };
  } catch (error) {
    renameSync(file, `${file}.broken`);
    return { packs: [], broken: (error as Error).message.slice(0, 200) };
  }
}

export function savePacks(profile: string, packs: readonly ChosenPack[]): void {
  writeFileAtomic(join(profile, 'packs.json'), `${JSON.stringify({ packs }, null, 2)}\n`);
}
