// The last word of every source about every place, raw: what gates and the breaker look at. Overrides never make it better.
import type { Override } from '../../shared/contract/watch.ts';
import type { SourceType } from '../../shared/health/judge.ts';
import { isBelieved } from '../../shared/health/judge-feed.ts';
import { worstWord } from '../../shared/health/judge-settle.ts';
import type { State } from '../../shared/health/types.ts';
import { isWorse } from '../../shared/health/worst.ts';
import type { Instant } from '../../shared/time/clock.ts';
import { pathOf } from './defaults.ts';
import type { Engine, FeedRuntime } from './engine.ts';
import type { Probes } from './probes/probes.ts';

export interface Reading {
  /** Id of the feed, probe or override. */
  readonly source: string;
  /** Its name for people. */
  readonly name: string;
  readonly sourceType: SourceType;
  readonly provider: string;
  readonly region: string;
  readonly service: string;
  readonly state: State;
  /** When the source is believed now; a reading that is not counts as not heard when it is good news. */
  readonly fresh: boolean;
  /** Since when it says so: when we first heard it. */
  readonly at: Instant;
  /** When the provider says that it began; null when it does not say. */
  readonly began: Instant | null;
  /** Last good answer of the source. */
  readonly fetchedAt: Instant;
  /** Of probes: percent of the tries of the last minute that failed. */
  readonly errors?: number;
  readonly tries?: number;
  /** Milliseconds; null when nothing answered. */
  readonly p95?: number | null;
  /** Of probes: tries so far in this run of the application; what was tried since a reading is the difference. */
  readonly total?: number;
  /** Of one alert: all its labels. Its place is the feed's own word beside it. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Of one alert: does it fire? */
  readonly firing?: boolean;
}

export const sourceTypeOf = (feed: Pick<FeedRuntime, 'config'>): SourceType => {
  const { kind } = feed.config;
  if (kind === 'probe') return 'probe';
  return kind === 'alertmanager' || kind === 'alertmanager-webhook' ? 'alert' : 'feed';
};

/** Since when a path that probes or alerts of ours lie on is lost: the earliest; null: none is. */
export function linkLostSince(engine: Engine): Instant | null {
  const paths = new Set(
    engine
      .feeds()
      .filter((feed) => feed.config.enabled && sourceTypeOf(feed) !== 'feed')
      .map((feed) => pathOf(feed.config)),
  );
  let first: Instant | null = null;
  for (const path of paths) {
    const since = path === null ? null : engine.pathLostSince(path);
    if (since !== null && (first === null || since < first)) first = since;
  }
  return first;
}

/**
 * Each alert with all its labels. One that has left the list fires no more where the list states everything (its dead man's
 * switch fires); else it fires until the judge says that it is over.
 */
function alertsOf(feed: FeedRuntime, fresh: boolean, heardAt: Instant): Reading[] {
  return [...feed.memory.events.values()].flatMap(({ event, over, missing, firstHeardAt }): Reading[] => {
    if (event.labels === undefined || event.silenced === true) return [];
    const firing = over === null && !(missing !== null && feed.memory.statesAll);
    return [
      {
        source: feed.config.id,
        name: feed.config.name,
        sourceType: 'alert',
        provider: event.provider ?? feed.config.provider,
        region: event.regions[0] ?? 'global',
        service: event.services[0] ?? '',
        state: firing ? event.state : 'operational',
        fresh,
        at: firstHeardAt,
        began: event.startedAt,
        fetchedAt: heardAt,
        labels: event.labels,
        firing,
      },
    ];
  });
}

/**
 * When the provider says that it began. A word of an event began with the event: products that are added later, and every
 * update, carry times of their own that say nothing of its beginning. A component without an event has only its own time.
 */
function beganOf(
  feed: FeedRuntime,
  { event, word }: NonNullable<ReturnType<typeof worstWord>>,
): Instant | null {
  const known = feed.memory.events.get(event);
  return known === undefined ? word.at : known.event.startedAt;
}

export function readingsOf(
  engine: Engine,
  probes: Pick<Probes, 'figures'>,
  overrides: readonly Override[],
): readonly Reading[] {
  const readings: Reading[] = [];
  for (const feed of engine.feeds()) {
    const { heardAt } = feed.memory;
    if (heardAt === null || !feed.config.enabled) continue;
    const fresh = isBelieved(engine.stateOf(feed));
    const sourceType = sourceTypeOf(feed);
    const figures = sourceType === 'probe' ? probes.figures(feed.config.id) : null;
    if (sourceType === 'alert') readings.push(...alertsOf(feed, fresh, heardAt));
    for (const place of feed.memory.places.values()) {
      const found = worstWord(place);
      if (found === null) continue;
      readings.push({
        source: feed.config.id,
        name: feed.config.name,
        sourceType,
        ...place.place,
        state: found.word.state,
        fresh,
        at: found.word.since,
        began: beganOf(feed, found),
        fetchedAt: heardAt,
        ...(figures ?? {}),
      });
    }
  }
  // A person who knows it to be worse than the sources say holds gates; one who calls it better changes only what is shown.
  for (const one of overrides) {
    if (!isWorse(one.state, one.sources)) continue;
    readings.push({
      source: one.id,
      name: one.by,
      sourceType: 'person',
      provider: one.provider,
      region: one.region,
      service: one.service ?? 'all-services',
      state: one.state,
      fresh: true,
      at: one.at,
      began: null,
      fetchedAt: one.at,
    });
  }
  return readings;
}
