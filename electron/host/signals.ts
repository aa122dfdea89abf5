// The process around the application: asked to end by the system, or hit by a failure that nothing caught.
import type { Log } from '../log/log.ts';
import type { Host } from './host.ts';

/**
 * A signal closes the window, and the entry ends everything in its order. A failure that nothing caught is logged, and the window
 * stays: what was acknowledged is on disk already, and a commander in the middle of an incident needs the rest of it.
 */
export function tendProcess(host: Host, log: Log): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void host.close());
  process.on('uncaughtException', (error) => log.error('a failure that nothing caught', { error }));
  process.on('unhandledRejection', (error) =>
    log.error('a promise that nothing waited for failed', { error }),
  );
}
