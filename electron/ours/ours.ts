// Our services on the live board: what its needs make of each, what hangs on what, and what if something goes.

import type { Emit, Handlers } from '../../shared/contract/index.ts';
import type { LossInput, OurServiceView, OursSnapshot, WhatIfView } from '../../shared/contract/ours.ts';
import type { Override } from '../../shared/contract/watch.ts';
import type { Judgement } from '../../shared/health/board-cells.ts';
import { OURS } from '../../shared/health/overrides.ts';
import type { State } from '../../shared/health/types.ts';
import { isBroken, rank } from '../../shared/health/worst.ts';
import { fail, ok } from '../../shared/result.ts';
import { oursText } from '../../shared/text/ours.ts';
import { type Clock, type Instant, toInstant } from '../../shared/time/clock.ts';
import {
  blastOf,
  controlPlanes,
  judgeServices,
  type Loss,
  losses,
  lossText,
  providerLosses,
  singlePoints,
  type WhatIf,
  whatIf,
} from '../../shared/topology/impact.ts';
import { isLeafSaid, leavesOf, saidServices, stateOfLeaf } from '../../shared/topology/live.ts';
import type { Leaf, Topology } from '../../shared/topology/types.ts';
import type { OursPort } from '../health/health.ts';

export interface OursDeps {
  readonly clock: Clock;
  readonly emit: Emit;
  /** The topologies of the packs as one; null: there is none. */
  readonly topology: () => Topology | null;
  readonly health: {
    judgement(): Judgement;
    heard(provider: string): boolean;
    overrides: { active(): readonly Override[] };
  };
}

export interface Ours extends OursPort {
  readonly handlers: Handlers<'ours'>;
  /** The packs changed. */
  topologyChanged(): void;
  /** The board changed: judged again, told when something of ours did. */
  look(): void;
}

type Place = Exclude<Leaf, { kind: 'ours' }>;
const keyOf = (leaf: Place): string =>
  `${leaf.provider}/${leaf.region}${leaf.kind === 'place' ? `/${leaf.service}` : ''}`;

function once<A, R>(make: (of: A) => R, key: (of: A) => string): (of: A) => R {
  const known = new Map<string, R>();
  return (of) => {
    const name = key(of);
    if (!known.has(name)) known.set(name, make(of));
    return known.get(name)!;
  };
}

const EMPTY: Topology = { currency: '', services: new Map() };
const MAX = 2000;
const MAX_HANGS = 60;

