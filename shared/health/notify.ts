// What of the signals is worth waking somebody, and when it is told: gathered, never a storm, again until acknowledged. Pure.
import type { SignalLine } from '../contract/health.ts';
import type { NotifyItem, NotifySettings } from '../contract/notify.ts';
import { fromInstant } from '../time/clock.ts';

export type What = NotifyItem['what'];

/** Signals of one burst are gathered this long before anything is told: milliseconds. */
export const GATHER_MS = 3000;
/** Between two notifications at least: milliseconds. What comes within waits and comes as one. */
export const QUIET_MS = 60_000;
/** An open item sounds again after: milliseconds. */
export const AGAIN_MS = 5 * 60_000;

/** What a signal is to whoever wants to be told; null: nothing that was chosen. */
export function whatOf(
  signal: SignalLine,
  settings: NotifySettings,
  ours: (provider: string, region: string) => boolean,
): What | null {
  const regions = signal.regions.length > 0 ? signal.regions : [signal.region];
  const here = regions.some((region) => ours(signal.provider, region));
  if (signal.kind === 'worse') {
    if (here && settings.oursWorse) return 'ours-worse';
    return settings.anyWorse ? 'any-worse' : null;
  }
  if (signal.kind === 'better') return here && settings.oursBetter ? 'ours-better' : null;
  const lost = (signal.kind === 'feed' || signal.kind === 'path') && signal.to === 'unknown';
  return lost && settings.feedStale ? 'feed-stale' : null;
}

/** Items that belong together: one per kind and provider, however many regions and services. */
export const itemKey = (what: What, signal: Pick<SignalLine, 'provider' | 'feed'>): string =>
  what === 'feed-stale' ? `${what} ${signal.feed}` : `${what} ${signal.provider}`;

/** Is it time to tell of an item? Never told: yes; open and told: again after five minutes. */
export const isDue = (item: Pick<NotifyItem, 'toldAt'>, now: number): boolean => {
  if (item.toldAt === null) return true;
  const ago = now - fromInstant(item.toldAt);
  // A clock that was set back must not silence an item for hours.
  return ago >= AGAIN_MS || ago < -AGAIN_MS;
};
