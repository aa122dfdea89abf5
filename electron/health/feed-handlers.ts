// Calls about feeds, cells and signals, bound to the engine.
import type { Handlers } from '../../shared/contract/index.ts';
import { type EventMemory, isKnown, markKnown, unmarkKnown } from '../../shared/health/judge-memory.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { pollText } from '../../shared/text/health.ts';
import { type Clock, toInstant } from '../../shared/time/clock.ts';
import { awsHealthUrl, profileOf } from './aws/address.ts';
import { type FeedConfig, pathOf } from './defaults.ts';
import type { Engine } from './engine.ts';
import type { FetchFeed } from './fetch/fetcher.ts';
import type { Parser } from './parser.ts';
import type { Paths } from './paths.ts';
import type { Poller } from './poller.ts';
import { previewAddress } from './preview.ts';
import { feedKind } from './sources/index.ts';
import { createProblems } from './sources/reading/problems.ts';
import { decodeText } from './sources/reading/text.ts';
import type { HealthStore } from './store.ts';

export type FeedCall =
  | 'health.raw'
  | 'health.pollNow'
  | 'health.setFeed'
  | 'health.previewFeed'
  | 'health.addFeed'
  | 'health.removeFeed'
  | 'health.markKnown'
  | 'health.unmarkKnown'
  | 'health.events';

export interface FeedHandlerDeps {
  readonly engine: Engine;
  readonly store: HealthStore;
  readonly poller: Poller;
  readonly paths: Paths;
  readonly fetch: FetchFeed;
  readonly parser: Parser;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  /** Begins to poll a feed, its first poll within so many milliseconds. */
  readonly watch: (feed: FeedConfig, spreadMs: number) => void;
  /** Is this feed of a pack? Then the pack says what it is. */
  readonly ofPack: (feed: string) => boolean;
  readonly checkProbe: (probe: string) => Promise<void>;
  /** Who sits at this desk; null while nobody has said their name. */
  readonly person: () => { readonly name: string } | null;
  /** Null, or why this process may not do it. */
  readonly refusal: () => Result<never> | null;
  /** The same for what a replay may do as well: its memory is its own. */
  readonly notOwner: () => Result<never> | null;
}

const RAW_CHARACTERS = 65_536;
const MIN_INTERVAL_MS = 60_000;
const noFeed = (id: string): Result<never> => fail('no-such-feed', pollText.noFeed(id));

/** Marks an open event of a feed known until it changes. */
export function keepKnown(engine: Engine, clock: Clock, feed: string, event: string, by = ''): Result<null> {
  const found = engine.get(feed);
  if (found === null) return noFeed(feed);
  if (!found.memory.events.has(event)) return fail('no-such-event', pollText.noEvent(found.config.name));
  engine.setMemory(feed, markKnown(found.memory, event, toInstant(clock.now()), by));
  return ok(null);
}

