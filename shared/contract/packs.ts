// Packs: folders of a team's feeds, topology, probes, runbooks and templates, watched, with what is wrong in them.
import { z } from 'zod';
import { AUDIENCES, MAX_TEMPLATE, OCCASIONS } from '../pack/templates.ts';
import { call, done, event, id, instant, none, rev, text } from './define.ts';

const packProblem = z.object({
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
  /** Templates of updates that can be used. */
  templates: z.number().int(),
  /** A file with problems keeps what it said before. */
  problems: z.array(packProblem).max(200),
});
export type Pack = z.infer<typeof pack>;

/** A template of an update, without its text. */
export const template = z.object({
  pack: id,
  packName: text(200),
  /** Within `templates/`. */
  file: text(400),
  name: text(120),
  audience: z.enum(AUDIENCES),
  when: z.enum(OCCASIONS),
  channel: text(120).nullable(),
  /** Names of `shared/pack/template-fields.ts` that it uses. */
  fields: z.array(text(60)).max(60),
});
export type Template = z.infer<typeof template>;

export const packsCalls = {
  'packs.list': call(none, z.object({ rev, packs: z.array(pack).max(40) })),
  /** Opens the host's dialog where there is one; `path` where a person typed it. */
  'packs.add': call(z.object({ path: text(4096).nullable() }), z.object({ pack: id.nullable() })),
  /** Of all packs; `rev` rises with `packs.changed`. */
  'packs.templates': call(none, z.object({ rev, templates: z.array(template).max(400) })),
  'packs.template': call(
    z.object({ pack: id, file: text(400) }),
    z.object({ template, text: text(MAX_TEMPLATE) }),
  ),
  'packs.remove': call(z.object({ pack: id }), done),
};

export const packsEvents = {
  'packs.changed': event(z.object({ rev, packs: z.array(pack).max(40) })),
};
