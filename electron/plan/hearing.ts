// The book of one plan: readings as they are heard, by the plan's own time and for its own targets, kept across restarts.
import { planTime } from '../../shared/rollback/entry.ts';
import {
  type Book,
  createBook,
  leansOn,
  probesOf,
  type Reading,
  seriesKey,
  targetOfAlert,
} from '../../shared/rollback/readings.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import type { PlanDb } from './plan-db.ts';
import type { Heard } from './ports.ts';

/** Readings per target that decisions look back on; the longest bake sees all of its own. */
const MOST = 6000;
/** A source's own clock may be a little ahead. */
const AHEAD_MS = 2000;
/** Before the plan was made: what a `for` or a gap may look back on. */
const BEFORE_MS = 3_600_000;

export interface Hearing {
  readonly book: Book;
  /** Takes what is new among the last words of all sources; true when something was. */
  hear(state: PlanState, heard: readonly Heard[], device: string, now: number): boolean;
  /** Readings that people typed, from entries. */
  take(readings: readonly Reading[]): boolean;
}

export function createHearing(db: PlanDb, state: PlanState): Hearing {
  const lists = new Map<string, Reading[]>();
  const book = createBook(lists);
  const last = new Map<string, number>();
  /** Tries counted by a probe when its last reading was taken. */
  const counted = new Map<string, number>();
  const taken = new Set<string>();

  const key = (reading: Reading): string => `${reading.target}\n${seriesKey(reading)}`;
  const add = (reading: Reading): void => {
    last.set(key(reading), Math.max(reading.at, last.get(key(reading)) ?? 0));
    book.add(reading);
    const list = lists.get(reading.target);
    if (!list) return;
    // Kept in the order of time: a source may answer with an older reading than another one.
    for (let i = list.length - 1; i > 0 && list[i - 1]!.at > list[i]!.at; i--)
      [list[i - 1], list[i]] = [list[i]!, list[i - 1]!];
    if (list.length > MOST + 1000) list.splice(0, list.length - MOST);
  };
  for (const reading of db.load(state.id, state.createdAt - BEFORE_MS)) add(reading);

  return {
    book,
    hear(current, heard, device, now) {
      const fresh: Reading[] = [];
      const time = (wall: number): number => planTime(current.jumps, device, wall);
      const wall = now + (current.jumps[device] ?? 0);
      for (const one of heard) {
        // Heard before the clock was set back: by the new clock it would come from the future, and count as fresh.
        if (one.at > wall + AHEAD_MS) continue;
        for (const target of targetsOf(current, one)) {
          const at = Math.min(now, Math.round(time(one.at)));
          const reading = readingOf(current, one, target, at, time);
          const before = last.get(key(reading)) ?? Number.NEGATIVE_INFINITY;
          if (at <= before || at - before < (one.covers ?? 0)) continue;
          fresh.push(since(counted, key(reading), reading, one.total));
        }
      }
      for (const reading of fresh) add(reading);
      if (fresh.length > 0) db.keep(current.id, fresh);
      return fresh.length > 0;
    },
    take(readings) {
      let news = false;
      for (const reading of readings) {
        const name = `${key(reading)}\n${reading.at}`;
        if (taken.has(name)) continue;
        taken.add(name);
        add(reading);
        news = true;
      }
      return news;
    },
  };
}

/** A probe's reading with the tries since the one before it. Its first one, and the first of a new run, stand as they are. */
function since(
  counted: Map<string, number>,
  key: string,
  reading: Reading,
  total: number | undefined,
): Reading {
  if (reading.type !== 'probe' || total === undefined) return reading;
  const before = counted.get(key);
  counted.set(key, total);
  return before === undefined || total < before ? reading : { ...reading, tries: total - before };
}

/** Does a plan's word for a probe mean this one: its id, another name of it, or what its id begins with? */
export function isCalled(name: string, id: string, aliases: readonly string[]): boolean {
  const wanted = name.toLowerCase();
  return aliases.some((alias) => alias.toLowerCase() === wanted) || id.toLowerCase().startsWith(`${wanted}-`);
}

/** By the plan's time, and under the name by which the plan calls a probe: its id, its service, or what its id begins with. */
function readingOf(
  { plan }: PlanState,
  heard: Heard,
  target: string,
  at: number,
  time: (wall: number) => number,
): Reading {
  const { covers: _, total: __, aliases = [], ...rest } = heard;
  const reading = { ...rest, target, at } as Reading;
  if (reading.type === 'feed')
    return { ...reading, began: reading.began === null ? null : Math.round(time(reading.began)) };
  if (reading.type !== 'probe' || aliases.length === 0) return reading;
  const called = probesOf(plan).find((name) => isCalled(name, reading.name, aliases));
  return called === undefined ? reading : { ...reading, name: called };
}

/** A feed's word about a region is about every cell in it; an alert without labels of ours is about no target. */
function targetsOf(state: PlanState, heard: Heard): string[] {
  const { plan, watch } = state;
  if (heard.target === null) {
    const target = heard.type === 'alert' ? targetOfAlert(plan, watch, heard.labels) : null;
    return target === null ? [] : [target];
  }
  const named = heard.target;
  const exact = plan.targets.includes(named) ? [named] : [];
  const cells = plan.targets.filter((id) => id.startsWith(`${named}/`));
  const targets = heard.type === 'feed' && exact.length === 0 ? cells : exact;
  // What the system does not lean on can neither trip nor hold; it stays on the board.
  return heard.type === 'feed'
    ? targets.filter((target) => leansOn(plan, watch, target, heard.service))
    : targets;
}
