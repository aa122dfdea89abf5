// Our services on the live board: what is hit, what if something goes, and what everything hangs on.
import { z } from 'zod';
import { STATES } from '../health/types.ts';
import { call, event, instant, none, rev, text } from './define.ts';
import { override } from './watch.ts';

const state = z.enum(STATES);

/** One thing that may be lost as a whole. */
export const loss = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('provider'), provider: text(120) }),
  z.object({ kind: z.literal('region'), provider: text(120), region: text(120) }),
  z.object({ kind: z.literal('place'), provider: text(120), region: text(120), service: text(200) }),
  z.object({ kind: z.literal('ours'), service: text(200) }),
]);
export type LossInput = z.infer<typeof loss>;

const names = z.array(text(80)).max(2000);

const ourService = z.object({
  name: text(80),
  title: text(200),
  tier: z.number().int(),
  owner: text(200),
  /** What is shown: an override where there is one, else what its needs make of it. */
  state,
  /** `nothing-reported`: well only in that nobody reported trouble; drawn as a dash, never as Healthy. */
  basis: z.enum(['stated', 'nothing-reported']),
  since: instant.nullable(),
  /** Needs that put it there, as written, worst first. */
  by: z.array(text(300)).max(60),
  /** It holds, with less to fall back on. */
  thinner: z.boolean(),
  /** Regions it runs in, with their state on the board. */
  where: z.array(z.object({ provider: text(120), region: text(120), state })).max(100),
  /** Other services of ours that stop when this one does. */
  blast: names,
  /** Something whose loss alone stops it; the narrowest, empty when there is none. */
  hangsOn: z.array(text(300)).max(60),
  costPerMinute: z.number().nullable(),
  override: override.nullable(),
});
export type OurServiceView = z.infer<typeof ourService>;

const oursSnapshot = z.object({
  rev,
  /** False: no pack with a topology. */
  configured: z.boolean(),
  currency: text(10),
  services: z.array(ourService).max(2000),
  /** Sum of the cost per minute of what is out now, where it is known. */
  costPerMinute: z.number(),
  /** Partly or wholly out, tier 1 first. */
  hit: names,
});
export type OursSnapshot = z.infer<typeof oursSnapshot>;

const whatIfView = z.object({
  loss,
  text: text(400),
  lost: names,
  thinner: names,
  survive: names,
  costPerMinute: z.number(),
});
export type WhatIfView = z.infer<typeof whatIfView>;

export const oursCalls = {
  'ours.services': call(none, oursSnapshot),
  /** Everything else being well. */
  'ours.whatIf': call(z.object({ loss }), whatIfView.extend({ currency: text(10) })),
  'ours.points': call(
    none,
    z.object({
      currency: text(10),
      /** Widest first; `others` besides the lost one itself. */
      single: z.array(whatIfView.extend({ others: names })).max(500),
      controlPlanes: z
        .array(z.object({ service: text(80), needs: text(300), region: text(240), what: text(200) }))
        .max(500),
      /** The multi-cloud view: the loss of each provider. */
      providers: z.array(whatIfView).max(60),
      /** The loss of each region that something of ours leans on. */
      regions: z.array(whatIfView).max(500),
    }),
  ),
};

export const oursEvents = {
  'ours.changed': event(oursSnapshot),
};
