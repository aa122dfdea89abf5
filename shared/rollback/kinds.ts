// The kinds of entries that a plan's life consists of, past tense, each with the schema of its body (loose: what a newer
// Bulkhead adds lives on). Every one names its `plan`, but what concerns the machine as a whole.
import { z } from 'zod';

const text = z.string().max(4000);
const id = z.string().min(1).max(200);
const by = z.string().max(200);
const instant = z.string().refine((value) => !Number.isNaN(Date.parse(value)), 'is not an instant');
const count = z.number().int().min(0);
const seconds = z.number().min(0);
const readings = z.array(z.looseObject({ source: z.string(), at: instant })).default([]);
const plan = id;
/** Keys of the trips that the writer had seen standing (rule 9: open wins unless the entry names the trip). */
const trips = z.array(id).default([]);

const onPlan = { plan, by: by.optional(), reason: text.optional() };
const onTarget = { ...onPlan, target: id };
const onWave = { ...onPlan, wave: id };
/** A step of a target, or (sections before, after, finally) of the plan or of a wave; then `target` is absent. */
const onStep = {
  ...onPlan,
  target: id.optional(),
  section: z.enum(['before', 'prepare', 'each', 'after', 'revert', 'finally']).default('each'),
  /** Of a step under "After each wave". */
  wave: id.optional(),
  step: count,
  /** Entries about this step that the writer had seen last; what is not among them was written apart. */
  saw: z.array(id).default([]),
  by,
};
const started = { ...onTarget, wave: id, readings, attempt: count, by, trips };
const evidence = z.looseObject({}).default({});

export const CHANGES = [
  'add-target',
  'remove-target',
  'move-target',
  'reorder',
  'pull-forward',
  'split-wave',
  'set-bake',
  'set-gate',
  'set-limit',
  'set-pace',
  'set-step',
  'take-over',
  'taken-over',
  'watch',
] as const;

export const planKinds = {
  'plan-created': z.looseObject({
    ...onPlan,
    definition: z.looseObject({}),
    watch: z.array(z.string()).default([]),
    takesOver: id.optional(),
  }),
  'plan-changed': z.looseObject({
    ...onPlan,
    change: z.enum(CHANGES),
    by,
    loosens: z.boolean().default(false),
  }),
  'preflight-done': z.looseObject({
    ...onPlan,
    wave: id.optional(),
    findings: z.array(
      z.looseObject({ code: id, about: z.string(), text, question: z.boolean().default(false) }),
    ),
  }),
  'finding-accepted': z.looseObject({
    ...onPlan,
    code: id,
    about: z.string(),
    by,
    answer: z.string().optional(),
  }),
  'plan-started': z.looseObject({ ...onPlan, by, baselines: z.record(z.string(), readings).default({}) }),
  'plan-paused': z.looseObject({ ...onPlan, by }),
  'plan-resumed': z.looseObject({ ...onPlan, by }),
  'plan-aborted': z.looseObject({ ...onPlan, by, reason: text }),
  'plan-completed': z.looseObject({ ...onPlan, by }),
  'wave-started': z.looseObject({ ...onWave, by }),
  'target-started': z.looseObject(started),
  'target-done': z.looseObject({ ...onTarget, attempt: count }),
  'target-failed': z.looseObject({ ...onTarget, by }),
  'target-retried': z.looseObject({ ...started, fresh: z.boolean() }),
  'target-skipped': z.looseObject({ ...onTarget, by, reason: text }),
  'target-reverting': z.looseObject({ ...onTarget, by, reason: text }),
  'target-reverted': z.looseObject({ ...onTarget, attempt: count }),
  'step-started': z.looseObject(onStep),
  'step-done': z.looseObject(onStep),
  'step-failed': z.looseObject(onStep),
  'step-skipped': z.looseObject(onStep),
  'step-undone': z.looseObject(onStep),
  'bake-started': z.looseObject({
    ...onWave,
    n: count,
    needed: seconds,
    targets: z.array(id),
    peers: z.array(id).default([]),
    /** Set when one target bakes alone while the breaker is half-open. */
    trial: z.boolean().default(false),
  }),
  'bake-gap': z.looseObject({
    ...onWave,
    n: count,
    trial: z.boolean().default(false),
    from: instant,
    to: instant,
    cause: z.enum(['closed', 'asleep', 'silent', 'link-lost', 'clock-untrusted']),
  }),
  'bake-ended': z.looseObject({
    ...onWave,
    n: count,
    trial: z.boolean().default(false),
    cause: z.enum(['full', 'trip', 'undone', 'failed', 'reverted', 'aborted', 'passed']),
    watched: seconds,
  }),
  'gate-waiting': z.looseObject({
    ...onWave,
    n: count,
    codes: z.array(z.string()),
    verdicts: z.record(z.string(), z.enum(['success', 'better', 'no-better', 'unknown'])).default({}),
  }),
  'gate-passed': z.looseObject({
    ...onWave,
    n: count,
    trips,
    /** Every condition of the gate as it stood. */
    conditions: z.array(z.looseObject({ code: z.string(), met: z.boolean() })).default([]),
    verdicts: z.record(z.string(), z.enum(['success', 'better', 'no-better', 'unknown'])).default({}),
  }),
  'hold-overridden': z.looseObject({
    ...onPlan,
    code: id,
    wave: id.optional(),
    target: id.optional(),
    by,
    reason: text,
    /** What was overridden, as it was shown. */
    overrode: z.array(z.looseObject({ code: z.string(), text: z.string() })).default([]),
  }),
  'breaker-opened': z.looseObject({
    ...onTarget,
    rule: id,
    n: count,
    /** Waves whose pass the writer had seen. */
    passed: z.array(id).default([]),
    /** True: half-open ended badly; no new trip of a rule. */
    back: z.boolean().default(false),
    trips,
    evidence,
  }),
  'breaker-half-opened': z.looseObject({
    ...onTarget,
    choose: z.enum(['try-one', 'look-again']),
    by,
    reason: text,
    trips,
  }),
  'breaker-closed': z.looseObject({ ...onPlan, trips, levels: z.record(z.string(), readings).default({}) }),
  'trip-accepted': z.looseObject({ ...onTarget, by, reason: text, trips, readings }),
  'trip-noted': z.looseObject({
    ...onTarget,
    rule: id,
    n: count,
    /** As with `breaker-opened`: elsewhere the breaker may have been closed. Entries of older versions do not say. */
    passed: z.array(id).optional(),
    evidence,
  }),
  'late-news': z.looseObject({
    ...onTarget,
    service: z.string(),
    readings,
    alsoPlan: z.boolean().default(false),
  }),
  'clock-jumped': z.looseObject({
    /** Milliseconds that the wall clock moved against the uptime. */
    by: z.number(),
    /** False: found after a restart, and not to be trusted. */
    trusted: z.boolean().default(true),
    /** Plan time since when nobody knows the time; with `trusted: false`. */
    since: instant.optional(),
  }),
  'machine-slept': z.looseObject({ from: instant, to: instant }),
} as const;

export type PlanKind = keyof typeof planKinds;
export type PlanBody<K extends PlanKind> = z.output<(typeof planKinds)[K]>;

export const isPlanKind = (kind: string): kind is PlanKind => Object.hasOwn(planKinds, kind);

/** Kinds that concern the machine, not one plan. */
export const MACHINE_KINDS: readonly string[] = ['clock-jumped', 'machine-slept'];
