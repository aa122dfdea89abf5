// What a probe says of its place, from its results in a row and its last five minutes. Pure.
import type { State } from '../health/types.ts';
import { probeText } from '../text/probes.ts';
import type { ProbeSpec } from './spec.ts';
import { type Try, windowOf } from './windows.ts';

/** How one check ended. */
export interface CheckResult {
  readonly ok: boolean;
  /** Milliseconds; null when it failed. */
  readonly ms: number | null;
  /** Why it failed, one sentence; empty when it did not. */
  readonly text: string;
  /** Days until the certificate expires; null where there is none. */
  readonly certificateDays: number | null;
}

export interface ProbeMemory {
  readonly state: State;
  readonly text: string;
  readonly failedInARow: number;
  readonly goodInARow: number;
  readonly tries: readonly Try[];
  readonly certificateDays: number | null;
}

export const NEW_PROBE: ProbeMemory = {
  state: 'unknown',
  text: '',
  failedInARow: 0,
  goodInARow: 0,
  tries: [],
  certificateDays: null,
};

/** Of the tries of five minutes: from this share on, and so many of them, a probe that still answers is degraded. */
const SHARE = 20;
const SHARE_TRIES = 5;

type Rules = Pick<ProbeSpec, 'failAfter' | 'wellAfter' | 'slowMs'> & { readonly certificateDays?: number };

/**
 * The state after one more check. `tries` already holds it. Out: `failAfter` failures in a row. Well again: `wellAfter` good
 * checks in a row; the first word ever needs no row. Degraded: slow, a fifth of five minutes failed, or the certificate is about to end.
 */
export function probeState(
  rules: Rules,
  before: ProbeMemory,
  tries: readonly Try[],
  result: CheckResult,
  now: number,
): ProbeMemory {
  const failedInARow = result.ok ? 0 : before.failedInARow + 1;
  const goodInARow = result.ok ? before.goodInARow + 1 : 0;
  const certificateDays = result.certificateDays ?? before.certificateDays;
  const next = (state: State, text: string): ProbeMemory => ({
    state,
    text,
    failedInARow,
    goodInARow,
    tries,
    certificateDays,
  });
  if (!result.ok) {
    if (failedInARow >= rules.failAfter)
      return next('major-outage', probeText.failing(result.text, failedInARow));
    if (before.state === 'unknown') return next('unknown', probeText.firstFailure(result.text));
    if (before.state === 'major-outage') return next('major-outage', before.text);
    return next(before.state, before.text);
  }
  if (before.state === 'major-outage' && goodInARow < rules.wellAfter)
    return next('major-outage', before.text);
  const five = windowOf(tries, now, 5);
  if (five.tries >= SHARE_TRIES && five.errors >= 2 && (five.errorRate ?? 0) >= SHARE)
    return next('degraded', probeText.share(five.errors, five.tries));
  if (result.ms !== null && result.ms > rules.slowMs)
    return next('degraded', probeText.slow(result.ms, rules.slowMs));
  if (result.certificateDays !== null && result.certificateDays <= (rules.certificateDays ?? -1))
    return next('degraded', probeText.certificate(result.certificateDays));
  return next('operational', probeText.well(result.ms));
}
