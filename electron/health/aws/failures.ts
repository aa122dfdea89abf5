// What the AWS Health API, its credentials and its client can refuse, as failures with a sentence. What AWS writes itself is not
// shown: it names accounts and users.
import { awsHealthText } from '../../../shared/text/aws-health.ts';
import { type FetchFailure, failure } from '../fetch/failures.ts';

/** What our own fetcher said, carried through the client. */
export class ReachFailed extends Error {
  readonly failure: FetchFailure;
  constructor(failed: FetchFailure) {
    super(failed.code);
    this.name = 'ReachFailed';
    this.failure = failed;
  }
}

/** A throttled account is asked again after this long when AWS does not say: milliseconds. */
const THROTTLED_MS = 120_000;

const THROTTLED = /^(Throttling|ThrottlingException|TooManyRequests|RequestLimitExceeded|ThrottledException)/;
const EXPIRED = /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|UnauthorizedException)$/;
/** An expired request is one with an old date stamp; credentials that have expired say so themselves. */
const CLOCK = /^(RequestTimeTooSkewed|RequestInTheFuture|RequestExpired)$/;
const CLOCK_WORDS = /signature (expired|not yet current)/i;
const UNKNOWN_KEY = /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|AuthFailure)$/;
const SIGNATURE = /^(InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature)$/;
const DENIED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized|ForbiddenException)$/;
/** No support plan; older endpoints call it an account that has not opted in. */
const NO_PLAN = /^(SubscriptionRequired(Exception)?|OptInRequired(Exception)?)$/;
const NO_CREDENTIALS = /^(CredentialsProviderError|ProviderError|TokenProviderError)$/;

interface Said {
  readonly name: string;
  readonly message: string;
  readonly status: number;
  readonly retryAfterMs: number | null;
}

function saidBy(error: unknown): Said {
  const one = error as {
    name?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number };
    $retryable?: { throttling?: boolean };
    $response?: { headers?: Record<string, string> };
  };
  const seconds = Number(one?.$response?.headers?.['retry-after']);
  return {
    name: typeof one?.name === 'string' ? one.name : '',
    message: typeof one?.message === 'string' ? one.message : '',
    status: one?.$metadata?.httpStatusCode ?? 0,
    retryAfterMs: seconds > 0 && seconds < 86_400 ? seconds * 1000 : null,
  };
}

/** The failure of our own fetcher inside an error, however deep the client has wrapped it. */
function reachOf(error: unknown): FetchFailure | null {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; depth += 1) {
    if (one instanceof ReachFailed) return one.failure;
    one = (one as { cause?: unknown }).cause;
  }
  return null;
}

/** An error of the client as a failure of the feed. `profile` null: whatever the environment names. */
export function awsFailure(error: unknown, profile: string | null): FetchFailure {
  const reached = reachOf(error);
  if (reached !== null) return reached;
  const { name, message, status, retryAfterMs } = saidBy(error);
  // The name of an error is its code; its message is not kept.
  const detail = {
    cause: /^[A-Za-z]{1,80}$/.test(name) ? name : 'unknown',
    ...(status > 0 ? { status } : {}),
  };
  if (NO_PLAN.test(name)) return failure('no-support-plan', awsHealthText.noPlan, detail);
  if (THROTTLED.test(name) || status === 429)
    return failure('throttled', awsHealthText.throttled, {
      ...detail,
      retryAfterMs: retryAfterMs ?? THROTTLED_MS,
    });
  if (CLOCK.test(name) || CLOCK_WORDS.test(message))
    return failure('clock-wrong', awsHealthText.clock, detail);
  if (EXPIRED.test(name)) return failure('credentials-expired', awsHealthText.expired(profile), detail);
  if (NO_CREDENTIALS.test(name) || name === 'CredentialsError')
    return /expired|refresh/i.test(message)
      ? failure('credentials-expired', awsHealthText.expired(profile), detail)
      : failure('no-credentials', awsHealthText.noCredentials(profile), detail);
  if (UNKNOWN_KEY.test(name)) return failure('no-credentials', awsHealthText.unknownKey(profile), detail);
  if (SIGNATURE.test(name)) return failure('no-credentials', awsHealthText.badSignature(profile), detail);
  if (DENIED.test(name)) return failure('not-allowed', awsHealthText.denied(profile), detail);
  if (status >= 500) return failure('http-status', awsHealthText.serverError(status), detail);
  return failure('failed', awsHealthText.failed(detail.cause), detail);
}

/** Is the other region worth a try? Not when the account, its credentials or the clock are the reason. */
export const isOfRegion = (failed: FetchFailure): boolean =>
  ![
    'no-support-plan',
    'throttled',
    'clock-wrong',
    'credentials-expired',
    'no-credentials',
    'not-allowed',
  ].includes(failed.code);
