// What the topology says about a plan: the provider services that its system leans on, and what preflight may know of it.

import type { Facts } from '../../shared/rollback/preflight.ts';
import type { Topology, Tree } from '../../shared/topology/types.ts';
import { domainOf } from './propose.ts';

/** `provider/service` of everything that a system of ours needs, through other systems of ours as well. */
export function leanedOn(topology: Topology | null, system: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const look = (name: string): void => {
    const service = topology?.services.get(name);
    if (!service || seen.has(name)) return;
    seen.add(name);
    walk(service.needs);
  };
  const walk = (tree: Tree): void => {
    if (tree.op !== 'leaf') for (const one of tree.of) walk(one);
    else if (tree.leaf.kind === 'place') found.add(`${tree.leaf.provider}/${tree.leaf.service}`);
    else if (tree.leaf.kind === 'ours') look(tree.leaf.service);
  };
  look(system);
  return [...found].sort();
}

export const factsOf = (topology: Topology | null, system: string, known: Facts): Facts => {
  const watch = leanedOn(topology, system);
  return { domainOf, ...(watch.length > 0 ? { watch } : {}), ...known };
};
