// What a command gets: how to speak, its arguments, and the services, opened only when it asks for them.
import type { Clock } from '../../shared/time/clock.ts';
import type { Core } from '../core.ts';
import type { Health } from '../health/health.ts';
import type { Io } from './io.ts';

export interface CliContext {
  readonly io: Io;
  /** After the command's own words. */
  readonly argv: readonly string[];
  readonly clock: Clock;
  /** Opens the profile; `by`: who writes, instead of the name kept in the profile. Throws BulkheadError. */
  core(by?: string): Promise<Core>;
  /** Health of the profile without polling; the window may be open beside it. */
  health(): Promise<Health>;
  /** Zone of the second clock, for typed times. */
  zone(): string;
}
