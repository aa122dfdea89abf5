// Where to look in a target's history: what one source kind said, and from when on. Decisions are taken at every reading for
// as long as a plan runs, so that none of them may read a whole night each time.
import type { Reading } from './readings.ts';

interface Parts {
  count: number;
  first: Reading | undefined;
  last: Reading | undefined;
  readonly lists: Map<string, Reading[]>;
}

/** By the list itself: histories grow at their end. One that changed elsewhere is read again. */
const known = new WeakMap<readonly Reading[], Parts>();

const partOf = (reading: Reading): string =>
  reading.type === 'probe' ? `probe:${reading.name}` : reading.type;

function partsOf(readings: readonly Reading[]): Parts {
  let parts = known.get(readings);
  const grown =
    parts &&
    parts.count <= readings.length &&
    (parts.count === 0 || (readings[0] === parts.first && readings[parts.count - 1] === parts.last));
  if (!parts || !grown) {
    parts = { count: 0, first: undefined, last: undefined, lists: new Map() };
    known.set(readings, parts);
  }
  for (; parts.count < readings.length; parts.count++) {
    const reading = readings[parts.count]!;
    const list = parts.lists.get(partOf(reading));
    if (list) list.push(reading);
    else parts.lists.set(partOf(reading), [reading]);
  }
  parts.first = readings[0];
  parts.last = readings.at(-1);
  return parts;
}

/** A list no longer than this is looked through as it stands. */
const SHORT = 16;

type Of<T extends Reading['type']> = Extract<Reading, { type: T }>;
const none: readonly never[] = [];

/** The readings of one kind, oldest first. */
export const ofKind = <T extends 'feed' | 'alert' | 'person'>(
  readings: readonly Reading[],
  kind: T,
): readonly Of<T>[] =>
  readings.length <= SHORT
    ? readings.filter((reading): reading is Of<T> => reading.type === kind)
    : ((partsOf(readings).lists.get(kind) as Of<T>[] | undefined) ?? none);

/** The readings of one probe, oldest first. */
export const ofProbe = (readings: readonly Reading[], name: string): readonly Of<'probe'>[] =>
  readings.length <= SHORT
    ? readings.filter((reading): reading is Of<'probe'> => reading.type === 'probe' && reading.name === name)
    : ((partsOf(readings).lists.get(`probe:${name}`) as Of<'probe'>[] | undefined) ?? none);

/** The names of the probes that were heard. */
export const probesHeard = (readings: readonly Reading[]): string[] =>
  [...partsOf(readings).lists.keys()].flatMap((key) => (key.startsWith('probe:') ? [key.slice(6)] : []));

/** Two readings may stand this far out of the order of time: steps of the clock that are too small to be said. */
export const DISORDER_MS = 60_000;

/** An index before which nothing is later than `at`; what follows may begin with a little that is not. */
export function indexAfter(readings: readonly Reading[], at: number): number {
  let low = 0;
  let high = readings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (readings[middle]!.at > at - DISORDER_MS) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Tries up to each reading of one probe's list. */
const sums = new WeakMap<readonly Of<'probe'>[], number[]>();

/** Tries of one probe's readings (`ofProbe`) up to and with the moment `at`. */
export function triesUpTo(list: readonly Of<'probe'>[], at: number): number {
  const upTo = sums.get(list) ?? [0];
  for (let i = upTo.length - 1; i < list.length; i++) upTo.push((upTo[i] ?? 0) + list[i]!.tries);
  sums.set(list, upTo);
  const from = indexAfter(list, at);
  let tries = upTo[from] ?? 0;
  for (let i = from; i < list.length && list[i]!.at <= at + DISORDER_MS; i++)
    if (list[i]!.at <= at) tries += list[i]!.tries;
  return tries;
}

interface Trail<S> {
  readonly keys: readonly unknown[];
  readonly list: readonly Reading[];
  readonly next: number;
  readonly read: Reading | undefined;
  readonly sum: S;
}

/** What was read of growing lists so far, by the object that the question is about. */
export type Trails<S> = WeakMap<object, Trail<S>>;

/**
 * Adds up a list to `now`, going on from where the same question (`about` and `keys`) was read before. The sum belongs to the
 * trail: whoever gets it only looks.
 */
export function follow<R extends Reading, S>(
  trails: Trails<S>,
  about: object,
  keys: readonly unknown[],
  list: readonly R[],
  now: number,
  empty: () => S,
  add: (sum: S, reading: R) => void,
): S {
  const old = trails.get(about);
  const goesOn =
    old !== undefined &&
    old.list === list &&
    old.keys.length === keys.length &&
    old.keys.every((key, i) => key === keys[i]) &&
    list[old.next - 1] === old.read &&
    (old.read === undefined || old.read.at <= now);
  const sum = goesOn ? old.sum : empty();
  let next = goesOn ? old.next : 0;
  for (; next < list.length; next++) {
    const reading = list[next]!;
    if (reading.at > now) break;
    add(sum, reading);
  }
  trails.set(about, { keys, list, next, read: list[next - 1], sum });
  return sum;
}
