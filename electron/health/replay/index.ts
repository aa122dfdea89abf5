// Replays for the command line: a folder of recorded polls, told as signals, as fast as it can or at a speed.
import type { SignalLine } from '../../../shared/contract/health.ts';
import type { ParseProblem, State } from '../../../shared/health/types.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { replayText } from '../../../shared/text/health.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import { detectKind, type FeedKindName } from '../sources/index.ts';
import { openMemoryStore } from '../store.ts';
import { createReplayDriver, createSetClock, replayedFeed } from './driver.ts';
import { openRecording, type Recording } from './recording.ts';

export interface ReplaySignal {
  readonly at: Instant;
  readonly provider: string;
  /** The region, or the first of `regions`. */
  readonly region: string;
  readonly service: string;
  readonly from: State | null;
  readonly to: State;
  /** Title of the provider's event; null when none names it. */
  readonly event: string | null;
  readonly kind: SignalLine['kind'];
  readonly text: string;
  readonly regions: readonly string[];
  readonly services: readonly string[];
  readonly count: number;
}

export interface ReplayTold {
  /** Recorded polls, not counting the unchanged ones between them. */
  readonly polls: number;
  readonly signals: readonly ReplaySignal[];
  readonly problems: readonly ParseProblem[];
}

/**
 * Runs a whole recording. `kind` null: the one that recognises a poll of it, the oldest first; `kind-unknown` when none does. `speed` null:
 * as fast as it can; else so many times faster than it happened.
 */
export async function replayFolder(options: {
  readonly dir: string;
  readonly kind: FeedKindName | null;
  readonly speed?: number | null;
  readonly onSignal?: (signal: ReplaySignal) => void;
}): Promise<Result<ReplayTold>> {
  const opened = openRecording(options.dir);
  if (!opened.ok) return opened;
  const recording = opened.value;
  const kind = options.kind ?? kindOf(recording);
  if (kind === null) return fail('kind-unknown', replayText.noKind(options.dir));
  const feed = replayedFeed(options.dir, kind);
  const store = openMemoryStore([]);
  const problems = new Map<string, ParseProblem>();
  let count = 0;
  const driver = createReplayDriver(recording, feed, {
    store,
    clock: createSetClock(recording.polls[0]!.at),
    ids: {
      uuid: () => {
        count += 1;
        return `signal-${count}`;
      },
    },
    ours: () => false,
    onSignals: (signals) => {
      for (const one of signals) options.onSignal?.(toldOf(one));
    },
    onChange: () => undefined,
  });
  try {
    for (;;) {
      const at = driver.nextAt();
      if (at === null) break;
      const speed = options.speed ?? null;
      if (speed !== null) await pause((at - driver.clock.now()) / speed);
      await driver.step();
      const { problems: found, outcome, reason } = driver.engine.get(feed.id)!.fetched;
      for (const one of found) problems.set(`${one.code}\n${one.text}`, one);
      if (outcome !== 'good' && reason !== null)
        problems.set(`poll\n${reason}`, {
          code: 'poll-failed',
          text: reason,
          where: new Date(at).toISOString(),
        });
    }
    const signals = store.signals(null, 1_000_000).map(toldOf).reverse();
    return ok({ polls: driver.polls(), signals, problems: [...problems.values()] });
  } finally {
    await driver.stop();
    store.close();
  }
}

/** Polls that are looked at for the kind of a recording: the first ones may be empty lists, which every provider has. */
const LOOKED_AT = 20;

function kindOf(recording: Recording): FeedKindName | null {
  for (const poll of recording.polls.slice(0, LOOKED_AT)) {
    const kind = detectKind('', recording.read(poll));
    if (kind !== null) return kind;
  }
  return null;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

function toldOf(signal: SignalLine): ReplaySignal {
  const { at, provider, region, service, from, to, event, kind, text, regions, services, count } = signal;
  return { at, provider, region, service, from, to, event, kind, text, regions, services, count };
}
