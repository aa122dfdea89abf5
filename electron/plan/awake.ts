// What a plan asks of the machine: to stay awake while it runs. What people must be told of is an alarm (shared/rollback/alarms.ts).
import { planText as say } from '../../shared/text/plan.ts';
import type { Host } from '../host/host.ts';

export interface Awake {
  /** True while a plan runs that this machine watches. */
  want(wanted: boolean): void;
  /** Why it may fall asleep all the same; null where it does not. */
  warning(): string | null;
  stop(): void;
}

export function createAwake(host: Pick<Host, 'keepAwake'>): Awake {
  let held: 'no' | 'asking' | (() => void) = 'no';
  let warning: string | null = null;
  let wanted = false;

  const letGo = (): void => {
    if (typeof held === 'function') {
      held();
      held = 'no';
    }
    warning = null;
  };

  async function ask(): Promise<void> {
    held = 'asking';
    const got = await host
      .keepAwake(say.keptAwake)
      .catch((error: unknown) => ({ ok: false as const, error: { code: 'failed', message: String(error) } }));
    held = got.ok ? got.value : 'no';
    warning = got.ok ? null : say.cannotStayAwake(got.error.message).slice(0, 400);
    // The plan may have ended while the host was asked.
    if (!wanted) letGo();
  }

  return {
    want(now) {
      wanted = now;
      if (!now) letGo();
      else if (held === 'no' && warning === null) void ask();
    },
    warning: () => warning,
    stop() {
      wanted = false;
      letGo();
    },
  };
}
