// The timeline as the window sees it: rows in windows of at most 200, and the overview of the whole.
import { z } from 'zod';
import { FILTERS } from '../incident/words.ts';
import { id, instant, rev, text } from './define.ts';
import { state } from './health.ts';
import { phase, precision } from './incident.ts';

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

const filterName = z.enum(FILTERS);
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
