// A cascade: signals within a window in the order of first occurrence, the first one, the lags, the counts. What came after
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

/** Places of a line: one per region and service that it names, bounded. */
function placesOf(signal: SignalLine): readonly { region: string; service: string }[] {
  const regions = signal.regions.length > 0 ? signal.regions : [signal.region];
  const services = signal.services.length > 0 ? signal.services : [signal.service];
  return regions.flatMap((region) => services.map((service) => ({ region, service }))).slice(0, 4000);
}

/**
 * The cascade that was going on at `now`: trouble signals not older than `windowMs`. Null when there was none. Deterministic:
 * the order in which signals of the same time are given does not matter.
 */
export function cascadeOf(
  signals: readonly SignalLine[],
  now: Instant,
  windowMs = CASCADE_WINDOW_MS,
): Cascade | null {
  const until = fromInstant(now);
  const recent = signals
    .filter((one) => (one.kind === 'worse' || one.kind === 'better') && one.at <= now)
    .filter((one) => until - fromInstant(one.at) <= windowMs)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  const steps = new Map<string, CascadeStep>();
  let start: Instant | null = null;
  let betterAt: Instant | null = null;
  for (const signal of recent) {
    if (signal.kind === 'better') betterAt = signal.at;
    for (const { region, service } of placesOf(signal)) {
      const key = `${signal.provider}\u0001${region}\u0001${service}`;
      const before = steps.get(key);
      if (before !== undefined) {
        const worst = isWorse(signal.to, before.worst) ? signal.to : before.worst;
        steps.set(key, { ...before, worst, last: signal.to });
      } else if (signal.kind === 'worse') {
        start ??= signal.at;
        const lagMs = fromInstant(signal.at) - fromInstant(start);
        const { provider, at, to } = signal;
        steps.set(key, { provider, region, service, at, lagMs, worst: to, last: to, signal: signal.id });
      }
    }
  }
  const all = [...steps.values()];
  const first = all[0];
  if (first === undefined) return null;
  const lastStepAt = all.at(-1)!.at;
  const open = all.some((one) => one.last !== 'operational');
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
