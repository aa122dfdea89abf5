// Signals as lines: drafts of a poll taken up with their folds, and what is said of feeds and paths themselves.
import type { SignalLine } from '../../shared/contract/health.ts';
import { folded, type SignalDraft } from '../../shared/health/signals.ts';
import type { State } from '../../shared/health/types.ts';
import { isTrouble } from '../../shared/health/worst.ts';
import { signalText } from '../../shared/text/health.ts';
import { type Clock, fromInstant, type Instant, toInstant } from '../../shared/time/clock.ts';
import { type FeedConfig, INTERNET } from './defaults.ts';
import type { HealthStore } from './store.ts';

/** A line that gathers background changes is open this long: milliseconds. */
const FOLD_MS = 6 * 3_600_000;
/** Trouble of a region is "new" when none was heard this long before: milliseconds. */
const NEW_REGION_MS = 3_600_000;

export interface Taken {
  readonly added: readonly SignalLine[];
  readonly updated: readonly SignalLine[];
  /** Fold key of added lines, by id. */
  readonly folds: ReadonlyMap<string, string>;
}

export interface Taker {
  /** Drafts as lines with ids; those of an open fold change the line that is there. */
  take(drafts: readonly SignalDraft[]): Taken;
  /** Was trouble of this region heard within the last hour? */
  heardBefore(provider: string, region: string): boolean;
}

export function createTaker(deps: {
  readonly store: Pick<HealthStore, 'openFold'>;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
}): Taker {
  const { store, clock } = deps;
  const regionTrouble = new Map<string, number>();
  const regionKey = (provider: string, region: string): string => `${provider}/${region}`;
  return {
    heardBefore(provider, region) {
      const at = regionTrouble.get(regionKey(provider, region));
      return at !== undefined && clock.now() - at < NEW_REGION_MS;
    },
    take(drafts) {
      const added: SignalLine[] = [];
      const updated = new Map<string, SignalLine>();
      const folds = new Map<string, string>();
      for (const draft of drafts) {
        const { fold, changes, ...line } = draft;
        if (isTrouble(line.to) && line.kind === 'worse')
          for (const region of line.regions) regionTrouble.set(regionKey(line.provider, region), clock.now());
        const here = fold === null ? -1 : added.findIndex((one) => folds.get(one.id) === fold);
        if (here >= 0) {
          added[here] = folded(added[here]!, draft);
          continue;
        }
        const open = fold === null ? null : store.openFold(fold, toInstant(fromInstant(line.at) - FOLD_MS));
        if (open !== null) {
          const before = updated.get(open.id) ?? open;
          updated.set(open.id, folded(before, draft));
          continue;
        }
        const signal: SignalLine = { ...line, id: deps.ids.uuid(), count: fold === null ? 1 : changes };
        added.push(signal);
        if (fold !== null) folds.set(signal.id, fold);
      }
      return { added, updated: [...updated.values()], folds };
    },
  };
}

/** A feed is lost, or heard again. */
export function feedLine(config: FeedConfig, to: State, text: string, at: Instant, id: string): SignalLine {
  return {
    id,
    at,
    began: null,
    provider: config.provider,
    region: 'global',
    service: config.name,
    from: to === 'operational' ? 'unknown' : null,
    to,
    feed: config.id,
    source: config.name,
    event: null,
    text: text.slice(0, 1000),
    regions: [],
    services: [],
    newRegion: false,
    kind: 'feed',
    count: 1,
  };
}

/** A path is lost, or back after so many minutes, or nobody defines it any more. */
export function pathLine(
  path: string,
  how: 'lost' | 'back' | 'gone',
  minutes: number,
  at: Instant,
  id: string,
): SignalLine {
  const named = path !== INTERNET;
  const lost = how === 'lost';
  const back = named ? signalText.namedPathBack(path, minutes) : signalText.pathBack(minutes);
  const gone = named ? signalText.namedPathLost(path) : signalText.pathLost;
  const text = how === 'gone' ? signalText.pathGone(path) : lost ? gone : back;
  return {
    id,
    at,
    began: null,
    provider: path,
    region: 'global',
    service: path,
    from: lost ? 'operational' : 'unknown',
    to: how === 'back' ? 'operational' : 'unknown',
    feed: path,
    source: 'Bulkhead',
    event: null,
    text,
    regions: [],
    services: [],
    newRegion: false,
    kind: how === 'gone' ? 'info' : 'path',
    count: 1,
  };
}
