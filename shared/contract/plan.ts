// Rollback plans in a room. Main explains every state as data (which rule, which evidence); the screen only draws it.
// Durations are milliseconds; instants are plan time, which the wall clock's jumps do not move (rollback.md 14).
import { z } from 'zod';
import { call, event, id, instant, none, rev, text } from './define.ts';
import { state } from './health.ts';
import { planNow } from './plan-now.ts';

const ms = z.number().nonnegative();
const target = text(120).min(1);
const wave = text(140).min(1);
const reason = text(2000);
const needed = reason.min(1);

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
const forbids = z.array(why).max(50);

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
export const stepReport = z.object({ state: planStepState, by: text(120), at: instant });
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
export const ownStep = z.object(stepMarks);
/** Steps of the plan itself, or of a wave. They hold nothing. */
export const ownSteps = z.object({ steps: z.array(ownStep).max(400), forbids });
export type OwnStep = z.infer<typeof ownStep>;

export const planWave = z.object({
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
export const shownReading = z.object({
  source: text(200),
  text: text(400),
  state: state.nullable(),
  at: instant,
  /** Of a probe, an alert or a person; only those pass gates. */
  ours: z.boolean(),
});

export const targetStep = z.object({ section: targetSection, ...stepMarks });

export const planTarget = z.object({
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

export const planStep = z.object({
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

export const breakerChoice = z.object({
  choose: z.enum(['try-one', 'look-again', 'accept']),
  /** Targets that it can be chosen for; empty: `forbids` says why not. */
  targets: z.array(target).max(500),
  forbids,
});

export const planBreaker = z.object({
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

export const planFinding = z.object({
  code: text(60),
  about: text(200),
  text: text(2000),
  /** Bulkhead cannot know it: a named person answers yes, no, not known. */
  question: z.boolean(),
  accepted: z.object({ by: text(120), reason: text(2000), answer: text(40).nullable() }).nullable(),
});

/** A rule of the breaker, as words and as what can be changed of it. */
export const planRule = z.object({
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

export const planHold = z.object({ ...why.shape, wave: wave.optional() });

/** What sounds until a named person has it, or acts on it. */
export const planAlarm = z.object({
  /** One per occasion, the same on every machine. */
  key: text(400).min(1),
  /** `bake`: it is full and its gate has passed by itself; what comes next waits for a person. */
  kind: z.enum(['breaker', 'gate', 'bake']),
  /** The target that tripped, or the wave. */
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
    atOnce: z.number().int().positive().max(500),
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

const created = z.object({ plan: id, entry: id, rev });

export const planCalls = {
  /** From a runbook with `kind: rollback`. Error `plan-wrong` with `detail: {problems: [{line, column, text}]}`. */
  'plan.create': call(
    z.object({
      incident: id,
      folder: id,
      path: text(4096),
      /** A plan whose pending targets this one takes over. */
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
