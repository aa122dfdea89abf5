// The board: what providers say and what we see, per region, with freshness, evidence and signals.
import { z } from 'zod';
import { STATES } from '../health/types.ts';
import { call, done, event, id, instant, none, rev, text } from './define.ts';
import { cascade, override, probe, probeTry, uptimeRegion } from './watch.ts';

export const state = z.enum(STATES);

/** A feed's own state: these must all look different (domain.md). */
export const feedState = z.enum([
  'not-heard', // never polled yet
  'fresh',
  'late', // older than its interval and some, younger than stale
  'stale', // older than the limit, or only older copies
  'unreachable', // refused, timeout, name not found, certificate
  'unparseable', // it answered, and the answer is not the format
  'offline', // our own link is lost: nothing can be said
  'paused', // switched off by a person
]);
export type FeedStateWord = z.infer<typeof feedState>;

export const cell = z.object({
  provider: text(120),
  region: text(120),
  state,
  basis: z.enum(['stated', 'nothing-reported']),
  /** Bad news that nobody has confirmed lately; good news that is stale is already `unknown`. */
  stale: z.boolean(),
  staleSince: instant.nullable(),
  since: instant.nullable(),
  /** Services here that are not operational. */
  troubled: z.number().int(),
  /** Their names, worst first, at most nine. */
  services: z.array(text(200)).max(9),
  /** An event vanished without a resolution. */
  noLongerListed: z.boolean(),
  /** Sources disagree: one sentence. */
  disagreement: text(400).nullable(),
  /** A person's word over this region or a service in it; `state` is the overridden one then. Absent: none. */
  override: override.optional(),
  /** Services whose trouble a person marked known; they are not in `troubled`. Absent: none. */
  known: z.number().int().optional(),
  /** Of what we see ourselves: why nobody is heard, in a few words (a path that is lost). Absent: nothing is to be said. */
  cause: text(300).optional(),
});
export type Cell = z.infer<typeof cell>;

export const column = z.object({
  key: text(120),
  continent: text(60),
  /** Provider -> region code in this column. */
  codes: z.record(z.string(), text(120)),
  /** Somebody runs here (a rule is drawn under it). */
  ours: z.boolean(),
});
export type Column = z.infer<typeof column>;

const boardRow = z.object({
  provider: text(120),
  name: text(120),
  group: z.enum(['say', 'see']),
  feed: id.nullable(),
  freshness: feedState,
  /** When the source last answered with something usable. */
  fetchedAt: instant.nullable(),
  /** A whole row in one sentence: a provider without regions, or nobody heard. */
  span: z
    .object({
      state,
      stale: z.boolean(),
      text: text(400),
      since: instant.nullable(),
      /** Absent: somebody stated it. */
      basis: z.enum(['stated', 'nothing-reported']).optional(),
      /** All of its trouble is known. */
      known: z.boolean().optional(),
    })
    .nullable(),
  /** One per column of the board; null where the provider has no region there. */
  cells: z.array(cell.nullable()),
  elsewhere: z
    .object({
      /** Of what is not known. */
      worst: state,
      troubled: z.number().int(),
      regions: z.number().int(),
      /** Regions in which all trouble is known. Absent: none. */
      known: z.object({ worst: state, regions: z.number().int() }).optional(),
    })
    .nullable(),
  /** Overrides on this row, wherever they are. Absent: none. */
  overrides: z.array(override).max(60).optional(),
});
export type BoardRow = z.infer<typeof boardRow>;

export const feed = z.object({
  id,
  name: text(120),
  kind: text(60),
  provider: text(120),
  url: text(4096),
  intervalMs: z.number().int(),
  enabled: z.boolean(),
  builtIn: z.boolean(),
  state: feedState,
  /** Why, when it is not fresh: one sentence with the way out. */
  reason: text(1000).nullable(),
  fetchedAt: instant.nullable(),
  triedAt: instant.nullable(),
  expectedAt: instant.nullable(),
  /** After this long without a good answer the feed is stale, in milliseconds. */
  staleAfterMs: z.number().int(),
  durationMs: z.number().nullable(),
  problems: z.array(z.object({ code: text(80), text: text(1000) })).max(20),
  events: z.number().int(),
});
export type Feed = z.infer<typeof feed>;

