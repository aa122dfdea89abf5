// What a plan asks of the machine: to stay awake while it runs, and to tell people when a bake ends, a gate waits, the breaker opens.
import type { PlanEntry } from '../../shared/rollback/entry.ts';
import type { PlanState } from '../../shared/rollback/state.ts';
import { planText as say } from '../../shared/text/plan.ts';
import type { Host } from '../host/host.ts';
import type { Log } from '../log/log.ts';

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

/** A notification of the system for what people wait for. */
export function notify(
  { host, log }: { readonly host: Pick<Host, 'notify'>; readonly log: Log },
  state: PlanState,
  entries: readonly PlanEntry[],
): void {
  const { system } = state.plan.change;
  for (const { kind, body } of entries) {
    const wave = String(body['wave'] ?? '');
    let title: string | null = null;
    if (kind === 'breaker-opened') title = say.notify.breaker(system);
    else if (kind === 'gate-waiting') title = say.notify.gate(system, wave);
    else if (kind === 'bake-ended' && body['cause'] === 'full') title = say.notify.bake(system, wave);
    if (title === null) continue;
    host
      .notify(title, state.plan.title)
      .catch((error: unknown) => log.warn('a notification was not shown', { error: String(error) }));
  }
}