export function createOurs(deps: OursDeps): Ours {
  let rev = 0;
  let told = '';
  /** Since when each service is in its state. */
  const since = new Map<string, { state: State; at: Instant }>();
  /** What the topology alone says; made anew when it changes. */
  let still: {
    readonly of: Topology;
    readonly blast: ReadonlyMap<string, readonly string[]>;
    readonly hangs: ReadonlyMap<string, readonly string[]>;
    readonly needs: ReadonlyMap<string, readonly string[]>;
    readonly needed: readonly string[];
  } | null = null;

  const topology = (): Topology => deps.topology() ?? EMPTY;

  function facts() {
    const now = topology();
    if (still?.of === now) return still;
    const blast = new Map<string, readonly string[]>();
    const hangs = new Map<string, string[]>();
    const needs = new Map<string, string[]>();
    const needing = (key: string, name: string): void => {
      const list = needs.get(key);
      if (list === undefined) needs.set(key, [name]);
      else if (list.at(-1) !== name) list.push(name);
    };
    for (const name of now.services.keys()) blast.set(name, blastOf(now, name));
    for (const point of singlePoints(now))
      for (const name of point.others) {
        const list = hangs.get(name);
        if (list === undefined) hangs.set(name, [lossText(point.loss)]);
        else if (list.length < MAX_HANGS) list.push(lossText(point.loss));
      }
    for (const service of now.services.values())
      for (const leaf of leavesOf(service.needs)) {
        if (leaf.kind === 'ours') continue;
        const region = `${leaf.provider}/${leaf.region}`;
        if (leaf.kind === 'region') needing(region, service.name);
        else {
          const name = leaf.service.toLowerCase();
          // A word about the service everywhere, and one about everything in the region, are about this one too.
          for (const key of new Set([
            `${region}/${name}`,
            `${leaf.provider}/global/${name}`,
            `${region}/all-services`,
          ]))
            needing(key, service.name);
        }
      }
    const needed = [...new Set([...needs.keys()].map((key) => key.slice(0, key.indexOf('/'))))];
    still = { of: now, blast, hangs, needs, needed };
    return still;
  }

  /** What the board says of a place now; each place is looked up once, however many lean on it. */
  function onBoard(): { readonly state: (leaf: Place) => State; readonly said: (leaf: Place) => boolean } {
    const judgement = deps.health.judgement();
    const heard = once((provider: string) => deps.health.heard(provider), String);
    return {
      state: once((leaf: Place) => stateOfLeaf(leaf, judgement, heard), keyOf),
      said: once((leaf: Place) => isLeafSaid(leaf, judgement), keyOf),
    };
  }

  function snapshot(): Omit<OursSnapshot, 'rev'> {
    const now = topology();
    const { blast, hangs } = facts();
    const board = onBoard();
    const verdicts = judgeServices(now, board.state);
    const said = saidServices(now, board.said);
    const overrides = deps.health.overrides.active().filter((one) => one.provider === OURS);
    const services = [...now.services.values()].map((service): OurServiceView => {
      const verdict = verdicts.get(service.name)!;
      const override = overrides.find((one) => one.service === service.name) ?? null;
      const state = override?.state ?? verdict.state;
      let from = since.get(service.name);
      if (from?.state !== state) {
        from = { state, at: toInstant(deps.clock.now()) };
        since.set(service.name, from);
      }
      return {
        name: service.name,
        title: service.title,
        tier: service.tier,
        owner: service.owner,
        state,
        basis:
          state !== 'operational' || override !== null || said.has(service.name)
            ? 'stated'
            : 'nothing-reported',
        since: from.at,
        by: verdict.by.slice(0, 60),
        thinner: verdict.thinner,
        where: service.runsIn.map(({ provider, region }) => ({
          provider,
          region,
          state: board.state({ kind: 'region', provider, region }),
        })),
        blast: [...(blast.get(service.name) ?? [])].slice(0, MAX),
        hangsOn: [...(hangs.get(service.name) ?? [])].slice(0, MAX_HANGS),
        costPerMinute: service.costPerMinute,
        override,
      };
    });
    const out = services.filter((one) => one.state === 'major-outage' || one.state === 'partial-outage');
    return {
      configured: deps.topology() !== null,
      currency: now.currency,
      // The worst of them, when there are more than can be shown.
      services: services
        .sort((a, b) => rank(a.state) - rank(b.state) || a.tier - b.tier || (a.name < b.name ? -1 : 1))
        .slice(0, MAX),
      costPerMinute: out.reduce((sum, one) => sum + (one.costPerMinute ?? 0), 0),
      hit: services
        .filter((one) => isBroken(one.state))
        .map((one) => one.name)
        .slice(0, MAX),
    };
  }

  const viewOf = ({ loss, lost, thinner, survive, costPerMinute }: WhatIf): WhatIfView => ({
    loss,
    text: lossText(loss),
    lost: lost.slice(0, MAX),
    thinner: thinner.slice(0, MAX),
    survive: survive.slice(0, MAX),
    costPerMinute,
  });

  function look(): void {
    const next = snapshot();
    const key = JSON.stringify(next);
    if (key === told) return;
    told = key;
    rev += 1;
    deps.emit('ours.changed', { rev, ...next });
  }

  return {
    look,
    topologyChanged() {
      for (const name of [...since.keys()]) if (!topology().services.has(name)) since.delete(name);
      look();
    },
    regions: () => [
      ...new Set(
        [...topology().services.values()].flatMap((service) =>
          service.runsIn.map(({ provider, region }) => `${provider}/${region}`),
        ),
      ),
    ],
    needs(provider, region, service) {
      const { needs } = facts();
      const place = needs.get(`${provider}/${region}/${service.toLowerCase()}`) ?? [];
      return [...new Set([...place, ...(needs.get(`${provider}/${region}`) ?? [])])];
    },
    needed: () => facts().needed,
    state: (service) => judgeServices(topology(), onBoard().state).get(service)?.state ?? null,
    handlers: {
      'ours.services': async () => ok({ rev, ...snapshot() }),
      'ours.whatIf': async ({ loss }: { loss: LossInput }) => {
        const now = deps.topology();
        if (now === null) return fail('no-topology', oursText.noTopology);
        if (loss.kind === 'ours' && !now.services.has(loss.service))
          return fail('no-such-service', oursText.noService(loss.service));
        return ok({ ...viewOf(whatIf(now, loss as Loss)), currency: now.currency });
      },
      'ours.points': async () => {
        const now = topology();
        return ok({
          currency: now.currency,
          single: singlePoints(now)
            .slice(0, 500)
            .map((point) => ({ ...viewOf(point), others: point.others.slice(0, MAX) })),
          controlPlanes: controlPlanes(now).slice(0, 500),
          providers: providerLosses(now).slice(0, 60).map(viewOf),
          regions: losses(now)
            .filter((loss) => loss.kind === 'region')
            .slice(0, 500)
            .map((loss) => viewOf(whatIf(now, loss))),
        });
      },
    },
  };
}
