// Our own connectivity as a source: when nearly everything on a path fails and its references do too, it is we who are cut off.
// Said once; nothing on the path is believed until it returns (domain.md, Health).
import type { Clock } from '../../shared/time/clock.ts';
import type { Reference } from './defaults.ts';
import type { FetchFeed } from './fetch/fetcher.ts';

export interface PathWatchDeps {
  readonly clock: Clock;
  readonly fetch: FetchFeed;
  readonly references: readonly Reference[];
  /** Called once when the path is lost and once when it is back. */
  readonly onChange: (lost: boolean) => void;
}

export interface PathWatch {
  /** How a check on this path ended; `intervalMs`: how often that check is made. */
  heard(check: string, good: boolean, intervalMs: number): Promise<void>;
  forget(check: string): void;
  lost(): boolean;
  /** While the path is lost: looks whether a reference answers again. */
  look(): Promise<void>;
}

/** Share of the checks that must fail before the references are asked. */
const SHARE = 4 / 5;

/** Does this reference give the answer that is expected of it? A captive portal, which answers 200 to everything, does not. */
export async function referenceAnswers(fetch: FetchFeed, reference: Reference): Promise<boolean> {
  const answer = await fetch({
    url: reference.url,
    privateHost: null,
    etag: null,
    lastModified: null,
    connectMs: 4000,
    totalMs: 5000,
    maxBytes: 65_536,
    maxDecodedBytes: 65_536,
  });
  if (!answer.ok || answer.value.status !== reference.status) return false;
  const body = new TextDecoder().decode(answer.value.bytes);
  return reference.body === '' ? body.trim() === '' : body.includes(reference.body);
}

export function createPathWatch(deps: PathWatchDeps): PathWatch {
  const checks = new Map<string, { good: boolean; at: number; intervalMs: number }>();
  let lost = false;
  let looking: Promise<boolean> | null = null;

  const anyReference = (): Promise<boolean> => {
    looking ??= Promise.all(deps.references.map((one) => referenceAnswers(deps.fetch, one)))
      .then((answers) => answers.includes(true))
      .finally(() => {
        looking = null;
      });
    return looking;
  };

  const change = (now: boolean): void => {
    if (lost === now) return;
    lost = now;
    deps.onChange(now);
  };

  const suspicious = (): boolean => {
    const now = deps.clock.uptime();
    const recent = [...checks.values()].filter((one) => now - one.at <= one.intervalMs * 2);
    const failed = recent.filter((one) => !one.good).length;
    return recent.length > 0 && failed / recent.length >= SHARE;
  };

  return {
    async heard(check, good, intervalMs) {
      checks.set(check, { good, at: deps.clock.uptime(), intervalMs });
      if (good) {
        change(false);
        return;
      }
      if (lost || !suspicious() || deps.references.length === 0) return;
      if (!(await anyReference()) && suspicious()) change(true);
    },
    forget: (check) => void checks.delete(check),
    lost: () => lost,
    async look() {
      if (lost && (await anyReference())) change(false);
    },
  };
}
