// What the source said when a signal was made: it goes into the incident with the signal.
import type { SignalLine } from '../../shared/contract/health.ts';
import { placeKey } from '../../shared/health/judge-memory.ts';
import type { Engine } from './engine.ts';
import type { SignalWithEvidence } from './ports.ts';
import { evidenceText } from './views.ts';

export function withEvidence(engine: Engine, signal: SignalLine): SignalWithEvidence {
  const feed = engine.get(signal.feed);
  const event =
    signal.event === null || feed === null
      ? undefined
      : [...feed.memory.events.values()].find((one) => one.event.title.slice(0, 300) === signal.event);
  const { provider, region, service } = signal;
  const place = feed?.memory.places.get(placeKey({ provider, region, service }));
  const text = event?.event.text ?? (feed && place ? evidenceText(feed, place) : '');
  return { ...signal, fetchedAt: feed?.fetched.fetchedAt ?? null, excerpt: text.slice(0, 4096) };
}
