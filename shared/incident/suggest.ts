// What a declaration begins with: the regions its signals name, the first of them, and a severity that the board's state suggests. Pure.
import type { Board, SignalLine } from '../contract/health.ts';
import { STATES, type State } from '../health/types.ts';

export interface TakenRegion {
  readonly key: string;
  readonly provider: string;
  readonly region: string;
  readonly worst: State;
  readonly services: readonly string[];
  readonly signals: readonly string[];
  /** Regions that its signals name besides this one. */
  readonly others: readonly string[];
}

/** The signals by provider and region, worst first. */
export function takenRegions(signals: readonly SignalLine[]): TakenRegion[] {
  const by = new Map<string, TakenRegion>();
  for (const s of signals) {
    const key = `${s.provider}/${s.region}`;
    const had = by.get(key);
    by.set(key, {
      key,
      provider: had?.provider ?? s.source,
      region: s.region,
      worst: had && STATES.indexOf(had.worst) < STATES.indexOf(s.to) ? had.worst : s.to,
      services: [...new Set([...(had?.services ?? []), ...(s.services.length ? s.services : [s.service])])],
      others: [...new Set([...(had?.others ?? []), ...s.regions.filter((r) => r !== s.region)])],
      signals: [...(had?.signals ?? []), s.id],
    });
  }
  return [...by.values()].sort(
    (a, b) => STATES.indexOf(a.worst) - STATES.indexOf(b.worst) || b.signals.length - a.signals.length,
  );
}

/** The earliest signal, by when it was heard: the time that the board says of it. */
export const firstSignal = (signals: readonly SignalLine[]): SignalLine | null =>
  signals.reduce<SignalLine | null>((first, s) => (first && first.at <= s.at ? first : s), null);

export interface Suggestion {
  readonly severity: 'SEV1' | 'SEV2' | 'SEV3';
  /** `us-east-1 out, eu-west-1 partly out` */
  readonly regions: readonly { readonly region: string; readonly state: State }[];
}

/**
 * By the regions we run on, or by all columns while nobody has said where we run: two out or partly out is a SEV1, one a SEV2, degraded alone a SEV3, none of it suggests nothing.
 * It cannot know what customers see; a person chooses.
 */
export function suggestSeverity(board: Pick<Board, 'columns' | 'rows'>): Suggestion | null {
  const regions: { region: string; state: State }[] = [];
  const ours = board.columns.some((c) => c.ours);
  board.columns.forEach((column, i) => {
    if (ours && !column.ours) return;
    let worst: { region: string; state: State } | null = null;
    for (const row of board.rows) {
      const cell = row.cells[i];
      if (!cell || !['major-outage', 'partial-outage', 'degraded'].includes(cell.state)) continue;
      if (!worst || STATES.indexOf(cell.state) < STATES.indexOf(worst.state))
        worst = { region: cell.region, state: cell.state };
    }
    if (worst) regions.push(worst);
  });
  if (!regions.length) return null;
  const out = regions.filter((r) => r.state !== 'degraded').length;
  return { severity: out > 1 ? 'SEV1' : out === 1 ? 'SEV2' : 'SEV3', regions };
}
