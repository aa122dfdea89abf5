// Words of regional health (domain.md, Health). Pure data: parsers make it, the judge folds it, the board draws it.
import type { Instant } from '../time/clock.ts';

/** Worst first. `unknown` ranks above operational: silence is not health. */
export const STATES = [
  'major-outage',
  'partial-outage',
  'degraded',
  'maintenance',
  'unknown',
  'operational',
] as const;
export type State = (typeof STATES)[number];

/** Did the source say it, or does it only list trouble and leave this out? */
export type Basis = 'stated' | 'nothing-reported';

/** (provider, region, service). Region is the provider's own code, `global` where it has none; service is the provider's product. */
export interface Place {
  readonly provider: string;
  readonly region: string;
  readonly service: string;
}

/** One fact as a feed reported it. `at`: when the provider says it became so (null when it does not say). */
export interface Observation extends Place {
  readonly state: State;
  readonly at: Instant | null;
  /** Short text of the provider, plain, for evidence. */
  readonly text?: string;
  /** Id of the provider's event that this comes from, within the feed. */
  readonly event?: string;
  /** The provider called it informational (AWS code 1). */
  readonly informational?: boolean;
}

/** One incident of a provider, over any number of regions and services. */
export interface ProviderEvent {
  /** Stable within a feed from poll to poll. */
  readonly id: string;
  /** Whose it is, when one feed speaks of several providers; absent: the feed's. */
  readonly provider?: string;
  readonly title: string;
  readonly status: 'open' | 'resolved';
  /** While open: the state it means. When resolved: the worst it was, if known. */
  readonly state: State;
  readonly regions: readonly string[];
  readonly services: readonly string[];
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly updatedAt?: Instant | null;
  /** Last update of the provider, plain text. */
  readonly text?: string;
  readonly url?: string;
  /** Of an alert: its labels as the source has them, and region and service as they were mapped. For rules that ask for labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Somebody silenced it: it is listed, and says nothing until the silence ends. */
  readonly silenced?: boolean;
  /** A notice to an account, a planned change: it is listed, and says nothing about how its places are. */
  readonly noHealth?: boolean;
}

/** Something in a payload that was not as documented; never stops the rest of the payload. */
export interface ParseProblem {
  /** kebab-case: `unknown-code`, `bad-date`, `missing-field`, `not-json`, `not-xml`, `too-large`, `too-deep`, `wrong-kind`, ... */
  readonly code: string;
  readonly text: string;
  /** Where: a JSON pointer, an element path or an id. */
  readonly where?: string;
}

/** What a parser makes of one payload. `parse` never throws. */
export interface ParseResult {
  readonly kind: string;
  readonly observations: readonly Observation[];
  readonly events: readonly ProviderEvent[];
  readonly problems: readonly ParseProblem[];
  /** False: nothing of this payload may be believed (not the format, cut off, over a limit). The poll counts as failed. */
  readonly usable: boolean;
  /** The payload's own time, to notice an older copy from a cache; null when it has none. */
  readonly asOf: Instant | null;
  /** True: what is left out is operational by statement of the list (Statuspage components). False: it lists only trouble. */
  readonly statesAll: boolean;
}
