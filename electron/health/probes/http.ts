// One HTTP check: status, text of the body, a value at a JSON path, and how long the certificate lasts. Redirects are followed.

import { readJsonPath } from '../../../shared/probes/json-path.ts';
import type { ProbeSpec } from '../../../shared/probes/spec.ts';
import type { CheckResult } from '../../../shared/probes/state.ts';
import { probeText } from '../../../shared/text/probes.ts';
import { type Clock, fromInstant } from '../../../shared/time/clock.ts';
import { bareHost } from '../fetch/address.ts';
import type { FetchFeed } from '../fetch/fetcher.ts';

type HttpSpec = Extract<ProbeSpec, { kind: 'http' }>;

const MAX_BYTES = 1024 * 1024;

export const failed = (text: string, certificateDays: number | null = null): CheckResult => ({
  ok: false,
  ms: null,
  text,
  certificateDays,
});

/** What the body must hold; null when it does. */
function bodyProblem(spec: HttpSpec, bytes: Uint8Array): string | null {
  if (spec.body === null && spec.json === null) return null;
  const text = new TextDecoder().decode(bytes);
  if (spec.body !== null && !text.includes(spec.body)) return probeText.noBody(spec.body);
  if (spec.json === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return probeText.notJson;
  }
  const found = readJsonPath(value, spec.json.path);
  return found === spec.json.equals ? null : probeText.json(spec.json.path, found, spec.json.equals);
}

/** Never rejects. */
export async function checkHttp(
  spec: HttpSpec,
  deps: { readonly fetch: FetchFeed; readonly clock: Clock },
): Promise<CheckResult> {
  const started = deps.clock.uptime();
  const url = URL.parse(spec.url);
  const answer = await deps.fetch({
    url: spec.url,
    // A person put this address into a pack: that host may be private, no other that it leads to may.
    privateHost: url === null ? null : bareHost(url),
    etag: null,
    lastModified: null,
    connectMs: spec.timeoutMs,
    totalMs: spec.timeoutMs,
    maxBytes: MAX_BYTES,
    maxDecodedBytes: MAX_BYTES,
  });
  const ms = Math.max(0, deps.clock.uptime() - started);
  if (!answer.ok) {
    const status = answer.error.code === 'http-status' ? answer.error.detail?.status : undefined;
    if (status === undefined) return failed(answer.error.message);
    if (!spec.status.includes(status)) return failed(probeText.status(status, spec.status));
    // The body of an error is not read: a check of it cannot pass.
    const problem = bodyProblem(spec, new Uint8Array(0));
    return problem === null ? { ok: true, ms, text: '', certificateDays: null } : failed(problem);
  }
  const { status, bytes, certificateUntil } = answer.value;
  const days =
    certificateUntil == null
      ? null
      : Math.floor((fromInstant(certificateUntil) - deps.clock.now()) / 86_400_000);
  if (!spec.status.includes(status)) return failed(probeText.status(status, spec.status), days);
  const problem = bodyProblem(spec, bytes);
  return problem === null ? { ok: true, ms, text: '', certificateDays: days } : failed(problem, days);
}
