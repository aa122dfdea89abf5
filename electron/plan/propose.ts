// Waves that Bulkhead proposes: low traffic first, a canary alone, nothing of its failure domain in the next wave, growing sizes,
// and none with more than half of all targets. A person changes them as they like.
import { placeOf } from '../../shared/rollback/readings.ts';
import { planText } from '../../shared/text/plan.ts';
import type { Topology } from '../../shared/topology/types.ts';

export interface Proposal {
  readonly waves: { name: string; targets: string[]; bake: string; gate: 'health' | 'manual' }[];
  readonly because: string[];
}

/** How much of ours runs in a target's region: tier 1 weighs most. Null where nothing is known. */
function weights(topology: Topology | null): ((target: string) => number) | null {
  if (topology === null || topology.services.size === 0) return null;
  const byPlace = new Map<string, number>();
  for (const service of topology.services.values())
    for (const { provider, region } of service.runsIn) {
      const key = `${provider}/${region}`;
      byPlace.set(key, (byPlace.get(key) ?? 0) + (6 - service.tier));
    }
  return (target) => {
    const { provider, region } = placeOf(target);
    return byPlace.get(`${provider}/${region}`) ?? 0;
  };
}

/** Provider and region: cells of one region fall together. */
export const domainOf = (target: string): string => {
  const { provider, region } = placeOf(target);
  return provider === '' ? region : `${provider}/${region}`;
};

export function proposeWaves(wanted: readonly string[], topology: Topology | null): Proposal {
  const targets = [...new Set(wanted)];
  const weigh = weights(topology);
  const because: string[] = [weigh === null ? planText.because.plain : planText.because.order];
  const sorted = weigh === null ? targets : [...targets].sort((a, b) => weigh(a) - weigh(b));
  const canary = sorted[0];
  if (canary === undefined) return { waves: [], because };
  const waves: Proposal['waves'] = [{ name: 'canary', targets: [canary], bake: '10m', gate: 'health' }];
  because.push(planText.because.canary(canary));
  let rest = sorted.slice(1);
  if (rest.length === 0) return { waves, because };

  const apart = rest.filter((target) => domainOf(target) !== domainOf(canary));
  const half = Math.max(1, Math.floor(targets.length / 2));
  let size = 2;
  if (apart.length > 0) {
    const next = apart.slice(0, Math.min(size, half));
    because.push(planText.because.apart(domainOf(canary)));
    add(next);
  } else because.push(planText.because.notApart);
  while (rest.length > 0) add(rest.slice(0, Math.min(size, half)));
  if (waves.length > 2) because.push(planText.because.grow);
  return { waves, because };

  function add(next: readonly string[]): void {
    rest = rest.filter((target) => !next.includes(target));
    const last = rest.length === 0;
    waves.push({
      name: last && waves.length > 1 ? 'the rest' : `wave ${waves.length}`,
      targets: [...next],
      bake: '15m',
      gate: last ? 'manual' : 'health',
    });
    size *= 2;
  }
}
