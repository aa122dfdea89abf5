// From changes to signals: one line per event and poll, not fifty; what is information only is gathered into one line that
// counts; what we run on is never gathered (domain.md, Health: one event, many rows, one line).
import type { SignalLine } from '../contract/health.ts';
import { signalText } from '../text/health.ts';
import type { Instant } from '../time/clock.ts';
import { type FeedMemory, isKnown } from './judge-memory.ts';
import type { EventChange, PlaceChange } from './judge-rules.ts';
import type { Place, State } from './types.ts';
import { isTrouble, isWorse, rank, worseOf, worst } from './worst.ts';

/** A signal before it has an id and a count. `fold`: lines with the same key within the window become one that counts. */
export interface SignalDraft extends Omit<SignalLine, 'id' | 'count'> {
  readonly fold: string | null;
  /** Changes that stand behind it. */
  readonly changes: number;
}

export interface SignalContext {
  readonly feed: { readonly id: string; readonly name: string; readonly provider: string };
  readonly memory: FeedMemory;
  /** Worst state that the other sources of this place have made known; null: they say nothing. */
  others(place: Place): State | null;
  /** Do we run there? */
  ours(provider: string, region: string): boolean;
  /** Was trouble of this region heard within the window before? */
  heardBefore(provider: string, region: string): boolean;
}

type Direction = 'worse' | 'better' | 'info' | 'no-longer-listed';

interface Change extends PlaceChange {
  readonly direction: Direction;
}

const depth = (state: State | null): number => (state === null ? rank('operational') : rank(state));

function direction(change: PlaceChange): Direction {
  if (change.how === 'no-longer-listed') return 'no-longer-listed';
  const plain = (state: State | null): boolean => depth(state) >= rank('maintenance');
  // Planned work and unknown codes are told, but they are no trouble and no recovery.
  if (plain(change.from) && plain(change.to)) return 'info';
  return depth(change.to) < depth(change.from) ? 'worse' : 'better';
}

