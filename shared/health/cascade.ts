// A cascade: signals that belong together in the order of first occurrence, the first one, the lags, the counts. What came after
// "followed"; that it was caused is said only where somebody who knows said it (domain.md, Health).
import type { SignalLine } from '../contract/health.ts';
import { fromInstant, type Instant } from '../time/clock.ts';
import type { State } from './types.ts';
import { isWorse } from './worst.ts';

export interface CascadeStep {
  readonly provider: string;
  readonly region: string;
  readonly service: string;
  /** First trouble heard. */
  readonly at: Instant;
  /** Milliseconds after the first step. */
  readonly lagMs: number;
  /** The worst it was within the window. */
  readonly worst: State;
  /** Its last word. */
  readonly last: State;
  readonly signal: string;
}

export interface Cascade {
  readonly first: CascadeStep;
  /** Oldest first, the first included. */
  readonly steps: readonly CascadeStep[];
  readonly regions: number;
  readonly services: number;
  readonly lastStepAt: Instant;
  /** `spreading`: a new step in the last quarter of the window; `recovering`: something got better since the last step. */
  readonly phase: 'spreading' | 'contained' | 'recovering' | 'over';
}

export const CASCADE_WINDOW_MS = 60 * 60_000;
/** An outage goes quiet for hours and then takes the next service (20 October 2025): open trouble holds a cascade together. */
export const HOLD_MS = 6 * 3_600_000;

/** Places of a line: one per region and service that it names, bounded. */
function placesOf(signal: SignalLine): readonly { region: string; service: string }[] {
  const regions = signal.regions.length > 0 ? signal.regions : [signal.region];
  const services = signal.services.length > 0 ? signal.services : [signal.service];
  return regions.flatMap((region) => services.map((service) => ({ region, service }))).slice(0, 4000);
}

/**
 * The cascade that was going on at `now`. A signal belongs to the one before when it came within `windowMs` of it, or within HOLD_MS
 * while a place of the same provider is still in trouble; else a new one begins. It is told while any of its places is in trouble and
 * for `windowMs` after its last signal. Null when there is none. The order in which signals of the same time are given does not matter.
 */
export function cascadeOf(
  signals: readonly SignalLine[],
  now: Instant,
  windowMs = CASCADE_WINDOW_MS,
): Cascade | null {
  const until = fromInstant(now);
  const told = signals
    .filter((one) => (one.kind === 'worse' || one.kind === 'better') && one.at <= now)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  let steps = new Map<string, CascadeStep>();
  let betterAt: Instant | null = null;
  let lastAt: Instant | null = null;
  const stillOpen = (provider: string | null): boolean =>
    [...steps.values()].some(
      (one) => one.last !== 'operational' && (provider === null || one.provider === provider),
    );
  const holds = (provider: string | null, at: number): boolean => {
    if (lastAt === null) return false;
    const gap = at - fromInstant(lastAt);
    return gap <= windowMs || (gap <= HOLD_MS && stillOpen(provider));
  };
  for (const signal of told) {
    if (!holds(signal.provider, fromInstant(signal.at))) {
      if (signal.kind === 'better') continue;
      steps = new Map();
      betterAt = null;
    }
    lastAt = signal.at;
    if (signal.kind === 'better') betterAt = signal.at;
    const start: Instant = [...steps.values()][0]?.at ?? signal.at;
    for (const { region, service } of placesOf(signal)) {
      const key = `${signal.provider}\u0001${region}\u0001${service}`;
      const before = steps.get(key);
      if (before !== undefined) {
        const worst = isWorse(signal.to, before.worst) ? signal.to : before.worst;
        steps.set(key, { ...before, worst, last: signal.to });
      } else if (signal.kind === 'worse') {
        const lagMs = fromInstant(signal.at) - fromInstant(start);
        const { provider, at, to } = signal;
        steps.set(key, { provider, region, service, at, lagMs, worst: to, last: to, signal: signal.id });
      }
    }
  }
  const all = [...steps.values()];
  const first = all[0];
  if (first === undefined || !holds(null, until)) return null;
  const lastStepAt = all.at(-1)!.at;
  const open = stillOpen(null);
  const spreading = until - fromInstant(lastStepAt) <= windowMs / 4;
  const recovering = betterAt !== null && betterAt > lastStepAt;
  return {
    first,
    steps: all,
    regions: new Set(all.map((one) => `${one.provider}/${one.region}`)).size,
    services: new Set(all.map((one) => `${one.provider}/${one.service}`)).size,
    lastStepAt,
    phase: !open ? 'over' : recovering ? 'recovering' : spreading ? 'spreading' : 'contained',
  };
}
