// One poll of one feed: fetched conditionally, parsed where it belongs, handed to the engine as an outcome.
import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/time/clock.ts';
import { toInstant } from '../../shared/time/clock.ts';
import { identityOf, pathOf } from './defaults.ts';
import type { Engine, FeedRuntime } from './engine.ts';
import type { FetchAnswer, FetchFeed, FetchRequest, FetchResult } from './fetch/fetcher.ts';
import type { Parser } from './parser.ts';
import type { Paths } from './paths.ts';
import type { PollHint } from './poller.ts';

export interface FeedPollDeps {
  readonly engine: Engine;
  readonly fetch: (request: FetchRequest, feed: FeedRuntime) => Promise<FetchResult>;
  readonly parser: Parser;
  /** Null: connectivity is not watched (a replay). */
  readonly paths: Pick<Paths, 'get'> | null;
  readonly clock: Clock;
  /** What "not modified" is said of: the copy that we took (HTTP), or the one served last (a recording). */
  readonly unchangedOf: 'taken' | 'served';
}

/** A feed polled by the real fetcher. */
export const byHttp =
  (fetch: FetchFeed): FeedPollDeps['fetch'] =>
  (request) =>
    fetch(request);

export function createFeedPoll(deps: FeedPollDeps): (feed: string, byPerson: boolean) => Promise<PollHint> {
  const digests = new Map<string, string>();
  /** The last answer of a recording where it could not be read: as long as it is served, it is no better. */
  const unreadable = new Map<string, Parameters<Engine['apply']>[1]>();
  const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

  /** Was the feed given another address, or taken out, while it was asked? Then the answer is about another one. */
  const isOther = (feed: FeedRuntime): boolean => {
    const now = deps.engine.get(feed.config.id);
    return now === null || identityOf(now.config) !== identityOf(feed.config);
  };

  async function answered(feed: FeedRuntime, answer: FetchAnswer): Promise<boolean> {
    const { id, kind, provider, url, mapping } = feed.config;
    const { durationMs } = answer;
    if (kind === 'probe') return true; // probes are made by their own service
    if (answer.notModified) {
      const served = deps.unchangedOf === 'served' ? unreadable.get(id) : undefined;
      if (served !== undefined) {
        deps.engine.apply(id, served);
        return false;
      }
      deps.engine.apply(id, { how: 'unchanged', of: deps.unchangedOf, durationMs });
      return true;
    }
    const digest = digestOf(answer.bytes);
    if (feed.memory.heardAt !== null && digests.get(id) === digest) {
      deps.engine.apply(id, { how: 'unchanged', of: 'taken', durationMs });
      return true;
    }
    const result = await deps.parser.parse(kind, answer.bytes, {
      provider,
      url,
      contentType: answer.contentType,
      now: toInstant(deps.clock.now()),
      ...(mapping === undefined ? {} : { mapping }),
    });
    if (isOther(feed)) return true;
    const { bytes, contentType, etag, lastModified } = answer;
    const outcome = {
      how: 'parsed',
      result,
      bytes,
      contentType,
      etag,
      lastModified,
      durationMs,
    } as const;
    deps.engine.apply(id, outcome);
    if (result.usable || deps.unchangedOf === 'taken') unreadable.delete(id);
    else unreadable.set(id, outcome);
    const after = deps.engine.get(id);
    // Only a copy that was taken can be "unchanged" later; an older one must be read again.
    if (result.usable && after !== null && after.memory.olderSince === null) digests.set(id, digest);
    return result.usable;
  }

  return async (id, byPerson) => {
    const feed = deps.engine.get(id);
    if (feed === null || !feed.config.enabled)
      return { ok: true, again: false, failures: 0, retryAfterMs: null };
    const before = feed.fetched;
    const request: FetchRequest = {
      url: feed.config.url,
      privateHost: feed.config.privateHost,
      etag: before.etag,
      lastModified: before.lastModified,
    };
    const result = await deps.fetch(request, feed);
    if (isOther(feed)) return { ok: true, again: false, failures: 0, retryAfterMs: null };
    let ok: boolean;
    let retryAfterMs: number | null = null;
    let again = false;
    if (result.ok) {
      ok = await answered(feed, result.value);
    } else {
      ok = false;
      retryAfterMs = result.error.detail?.retryAfterMs ?? null;
      // One lost connection after good answers is tried again before anything is said; a person who asks wants to know now.
      again = !byPerson && before.failures === 0 && before.outcome === 'good' && retryAfterMs === null;
      deps.engine.apply(id, { how: 'failed', reason: result.error.message, durationMs: 0, soft: again });
    }
    await deps.paths?.get(pathOf(feed.config))?.heard(id, ok, feed.config.intervalMs);
    const failures = deps.engine.get(id)?.fetched.failures ?? 0;
    return { ok, again, failures, retryAfterMs };
  };
}
