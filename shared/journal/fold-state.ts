// The Incident as the fold keeps it: bounded, plain JSON (it is stored in checkpoints), changed only by entries.
// No list grows with the journal: each has a cap, and what is dropped stays counted.

import type { z } from 'zod';
import type {
  Checklist,
  factState,
  IncidentLine,
  integrity,
  milestone,
  phase,
  severity,
} from '../contract/room.ts';
import type { State } from '../health/types.ts';
import { worst } from '../health/worst.ts';
import { isClosed } from '../incident/words.ts';
import type { Instant } from '../time/clock.ts';
import type { Precision } from '../time/format.ts';

export type Severity = z.infer<typeof severity>;
export type Phase = z.infer<typeof phase>;
export type Milestone = z.infer<typeof milestone>;
export type Integrity = z.infer<typeof integrity>;
export type FactState = z.infer<typeof factState>;
export type Mode = IncidentLine['mode'];
export type ChecklistStep = Checklist['steps'][number];

/** Raised with every change of what entries mean; checkpoints of another version are made again. */
export const FOLD_VERSION = 13;

export const CAPS = {
  phases: 200,
  milestoneValues: 20,
  roles: 40,
  affected: 200,
  services: 60,
  spans: 200,
  facts: 100,
  actions: 200,
  questions: 100,
  decisions: 20,
  checklists: 40,
  notWatched: 50,
  plans: 20,
  changes: 100,
  /** Waves and bakes of all plans, and the unwatched stretches of one. */
  bars: 400,
  barGaps: 50,
  /** Confirmations of one fact lie close together in the order of state; this many keys back they are recognised. */
  keys: 512,
  early: 200,
} as const;

/** Something a person wrote, as it counts now. */
export interface Item {
  readonly entry: string;
  text: string;
  at: Instant;
  readonly by: string;
}

export interface MilestoneValue {
  readonly entry: string;
  at: Instant;
  precision: Precision;
  readonly by: string;
}

export interface ServiceState {
  readonly service: string;
  state: State;
  at: Instant;
  entry: string;
  /** How often its state changed here; tells a relapse from a confirmation when a key is made. */
  turns: number;
}

export interface AffectedRegion {
  readonly provider: string;
  readonly region: string;
  /** By signals, one per service; the empty name stands for the region itself. */
  readonly services: ServiceState[];
  /** By hand; counts above the signals until it is changed or retracted. */
  manual: { state: State; services: string[]; at: Instant; entry: string } | null;
  state: State;
  since: Instant;
  entry: string;
  /** How the region's state went, for the overview. */
  readonly spans: { readonly from: Instant; readonly state: State }[];
}

export interface ChecklistState {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly revision: string;
  readonly startedAt: Instant;
  readonly startedBy: string;
  /** Pairs, not an object: names come from documents. */
  readonly values: [string, string][];
  readonly steps: ChecklistStep[];
}

/** A wave or a bake of a plan, for the overview. */
export interface PlanBar {
  readonly plan: string;
  /** The wave's name; of a target that is tried alone, the target's. */
  readonly wave: string;
  readonly what: 'wave' | 'bake';
  /** Of a bake: which one of its wave. */
  readonly n: number;
  readonly trial: boolean;
  readonly from: Instant;
  to: Instant | null;
  /** How it ended; null while it goes on. */
  end: string | null;
  readonly gaps: { readonly from: Instant; readonly to: Instant }[];
}

/** An amendment or retraction that stands before its target in the order of state. */
export type Early =
  | {
      readonly op: 'amend';
      readonly target: string;
      readonly text: string;
      readonly at: Instant | null;
      readonly precision: Precision | null;
    }
  | { readonly op: 'retract'; readonly target: string };

export interface Incident {
  readonly id: string;
  /** False until its `declared` arrived. */
  declared: boolean;
  label: string;
  title: string;
  severity: Severity;
  phase: Phase;
  mode: Mode;
  declaredAt: Instant;
  declaredEntry: string;
  closedAt: Instant | null;
  /** Where it began as a release: watched, with no incident yet. */
  release: {
    readonly label: string;
    title: string;
    readonly openedAt: Instant;
    readonly entry: string;
  } | null;
  /** Kept apart, for an end may stand before its opening in the order of state. */
  releaseEnd: { readonly at: Instant; reason: string; readonly entry: string } | null;
  readonly phases: { readonly phase: Phase; at: Instant; readonly entry: string }[];
  readonly milestones: { readonly name: Milestone; readonly values: MilestoneValue[]; total: number }[];
  readonly roles: {
    readonly role: string;
    name: string | null;
    since: Instant;
    entry: string;
    /** Machine that wrote it, and others who hold it by entries written apart: shown until one yields (rollback.md 9). */
    device: string;
    others: string[];
  }[];
  readonly affected: AffectedRegion[];
  readonly facts: (Item & { state: FactState })[];
  readonly actions: (Item & { owner: string | null; due: Instant | null; state: 'open' | 'done' })[];
  openActions: number;
  totalActions: number;
  readonly questions: (Item & { answered: string | null })[];
  readonly decisions: Item[];
  integrity: { state: Integrity; basis: string; by: string; entry: string };
  impact: { text: string; entry: string };
  readonly checklists: ChecklistState[];
  readonly counts: Record<string, number>;
  entries: number;
  unknownEntries: number;
  lastEntryAt: Instant | null;
  readonly plans: { readonly id: string; title: string; state: string }[];
  readonly bars: PlanBar[];
  /** Changes that were linked, by when they took effect. */
  readonly changes: { readonly entry: string; readonly change: string; text: string; at: Instant }[];
  readonly notWatched: { readonly from: Instant; readonly to: Instant }[];
  readonly keys: string[];
  readonly early: Early[];
  /** Place of the last entry applied in the order of state. */
  last: { hlc: string; device: string; seq: number } | null;
}

