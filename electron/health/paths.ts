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
  /** The same path as it was watched before, with other references: what was heard of it stays. */
  readonly before: PathWatch | null;
}

interface Check {
  readonly good: boolean;
  readonly at: number;
  readonly intervalMs: number;
}

export interface PathWatch {
  /** How a check on this path ended; `intervalMs`: how often that check is made. */
  heard(check: string, good: boolean, intervalMs: number): Promise<void>;
  forget(check: string): void;
  lost(): boolean;
  /** What was heard of it, for the watch that takes its place. */
  checks(): ReadonlyMap<string, Check>;
  /** Does any reference answer now? Asked at most every ten seconds; true where there are no references. */
  sure(): Promise<boolean>;
  /** While the path is lost: looks whether a reference answers again. */
  look(): Promise<void>;
}

/** An answer of the references holds this long: milliseconds. */
const SURE_MS = 10_000;

/** Share of the checks that must fail before the references are asked. */
const SHARE = 4 / 5;

/** Does this reference give the answer that is expected of it? A captive portal, which answers 200 to everything, does not. */
async function referenceAnswers(fetch: FetchFeed, reference: Reference): Promise<boolean> {
  const answer = await fetch({
    url: reference.url,
    privateHost: reference.privateHost ?? null,
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

function createPathWatch(deps: PathWatchDeps): PathWatch {
  const checks = new Map<string, Check>(deps.before?.checks() ?? []);
  let lost = deps.before?.lost() ?? false;
  let looking: Promise<boolean> | null = null;
  let asked: { readonly at: number; readonly answered: boolean } | null = null;

  const anyReference = (): Promise<boolean> => {
    looking ??= Promise.all(deps.references.map((one) => referenceAnswers(deps.fetch, one)))
      .then((answers) => {
        asked = { at: deps.clock.uptime(), answered: answers.includes(true) };
        return asked.answered;
      })
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
        // One address that answers all along, among many that do not, is no way back: most of them answer again, or a reference does.
        if (lost && (!suspicious() || (await anyReference()))) change(false);
        return;
      }
      if (lost || !suspicious() || deps.references.length === 0) return;
      if (!(await anyReference()) && suspicious()) change(true);
    },
    forget: (check) => void checks.delete(check),
    lost: () => lost,
    checks: () => checks,
    async sure() {
      if (deps.references.length === 0) return true;
      if (asked !== null && deps.clock.uptime() - asked.at < SURE_MS) return asked.answered;
      return anyReference();
    },
    async look() {
      if (lost && (await anyReference())) change(false);
    },
  };
}

/** All paths that are watched, by name. */
export interface Paths {
  /** Null: such a path is not watched, or it is none at all. */
  get(path: string | null): PathWatch | null;
  /** Paths with their references; what was heard of a path that stays as it is stays. */
  set(paths: ReadonlyMap<string, readonly Reference[]>): void;
  forget(check: string): void;
  look(): Promise<void>;
}

export function createPaths(deps: {
  readonly clock: Clock;
  readonly fetch: FetchFeed;
  /** Called once when a path is lost and once when it is back; `gone`: it is not back, but nobody defines it any more. */
  readonly onChange: (path: string, how: 'lost' | 'back' | 'gone') => void;
}): Paths {
  const watched = new Map<string, { readonly watch: PathWatch; readonly key: string }>();
  return {
    get: (path) => (path === null ? null : (watched.get(path)?.watch ?? null)),
    set(paths) {
      for (const [path, { watch }] of [...watched]) {
        if (paths.has(path)) continue;
        watched.delete(path);
        if (watch.lost()) deps.onChange(path, 'gone');
      }
      for (const [path, references] of paths) {
        const key = JSON.stringify(references);
        if (watched.get(path)?.key === key) continue;
        const { clock, fetch } = deps;
        // An answer that the old watch still waits for says nothing of the path any more.
        const onChange = (lost: boolean): void => {
          if (watched.get(path)?.watch === watch) deps.onChange(path, lost ? 'lost' : 'back');
        };
        const before = watched.get(path)?.watch ?? null;
        const watch = createPathWatch({ clock, fetch, references, onChange, before });
        watched.set(path, { key, watch });
      }
    },
    forget(check) {
      for (const { watch } of watched.values()) watch.forget(check);
    },
    async look() {
      await Promise.all([...watched.values()].map(({ watch }) => watch.look()));
    },
  };
}
