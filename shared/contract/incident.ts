// An incident as the window sees it: bounded, however long its journal is.
import { z } from 'zod';
import { PHASES, SEVERITIES } from '../incident/words.ts';
import { id, instant, text } from './define.ts';
import { state } from './health.ts';
import { stepSays } from './step.ts';

export const severity = z.enum(SEVERITIES);
export const phase = z.enum(PHASES);
export const milestone = z.enum([
  'impact-started',
  'detected',
  'acknowledged',
  'identified',
  'mitigated',
  'resolved',
]);
export const integrity = z.enum(['unknown', 'none-compromised', 'suspected', 'confirmed']);
export const stepState = z.enum(['todo', 'doing', 'done', 'failed', 'skipped', 'undone']);
export const factState = z.enum(['confirmed', 'suspected', 'ruled-out']);

/** How exactly a time is known: seconds not typed are unknown, `about` for ca., ~ and ranges. */
export const precision = z.enum(['second', 'minute', 'about']);

export const incidentLine = z.object({
  id,
  /** INC-0142 */
  label: text(40),
  title: text(300),
  severity,
  phase,
  /** `release`: watched, and no incident yet; severity and phase say nothing then. */
  mode: z.enum(['real', 'drill', 'retrospective', 'release']),
  /** When a release was opened, as long as it is no incident. */
  declaredAt: instant,
  impactStartedAt: instant.nullable(),
  closedAt: instant.nullable(),
  commander: text(120).nullable(),
  entries: z.number().int(),
  /** Only where it began as a release; stays when the release becomes an incident. */
  release: z
    .object({
      /** REL-0007 */
      label: text(40),
      title: text(300),
      openedAt: instant,
      endedAt: instant.nullable(),
      endReason: text(2000),
    })
    .optional(),
});
export type IncidentLine = z.infer<typeof incidentLine>;

export const checklistStep = z.object({
  ...stepSays,
  state: stepState,
  by: text(120).nullable(),
  second: text(120).nullable(),
  at: instant.nullable(),
  note: text(4000).nullable(),
  /** The entry that put it in this state; undoing names it. */
  entry: id.nullable(),
});
export const checklist = z.object({
  id,
  title: text(400),
  path: text(4096),
  /** SHA-256 of the runbook's text as started. */
  revision: text(80),
  startedAt: instant,
  startedBy: text(120),
  values: z.record(z.string(), text(2000)),
  total: z.number().int(),
  settled: z.number().int(),
  steps: z.array(checklistStep).max(1000),
});
export type Checklist = z.infer<typeof checklist>;

export const incident = z.object({
  ...incidentLine.shape,
  phases: z.array(z.object({ phase, at: instant })).max(200),
  milestones: z.array(
    z.object({ name: milestone, at: instant, precision, by: text(120), values: z.number().int(), entry: id }),
  ),
  roles: z
    .array(
      z.object({
        role: text(80),
        name: text(120).nullable(),
        since: instant,
        entry: id,
        /** Others who hold it by entries of machines that were apart; until one yields. */
        others: z.array(text(120)).max(10).optional(),
      }),
    )
    .max(40),
  /** Filled from signals and by hand. */
  affected: z
    .array(
      z.object({
        provider: text(120),
        region: text(120),
        state,
        services: z.array(text(200)).max(60),
        since: instant,
        entry: id,
      }),
    )
    .max(200),
  facts: z
    .array(z.object({ entry: id, text: text(4000), state: factState, at: instant, by: text(120) }))
    .max(100),
  actions: z
    .array(
      z.object({
        entry: id,
        text: text(4000),
        owner: text(120).nullable(),
        due: instant.nullable(),
        at: instant,
        state: z.enum(['open', 'done']),
      }),
    )
    .max(200),
  openActions: z.number().int(),
  totalActions: z.number().int(),
  questions: z.array(z.object({ entry: id, text: text(4000), at: instant, by: text(120) })).max(50),
  decisions: z.array(z.object({ entry: id, text: text(4000), at: instant, by: text(120) })).max(20),
  integrity: z.object({ state: integrity, basis: text(2000), by: text(120) }),
  impact: text(4000),
  checklists: z.array(checklist).max(40),
  counts: z.record(z.string(), z.number().int()),
  lastEntryAt: instant.nullable(),
  /** Entries of kinds or versions of a newer Bulkhead: kept, counted, passed on. */
  unknownEntries: z.number().int(),
  /** Rollback plans; empty until one is made here. Opaque summary lines. */
  plans: z.array(z.object({ id, title: text(400), state: text(40) })).max(20),
  /** Time that no process watched, as written by the machine. */
  notWatched: z.array(z.object({ from: instant, to: instant })).max(50),
});
export type IncidentView = z.infer<typeof incident>;
