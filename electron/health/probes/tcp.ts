// One TCP check: does the port take a connection within the time?
import { connect } from 'node:net';
import { type ProbeSpec, targetOf } from '../../../shared/probes/spec.ts';
import type { CheckResult } from '../../../shared/probes/state.ts';
import { probeText } from '../../../shared/text/probes.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import { failed } from './http.ts';

type TcpSpec = Extract<ProbeSpec, { kind: 'tcp' }>;

/** Never rejects. */
export function checkTcp(spec: TcpSpec, clock: Clock): Promise<CheckResult> {
  const started = clock.uptime();
  const target = targetOf(spec);
  return new Promise((resolve) => {
    const socket = connect({ host: spec.host, port: spec.port });
    const end = (result: CheckResult): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => end(failed(probeText.timeout(target, spec.timeoutMs))), spec.timeoutMs);
    socket.once('connect', () =>
      end({ ok: true, ms: Math.max(0, clock.uptime() - started), text: '', certificateDays: null }),
    );
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(
        failed(
          error.code === 'ECONNREFUSED'
            ? probeText.refused(target)
            : probeText.tcp(target, error.code ?? error.message),
        ),
      ),
    );
  });
}
