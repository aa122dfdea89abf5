// Probes: what we try ourselves. Each is a source of the engine beside the feeds; its word has had its results in a row already.
import { isIP } from 'node:net';
import type { ProbeView } from '../../../shared/contract/watch.ts';
import { isBelieved } from '../../../shared/health/judge-feed.ts';
import { rank } from '../../../shared/health/worst.ts';
import { anomalyOf, LIMIT, METHOD } from '../../../shared/probes/anomaly.ts';
import { type ProbeSpec, targetOf } from '../../../shared/probes/spec.ts';
import { type CheckResult, NEW_PROBE, type ProbeMemory, probeState } from '../../../shared/probes/state.ts';
import { remember, type Try, WINDOWS_MIN, windowOf } from '../../../shared/probes/windows.ts';
import { probeText } from '../../../shared/text/probes.ts';
import { type Clock, type Instant, toInstant } from '../../../shared/time/clock.ts';
import { type FeedConfig, INTERNET } from '../defaults.ts';
import type { Engine } from '../engine.ts';
import { bareHost, isLocalName, isPublicAddress } from '../fetch/address.ts';
import type { FetchFeed } from '../fetch/fetcher.ts';
import type { Paths } from '../paths.ts';
import { createPoller } from '../poller.ts';
import { checkDns } from './dns.ts';
import { checkHttp } from './http.ts';
import { checkTcp } from './tcp.ts';

/** A probe with the id that it has in this profile. */
export interface NamedProbe {
  readonly id: string;
  readonly spec: ProbeSpec;
}

export interface ProbesDeps {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly fetch: FetchFeed;
  readonly paths: Pick<Paths, 'get' | 'forget'>;
  /** 0 to 1. */
  readonly random: () => number;
}

