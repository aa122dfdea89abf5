// Patience, per place: missing words run out, and a state that has held becomes a change (domain.md: flapping, recovery).
import type { Instant } from '../time/clock.ts';
import { fromInstant } from '../time/clock.ts';
import type { Pending, PlaceMemory, Word } from './judge-memory.ts';
import type { JudgeRules, PlaceChange } from './judge-rules.ts';
import type { State } from './types.ts';
import { rank, worst } from './worst.ts';

/** What a feed says of a place now; null: nothing reported. */
const heardState = (place: PlaceMemory): State | null =>
  worst([...place.words.values()].map((word) => word.state));

/** The worst word of a place with its event, the earliest among equals. */
export function worstWord(place: PlaceMemory): { readonly event: string; readonly word: Word } | null {
  let found: { event: string; word: Word } | null = null;
  for (const [event, word] of place.words) {
    const better = found !== null && rank(word.state) - rank(found.word.state);
    if (better === false || better < 0 || (better === 0 && word.since < found!.word.since))
      found = { event, word };
  }
  return found;
}

/** Information of a component that no event names. */
function isQuiet(place: PlaceMemory): boolean {
  const found = worstWord(place);
  return found !== null && found.event === '' && found.word.informational;
}

/** Silence ranks beside operational: between the two nothing becomes a signal. */
const depth = (state: State | null): number => (state === null ? rank('operational') : rank(state));

/** Does this place still read "no longer listed"? */
export const readsUnlisted = (
  place: Pick<PlaceMemory, 'unlistedAt'>,
  at: Instant,
  rules: Pick<JudgeRules, 'unlistedMs'>,
): boolean => place.unlistedAt !== null && fromInstant(at) - fromInstant(place.unlistedAt) < rules.unlistedMs;

/** One good poll later. `place` null: nothing is remembered of it any more. */
export function settlePlace(
  before: PlaceMemory,
  at: Instant,
  rules: JudgeRules,
): { readonly place: PlaceMemory | null; readonly changes: readonly PlaceChange[] } {
  const counted = countMissing(before, at, rules);
  let place = counted.place;
  const changes: PlaceChange[] = [];
  const now = heardState(place);
  if (depth(now) === depth(place.told)) {
    const flapped = place.pending !== null;
    const flaps = place.flaps + (flapped ? 1 : 0);
    const cause =
      depth(now) === depth('operational') ? place.cause : (worstWord(place)?.event ?? place.cause);
    if (flapped || place.told !== now || place.cause !== cause)
      place = { ...place, told: now, pending: null, flaps, cause };
    if (depth(now) === depth('operational') && place.quiet) place = { ...place, quiet: false };
  } else if (counted.unlisted !== null) {
    // It had its grace: two more polls and five minutes. It holds already.
    changes.push(changeOf(place, now, at, counted.unlisted));
    place = {
      ...place,
      told: now,
      pending: null,
      cause: worstWord(place)?.event ?? '',
      quiet: isQuiet(place),
    };
  } else {
    const held = hold(place, now, at, rules);
    if (held.told !== undefined) {
      changes.push(changeOf(place, held.told, held.since, null));
      const cause = held.told === now ? (worstWord(place)?.event ?? place.cause) : place.cause;
      place = { ...place, told: held.told, cause, quiet: held.told === now && isQuiet(place) };
    }
    place = { ...place, pending: held.pending, flaps: place.flaps + (held.flapped ? 1 : 0) };
  }
  const forgotten = place.words.size === 0 && !readsUnlisted(place, at, rules) && place.pending === null;
  return { place: forgotten ? null : place, changes };
}

/** Counts one more good poll for missing words and drops those whose grace is over. `unlisted`: event of a dropped word. */
function countMissing(
  place: PlaceMemory,
  at: Instant,
  rules: JudgeRules,
): { readonly place: PlaceMemory; readonly unlisted: string | null } {
  let words: Map<string, Word> | null = null;
  let unlisted: string | null = null;
  for (const [event, word] of place.words) {
    if (word.missing === null) continue;
    words ??= new Map(place.words);
    const polls = word.missing.polls + 1;
    const waited = fromInstant(at) - fromInstant(word.missing.since);
    if (polls >= rules.missingPolls && waited >= rules.missingMs) {
      words.delete(event);
      unlisted = event;
    } else {
      words.set(event, { ...word, missing: { since: word.missing.since, polls } });
    }
  }
  if (words === null) return { place, unlisted };
  return { place: { ...place, words, unlistedAt: unlisted === null ? place.unlistedAt : at }, unlisted };
}

interface Held {
  /** Undefined: nothing has held yet. */
  readonly told: State | null | undefined;
  readonly since: Instant;
  readonly pending: Pending | null;
  readonly flapped: boolean;
}

/**
 * Has a new state held? A state that goes on in the same direction has held as far as its milder part: degraded, then out,
 * is "at least degraded" for two polls. One that turns over to the other side did not hold and counts as a flap.
 */
function hold(place: PlaceMemory, now: State | null, at: Instant, rules: JudgeRules): Held {
  const side = (state: State | null): number => Math.sign(depth(state) - depth(place.told));
  const before = place.pending;
  // A word that left before it had held is kept for its grace, and does not hold by that.
  if (before !== null && side(now) < 0 && worstWord(place)?.word.missing !== null)
    return { told: undefined, since: before.since, pending: before, flapped: false };
  const onward = before !== null && side(before.state) === side(now);
  const first: Pending = { state: now, since: at, polls: 1 };
  let candidate = first;
  if (onward) {
    const nearer =
      Math.abs(depth(now) - depth(place.told)) < Math.abs(depth(before.state) - depth(place.told));
    candidate = { state: nearer ? now : before.state, since: before.since, polls: before.polls + 1 };
  }
  const waited = fromInstant(at) - fromInstant(candidate.since);
  const held = candidate.polls >= rules.holdPolls || (rules.holdMs !== null && waited >= rules.holdMs);
  const flapped = before !== null && !onward;
  if (!held) return { told: undefined, since: candidate.since, pending: candidate, flapped };
  const rest = depth(candidate.state) === depth(now) ? null : first;
  return { told: candidate.state, since: candidate.since, pending: rest, flapped };
}

function changeOf(place: PlaceMemory, to: State | null, at: Instant, unlisted: string | null): PlaceChange {
  const word = worstWord(place);
  const worse = depth(to) < depth(place.told);
  return {
    place: place.place,
    from: place.told,
    to,
    at,
    event: unlisted ?? (worse ? (word?.event ?? '') : place.cause),
    how: unlisted === null ? 'word' : 'no-longer-listed',
    began: word?.word.at ?? null,
    text: word?.word.text ?? '',
    informational: word?.word.informational ?? false,
    quiet: worse ? isQuiet(place) : place.quiet,
    flaps: place.flaps,
  };
}
