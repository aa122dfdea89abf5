// The small parts of which plans, their views and their actions are made.
import { z } from 'zod';
import { text } from './define.ts';

export const ms = z.number().nonnegative();
export const target = text(120).min(1);
export const wave = text(140).min(1);
export const reason = text(2000);
export const needed = reason.min(1);

export const planStatus = z.enum(['draft', 'ready', 'running', 'paused', 'completed', 'aborted']);
export const waveStatus = z.enum(['pending', 'running', 'baking', 'at gate', 'passed', 'held', 'aborted']);
export const targetStatus = z.enum([
  'pending',
  'running',
  'done',
  'failed',
  'skipped',
  'reverting',
  'reverted',
]);
export const breakerStatus = z.enum(['closed', 'open', 'half-open']);
export const planStepState = z.enum(['todo', 'doing', 'done', 'failed', 'skipped', 'undone']);
export const targetMark = z.enum(['worse', 'blind', 'accepted-worse', 'no-better', 'disputed']);
export const gapCause = z.enum(['closed', 'asleep', 'silent', 'link-lost', 'clock-untrusted']);
export const targetSection = z.enum(['prepare', 'each', 'revert']);
export const ownSection = z.enum(['before', 'after', 'finally']);
export const planSection = z.enum(['before', 'prepare', 'each', 'after', 'revert', 'finally']);

/** A statement with the rule of the design that it rests on. An empty list of them means: it may. */
export const why = z.object({
  rule: text(10),
  code: text(60),
  text: text(2000),
  target: target.optional(),
});
export type PlanWhy = z.infer<typeof why>;
export const forbids = z.array(why).max(50);
