// What the source said when a signal was made: it goes into the incident with the signal.
import type { SignalLine } from '../../shared/contract/health.ts';
import {
  type EventMemory,
  type FeedMemory,
  type PlaceMemory,
  placeKey,
} from '../../shared/health/judge-memory.ts';
import type { Engine } from './engine.ts';
import type { SignalWithEvidence } from './ports.ts';
import { evidenceText } from './views.ts';

/** The event that a signal names by its title. Providers give many the same one: the nearest to its place, of these the newest. */
function eventOf(
  memory: FeedMemory,
  signal: SignalLine,
  place: PlaceMemory | undefined,
): EventMemory | undefined {
  const regions = signal.regions.length > 0 ? signal.regions : [signal.region];
  let best: EventMemory | undefined;
  let near = -1;
  for (const one of memory.events.values()) {
    const { id, title, regions: named, services } = one.event;
    if (title.slice(0, 300) !== signal.event) continue;
    const here = place !== undefined && (place.words.has(id) || place.cause === id);
    const next =
      Number(here) * 4 +
      Number(regions.every((region) => named.includes(region))) * 2 +
      Number(services.includes(signal.service));
    if (next < near || (next === near && best !== undefined && one.firstHeardAt < best.firstHeardAt))
      continue;
    best = one;
    near = next;
  }
  return best;
}

export function withEvidence(engine: Engine, signal: SignalLine): SignalWithEvidence {
  const feed = engine.get(signal.feed);
  const { provider, region, service } = signal;
  const place = feed?.memory.places.get(placeKey({ provider, region, service }));
  const event = feed === null ? undefined : eventOf(feed.memory, signal, place);
  const text = event?.event.text ?? (feed && place ? evidenceText(feed, place) : '');
  return { ...signal, fetchedAt: feed?.fetched.fetchedAt ?? null, excerpt: text.slice(0, 4096) };
}
