// Incidents and their rooms. The renderer never holds a journal: a bounded Incident, a timeline read in windows, patches by event.
import { z } from 'zod';
import { FILTERS, PHASES, SEVERITIES } from '../incident/words.ts';
import { call, done, event, id, instant, none, rev, text } from './define.ts';
import { state } from './health.ts';

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
  index: z.number().int(),
  title: text(2000),
  /** Section heading it stands under; empty when none. */
  section: text(400),
  command: text(20_000).nullable(),
  expect: text(2000).nullable(),
  danger: z.boolean(),
  confirm: text(200).nullable(),
  twoPerson: z.boolean(),
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

/** What a row is drawn as; the words come with it. */
export const rowKind = z.enum([
  'declared',
  'severity',
  'phase',
  'milestone',
  'role',
  'note',
  'decision',
  'fact',
  'question',
  'answer',
  'action',
  'signal',
  'change',
  'step',
  'checklist',
  'plan',
  'gate',
  'breaker',
  'update',
  'handoff',
  'attachment',
  'integrity',
  'impact',
  'not-watched',
  'clock',
  'device',
  'erased',
  'imported',
  'unknown',
  'release',
]);
export const timelineRow = z.object({
  id,
  kind: rowKind,
  /** The journal's own kind. */
  entryKind: text(80),
  occurredAt: instant,
  recordedAt: instant,
  precision,
  /** Bold lead ("Decision", "AWS", "Step done") and the rest, plain text. */
  lead: text(200),
  text: text(20_000),
  state: state.nullable(),
  by: text(120),
  automatic: z.boolean(),
  pinned: z.boolean(),
  retracted: z.boolean(),
  erased: z.boolean(),
  versions: z.number().int(),
  /** Text before the last amendment, and its reason; null when never amended. */
  was: text(20_000).nullable(),
  amendedBy: text(120).nullable(),
  amendedAt: instant.nullable(),
  amendReason: text(2000).nullable(),
  retractReason: text(2000).nullable(),
  /** Repeats of one signal folded into this row. */
  count: z.number().int(),
  seenBy: z.number().int(),
});
export type TimelineRow = z.infer<typeof timelineRow>;

export const filterName = z.enum(FILTERS);
export const timelineFilter = z.object({
  only: filterName,
  /** Case-insensitive words that must occur. */
  find: text(400),
  retracted: z.boolean(),
});
export type TimelineFilter = z.infer<typeof timelineFilter>;

export const timelineWindow = z.object({
  rev,
  total: z.number().int(),
  offset: z.number().int(),
  rows: z.array(timelineRow).max(200),
  counts: z.record(filterName, z.number().int()),
  hidden: z.number().int(),
});
export type TimelineWindow = z.infer<typeof timelineWindow>;

export const overview = z.object({
  from: instant,
  to: instant,
  phases: z.array(z.object({ phase, from: instant, to: instant.nullable() })).max(200),
  regions: z
    .array(
      z.object({
        provider: text(120),
        region: text(120),
        spans: z.array(z.object({ from: instant, to: instant.nullable(), state })).max(200),
      }),
    )
    .max(12),
  /** Marks are binned when there are many: `n` per instant. */
  marks: z
    .array(
      z.object({
        lane: z.enum(['signals', 'steps', 'decisions', 'updates', 'notes']),
        at: instant,
        n: z.number().int(),
      }),
    )
    .max(2000),
  notWatched: z.array(z.object({ from: instant, to: instant })).max(50),
  /** Waves and bakes of plans, oldest first. */
  bars: z
    .array(
      z.object({
        plan: id,
        /** Of a target that is tried alone: its name. */
        wave: text(200),
        what: z.enum(['wave', 'bake']),
        trial: z.boolean(),
        from: instant,
        to: instant.nullable(),
        /** `full`, `trip`, `passed`, `undone`, ...; null while it goes on. */
        end: text(40).nullable(),
        /** Time in it that nobody watched. */
        gaps: z.array(z.object({ from: instant, to: instant })).max(50),
      }),
    )
    .max(400),
  /** Changes that were linked to the incident. */
  changes: z.array(z.object({ entry: id, change: id, at: instant, text: text(1000) })).max(100),
});
export type Overview = z.infer<typeof overview>;

/** When it happened, as the person chose it; null: now. Checked again in main. */
export const occurred = z.object({ at: instant, precision, typed: text(200) }).nullable();

const written = z.object({ entry: id, rev });

