// The application itself: where it runs, who sits here, how it looks, where the data is and when it was last saved.
import { z } from 'zod';
import { call, done, event, id, instant, none, rev, text } from './define.ts';

export const settings = z.object({
  theme: z.enum(['night', 'red', 'day']),
  type: z.enum(['normal', 'large']),
  /** IANA zone of the second clock; empty: the machine's own. */
  zone: text(80),
  /** Regions the team runs on, as `provider/region`; they always have a column. */
  regions: z.array(text(120)).max(200),
  firstRunDone: z.boolean(),
});
export type Settings = z.infer<typeof settings>;

export const person = z.object({ id: id, name: text(120).min(1) });
export type Person = z.infer<typeof person>;

/** Something the start or the journal has to say and that stays said until it is read: damage, a lost tail, a clone, a clock. */
export const notice = z.object({
  id: id,
  level: z.enum(['info', 'warning', 'alarm']),
  text: text(2000),
  since: instant,
});
export type Notice = z.infer<typeof notice>;

export const appSnapshot = z.object({
  rev,
  version: text(40),
  host: z.object({
    kind: z.enum(['electron', 'chromium', 'headless']),
    why: text(400),
    capabilities: z.object({
      window: z.boolean(),
      dialogs: z.boolean(),
      notifications: z.boolean(),
      print: z.boolean(),
      openExternal: z.boolean(),
      secrets: z.enum(['keyring', 'file', 'environment']),
      keepAwake: z.boolean(),
      suspendEvents: z.boolean(),
      tray: z.boolean(),
      badge: z.boolean(),
    }),
  }),
  profile: z.object({ path: text(4096), temporary: z.boolean(), owner: z.boolean() }),
  /** Null until somebody said their name; entries then carry "this desk". */
  person: person.nullable(),
  settings,
  journal: z.object({
    entries: z.number().int(),
    /** When the last entry was on disk. */
    savedAt: instant.nullable(),
    writable: z.boolean(),
    reason: text(2000).nullable(),
  }),
  /** Set while a recording is replayed or a plan rehearsed: room clock = wall clock of the recording, or of the script. */
  replay: z
    .object({
      name: text(200),
      speed: z.number(),
      clock: instant,
      ended: z.boolean(),
      /** The room in which a plan is rehearsed, once it is open; a recording has none. */
      room: id.optional(),
    })
    .nullable(),
  notices: z.array(notice).max(50),
  /** Milliseconds that the wall clock is ahead of what servers say, negative behind; null: it is right, or nobody knows. */
  clockOff: z.number().int().nullable().optional(),
  /** Main's wall clock as it answered: the renderer's clock is main's. */
  now: instant,
});
export type AppSnapshot = z.infer<typeof appSnapshot>;

export const appCalls = {
  'app.snapshot': call(none, appSnapshot),
  'app.setPerson': call(z.object({ name: text(120).min(1) }), done),
  'app.setSettings': call(settings.partial(), done),
  'app.openExternal': call(z.object({ url: text(4096) }), done),
  'app.dismissNotice': call(z.object({ id }), done),
  /** What went wrong in the window, for the local log. Never secrets. */
  'app.report': call(z.object({ message: text(4000), where: text(400) }), done),
};

export const appEvents = {
  'app.changed': event(z.object({ rev, snapshot: appSnapshot })),
};