export interface Probes {
  /** The probes from now on. What did not change goes on with what it remembers. */
  set(probes: readonly NamedProbe[]): void;
  /** Worst first. */
  views(): readonly ProbeView[];
  /** How many there are, and those that are not well, worst first, at most so many. */
  notWell(limit: number): { readonly total: number; readonly probes: readonly ProbeView[] };
  view(id: string): ProbeView | null;
  tries(id: string): readonly { readonly at: Instant; readonly ok: boolean; readonly ms: number | null }[];
  /** Of the last minute, or the last try when nothing was tried in it: percent, count, milliseconds. Null: never tried. */
  figures(id: string): {
    readonly errors: number;
    readonly tries: number;
    readonly p95: number | null;
    /** Tries so far in this run: who adds readings up takes the difference. */
    readonly total: number;
  } | null;
  /** One check now, whatever the schedule says. */
  checkNow(id: string): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

const MAX_AT_ONCE = 32;
const SPREAD_MS = 5000;

interface Known {
  readonly spec: ProbeSpec;
  memory: ProbeMemory;
  checkedAt: Instant | null;
  /** Tries that counted, ever in this run. */
  total: number;
  /** What the engine was told last. */
  told: string | null;
}

const hostOf = (spec: ProbeSpec): string =>
  spec.kind === 'http' ? bareHost(URL.parse(spec.url) ?? new URL('http://localhost')) : spec.host;

/** Where no path is named: loopback and private addresses belong to none. */
function probePath(spec: ProbeSpec): string {
  if (spec.path !== null) return spec.path;
  const host = spec.kind === 'dns' ? (spec.server ?? '').replace(/:\d+$/, '') : hostOf(spec);
  if (isLocalName(host)) return 'none';
  return isIP(host) !== 0 && !isPublicAddress(host) ? 'none' : INTERNET;
}

const configOf = (id: string, spec: ProbeSpec): FeedConfig => ({
  id,
  name: spec.name,
  kind: 'probe',
  provider: spec.provider,
  url: targetOf(spec),
  intervalMs: spec.intervalMs,
  staleAfterMs: spec.intervalMs * 3 + spec.timeoutMs * (spec.retries + 1),
  enabled: true,
  builtIn: false,
  privateHost: null,
  path: probePath(spec),
});

export function createProbes(deps: ProbesDeps): Probes {
  const { engine, clock } = deps;
  const known = new Map<string, Known>();

  async function tryOnce(spec: ProbeSpec): Promise<CheckResult> {
    if (spec.kind === 'http') return checkHttp(spec, deps);
    return spec.kind === 'tcp' ? checkTcp(spec, clock) : checkDns(spec, clock);
  }

  async function tryAll(spec: ProbeSpec): Promise<CheckResult> {
    let result = await tryOnce(spec);
    for (let more = 0; !result.ok && more < spec.retries; more += 1) result = await tryOnce(spec);
    return result;
  }

  function tell(id: string, one: Known, ms: number | null): void {
    const { state, text } = one.memory;
    const { provider, region, service, kind } = one.spec;
    const now = toInstant(clock.now());
    const durationMs = ms ?? 0;
    const word = `${state}\n${state === 'operational' ? '' : text}`;
    if (word === one.told) {
      engine.apply(id, { how: 'unchanged', of: 'taken', durationMs, quiet: true });
      return;
    }
    one.told = word;
    engine.apply(id, {
      how: 'parsed',
      result: {
        kind: `probe-${kind}`,
        observations: [{ provider, region, service, state, at: now, text }],
        events: [],
        problems: [],
        usable: true,
        asOf: null,
        statesAll: true,
      },
      bytes: new Uint8Array(0),
      contentType: '',
      etag: null,
      lastModified: null,
      durationMs,
    });
  }

  async function check(id: string): Promise<void> {
    const one = known.get(id);
    if (one === undefined) return;
    const path = deps.paths.get(probePath(one.spec));
    const result = await tryAll(one.spec);
    if (known.get(id) !== one) return; // taken out, or changed, while it was tried
    await path?.heard(id, result.ok, one.spec.intervalMs);
    // On a lost path a failure says nothing of the place.
    if (!result.ok && path?.lost() === true) return;
    const now = clock.uptime();
    const tries = remember(one.memory.tries, { at: now, ok: result.ok, ms: result.ms });
    const next = probeState(one.spec, one.memory, tries, result, now);
    one.checkedAt = toInstant(clock.now());
    const turns = next.state === 'major-outage' && one.memory.state !== 'major-outage';
    if (turns && path !== null && !(await path.sure())) {
      one.memory = { ...one.memory, text: probeText.inDoubt(probePath(one.spec)) };
      return;
    }
    one.memory = next;
    one.total += 1;
    if (next.state !== 'unknown') tell(id, one, result.ms);
  }

  const poller = createPoller({
    clock,
    random: deps.random,
    maxAtOnce: MAX_AT_ONCE,
    poll: async (id) => {
      await check(id);
      // A failing probe goes on at its pace: when it is well again is what everybody waits for.
      return { ok: true, again: false, failures: 0, retryAfterMs: null };
    },
  });

  const wallOf = (at: number): Instant => toInstant(Math.round(clock.now() - (clock.uptime() - at)));
  const rounded = (value: number | null): number | null =>
    value === null ? null : Math.round(value * 10) / 10;

  function anomalyView(tries: readonly Try[]): ProbeView['anomaly'] {
    const found = anomalyOf(tries, clock.uptime());
    if (found === null) return null;
    const { score, value, median, mad } = found;
    return {
      anomalous: found.anomalous,
      score: Math.round(score * 100) / 100,
      limit: LIMIT,
      value,
      median,
      mad,
      tries: found.tries,
      method: METHOD,
      text: probeText.anomaly(value, median, score).slice(0, 400),
    };
  }

  /** Bad news stays; good news that nobody confirms is unknown. */
  function shownState(id: string, memory: ProbeMemory): ProbeView['state'] {
    const feed = engine.get(id);
    const heard = feed !== null && isBelieved(engine.stateOf(feed));
    return memory.state === 'operational' && !heard ? 'unknown' : memory.state;
  }

  function view(id: string): ProbeView | null {
    const one = known.get(id);
    if (one === undefined) return null;
    const { spec, memory } = one;
    return {
      id,
      name: spec.name.slice(0, 120),
      kind: spec.kind,
      target: targetOf(spec).slice(0, 4096),
      provider: spec.provider.slice(0, 120),
      region: spec.region.slice(0, 120),
      service: spec.service.slice(0, 200),
      path: probePath(spec),
      state: shownState(id, memory),
      text: (memory.text || probeText.notYet).slice(0, 1000),
      checkedAt: one.checkedAt,
      intervalMs: spec.intervalMs,
      windows: WINDOWS_MIN.map((minutes) => {
        const found = windowOf(memory.tries, clock.uptime(), minutes);
        return {
          ...found,
          errorRate: rounded(found.errorRate),
          p50: rounded(found.p50),
          p95: rounded(found.p95),
        };
      }),
      certificateDays: memory.certificateDays,
      anomaly: anomalyView(memory.tries),
    };
  }

  return {
    set(probes) {
      const wanted = new Map(probes.map((one) => [one.id, one.spec]));
      for (const id of [...known.keys()]) {
        if (wanted.has(id)) continue;
        known.delete(id);
        poller.remove(id);
        engine.remove(id);
        deps.paths.forget(id);
      }
      for (const [id, spec] of wanted) {
        const before = known.get(id);
        if (before !== undefined && JSON.stringify(before.spec) === JSON.stringify(spec)) continue;
        known.set(id, { spec, memory: NEW_PROBE, checkedAt: null, total: 0, told: null });
        engine.add(configOf(id, spec));
        poller.add(id, spec.intervalMs, Math.min(SPREAD_MS, spec.intervalMs));
      }
    },
    views: () =>
      [...known.keys()]
        .flatMap((id) => view(id) ?? [])
        .sort((a, b) => rank(a.state) - rank(b.state) || (a.name < b.name ? -1 : 1)),
    notWell(limit) {
      const bad = [...known]
        .map(([id, { spec, memory }]) => ({ id, name: spec.name, state: shownState(id, memory) }))
        .filter(({ state }) => state !== 'operational')
        .sort((a, b) => rank(a.state) - rank(b.state) || (a.name < b.name ? -1 : 1));
      return { total: known.size, probes: bad.slice(0, limit).flatMap(({ id }) => view(id) ?? []) };
    },
    view,
    tries: (id) =>
      (known.get(id)?.memory.tries ?? []).map(({ at, ok, ms }) => ({ at: wallOf(at), ok, ms: rounded(ms) })),
    figures(id) {
      const tries = known.get(id)?.memory.tries ?? [];
      const total = known.get(id)?.total ?? 0;
      const now = clock.uptime();
      const found = windowOf(tries, now, 1);
      if (found.errorRate !== null)
        return { errors: found.errorRate, tries: found.tries, p95: found.p95, total };
      // A probe that tries less than once a minute: its last try, so that no try is told twice.
      const last = tries.at(-1);
      return last === undefined ? null : { errors: last.ok ? 0 : 100, tries: 1, p95: last.ms, total };
    },
    checkNow: (id) => poller.pollNow(id),
    start: () => poller.start(),
    stop: () => poller.stop(),
  };
}
