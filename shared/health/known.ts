// Signals of events that a person marked known: they stay in the stream, and are no trouble of now. Pure.
import type { SignalLine } from '../contract/health.ts';
import { type EventMemory, isKnown } from './judge-memory.ts';

/**
 * Those that are not of a known event. A signal names its event by title alone, and providers give the same title to many: it is of the
 * known one only when that one names all of its regions.
 */
export function withoutKnown(
  signals: readonly SignalLine[],
  eventsOf: (feed: string) => Iterable<EventMemory> | null,
): readonly SignalLine[] {
  const known = new Map<string, readonly EventMemory[]>();
  const knownOf = (feed: string): readonly EventMemory[] => {
    let found = known.get(feed);
    if (found === undefined) {
      found = [...(eventsOf(feed) ?? [])].filter((one) => one.over === null && isKnown(one));
      known.set(feed, found);
    }
    return found;
  };
  return signals.filter((signal) => {
    if (signal.event === null) return true;
    const regions = signal.regions.length > 0 ? signal.regions : [signal.region];
    return !knownOf(signal.feed).some(
      ({ event }) =>
        event.title.slice(0, 300) === signal.event && regions.every((one) => event.regions.includes(one)),
    );
  });
}
