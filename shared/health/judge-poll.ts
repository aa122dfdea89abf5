// One good answer of a feed folded into what the judge remembers of it, and the changes that have held long enough to be
// made known (domain.md, Health: recovery needs a word, polls that go back in time, flapping). Pure: time is an argument.
import type { Instant } from '../time/clock.ts';
import { fromInstant } from '../time/clock.ts';
import { settleEvents, takeEvents } from './judge-events.ts';
import type { EventMemory, FeedMemory, PlaceMemory, Word } from './judge-memory.ts';
import { placeKey, waits } from './judge-memory.ts';
import { type EventChange, JUDGE_RULES, type JudgeRules, type PlaceChange } from './judge-rules.ts';
import { settlePlace } from './judge-settle.ts';
import type { Observation, ParseResult, Place } from './types.ts';
import { isWorse } from './worst.ts';

export interface PollOutcome {
  readonly memory: FeedMemory;
  readonly places: readonly PlaceChange[];
  readonly events: readonly EventChange[];
  /** `older`: an older copy than the one before; nothing was changed and the feed is not fresh by it. */
  readonly verdict: 'taken' | 'older';
}

/** Words for an open event that names places nobody observed, so that no event is lost. */
function observationsOf(result: ParseResult, provider: string): readonly Observation[] {
  const spoken = new Set(result.observations.map((one) => one.event ?? ''));
  const added: Observation[] = [];
  for (const event of result.events) {
    if (event.status !== 'open' || spoken.has(event.id) || result.statesAll) continue;
    if (event.silenced === true || event.noHealth === true) continue;
    const regions = event.regions.length > 0 ? event.regions : ['global'];
    const services = event.services.length > 0 ? event.services : ['all-services'];
    for (const region of regions.slice(0, 60)) {
      for (const service of services.slice(0, 60)) {
        added.push({
          provider: event.provider ?? provider,
          region,
          service,
          state: event.state,
          at: event.startedAt,
          event: event.id,
        });
      }
    }
  }
  return added.length === 0 ? result.observations : [...result.observations, ...added];
}

/** Folds one payload that was parsed and is usable. `provider` is the feed's. */
export function applyPoll(
  memory: FeedMemory,
  result: ParseResult,
  at: Instant,
  provider: string,
  rules: JudgeRules = JUDGE_RULES,
): PollOutcome {
  if (isOlder(memory, result, at, rules)) {
    const olderSince = memory.olderSince ?? at;
    const known = memory.olderSince === null ? null : (memory.olderAsOf ?? null);
    const early = fromInstant(at) - fromInstant(olderSince) < CACHES_MS;
    const olderAsOf = known === null || (early && result.asOf! > known) ? result.asOf : known;
    return { memory: { ...memory, olderSince, olderAsOf }, places: [], events: [], verdict: 'older' };
  }
  const events = takeEvents(memory.events, result.events, at);
  const places = new Map(memory.places);
  const touched = new Set<string>(memory.waiting);
  const heard = new Map<string, Map<string, Observation>>();
  for (const observation of observationsOf(result, provider)) {
    const key = placeKey(observation);
    let ofPlace = heard.get(key);
    if (ofPlace === undefined) {
      ofPlace = new Map();
      heard.set(key, ofPlace);
    }
    // Two components of one name are one place: the worse of them counts, in whatever order they are listed.
    const same = ofPlace.get(observation.event ?? '');
    if (same === undefined || isWorse(observation.state, same.state))
      ofPlace.set(observation.event ?? '', observation);
  }
  for (const [key, before] of memory.places) {
    const after = takePlace(before, heard.get(key), events, result.statesAll, at, rules);
    if (after !== before) places.set(key, after);
    // What has nothing left to say is looked at once more, to be forgotten.
    if (after !== before || after.words.size === 0) touched.add(key);
    heard.delete(key);
  }
  for (const [key, ofPlace] of heard) {
    const one = ofPlace.values().next().value!;
    const place: Place = { provider: one.provider, region: one.region, service: one.service };
    const empty: PlaceMemory = {
      place,
      words: new Map(),
      told: null,
      cause: '',
      quiet: false,
      pending: null,
      flaps: 0,
      unlistedAt: null,
    };
    places.set(key, takePlace(empty, ofPlace, events, result.statesAll, at, rules));
    touched.add(key);
  }
  const { asOf, statesAll } = result;
  const next = { ...memory, places, events, asOf: asOf ?? memory.asOf, statesAll };
  return settle(next, touched, at, rules);
}