/** The lines that one poll of one feed makes, oldest first. */
export function signalsOf(
  places: readonly PlaceChange[],
  events: readonly EventChange[],
  context: SignalContext,
): readonly SignalDraft[] {
  const groups = new Map<string, Change[]>();
  for (const heard of places) {
    const change = judgedChange(heard, context);
    if (change === null) continue;
    const known = context.memory.events.get(change.event);
    if (known !== undefined && isKnown(known)) continue;
    const key = `${background(change, context) ? 'background' : change.event}\n${change.direction}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  const drafts: SignalDraft[] = [];
  const gathered: Change[] = [];
  for (const [key, group] of groups) {
    if (key.startsWith('background\n')) gathered.push(...group);
    else drafts.push(line(group, context));
  }
  for (const provider of sortedUnique(gathered.map((one) => one.place.provider)))
    drafts.push(
      backgroundLine(
        gathered.filter((one) => one.place.provider === provider),
        context,
      ),
    );
  const told = new Set(places.map((change) => change.event));
  for (const place of context.memory.places.values()) if (isTrouble(place.told)) told.add(place.cause);
  for (const change of events) {
    if (told.has(change.event.id)) continue;
    drafts.push(eventLine(change, context));
  }
  return drafts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** The change of the place's health, which is the worst of all sources; null when another source already said as much. */
function judgedChange(change: PlaceChange, context: SignalContext): Change | null {
  const others = context.others(change.place);
  const from = worseOf(change.from, others);
  const to = worseOf(change.to, others);
  if (depth(from) === depth(to)) return null;
  const judged = { ...change, from, to };
  return { ...judged, direction: direction(judged) };
}

/** Sites that are re-routed or maintained, where we do not run: never a line of their own. */
function background(change: Change, context: SignalContext): boolean {
  if (context.ours(change.place.provider, change.place.region)) return false;
  const maintained = context.memory.events.get(change.event)?.event.state === 'maintenance';
  return change.quiet || change.direction === 'info' || maintained;
}

const sortedUnique = (values: Iterable<string>): string[] => [...new Set(values)].sort();

/** All the same: that; else the worst of them. */
const common = (states: readonly (State | null)[]): State | null =>
  states.every((one) => one === states[0]) ? states[0]! : worst(states);

function line(group: readonly Change[], context: SignalContext): SignalDraft {
  const first = group[0]!;
  const event = context.memory.events.get(first.event)?.event ?? null;
  const regions = orderedRegions(group, context);
  const { services, worstFew, rest } = orderedServices(group);
  const from = common(group.map((one) => one.from));
  const worstTo = worst(group.map((one) => one.to));
  const to = worstTo ?? (first.direction === 'no-longer-listed' ? 'unknown' : 'operational');
  const newRegions =
    first.direction === 'worse'
      ? regions.filter((region) => !context.heardBefore(first.place.provider, region))
      : [];
  return {
    at: earliest(group),
    began: event?.startedAt ?? (first.direction === 'worse' ? first.began : null),
    provider: first.place.provider,
    region: regions[0]!,
    service: services[0]!,
    from,
    to,
    feed: context.feed.id,
    source: context.feed.name,
    event: event?.title.slice(0, 300) ?? null,
    text: signalText
      .line({
        direction: first.direction,
        regions,
        services: worstFew,
        rest,
        from,
        to,
        title: event?.title ?? null,
        informational: group.every((one) => one.informational),
      })
      .slice(0, 1000),
    regions: regions.slice(0, 60),
    services: services.slice(0, 400),
    newRegion: newRegions.length > 0,
    kind: first.direction,
    fold: null,
    changes: group.length,
  };
}

function backgroundLine(group: readonly Change[], context: SignalContext): SignalDraft {
  const regions = orderedRegions(group, context);
  const services = sortedUnique(group.map((one) => one.place.service));
  const { provider } = group[0]!.place;
  return {
    at: earliest(group),
    began: null,
    provider,
    region: regions[0]!,
    service: services[0]!,
    // Some went one way and some the other: then it comes from nowhere in particular.
    from: group.every((one) => one.from === group[0]!.from) ? group[0]!.from : null,
    to: worst(group.map((one) => one.to)) ?? 'operational',
    feed: context.feed.id,
    source: context.feed.name,
    event: null,
    text: signalText.background(group.length, regions.length),
    regions: regions.slice(0, 60),
    services: services.slice(0, 400),
    newRegion: false,
    kind: 'info',
    fold: `background:${context.feed.id}:${provider}`,
    changes: group.length,
  };
}

/** An event that no place carried: opened without naming anything that is bad, or gone the same way. */
function eventLine(change: EventChange, context: SignalContext): SignalDraft {
  const { event } = change;
  const provider = event.provider ?? context.feed.provider;
  const maintenance = event.state === 'maintenance';
  const opened = change.how === 'opened';
  const regions = event.regions.length > 0 ? event.regions : ['global'];
  const ours = regions.some((region) => context.ours(provider, region));
  const to = opened ? event.state : change.how === 'resolved' ? 'operational' : 'unknown';
  const kind = maintenance || opened ? 'info' : change.how === 'resolved' ? 'better' : 'no-longer-listed';
  return {
    at: change.at,
    began: event.startedAt,
    provider,
    region: regions[0]!,
    service: event.services[0] ?? 'all-services',
    from: opened ? null : event.state,
    to,
    feed: context.feed.id,
    source: context.feed.name,
    event: event.title.slice(0, 300),
    text: signalText.event(change.how, event.title).slice(0, 1000),
    regions: regions.slice(0, 60),
    services: event.services.slice(0, 400),
    newRegion: false,
    kind,
    fold: maintenance && !ours ? `background:${context.feed.id}:${provider}` : null,
    changes: 1,
  };
}

/** Services of a line, the worst hit first; `worstFew`: those that the line's word holds for, `rest`: the others and their worst. */
function orderedServices(group: readonly Change[]): {
  readonly services: readonly string[];
  readonly worstFew: readonly string[];
  readonly rest: { readonly count: number; readonly to: State | null } | null;
} {
  const states = new Map<string, State | null>();
  for (const one of group)
    states.set(one.place.service, worseOf(states.get(one.place.service) ?? null, one.to));
  const services = [...states.keys()].sort(
    (a, b) => depth(states.get(a)!) - depth(states.get(b)!) || (a < b ? -1 : 1),
  );
  const top = depth(states.get(services[0]!)!);
  const worstFew = services.filter((one) => depth(states.get(one)!) === top);
  const next = services[worstFew.length];
  if (next === undefined) return { services, worstFew, rest: null };
  // Silence is no health: of what is only no longer listed nothing is said.
  const to = states.get(next) ?? null;
  return { services, worstFew, rest: { count: services.length - worstFew.length, to } };
}

const earliest = (group: readonly Change[]): Instant =>
  group.reduce<Instant>((found, one) => (one.at < found ? one.at : found), group[0]!.at);

/** Regions of a line: `global` first when the event names it, else ours, then the worst hit, then by name. */
function orderedRegions(group: readonly Change[], context: SignalContext): readonly string[] {
  const states = new Map<string, State | null>();
  for (const one of group)
    states.set(one.place.region, worseOf(states.get(one.place.region) ?? null, one.to));
  const weight = (region: string): number => {
    if (region === 'global') return -2;
    if (context.ours(group[0]!.place.provider, region)) return -1;
    return 0;
  };
  return [...states.keys()].sort((a, b) => {
    const byWeight = weight(a) - weight(b);
    if (byWeight !== 0) return byWeight;
    const [sa, sb] = [states.get(a) ?? 'operational', states.get(b) ?? 'operational'];
    if (sa !== sb) return isWorse(sa, sb) ? -1 : 1;
    return a < b ? -1 : 1;
  });
}

/** Two lines of the same fold as one: counts add up, places are joined, the first time stays. */
export function folded(before: SignalLine, draft: SignalDraft): SignalLine {
  const regions = sortedUnique([...before.regions, ...draft.regions]);
  const count = before.count + draft.changes;
  return {
    ...before,
    regions: regions.slice(0, 60),
    services: sortedUnique([...before.services, ...draft.services]).slice(0, 400),
    count,
    text: signalText.background(count, regions.length),
  };
}
