// The stepper: six phases in order, which are passed, which is now, and when each was last entered. Back is possible, so times come from the list.
import type { IncidentView } from '../../../shared/contract/room.ts';
import { isClosed } from '../../../shared/incident/words.ts';

export const STEPPER = [
  'investigating',
  'identified',
  'rolling-back',
  'monitoring',
  'resolved',
  'reviewed',
] as const;

export type PhaseWord = IncidentView['phase'];

export interface StepperLine {
  readonly phase: PhaseWord;
  readonly state: 'done' | 'cur' | 'todo';
  /** Last entered; null when never, or skipped. */
  readonly at: string | null;
}

/** A phase that was skipped on the way counts as passed, without a time. Declined and merged end the line after what was reached. */
export function stepper(incident: Pick<IncidentView, 'phase' | 'phases'>): StepperLine[] {
  const lastAt = (phase: PhaseWord): string | null =>
    incident.phases.findLast((p) => p.phase === phase)?.at ?? null;
  const current = (STEPPER as readonly PhaseWord[]).indexOf(incident.phase);
  if (current < 0) {
    const reached = STEPPER.filter((phase) => lastAt(phase) !== null);
    return [
      ...reached.map((phase) => ({ phase, state: 'done' as const, at: lastAt(phase) })),
      { phase: incident.phase, state: 'cur', at: lastAt(incident.phase) },
    ];
  }
  return STEPPER.map((phase, i) => ({
    phase,
    state: i < current ? 'done' : i === current ? 'cur' : 'todo',
    // What lies ahead after a step back was entered once, but is to do again.
    at: i <= current ? lastAt(phase) : null,
  }));
}

/** Is the room's matter over: a release by its end, an incident by its phase? */
export const isOver = (incident: Pick<IncidentView, 'mode' | 'phase' | 'closedAt'>): boolean =>
  incident.mode === 'release' ? incident.closedAt !== null : isClosed(incident.phase);
