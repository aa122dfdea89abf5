// A plan as it is made in the room: what the front matter of a runbook would say.
import { z } from 'zod';
import { instant, text } from './define.ts';
import { target, wave } from './plan-parts.ts';

export const proposedWave = z.object({
  name: wave,
  targets: z.array(target).min(1).max(500),
  /** "10m", "1h30m" */
  bake: text(40),
  gate: z.enum(['health', 'manual']),
});

/** One rule of the breaker or of success, as the front matter writes it: `{probe: "checkout", errors: "> 5%", for: "3m"}`. */
const ruleText = z.record(text(40), z.union([text(400), z.number()]));

export const madePlan = z.object({
  kind: z.enum(['rollback', 'roll-forward', 'phased-deployment']),
  title: text(300),
  change: z.object({
    system: text(120).min(1),
    from: text(200).nullable(),
    to: text(200).min(1),
    deployedAt: instant.nullable(),
    schema: z.enum(['reversible', 'expand-only', 'irreversible', 'unknown']),
  }),
  targets: z.array(target).min(1).max(500),
  waves: z.array(proposedWave).min(1).max(100),
  watch: z.array(text(200)).max(60).optional(),
  success: z.array(ruleText).max(20).optional(),
  data: z.object({ probe: text(120), tries: text(60) }).optional(),
  pace: z.object({ atOnce: z.number().int().positive(), apart: text(40) }).optional(),
  breaker: z
    .object({
      trip: z.array(ruleText).max(40).optional(),
      stale: text(40).optional(),
      retry: text(40).optional(),
      cool: text(40).optional(),
    })
    .optional(),
  /** Markdown with the sections of steps; left out: a short list that fits every rollback. */
  body: text(200_000).optional(),
});
export type MadePlan = z.infer<typeof madePlan>;
