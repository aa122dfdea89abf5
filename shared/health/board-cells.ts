// What the feeds say, arranged as a board needs it: per provider and region the judged services, and the cell they make.
import type { Cell, FeedStateWord } from '../contract/health.ts';
import type { Override } from '../contract/watch.ts';
import { judgeText } from '../text/health.ts';
import type { Instant } from '../time/clock.ts';
import { type Judged, judge, type SourceType, type SourceWord, worstJudged } from './judge.ts';
import { isBelieved } from './judge-feed.ts';
import type { FeedMemory, PlaceMemory } from './judge-memory.ts';
import { isKnown } from './judge-memory.ts';
import { JUDGE_RULES } from './judge-poll.ts';
import { readsUnlisted, worstWord } from './judge-settle.ts';
import { isBroken, isTrouble, rank } from './worst.ts';

/** A feed as the board sees it. */
export interface BoardSource {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly type: SourceType;
  /** It states everything it lists, or only trouble. */
  readonly statesAll: boolean;
  readonly state: FeedStateWord;
  readonly memory: FeedMemory;
}

export interface JudgedService {
  readonly service: string;
  readonly judged: Judged;
  readonly words: readonly SourceWord[];
  /** Trouble that a person marked known, or information of a site (re-routed): not counted as broken. */
  readonly background: boolean;
}

export interface JudgedRegion {
  readonly provider: string;
  readonly region: string;
  readonly services: readonly JudgedService[];
  /** What its lists of trouble leave out; null when every source states everything. */
  readonly rest: Judged | null;
  /** Worst of the services and of what is left out. */
  readonly judged: Judged;
  /** Degraded or worse by something that is not background. */
  readonly broken: boolean;
  /** A person's word stands over it. */
  readonly override?: Override;
}

/** Provider -> region -> what is judged there. */
export type Judgement = ReadonlyMap<string, ReadonlyMap<string, JudgedRegion>>;

const silence = (source: BoardSource): SourceWord => ({
  type: source.type,
  source: source.id,
  name: source.name,
  state: null,
  fresh: isBelieved(source.state),
  heardAt: source.memory.heardAt,
  since: null,
});

export function wordOf(source: BoardSource, place: PlaceMemory, now: Instant): SourceWord {
  const found = worstWord(place);
  let missing = false;
  for (const word of place.words.values()) if (word.missing !== null) missing = true;
  return {
    type: source.type,
    source: source.id,
    name: source.name,
    state: found?.word.state ?? null,
    fresh: isBelieved(source.state),
    heardAt: source.memory.heardAt,
    since: found?.word.since ?? null,
    noLongerListed: missing || readsUnlisted(place, now, JUDGE_RULES),
  };
}

/** Is what this place says of no weight on the board: a known event, a site's information, a source that is switched off? */
function isBackground(source: BoardSource, place: PlaceMemory): boolean {
  if (source.state === 'paused') return true;
  const found = worstWord(place);
  if (found === null) return false;
  const event = source.memory.events.get(found.event);
  if (event !== undefined && isKnown(event)) return true;
  return found.word.informational && (found.event === '' || event?.event.state === 'maintenance');
}

/** Judges everything that the sources say. */
export function judgeAll(sources: readonly BoardSource[], now: Instant): Judgement {
  interface Entry {
    readonly words: SourceWord[];
    background: boolean;
  }
  const found = new Map<string, Map<string, Map<string, Entry>>>();
  const at = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
    let value = map.get(key);
    if (value === undefined) {
      value = make();
      map.set(key, value);
    }
    return value;
  };
  for (const source of sources) {
    at(found, source.provider, () => new Map());
    for (const place of source.memory.places.values()) {
      const { provider, region, service } = place.place;
      const regions = at(found, provider, () => new Map<string, Map<string, Entry>>());
      const services = at(regions, region, () => new Map<string, Entry>());
      const entry = at<string, Entry>(services, service, () => ({ words: [], background: true }));
      entry.words.push(wordOf(source, place, now));
      if (!isBackground(source, place)) entry.background = false;
    }
  }
  const judgement = new Map<string, Map<string, JudgedRegion>>();
  for (const [provider, regions] of found) {
    const quiet = sources.filter((source) => source.provider === provider && !source.statesAll);
    const judged = new Map<string, JudgedRegion>();
    for (const [region, services] of regions)
      judged.set(region, judgeRegion(provider, region, services, quiet.map(silence)));
    judgement.set(provider, judged);
  }
  return judgement;
}

