// The cascade as the board draws it: a lane per region in the order of failing, and edges only where somebody who knows says so.
import type { SignalLine } from '../contract/health.ts';
import type { CascadeView } from '../contract/watch.ts';
import { cascadeText } from '../text/ours.ts';
import type { Instant } from '../time/clock.ts';
import { CASCADE_WINDOW_MS, type CascadeStep, cascadeOf } from './cascade.ts';

export interface CascadeContext {
  readonly ours: (provider: string, region: string) => boolean;
  /** Names of our services that need this place, by the topology. */
  readonly needs: (provider: string, region: string, service: string) => readonly string[];
  readonly windowMs?: number;
}

const MAX_LANES = 40;
const MAX_NODES = 60;
const MAX_EDGES = 200;

const NONE = (windowMs: number): CascadeView => ({
  state: 'none',
  windowMs,
  first: null,
  lastAt: null,
  lanes: [],
  counts: { providers: 0, regions: 0, services: 0, open: 0 },
  edges: [],
});

const placeOf = ({ provider, region, service }: CascadeStep) => ({ provider, region, service });

/** A name as a word of its own, at least three letters long: `ec2` is not in `ec2metadata`. */
function names(text: string, service: string): boolean {
  if (service.length < 3) return false;
  const at = text.indexOf(service);
  if (at < 0) return false;
  const edge = (char: string | undefined): boolean => char === undefined || !/[\w-]/.test(char);
  return edge(text[at - 1]) && edge(text[at + service.length]);
}

/**
 * Edges from the providers' own words: a later line whose title or text names a service that had failed before, in the same
 * region. One event that lists many services is one statement about all of them, no edge between them.
 */
function providerEdges(
  steps: readonly CascadeStep[],
  signals: ReadonlyMap<string, SignalLine>,
): CascadeView['edges'] {
  const edges: CascadeView['edges'] = [];
  for (const step of steps) {
    const signal = signals.get(step.signal);
    if (signal?.event == null) continue;
    const text = signal.event.toLowerCase();
    const cause = steps.find(
      (one) =>
        one.at < step.at &&
        one.signal !== step.signal &&
        one.provider === step.provider &&
        one.region === step.region &&
        one.service !== step.service &&
        names(text, one.service.toLowerCase()),
    );
    if (cause === undefined || edges.length >= MAX_EDGES) continue;
    edges.push({
      from: placeOf(cause),
      to: placeOf(step),
      basis: 'provider',
      text: cascadeText.providerSays(signal.event).slice(0, 400),
    });
  }
  return edges;
}

/** Edges from the topology: a place that failed, and one of ours that needs it and failed after it (our probes tell). */
function topologyEdges(steps: readonly CascadeStep[], needs: CascadeContext['needs']): CascadeView['edges'] {
  const edges: CascadeView['edges'] = [];
  const byService = new Map<string, CascadeStep[]>();
  for (const step of steps) {
    const list = byService.get(step.service);
    if (list === undefined) byService.set(step.service, [step]);
    else list.push(step);
  }
  for (const step of steps) {
    for (const name of needs(step.provider, step.region, step.service)) {
      for (const hit of byService.get(name) ?? []) {
        if (hit === step || hit.at < step.at || edges.length >= MAX_EDGES) continue;
        const text = cascadeText.topologySays(name, step.service).slice(0, 400);
        edges.push({ from: placeOf(step), to: placeOf(hit), basis: 'topology', text });
      }
    }
  }
  return edges;
}

/** The cascade at `now` from signals in any order. */
export function cascadeView(
  signals: readonly SignalLine[],
  now: Instant,
  context: CascadeContext,
): CascadeView {
  const windowMs = context.windowMs ?? CASCADE_WINDOW_MS;
  const found = cascadeOf(signals, now, windowMs);
  if (found === null || found.phase === 'over') return NONE(windowMs);
  const node = (step: CascadeStep): CascadeView['lanes'][number]['nodes'][number] => ({
    service: step.service.slice(0, 200),
    worst: step.worst,
    state: step.last,
    at: step.at,
    lagMs: step.lagMs,
    signal: step.signal,
    ours: context.needs(step.provider, step.region, step.service).slice(0, 40),
  });
  const lanes = new Map<string, CascadeStep[]>();
  for (const step of found.steps) {
    const key = `${step.provider}/${step.region}`;
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, [step]);
    else lane.push(step);
  }
  const byId = new Map(signals.map((one) => [one.id, one]));
  return {
    state: found.phase,
    windowMs,
    first: { provider: found.first.provider, region: found.first.region, node: node(found.first) },
    lastAt: found.lastStepAt,
    lanes: [...lanes.values()].slice(0, MAX_LANES).map((steps) => ({
      provider: steps[0]!.provider,
      region: steps[0]!.region,
      ours: context.ours(steps[0]!.provider, steps[0]!.region),
      nodes: steps.slice(0, MAX_NODES).map(node),
      more: Math.max(0, steps.length - MAX_NODES),
    })),
    counts: {
      providers: new Set(found.steps.map((one) => one.provider)).size,
      regions: found.regions,
      services: found.services,
      open: found.steps.filter((one) => one.last !== 'operational').length,
    },
    edges: [...topologyEdges(found.steps, context.needs), ...providerEdges(found.steps, byId)].slice(
      0,
      MAX_EDGES,
    ),
  };
}
