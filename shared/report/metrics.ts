// Metrics between two milestones (domain.md, Incident). Each is recorded, pending, not applicable or invalid, and says so.
import type { IncidentView } from '../contract/room.ts';
import { fromInstant, type Instant } from '../time/clock.ts';

type MilestoneName = IncidentView['milestones'][number]['name'];

export interface Metric {
  readonly name: 'detect' | 'acknowledge' | 'mitigate' | 'resolve';
  readonly from: MilestoneName;
  readonly to: MilestoneName;
  /** `pending`: the end is not there yet. `not-applicable`: the start was never set and the incident is over. `invalid`: it ends before it starts. */
  readonly state: 'recorded' | 'pending' | 'not-applicable' | 'invalid';
  readonly ms: number | null;
  /** One of the two times is known to the minute only, or about. */
  readonly about: boolean;
  readonly start: Instant | null;
  readonly end: Instant | null;
  /** How often either milestone was set: more than one and the last counts. */
  readonly values: number;
}

const DEFINITIONS: readonly [Metric['name'], MilestoneName, MilestoneName][] = [
  ['detect', 'impact-started', 'detected'],
  ['acknowledge', 'detected', 'acknowledged'],
  ['mitigate', 'impact-started', 'mitigated'],
  ['resolve', 'impact-started', 'resolved'],
];

/** Recomputed from the milestones as they stand; a correction changes it. */
export function metrics(incident: Pick<IncidentView, 'milestones' | 'closedAt'>): Metric[] {
  const find = (name: MilestoneName) => incident.milestones.find((m) => m.name === name);
  return DEFINITIONS.map(([name, from, to]) => {
    const start = find(from);
    const end = find(to);
    const base = {
      name,
      from,
      to,
      start: start?.at ?? null,
      end: end?.at ?? null,
      about:
        (start !== undefined && start.precision !== 'second') ||
        (end !== undefined && end.precision !== 'second'),
      values: Math.max(start?.values ?? 0, end?.values ?? 0),
    };
    if (!start || !end) {
      const over = incident.closedAt !== null;
      return { ...base, state: over ? 'not-applicable' : 'pending', ms: null } as const;
    }
    const ms = fromInstant(end.at) - fromInstant(start.at);
    return ms < 0
      ? ({ ...base, state: 'invalid', ms: null } as const)
      : ({ ...base, state: 'recorded', ms } as const);
  });
}
