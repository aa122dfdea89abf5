// What a person does with a rollback plan.
import { z } from 'zod';
import { text } from './define.ts';
import { state } from './health.ts';
import { ms, needed, ownSection, planSection, reason, target, targetSection, wave } from './plan-parts.ts';

/** What a person does with a plan. A dangerous step needs `confirm`, a two-person one `second` ("by phone" is a name, too). */
export const planAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('check') }),
  z.object({ do: z.literal('accept-findings'), reason: needed }),
  z.object({
    do: z.literal('accept-finding'),
    code: text(60).min(1),
    about: text(200),
    reason,
    /** For a question. */
    answer: z.enum(['yes', 'no', 'not known']).optional(),
  }),
  z.object({ do: z.literal('start-plan') }),
  z.object({ do: z.literal('pause'), reason: reason.optional() }),
  z.object({ do: z.literal('resume'), reason: reason.optional() }),
  z.object({ do: z.literal('abort'), reason: needed }),
  z.object({ do: z.literal('complete'), reason: reason.optional() }),
  z.object({ do: z.literal('take-watch'), reason: reason.optional() }),
  z.object({ do: z.literal('start-wave'), wave }),
  /** `sure` answers "it is worse than in the plan baseline, start?". */
  z.object({ do: z.literal('start-target'), target, sure: z.boolean().optional() }),
  z.object({
    do: z.literal('step'),
    target,
    section: targetSection,
    step: z.number().int().positive(),
    to: z.enum(['doing', 'done', 'failed', 'skipped', 'undone']),
    reason: reason.optional(),
    sure: z.boolean().optional(),
    confirm: text(200).optional(),
    second: text(120).optional(),
  }),
  /** A step of "Before" or "Finally", or of "After each wave" for one wave. Its word is that of the step, else the system's. */
  z.object({
    do: z.literal('plan-step'),
    section: ownSection,
    wave: wave.optional(),
    step: z.number().int().positive(),
    to: z.enum(['doing', 'done', 'failed', 'skipped', 'undone']),
    reason: reason.optional(),
    confirm: text(200).optional(),
    second: text(120).optional(),
  }),
  /** All steps that are left; with a dangerous one among them, `confirm` is the target's name. */
  z.object({
    do: z.literal('finish-target'),
    target,
    sure: z.boolean().optional(),
    confirm: text(200).optional(),
    second: text(120).optional(),
  }),
  z.object({
    do: z.literal('finish-revert'),
    target,
    confirm: text(200).optional(),
    second: text(120).optional(),
  }),
  z.object({ do: z.literal('retry'), target, reason: reason.optional() }),
  z.object({ do: z.literal('skip-target'), target, reason: needed }),
  z.object({ do: z.literal('revert'), target, reason: needed }),
  z.object({ do: z.literal('pass-gate'), wave, reason: needed }),
  z.object({
    do: z.literal('breaker'),
    choose: z.enum(['try-one', 'look-again', 'accept']),
    target,
    reason: needed,
  }),
  z.object({
    do: z.literal('override'),
    hold: text(60).min(1),
    wave: wave.optional(),
    target: target.optional(),
    reason: needed,
  }),
  z.object({ do: z.literal('pull-forward'), target, reason: needed, sure: z.boolean().optional() }),
  z.object({ do: z.literal('set-bake'), wave, bakeMs: ms.max(86_400_000), reason: needed }),
  z.object({ do: z.literal('set-gate'), wave, gate: z.enum(['health', 'manual']), reason: needed }),
  z.object({
    do: z.literal('set-pace'),
    /** Null: no limit. */
    atOnce: z.number().int().positive().max(500).nullable(),
    apartMs: ms.max(86_400_000),
    reason: needed,
  }),
  z.object({
    do: z.literal('split-wave'),
    wave,
    targets: z.array(target).min(1).max(500),
    reason: needed,
  }),
  z.object({ do: z.literal('move-target'), target, wave, reason: needed }),
  z.object({ do: z.literal('add-target'), target, wave, reason: needed }),
  z.object({ do: z.literal('remove-target'), target, reason: needed }),
  /** Names of the waves that have not begun, in their new order. */
  z.object({ do: z.literal('reorder'), waves: z.array(wave).min(1).max(120), reason: needed }),
  /** `text`: the step's Markdown, as the view has it; empty: only the title is changed. */
  z.object({
    do: z.literal('set-step'),
    section: planSection,
    step: z.number().int().positive(),
    title: text(2000).min(1),
    text: text(20_000),
    reason: needed,
  }),
  /** A breaker's rule, each field as typed; what is left out stays. An empty margin is the default one. */
  z.object({
    do: z.literal('set-limit'),
    rule: text(400),
    limit: text(60).optional(),
    margin: text(20).optional(),
    for: text(40).optional(),
    reason: needed,
  }),
  /** A reading typed by a person: it counts as one of ours. */
  z.object({ do: z.literal('reading'), target, health: state, note: reason.optional() }),
]);
export type PlanAction = z.infer<typeof planAction>;
