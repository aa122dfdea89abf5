// What a host's entry hands to the application and gets back. The entries (main.ts, chromium-main.ts, cli.ts) compose; nothing else does.
import type { Clock } from '../../shared/time/clock.ts';
import type { Log } from '../log/log.ts';
import type { Bridge, Host } from './host.ts';

export interface Ids {
  /** A UUIDv7, so that identifiers sort by when they were made. */
  uuid(): string;
}

export interface Replay {
  readonly dir: string;
  readonly kind: string;
  /** Times faster than it happened; 1 is real time. */
  readonly speed: number;
}

/** A plan's text and a night's script (rehearsal of a plan), as files. */
export interface Rehearse {
  readonly plan: string;
  readonly night: string;
  readonly speed: number;
}

export interface ApplicationDeps {
  readonly host: Host;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** A temporary profile is deleted by the entry when the application has stopped. */
  readonly profile: { readonly path: string; readonly temporary: boolean };
  readonly replay: Replay | null;
  readonly rehearse?: Rehearse | null;
  /** Which host was taken and why, one sentence for people. */
  readonly why: string;
  readonly version: string;
}

export interface Application {
  readonly bridge: Bridge;
  start(): Promise<void>;
  /** Ends every timer, worker and file; safe to call twice. */
  stop(): Promise<void>;
  /** Bytes behind `/blob/<sha256>`; null when this profile does not hold them. */
  blob?(sha256: string): Promise<Uint8Array | null>;
}

/** Throws `BulkheadError` (`profile-in-use`, `newer-file`, ...) when it cannot open the profile; its message is for people. */
export type CreateApplication = (deps: ApplicationDeps) => Promise<Application>;