export const roomCalls = {
  'incidents.list': call(none, z.object({ rev, incidents: z.array(incidentLine).max(2000) })),
  'incidents.declare': call(
    z.object({
      title: text(300).min(1),
      severity,
      /** Signals of the board that it is about: they are copied into the journal with their evidence. */
      signals: z.array(id).max(500),
      impactStarted: occurred,
      commander: z.boolean(),
      /** A release that becomes this incident, in its own journal. Refused when it is one already or has ended. */
      release: id.optional(),
    }),
    z.object({ id, label: text(40), entry: id }),
  ),
  /** A room for a release that is watched, without an incident. */
  'incidents.release': call(
    z.object({ title: text(300).min(1) }),
    z.object({ id, label: text(40), entry: id }),
  ),
  /** Refused (`plan-open`) while its plan runs or is paused, unless `override` has a reason. */
  'incidents.endRelease': call(
    z.object({ incident: id, reason: text(2000), override: text(2000).optional() }),
    written,
  ),
  'room.open': call(z.object({ incident: id }), z.object({ rev, incident })),
  'timeline.window': call(
    /** `offset` counts rows of the filtered list from the oldest; null: the newest. `around`: an entry to be within the window. */
    z.object({
      incident: id,
      filter: timelineFilter,
      offset: z.number().int().nonnegative().nullable(),
      limit: z.number().int().min(1).max(200),
      around: id.nullable(),
    }),
    timelineWindow,
  ),
  'timeline.overview': call(z.object({ incident: id }), overview),
  'timeline.history': call(
    z.object({ incident: id, entry: id }),
    z.object({
      versions: z
        .array(
          z.object({
            at: instant,
            by: text(120),
            text: text(20_000),
            reason: text(2000).nullable(),
            what: text(40),
          }),
        )
        .max(500),
    }),
  ),
  'room.log': call(
    z.object({
      incident: id,
      kind: z.enum(['note', 'decision', 'fact', 'question', 'action']),
      text: text(20_000).min(1),
      occurred,
      /** For facts. */
      factState: factState.optional(),
      /** For actions. */
      owner: text(120).optional(),
      due: instant.optional(),
    }),
    written,
  ),
  'room.answer': call(z.object({ incident: id, question: id, text: text(20_000).min(1), occurred }), written),
  'room.amend': call(
    z.object({
      incident: id,
      entry: id,
      text: text(20_000).min(1),
      reason: text(2000),
      occurred: occurred.optional(),
    }),
    written,
  ),
  'room.retract': call(z.object({ incident: id, entry: id, reason: text(2000).min(1) }), written),
  'room.pin': call(z.object({ incident: id, entry: id, pinned: z.boolean() }), written),
  'room.erase': call(z.object({ incident: id, entry: id, reason: text(2000).min(1) }), written),
  'room.setSeverity': call(z.object({ incident: id, severity, reason: text(2000) }), written),
  /** Resolving a SEV1 or SEV2 with data integrity unknown is refused (`integrity-unknown`) unless `override` has a reason. */
  'room.setPhase': call(
    z.object({ incident: id, phase, reason: text(2000), override: text(2000).optional() }),
    written,
  ),
  'room.setMilestone': call(
    z.object({
      incident: id,
      name: milestone,
      occurred: z.object({ at: instant, precision, typed: text(200) }),
    }),
    written,
  ),
  'room.assignRole': call(
    z.object({ incident: id, role: text(80).min(1), name: text(120).nullable() }),
    written,
  ),
  'room.finishAction': call(z.object({ incident: id, action: id, done: z.boolean() }), written),
  'room.setIntegrity': call(z.object({ incident: id, state: integrity, basis: text(2000) }), written),
  'room.setImpact': call(z.object({ incident: id, text: text(4000) }), written),
  /** Changes as `changes.list` knows them. Errors: `no-changes`, `already-linked`. */
  'room.linkChanges': call(z.object({ incident: id, changes: z.array(id).min(1).max(50) }), written),
  'room.linkSignals': call(z.object({ incident: id, signals: z.array(id).min(1).max(500) }), written),
  /** Values may be missing; only the copy of a command that needs one is blocked. */
  'checklist.start': call(
    z.object({ incident: id, folder: id, path: text(4096), values: z.record(z.string(), text(2000)) }),
    z.object({ checklist: id, entry: id, rev }),
  ),
  'checklist.step': call(
    z.object({
      incident: id,
      checklist: id,
      step: z.number().int().nonnegative(),
      to: stepState,
      reason: text(2000).optional(),
      /** Typed confirmation of a dangerous step. */
      confirm: text(200).optional(),
      second: text(120).optional(),
    }),
    written,
  ),
  'checklist.setValue': call(
    z.object({ incident: id, checklist: id, name: text(120).min(1), value: text(2000) }),
    written,
  ),
};

export const roomEvents = {
  'incidents.changed': event(z.object({ rev, incidents: z.array(incidentLine).max(2000) })),
  /** Sent for open rooms after each append; `entries`: ids that are new or changed, at most 200. */
  'room.changed': event(z.object({ rev, incident, total: z.number().int() })),
};
export { done };
