// The front matter of a rollback plan, as the published JSON Schema describes it (`schemas/rollback-plan.schema.json`).
// Objects are loose: a key that is not known is a finding of the preflight, not an error that stops a night.
import { z } from 'zod';
import { DURATION, parseDuration } from './duration.ts';
import { COUNT, MILLIS, OF, PERCENT, parseOf, parsePercent } from './limit.ts';

const duration = z
  .string()
  .regex(DURATION, 'is not a duration; write for example 10m, 90s or 1h30m')
  .refine((text) => parseDuration(text) !== null, 'is too long a duration; at most a year')
  .describe('A duration: 10m, 90s, 1h30m');
const name = z.string().trim().min(1, 'is empty').max(120, 'is longer than 120 characters');
const target = name
  .refine((id) => id !== '__proto__', 'is no name of a target')
  .describe('provider/region, or provider/region/cell');
const percent = z
  .string()
  .regex(PERCENT, 'is not a limit in percent; write for example "> 5%" in quotes')
  .describe('A limit in percent: "> 5%"');
const millis = z
  .string()
  .regex(MILLIS, 'is not a limit in milliseconds; write for example "> 1200 ms" in quotes')
  .describe('A limit in milliseconds: "> 1200 ms"');

export const HEALTH_WORDS = [
  'operational',
  'degraded',
  'partial-outage',
  'major-outage',
  'maintenance',
  'unknown',
] as const;

/** A time without a zone is UTC; null when it is none. A date alone stays one. */
export function inUtc(text: string): string | null {
  const hit = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|z|[+-]\d\d:?\d\d)?)?$/.exec(
    text.trim(),
  );
  if (!hit) return null;
  const [, day, time, zone] = hit;
  const whole = time === undefined ? `${day}` : `${day}T${time}${(zone ?? 'Z').toUpperCase()}`;
  return Number.isNaN(Date.parse(whole)) ? null : whole;
}

/** A version may be written as a number in YAML; it is kept as text. */
const version = z.union([z.string().trim().min(1, 'is empty').max(200), z.number()]).transform(String);

/** A rule that trips on what is well, or on what cannot be, would never trip: that is said before the night. */
const above = (text: string): boolean => /^\s*>/.test(text);
const reachable = (text: string): boolean => {
  const limit = parsePercent(text);
  return limit === null || limit.value < 100 || (limit.value === 100 && limit.op === '>=');
};
const NEVER = 'would never trip; write for example "> 5%"';

const tripRule = z
  .looseObject({
    health: z.literal('worse-than-baseline').optional(),
    probe: name.optional(),
    errors: percent.refine(above, NEVER).refine(reachable, NEVER).optional(),
    failed: z
      .string()
      .regex(OF, 'is not a count of failed tries; write for example "> 3 of 10"')
      .refine((text) => parseOf(text) !== null, 'counts more tries than it looks at')
      .optional()
      .describe('Failed tries among the last: "> 3 of 10"'),
    p95: millis.refine(above, 'would never trip; write for example "> 1200 ms"').optional(),
    margin: z.number().min(0).max(100_000).optional().describe('Points above the baseline; 5 when not said'),
    min: z.number().int().min(1).max(1_000_000).optional().describe('Tries needed; 10 when not said'),
    for: duration.optional(),
    alert: z
      .string()
      .trim()
      .min(1, 'is empty')
      .max(400)
      .regex(/^[^=!]+(=~|!=|=)/, 'is not a matcher; write for example "severity=critical"')
      .optional()
      .describe('Label matchers, separated by commas: "severity=critical"'),
  })
  .refine(
    (rule) =>
      [rule.health, rule.alert, rule.probe].filter((x) => x !== undefined).length === 1 &&
      (rule.probe === undefined ||
        [rule.errors, rule.failed, rule.p95].filter((x) => x !== undefined).length === 1),
    'is not a rule: it needs health, alert, or probe with one of errors, failed, p95',
  );

const below = (text: string): boolean => /^\s*</.test(text);

const successRule = z
  .looseObject({
    health: z.enum(['operational', 'degraded']).optional(),
    probe: name.optional(),
    errors: percent.refine(below, 'is met by what fails; write for example "< 1%"').optional(),
    p95: millis.refine(below, 'is met by what is slow; write for example "< 800 ms"').optional(),
    for: duration.optional(),
  })
  .refine(
    (rule) =>
      (rule.health !== undefined) !== (rule.probe !== undefined) &&
      (rule.probe === undefined || (rule.errors !== undefined) !== (rule.p95 !== undefined)),
    'is not a condition: it needs health, or probe with errors or p95',
  );

export const frontSchema = z
  .looseObject({
    kind: z.enum(['rollback', 'roll-forward', 'phased-deployment']).default('rollback'),
    title: z.string().max(300).optional(),
    change: z.looseObject({
      system: name,
      from: version.optional().describe('The version that is taken back; a phased deployment may have none'),
      to: version,
      deployedAt: z
        .string()
        .refine((text) => inUtc(text) !== null, 'is not a time; write for example 2025-10-20T06:44:00Z')
        .optional(),
      schema: z.enum(['reversible', 'expand-only', 'irreversible', 'unknown']).default('unknown'),
    }),
    targets: z.array(target).min(1, 'names no target').max(500).optional(),
    watch: z.array(name).max(200).optional().describe('provider/service that the system leans on'),
    waves: z
      .array(
        z.looseObject({
          name: name,
          targets: z.array(target).min(1, 'names no target').max(500),
          bake: duration.optional(),
          gate: z.enum(['health', 'manual']).default('health'),
        }),
      )
      .min(1, 'names no wave')
      .max(100),
    success: z.array(successRule).max(20).optional(),
    data: z
      .looseObject({
        probe: name,
        tries: z
          .union([
            z
              .string()
              .regex(COUNT, 'is not a count; write for example ">= 100"')
              .refine(
                (text) => !/^\s*</.test(text),
                'is met by no evidence at all; write for example ">= 100"',
              ),
            z.number().int().min(0).transform(String),
          ])
          .describe('How many tries a gate by health needs: ">= 100"'),
      })
      .optional(),
    pace: z
      .looseObject({ atOnce: z.number().int().min(1).max(500).optional(), apart: duration.optional() })
      .optional(),
    breaker: z
      .looseObject({
        trip: z.array(tripRule).max(40).optional(),
        stale: duration.optional(),
        retry: duration.optional(),
        cool: duration.optional(),
      })
      .optional(),
    variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .describe('Front matter of a Bulkhead rollback plan');

export type Front = z.output<typeof frontSchema>;

/** Keys known at each place; others become a finding. The top level is a runbook's and may hold anything. */
export const KNOWN_KEYS: Readonly<Record<string, readonly string[]>> = {
  change: Object.keys(frontSchema.shape.change.shape),
  pace: ['atOnce', 'apart'],
  breaker: ['trip', 'stale', 'retry', 'cool'],
  trip: Object.keys(tripRule.shape),
  success: Object.keys(successRule.shape),
  data: ['probe', 'tries'],
  waves: ['name', 'targets', 'bake', 'gate'],
};
export const TOP_KEYS: readonly string[] = Object.keys(frontSchema.shape);

/** The published schema, for editors. */
export const planJsonSchema = (): Record<string, unknown> => ({
  ...(z.toJSONSchema(frontSchema, { io: 'input' }) as Record<string, unknown>),
  title: 'Bulkhead rollback plan (front matter)',
});
