// What trouble means for our services: blast radius now, what if this goes, and what everything hangs on. Pure.
import type { State } from '../health/types.ts';
import type { Leaf, OurService, Topology, Tree } from './types.ts';

/** Health of a dependency as the board has it. `unknown` where nobody heard. */
export type Lookup = (leaf: Exclude<Leaf, { kind: 'ours' }>) => State;

/** How badly a dependency in this state hurts. Unknown is not broken and not fine. */
const HURT: Record<State, number> = {
  operational: 0,
  maintenance: 1,
  unknown: 1,
  degraded: 2,
  'partial-outage': 3,
  'major-outage': 4,
};
const STATE: readonly State[] = ['operational', 'unknown', 'degraded', 'partial-outage', 'major-outage'];

export interface Judged {
  readonly service: string;
  readonly state: State;
  /** Needs that put it there, as written, worst first. */
  readonly by: readonly string[];
  /** An any-of of it has lost one of its ways: it holds, with less to fall back on. */
  readonly thinner: boolean;
}

interface Verdict {
  hurt: number;
  by: string[];
  thinner: boolean;
}

/** Every service of the topology under a state of the world. All-of is as bad as its worst, any-of as good as its best. */
export function judgeServices(
  topology: Topology,
  lookup: Lookup,
  down: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Judged> {
  const done = new Map<string, Judged>();
  const tree = (t: Tree): Verdict => {
    if (t.op === 'leaf') {
      const hurt = t.leaf.kind === 'ours' ? HURT[service(t.leaf.service).state] : HURT[lookup(t.leaf)];
      const thinner = t.leaf.kind === 'ours' && service(t.leaf.service).thinner;
      return { hurt, by: hurt > 1 ? [t.text] : [], thinner };
    }
    const parts = t.of.map(tree);
    if (parts.length === 0) return { hurt: 0, by: [], thinner: false };
    if (t.op === 'all') {
      const hurt = Math.max(...parts.map((p) => p.hurt));
      const by = parts.filter((p) => p.hurt > 1).sort((a, b) => b.hurt - a.hurt);
      return { hurt, by: by.flatMap((p) => p.by), thinner: parts.some((p) => p.thinner) };
    }
    const best = Math.min(...parts.map((p) => p.hurt));
    const lost = parts.filter((p) => p.hurt >= 3).length;
    return { hurt: best, by: best > 1 ? parts.flatMap((p) => p.by) : [], thinner: lost > 0 && best < 3 };
  };
  const service = (name: string): Judged => {
    const known = done.get(name);
    if (known) return known;
    const s = topology.services.get(name);
    let judged: Judged;
    if (!s || down.has(name)) judged = { service: name, state: 'major-outage', by: [name], thinner: false };
    else {
      const v = tree(s.needs);
      judged = { service: name, state: STATE[v.hurt]!, by: [...new Set(v.by)], thinner: v.thinner };
    }
    done.set(name, judged);
    return judged;
  };
  for (const name of topology.services.keys()) service(name);
  return done;
}

/** Something that may be lost as a whole. */
export type Loss =
  | { readonly kind: 'provider'; readonly provider: string }
  | { readonly kind: 'region'; readonly provider: string; readonly region: string }
  | { readonly kind: 'place'; readonly provider: string; readonly region: string; readonly service: string }
  | { readonly kind: 'ours'; readonly service: string };

export const lossText = (l: Loss): string =>
  l.kind === 'provider'
    ? l.provider
    : l.kind === 'region'
      ? `${l.provider}/${l.region}`
      : l.kind === 'place'
        ? `${l.provider}/${l.region}/${l.service}`
        : l.service;

const hits = (loss: Loss, leaf: Exclude<Leaf, { kind: 'ours' }>): boolean => {
  if (loss.kind === 'ours' || loss.provider !== leaf.provider) return false;
  if (loss.kind === 'provider') return true;
  if (loss.region !== leaf.region) return false;
  return loss.kind === 'region' || (leaf.kind === 'place' && leaf.service === loss.service);
};

export interface WhatIf {
  readonly loss: Loss;
  /** Services that stop. */
  readonly lost: readonly string[];
  /** Services that go on with less to fall back on. */
  readonly thinner: readonly string[];
  /** Services that are not touched. */
  readonly survive: readonly string[];
  /** Sum of the cost per minute of the lost ones, where it is known. */
  readonly costPerMinute: number;
}

/** What if this goes, everything else being well. The lost thing itself, when it is ours, counts as lost. */
export function whatIf(topology: Topology, loss: Loss): WhatIf {
  const down = new Set(loss.kind === 'ours' ? [loss.service] : []);
  const judged = judgeServices(topology, (leaf) => (hits(loss, leaf) ? 'major-outage' : 'operational'), down);
  const all = [...judged.values()];
  const lost = all.filter((j) => j.state === 'major-outage').map((j) => j.service);
  return {
    loss,
    lost,
    thinner: all.filter((j) => j.state !== 'major-outage' && j.thinner).map((j) => j.service),
    survive: all.filter((j) => j.state !== 'major-outage' && !j.thinner).map((j) => j.service),
    costPerMinute: lost.reduce((sum, name) => sum + (topology.services.get(name)?.costPerMinute ?? 0), 0),
  };
}

/** Everything that the topology leans on, each once. */
export function losses(topology: Topology): Loss[] {
  const found = new Map<string, Loss>();
  const add = (loss: Loss): void => void found.set(`${loss.kind} ${lossText(loss)}`, loss);
  const walk = (t: Tree): void => {
    if (t.op !== 'leaf') {
      for (const child of t.of) walk(child);
      return;
    }
    const { leaf } = t;
    if (leaf.kind === 'ours') return;
    add({ kind: 'provider', provider: leaf.provider });
    add({ kind: 'region', provider: leaf.provider, region: leaf.region });
    if (leaf.kind === 'place') add(leaf);
  };
  for (const s of topology.services.values()) {
    walk(s.needs);
    add({ kind: 'ours', service: s.name });
  }
  return [...found.values()];
}

export interface SinglePoint extends WhatIf {
  /** Services lost besides the lost one itself. */
  readonly others: readonly string[];
}

/**
 * Single points of failure: one thing whose loss alone stops a service that is not itself; the widest first. A region or provider is
 * listed only when it takes more than its own worst part does.
 */
export function singlePoints(topology: Topology): SinglePoint[] {
  const points = losses(topology)
    .map((loss) => {
      const w = whatIf(topology, loss);
      return { ...w, others: w.lost.filter((name) => !(loss.kind === 'ours' && name === loss.service)) };
    })
    .filter((p) => p.others.length > 0);
  const within = (inner: Loss, outer: Loss): boolean =>
    (outer.kind === 'provider' &&
      (inner.kind === 'region' || inner.kind === 'place') &&
      inner.provider === outer.provider) ||
    (outer.kind === 'region' &&
      inner.kind === 'place' &&
      inner.provider === outer.provider &&
      inner.region === outer.region);
  return points
    .filter((p) => !points.some((q) => within(q.loss, p.loss) && q.others.length >= p.others.length))
    .sort((a, b) => b.others.length - a.others.length || (lossText(a.loss) < lossText(b.loss) ? -1 : 1));
}

/** The other services that stop when this one does. */
export const blastOf = (topology: Topology, service: string): readonly string[] =>
  whatIf(topology, { kind: 'ours', service }).lost.filter((name) => name !== service);

/** How many other services stop when this one does. */
export const blastRadius = (topology: Topology, service: string): number => blastOf(topology, service).length;

/** The multi-cloud view: which services outlive the loss of each provider. */
export const providerLosses = (topology: Topology): WhatIf[] =>
  losses(topology)
    .filter((l) => l.kind === 'provider')
    .map((l) => whatIf(topology, l));

/** Control planes that live in one region though the service is everywhere (Amazon, static stability and control planes). */
export const SINGLE_REGION_CONTROL_PLANES: readonly {
  provider: string;
  service: string;
  region: string;
  what: string;
}[] = [
  { provider: 'aws', service: 'iam', region: 'us-east-1', what: 'IAM changes' },
  { provider: 'aws', service: 'organizations', region: 'us-east-1', what: 'Organizations' },
  { provider: 'aws', service: 'route53', region: 'us-east-1', what: 'Route 53 record changes' },
  { provider: 'aws', service: 'cloudfront', region: 'us-east-1', what: 'CloudFront configuration' },
  {
    provider: 'aws',
    service: 'globalaccelerator',
    region: 'us-west-2',
    what: 'Global Accelerator configuration',
  },
  { provider: 'aws', service: 'arc', region: 'us-west-2', what: 'ARC routing controls: configuration' },
];

/** Services of ours that lean on such a control plane: changing them during recovery needs that region. */
export function controlPlanes(
  topology: Topology,
): { service: string; needs: string; region: string; what: string }[] {
  const found: { service: string; needs: string; region: string; what: string }[] = [];
  const walk = (s: OurService, t: Tree): void => {
    if (t.op !== 'leaf') {
      for (const child of t.of) walk(s, child);
    } else if (t.leaf.kind === 'place') {
      const { leaf } = t;
      const plane = SINGLE_REGION_CONTROL_PLANES.find(
        (p) => p.provider === leaf.provider && p.service === leaf.service.toLowerCase(),
      );
      if (plane)
        found.push({
          service: s.name,
          needs: t.text,
          region: `${plane.provider}/${plane.region}`,
          what: plane.what,
        });
    }
  };
  for (const s of topology.services.values()) walk(s, s.needs);
  return found;
}
