// Refusals are logged, and a flood of them must not become a flood of the log: some lines a second, the rest counted.
import type { Failure } from '../../shared/result.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Log } from '../log/log.ts';

const LINES_A_SECOND = 10;

export function createRefusals(log: Log, clock: Clock): (name: unknown, failure: Failure) => void {
  let second = -1;
  let written = 0;
  let unwritten = 0;
  return (name, failure) => {
    const now = Math.floor(clock.uptime() / 1000);
    if (now !== second) {
      if (unwritten > 0) log.warn(`${unwritten} more calls were refused`);
      second = now;
      written = 0;
      unwritten = 0;
    }
    if (written >= LINES_A_SECOND) {
      unwritten += 1;
      return;
    }
    written += 1;
    const call = typeof name === 'string' ? name.slice(0, 80) : typeof name;
    log.warn('a call from the window was refused', {
      call,
      code: failure.code,
      why: failure.message.slice(0, 300),
    });
  };
}
