// topology.yaml to a Topology: names resolved, cycles found, every problem with its line and column.
import { type FileProblem, readYaml } from '../pack/yaml.ts';
import { walk } from './order.ts';
import { type Leaf, type Need, type OurService, type Topology, type Tree, topologySchema } from './types.ts';

/** A reference as written; null when it is none of the three forms. */
function readReference(text: string, ours: ReadonlySet<string>): Leaf | null {
  const parts = text.split('/').map((p) => p.trim());
  if (parts.some((p) => p === '')) return null;
  if (parts.length === 1) return ours.has(parts[0]!) ? { kind: 'ours', service: parts[0]! } : null;
  if (parts.length === 2) return { kind: 'region', provider: parts[0]!, region: parts[1]! };
  if (parts.length === 3)
    return { kind: 'place', provider: parts[0]!, region: parts[1]!, service: parts[2]! };
  return null;
}

const DEPTH = 12;
const MAX_PROBLEMS = 100;
/** Names of a circle that are said: its end is its beginning. */
const MAX_CIRCLE = 20;

const circleText = (circle: readonly string[]): string =>
  `these services need each other in a circle: ${
    circle.length <= MAX_CIRCLE
      ? circle.join(' -> ')
      : `${circle.slice(0, MAX_CIRCLE).join(' -> ')} and ${circle.length - MAX_CIRCLE} more`
  }`;

/** Never throws. `topology` is null when anything is wrong. */
export function parseTopology(text: string): { topology: Topology | null; problems: readonly FileProblem[] } {
  const read = readYaml(text, topologySchema);
  if (read.value === null) return { topology: null, problems: read.problems };
  const spec = read.value;
  const names = new Set(Object.keys(spec.services));
  const problems: FileProblem[] = [];
  const report = (path: readonly PropertyKey[], words: string): void => {
    problems.push({ ...read.at(path), text: words });
  };
  const resolve = (need: Need, path: readonly PropertyKey[], depth: number): Tree => {
    if (depth > DEPTH) {
      report(path, `nested deeper than ${DEPTH} levels`);
      return { op: 'all', of: [] };
    }
    if (typeof need === 'string') {
      const leaf = readReference(need, names);
      if (leaf === null) {
        report(
          path,
          `${JSON.stringify(need)} is neither provider/region, provider/region/service nor one of the services in this file`,
        );
        return { op: 'all', of: [] };
      }
      return { op: 'leaf', leaf, text: need };
    }
    const any = 'any-of' in need;
    const list = any ? need['any-of'] : need['all-of'];
    return {
      op: any ? 'any' : 'all',
      of: list.map((n, i) => resolve(n, [...path, any ? 'any-of' : 'all-of', i], depth + 1)),
    };
  };
  const services = new Map<string, OurService>();
  for (const [name, s] of Object.entries(spec.services)) {
    const runsIn = s.runsIn.flatMap((text, i) => {
      const leaf = readReference(text, names);
      if (leaf?.kind === 'region') return [{ provider: leaf.provider, region: leaf.region }];
      report(['services', name, 'runsIn', i], `${JSON.stringify(text)} is not provider/region`);
      return [];
    });
    const of = s.needs.map((n, i) => resolve(n, ['services', name, 'needs', i], 0));
    services.set(name, {
      name,
      title: s.title ?? name,
      tier: s.tier,
      owner: s.owner,
      costPerMinute: s.costPerMinute ?? null,
      runsIn,
      needs: { op: 'all', of },
    });
  }
  // A service that needs itself over others cannot be judged.
  walk(services, (circle) => {
    if (problems.length < MAX_PROBLEMS) report(['services', circle[0]!], circleText(circle));
  });
  return problems.length > 0
    ? { topology: null, problems }
    : { topology: { currency: spec.currency, services }, problems: [] };
}