export function feedHandlers(deps: FeedHandlerDeps): Pick<Handlers<'health'>, FeedCall> {
  const { engine, store, poller, paths, fetch, parser, clock, refusal } = deps;
  return {
    'health.raw': async ({ feed }) => {
      if (engine.get(feed) === null) return noFeed(feed);
      const kept = store.payload(feed);
      if (kept === null) return ok({ fetchedAt: null, contentType: '', text: '', truncated: false });
      const text = decodeText(kept.bytes, kept.contentType, createProblems());
      const truncated = text.length > RAW_CHARACTERS;
      return ok({
        fetchedAt: kept.at,
        contentType: kept.contentType,
        text: text.slice(0, RAW_CHARACTERS).toWellFormed(),
        truncated,
      });
    },
    'health.pollNow': async ({ feed }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      const found = engine.get(feed);
      if (found === null) return noFeed(feed);
      await (found.config.kind === 'probe' ? deps.checkProbe(feed) : poller.pollNow(feed));
      return ok({});
    },
    'health.setFeed': async ({ feed, enabled }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      const found = engine.get(feed);
      if (found === null) return noFeed(feed);
      if (deps.ofPack(feed)) return fail('of-a-pack', pollText.ofPack(found.config.name));
      store.setEnabled(feed, enabled);
      engine.setEnabled(feed, enabled);
      if (enabled) deps.watch({ ...found.config, enabled }, 0);
      else {
        poller.remove(feed);
        paths.get(pathOf(found.config))?.forget(feed);
      }
      return ok({});
    },
    'health.previewFeed': async ({ url }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      const preview = await previewAddress(url, { fetch, parser, clock });
      if (!preview.ok) return preview;
      const { url: _, privateHost: __, openEvents, problems, ...shown } = preview.value;
      return ok({ ...shown, openEvents: [...openEvents], problems: [...problems] });
    },
    'health.addFeed': async ({ url, kind: wanted, name, provider }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      const known = feedKind(wanted);
      if (known === null) return fail('unknown-kind', pollText.badKind(wanted));
      const preview = await previewAddress(url, { fetch, parser, clock });
      // An address that does not answer now is kept as typed: it is watched, and the board says that it is not heard.
      const profile = profileOf(url);
      const typed = profile === undefined ? url.trim() : awsHealthUrl(profile);
      const address = preview.ok ? preview.value.url : typed;
      if (!/^https?:\/\//i.test(address) && profile === undefined)
        return fail('bad-url', preview.ok ? '' : preview.error.message);
      const twin = engine.feeds().find((one) => one.config.url === address);
      if (twin !== undefined) return fail('already-watched', pollText.twice(twin.config.name));
      const base = provider
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 60);
      const feed: FeedConfig = {
        id: `${base || 'feed'}-${deps.ids.uuid().slice(-8)}`,
        name: name.trim() || provider,
        kind: known.kind,
        provider: provider.trim() || 'own',
        url: address,
        intervalMs: MIN_INTERVAL_MS,
        staleAfterMs: MIN_INTERVAL_MS * 5,
        enabled: true,
        builtIn: false,
        privateHost: preview.ok ? preview.value.privateHost : null,
      };
      store.addFeed(feed);
      engine.add(feed);
      deps.watch(feed, 0);
      return ok({ feed: feed.id });
    },
    'health.removeFeed': async ({ feed }) => {
      const refused = refusal();
      if (refused !== null) return refused;
      const found = engine.get(feed);
      if (found === null) return noFeed(feed);
      if (deps.ofPack(feed)) return fail('of-a-pack', pollText.ofPack(found.config.name));
      poller.remove(feed);
      paths.get(pathOf(found.config))?.forget(feed);
      store.removeFeed(feed);
      engine.remove(feed);
      return ok({});
    },
    'health.markKnown': async ({ feed, event }) => {
      const refused = deps.notOwner();
      if (refused !== null) return refused;
      const person = deps.person();
      if (person === null) return fail('no-name', pollText.knownNoName);
      const kept = keepKnown(engine, clock, feed, event, person.name);
      return kept.ok ? ok({}) : kept;
    },
    'health.unmarkKnown': async ({ feed, event }) => {
      const refused = deps.notOwner();
      if (refused !== null) return refused;
      const found = engine.get(feed);
      if (found === null) return noFeed(feed);
      if (!found.memory.events.has(event)) return fail('no-such-event', pollText.noEvent(found.config.name));
      engine.setMemory(feed, unmarkKnown(found.memory, event));
      return ok({});
    },
    'health.events': async ({ feed }) => {
      const found = engine.get(feed);
      if (found === null) return noFeed(feed);
      const openSince = (one: EventMemory): string => one.event.startedAt ?? one.firstHeardAt;
      const open = [...found.memory.events.values()]
        .filter((one) => one.over === null)
        .sort((a, b) => (openSince(a) < openSince(b) ? -1 : openSince(a) > openSince(b) ? 1 : 0));
      const events = open.slice(0, 200).map((one) => {
        const { event, firstHeardAt } = one;
        const known = isKnown(one) ? one.known : null;
        return {
          event: event.id.slice(0, 300),
          title: event.title.slice(0, 300),
          state: event.state,
          startedAt: event.startedAt,
          heardAt: firstHeardAt,
          regions: event.regions.length,
          services: event.services.length,
          names: event.services.slice(0, 5).map((name) => name.slice(0, 200)),
          places: event.regions.slice(0, 5).map((name) => name.slice(0, 120)),
          known: known !== null,
          knownBy: known?.by ? known.by.slice(0, 120) : null,
          knownAt: known?.at ?? null,
        };
      });
      return ok({ events, total: open.length });
    },
  };
}
