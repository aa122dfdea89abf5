// What the health service takes and gives: its dependencies, what packs and the topology bring, and what others may ask of it.
import type { Feed, SignalLine } from '../../shared/contract/health.ts';
import type { Emit, Handlers } from '../../shared/contract/index.ts';
import type { Judgement } from '../../shared/health/board-cells.ts';
import type { State } from '../../shared/health/types.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock, Instant } from '../../shared/time/clock.ts';
import type { Host } from '../host/host.ts';
import type { Log } from '../log/log.ts';
import type { FeedConfig, Reference } from './defaults.ts';
import type { FetchFeed } from './fetch/fetcher.ts';
import type { Overrides } from './overrides.ts';
import type { NamedProbe } from './probes/probes.ts';
import type { Reading } from './readings.ts';

/** What the topology knows of our services; bound after this service, which it reads. */
export interface OursPort {
  /** Regions that our services run in, as `provider/region`. */
  regions(): readonly string[];
  /** Names of our services that need a place. */
  needs(provider: string, region: string, service: string): readonly string[];
  /** Providers that our services need something of. */
  needed(): readonly string[];
  /** What its needs make of one of our services; null: there is none of that name. */
  state(service: string): State | null;
}

/** What packs bring. */
export interface PackSources {
  readonly feeds: readonly FeedConfig[];
  readonly probes: readonly NamedProbe[];
  /** Named paths with their references. */
  readonly paths: ReadonlyMap<string, readonly Reference[]>;
}

export interface HealthDeps {
  readonly host: Pick<Host, 'proxyFor'>;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  /** 0 to 1, for the jitter of intervals. */
  readonly random: () => number;
  /** Folder of health.db: the profile. */
  readonly folder: string;
  readonly emit: Emit;
  /** Regions the team runs on, as `provider/region`. Asked anew each time. */
  readonly settings: () => { readonly regions: readonly string[] };
  /** Targets of plans that are not over, as they are written. Asked anew each time. Default: none. */
  readonly targets?: () => readonly string[];
  /** Who sits at this desk; null while nobody has said their name. Default: nobody. */
  readonly person?: () => { readonly name: string } | null;
  /** Incidents that are open, for locks that end with them; null: not known yet. Default: never known. */
  readonly incidents?: () => readonly string[] | null;
  readonly log: Log;
  /** Only the owner of a profile polls. */
  readonly owner: boolean;
  readonly replay?: { readonly dir: string; readonly kind: string; readonly speed: number } | null;
  /** The built-in feeds; another set in tests. */
  readonly feeds?: readonly FeedConfig[];
  /** References of the internet path; empty: the path is not watched. */
  readonly references?: readonly Reference[];
  /** Which hosts may say what time it is; by default those that are not this machine. */
  readonly clockHosts?: (host: string) => boolean;
  /** Fetches addresses; the real fetcher by default. */
  readonly fetch?: FetchFeed;
}

export interface SignalWithEvidence extends SignalLine {
  readonly fetchedAt: Instant | null;
  readonly excerpt: string;
}

export interface Health {
  readonly handlers: Handlers<'health'>;
  /** The clock of what is shown: the recording's during a replay, else the one handed in. */
  readonly clock: Clock;
  /** Said at the start: a damaged or newer file. */
  readonly notices: readonly string[];
  readonly overrides: Pick<Overrides, 'active' | 'locksOf' | 'handedOver' | 'onNote'>;
  start(): Promise<void>;
  stop(): Promise<void>;
  onSignals(listener: (signals: readonly SignalWithEvidence[]) => void): () => void;
  /** Called after the board changed, at most twice a second. */
  onBoard(listener: () => void): () => void;
  /** Signals with what their source said; ids that are not known are left out. */
  evidence(ids: readonly string[]): readonly SignalWithEvidence[];
  /** What the sources say, without overrides. */
  judgement(): Judgement;
  /** The last word of every source about every place, for gates. */
  readings(): readonly Reading[];
  /** Since when a path that our own probes or alerts lie on is lost; null: none is. */
  linkLostSince(): Instant | null;
  /** Milliseconds that the wall clock is ahead of what most servers say, negative behind; null: not known. */
  clockOff(): number | null;
  /** The same where it is worth saying, in whole seconds; null: it is right, or nobody knows. */
  clockSaid(): number | null;
  /** Called when what is said of the clock changed. */
  onClock(listener: () => void): () => void;
  /** When the running cascade began; null: nothing is going on. */
  firstSignal(): Instant | null;
  /** May the words of this provider's sources be believed now? */
  heard(provider: string): boolean;
  /** Do we run there, or watch it with probes of our own? */
  runsThere(provider: string, region: string): boolean;
  /** Regions where we run or probe, as `provider/region`. */
  regions(): readonly string[];
  /** Ids of feeds that no pack brings. */
  feedIds(): ReadonlySet<string>;
  setOurs(port: OursPort): void;
  /** Feeds, probes and paths of the packs from now on. */
  setPacks(sources: PackSources): void;
  /** Asks every feed that is switched on once; beside an owner nothing of it is kept. */
  checkOnce(): Promise<readonly Feed[]>;
  /** Marks an open event of a feed known until it changes. */
  markKnown(feed: string, event: string): Result<null>;
  replaying(): { name: string; speed: number; clock: Instant; ended: boolean } | null;
}
