// Packs: folders of a team's feeds, topology, probes and runbooks, watched, with what is wrong in them.
import { z } from 'zod';
import { call, done, event, id, instant, none, rev, text } from './define.ts';

export const packProblem = z.object({
  /** Within the pack. */
  file: text(400),
  /** From 1. */
  line: z.number().int(),
  column: z.number().int(),
  text: text(1000),
});
export type PackProblem = z.infer<typeof packProblem>;

export const pack = z.object({
  id,
  path: text(4096),
  name: text(200),
  readAt: instant.nullable(),
  feeds: z.number().int(),
  probes: z.number().int(),
  services: z.number().int(),
  runbooks: z.boolean(),
  /** A file with problems keeps what it said before. */
  problems: z.array(packProblem).max(200),
});
export type Pack = z.infer<typeof pack>;

export const packsCalls = {
  'packs.list': call(none, z.object({ rev, packs: z.array(pack).max(40) })),
  /** Opens the host's dialog where there is one; `path` where a person typed it. */
  'packs.add': call(z.object({ path: text(4096).nullable() }), z.object({ pack: id.nullable() })),
  'packs.remove': call(z.object({ pack: id }), done),
};

export const packsEvents = {
  'packs.changed': event(z.object({ rev, packs: z.array(pack).max(40) })),
};
