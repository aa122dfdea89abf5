// A rollback plan as main explains it: every state as data (which rule, which evidence); the screen only draws it.
// Durations are milliseconds; instants are plan time, which the wall clock's jumps do not move (rollback.md 14).
import { z } from 'zod';
import { id, instant, text } from './define.ts';
import { state } from './health.ts';
import {
  breakerStatus,
  forbids,
  gapCause,
  ms,
  planSection,
  planStatus,
  planStepState,
  target,
  targetMark,
  targetSection,
  targetStatus,
  wave,
  waveStatus,
  why,
} from './plan-parts.ts';

export const condition = z.object({
  ...why.shape,
  met: z.boolean(),
  /** Not met, but a named person has overridden it. */
  overridden: z.boolean(),
});

export const gap = z.object({ from: instant, to: instant.nullable(), cause: gapCause });

export const bake = z.object({
  neededMs: ms,
  /** Watched time so far; never more than needed. */
  watchedMs: ms,
  /** A gap that goes on has no end. */
  gaps: z.array(gap).max(200),
  startedAt: instant.nullable(),
  /** When it will be full if nothing falls silent; null: it does not run. */
  endsAt: instant.nullable(),
  endedAt: instant.nullable(),
  endedBy: z.enum(['full', 'trip', 'undone', 'failed', 'reverted', 'aborted', 'passed']).nullable(),
});

/** One report of a step that others were written apart from, or that did it a second time. */
const stepReport = z.object({ state: planStepState, by: text(120), at: instant });
const stepMarks = {
  number: z.number().int(),
  state: planStepState,
  /** Two names where it was done twice. */
  by: z.array(text(120)).max(20),
  at: instant.nullable(),
  reason: text(2000).nullable(),
  disputed: z.boolean(),
  /** Each of them, where there is more than one; else empty. */
  reports: z.array(stepReport).max(20),
};
const ownStep = z.object(stepMarks);
/** Steps of the plan itself, or of a wave. They hold nothing. */
export const ownSteps = z.object({ steps: z.array(ownStep).max(400), forbids });
export type OwnStep = z.infer<typeof ownStep>;

const planWave = z.object({
  name: wave,
  state: waveStatus,
  targets: z.array(target).max(500),
  /** A target that was pulled forward and bakes alone. */
  alone: z.boolean(),
  startedAt: instant.nullable(),
  bake,
  gate: z.object({
    kind: z.enum(['health', 'manual']),
    state: z.enum(['closed', 'waiting', 'passed']),
    /** Counted one by one: "3 of 4". As they stood when it passed, where it has. */
    conditions: z.array(condition).max(40),
    waitingSince: instant.nullable(),
    passedAt: instant.nullable(),
    /** Null where it passed by itself. */
    passedBy: text(120).nullable(),
  }),
  /** What forbids its start; empty when it may start or has started. */
  startForbids: forbids,
  /** What forbids that a named person passes its gate now. */
  passForbids: forbids,
  /** Steps of "After each wave". */
  after: ownSteps,
});
export type PlanWave = z.infer<typeof planWave>;

/** A value as words ("errors 0.4 %, 240 tries") with its source and time. */
const shownReading = z.object({
  source: text(200),
  text: text(400),
  state: state.nullable(),
  at: instant,
  /** Of a probe, an alert or a person; only those pass gates. */
  ours: z.boolean(),
});

const targetStep = z.object({ section: targetSection, ...stepMarks });

const planTarget = z.object({
  id: target,
  wave: wave.nullable(),
  state: targetStatus,
  marks: z.array(targetMark).max(5),
  /** Which version the record says that it runs. */
  on: z.enum(['from', 'to', 'between']),
  startedAt: instant.nullable(),
  reason: text(2000).nullable(),
  acceptedBy: text(120).nullable(),
  /** Readings when it was started (when the plan was, where it has not been). */
  baseline: z.array(shownReading).max(12),
  reading: z.array(shownReading).max(12),
  /** Last reading of ours when there is no fresh one; null: fresh, or never heard (`heard` tells). */
  silentSince: instant.nullable(),
  heard: z.boolean(),
  /** Steps under "Prepare each target" and "Each target"; those under "Revert a target" once it is reverting. */
  steps: z.array(targetStep).max(400),
  /** Started before the news of an open breaker. */
  unaware: z.boolean(),
  /** What forbids its start (pending) or its retry (failed, reverted). */
  startForbids: forbids,
  skipForbids: forbids,
  /** `no-revert-steps` where the plan has none. */
  revertForbids: forbids,
  /** What forbids that it is pulled forward now. */
  pullForbids: forbids,
});
export type PlanTarget = z.infer<typeof planTarget>;

const planStep = z.object({
  section: planSection,
  number: z.number().int(),
  title: text(2000),
  text: text(20_000),
  commands: z.array(text(20_000)).max(20),
  expected: text(2000).nullable(),
  lastsMs: ms.nullable(),
  danger: z.boolean(),
  /** The word to type for a dangerous step; null: the target's name. */
  confirm: text(200).nullable(),
  twoPerson: z.boolean(),
});

export type PlanStep = z.infer<typeof planStep>;

export const trip = z.object({
  key: text(400),
  target,
  rule: text(400),
  at: instant,
  /** False: a further one while the breaker was open. */
  opened: z.boolean(),
  status: z.enum(['standing', 'cleared', 'accepted']),
  evidence: z.object({
    source: text(200),
    value: text(400),
    limit: text(400),
    baseline: text(400),
    tries: z.number().nullable(),
    since: instant.nullable(),
    at: instant.nullable(),
    excerpt: text(4000).nullable(),
    /** The last readings of its source: errors in percent, or milliseconds. */
    chart: z.array(z.object({ at: instant, value: z.number() })).max(20),
  }),
});
export type PlanTrip = z.infer<typeof trip>;

