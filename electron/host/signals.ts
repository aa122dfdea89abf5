// Asked to end by the system: close the window, and let the entry end everything in its order.
import type { Host } from './host.ts';

export function endOnSignals(host: Host): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void host.close());
}
