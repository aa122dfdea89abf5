// What the desk is told of beside the screen: system notifications and sound, never a storm, until a named person acknowledges.
import { z } from 'zod';
import { call, done, event, id, instant, none, rev, text } from './define.ts';

export const notifySettings = z.object({
  /** A region or service that we run on or depend on gets worse. */
  oursWorse: z.boolean(),
  /** Any region gets worse. */
  anyWorse: z.boolean(),
  /** A feed is not heard any more, or our own link is lost. */
  feedStale: z.boolean(),
  /** A region of ours is well again. */
  oursBetter: z.boolean(),
  sound: z.boolean(),
});
export type NotifySettings = z.infer<typeof notifySettings>;

export const notifyItem = z.object({
  id,
  what: z.enum([
    'plan-breaker',
    'plan-gate',
    'plan-bake',
    'plan-clock',
    'ours-worse',
    'any-worse',
    'feed-stale',
    'ours-better',
  ]),
  /** Of an alarm of a plan: it is had by an entry, and where to go. */
  alarm: z.object({ incident: id, plan: id, key: text(400) }).optional(),
  /** When the first of it was heard. */
  at: instant,
  /** When the newest of it was heard, whose text this is. Absent: the first is the newest. */
  lastAt: instant.optional(),
  text: text(400),
  /** Signals behind it. */
  count: z.number().int(),
  toldAt: instant.nullable(),
  told: z.number().int(),
});
export type NotifyItem = z.infer<typeof notifyItem>;

const notifySnapshot = z.object({
  rev,
  settings: notifySettings,
  /** The host can show notifications. */
  able: z.boolean(),
  /** Nothing is shown or sounded until then; items still gather. */
  snoozedUntil: instant.nullable(),
  /** Not acknowledged, oldest first. */
  open: z.array(notifyItem).max(100),
  /** How many there are in all. Absent: those. */
  total: z.number().int().optional(),
  /** Who had what, the newest first. */
  had: z
    .array(z.object({ text: text(400), by: text(120), at: instant }))
    .max(20)
    .optional(),
  /** Raised each time the window should sound. */
  sounds: z.number().int(),
  /** How the last one sounds. */
  tone: z.enum(['chime', 'gate', 'breaker']).optional(),
});
export type NotifySnapshot = z.infer<typeof notifySnapshot>;

export const notifyCalls = {
  'notify.get': call(none, notifySnapshot),
  'notify.set': call(notifySettings.partial(), done),
  /** Zero minutes ends it; at most 8 hours. */
  'notify.snooze': call(z.object({ minutes: z.number().int().min(0).max(480) }), done),
  /**
   * By the person of this desk; refused (`no-name`) while nobody has said their name. Null: every open item. Alarms of plans are
   * had by an entry; where the journal refuses it, its error.
   */
  'notify.acknowledge': call(z.object({ item: id.nullable() }), done),
};

export const notifyEvents = {
  'notify.changed': event(notifySnapshot),
};
