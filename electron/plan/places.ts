// Where a system runs, for whoever makes a plan: its own regions, then those of what it leans on, and which of our probes and alerts
// see each. From the packs' topology and the last words heard; nothing is guessed. Pure.
import type { Output } from '../../shared/contract/index.ts';
import { placeOf } from '../../shared/rollback/readings.ts';
import { planText as say } from '../../shared/text/plan.ts';
import type { Topology, Tree } from '../../shared/topology/types.ts';
import type { Heard, Probe } from './ports.ts';
import { cut } from './view-words.ts';

type Places = Output<'plan.places'>;
const MOST_PLACES = 200;

/** Everything that a system needs, as `provider/region` with the words of what is there. */
function leansOn(topology: Topology, system: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const note = (provider: string, region: string, what: string): void => {
    const key = `${provider}/${region}`;
    found.set(key, (found.get(key) ?? new Set()).add(what));
  };
  const look = (name: string, own: boolean): void => {
    const service = topology.services.get(name);
    if (!service || seen.has(name)) return;
    seen.add(name);
    if (!own) for (const { provider, region } of service.runsIn) note(provider, region, name);
    walk(service.needs);
  };
  const walk = (tree: Tree): void => {
    if (tree.op !== 'leaf') for (const one of tree.of) walk(one);
    else if (tree.leaf.kind === 'ours') look(tree.leaf.service, false);
    else if (tree.leaf.kind === 'place') note(tree.leaf.provider, tree.leaf.region, tree.leaf.service);
    else note(tree.leaf.provider, tree.leaf.region, say.places.region);
  };
  look(system, true);
  return found;
}

/** Probes of ours that look at a place, whether heard or not, and alerts about it; a provider's page is none of them. */
export function seenBy(target: string, heard: readonly Heard[], probes: readonly Probe[]): string[] {
  const place = placeOf(target);
  const here = (provider: string | undefined, region: string | undefined): boolean =>
    region === place.region && (provider === undefined || provider === place.provider);
  const silent = new Set<string>(
    probes.filter((one) => here(one.provider, one.region)).map((one) => one.name),
  );
  const names = heard.flatMap((one): string[] => {
    if (one.type === 'probe') {
      const own = one.target === null ? null : placeOf(one.target);
      if (own === null || !here(own.provider, own.region)) return [];
      // A probe is called by its name for people where it has one.
      const known = [...silent].find((name) => name === one.name || one.aliases?.includes(name));
      if (known !== undefined) silent.delete(known);
      return [say.places.probe(known ?? one.name)];
    }
    if (one.type !== 'alert') return [];
    const { provider, region } = one.labels;
    return here(provider, region) ? [say.places.alert(one.labels['alertname'] ?? 'alert')] : [];
  });
  return [...new Set([...names, ...[...silent].map((name) => say.places.silent(name))])]
    .sort()
    .slice(0, 20)
    .map((name) => cut(name, 120));
}

export function placesOf(
  topology: Topology | null,
  heard: readonly Heard[],
  system: string,
  targets: readonly string[],
  probes: readonly Probe[] = [],
): Places {
  const services = [...(topology?.services.values() ?? [])];
  const systems = services
    .slice(0, 500)
    .map(({ name, title }) => ({ name: cut(name, 120), title: cut(title, 200) }));
  const seen = targets.map((target) => ({ target, by: seenBy(target, heard, probes) }));
  const service = topology?.services.get(system);
  const nothing = { systems, known: service !== undefined, places: [], seen };
  if (services.length === 0) return { ...nothing, note: say.places.noTopology };
  if (!service) return { ...nothing, note: system.trim() === '' ? null : say.places.unknown(system) };
  const own = [...new Set(service.runsIn.map(({ provider, region }) => `${provider}/${region}`))];
  const leans = leansOn(topology as Topology, system);
  const place = (target: string, runs: boolean): Places['places'][number] => ({
    target: cut(target, 120),
    runs,
    needs: [...(leans.get(target) ?? [])]
      .sort()
      .slice(0, 20)
      .map((one) => cut(one, 120)),
    by: seenBy(target, heard, probes),
  });
  const places = [
    ...own.map((target) => place(target, true)),
    ...[...leans.keys()]
      .filter((target) => !own.includes(target))
      .sort()
      .map((target) => place(target, false)),
  ].slice(0, MOST_PLACES);
  return { ...nothing, places, note: own.length === 0 ? say.places.runsNowhere(system) : null };
}
