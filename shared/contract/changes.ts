// Changes: deployments and configuration changes on the time axis, nearest before the first signal first.
import { z } from 'zod';
import { call, event, id, instant, rev, text } from './define.ts';

export const changeLine = z.object({
  id,
  /** When it took effect. */
  at: instant,
  service: text(200),
  version: text(200),
  /** `provider/region` as written; empty: everywhere or not said. */
  places: z.array(text(240)).max(60),
  by: text(200),
  text: text(1000),
  url: text(2000),
  /** Where it was read: a file's name, `typed`. */
  source: text(300),
  /** Milliseconds before the first signal; null when there is none, negative after it. */
  beforeFirstMs: z.number().int().nullable(),
  /** 1 is the nearest before the first signal; null when it came after it, or there is no signal. */
  rank: z.number().int().nullable(),
  /** "checkout-api 4.18.0 to eu-west-1, 4 min before the first signal" */
  line: text(600),
});
export type ChangeLine = z.infer<typeof changeLine>;

export const changesCalls = {
  /** Changes from `from` to `until`, ranked before the first signal of `around`, which default to the running cascade. */
  'changes.list': call(
    z.object({ from: instant.nullable(), until: instant.nullable(), firstSignal: instant.nullable() }),
    z.object({
      rev,
      firstSignal: instant.nullable(),
      /** Oldest first, at most the newest 500. */
      changes: z.array(changeLine).max(500),
      total: z.number().int(),
      problems: z.array(z.object({ file: text(4096), line: z.number().int(), text: text(1000) })).max(100),
    }),
  ),
  'changes.add': call(
    z.object({
      at: instant,
      service: text(200).min(1),
      version: text(200).default(''),
      places: z.array(text(240)).max(60).default([]),
      by: text(200).default(''),
      text: text(1000).default(''),
      url: text(2000).default(''),
    }),
    z.object({ change: id }),
  ),
};

export const changesEvents = {
  'changes.changed': event(z.object({ rev })),
};
