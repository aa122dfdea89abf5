// What the feeds say, arranged as a board needs it: per provider and region the judged services, and the cell they make.
import type { BoardRow, Cell, FeedStateWord } from '../contract/health.ts';
import type { Override } from '../contract/watch.ts';
import { judgeText } from '../text/health.ts';
import type { Instant } from '../time/clock.ts';
import { type Judged, judge, type SourceType, type SourceWord, worstJudged } from './judge.ts';
import { isBelieved } from './judge-feed.ts';
import type { FeedMemory, PlaceMemory } from './judge-memory.ts';
import { isKnown } from './judge-memory.ts';
import { JUDGE_RULES } from './judge-rules.ts';
import { readsUnlisted, worstWord } from './judge-settle.ts';
import { isBroken, isTrouble, rank, worst } from './worst.ts';

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
  /** Name of the path that it goes over; null or absent: none that could be lost. */
  readonly path?: string | null;
}

export interface JudgedService {
  readonly service: string;
  readonly judged: Judged;
  readonly words: readonly SourceWord[];
  /** Trouble that a person marked known, or information of a site (re-routed): not counted as broken. */
  readonly background: boolean;
  /** All its trouble comes from events that a person marked known. */
  readonly known?: boolean;
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

/** Does the trouble of this place come from known events alone? `none`: there is no trouble. */
function knownTrouble(source: BoardSource, place: PlaceMemory): 'none' | 'known' | 'news' {
  let found: 'none' | 'known' | 'news' = 'none';
  for (const [id, word] of place.words) {
    if (!isTrouble(word.state)) continue;
    const event = source.memory.events.get(id);
    if (event === undefined || !isKnown(event)) return 'news';
    found = 'known';
  }
  return found;
}

/** Is what this place says of no weight on the board: known events, a site's information, a source that is switched off? */
function isBackground(
  source: BoardSource,
  place: PlaceMemory,
  trouble: ReturnType<typeof knownTrouble>,
): boolean {
  if (source.state === 'paused' || trouble === 'known') return true;
  const found = worstWord(place);
  if (found === null) return false;
  const event = source.memory.events.get(found.event);
  return found.word.informational && (found.event === '' || event?.event.state === 'maintenance');
}

/** Judges everything that the sources say. */
export function judgeAll(sources: readonly BoardSource[], now: Instant): Judgement {
  interface Entry {
    readonly words: SourceWord[];
    background: boolean;
    known: boolean;
    news: boolean;
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
      const entry = at<string, Entry>(services, service, () => ({
        words: [],
        background: true,
        known: false,
        news: false,
      }));
      entry.words.push(wordOf(source, place, now));
      const trouble = knownTrouble(source, place);
      if (trouble === 'known') entry.known = true;
      if (trouble === 'news') entry.news = true;
      if (!isBackground(source, place, trouble)) entry.background = false;
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

const spoken = new WeakMap<FeedMemory['places'], ReadonlySet<string>>();

/** The providers that a source has a word about: one Alertmanager may watch several. */
export function spokenOf({ memory: { places } }: Pick<BoardSource, 'memory'>): ReadonlySet<string> {
  let known = spoken.get(places);
  if (known === undefined) {
    known = new Set([...places.values()].map((one) => one.place.provider));
    spoken.set(places, known);
  }
  return known;
}

/** A judge that keeps the judgement of a provider until one of its sources says something or a minute has gone by. */
export function createJudge(): typeof judgeAll {
  const kept = new Map<
    string,
    { readonly key: readonly unknown[]; readonly regions: ReadonlyMap<string, JudgedRegion> }
  >();
  return (sources, now) => {
    // A source that speaks of several providers is one of each: it is judged with those beside it, and kept with them.
    const providers = new Map<string, BoardSource[]>();
    const add = (provider: string, source: BoardSource): void => {
      const list = providers.get(provider);
      if (list === undefined) providers.set(provider, [source]);
      else list.push(source);
    };
    for (const source of sources) {
      add(source.provider, source);
      for (const provider of spokenOf(source)) if (provider !== source.provider) add(provider, source);
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
  entries: ReadonlyMap<
    string,
    {
      readonly words: readonly SourceWord[];
      readonly background: boolean;
      readonly known: boolean;
      readonly news: boolean;
    }
  >,
  silent: readonly SourceWord[],
): JudgedRegion {
  const services: JudgedService[] = [];
  for (const [service, { words, background, known, news }] of entries) {
    const spoken = new Set(words.map((word) => word.source));
    const all = [...words, ...silent.filter((word) => !spoken.has(word.source))];
    const judged = judge(all);
    services.push({ service, judged, words: all, background, ...(known && !news ? { known } : {}) });
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
function disagreementText(judged: Judged): string | null {
  if (judged.disagreement === null) return null;
  const { well, bad } = judged.disagreement;
  return judgeText.disagreement(
    [...new Set(well.map((word) => word.name))],
    [...new Set(bad.map((word) => judgeText.badWord(word.name, word.state!)))],
  );
}

/** What a region comes to when known events are no trouble: that of the others, as long as one of them is in trouble. */
function shownOf(region: JudgedRegion, news: readonly JudgedService[], known: number): Judged {
  if (known === 0 || news.length === 0) return region.judged;
  if (region.override?.service === null) return region.judged;
  return worstJudged(news.map((one) => one.judged))!;
}

export function cellOf(region: JudgedRegion): Cell {
  const inTrouble = region.services.filter((one) => isTrouble(one.judged.state));
  const troubled = inTrouble.filter((one) => one.known !== true);
  const known = inTrouble.length - troubled.length;
  const { state, basis, stale, staleSince, since, noLongerListed } = shownOf(region, troubled, known);
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
    services: (troubled.length > 0 ? troubled : inTrouble)
      .slice(0, 9)
      .map((one) => one.service.slice(0, 200)),
    noLongerListed,
    disagreement: disagreeing === undefined ? null : disagreementText(disagreeing.judged),
    ...(known === 0 ? {} : { known }),
    ...(region.override === undefined ? {} : { override: region.override }),
  };
}

/** Is all that is wrong with a cell known? Then it counts as no trouble. */
export const isKnownCell = (cell: Pick<Cell, 'known' | 'troubled'>): boolean =>
  (cell.known ?? 0) > 0 && cell.troubled === 0;

/** The column Elsewhere: the worst that is not known, how many are in trouble, and what is known apart. */
export function elsewhereCount(cells: readonly Cell[]): NonNullable<BoardRow['elsewhere']> {
  const news = cells.filter((cell) => !isKnownCell(cell));
  const known = cells.filter(isKnownCell);
  return {
    worst: worst(news.map((cell) => cell.state)) ?? 'operational',
    troubled: news.filter((cell) => isTrouble(cell.state)).length,
    regions: cells.length,
    ...(known.length === 0
      ? {}
      : { known: { regions: known.length, worst: worst(known.map((cell) => cell.state))! } }),
  };
}

/** A region as the providers' own words make it: without what only our probes and alerts speak of. Null: they say nothing of it. */
export function saidOf(region: JudgedRegion): JudgedRegion | null {
  // A feed that lists only trouble stands beside every service with its silence; that is no word about it.
  const speaks = (word: SourceWord): boolean =>
    word.type === 'feed' && (word.state !== null || word.noLongerListed === true);
  const services = region.services.filter((one) => one.words.some(speaks));
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
