// What can go wrong between us and a feed, as codes, and how the system's and undici's errors become one of them.
import type { Failure } from '../../../shared/result.ts';
import { fetchText } from '../../../shared/text/health.ts';

export type FetchCode =
  | 'bad-url'
  | 'bad-scheme'
  | 'private-address'
  | 'name-not-found'
  | 'refused'
  | 'network-unreachable'
  | 'connect-timeout'
  | 'timeout'
  | 'cut-off'
  | 'certificate'
  | 'too-large'
  | 'too-large-decoded'
  | 'bad-encoding'
  | 'redirect-loop'
  | 'redirect-downgrade'
  | 'bad-redirect'
  | 'http-status'
  | 'not-http'
  | 'proxy'
  // Of a service that wants credentials.
  | 'no-credentials'
  | 'credentials-expired'
  | 'no-support-plan'
  | 'not-allowed'
  | 'throttled'
  | 'clock-wrong'
  | 'failed';

export interface FetchFailure extends Failure {
  readonly code: FetchCode;
  readonly detail?: {
    readonly status?: number;
    readonly retryAfterMs?: number | null;
    readonly cause?: string;
  };
}

export const failure = (code: FetchCode, message: string, detail?: FetchFailure['detail']): FetchFailure =>
  detail === undefined ? { code, message } : { code, message, detail };

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS/;

/** The code of an error of the system, of TLS or of undici, however deep it is wrapped. */
function codeOf(error: unknown): string {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; depth += 1) {
    const code = (one as { code?: unknown }).code;
    if (one.name === 'HTTPParserError') return 'HPE';
    if (typeof code === 'string' && code !== 'UND_ERR_SOCKET') return code;
    const { cause } = one as { cause?: unknown };
    const inner = one instanceof AggregateError ? one.errors[0] : cause;
    if (inner === undefined) return typeof code === 'string' ? code : '';
    one = inner;
  }
  return '';
}

/** An error thrown while connecting, sending or reading, as a failure about this host. */
export function failureOf(error: unknown, host: string, viaProxy: string | null): FetchFailure {
  const code = codeOf(error);
  const detail = { cause: code === '' ? String(error).slice(0, 200) : code };
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return failure('connect-timeout', fetchText.connectTimeout(host), detail);
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return failure('timeout', fetchText.timeout(host), detail);
  if (CERTIFICATE.test(code)) return failure('certificate', fetchText.certificate(host, code), detail);
  if (viaProxy !== null && (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'UND_ERR_ABORTED'))
    return failure('proxy', fetchText.proxy(viaProxy, host), detail);
  if (code === 'ECONNREFUSED') return failure('refused', fetchText.refused(host), detail);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA')
    return failure('name-not-found', fetchText.nameNotFound(host), detail);
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'ENETDOWN')
    return failure('network-unreachable', fetchText.unreachable(host), detail);
  if (code.startsWith('HPE') || code === 'UND_ERR_HEADERS_OVERFLOW')
    return failure('not-http', fetchText.notHttp(host), detail);
  if (code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('UND_ERR'))
    return failure('cut-off', fetchText.cutOff(host), detail);
  return failure('failed', fetchText.failed(host, detail.cause), detail);
}
