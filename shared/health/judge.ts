// The judge: what is shown of one place when several sources speak of it (domain.md, Health: worst last word of all
// sources, a stale source never makes a cell better, stated or nothing reported, disagreements).
import type { Instant } from '../time/clock.ts';
import type { Basis, State } from './types.ts';
import { isTrouble, isWorse, rank, worseOf } from './worst.ts';

/** Where a word comes from. Probes, alerts and persons are judged by the same rules as feeds. */
export type SourceType = 'feed' | 'probe' | 'alert' | 'person';

/** The last word of one source about one place. */
export interface SourceWord {
  readonly type: SourceType;
  /** Id of the feed or probe. */
  readonly source: string;
  /** Its name for people. */
  readonly name: string;
  /** Null: it lists only trouble, and does not list this place. */
  readonly state: State | null;
  /** May its good news be believed now? False as soon as the source is stale, unreachable, unparseable, offline or paused. */
  readonly fresh: boolean;
  /** Last good answer of the source; null when it never answered. */
  readonly heardAt: Instant | null;
  /** Since when it says so. */
  readonly since: Instant | null;
  readonly noLongerListed?: boolean;
}

/** What is shown of a place. `state` with basis `nothing-reported` is `operational` and drawn as a dash, never as Healthy. */
export interface Judged {
  readonly state: State;
  readonly basis: Basis;
  readonly stale: boolean;
  readonly staleSince: Instant | null;
  readonly since: Instant | null;
  readonly noLongerListed: boolean;
  /** Sources that call it well and sources that call it bad, when both are there. */
  readonly disagreement: { readonly well: readonly SourceWord[]; readonly bad: readonly SourceWord[] } | null;
}

/** What a word counts for now: stale bad news stays, stale good news and stale silence are unknown, fresh silence says nothing (null). */
export function counts(word: Pick<SourceWord, 'state' | 'fresh'>): State | null {
  if (word.fresh) return word.state;
  return isTrouble(word.state) ? word.state : 'unknown';
}

const earliest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce<Instant | null>(
    (found, at) => (at !== null && (found === null || at < found) ? at : found),
    null,
  );
const latest = (instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce<Instant | null>(
    (found, at) => (at !== null && (found === null || at > found) ? at : found),
    null,
  );

/** Judges one place. No words at all is `unknown`: nobody watches it. */
export function judge(words: readonly SourceWord[]): Judged {
  let state: State | null = null;
  for (const word of words) state = worseOf(state, counts(word));
  const noLongerListed = words.some((word) => word.noLongerListed === true);
  if (words.length > 0 && state === null) {
    const base = { state: 'operational', basis: 'nothing-reported', stale: false, staleSince: null } as const;
    return { ...base, since: null, noLongerListed, disagreement: null };
  }
  const shown = state ?? 'unknown';
  const saying = words.filter((word) => counts(word) === shown);
  const stale = words.length > 0 && !saying.some((word) => word.fresh);
  const anyStated = words.some((word) => word.state !== null && (word.fresh || isTrouble(word.state)));
  return {
    state: shown,
    // A stale silence is unknown and rests on nothing reported; a word that counts is stated.
    basis: anyStated ? 'stated' : 'nothing-reported',
    stale,
    staleSince: stale ? latest(saying.map((word) => word.heardAt)) : null,
    since: earliest(saying.map((word) => (word.state === shown ? word.since : word.heardAt))),
    noLongerListed,
    disagreement: disagreement(words),
  };
}

/**
 * Two sources disagree when one calls the place well and another calls it bad; silence and unknown contradict nobody, and "well" of
 * a source that is not heard any more is unknown.
 */
export function disagreement(words: readonly SourceWord[]): Judged['disagreement'] {
  const well = words.filter((word) => word.fresh && word.state === 'operational');
  const bad = words.filter((word) => word.state !== null && rank(word.state) <= rank('degraded'));
  return well.length > 0 && bad.length > 0 ? { well, bad } : null;
}

/** The judgements of several services as one cell: the worst, and whether any fresh word carries it. */
export function worstJudged(judged: readonly Judged[]): Judged | null {
  let found: Judged | null = null;
  for (const one of judged) {
    if (found === null) found = one;
    else if (isWorse(one.state, found.state)) found = one;
    else if (one.state === found.state) found = merge(found, one);
  }
  if (found === null) return null;
  return { ...found, noLongerListed: judged.some((one) => one.noLongerListed) };
}

/** Trouble is stated when anybody said it; a cell is healthy only when everything in it is: one resolved service says nothing of the rest. */
const mergedBasis = (a: Judged, b: Judged): Basis => {
  if (a.state === 'operational')
    return a.basis === 'stated' && b.basis === 'stated' ? 'stated' : 'nothing-reported';
  return a.basis === 'stated' || b.basis === 'stated' ? 'stated' : 'nothing-reported';
};

/** Same state twice: fresh beats stale, the earlier since is kept. */
const merge = (a: Judged, b: Judged): Judged => ({
  state: a.state,
  basis: mergedBasis(a, b),
  stale: a.stale && b.stale,
  staleSince: a.stale && b.stale ? latest([a.staleSince, b.staleSince]) : null,
  since: earliest([a.since, b.since]),
  noLongerListed: a.noLongerListed || b.noLongerListed,
  disagreement: a.disagreement ?? b.disagreement,
});