/** A judge that keeps the judgement of a provider until one of its sources says something or a minute has gone by. */
export function createJudge(): typeof judgeAll {
  const kept = new Map<
    string,
    { readonly key: readonly unknown[]; readonly regions: ReadonlyMap<string, JudgedRegion> }
  >();
  const foreignKnown = new WeakMap<FeedMemory['places'], boolean>();
  /** A source may speak of a provider that is not its own: then nothing can be kept apart. */
  const foreign = ({ provider, memory: { places } }: BoardSource): boolean => {
    let known = foreignKnown.get(places);
    if (known === undefined) {
      known = [...places.values()].some((one) => one.place.provider !== provider);
      foreignKnown.set(places, known);
    }
    return known;
  };
  return (sources, now) => {
    if (sources.some(foreign)) return judgeAll(sources, now);
    const providers = new Map<string, BoardSource[]>();
    for (const source of sources) {
      const list = providers.get(source.provider);
      if (list === undefined) providers.set(source.provider, [source]);
      else list.push(source);
    }
    const judgement = new Map<string, ReadonlyMap<string, JudgedRegion>>();
    for (const [provider, own] of providers) {
      const key = [
        now.slice(0, 16),
        ...own.flatMap((one) => [one.memory.places, one.memory.events, one.memory.heardAt, one.state]),
      ];
      const before = kept.get(provider);
      const same =
        before !== undefined &&
        before.key.length === key.length &&
        key.every((part, index) => part === before.key[index]);
      const regions = same ? before.regions : (judgeAll(own, now).get(provider) ?? new Map());
      kept.set(provider, { key, regions });
      judgement.set(provider, regions);
    }
    return judgement;
  };
}

function judgeRegion(
  provider: string,
  region: string,
  entries: ReadonlyMap<string, { readonly words: readonly SourceWord[]; readonly background: boolean }>,
  silent: readonly SourceWord[],
): JudgedRegion {
  const services: JudgedService[] = [];
  for (const [service, { words, background }] of entries) {
    const spoken = new Set(words.map((word) => word.source));
    const all = [...words, ...silent.filter((word) => !spoken.has(word.source))];
    services.push({ service, judged: judge(all), words: all, background });
  }
  services.sort((a, b) => rank(a.judged.state) - rank(b.judged.state) || (a.service < b.service ? -1 : 1));
  // What a list of trouble leaves out is part of the region, too: nothing is reported of it.
  const rest = silent.length > 0 ? judge(silent) : null;
  const judged = worstJudged([...services.map((one) => one.judged), ...(rest === null ? [] : [rest])])!;
  const broken = services.some((one) => !one.background && isBroken(one.judged.state));
  return { provider, region, services, rest, judged, broken };
}

/** A region of a provider of which no source has a word; null when none of its sources could have one. */
export function emptyRegion(
  provider: string,
  region: string,
  sources: readonly BoardSource[],
): JudgedRegion | null {
  const silent = sources.filter((one) => one.provider === provider && !one.statesAll).map(silence);
  if (silent.length === 0) return null;
  const judged = judge(silent);
  return { provider, region, services: [], rest: judged, judged, broken: false };
}

/** One sentence when sources disagree; null when they do not. */
export function disagreementText(judged: Judged): string | null {
  if (judged.disagreement === null) return null;
  const { well, bad } = judged.disagreement;
  return judgeText.disagreement(
    [...new Set(well.map((word) => word.name))],
    [...new Set(bad.map((word) => judgeText.badWord(word.name, word.state!)))],
  );
}

export function cellOf(region: JudgedRegion): Cell {
  const troubled = region.services.filter((one) => isTrouble(one.judged.state));
  const { state, basis, stale, staleSince, since, noLongerListed } = region.judged;
  const disagreeing = region.services.find((one) => one.judged.disagreement !== null);
  return {
    provider: region.provider,
    region: region.region,
    state,
    basis,
    stale,
    staleSince,
    since,
    troubled: troubled.length,
    services: troubled.slice(0, 9).map((one) => one.service.slice(0, 200)),
    noLongerListed,
    disagreement: disagreeing === undefined ? null : disagreementText(disagreeing.judged),
    ...(region.override === undefined ? {} : { override: region.override }),
  };
}

/** A region as the providers' own words make it: without what only our probes and alerts speak of. Null: they say nothing of it. */
export function saidOf(region: JudgedRegion): JudgedRegion | null {
  const services = region.services.filter((one) => one.words.some((word) => word.type === 'feed'));
  if (services.length === region.services.length) return region;
  if (services.length === 0 && region.rest === null) return null;
  if (region.override !== undefined && region.override.service === null) return { ...region, services };
  const judged = worstJudged([
    ...services.map((one) => one.judged),
    ...(region.rest === null ? [] : [region.rest]),
  ])!;
  const broken = services.some((one) => !one.background && isBroken(one.judged.state));
  return { ...region, services, judged, broken };
}
