// The services of a topology so that each comes after those it needs, and what touches what. Made once per topology, without
// recursion: a chain of thousands of services is as deep as it is long. Pure.
import type { Topology, Tree } from './types.ts';

export interface Order {
  /** Needs first. */
  readonly names: readonly string[];
  readonly at: ReadonlyMap<string, number>;
  /** Place in `names` -> places of the services that need it directly. */
  readonly neededBy: readonly (readonly number[])[];
  /** `provider`, `provider/region` or `provider/region/service` -> places of the services that lose something with it. */
  readonly touched: ReadonlyMap<string, readonly number[]>;
}

/** Our services that each one needs, directly. */
export function oursOf(tree: Tree, into = new Set<string>()): Set<string> {
  if (tree.op === 'leaf') {
    if (tree.leaf.kind === 'ours') into.add(tree.leaf.service);
  } else for (const child of tree.of) oursOf(child, into);
  return into;
}

type Needs = ReadonlyMap<string, { readonly needs: Tree }>;

/**
 * Walks every service after its needs, in the order of the file where nothing says otherwise. `circle`: called with the names of a
 * circle, its first one again at the end; a service in one comes where it was met.
 */
export function walk(services: Needs, circle: (names: readonly string[]) => void): readonly string[] {
  const names: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const first of services.keys()) {
    if (state.has(first)) continue;
    const path: { readonly name: string; readonly next: Iterator<string> }[] = [];
    const open = (name: string): void => {
      state.set(name, 'open');
      path.push({ name, next: oursOf(services.get(name)!.needs).values() });
    };
    open(first);
    while (path.length > 0) {
      const here = path.at(-1)!;
      const step = here.next.next();
      if (step.done === true) {
        state.set(here.name, 'done');
        names.push(here.name);
        path.pop();
      } else if (services.has(step.value)) {
        const met = state.get(step.value);
        if (met === undefined) open(step.value);
        else if (met === 'open') {
          const from = path.findIndex((one) => one.name === step.value);
          circle([...path.slice(from).map((one) => one.name), step.value]);
        }
      }
    }
  }
  return names;
}

const made = new WeakMap<Topology, Order>();

export function orderOf(topology: Topology): Order {
  const before = made.get(topology);
  if (before !== undefined) return before;
  const names = walk(topology.services, () => undefined);
  const at = new Map(names.map((name, index) => [name, index]));
  const neededBy: number[][] = names.map(() => []);
  const touched = new Map<string, Set<number>>();
  const touch = (key: string, index: number): void => {
    const set = touched.get(key);
    if (set === undefined) touched.set(key, new Set([index]));
    else set.add(index);
  };
  names.forEach((name, index) => {
    const look = (tree: Tree): void => {
      if (tree.op !== 'leaf') {
        for (const child of tree.of) look(child);
        return;
      }
      const { leaf } = tree;
      if (leaf.kind === 'ours') return;
      touch(leaf.provider, index);
      touch(`${leaf.provider}/${leaf.region}`, index);
      if (leaf.kind === 'place') touch(`${leaf.provider}/${leaf.region}/${leaf.service}`, index);
    };
    const { needs } = topology.services.get(name)!;
    look(needs);
    for (const need of oursOf(needs)) {
      const of = at.get(need);
      if (of !== undefined) neededBy[of]!.push(index);
    }
  });
  const order = { names, at, neededBy, touched: new Map([...touched].map(([key, set]) => [key, [...set]])) };
  made.set(topology, order);
  return order;
}
