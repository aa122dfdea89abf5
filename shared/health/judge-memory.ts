// What the judge remembers of one feed: its words per place, what of them has become a signal, its events. Plain data that
// survives a restart as JSON.
import type { Instant } from '../time/clock.ts';
import type { Place, ProviderEvent, State } from './types.ts';

/** The last word about one place, by one event of the provider or by a component's own status (event ''). */
export interface Word {
  readonly state: State;
  /** First heard by us in this state. */
  readonly since: Instant;
  /** When the provider says it became so. */
  readonly at: Instant | null;
  /** Empty when it is the event's own text: kept once, with the event. */
  readonly text: string;
  readonly informational: boolean;
  /** Set while a bad word is no longer in the payload and nobody said that it is over. */
  readonly missing: { readonly since: Instant; readonly polls: number } | null;
}

/** A state that has not held long enough to become a signal. */
export interface Pending {
  readonly state: State | null;
  readonly since: Instant;
  readonly polls: number;
}

export interface PlaceMemory {
  readonly place: Place;
  /** Event id, or '' for a component's own status -> its word. */
  readonly words: ReadonlyMap<string, Word>;
  /** The state that was last made known as a signal; null: nothing. */
  readonly told: State | null;
  /** Event that `told` came from. */
  readonly cause: string;
  /** `told` is information of a component that no event names (a site that is re-routed): nothing to wake anybody for. */
  readonly quiet: boolean;
  readonly pending: Pending | null;
  /** How often a change did not hold. */
  readonly flaps: number;
  /** An event left this place without a word: since when it reads "no longer listed". */
  readonly unlistedAt: Instant | null;
}

export interface EventMemory {
  readonly event: ProviderEvent;
  readonly firstHeardAt: Instant;
  /** Its opening was made known. */
  readonly told: boolean;
  readonly polls: number;
  readonly missing: { readonly since: Instant; readonly polls: number } | null;
  readonly over: { readonly how: 'resolved' | 'no-longer-listed'; readonly at: Instant } | null;
  /** A person marked it known; holds while the event says the same. */
  readonly known: { readonly fingerprint: string; readonly at: Instant; readonly by?: string } | null;
}

export interface FeedMemory {
  readonly places: ReadonlyMap<string, PlaceMemory>;
  readonly events: ReadonlyMap<string, EventMemory>;
  /** Keys of places that wait for something (a hold, a word that is missing): the only ones an unchanged poll has to look at. */
  readonly waiting: ReadonlySet<string>;
  /** The payload's own time, of the newest copy taken. */
  readonly asOf: Instant | null;
  /** Last good answer that was not an older copy. */
  readonly heardAt: Instant | null;
  /** Since when only older copies came. */
  readonly olderSince: Instant | null;
  /** The newest time of the older copies of the first minutes: a cache serves no newer one later. */
  readonly olderAsOf?: Instant | null;
  /** Good polls taken, ever. */
  readonly polls: number;
  readonly statesAll: boolean;
}

export const EMPTY_MEMORY: FeedMemory = {
  places: new Map(),
  events: new Map(),
  waiting: new Set(),
  asOf: null,
  heardAt: null,
  olderSince: null,
  polls: 0,
  statesAll: false,
};

/** Key of a place within a map; never taken apart again. */
export const placeKey = (place: Place): string =>
  `${place.provider}\u0001${place.region}\u0001${place.service}`;

/** What an event says, as one line: a known event is news again when this changes. */
export const eventFingerprint = (event: ProviderEvent): string =>
  [event.status, event.state, [...event.regions].sort().join(','), [...event.services].sort().join(',')].join(
    '|',
  );

/** Is the event marked known, and still says what it said then? */
export const isKnown = (memory: EventMemory): boolean =>
  memory.known !== null && memory.known.fingerprint === eventFingerprint(memory.event);

/** Marks an open event known until it changes; the same memory when there is no such event. `by`: who said so. */
export function markKnown(memory: FeedMemory, id: string, at: Instant, by = ''): FeedMemory {
  const found = memory.events.get(id);
  if (found === undefined) return memory;
  const events = new Map(memory.events);
  events.set(id, { ...found, known: { fingerprint: eventFingerprint(found.event), at, by } });
  return { ...memory, events };
}

/** Takes that back: the event counts as trouble again. */
export function unmarkKnown(memory: FeedMemory, id: string): FeedMemory {
  const found = memory.events.get(id);
  if (found === undefined || found.known === null) return memory;
  return { ...memory, events: new Map(memory.events).set(id, { ...found, known: null }) };
}

const FORMAT = 1;

/** JSON text of a memory. */
export function memoryToJson(memory: FeedMemory): string {
  return JSON.stringify({
    format: FORMAT,
    ...memory,
    places: [...memory.places.values()].map((one) => ({ ...one, words: [...one.words] })),
    events: [...memory.events.values()],
    waiting: undefined,
  });
}

/** A memory from its JSON text; null when it is none of ours (damaged, or another format): then nothing of it is believed. */
export function memoryFromJson(text: string): FeedMemory | null {
  try {
    const data = JSON.parse(text);
    if (data === null || typeof data !== 'object' || data.format !== FORMAT) return null;
    const places = new Map<string, PlaceMemory>();
    for (const one of data.places) places.set(placeKey(one.place), { ...one, words: new Map(one.words) });
    const events = new Map<string, EventMemory>();
    for (const one of data.events) events.set(one.event.id, one);
    const { asOf, heardAt, olderSince, olderAsOf, polls, statesAll } = data;
    const waiting = waitingOf(places);
    return {
      ...{ places, events, waiting, asOf, heardAt, olderSince, polls, statesAll },
      ...(olderAsOf ? { olderAsOf } : {}),
    };
  } catch {
    return null;
  }
}

/** Keys of the places with something pending or missing. */
function waitingOf(places: ReadonlyMap<string, PlaceMemory>): Set<string> {
  const waiting = new Set<string>();
  for (const [key, one] of places) if (waits(one)) waiting.add(key);
  return waiting;
}

export function waits(place: PlaceMemory): boolean {
  if (place.pending !== null) return true;
  for (const word of place.words.values()) if (word.missing !== null) return true;
  return false;
}
