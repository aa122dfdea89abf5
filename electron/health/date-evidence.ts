// What the time is by the servers that answer: every HTTP answer carries a Date. When most of at least two hosts agree, that is
// evidence against a wall clock that nobody set right after a restart (journal.md, three clocks). One host alone proves nothing.
import type { Clock } from '../../shared/time/clock.ts';
import type { FetchFeed } from './fetch/fetcher.ts';

export interface DateEvidence {
  /** The same fetch, every answer of which is heard here. */
  heard(fetch: FetchFeed): FetchFeed;
  /** Milliseconds that the wall clock is ahead of the servers, negative behind; null: too few hosts, or they do not agree. */
  off(): number | null;
  /** What people are told of it: whole seconds, steady; null: it is right, or nobody knows. */
  said(): number | null;
}

/** Dates older than this say nothing any more: milliseconds. */
const YOUNG_MS = 15 * 60_000;
/** Hosts agree when they differ by no more; a Date has whole seconds, and answers take their time. */
const AGREE_MS = 30_000;
const MOST_HOSTS = 200;
/** A clock that is off by less is not spoken of: milliseconds. */
const SAID_MS = 10_000;
/** What is said changes only with more than this: answers take their time. */
const STEADY_MS = 3000;
/** A Date is cut to its second. */
const HALF_SECOND = 500;

/** A server on this machine tells the time of this machine. */
export const isElsewhere = (host: string): boolean =>
  !/^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[?::1\]?)(?::\d+)?$/i.test(host);

export function createDateEvidence(
  clock: Clock,
  counts: (host: string) => boolean = isElsewhere,
): DateEvidence {
  /** By host: the server's clock less this machine's uptime. Uptime does not move when somebody sets the clock. */
  const hosts = new Map<string, { readonly less: number; readonly at: number }>();

  let said: number | null = null;

  function off(): number | null {
    const uptime = clock.uptime();
    const young = [...hosts.values()].filter((one) => uptime - one.at <= YOUNG_MS);
    if (young.length < 2) return null;
    const sorted = young.map((one) => one.less).sort((a, b) => a - b);
    const middle = sorted[(sorted.length - 1) >> 1]!;
    const agree = sorted.filter((one) => Math.abs(one - middle) <= AGREE_MS);
    if (agree.length < 2 || agree.length * 2 <= sorted.length) return null;
    return Math.round(clock.now() - uptime - middle);
  }

  return {
    heard: (fetch) => async (request) => {
      const answer = await fetch(request);
      if (answer.ok && typeof answer.value.date === 'number') {
        const host = URL.parse(answer.value.url)?.host ?? '';
        const at = clock.uptime();
        if (host !== '' && counts(host)) {
          hosts.delete(host);
          hosts.set(host, { less: answer.value.date + HALF_SECOND - at, at });
          if (hosts.size > MOST_HOSTS) hosts.delete(hosts.keys().next().value ?? '');
        }
      }
      return answer;
    },
    off,
    said() {
      const now = off();
      if (now === null || Math.abs(now) < SAID_MS) said = null;
      else if (said === null || Math.abs(now - said) > STEADY_MS) said = Math.round(now / 1000) * 1000;
      return said;
    },
  };
}
