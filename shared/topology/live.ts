// A need against the live board: what the sources say of the place that it names. Silence of a source that is heard is well
// enough; silence of one that is not heard, and a place nobody speaks of, is unknown. Pure.
import type { JudgedRegion, Judgement } from '../health/board-cells.ts';
import type { State } from '../health/types.ts';
import { worseOf } from '../health/worst.ts';
import { orderOf } from './order.ts';
import type { Leaf, Topology, Tree } from './types.ts';

/** Everything that a tree names, in order. */
export function leavesOf(tree: Tree): readonly Leaf[] {
  return tree.op === 'leaf' ? [tree.leaf] : tree.of.flatMap(leavesOf);
}

/** Names as people write them against names as feeds write them: `Amazon DynamoDB`, `dynamodb`; `Cloud Run`, `cloud-run`. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(amazon|aws|google cloud|google|azure|microsoft)[\s-]+/, '')
    .replace(/[^a-z0-9]+/g, '');

/** What is said of a service in a region by name, or of all of its services at once; null when nothing is. */
function inRegion(region: JudgedRegion | undefined, service: string): State | null {
  if (region === undefined) return null;
  if (region.override !== undefined && region.override.service === null) return region.judged.state;
  const wanted = plainName(service);
  let found: State | null = null;
  for (const one of region.services)
    if (one.service === service || one.service === 'all-services' || plainName(one.service) === wanted)
      found = worseOf(found, one.judged.state);
  return found;
}

/** `heard`: may the silence of a provider's sources be believed? */
export function stateOfLeaf(
  leaf: Exclude<Leaf, { kind: 'ours' }>,
  judgement: Judgement,
  heard: (provider: string) => boolean,
): State {
  const regions = judgement.get(leaf.provider);
  const silence: State = heard(leaf.provider) ? 'operational' : 'unknown';
  if (regions === undefined) return 'unknown';
  const region = regions.get(leaf.region);
  if (leaf.kind === 'region') return region?.judged.state ?? silence;
  const here = inRegion(region, leaf.service);
  // A word about the service everywhere counts in each region.
  const everywhere = leaf.region === 'global' ? null : inRegion(regions.get('global'), leaf.service);
  return worseOf(here, everywhere) ?? silence;
}

/**
 * Of which services does somebody say so, and of which is it only that nothing was reported? A provider that lists only trouble has
 * not said "healthy" of what it leaves out. All-of is said when all of it is, any-of when one way is.
 */
export function saidServices(
  topology: Topology,
  said: (leaf: Exclude<Leaf, { kind: 'ours' }>) => boolean,
): ReadonlySet<string> {
  const known = new Set<string>();
  const tree = (t: Tree): boolean => {
    if (t.op === 'leaf') return t.leaf.kind === 'ours' ? known.has(t.leaf.service) : said(t.leaf);
    return t.op === 'all' ? t.of.every(tree) : t.of.some(tree);
  };
  for (const name of orderOf(topology).names) {
    const { needs } = topology.services.get(name)!;
    if (leavesOf(needs).length > 0 && tree(needs)) known.add(name);
  }
  return known;
}

/** Whether a source states the state of a place, `stateOfLeaf`'s companion. */
export function isLeafSaid(leaf: Exclude<Leaf, { kind: 'ours' }>, judgement: Judgement): boolean {
  const regions = judgement.get(leaf.provider);
  const stated = (region: JudgedRegion | undefined, service: string | null): boolean => {
    if (region === undefined) return false;
    if (service === null) return region.judged.basis === 'stated';
    const wanted = plainName(service);
    return region.services.some(
      (one) =>
        one.judged.basis === 'stated' &&
        (one.service === service || one.service === 'all-services' || plainName(one.service) === wanted),
    );
  };
  const service = leaf.kind === 'place' ? leaf.service : null;
  return (
    stated(regions?.get(leaf.region), service) ||
    (service !== null && leaf.region !== 'global' && stated(regions?.get('global'), service))
  );
}