const breakerChoice = z.object({
  choose: z.enum(['try-one', 'look-again', 'accept']),
  /** Targets that it can be chosen for; empty: `forbids` says why not. */
  targets: z.array(target).max(500),
  forbids,
});

const planBreaker = z.object({
  state: breakerStatus,
  since: instant.nullable(),
  /** The trip that opened it; null when it is closed. */
  tripped: trip.nullable(),
  /** The last trips, newest first. */
  trips: z.array(trip).max(20),
  untouched: z.object({ worse: z.number().int(), of: z.number().int(), text: text(400) }),
  /** It may not close sooner; null: the cool time is over. */
  coolUntil: instant.nullable(),
  retryMs: ms,
  half: z
    .object({
      choose: z.enum(['try-one', 'look-again']),
      target,
      by: text(120),
      at: instant,
      /** Watched since; null: the target is silent. */
      since: instant.nullable(),
      /** The bake of the target that is tried alone. */
      bake: bake.nullable(),
    })
    .nullable(),
  choices: z.array(breakerChoice).max(3),
});

const planFinding = z.object({
  code: text(60),
  about: text(200),
  text: text(2000),
  /** Bulkhead cannot know it: a named person answers yes, no, not known. */
  question: z.boolean(),
  accepted: z.object({ by: text(120), reason: text(2000), answer: text(40).nullable() }).nullable(),
});

/** A rule of the breaker, as words and as what can be changed of it. */
const planRule = z.object({
  id: text(400),
  text: text(400),
  /** Null: it has no limit to change. */
  limit: z
    .object({
      type: z.enum(['errors', 'p95', 'failed']),
      text: text(60),
      /** Null: the default one. */
      margin: z.number().nullable(),
      forMs: ms,
    })
    .nullable(),
});

const planHold = z.object({ ...why.shape, wave: wave.optional() });

/** What sounds until a named person has it, or acts on it. */
const planAlarm = z.object({
  /** One per occasion, the same on every machine. */
  key: text(400).min(1),
  /** `bake`: it is full and its gate has passed by itself; what comes next waits for a person. */
  kind: z.enum(['breaker', 'gate', 'bake', 'clock']),
  /** The target that tripped, or the wave; empty of a clock that cannot be trusted. */
  about: text(200),
  since: instant,
  had: z.object({ by: text(200), at: instant }).nullable(),
});
export type PlanAlarm = z.infer<typeof planAlarm>;

export const planView = z.object({
  id,
  incident: id,
  kind: z.enum(['rollback', 'roll-forward', 'phased-deployment']),
  title: text(400),
  state: planStatus,
  /** Said of a running plan whose wave is held or whose breaker is not closed. */
  held: z.boolean(),
  /** The plan whose pending targets this one took over when it was made. */
  takesOver: z.object({ plan: id, title: text(400) }).nullable(),
  /** Plans that took over targets of this one. */
  takenOverBy: z.array(z.object({ plan: id, title: text(400), targets: z.array(target).max(500) })).max(20),
  change: z.object({
    system: text(200),
    from: text(200).nullable(),
    to: text(200),
    deployedAt: text(40).nullable(),
    schema: z.enum(['reversible', 'expand-only', 'irreversible', 'unknown']),
  }),
  createdAt: instant,
  startedAt: instant.nullable(),
  /** Plan time when this was made; count down from it, with the clock of the application. */
  now: instant,
  /** Who watches: this machine, another one, or nobody yet. */
  watch: z.object({ device: text(200).nullable(), here: z.boolean() }),
  checked: z.boolean(),
  findings: z.array(planFinding).max(400),
  breaker: planBreaker,
  waves: z.array(planWave).max(120),
  targets: z.array(planTarget).max(500),
  /** The text of the steps, once for all targets. */
  steps: z.array(planStep).max(400),
  /** Steps of "Before" and "Finally". */
  before: ownSteps,
  finally: ownSteps,
  /** The plan's own variables, for the commands of its steps. */
  variables: z.record(text(60), text(2000)).optional(),
  pace: z.object({ atOnce: z.number().int().nullable(), apartMs: ms }),
  staleMs: ms,
  rules: z.array(planRule).max(50),
  holds: z.array(planHold).max(200),
  alarms: z.array(planAlarm).max(50),
  overrides: z
    .array(
      z.object({
        code: text(60),
        wave: wave.nullable(),
        target: target.nullable(),
        by: text(120),
        reason: text(2000),
        at: instant,
        entry: id,
      }),
    )
    .max(200),
  /** What forbids each action on the plan as a whole; empty: it may. */
  actions: z.object({
    'start-plan': forbids,
    pause: forbids,
    resume: forbids,
    abort: forbids,
    complete: forbids,
    'take-watch': forbids,
  }),
  /** Questions to the room that hold nothing ("two reverts: pause?"), and steps of the plan itself that are not done. */
  asks: z.array(text(400)).max(130),
  /** Steps of the plan itself that are left, with their words: for abort and completion. */
  left: z.array(text(4000)).max(130),
  /** Every target in words: "on 4.17.3", "not begun, still on 4.18.0". */
  list: z.array(z.object({ target, state: targetStatus, text: text(2400) })).max(500),
  /** This machine cannot be kept awake: one sentence; null where it is, or need not be. */
  sleepWarning: text(400).nullable(),
});
export type PlanView = z.infer<typeof planView>;
