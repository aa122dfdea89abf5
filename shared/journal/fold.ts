// The fold: entries in the order of state (hlc, device, seq) make the Incident. Pure; the same set of entries makes the same
// Incident on every machine, whatever the order of arrival (journal.md, two orders).
import type { IncidentLine, IncidentView } from '../contract/room.ts';
import { entryText } from '../text/entries.ts';
import { amendItem, retractItem } from './fold-items.ts';
import { CAPS, emptyIncident, type Incident, isRelease, keep, milestoneOf } from './fold-state.ts';
import { readEntry } from './kinds/index.ts';
import { compareForState, type FoldEntry } from './types.ts';

export { emptyIncident, FOLD_VERSION, type Incident, isRelease } from './fold-state.ts';

/**
 * Applies the next entry in the order of state; changes the accumulator it is given. Never throws: what it cannot read is
 * kept and counted (`unknownEntries`).
 */
export function apply(incident: Incident, entry: FoldEntry): Incident {
  incident.entries += 1;
  // Until its declaration is here (another machine's, or lost to damage) it counts from its first entry.
  if (incident.entries === 1) incident.declaredAt = entry.occurredAt;
  incident.last = { hlc: entry.hlc, device: entry.device, seq: entry.seq };
  if (incident.lastEntryAt === null || entry.recordedAt > incident.lastEntryAt) {
    incident.lastEntryAt = entry.recordedAt;
  }
  const read = readEntry(entry);
  if (read.is === 'withheld') return incident;
  if (read.is === 'unknown') {
    incident.unknownEntries += 1;
    return incident;
  }
  if (entry.key !== null) {
    // The first in order counts, the others confirm it. In the order of state they lie close together.
    if (incident.keys.includes(entry.key)) return incident;
    keep(incident.keys, entry.key, CAPS.keys);
  }
  incident.counts[entry.kind] = (incident.counts[entry.kind] ?? 0) + 1;
  read.kind.apply(incident, read.entry);
  if (incident.early.length > 0) applyEarly(incident, entry.id);
  return incident;
}

/** Amendments and retractions that stood before their target in the order of state. */
function applyEarly(incident: Incident, target: string): void {
  const waiting = incident.early.filter((change) => change.target === target);
  if (waiting.length === 0) return;
  const rest = incident.early.filter((change) => change.target !== target);
  incident.early.splice(0, incident.early.length, ...rest);
  for (const change of waiting) {
    if (change.op === 'amend') amendItem(incident, change);
    else retractItem(incident, target);
  }
}

/** The entries in the order of state, with the bodies gone that one of them erases: as every machine has them in the end. */
export function inStateOrder(entries: Iterable<FoldEntry>): FoldEntry[] {
  const sorted = [...entries].sort(compareForState);
  const erased = new Set<unknown>();
  for (const entry of sorted)
    if (entry.kind === 'erased' && entry.body !== null) erased.add(entry.body['entry']);
  return erased.size === 0 ? sorted : sorted.map((e) => (erased.has(e.id) ? { ...e, body: null } : e));
}

/** The Incident of a set of entries of one incident, in any order. */
export function fold(id: string, entries: Iterable<FoldEntry>): Incident {
  const incident = emptyIncident(id);
  for (const entry of inStateOrder(entries)) apply(incident, entry);
  return incident;
}

const cut = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);

/** One line of the list of incidents. */
export function toLine(incident: Incident): IncidentLine {
  const commander = incident.roles.find((r) => isCommander(r.role))?.name ?? null;
  return {
    id: incident.id,
    label: incident.label,
    title: incident.declared || isRelease(incident) ? incident.title : entryText.notDeclared,
    severity: incident.severity,
    phase: incident.phase,
    mode: incident.mode,
    declaredAt: incident.declaredAt,
    impactStartedAt: milestoneOf(incident, 'impact-started')?.at ?? null,
    closedAt: incident.closedAt,
    commander,
    entries: incident.entries,
    ...releaseOf(incident),
  };
}

function releaseOf({ release, releaseEnd }: Incident): Pick<IncidentLine, 'release'> {
  if (release === null) return {};
  const { label, title, openedAt } = release;
  return {
    release: { label, title, openedAt, endedAt: releaseEnd?.at ?? null, endReason: releaseEnd?.reason ?? '' },
  };
}

/** The role that decides; its holder stands in every list. */
export const COMMANDER = 'Incident commander';
export const isCommander = (role: string): boolean => /^(?:incident )?commander$/i.test(role.trim());

/** What the window is given: bounded, a copy, as the contract says. */
export function toView(incident: Incident): IncidentView {
  const item = (i: { entry: string; text: string; at: string; by: string }) => ({
    entry: i.entry,
    text: cut(i.text, 4000),
    at: i.at,
    by: i.by,
  });
  return {
    ...toLine(incident),
    phases: incident.phases.map(({ phase, at }) => ({ phase, at })),
    milestones: incident.milestones.map(({ name, values, total }) => {
      const { at, precision, by, entry } = values.at(-1)!;
      return { name, at, precision, by, values: total, entry };
    }),
    roles: incident.roles.map(({ role, name, since, entry, others }) => ({
      role,
      name,
      since,
      entry,
      ...(others.length > 0 ? { others: [...others] } : {}),
    })),
    affected: incident.affected.map((a) => ({
      provider: a.provider,
      region: a.region,
      state: a.state,
      services: (a.manual && a.manual.services.length > 0 ? a.manual.services : troubled(a.services)).slice(
        0,
        CAPS.services,
      ),
      since: a.since,
      entry: a.entry,
    })),
    facts: incident.facts.map((f) => ({ ...item(f), state: f.state })),
    actions: incident.actions.map(({ entry, text, owner, due, at, state }) => ({
      entry,
      text: cut(text, 4000),
      owner,
      due,
      at,
      state,
    })),
    openActions: incident.openActions,
    totalActions: incident.totalActions,
    questions: incident.questions
      .filter((q) => q.answered === null)
      .slice(-50)
      .map(item),
    decisions: incident.decisions.map(item),
    integrity: {
      state: incident.integrity.state,
      basis: cut(incident.integrity.basis, 2000),
      by: incident.integrity.by,
    },
    impact: cut(incident.impact.text, 4000),
    checklists: incident.checklists.map((c) => ({
      id: c.id,
      title: c.title,
      path: c.path,
      revision: c.revision,
      startedAt: c.startedAt,
      startedBy: c.startedBy,
      values: Object.fromEntries(c.values),
      total: c.steps.length,
      settled: c.steps.filter((s) => s.state === 'done' || s.state === 'skipped').length,
      steps: c.steps.map((s) => ({ ...s })),
    })),
    counts: { ...incident.counts },
    lastEntryAt: incident.lastEntryAt,
    unknownEntries: incident.unknownEntries,
    plans: incident.plans.map((p) => ({ ...p })),
    notWatched: incident.notWatched.map((n) => ({ ...n })),
  };
}

/** Services that are not well; all of them where every one is well again. */
function troubled(services: readonly { service: string; state: string }[]): string[] {
  const named = services.filter((s) => s.service !== '');
  const bad = named.filter((s) => s.state !== 'operational');
  return (bad.length > 0 ? bad : named).map((s) => s.service);
}
