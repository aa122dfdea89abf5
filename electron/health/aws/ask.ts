// A feed that asks the AWS Health API: which of its two regions is active, the other one when that fails, and every refusal in words.
import { resolveCname } from 'node:dns/promises';
import { awsHealthText } from '../../../shared/text/aws-health.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import { type FetchFailure, failure } from '../fetch/failures.ts';
import type { FetchAnswer, FetchFeed, FetchResult } from '../fetch/fetcher.ts';
import type { HealthApi, HealthRegion } from './api.ts';
import { awsFailure, isOfRegion } from './failures.ts';

/** Its alias names the region that is active now. */
const GLOBAL = 'global.health.amazonaws.com';
/** Milliseconds for one poll with all its pages. */
const MAX_MS = 60_000;
const ALIAS_MS = 3000;

export interface AwsHealthDeps {
  /** The guarded fetcher: addresses, proxy, limits. */
  readonly fetch: FetchFeed;
  readonly clock: Clock;
  /** Alias of a name; the system's resolver by default. */
  readonly alias?: (host: string) => Promise<readonly string[]>;
  readonly maxMs?: number;
}

export interface AwsHealth {
  /** Never rejects. `profile` null: the credentials that the environment names. */
  ask(profile: string | null, url: string): Promise<FetchResult>;
}

const answerOf = (text: string, url: string, tookMs: number): FetchAnswer => ({
  status: 200,
  notModified: false,
  bytes: new TextEncoder().encode(text),
  contentType: 'application/json',
  etag: null,
  lastModified: null,
  url,
  durationMs: Math.max(0, tookMs),
  certificateUntil: null,
});

export function createAwsHealth(deps: AwsHealthDeps): AwsHealth {
  const { clock } = deps;
  const apis = new Map<string, HealthApi>();
  const alias = deps.alias ?? resolveCname;

  /** Both regions, the one that the alias names first. Behind a proxy nobody resolves names here: then the usual one. */
  async function regions(): Promise<readonly HealthRegion[]> {
    const names = await Promise.race([
      alias(GLOBAL).catch(() => []),
      new Promise<readonly string[]>((done) => void setTimeout(done, ALIAS_MS, []).unref()),
    ]);
    return names.some((name) => name.includes('us-east-2'))
      ? ['us-east-2', 'us-east-1']
      : ['us-east-1', 'us-east-2'];
  }

  return {
    async ask(profile, url) {
      const started = clock.uptime();
      const maxMs = deps.maxMs ?? MAX_MS;
      let failed: FetchFailure | null = null;
      try {
        const { createHealthApi, TookTooLong } = await import('./api.ts');
        const key = profile ?? '';
        let api = apis.get(key);
        if (api === undefined) {
          api = createHealthApi({ profile, fetch: deps.fetch, clock, maxMs });
          apis.set(key, api);
        }
        for (const region of await regions()) {
          let next = await read(api, region);
          // The client has learned from the refusal how far the clock of this machine is off: once more with that.
          if (typeof next !== 'string' && next.code === 'clock-wrong') next = await read(api, region);
          if (typeof next === 'string')
            return { ok: true, value: answerOf(next, url, clock.uptime() - started) };
          // Of two regions that fail the first one says why: it is the one that is active.
          failed ??= next;
          if (isOfRegion(next)) continue;
          failed = next;
          // Whatever the client remembers of credentials that are of no use goes with it.
          if (next.code !== 'clock-wrong' && next.code !== 'throttled') apis.delete(key);
          break;
        }

        async function read(from: HealthApi, region: HealthRegion): Promise<string | FetchFailure> {
          try {
            return await from.read(region);
          } catch (error) {
            return error instanceof TookTooLong
              ? failure('timeout', awsHealthText.tooLong(Math.round(maxMs / 1000)))
              : awsFailure(error, profile);
          }
        }
      } catch (error) {
        failed ??= awsFailure(error, profile);
      }
      return { ok: false, error: failed ?? failure('failed', awsHealthText.failed('unknown')) };
    },
  };
}
