// What the board shows beside the cells: overrides, the cascade, probes, and the record of the past.
import { z } from 'zod';
import { STATES } from '../health/types.ts';
import { id, instant, text } from './define.ts';

const state = z.enum(STATES);

/** A person's word over what the sources say. It changes what is shown; gates and the breaker read what is under it. */
export const override = z.object({
  id,
  provider: text(120),
  region: text(120),
  /** Null: the whole region. Of one of our own services: provider `ours`, region `global`. */
  service: text(200).nullable(),
  state,
  mode: z.enum(['until-change', 'locked']),
  reason: text(1000),
  by: text(120),
  at: instant,
  /** When it ends by itself; of `until-change` the latest that it can. */
  until: instant,
  /** What the sources say under it, now. */
  sources: state,
});
export type Override = z.infer<typeof override>;

const cascadeNode = z.object({
  service: text(200),
  /** The worst it was within the window. */
  worst: state,
  /** Its last word. */
  state,
  at: instant,
  /** Milliseconds after the first failure. */
  lagMs: z.number().int(),
  signal: id,
  /** Our services that need it, by the topology. */
  ours: z.array(text(80)).max(40),
});

export const cascade = z.object({
  /** `none`: no trouble was heard within the window, or all of it is over. */
  state: z.enum(['spreading', 'contained', 'recovering', 'none']),
  windowMs: z.number().int(),
  first: z.object({ provider: text(120), region: text(120), node: cascadeNode }).nullable(),
  /** When the last new place failed. */
  lastAt: instant.nullable(),
  /** One lane per region, in the order in which they failed; nodes in the order of failing, at most 60 each. */
  lanes: z
    .array(
      z.object({
        provider: text(120),
        region: text(120),
        ours: z.boolean(),
        nodes: z.array(cascadeNode).max(60),
        /** Nodes that are left out of `nodes`. */
        more: z.number().int(),
      }),
    )
    .max(40),
  counts: z.object({
    providers: z.number().int(),
    regions: z.number().int(),
    services: z.number().int(),
    /** Places that have not come back. */
    open: z.number().int(),
  }),
  /** What the topology or the provider's own text says; where there is no edge, the one "followed" the other. */
  edges: z
    .array(
      z.object({
        from: z.object({ provider: text(120), region: text(120), service: text(200) }),
        to: z.object({ provider: text(120), region: text(120), service: text(200) }),
        basis: z.enum(['topology', 'provider']),
        text: text(400),
      }),
    )
    .max(200),
});
export type CascadeView = z.infer<typeof cascade>;

/** Of one probe over 1, 5 or 15 minutes. */
const probeWindow = z.object({
  minutes: z.number().int(),
  tries: z.number().int(),
  errors: z.number().int(),
  /** Percent; null without a try. */
  errorRate: z.number().nullable(),
  /** Milliseconds, of the tries that answered; null when none did. */
  p50: z.number().nullable(),
  p95: z.number().nullable(),
});

export const probe = z.object({
  id,
  name: text(120),
  kind: z.enum(['http', 'tcp', 'dns']),
  target: text(4096),
  provider: text(120),
  region: text(120),
  service: text(200),
  /** The path it goes over; `loopback` belongs to none. */
  path: text(80),
  state,
  /** Why, in one sentence. */
  text: text(1000),
  checkedAt: instant.nullable(),
  intervalMs: z.number().int(),
  windows: z.array(probeWindow).max(3),
  /** Days until the certificate expires; null where there is none. */
  certificateDays: z.number().int().nullable(),
  /** Against its own recent baseline: modified z-score (Iglewicz and Hoaglin 1993). Null: not enough tries yet. */
  anomaly: z
    .object({
      anomalous: z.boolean(),
      score: z.number(),
      limit: z.number(),
      /** Milliseconds. */
      value: z.number(),
      median: z.number(),
      mad: z.number(),
      tries: z.number().int(),
      method: text(200),
      text: text(400),
    })
    .nullable(),
});
export type ProbeView = z.infer<typeof probe>;

/** One try of a probe, for the chart. `ms` null: it failed. */
export const probeTry = z.object({ at: instant, ok: z.boolean(), ms: z.number().nullable() });

export const uptimeRegion = z.object({
  provider: text(120),
  region: text(120),
  ours: z.boolean(),
  /** Share of the watched time without degraded or worse, 0 to 1; null when nobody watched. */
  uptime: z.number().nullable(),
  watchedMs: z.number().int(),
  notWatchedMs: z.number().int(),
  brokenMs: z.number().int(),
  worst: state.nullable(),
  incidents: z.number().int(),
});