export const signal = z.object({
  id,
  at: instant,
  /** When the provider says it began; null when it does not say. */
  began: instant.nullable(),
  provider: text(120),
  region: text(120),
  service: text(200),
  from: state.nullable(),
  to: state,
  feed: id,
  source: text(120),
  event: text(300).nullable(),
  /** One line in the provider's or our words. */
  text: text(1000),
  regions: z.array(text(120)).max(60),
  services: z.array(text(200)).max(400),
  /** First trouble heard of this region in the window. */
  newRegion: z.boolean(),
  kind: z.enum(['worse', 'better', 'feed', 'path', 'no-longer-listed', 'info']),
  count: z.number().int(),
});
export type SignalLine = z.infer<typeof signal>;

export const glance = z.object({
  broken: z.object({
    state: z.enum(['broken', 'quiet', 'unknown']),
    lead: text(200),
    lines: z.array(text(300)).max(3),
  }),
  now: z.object({ lead: text(200), lines: z.array(text(300)).max(3) }),
  next: z.array(z.object({ at: instant, label: text(200), who: text(120) })).max(3),
});
export type Glance = z.infer<typeof glance>;

export const board = z.object({
  rev,
  now: instant,
  columns: z.array(column).max(40),
  rows: z.array(boardRow).max(60),
  feeds: z.array(feed).max(600),
  glance,
  signals: z.object({ total: z.number().int(), since: instant.nullable(), latest: z.array(signal).max(60) }),
  offline: z.object({ since: instant, text: text(400) }).nullable(),
  /** Absent or `none`: nothing is going on. */
  cascade: cascade.optional(),
  /** Every override in force, the one that ends first first. */
  overrides: z.array(override).max(200).optional(),
  /** Probes that are not well, worst first; their row is in group `see`, all of them come by `health.probes`. */
  probes: z.array(probe).max(60).optional(),
  probesTotal: z.number().int().optional(),
});
export type Board = z.infer<typeof board>;

export const cellDetail = z.object({
  provider: text(120),
  region: text(120),
  regionName: text(120),
  services: z
    .array(
      z.object({
        service: text(200),
        state,
        basis: z.enum(['stated', 'nothing-reported']),
        stale: z.boolean(),
        since: instant.nullable(),
        sources: z.array(
          z.object({
            feed: id,
            name: text(120),
            state,
            stated: z.boolean(),
            stale: z.boolean(),
            at: instant.nullable(),
            fetchedAt: instant,
            text: text(4096),
            event: text(300).nullable(),
            /** The event is known until it changes; who said so. Absent: it is not, or there is none. */
            known: z.object({ by: text(120), at: instant }).optional(),
          }),
        ),
      }),
    )
    .max(600),
});
export type CellDetail = z.infer<typeof cellDetail>;

