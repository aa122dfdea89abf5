// Finding what an amendment or a retraction is about among the things the Incident holds.
import { type Early, type Incident, settleRegion, take } from './fold-state.ts';

type Amend = Extract<Early, { op: 'amend' }>;

/** Applies new words and a new time to whatever came from that entry; false when the Incident holds nothing of it. */
export function amendItem(incident: Incident, { target, text, at, precision }: Amend): boolean {
  // Before milestones: a declaration sets some of those, and amending it corrects the title.
  if (incident.declared && incident.declaredEntry === target) {
    incident.title = text;
    return true;
  }
  if (incident.release?.entry === target) {
    incident.release.title = text;
    if (!incident.declared) incident.title = text;
    return true;
  }
  if (incident.releaseEnd?.entry === target) {
    incident.releaseEnd.reason = text;
    return true;
  }
  for (const list of [
    incident.facts,
    incident.actions,
    incident.questions,
    incident.decisions,
    incident.changes,
  ]) {
    const item = list.find((i) => i.entry === target);
    if (!item) continue;
    item.text = text;
    if (at !== null) item.at = at;
    return true;
  }
  for (const { values } of incident.milestones) {
    const value = values.find((v) => v.entry === target);
    if (!value) continue;
    if (at !== null) {
      value.at = at;
      value.precision = precision ?? value.precision;
    }
    return true;
  }
  if (incident.impact.entry === target) {
    incident.impact = { ...incident.impact, text };
    return true;
  }
  if (incident.integrity.entry === target) {
    incident.integrity = { ...incident.integrity, basis: text };
    return true;
  }
  return false;
}

/** Takes back whatever came from that entry; false when the Incident holds nothing of it. */
export function retractItem(incident: Incident, target: string): boolean {
  const is = (item: { readonly entry: string }): boolean => item.entry === target;
  if (take(incident.facts, is) || take(incident.decisions, is) || take(incident.questions, is)) return true;
  if (take(incident.changes, is)) return true;
  const action = take(incident.actions, is);
  if (action) {
    incident.totalActions -= 1;
    if (action.state === 'open') incident.openActions -= 1;
    return true;
  }
  const answered = incident.questions.find((q) => q.answered === target);
  if (answered) {
    answered.answered = null;
    return true;
  }
  for (const milestone of incident.milestones) {
    if (!take(milestone.values, is)) continue;
    milestone.total -= 1;
    // An older value counts again; with none left the milestone is not set.
    if (milestone.values.length === 0) take(incident.milestones, (m) => m === milestone);
    return true;
  }
  return retractAffected(incident, target);
}

function retractAffected(incident: Incident, target: string): boolean {
  let found = false;
  for (const region of [...incident.affected]) {
    if (region.manual?.entry === target) {
      region.manual = null;
      found = true;
    } else {
      const before = region.services.length;
      while (take(region.services, (s) => s.entry === target)) found = true;
      if (region.services.length === before) continue;
    }
    if (region.manual === null && region.services.length === 0) take(incident.affected, (a) => a === region);
    else settleRegion(region, region.since, region.entry);
  }
  return found;
}
