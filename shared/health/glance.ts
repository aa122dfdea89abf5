// Broken, Now, Next: the line that answers in one look. "Nothing broken" is said only when everything we run on is heard
// (domain.md, Health; ui.md, Health on screen).
import type { FeedStateWord, Glance, SignalLine } from '../contract/health.ts';
import { glanceText } from '../text/health.ts';
import type { Instant } from '../time/clock.ts';
import type { JudgedRegion } from './board-cells.ts';
import { isBelieved } from './judge-feed.ts';
import type { State } from './types.ts';
import { isBroken, rank } from './worst.ts';

export interface GlanceInput {
  /** Regions we run on; empty: nobody said, then everything with a row counts. */
  readonly ours: readonly JudgedRegion[];
  readonly others: readonly JudgedRegion[];
  readonly configured: boolean;
  readonly feeds: readonly {
    readonly name: string;
    readonly state: FeedStateWord;
    readonly ours: boolean;
    readonly path?: string | null;
  }[];
  /** Newest first. */
  readonly signals: readonly SignalLine[];
  readonly offline: { readonly since: Instant } | null;
  /** Persons' words in force. */
  readonly overrides: number;
  /** Providers that we run on and that nobody watches. Default: none. */
  readonly unwatched?: readonly string[];
}

export function glanceOf(input: GlanceInput): Glance {
  return { broken: broken(input), now: now(input), next: [] };
}

function broken(input: GlanceInput): Glance['broken'] {
  const counted = input.configured ? input.ours : [...input.ours, ...input.others];
  const rest = input.configured ? input.others : [];
  const bad = counted.filter((region) => region.broken);
  const elsewhere = rest.filter((region) => region.broken).length;
  const silent = input.feeds.filter((feed) => !isBelieved(feed.state));
  const unwatched = input.unwatched ?? [];
  const notHeard = notHeardOf(input.feeds, silent);
  const last = [
    notHeard.length === 0 ? '' : glanceText.notHeard(notHeard),
    unwatched.length === 0 ? '' : glanceText.unwatched(unwatched),
    input.overrides === 0 ? '' : glanceText.overrides(input.overrides),
    elsewhere === 0 ? '' : glanceText.elsewhere(elsewhere),
  ]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 300);
  const lines = last === '' ? [] : [last];
  if (bad.length > 0) {
    const services = bad.flatMap((region) =>
      region.services.filter((one) => !one.background && isBroken(one.judged.state)),
    );
    const names = new Set(services.map((one) => one.service));
    const detail = glanceText.regions(byState(bad)).slice(0, 300);
    return { state: 'broken', lead: glanceText.broken(bad.length, names.size), lines: [detail, ...lines] };
  }
  const deaf = input.configured ? silent.filter((feed) => feed.ours) : silent;
  const unknown =
    deaf.length > 0 ||
    input.overrides > 0 ||
    input.offline !== null ||
    unwatched.length > 0 ||
    counted.some((one) => one.judged.stale || (input.configured && one.judged.state === 'unknown'));
  if (input.feeds.length === 0) return { state: 'unknown', lead: glanceText.nothingWatched, lines };
  return unknown
    ? { state: 'unknown', lead: glanceText.noTroubleHeard, lines }
    : { state: 'quiet', lead: glanceText.nothingBroken, lines };
}

/** What is not heard: a lost path is one word for everything on it, not one for each. */
function notHeardOf(feeds: GlanceInput['feeds'], silent: GlanceInput['feeds']): readonly string[] {
  const cutOff = new Map<string, number>();
  const said: string[] = [];
  for (const { name, state, path } of silent) {
    if (state === 'offline' && path) cutOff.set(path, (cutOff.get(path) ?? 0) + 1);
    else said.push(glanceText.feed(name, state));
  }
  const paths = [...cutOff].map(([path, count]) =>
    glanceText.pathNotHeard(path, count, count === feeds.length),
  );
  return [...paths, ...said];
}

/** Regions per state, worst first, the names as the provider writes them. */
function byState(regions: readonly JudgedRegion[]): readonly { state: State; regions: readonly string[] }[] {
  const groups = new Map<State, Set<string>>();
  for (const one of regions) {
    const name = one.region === 'global' ? `${one.provider} global` : one.region;
    const worstHere = one.services.find((service) => !service.background)?.judged.state ?? one.judged.state;
    const group = groups.get(worstHere);
    if (group === undefined) groups.set(worstHere, new Set([name]));
    else group.add(name);
  }
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([state, names]) => ({ state, regions: [...names] }));
}

function now(input: GlanceInput): Glance['now'] {
  if (input.offline !== null)
    return { lead: glanceText.offline(input.offline.since), lines: [glanceText.offlineWhat] };
  const trouble = input.signals.filter((signal) => signal.kind === 'worse');
  const first = trouble.at(-1);
  if (first === undefined) return { lead: glanceText.noIncident, lines: [] };
  return { lead: glanceText.noIncident, lines: [glanceText.firstSignal(first.at, trouble.length)] };
}
