// What the rollback plans of the room need of others, handed in by whoever composes the application.
import type { Person } from '../../shared/contract/app.ts';
import type { Emit } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/result.ts';
import type { Alarm } from '../../shared/rollback/alarms.ts';
import type { Plan } from '../../shared/rollback/plan.ts';
import type { Facts } from '../../shared/rollback/preflight.ts';
import type { Reading } from '../../shared/rollback/readings.ts';
import type { Clock, Instant } from '../../shared/time/clock.ts';
import type { Topology } from '../../shared/topology/types.ts';
import type { Host } from '../host/host.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log/log.ts';

type Loosened<R> = R extends unknown ? Omit<R, 'target'> & { readonly target: string | null } : never;

/**
 * The last word of a source, as the health service, the probes and the alerts have it. `at` (and `began` of a feed) are wall
 * clock, milliseconds. `target` is `provider/region` (or a cell of it); null only for alerts, which find theirs by labels.
 */
export type Heard = Loosened<Reading> & {
  /** Milliseconds that a probe's figures cover; readings of it are taken no closer together. */
  readonly covers?: number;
  /** Tries of a probe so far in this run of the application: a reading's own are those since the one before it. */
  readonly total?: number;
  /** Other names that a plan may call a probe by. */
  readonly aliases?: readonly string[];
};

/** An alarm of a plan, for whoever sounds it. */
export interface StandingAlarm {
  readonly incident: string;
  readonly plan: string;
  readonly key: string;
  readonly kind: Alarm['kind'];
  readonly about: string;
  readonly system: string;
  readonly title: string;
  /** Wall clock of this machine. */
  readonly since: Instant;
  /** Somebody has it: it sounds no more. */
  readonly had: boolean;
}

export interface PlanLibrary {
  read(
    folder: string,
    path: string,
  ): Promise<Result<{ readonly title: string; readonly revision: string; readonly text: string }>>;
  /** Into a chosen folder; `file-exists` unless it may be replaced. */
  write(folder: string, name: string, text: string, replace: boolean): Promise<Result<string>>;
}

export interface Probe {
  readonly name: string;
  readonly provider: string;
  readonly region: string;
}

/** What plans hear and know of the world. */
export interface PlanPorts {
  /** The last reading of each source, asked each second while a plan is open. */
  readonly readings: () => readonly Heard[];
  readonly topology: () => Topology | null;
  /** Every probe of ours, heard or not: who would see a target. */
  readonly probes?: () => Promise<readonly Probe[]>;
  /** What preflight may know. */
  readonly facts?: (plan: Plan) => Facts;
  /** Other machines that are reached at this moment. */
  readonly peers?: () => readonly string[];
  /** Since when our own link to probes or alerts is lost; null: it is not. */
  readonly linkLostSince?: () => Instant | null;
  /** Milliseconds that the wall clock is ahead of what servers say; null: not known. */
  readonly clockOff?: () => number | null;
  /** Told of every alarm that stands, whoever has it, after each look; wall clock. */
  readonly onAlarms?: (alarms: readonly StandingAlarm[]) => void;
  /** Looks whether the wall clock was set, and writes so, before anything is decided. */
  readonly lookAtClock?: () => void;
  /** A rehearsal plays its own machine: this service shows what that one writes, and decides nothing. */
  readonly rehearsal?: boolean;
}

export interface PlanDeps extends PlanPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ids: { uuid(): string };
  readonly person: () => Person;
  /** Has somebody said their name at this desk? Default: yes. */
  readonly named?: () => boolean;
  readonly emit: Emit;
  /** Error: `no-incident`. `commander`: who has command. */
  readonly rooms: {
    incident(
      id: string,
    ): Promise<
      Result<{ readonly commander: string | null; readonly plans: readonly { readonly id: string }[] }>
    >;
  };
  readonly library: PlanLibrary;
  readonly blobs: { put(bytes: Uint8Array): Result<string>; read(sha256: string): Uint8Array | null };
  /** Folder of plan.db: the profile. */
  readonly folder: string;
  /** The owner of a profile decides and watches; other processes show, and act for a person. */
  readonly owner: boolean;
  readonly host: Pick<Host, 'keepAwake'>;
  readonly log: Log;
}
