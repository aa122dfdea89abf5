// One DNS check: does a name have a record, and the expected one among the answers?
import { Resolver } from 'node:dns/promises';
import { type ProbeSpec, targetOf } from '../../../shared/probes/spec.ts';
import type { CheckResult } from '../../../shared/probes/state.ts';
import { probeText } from '../../../shared/text/probes.ts';
import type { Clock } from '../../../shared/time/clock.ts';
import { failed } from './http.ts';

type DnsSpec = Extract<ProbeSpec, { kind: 'dns' }>;

async function answersOf(resolver: Resolver, spec: DnsSpec): Promise<readonly string[]> {
  switch (spec.record) {
    case 'A':
      return resolver.resolve4(spec.host);
    case 'AAAA':
      return resolver.resolve6(spec.host);
    case 'CNAME':
      return resolver.resolveCname(spec.host);
    case 'NS':
      return resolver.resolveNs(spec.host);
    case 'MX':
      return (await resolver.resolveMx(spec.host)).map((one) => one.exchange);
    case 'TXT':
      return (await resolver.resolveTxt(spec.host)).map((parts) => parts.join(''));
  }
}

/** Never rejects. */
export async function checkDns(spec: DnsSpec, clock: Clock): Promise<CheckResult> {
  const started = clock.uptime();
  const what = targetOf(spec);
  const resolver = new Resolver({ timeout: spec.timeoutMs, tries: 1 });
  // Some failures make the resolver wait longer than its timeout says: the check does not.
  const timer = setTimeout(() => resolver.cancel(), spec.timeoutMs + 500);
  try {
    if (spec.server !== null) resolver.setServers([spec.server]);
    const answers = await answersOf(resolver, spec);
    if (answers.length === 0) return failed(probeText.dnsNone(what));
    const wanted = spec.expect?.toLowerCase().replace(/\.$/, '');
    const found = answers.some((one) => one.toLowerCase().replace(/\.$/, '') === wanted);
    if (wanted !== undefined && !found) return failed(probeText.dnsMissing(what, spec.expect!, answers));
    return { ok: true, ms: Math.max(0, clock.uptime() - started), text: '', certificateDays: null };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'ENODATA' || code === 'ENOTFOUND') return failed(probeText.dnsNone(what));
    if (code === 'ETIMEOUT' || code === 'ECANCELLED')
      return failed(probeText.timeout(spec.server ?? what, spec.timeoutMs));
    return failed(probeText.dnsFailed(what, code.slice(0, 80)));
  } finally {
    clearTimeout(timer);
  }
}
