// Rollback plans in a room: the calls and events. What crosses is described in the files that are handed on from here.
import { z } from 'zod';
import { call, event, id, none, rev, text } from './define.ts';
import { planAction } from './plan-action.ts';
import { madePlan, proposedWave } from './plan-made.ts';
import { planNow } from './plan-now.ts';
import { forbids, target } from './plan-parts.ts';
import { planView } from './plan-view.ts';

export { type PlanAction, planAction } from './plan-action.ts';
export { type MadePlan, madePlan, proposedWave } from './plan-made.ts';
export type { PlanWhy } from './plan-parts.ts';
export {
  type OwnStep,
  type PlanAlarm,
  type PlanStep,
  type PlanTarget,
  type PlanTrip,
  type PlanView,
  type PlanWave,
  planView,
} from './plan-view.ts';

const created = z.object({ plan: id, entry: id, rev });

export const planCalls = {
  /** From a runbook with `kind: rollback`. Error `plan-wrong` with `detail: {problems: [{line, column, text}]}`. */
  'plan.create': call(
    z.object({
      incident: id,
      folder: id,
      path: text(4096),
      /** A plan whose pending targets this one takes over. Error `not-taken-over` where it is over, not begun, or has none pending. */
      takesOver: id.optional(),
    }),
    created,
  ),
  /** Typed in the room. Errors as `plan.create`, lines of the Markdown that `plan.text` would answer. */
  'plan.make': call(z.object({ incident: id, plan: madePlan, takesOver: id.optional() }), created),
  /** Low-traffic first, no failure domain shared between canary and next wave, growing sizes. */
  'plan.propose': call(
    z.object({ targets: z.array(target).min(1).max(500) }),
    z.object({
      waves: z.array(proposedWave).max(100),
      /** Why so, one sentence each. */
      because: z.array(text(400)).max(10),
    }),
  ),
  /** What every plan that is not over does now, of the incidents that are open. */
  'plan.now': call(none, z.object({ rev, plans: z.array(planNow).max(100) })),
  /**
   * For whoever makes a plan: where a system runs, by the packs' topology, then the regions of what it leans on, and which probes and
   * alerts of ours see each; the same for the `targets` that are named. `note`: why there is nothing, or less.
   */
  'plan.places': call(
    z.object({ system: text(120), targets: z.array(target).max(500) }),
    z.object({
      systems: z.array(z.object({ name: text(120), title: text(200) })).max(500),
      known: z.boolean(),
      places: z
        .array(
          z.object({
            target,
            /** False: only something that it leans on is there. */
            runs: z.boolean(),
            needs: z.array(text(120)).max(20),
            by: z.array(text(120)).max(20),
          }),
        )
        .max(200),
      seen: z.array(z.object({ target, by: z.array(text(120)).max(20) })).max(500),
      note: text(400).nullable(),
    }),
  ),
  /** Plans of the room that run or are paused and hold pending targets of the one that is to be made. Errors as `plan.create`. */
  'plan.overlap': call(
    z.object({
      incident: id,
      of: z.union([
        z.object({ folder: id, path: text(4096) }),
        z.object({ targets: z.array(target).min(1).max(500) }),
      ]),
    }),
    z.object({
      plans: z
        .array(
          z.object({
            plan: id,
            title: text(400),
            state: z.enum(['running', 'paused']),
            /** Pending there: these would be taken over. */
            taken: z.array(target).max(500),
            /** Begun there: they stay. */
            stay: z.array(target).max(500),
            /** Targets that the other plan keeps. */
            left: z.number().int(),
          }),
        )
        .max(50),
    }),
  ),
  'plan.get': call(z.object({ incident: id, plan: id }), z.object({ rev, plan: planView })),
  /** The plan as a runbook's Markdown, to save it. */
  'plan.text': call(z.object({ incident: id, plan: id }), z.object({ text: text(1_000_000) })),
  /** Writes that text into a chosen runbook folder. Error `file-exists` unless `replace`; `name-refused`, `not-written`. */
  'plan.save': call(
    z.object({ incident: id, plan: id, folder: id, name: text(200).min(1), replace: z.boolean() }),
    z.object({ folder: id, path: text(4096) }),
  ),
  /**
   * `ok: false`: refused, with every rule that forbids it. A refusal is no error: preflight that it ran again may have been
   * recorded. Errors are the journal's, `no-incident` and `no-plan`.
   */
  'plan.do': call(
    z.object({ incident: id, plan: id, action: planAction }),
    z.object({ ok: z.boolean(), entries: z.array(id).max(2000), why: forbids, rev }),
  ),
  /**
   * "I have it": the person of this desk takes every alarm of the plan that nobody has. Refused with `no-name` while nobody has
   * said their name, with `no-alarm` where nothing sounds any more. `keys` takes only these.
   */
  'plan.acknowledge': call(
    z.object({ incident: id, plan: id, keys: z.array(text(400)).max(50).optional() }),
    z.object({ entry: id, alarms: z.array(text(400)).max(50), rev }),
  ),
};

export const planEvents = {
  /** After every change of a plan of an incident that was asked for, and each second while it runs and something moved. */
  'plan.changed': event(z.object({ rev, incident: id, plan: planView })),
  /** After every change of what `plan.now` answers. */
  'plan.nowChanged': event(z.object({ rev, plans: z.array(planNow).max(100) })),
};
