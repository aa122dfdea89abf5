// What trouble means for our services: blast radius now, what if this goes, and what everything hangs on. Pure.
import type { State } from '../health/types.ts';
import { orderOf } from './order.ts';
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
  readonly hurt: number;
  readonly by: readonly string[];
  readonly thinner: boolean;
}

const WELL: Verdict = { hurt: 0, by: [], thinner: false };
const GONE = 4;

type World = {
  readonly place: (leaf: Exclude<Leaf, { kind: 'ours' }>) => number;
  readonly ours: (name: string) => Pick<Verdict, 'hurt' | 'thinner'>;
};

/** All-of is as bad as its worst, any-of as good as its best. */
function verdictOf(t: Tree, world: World): Verdict {
  if (t.op === 'leaf') {
    const ours = t.leaf.kind === 'ours' ? world.ours(t.leaf.service) : null;
    const hurt = t.leaf.kind === 'ours' ? ours!.hurt : world.place(t.leaf);
    return { hurt, by: hurt > 1 ? [t.text] : [], thinner: ours?.thinner ?? false };
  }
  if (t.of.length === 0) return WELL;
  const parts = t.of.map((one) => verdictOf(one, world));
  if (t.op === 'all') {
    const hurt = Math.max(...parts.map((p) => p.hurt));
    const by = parts.filter((p) => p.hurt > 1).sort((a, b) => b.hurt - a.hurt);
    return { hurt, by: by.flatMap((p) => p.by), thinner: parts.some((p) => p.thinner) };
  }
  const best = Math.min(...parts.map((p) => p.hurt));
  const lost = parts.filter((p) => p.hurt >= 3).length;
  return { hurt: best, by: best > 1 ? parts.flatMap((p) => p.by) : [], thinner: lost > 0 && best < 3 };
}

/** Every service of the topology under a state of the world, each after those it needs. */
export function judgeServices(topology: Topology, lookup: Lookup): ReadonlyMap<string, Judged> {
  const done = new Map<string, Judged>();
  const hurts = new Map<string, Verdict>();
  const world: World = {
    place: (leaf) => HURT[lookup(leaf)],
    ours: (name) => hurts.get(name) ?? { hurt: GONE, thinner: false },
  };
  for (const name of orderOf(topology).names) {
    const found = verdictOf(topology.services.get(name)!.needs, world);
    hurts.set(name, found);
    const { hurt, by, thinner } = found;
    done.set(name, { service: name, state: STATE[hurt]!, by: [...new Set(by)], thinner });
  }
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

interface Impact {
  readonly lost: readonly string[];
  readonly thinner: readonly string[];
}

/** What the loss does, everything else being well: only what it touches is judged again. */
function impactOf(topology: Topology, loss: Loss): Impact {
  const { names, at, neededBy, touched } = orderOf(topology);
  const dirty = new Uint8Array(names.length);
  const changed = new Map<string, Verdict>();
  const own = loss.kind === 'ours' ? at.get(loss.service) : undefined;
  const first = loss.kind === 'ours' ? (own === undefined ? [] : [own]) : (touched.get(lossText(loss)) ?? []);
  let from = names.length;
  for (const index of first) {
    dirty[index] = 1;
    from = Math.min(from, index);
  }
  const world: World = {
    place: (leaf) => (hits(loss, leaf) ? GONE : 0),
    ours: (name) => changed.get(name) ?? WELL,
  };
  const lost: string[] = [];
  const thinner: string[] = [];
  for (let index = from; index < names.length; index += 1) {
    if (dirty[index] === 0) continue;
    const name = names[index]!;
    const found =
      index === own
        ? { hurt: GONE, by: [], thinner: false }
        : verdictOf(topology.services.get(name)!.needs, world);
    if (found.hurt === 0 && !found.thinner) continue;
    changed.set(name, found);
    if (found.hurt === GONE) lost.push(name);
    else if (found.thinner) thinner.push(name);
    for (const one of neededBy[index]!) dirty[one] = 1;
  }
  return { lost, thinner };
}

const costOf = (topology: Topology, lost: readonly string[]): number =>
  lost.reduce((sum, name) => sum + (topology.services.get(name)?.costPerMinute ?? 0), 0);

/** Of thousands of losses nobody reads who survives each: that is listed when it is asked for. */
function whatIfOf(topology: Topology, loss: Loss, { lost, thinner }: Impact): WhatIf {
  return {
    loss,
    lost,
    thinner,
    costPerMinute: costOf(topology, lost),
    get survive() {
      const touched = new Set([...lost, ...thinner]);
      return orderOf(topology).names.filter((name) => !touched.has(name));
    },
  };
}

/** What if this goes, everything else being well. The lost thing itself, when it is ours, counts as lost. */
export const whatIf = (topology: Topology, loss: Loss): WhatIf =>
  whatIfOf(topology, loss, impactOf(topology, loss));

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
      const impact = impactOf(topology, loss);
      const others = impact.lost.filter((name) => !(loss.kind === 'ours' && name === loss.service));
      return { loss, impact, others };
    })
    .filter((p) => p.others.length > 0);
  /** The widest part of each region and provider. */
  const widest = new Map<string, number>();
  const widen = (key: string, others: number): void =>
    void widest.set(key, Math.max(widest.get(key) ?? 0, others));
  for (const { loss, others } of points) {
    if (loss.kind === 'region' || loss.kind === 'place') widen(loss.provider, others.length);
    if (loss.kind === 'place') widen(`${loss.provider}/${loss.region}`, others.length);
  }
  const takesMore = ({ loss, others }: { loss: Loss; others: readonly string[] }): boolean =>
    loss.kind === 'ours' || loss.kind === 'place' || others.length > (widest.get(lossText(loss)) ?? 0);
  return points
    .filter(takesMore)
    .sort((a, b) => b.others.length - a.others.length || (lossText(a.loss) < lossText(b.loss) ? -1 : 1))
    .map(({ loss, impact, others }) =>
      Object.defineProperty(whatIfOf(topology, loss, impact) as SinglePoint, 'others', {
        value: others,
        enumerable: true,
      }),
    );
}

/** The other services that stop when this one does. */
export const blastOf = (topology: Topology, service: string): readonly string[] =>
  impactOf(topology, { kind: 'ours', service }).lost.filter((name) => name !== service);

/** The multi-cloud view: which services outlive the loss of each provider. */
export const providerLosses = (topology: Topology): WhatIf[] =>
  losses(topology)
    .filter((l) => l.kind === 'provider')
    .map((l) => whatIf(topology, l));

/** Control planes that live in one region though the service is everywhere (Amazon, static stability and control planes). */
const SINGLE_REGION_CONTROL_PLANES: readonly {
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