export const healthCalls = {
  'health.board': call(none, board),
  'health.cell': call(z.object({ provider: text(120), region: text(120) }), cellDetail),
  /** All regions of a provider that have no column. */
  'health.elsewhere': call(z.object({ provider: text(120) }), z.object({ cells: z.array(cell).max(500) })),
  'health.signals': call(
    z.object({ before: id.nullable(), limit: z.number().int().min(1).max(200) }),
    z.object({ signals: z.array(signal).max(200), total: z.number().int() }),
  ),
  /** The last payload as fetched, as text, cut at 64 kB. */
  'health.raw': call(
    z.object({ feed: id }),
    z.object({
      fetchedAt: instant.nullable(),
      contentType: text(200),
      text: text(70_000),
      truncated: z.boolean(),
    }),
  ),
  'health.pollNow': call(z.object({ feed: id }), done),
  'health.setFeed': call(z.object({ feed: id, enabled: z.boolean() }), done),
  /** Recognises the kind of an address, fetches it once and shows what it would say, before it is kept. */
  'health.previewFeed': call(
    z.object({ url: text(4096) }),
    z.object({
      kind: text(60),
      provider: text(120),
      name: text(120),
      observations: z.number().int(),
      openEvents: z.array(z.object({ title: text(300), state })).max(20),
      problems: z.array(z.object({ code: text(80), text: text(1000) })).max(20),
    }),
  ),
  'health.addFeed': call(
    z.object({ url: text(4096), kind: text(60), name: text(120), provider: text(120) }),
    z.object({ feed: id }),
  ),
  'health.removeFeed': call(z.object({ feed: id }), done),
  /** An open event of a feed, known until it changes: it stays listed and counts as no trouble. By the person of this desk (`no-name`). */
  'health.markKnown': call(z.object({ feed: id, event: text(300) }), done),
  /** Takes that back. */
  'health.unmarkKnown': call(z.object({ feed: id, event: text(300) }), done),
  /** Open events of a feed, the longest open first. */
  'health.events': call(
    z.object({ feed: id }),
    z.object({
      events: z
        .array(
          z.object({
            event: text(300),
            title: text(300),
            state,
            startedAt: instant.nullable(),
            heardAt: instant,
            regions: z.number().int(),
            services: z.number().int(),
            /** The first of their names. */
            names: z.array(text(200)).max(5),
            places: z.array(text(120)).max(5),
            known: z.boolean(),
            knownBy: text(120).nullable(),
            knownAt: instant.nullable(),
          }),
        )
        .max(200),
      total: z.number().int(),
    }),
  ),
  /**
   * A person's word over what the sources say. Ends by itself: `hours` (2 when not said, at most 12), for `until-change`
   * earlier when the sources' word changes. Another override of the same place takes the place of the one before.
   */
  'health.override': call(
    z.object({
      provider: text(120).min(1),
      region: text(120).min(1),
      service: text(200).min(1).nullable().default(null),
      state,
      mode: z.enum(['until-change', 'locked']),
      hours: z.number().min(0.25).max(12).default(2),
      reason: text(1000).min(1),
    }),
    override,
  ),
  'health.endOverride': call(z.object({ override: id, reason: text(1000).default('') }), done),
  /** Every probe, the worst first. */
  'health.probes': call(none, z.object({ probes: z.array(probe).max(600) })),
  /** The last tries of a probe, oldest first, for the chart that shows why. */
  'health.probe': call(z.object({ probe: id }), z.object({ probe, tries: z.array(probeTry).max(2000) })),
  /** The board as it was; overrides are not in it. `watched` false: nobody watched then, nothing can be said. */
  'health.history': call(
    z.object({ at: instant }),
    z.object({
      at: instant,
      /** From when there is a record. */
      from: instant.nullable(),
      watched: z.boolean(),
      /** Of a time that nobody watched: when somebody looked last before it, and first after it. */
      gap: z.object({ from: instant.nullable(), until: instant.nullable() }).nullable(),
      /** When somebody watched, oldest first; the newest 300. */
      spans: z.array(z.object({ from: instant, until: instant })).max(300),
      columns: z.array(column).max(40),
      rows: z.array(boardRow).max(60),
      /** As the glance line would have said it. */
      broken: glance.shape.broken,
      /** Those that had come by then, newest first. */
      signals: z.object({ total: z.number().int(), latest: z.array(signal).max(60) }),
      /** Absent: nothing was going on. */
      cascade: cascade.optional(),
    }),
  ),
  /** From our own record, regions of ours first, then by time broken; the time that nobody watched is said. */
  'health.uptime': call(
    z.object({
      hours: z
        .number()
        .int()
        .min(1)
        .max(24 * 30),
    }),
    z.object({ from: instant, until: instant, regions: z.array(uptimeRegion).max(1000) }),
  ),
};

export const healthEvents = {
  'health.changed': event(z.object({ rev, board })),
};
