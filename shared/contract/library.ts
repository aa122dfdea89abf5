// Runbook folders: chosen, listed, read, all on this machine.
import { z } from 'zod';
import { call, done, event, id, instant, none, rev, text } from './define.ts';
import { stepSays } from './step.ts';

export const folder = z.object({
  id,
  path: text(4096),
  files: z.number().int(),
  readAt: instant.nullable(),
  /** Why it cannot be read now, with the way out; the listing is then the last one that could be read. */
  problem: text(1000).nullable(),
  withoutOwner: z.number().int(),
});
const runbookLine = z.object({
  folder: id,
  path: text(4096),
  title: text(400),
  owner: text(200),
  tags: z.array(text(80)).max(40),
  steps: z.number().int(),
  bytes: z.number().int(),
  changedAt: instant,
  problem: text(1000).nullable(),
  /** What its front matter says it is, in small letters: `rollback`; empty: a plain runbook. */
  kind: text(40),
});
export type RunbookLine = z.infer<typeof runbookLine>;

const runbookStep = z.object({
  ...stepSays,
  expectMs: z.number().nullable(),
  /** Names of variables in its text and command. */
  variables: z.array(text(120)).max(100),
});

const runbookDocument = z.object({
  folder: id,
  path: text(4096),
  title: text(400),
  revision: text(80),
  owner: text(200),
  tags: z.array(text(80)).max(40),
  meta: z.array(z.object({ name: text(120), value: text(2000) })).max(60),
  /** Safe HTML: made by our renderer with raw HTML inert, sanitised; at most 2 MB. Images point to the own origin. */
  html: text(4_000_000),
  outline: z.array(z.object({ level: z.number().int(), text: text(400), anchor: text(200) })).max(2000),
  steps: z.array(runbookStep).max(1000),
  variables: z.array(z.object({ name: text(120), form: text(200), default: text(2000).nullable() })).max(200),
  problems: z.array(text(1000)).max(20),
  truncated: z.boolean(),
});
export type RunbookDocument = z.infer<typeof runbookDocument>;

export const libraryCalls = {
  'library.list': call(
    none,
    z.object({ rev, folders: z.array(folder).max(100), runbooks: z.array(runbookLine).max(20_000) }),
  ),
  /** Opens the host's dialog where there is one; `path` where a person typed it. */
  'library.addFolder': call(z.object({ path: text(4096).nullable() }), z.object({ folder: id.nullable() })),
  'library.removeFolder': call(z.object({ folder: id }), done),
  'library.refresh': call(none, done),
  'library.read': call(z.object({ folder: id, path: text(4096) }), runbookDocument),
};
export const libraryEvents = {
  'library.changed': event(z.object({ rev })),
};