/** The feed answered "unchanged": every word was said once more, and what waits goes on. */
export function applyUnchanged(
  memory: FeedMemory,
  at: Instant,
  rules: JudgeRules = JUDGE_RULES,
): PollOutcome {
  // While older copies come, "unchanged" confirms the older copy and not the words that stand.
  if (memory.olderSince !== null) return { memory, places: [], events: [], verdict: 'older' };
  // Nothing waits: thousands of places need not be copied to say the same again.
  const places = memory.waiting.size === 0 ? memory.places : new Map(memory.places);
  return settle({ ...memory, places }, memory.waiting, at, rules);
}

/** Copies of several caches, each of its own age, come in turn within this long: milliseconds. */
const CACHES_MS = 10 * 60_000;

function isOlder(memory: FeedMemory, result: ParseResult, at: Instant, rules: JudgeRules): boolean {
  if (memory.asOf === null || result.asOf === null || result.asOf >= memory.asOf) return false;
  // A clock that ran ahead once at the provider must not silence the feed for ever.
  if (memory.asOf > at) return false;
  if (memory.olderSince === null) return true;
  const since = fromInstant(at) - fromInstant(memory.olderSince);
  // The same old copy for an hour is a cache that nobody clears in the middle of an outage, not a page that was set back.
  const movesOn = memory.olderAsOf != null && result.asOf > memory.olderAsOf;
  return since < (movesOn ? rules.olderAcceptedMs : rules.olderFrozenMs);
}

function wordOf(
  observation: Observation,
  before: Word | undefined,
  event: EventMemory | undefined,
  at: Instant,
): Word {
  const { state } = observation;
  const text = observation.text === event?.event.text ? '' : (observation.text ?? '');
  const informational = observation.informational === true;
  if (
    before !== undefined &&
    before.state === state &&
    before.missing === null &&
    before.text === text &&
    before.at === observation.at &&
    before.informational === informational
  ) {
    return before;
  }
  const since = before !== undefined && before.state === state ? before.since : at;
  return { state, since, at: observation.at, text, informational, missing: null };
}

/** The words of one place after a payload. The very same object when nothing changed. */
function takePlace(
  before: PlaceMemory,
  heard: ReadonlyMap<string, Observation> | undefined,
  events: ReadonlyMap<string, EventMemory>,
  statesAll: boolean,
  at: Instant,
  rules: JudgeRules,
): PlaceMemory {
  let words: Map<string, Word> | null = null;
  let unlistedAt = before.unlistedAt;
  const change = (): Map<string, Word> => {
    words ??= new Map(before.words);
    return words;
  };
  for (const [event, observation] of heard ?? []) {
    const old = before.words.get(event);
    const word = wordOf(observation, old, events.get(event), at);
    if (word !== old) change().set(event, word);
    if (old === undefined) unlistedAt = null;
  }
  for (const [event, word] of before.words) {
    if (heard?.has(event)) continue;
    // A component that is listed states itself how it is now: that is the word, whatever an event said of it before.
    if (statesAll && heard !== undefined) {
      change().delete(event);
      continue;
    }
    const after = wordLeftOut(word, events.get(event), at, rules);
    if (after === word) continue;
    if (after === null) change().delete(event);
    else change().set(event, after);
  }
  if (words === null && unlistedAt === before.unlistedAt) return before;
  return { ...before, words: words ?? before.words, unlistedAt };
}

/** A word that this payload does not repeat: resolved, missing from now on, or (good words need no farewell) gone: null. */
function wordLeftOut(
  word: Word,
  event: EventMemory | undefined,
  at: Instant,
  rules: JudgeRules,
): Word | null {
  if (event?.over?.how === 'resolved') {
    if (fromInstant(at) - fromInstant(event.over.at) >= rules.resolvedMs) return null;
    if (word.state === 'operational') return event.missing === null ? word : null;
    return { ...word, state: 'operational', since: event.over.at, at: event.event.endedAt, missing: null };
  }
  if (word.state === 'operational' || word.state === 'unknown') return null;
  return word.missing !== null ? word : { ...word, missing: { since: at, polls: -1 } };
}

function settle(
  memory: FeedMemory,
  touched: ReadonlySet<string>,
  at: Instant,
  rules: JudgeRules,
): PollOutcome {
  const places = memory.places as Map<string, PlaceMemory>;
  const waiting = new Set<string>();
  const changes: PlaceChange[] = [];
  for (const key of touched) {
    const before = places.get(key);
    if (before === undefined) continue;
    const settled = settlePlace(before, at, rules);
    changes.push(...settled.changes);
    if (settled.place === null) places.delete(key);
    else {
      places.set(key, settled.place);
      if (waits(settled.place)) waiting.add(key);
    }
  }
  const events = settleEvents(memory.events, at, rules);
  changes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    memory: {
      ...memory,
      places,
      waiting,
      events: events.events,
      heardAt: at,
      olderSince: null,
      polls: memory.polls + 1,
    },
    places: changes,
    events: events.changes,
    verdict: 'taken',
  };
}
