// The board as it was: asked of main's record while the slider stands in the past.
import { useState } from 'react';
import type { Board } from '../../../shared/contract/health.ts';
import type { Output } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/result.ts';
import { toInstant } from '../../../shared/time/clock.ts';
import { useCall } from '../../state/use-call.ts';

export type PastAnswer = Output<'health.history'>;

export interface Past {
  /** The time shown in milliseconds; null: now, live. */
  readonly at: number | null;
  readonly setAt: (at: number | null) => void;
  readonly answer: PastAnswer | null;
  readonly error: Failure | null;
}

export function usePast(): Past {
  const [at, setAt] = useState<number | null>(null);
  const [kept, setKept] = useState<PastAnswer | null>(null);
  const { value, error } = useCall('health.history', at === null ? null : { at: toInstant(at) }, 0, 120);
  // While the next answer is under way the one before stays, so that the picture does not blink while one drags.
  if (value !== null && value !== kept) setKept(value);
  if (at === null && kept !== null) setKept(null);
  return { at, setAt, answer: at === null ? null : kept, error };
}

/** The past as a board: nothing of now is in it. Before the first answer there is nothing to show. */
export const pastBoard = (board: Board, answer: PastAnswer | null): Board => ({
  rev: board.rev,
  now: answer?.at ?? board.now,
  columns: answer?.columns ?? [],
  rows: answer?.rows ?? [],
  feeds: [],
  glance: {
    broken: answer?.broken ?? { state: 'unknown', lead: '', lines: [] },
    now: { lead: '', lines: [] },
    next: [],
  },
  signals: {
    total: answer?.signals.total ?? 0,
    since: answer?.from ?? null,
    latest: answer?.signals.latest ?? [],
  },
  offline: null,
  ...(answer?.cascade ? { cascade: answer.cascade } : {}),
});