const NEVER: Instant = '1970-01-01T00:00:00.000Z';

/** An incident of which no entry has been read. */
export const emptyIncident = (id: string): Incident => ({
  id,
  declared: false,
  label: '',
  title: '',
  severity: 'SEV4',
  phase: 'investigating',
  mode: 'real',
  declaredAt: NEVER,
  declaredEntry: '',
  closedAt: null,
  release: null,
  releaseEnd: null,
  phases: [],
  milestones: [],
  roles: [],
  affected: [],
  facts: [],
  actions: [],
  openActions: 0,
  totalActions: 0,
  questions: [],
  decisions: [],
  integrity: { state: 'unknown', basis: '', by: '', entry: '' },
  impact: { text: '', entry: '' },
  checklists: [],
  counts: {},
  entries: 0,
  unknownEntries: 0,
  lastEntryAt: null,
  plans: [],
  bars: [],
  changes: [],
  notWatched: [],
  keys: [],
  early: [],
  last: null,
});

/** Is it a release that nobody has declared an incident? */
export const isRelease = (incident: Pick<Incident, 'declared' | 'release'>): boolean =>
  incident.release !== null && !incident.declared;

/** A release is over by its end, an incident by its phase; what is both became an incident. */
export function settleRelease(incident: Incident): void {
  if (incident.release === null) return;
  if (isRelease(incident)) incident.closedAt = incident.releaseEnd?.at ?? null;
  else if (!isClosed(incident.phase)) incident.closedAt = null;
  else
    incident.closedAt ??= incident.phases.findLast((one) => isClosed(one.phase))?.at ?? incident.declaredAt;
}

/** Adds at the end and lets the oldest go where the cap is reached. */
export function keep<T>(list: T[], item: T, cap: number): void {
  list.push(item);
  if (list.length > cap) list.splice(0, list.length - cap);
}

/** Takes the first element that answers to the test out of a list; undefined when there is none. */
export function take<T>(list: T[], test: (item: T) => boolean): T | undefined {
  const at = list.findIndex(test);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}

/** Adds a value of a milestone; the last one counts, all are kept up to the cap and counted beyond it. */
export function addMilestone(incident: Incident, name: Milestone, value: MilestoneValue): void {
  let found = incident.milestones.find((m) => m.name === name);
  if (!found) {
    found = { name, values: [], total: 0 };
    incident.milestones.push(found);
  }
  found.total += 1;
  keep(found.values, value, CAPS.milestoneValues);
}

export const milestoneOf = (incident: Incident, name: Milestone): MilestoneValue | undefined =>
  incident.milestones.find((m) => m.name === name)?.values.at(-1);

/** The region's row, made when it is new; the mildest and oldest row goes when there are too many. */
export function regionOf(
  incident: Incident,
  provider: string,
  region: string,
  at: Instant,
  entry: string,
): AffectedRegion {
  const found = incident.affected.find((a) => a.provider === provider && a.region === region);
  if (found) return found;
  const made: AffectedRegion = {
    provider,
    region,
    services: [],
    manual: null,
    state: 'operational',
    since: at,
    entry,
    spans: [],
  };
  if (incident.affected.length >= CAPS.affected) {
    const mildest = incident.affected.findIndex((a) => a.state === 'operational');
    incident.affected.splice(mildest < 0 ? 0 : mildest, 1);
  }
  incident.affected.push(made);
  return made;
}

/** Settles the region's own state after a change of its services or of what a person said. */
export function settleRegion(region: AffectedRegion, at: Instant, entry: string): void {
  const state = region.manual?.state ?? worst(region.services.map((s) => s.state)) ?? 'operational';
  const last = region.spans.at(-1);
  if (last && state === region.state) return;
  region.state = state;
  region.since = at;
  region.entry = entry;
  // Spans never run backwards: what is told late begins where the last one did.
  const from = last && last.from > at ? last.from : at;
  keep(region.spans, { from, state }, CAPS.spans);
}
