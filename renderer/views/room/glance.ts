// Broken, Now, Next of one room. Broken is the board's; Now and Next come from the incident. Pure, so that it can be read and tested.
import type { Glance } from '../../../shared/contract/health.ts';
import type { Checklist, IncidentView } from '../../../shared/contract/room.ts';

export interface NowLine {
  readonly glyph: 'doing' | 'todo' | 'done';
  /** What is worked, or the decision in force. */
  readonly lead: string;
  readonly working: readonly {
    readonly who: string | null;
    readonly step: string;
    readonly since: string | null;
  }[];
}

const doing = (lists: readonly Checklist[]) =>
  lists.flatMap((list) =>
    list.steps
      .filter((step) => step.state === 'doing')
      .map((step) => ({ who: step.by, step: step.title, since: step.at, list: list.title })),
  );

/** The decision in force stands above what is worked; without one, the step; without both, the phase. */
export function nowLine(incident: IncidentView, phaseWord: string, closed: boolean): NowLine {
  const working = doing(incident.checklists).sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? 1 : -1));
  const decision = incident.decisions.reduce<IncidentView['decisions'][number] | null>(
    (last, one) => (last === null || one.at > last.at ? one : last),
    null,
  );
  if (closed) return { glyph: 'done', lead: phaseWord, working: [] };
  const first = working[0];
  return {
    glyph: first ? 'doing' : 'todo',
    lead: decision?.text ?? first?.step ?? phaseWord,
    working: working.slice(0, 2).map(({ who, step, since }) => ({ who, step, since })),
  };
}

export interface Due {
  readonly at: string;
  readonly label: string;
  readonly who: string;
}

/** What is due next, at most three: open actions with a time, and what the board says is due. Late ones stay first. */
export function nextDue(incident: IncidentView, board: Glance | null): Due[] {
  const actions = incident.actions
    .filter((action) => action.state === 'open' && action.due !== null)
    .map((action) => ({ at: action.due ?? '', label: action.text, who: action.owner ?? '' }));
  return [...actions, ...(board?.next ?? [])]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(0, 3);
}

export interface ElapsedLine {
  readonly kind: 'impact' | 'declared' | 'closed';
  readonly from: string;
  readonly to: string | null;
}

/** From when the clock counts. Impact is never guessed: without it, since declared. */
export function elapsedFrom(incident: IncidentView, closed: boolean): ElapsedLine {
  const from = incident.impactStartedAt ?? incident.declaredAt;
  if (closed && incident.closedAt) return { kind: 'closed', from, to: incident.closedAt };
  return { kind: incident.impactStartedAt ? 'impact' : 'declared', from, to: null };
}
