// What a replay brings to the service: its recording, its feed, and the clock of what is shown.
import { BulkheadError } from '../../shared/result.ts';
import { pollText } from '../../shared/text/health.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { EngineDeps } from './engine.ts';
import { createReplayDriver, createSetClock, type ReplayDriver, replayedFeed } from './replay/driver.ts';
import { createRunningClock, type RunningClock, runReplay } from './replay/live.ts';
import { openRecording, type Recording } from './replay/recording.ts';
import { feedKind } from './sources/index.ts';

export interface Tape {
  /** Name of the recording: its folder's. */
  readonly name: string;
  readonly speed: number;
  readonly clock: RunningClock;
  driver(deps: Omit<EngineDeps, 'clock'>): ReplayDriver;
  /** Paces the driver by the clock; `stop` waits for the poll under way. */
  run(driver: ReplayDriver): ReturnType<typeof runReplay>;
}

/** Null without a replay. Throws BulkheadError `no-recording` or `unknown-kind`. */
export function openTape(
  replay: { readonly dir: string; readonly kind: string; readonly speed: number } | null,
  base: Clock,
): Tape | null {
  if (replay === null) return null;
  const opened = openRecording(replay.dir);
  if (!opened.ok) throw new BulkheadError(opened.error.code, opened.error.message);
  const kind = feedKind(replay.kind);
  if (kind === null) throw new BulkheadError('unknown-kind', pollText.badKind(replay.kind));
  const recording: Recording = opened.value;
  const from = recording.polls[0]!.at;
  const clock = createRunningClock(base, from, replay.speed);
  return {
    name: recording.dir.split(/[\\/]/).filter(Boolean).at(-1) ?? recording.dir,
    speed: replay.speed,
    clock,
    driver: (deps) =>
      createReplayDriver(recording, replayedFeed(recording.dir, kind.kind), {
        ...deps,
        clock: createSetClock(from),
      }),
    run: (driver) => runReplay(driver, recording, clock),
  };
}
