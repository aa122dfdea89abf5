// Incidents and their rooms: the calls and events. The renderer never holds a journal: a bounded incident (incident.ts), a timeline
// read in windows (timeline.ts), patches by event.
import { z } from 'zod';
import { call, event, id, instant, none, rev, text } from './define.ts';
import {
  factState,
  incident,
  incidentLine,
  integrity,
  milestone,
  phase,
  precision,
  severity,
  stepState,
} from './incident.ts';
import { overview, timelineFilter, timelineWindow } from './timeline.ts';
import { override } from './watch.ts';

export * from './incident.ts';
export * from './timeline.ts';

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
  /** An end that was not one. Refused (`not-ended`) while it is watched, and once it is an incident. */
  'incidents.watchAgain': call(z.object({ incident: id, reason: text(2000) }), written),
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
  /**
   * When somebody takes command from somebody else, the locks of this incident end unless they are kept: `locks` answers for each of
   * them. Refused with `locks-asked` while one of them has no answer; `room.locks` lists them.
   */
  'room.assignRole': call(
    z.object({
      incident: id,
      role: text(80).min(1),
      name: text(120).nullable(),
      locks: z
        .array(z.object({ id, keep: z.boolean() }))
        .max(200)
        .optional(),
    }),
    written,
  ),
  /** Locks over what the board shows that a handoff of this incident ends unless they are kept. */
  'room.locks': call(z.object({ incident: id }), z.object({ locks: z.array(override).max(200) })),
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
