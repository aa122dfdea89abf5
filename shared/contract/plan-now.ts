// What plans do at this moment, in one line each: for Now and Next on every page. Instants are wall clock.
import { z } from 'zod';
import { id, instant, text } from './define.ts';

/** A line under the lead. `decides`: whoever has command does it. */
const planNowLine = z.object({
  who: text(200).nullable(),
  decides: z.boolean(),
  text: text(400),
  /** Counts up from there. */
  since: instant.nullable(),
  /** Counts down to there. */
  until: instant.nullable(),
});
export type PlanNowLine = z.infer<typeof planNowLine>;

export const planNow = z.object({
  incident: id,
  plan: id,
  /** Smaller is worse. */
  rank: z.number().int(),
  glyph: z.enum([
    'brk-open',
    'brk-half',
    'stale',
    'reverting',
    'gate-wait',
    'held',
    'doing',
    'todo',
    'failed',
  ]),
  lead: text(400),
  lines: z.array(planNowLine).max(4),
  /** Which keys belong to it. */
  keys: z.enum(['breaker', 'gate', 'revert', 'wave', 'none']),
  /** What comes, soonest first; without a time: it waits for something. */
  next: z.array(z.object({ at: instant.nullable(), label: text(200), note: text(200) })).max(8),
});
export type PlanNow = z.infer<typeof planNow>;
