// The wall clock against the uptime: when somebody sets the clock, open incidents learn by how much (journal.md, three clocks), so
// that a bake neither ends early nor starts again. Sleep does not count: uptime goes on through it.
import type { Clock } from '../../shared/time/clock.ts';
import { AUTOMATIC_ACTOR } from './append.ts';
import type { Journal } from './journal.ts';

/** What the two clocks may differ without anybody having set one. */
const JUMP_MS = 2000;
const LOOK_EVERY_MS = 1000;

export interface ClockWatchDeps {
  readonly journal: Pick<Journal, 'append'>;
  readonly clock: Clock;
  /** Ids of the incidents that are open now. */
  readonly incidents: () => readonly string[];
  /** Told of every jump, also when no incident is open; milliseconds, negative when the clock went back. */
  readonly onJump?: (by: number) => void;
}

export interface ClockWatch {
  start(): void;
  stop(): void;
  /** Looks once, now; the milliseconds of a jump found, else 0. A jump that could not be kept is tried again at the next look. */
  look(): number;
}

export function createClockWatch({ journal, clock, incidents, onJump }: ClockWatchDeps): ClockWatch {
  let between = clock.now() - clock.uptime();
  let timer: NodeJS.Timeout | null = null;
  /** Jumps announced whose entries the disk refused. */
  let owed = 0;

  const look = (): number => {
    const now = clock.now() - clock.uptime();
    const by = Math.round(now - between);
    const jumped = Math.abs(by) > JUMP_MS ? by : 0;
    if (jumped !== 0) {
      between = now;
      owed += jumped;
      onJump?.(jumped);
    }
    if (owed === 0) return jumped;
    const body = { by: owed };
    const kept = journal.append(
      incidents().map((incident) => ({ incident, kind: 'clock-jumped', actor: AUTOMATIC_ACTOR, body })),
    );
    if (kept.ok) owed = 0;
    return jumped;
  };

  return {
    look,
    start() {
      if (timer !== null) return;
      timer = setInterval(look, LOOK_EVERY_MS);
      timer.unref();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
